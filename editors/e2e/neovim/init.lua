-- What a user has in init.lua, in the form that $FORM names.
vim.opt.runtimepath:prepend(vim.env.E2E .. '/../neovim')
vim.o.swapfile = false
vim.g.loaded_python3_provider = 0 -- Neovim looks for it for seconds when it opens a file of Python
local form = vim.env.FORM
if form == 'enable' then
  vim.lsp.enable('qodacode')
else
  require('qodacode').setup({ legacy = form == 'legacy' })
end
