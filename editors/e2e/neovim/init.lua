-- What a user has in init.lua, in the form that $FORM names.
vim.o.swapfile = false
vim.g.loaded_python3_provider = 0 -- Neovim looks for it for seconds when it opens a file of Python
local form = vim.env.FORM
if form == 'enable' then
  vim.lsp.enable('qodacode')
elseif form == 'setup' then
  require('qodacode').setup({})
elseif form == 'legacy' then
  require('qodacode').setup({ legacy = true })
elseif form == 'late' then -- as a plugin manager does that loads it for a file's type
  vim.api.nvim_create_autocmd('FileType', {
    once = true,
    callback = function()
      vim.opt.runtimepath:append(vim.env.E2E .. '/../neovim')
      require('qodacode').setup({ inlay_hints = false, settings = { severity = { ['COST-009'] = 'hint' } } })
    end,
  })
elseif form == 'lspconfig' then -- as nvim-lspconfig does
  local config = require('qodacode').lspconfig().default_config
  local ids = {}
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('lspconfig', {}),
    pattern = config.filetypes,
    callback = function(event)
      local root = config.root_dir(vim.api.nvim_buf_get_name(event.buf))
      ids[root] = ids[root] or vim.lsp.start_client(vim.tbl_extend('force', config, { name = 'qodacode', root_dir = root }))
      vim.lsp.buf_attach_client(event.buf, ids[root])
    end,
  })
end
