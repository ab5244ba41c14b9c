-- Keeps what is shown in buffers up to date: findings, lenses, hints.
local compat = require('qodacode.compat')
local M = {}

--- Asks for the findings of a buffer anew.
local function pull(bufnr, client)
  local provider = client.server_capabilities.diagnosticProvider
  if provider then
    local params = { textDocument = vim.lsp.util.make_text_document_params(bufnr), identifier = provider.identifier }
    compat.call(client, 'request', 'textDocument/diagnostic', params, nil, bufnr)
  end
end

-- Before 0.12 lenses are asked for by whoever wants to see them.
local function refresh_lenses(bufnr)
  if vim.api.nvim_get_current_buf() ~= bufnr or #compat.clients(bufnr) == 0 then
    return
  end
  if vim.fn.has('nvim-0.10') == 1 then
    vim.lsp.codelens.refresh({ bufnr = bufnr })
  else
    vim.lsp.codelens.refresh()
  end
end

local function show_lenses(bufnr)
  if vim.lsp.codelens.enable then
    vim.lsp.codelens.enable(true, { bufnr = bufnr })
    return
  end
  local group = vim.api.nvim_create_augroup('qodacode_lenses_' .. bufnr, { clear = true })
  vim.api.nvim_create_autocmd({ 'BufEnter', 'CursorHold', 'InsertLeave', 'TextChanged' }, {
    group = group,
    buffer = bufnr,
    callback = function()
      refresh_lenses(bufnr)
    end,
  })
  refresh_lenses(bufnr)
end

local function show_hints(bufnr)
  local hints = vim.lsp.inlay_hint
  if type(hints) == 'table' and vim.fn.has('nvim-0.10') == 1 then
    hints.enable(true, { bufnr = bufnr })
  end
end

--- What a server asks for when something changed that was shown, and Neovim does not do itself.
function M.handlers()
  local function each_buffer(refresh, finally)
    return function(_, _, ctx)
      local client = vim.lsp.get_client_by_id(ctx.client_id)
      if client then
        for _, bufnr in ipairs(compat.buffers(client)) do
          refresh(bufnr, client)
        end
        if finally then
          finally(client)
        end
      end
      return vim.NIL
    end
  end
  local handlers = {}
  if not vim.lsp.handlers['workspace/codeLens/refresh'] then
    handlers['workspace/codeLens/refresh'] = each_buffer(refresh_lenses)
  end
  if vim.lsp.handlers['textDocument/diagnostic'] then
    -- Before 0.11 Neovim has no handler; that of 0.12 leaves out the files that are open.
    handlers['workspace/diagnostic/refresh'] = each_buffer(pull, function(client)
      if vim.lsp.buf.workspace_diagnostics then
        vim.lsp.buf.workspace_diagnostics({ client_id = client.id })
      end
    end)
  end
  return handlers
end

--- Shows lenses and hints in a buffer that a client was attached to.
function M.attached(bufnr)
  if require('qodacode').options.code_lens then
    show_lenses(bufnr)
  end
  if require('qodacode').options.inlay_hints then
    show_hints(bufnr)
  end
end

if vim.fn.exists('##LspAttach') == 1 then
  vim.api.nvim_create_autocmd('LspAttach', {
    group = vim.api.nvim_create_augroup('qodacode_attach', { clear = true }),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'qodacode' then
        M.attached(event.buf)
      end
    end,
  })
end

if vim.fn.has('nvim-0.11') == 1 then
  -- When a file is read again Neovim forgets its findings, but asks with the id of the last
  -- result; it learns that nothing has changed, and shows none.
  vim.api.nvim_create_autocmd('LspNotify', {
    group = vim.api.nvim_create_augroup('qodacode_open', { clear = true }),
    callback = function(event)
      local client = vim.lsp.get_client_by_id(event.data.client_id)
      if client and client.name == 'qodacode' and event.data.method == 'textDocument/didOpen' then
        vim.schedule(function()
          if vim.api.nvim_buf_is_loaded(event.buf) and not client:is_stopped() then
            pull(event.buf, client)
          end
        end)
      end
    end,
  })
end

-- What a click on a code lens does.
for kind, name in pairs({ graph = 'qodacode.showGraph', cost = 'qodacode.showCost' }) do
  vim.lsp.commands[name] = function(command, ctx)
    require('qodacode.page').lens(kind, command, ctx)
  end
end
-- A lens that shows a figure and does nothing.
vim.lsp.commands[''] = vim.lsp.commands[''] or function() end

return M
