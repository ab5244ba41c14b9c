-- Neovim 0.11 and later: vim.lsp.enable('qodacode')
---@type vim.lsp.Config
return require('qodacode').config()
