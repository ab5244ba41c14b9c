-- The pages of graphs and costs: beside the code, and in the browser.
local function opened(count)
  return T.wait(function()
    local ok, lines = pcall(vim.fn.readfile, vim.env.E2E_WORK .. '/opened')
    return ok and #lines == count and lines[count]
  end)
end

local function page_is(what, address, text)
  local path = address and address:gsub('^file://', '')
  local ok, lines = pcall(vim.fn.readfile, path or '')
  T.check(what, ok and table.concat(lines, '\n'):find(text, 1, true), address or 'nothing was opened')
end

local pages = {}

function pages.graphs()
  local agent = T.edit('agent.py')
  T.lens(agent, 'agent graph')
  vim.api.nvim_win_set_cursor(0, { 31, 0 })
  T.choose('agent graph')
  vim.lsp.codelens.run()
  local window = T.window('qodacode')
  if not T.check('the lens opens the graph', window, T.messages) then
    return
  end
  local lines = T.lines(window)
  T.check('it begins with its name and place', lines[1]:match('^review  langgraph  agent.py:31$'), lines[1])
  vim.api.nvim_set_current_win(window)
  T.go('  critic  step')
  T.press('<CR>')
  T.check('<CR> goes to the node', vim.api.nvim_get_current_buf() == agent and vim.api.nvim_win_get_cursor(0)[1] == 33, vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_set_current_win(window)
  T.go('→ writer')
  T.press('<CR>')
  T.check('<CR> goes to the end of an edge', vim.api.nvim_win_get_cursor(0)[1] == 32, vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_set_current_win(window)
  T.press('gx')
  page_is('gx opens the page in the browser', opened(1), 'critic')
  T.press('q')
  T.check('q closes it', not pcall(vim.api.nvim_win_get_buf, window))

  vim.cmd('QodacodeGraph!')
  page_is(':QodacodeGraph! opens the page of the project', opened(2), 'critic')
end

function pages.costs()
  local app = T.edit('app.py')
  vim.api.nvim_win_set_cursor(0, { 10, 0 })
  vim.cmd('vertical QodacodeCost')
  local window = T.window('qodacode')
  if not T.check(':QodacodeCost opens the report', window, T.messages) then
    return
  end
  local text = table.concat(T.lines(window), '\n')
  T.check('it tells of runs and months', text:find('/run', 1, true) and text:find('Month: ', 1, true), text)
  local line = vim.api.nvim_buf_get_lines(0, vim.fn.line('.') - 1, vim.fn.line('.'), false)[1]
  T.check('it begins at the function of the cursor', line:find('^answer .*app.py:8$'), line)
  T.check(':vertical opens it beside the code', vim.api.nvim_win_get_width(window) < vim.o.columns - 10)
  T.go('chat.completions')
  T.press('<CR>')
  T.check('<CR> goes to the call', vim.api.nvim_get_current_buf() == app and vim.api.nvim_win_get_cursor(0)[1] == 10, vim.api.nvim_win_get_cursor(0))
  vim.api.nvim_buf_set_lines(app, 0, 0, false, { '' })
  vim.api.nvim_set_current_win(window)
  T.press('R')
  T.check('R tells of what is not saved', T.wait(function()
    return T.lines(window)[1]:find('^· app.py')
  end), T.lines(window)[1])
  vim.api.nvim_win_close(window, true)
  vim.api.nvim_buf_set_lines(app, 0, 1, false, {})
  vim.cmd('silent write')
  local lonely = T.edit(vim.env.E2E_WORK .. '/lonely.py')
  vim.cmd('QodacodeCost')
  window = T.window('qodacode')
  T.check('a file outside of projects is shown alone', window and T.lines(window)[1]:find('^answer .*lonely.py:8$') and not table.concat(T.lines(window)):find('app.py', 1, true), window and T.lines(window)[1] or T.messages)
  vim.cmd('only')
  T.edit('app.py')
  for _, client in ipairs(T.clients(lonely)) do -- which has a server of its own
    T.client_method(client, 'stop')
  end
  T.check('its server ends', T.wait(function()
    return #T.clients(lonely) == 0
  end))
  vim.cmd('bwipeout ' .. lonely)
  vim.cmd('QodacodeCost!')
  page_is(':QodacodeCost! opens the page', opened(3), 'app.py')
  vim.cmd('only')
end

return pages
