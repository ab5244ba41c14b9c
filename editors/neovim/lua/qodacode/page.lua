-- The agent graphs and the costs of a project: as text in a window, where <CR> goes to the code,
-- or as the server's page in the browser.
local compat = require('qodacode.compat')
local places = require('qodacode.places')
local M = {}

local kinds = {
  graph = { title = 'Agent graphs', command = 'qodacode.showGraph', none = 'There is no agent graph here.' },
  cost = { title = 'What it costs', command = 'qodacode.showCost', none = 'Nothing here calls a language model.' },
}

--- What <CR> knows of a window's text: by buffer, root and the places that the text names.
M.shown = {}

-- -- the browser

--- Has the server write its page and open it.
local function browse(kind, arguments, bufnr)
  local client = compat.client(bufnr)
  if not client then
    compat.warn('no server is running; :checkhealth qodacode tells why')
    return
  end
  local params = { command = kinds[kind].command, arguments = arguments or {} }
  compat.call(client, 'request', 'workspace/executeCommand', params, function(err, result)
    if err then
      compat.warn(err.message)
    elseif type(result) == 'table' and result.path and not compat.shows_documents(client) then
      local problem = compat.open(result.path)
      if problem then
        compat.warn(('%s; the page is %s'):format(problem, result.path))
      end
    end
  end, bufnr)
end

-- -- the text

--- Runs `qodacode KIND --format FORMAT` in the folder of a request and calls done with its output.
local function run(request, format, done)
  local out, err = {}, {}
  local command = require('qodacode').command(request.kind, '--format', format, request.only)
  local ok, job = pcall(vim.fn.jobstart, command, {
    cwd = request.root,
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines)
      out = lines
    end,
    on_stderr = function(_, lines)
      err = lines
    end,
    on_exit = function(_, code)
      if code ~= 0 then
        compat.warn(table.concat(err, ' '))
        return
      end
      done(out)
    end,
  })
  if not ok or job <= 0 then
    compat.warn(command[1] .. ' can not be run; :checkhealth qodacode tells why')
  end
end

local function jump()
  local bufnr = vim.api.nvim_get_current_buf()
  local shown = M.shown[bufnr]
  local place = places.place(shown.known, vim.api.nvim_buf_get_lines(bufnr, 0, -1, false), vim.api.nvim_win_get_cursor(0)[1])
  if not place then
    return
  end
  local target = vim.fn.bufadd(shown.root .. '/' .. place.path)
  local window = vim.fn.win_getid(vim.fn.winnr('#'))
  if window == 0 or window == vim.api.nvim_get_current_win() or vim.bo[vim.api.nvim_win_get_buf(window)].buftype ~= '' then
    vim.cmd('aboveleft split')
  else
    vim.api.nvim_set_current_win(window)
  end
  vim.cmd("normal! m'")
  if vim.api.nvim_get_current_buf() ~= target then
    vim.bo[target].buflisted = true
    vim.cmd('hide buffer ' .. target)
  end
  vim.api.nvim_win_set_cursor(0, { math.min(place.line, vim.api.nvim_buf_line_count(target)), 0 })
  vim.cmd('normal! ^zv')
end

