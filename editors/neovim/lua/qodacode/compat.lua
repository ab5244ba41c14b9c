-- What differs between Neovim 0.7 and today's.
local M = {}

--- Calls a method of a client; before 0.11 they were functions without self.
function M.call(client, method, ...)
  if vim.fn.has('nvim-0.11') == 1 then
    return client[method](client, ...)
  end
  return client[method](...)
end

--- The clients of qodacode that Neovim knows, of one buffer or of all: also some whose server
--- has just ended.
function M.known(bufnr)
  local all
  if vim.lsp.get_clients then
    all = vim.lsp.get_clients({ bufnr = bufnr })
  elseif bufnr and vim.fn.has('nvim-0.8') == 1 then
    all = vim.lsp.get_active_clients({ bufnr = bufnr })
  elseif bufnr then
    all = vim.lsp.buf_get_clients(bufnr)
  else
    all = vim.lsp.get_active_clients()
  end
  return vim.tbl_filter(function(client)
    return client.name == 'qodacode'
  end, vim.tbl_values(all))
end

--- The clients whose server runs.
function M.clients(bufnr)
  return vim.tbl_filter(function(client)
    return not M.call(client, 'is_stopped')
  end, M.known(bufnr))
end

--- The client of the buffer, or any.
function M.client(bufnr)
  return M.clients(bufnr)[1] or M.clients()[1]
end

--- The buffers of a client.
function M.buffers(client)
  if client.attached_buffers then
    return vim.tbl_keys(client.attached_buffers)
  end
  return vim.lsp.get_buffers_by_client_id(client.id)
end

--- The column in bytes of a column in the units of an encoding.
function M.byte_column(line, column, encoding)
  if encoding == 'utf-8' then
    return math.min(column, #line)
  end
  local ok, bytes
  if vim.fn.has('nvim-0.11') == 1 then
    ok, bytes = pcall(vim.str_byteindex, line, encoding, column, false)
  else
    ok, bytes = pcall(vim.str_byteindex, line, column, encoding == 'utf-16')
  end
  return ok and bytes or #line
end

--- Whether a client opens the pages of the server itself.
function M.shows_documents(client)
  local window = client.config.capabilities and client.config.capabilities.window
  return window and window.showDocument and window.showDocument.support or false
end

--- The program that opens files here, or nil.
function M.opener()
  if vim.fn.has('mac') == 1 then
    return 'open'
  end
  for _, opener in ipairs({ 'xdg-open', 'wslview', 'explorer.exe' }) do
    if vim.fn.executable(opener) == 1 then
      return opener
    end
  end
end

--- Opens a file in the program that the desktop has for it. Returns why not, if it can't.
function M.open(path)
  if vim.ui.open then
    local _, err = vim.ui.open(path)
    return err
  end
  local opener = M.opener()
  if not opener or vim.fn.jobstart({ opener, path }, { detach = true }) <= 0 then
    return 'no program to open it with'
  end
end

function M.warn(message)
  vim.notify('qodacode: ' .. message, vim.log.levels.WARN)
end

return M
