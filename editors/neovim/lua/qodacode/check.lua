-- :QodacodeCheck: the findings of all files of the project in the quickfix window.
local compat = require('qodacode.compat')
local M = {}

local types = { 'E', 'W', 'I', 'N' }

-- Lines of files that may not be loaded.
local function reader()
  local files = {}
  return function(path, line)
    local bufnr = vim.fn.bufnr('^' .. vim.fn.escape(path, '*?[]{}\\,') .. '$')
    if bufnr > 0 and vim.api.nvim_buf_is_loaded(bufnr) then
      return vim.api.nvim_buf_get_lines(bufnr, line, line + 1, false)[1] or ''
    end
    if not files[path] then
      local ok, lines = pcall(vim.fn.readfile, path)
      files[path] = ok and lines or {}
    end
    return files[path][line + 1] or ''
  end
end

local function item(path, lnum, col, severity, code, message)
  local text = message:gsub('\n.*', '')
  return { filename = path, lnum = lnum, col = col, type = types[severity or 1], text = ('%s: %s'):format(code or 'qodacode', text) }
end

--- Items of the reports that a client gets which asks for diagnostics.
local function pulled(client, reports)
  local items, text = {}, reader()
  for _, report in ipairs(reports) do
    local path = vim.uri_to_fname(report.uri)
    for _, d in ipairs(report.items or {}) do
      local s = d.range.start
      local col = compat.byte_column(text(path, s.line), s.character, client.offset_encoding)
      items[#items + 1] = item(path, s.line + 1, col + 1, d.severity, d.code, d.message)
    end
  end
  return items
end

--- Items of the diagnostics that the server has sent.
local function pushed()
  local items = {}
  for _, d in ipairs(vim.diagnostic.get()) do
    if d.source == 'qodacode' then
      local code = d.code or vim.tbl_get(d, 'user_data', 'lsp', 'code')
      items[#items + 1] = item(vim.api.nvim_buf_get_name(d.bufnr), d.lnum + 1, d.col + 1, d.severity, code, d.message)
    end
  end
  return items
end

local function show(items, files)
  table.sort(items, function(a, b)
    if a.filename ~= b.filename then
      return a.filename < b.filename
    end
    return a.lnum < b.lnum or a.lnum == b.lnum and a.col < b.col
  end)
  local count = ('%d finding%s; %d files read'):format(#items, #items == 1 and '' or 's', files)
  vim.fn.setqflist({}, ' ', { title = 'qodacode: ' .. count, items = items })
  if #items > 0 then
    vim.cmd('botright copen')
  else
    vim.notify('qodacode: ' .. count)
  end
end

function M.run()
  local bufnr = vim.api.nvim_get_current_buf()
  local client = compat.client(bufnr)
  if not client then
    compat.warn('no server is running; :checkhealth qodacode tells why')
    return
  end
  local function failed(err)
    if err then
      compat.warn(err.message)
    end
    return err
  end
  local params = { command = 'qodacode.checkWorkspace', arguments = {} }
  compat.call(client, 'request', 'workspace/executeCommand', params, function(err, result)
    if failed(err) then
      return
    end
    local files = type(result) == 'table' and result.files or 0
    if not client.server_capabilities.diagnosticProvider then
      show(pushed(), files)
      return
    end
    compat.call(client, 'request', 'workspace/diagnostic', { identifier = 'qodacode', previousResultIds = {} }, function(e, report)
      if not failed(e) then
        show(pulled(client, report.items), files)
      end
    end, bufnr)
  end, bufnr)
end

return M