--- The files of a project that are changed and not saved: the text does not know of that.
local function unsaved(root)
  local names = {}
  for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
    local name = vim.api.nvim_buf_get_name(bufnr)
    if vim.bo[bufnr].modified and vim.bo[bufnr].buftype == '' and vim.startswith(name, root .. '/') then
      names[#names + 1] = name:sub(#root + 2)
    end
  end
  return names
end

local function window_of(bufname)
  for _, window in ipairs(vim.api.nvim_tabpage_list_wins(0)) do
    if vim.api.nvim_buf_get_name(vim.api.nvim_win_get_buf(window)) == bufname then
      return window
    end
  end
end

local function keys(bufnr, request)
  local function map(key, action)
    vim.keymap.set('n', key, action, { buffer = bufnr, nowait = true, silent = true })
  end
  map('<CR>', jump)
  map('q', '<Cmd>close<CR>')
  map('R', function()
    M.text(request)
  end)
  map('gx', function()
    browse(request.kind, request.arguments, request.bufnr)
  end)
end

--- Shows lines in the window for this kind, and makes one if there is none.
local function display(request, lines, known)
  local name = 'qodacode://' .. request.kind
  local window = window_of(name)
  if window then
    vim.api.nvim_set_current_win(window)
  else
    vim.cmd(('%s new'):format(request.mods ~= '' and request.mods or 'botright'))
    window = vim.api.nvim_get_current_win()
    local old = vim.fn.bufnr('^' .. name .. '$')
    if old > 0 then
      vim.api.nvim_buf_delete(old, { force = true })
    end
    vim.api.nvim_buf_set_name(0, name)
    if request.mods == '' then
      vim.api.nvim_win_set_height(window, math.max(5, math.min(#lines, math.floor(vim.o.lines / 2))))
    end
  end
  local bufnr = vim.api.nvim_win_get_buf(window)
  local bo, wo = vim.bo[bufnr], vim.wo[window]
  bo.modifiable = true
  vim.api.nvim_buf_set_lines(bufnr, 0, -1, false, lines)
  bo.modifiable, bo.modified = false, false
  bo.buftype, bo.bufhidden, bo.swapfile = 'nofile', 'wipe', false
  bo.filetype = 'qodacode'
  bo.syntax = 'qodacode'
  wo.wrap, wo.number, wo.relativenumber, wo.cursorline = false, false, false, true
  wo.signcolumn, wo.foldcolumn, wo.list, wo.spell = 'no', '0', false, false
  wo.statusline = (' %s%%=<CR> goes to the code   gx browser   R again   q close '):format(kinds[request.kind].title)
  M.shown[bufnr] = { root = request.root, known = known }
  keys(bufnr, request)
  return window
end

--- The line to begin at: the heading that is asked for, else the last one that stands above
--- the cursor in the file that the command was given in.
local function focus(request, lines, known)
  local best
  for i, line in ipairs(lines) do
    local h = line:match('^%S') and places.heading(known, lines, i)
    if h and request.id and h.id == request.id then
      return i
    end
    if h and not request.id and request.path and h.path == request.path and (not best or h.line <= request.line) then
      best = i
    end
  end
  return best or 1
end

--- Shows the text of what the saved files of a project hold.
function M.text(request)
  run(request, 'json', function(json)
    local data = vim.fn.json_decode(table.concat(json, '\n'))
    local known = places.index(data)
    if #known.headings == 0 then
      vim.notify(kinds[request.kind].none)
      return
    end
    run(request, 'text', function(lines)
      while lines[#lines] == '' do
        table.remove(lines)
      end
      local changed = unsaved(request.root)
      local at = focus(request, lines, known)
      if #changed > 0 then
        table.insert(lines, 1, '· ' .. table.concat(changed, ', ') .. ': what is not saved is not in it')
        at = at + 1
      end
      local window = display(request, lines, known)
      vim.api.nvim_win_set_cursor(window, { at, 0 })
      vim.cmd('normal! zt')
    end)
  end)
end

-- -- the ways in

--- :QodacodeGraph and :QodacodeCost.
function M.command(kind, o)
  local qodacode = require('qodacode')
  local bufnr = vim.api.nvim_get_current_buf()
  if (qodacode.options.open == 'browser') ~= o.bang then
    browse(kind, {}, bufnr)
    return
  end
  local client = compat.clients(bufnr)[1]
  local file = vim.bo[bufnr].buftype == '' and vim.api.nvim_buf_get_name(bufnr) or ''
  local folder = file ~= '' and vim.fn.fnamemodify(file, ':p:h') or vim.fn.getcwd()
  local project = M.shown[bufnr] and M.shown[bufnr].root or client and client.config.root_dir or qodacode.root(folder)
  local root = project or folder
  local path = vim.startswith(file, root .. '/') and file:sub(#root + 2) or nil
  M.text({
    kind = kind,
    root = root,
    only = not project and path or nil, -- a file outside of projects may lie among thousands
    mods = o.mods or '',
    bufnr = bufnr,
    path = path,
    line = vim.api.nvim_win_get_cursor(0)[1],
  })
end

--- A code lens: its last argument is the folder of the project; those before it name the graph
--- or the entry point.
function M.lens(kind, command, ctx)
  local arguments = command.arguments or {}
  if require('qodacode').options.open == 'browser' then
    browse(kind, arguments, ctx.bufnr)
    return
  end
  local names = vim.list_slice(arguments, 1, #arguments - 1)
  M.text({
    kind = kind,
    root = vim.uri_to_fname(arguments[#arguments]),
    mods = '',
    bufnr = ctx.bufnr,
    id = table.concat(names, '\n'),
    arguments = arguments,
  })
end

return M
