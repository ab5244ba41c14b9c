-- qodacode in Neovim 0.7 and later. See :help qodacode.
local compat = require('qodacode.compat')
local shown = require('qodacode.shown')
require('qodacode.commands') -- where the plugin's folder comes after plugins were loaded
local M = {}

M.defaults = {
  -- The command of the server; nil: `qodacode lsp`, found in PATH or where `go install` puts it.
  cmd = nil,
  -- Code, and the files that secrets are found in.
  filetypes = {
    'python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'json', 'jsonc', 'ipynb',
    'yaml', 'toml', 'env', 'sh', 'dosini', 'jproperties', 'conf', 'dockerfile', 'rego',
  },
  root_markers = { 'qodacode.toml', '.git' },
  -- As in qodacode.toml: { cost = { runs_per_month = 5000 } }.
  settings = {},
  code_lens = true,
  inlay_hints = true,
  -- Where a code lens, :QodacodeGraph and :QodacodeCost show what they show: 'split' or 'browser'.
  open = 'split',
  on_attach = nil,
  capabilities = nil,
  -- Starts the server as before 0.11, without vim.lsp.enable.
  legacy = false,
}

M.options = vim.deepcopy(M.defaults)

--- The command line of qodacode without its arguments.
function M.program()
  local cmd = M.options.cmd
  if cmd then
    local words = vim.deepcopy(type(cmd) == 'table' and cmd or { cmd })
    if words[#words] == 'lsp' then
      words[#words] = nil
    end
    return words
  end
  return { require('qodacode.binary').find() or 'qodacode' }
end

--- `qodacode ARG...` as a list.
function M.command(...)
  local words = M.program()
  return vim.list_extend(words, { ... })
end

--- The folder of the project that a file is in.
function M.root(path)
  local folder = vim.fn.fnamemodify(path, ':p')
  if vim.fn.isdirectory(folder) == 0 then
    folder = vim.fn.fnamemodify(folder, ':h')
  end
  for _, marker in ipairs(M.options.root_markers) do
    local at = folder
    while true do
      local found = at .. (at:match('[/\\]$') and '' or '/') .. marker
      if vim.fn.filereadable(found) == 1 or vim.fn.isdirectory(found) == 1 then
        return at
      end
      local above = vim.fn.fnamemodify(at, ':h')
      if above == at then
        break
      end
      at = above
    end
  end
end

local function capabilities(handlers)
  local all = vim.lsp.protocol.make_client_capabilities()
  for surface, method in pairs({ codeLens = 'workspace/codeLens/refresh', diagnostics = 'workspace/diagnostic/refresh' }) do
    if handlers[method] then
      all.workspace[surface] = { refreshSupport = true }
    end
  end
  -- Neovim shows code lenses since 0.5, but says so since 0.12 only.
  all.textDocument.codeLens = all.textDocument.codeLens or { dynamicRegistration = false }
  return vim.tbl_deep_extend('force', all, M.options.capabilities or {})
end

local function settings()
  local given = M.options.settings
  local qodacode = vim.deepcopy(given.qodacode or given)
  -- Without hints the server shows their figures as lenses.
  for key, on in pairs({ inlay_hints = M.options.inlay_hints, code_lens = M.options.code_lens }) do
    if not on then
      qodacode.lsp = qodacode.lsp or {}
      qodacode.lsp[key] = false
    end
  end
  return { qodacode = next(qodacode) and qodacode or vim.empty_dict() }
end

--- The configuration of the client, as vim.lsp.config, vim.lsp.start and nvim-lspconfig take it.
function M.config()
  local o, handlers = M.options, shown.handlers()
  local given = settings()
  local config = {
    name = 'qodacode',
    cmd = M.command('lsp'),
    filetypes = o.filetypes,
    root_markers = o.root_markers,
    settings = given,
    init_options = given.qodacode, -- the server reads files before it has asked for the settings
    capabilities = capabilities(handlers),
    handlers = handlers,
  }
  if vim.fn.exists('##LspAttach') == 1 then
    config.on_attach = o.on_attach
  else
    config.on_attach = function(client, bufnr)
      shown.attached(bufnr)
      if o.on_attach then
        o.on_attach(client, bufnr)
      end
    end
  end
  return config
end

--- The default_config of nvim-lspconfig before 0.11.
function M.lspconfig()
  local config = M.config()
  config.name, config.root_markers = nil, nil
  config.root_dir = M.root
  config.single_file_support = true
  return { default_config = config }
end

-- Neovim 0.7 has no vim.lsp.start: the ids of the clients by the folder of their project.
local ids = {}

--- Starts the server for a buffer, or attaches the buffer to the one of its project.
function M.start(bufnr)
  local name = vim.api.nvim_buf_get_name(bufnr)
  if vim.bo[bufnr].buftype ~= '' or name:match('^%a[%w+.-]+://') then
    return
  end
  local config = M.config()
  config.root_dir = name ~= '' and M.root(name) or nil
  if vim.lsp.start then
    vim.api.nvim_buf_call(bufnr, function()
      vim.lsp.start(config, { bufnr = bufnr })
    end)
    return
  end
  local key = config.root_dir or '' -- files outside of projects share one
  if not (ids[key] and vim.lsp.get_client_by_id(ids[key])) then
    config.filetypes = nil
    config.on_exit = function()
      ids[key] = nil
    end
    ids[key] = vim.lsp.start_client(config)
  end
  if ids[key] then
    vim.lsp.buf_attach_client(bufnr, ids[key])
  end
end

--- Calls what starts the server for each buffer that is open already.
local function start_all()
  if M.legacy then
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      if vim.api.nvim_buf_is_loaded(bufnr) and vim.tbl_contains(M.options.filetypes, vim.bo[bufnr].filetype) then
        M.start(bufnr)
      end
    end
  elseif vim.fn.exists('#nvim.lsp.enable#FileType') == 1 then
    vim.cmd('doautoall nvim.lsp.enable FileType')
  else
    vim.cmd('silent! doautoall lspconfig FileType')
  end
end

--- Makes Neovim start the server for all files that it reads. Before 0.11 this is the way to
--- do so; later it is short for vim.lsp.config and vim.lsp.enable.
function M.setup(options)
  M.options = vim.tbl_deep_extend('force', vim.deepcopy(M.defaults), options or {})
  if vim.lsp.enable and not M.options.legacy then
    vim.lsp.config('qodacode', M.config())
    vim.lsp.enable('qodacode')
    return
  end
  M.legacy = true
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('qodacode', { clear = true }),
    pattern = M.options.filetypes,
    callback = function(event)
      M.start(event.buf)
    end,
  })
  start_all()
end

-- How long a server may take to end before it is killed, and until that is given up, in ms.
local patience, limit = 2000, 5000

--- Ends all servers of qodacode and starts them again; also after a crash.
function M.restart()
  for _, client in ipairs(compat.clients()) do
    compat.call(client, 'stop')
  end
  local waited = 0
  local function wait()
    local left = compat.known() -- a new one must not be taken for one that is ending
    if #left == 0 or waited >= limit then
      start_all()
      return
    end
    if waited == patience then
      for _, client in ipairs(left) do
        compat.call(client, 'stop', true)
      end
    end
    waited = waited + 50
    vim.defer_fn(wait, 50)
  end
  wait()
end

return M
