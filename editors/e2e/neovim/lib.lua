-- What the tests of Neovim share; works on 0.7 and later.
T = { failed = 0, notes = {}, messages = {} }

local function say(line)
  io.stdout:write(line .. '\n')
end

function T.check(name, ok, detail)
  if not ok then
    T.failed = T.failed + 1
  end
  if type(detail) == 'table' then
    detail = vim.inspect(detail):gsub('%s+', ' ')
  end
  if ok and detail then
    detail = tostring(detail):gsub('\n.*', ' …'):sub(1, 160)
  end
  say(('%s  %s%s'):format(ok and 'ok  ' or 'FAIL', name, detail and (': ' .. tostring(detail)) or ''))
  return ok
end

--- Waits until a condition is neither nil nor false and returns it; a minute, for several suites share the machine.
function T.wait(condition, ms)
  local value
  vim.wait(ms or 60000, function()
    value = condition()
    return value
  end, 5)
  return value
end

function T.now()
  return vim.loop.hrtime() / 1e6
end

function T.note(what, ms)
  table.insert(T.notes, ('%s %d ms'):format(what, ms))
end

--- The running clients of a buffer.
function T.clients(bufnr)
  local all = vim.lsp.get_clients and vim.lsp.get_clients({ bufnr = bufnr }) or vim.lsp.buf_get_clients(bufnr)
  return vim.tbl_filter(function(c)
    return c.name == 'qodacode' and c.initialized
  end, vim.tbl_values(all))
end

--- Shows a file in the current window and returns its buffer.
function T.edit(name)
  local bufnr = vim.fn.bufnr(vim.fn.fnamemodify(name, ':p'))
  if bufnr > 0 and vim.api.nvim_buf_is_loaded(bufnr) then
    vim.cmd('buffer ' .. bufnr) -- :edit would read it again
  else
    vim.cmd('edit ' .. name)
  end
  return vim.api.nvim_get_current_buf()
end

--- The text that a diagnostic underlines.
function T.text(bufnr, d)
  return vim.api.nvim_buf_get_text(bufnr, d.lnum, d.col, d.end_lnum, d.end_col, {})[1]
end

local function code(d)
  return d.code or vim.tbl_get(d, 'user_data', 'lsp', 'code')
end

--- The finding of a rule in a buffer, or nil.
function T.finding(bufnr, rule)
  for _, d in ipairs(vim.diagnostic.get(bufnr)) do
    if code(d) == rule and d.source == 'qodacode' then
      return d
    end
  end
end

function T.rules(bufnr)
  return vim.tbl_map(code, vim.diagnostic.get(bufnr))
end

--- Checks that a rule underlines exactly this text.
function T.underlines(bufnr, rule, text)
  local d = T.wait(function()
    local found = T.finding(bufnr, rule)
    return found and T.text(bufnr, found) == text and found
  end)
  local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(bufnr), ':t')
  local other = T.finding(bufnr, rule)
  T.check(('%s: %s underlines %s'):format(name, rule, text), d, not d and (other and T.text(bufnr, other) or T.rules(bufnr)) or nil)
  return d
end

--- The lines of the window that has a file type, and its number.
function T.window(filetype)
  return T.wait(function()
    for _, w in ipairs(vim.api.nvim_list_wins()) do
      if vim.bo[vim.api.nvim_win_get_buf(w)].filetype == filetype then
        return w
      end
    end
  end)
end

function T.lines(window)
  return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, false)
end

--- Moves the cursor to the first line that has a text, onto it.
function T.go(text)
  for i, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = line:find(text, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { i, at - 1 })
      return i
    end
  end
  T.check('there is a line with ' .. text, false)
end

function T.press(keys)
  vim.bo.undolevels = vim.bo.undolevels -- ends what `u` takes back at once
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(keys, true, false, true), 'xm', false)
end

--- Answers vim.ui.select with the first item whose text has one of the patterns, and notes all.
function T.choose(...)
  local patterns = { ... }
  T.offered = {}
  local function wanted(text)
    for _, pattern in ipairs(patterns) do
      if text:find(pattern) then
        return true
      end
    end
  end
  vim.ui.select = function(items, opts, choose)
    local chosen, at
    for i, item in ipairs(items) do
      local text = opts.format_item and opts.format_item(item) or tostring(item)
      table.insert(T.offered, text)
      if not chosen and wanted(text) then
        chosen, at = item, i
      end
    end
    choose(chosen, at)
  end
end

--- The texts that are drawn in a buffer beside or above its lines, by line.
function T.drawn(bufnr)
  vim.cmd('redraw')
  local drawn = {}
  for _, ns in pairs(vim.api.nvim_get_namespaces()) do
    for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(bufnr, ns, 0, -1, { details = true })) do
      local text = ''
      for _, chunk in ipairs(mark[4].virt_text or {}) do
        text = text .. chunk[1]
      end
      for _, line in ipairs(mark[4].virt_lines or {}) do
        for _, chunk in ipairs(line) do
          text = text .. chunk[1]
        end
      end
      drawn[mark[2] + 1] = (drawn[mark[2] + 1] or '') .. text
    end
  end
  return drawn
end

--- The code lenses of a buffer.
function T.lenses(bufnr)
  local lenses = {}
  for _, l in ipairs(vim.lsp.codelens.get(vim.fn.has('nvim-0.12') == 1 and { bufnr = bufnr } or bufnr)) do
    l = l.lens or l
    table.insert(lenses, { line = l.range.start.line + 1, title = l.command.title, command = l.command.command })
  end
  return lenses
end

--- The lens whose title has a pattern.
function T.lens(bufnr, pattern)
  return T.wait(function()
    for _, l in ipairs(T.lenses(bufnr)) do
      if l.title:find(pattern) then
        return l
      end
    end
  end)
end

function T.client_method(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- Runs a test and ends Neovim, with a status.
function T.run(main)
  local notify = vim.notify
  vim.notify = function(message, ...)
    table.insert(T.messages, message)
    return notify(message, ...)
  end
  local v = vim.version()
  say(('Neovim %d.%d.%d, %s'):format(v.major, v.minor, v.patch, vim.env.FORM))
  local ok, err = xpcall(main, debug.traceback)
  if not ok then
    T.check('no error', false, err)
  end
  if #T.notes > 0 then
    say(('note: %d.%d.%d: %s'):format(v.major, v.minor, v.patch, table.concat(T.notes, ', ')))
  end
  say(T.failed == 0 and 'passed' or ('failed: %d; messages: %s'):format(T.failed, vim.inspect(T.messages)))
  vim.cmd(T.failed == 0 and 'qall!' or 'cquit 1')
end
