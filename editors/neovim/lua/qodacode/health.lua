-- :checkhealth qodacode
local compat = require('qodacode.compat')
local M = {}

local health = vim.health or require('health')
local function tell(kind)
  return health[kind] or health['report_' .. kind]
end
local start, ok, info, warn, bad = tell('start'), tell('ok'), tell('info'), tell('warn'), tell('error')

local function run(command)
  local called, out = pcall(vim.fn.systemlist, command)
  return called and vim.v.shell_error == 0, called and out or {}
end

local function program()
  start('qodacode: the program')
  local qodacode = require('qodacode')
  local command = qodacode.program()
  if vim.fn.executable(command[1]) == 0 then
    bad(('%s can not be run'):format(command[1]), {
      'Install it: go install github.com/qodacode/qodacode@latest',
      "Or say where it is: require('qodacode').setup({ cmd = { '/path/to/qodacode', 'lsp' } })",
    })
    return false
  end
  local well, out = run(qodacode.command('--version'))
  if not well then
    bad(('%s does not run: %s'):format(command[1], table.concat(out, ' ')))
    return false
  end
  ok(('%s (%s)'):format(out[1], vim.fn.exepath(command[1])))
  return true
end

local function doctor()
  start('qodacode: doctor, in ' .. vim.fn.getcwd())
  local well, out = run(require('qodacode').command('doctor'))
  local told = false
  for _, line in ipairs(out) do
    if line:find('PROBLEM', 1, true) then
      told = true
      bad(line)
    elseif line ~= '' and not line:match('^verdict') then
      info(line)
    end
  end
  if well then
    ok('qodacode doctor found no problem')
  elseif not told then
    bad('qodacode doctor failed')
  end
end

local function clients()
  start('qodacode: servers')
  local all = compat.clients()
  if #all == 0 then
    warn('no server is running', { 'Open a file that it reads, such as one of Python or TypeScript', 'See :LspLog or :lua vim.cmd.edit(vim.lsp.get_log_path())' })
  end
  for _, client in ipairs(all) do
    local buffers = 0
    for _, bufnr in ipairs(vim.api.nvim_list_bufs()) do
      local here = #vim.tbl_filter(function(c)
        return c.id == client.id
      end, compat.clients(bufnr))
      buffers = buffers + here
      if here > 0 and #compat.clients(bufnr) > 1 then
        warn(('%s has two servers'):format(vim.api.nvim_buf_get_name(bufnr)), { "Use one of setup(), vim.lsp.enable('qodacode') and nvim-lspconfig" })
      end
    end
    ok(('client %d: %s, %d buffer%s, columns in %s'):format(client.id, client.config.root_dir or 'no project', buffers, buffers == 1 and '' or 's', client.offset_encoding))
  end
end

local function surfaces()
  start('qodacode: what this Neovim shows')
  local qodacode = require('qodacode')
  local function surface(name, option, can, why)
    if not can then
      info(('%s: %s'):format(name, why))
    elseif option == false then
      info(name .. ': switched off')
    else
      ok(name)
    end
  end
  surface('findings and hovers', nil, true)
  surface('code lenses', qodacode.options.code_lens, true)
  surface('inlay hints', qodacode.options.inlay_hints, vim.fn.has('nvim-0.10') == 1, 'they need Neovim 0.10; lenses show the figures')
  surface('pages in the browser', nil, compat.opener(), 'no program opens them here; :QodacodeGraph and :QodacodeCost show text')
end

function M.check()
  if vim.fn.has('nvim-0.7') == 0 then
    bad('Neovim 0.7 or later is needed')
    return
  end
  local runs = program()
  clients()
  surfaces()
  if runs then
    doctor()
  end
end

return M
