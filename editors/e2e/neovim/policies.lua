-- Policies: from a comment, typed, and such that would take everything.
local folder = '.qodacode/policies/'

-- Runs for seconds if nobody stops it. The text behind it makes it another policy, which nobody has stopped yet.
local bomb = [[
package bomb

n := numbers.range(1, 3000)

deny contains {"msg": "never", "range": input.shell[0].range} if {
	count([1 | some a in n; some b in n; some c in n; a * b == c]) < 0
}
]]

local shown = vim.lsp.handlers['window/showMessage']
vim.lsp.handlers['window/showMessage'] = function(err, result, ...)
  table.insert(T.messages, result.message)
  return shown(err, result, ...)
end

-- What is wrong in a policy at a text, or nil.
local function problem(bufnr, text)
  for _, d in ipairs(vim.diagnostic.get(bufnr)) do
    if d.source == 'qodacode' and T.text(bufnr, d) == text then
      return d
    end
  end
end

local function messages(bufnr)
  return vim.tbl_map(function(d)
    return d.message
  end, vim.diagnostic.get(bufnr))
end

local function from_a_comment()
  local cleanup = T.edit('cleanup.py')
  T.wait(function()
    return T.clients(cleanup)[1]
  end)
  T.go('# policy:')
  T.choose('Generate Rego policy$', 'Create the policy')
  vim.lsp.buf.code_action()
  local d = T.wait(function()
    return problem(cleanup, 'subprocess.run(["rm", "-r", "exports"], check=True)')
  end)
  T.check('the finding of the policy appears', d and tostring(d.code):find('^POLICY%-'), d and d.code or messages(cleanup))
  T.check('what is offered is told', #T.offered > 0, T.offered)
  T.check('its finding is an error', d and d.severity == vim.diagnostic.severity.ERROR, d and d.severity)
  vim.cmd('silent wall')
  local files = vim.fn.glob(folder .. '*.rego', true, true)
  T.check('the policy and its test are on disk', #files == 2, files)
  for _, file in ipairs(files) do
    local lines = vim.fn.readfile(file)
    T.check(file .. ' has its text', table.concat(lines, '\n'):find(file:find('_test.rego$') and '\ntest_' or 'deny contains ', 1, true), lines)
  end
end

local function labels(client, bufnr)
  local params = vim.fn.has('nvim-0.11') == 1 and vim.lsp.util.make_position_params(0, client.offset_encoding) or vim.lsp.util.make_position_params()
  local found = {}
  for _, answer in pairs(vim.lsp.buf_request_sync(bufnr, 'textDocument/completion', params, 10000) or {}) do
    for _, item in ipairs(answer.result and (answer.result.items or answer.result) or {}) do
      found[item.label] = item
    end
  end
  return found
end

local function typed()
  vim.fn.mkdir(folder, 'p')
  local typo = T.edit(folder .. 'typo.rego')
  vim.api.nvim_buf_set_lines(typo, 0, -1, false, {
    'package typo', '', 'deny contains {"msg": "x", "range": call.range} if {', '\tsome call in input.llm_cals', '\tcall.ctx.production   !=  ""', '}',
  })
  local client = T.wait(function()
    return T.clients(typo)[1]
  end)
  if not T.check('a policy is sent to the server', client, vim.bo.filetype) then
    return
  end
  local d = T.wait(function()
    return problem(typo, 'llm_cals')
  end)
  T.check('a wrong field is told, and what was meant', d and d.message:find('llm_calls', 1, true), d and d.message or messages(typo))
  T.go('llm_cals')
  T.check('the field is completed', labels(client, typo).llm_calls)
  T.press('cwllm_calls<Esc>')
  T.check('the right field is no finding', T.wait(function()
    return not vim.tbl_isempty(messages(typo)) and not table.concat(messages(typo)):find('llm_cals')
  end), messages(typo))
  T.go('""')
  vim.api.nvim_win_set_cursor(0, { 5, vim.fn.col('.') })
  local values = labels(client, typo)
  T.check('values are completed', values.yes and values.unknown, vim.tbl_keys(values))
  vim.lsp.buf.format({ timeout_ms = 20000 })
  T.check('it is formatted', vim.api.nvim_buf_get_lines(typo, 4, 5, false)[1] == '\tcall.ctx.production != ""', vim.api.nvim_buf_get_lines(typo, 0, -1, false))
  vim.cmd('silent bwipeout! ' .. typo)
end

-- How long it takes until a finding is gone, and until it is there again; the slower of both.
-- Each comes after a pause: Neovim sends the first change at once, and the next after 150 ms.
local function keystroke(app)
  local row = T.go('gpt-4-turbo') - 1
  local column = vim.api.nvim_win_get_cursor(0)[2]
  local function press(key, condition)
    vim.wait(200)
    local began = T.now()
    vim.api.nvim_buf_set_text(app, row, column, row, column + 1, { key })
    T.wait(condition)
    return T.now() - began
  end
  local gone = press('x', function()
    return not T.finding(app, 'COST-009')
  end)
  local back = press('g', function()
    return T.finding(app, 'COST-009')
  end)
  return math.max(gone, back)
end

local function slowest(app, before)
  local times = {}
  for i = 1, 7 do
    if before then
      before(i)
    end
    table.insert(times, keystroke(app))
  end
  table.sort(times)
  return times[4], times[7]
end

local function explodes()
  local app = T.edit('app.py')
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
  local calm = slowest(app)
  local rego = T.edit(folder .. 'bomb.rego')
  vim.api.nvim_buf_set_lines(rego, 0, -1, false, vim.split(bomb, '\n'))
  vim.cmd('silent write')
  T.edit('cleanup.py') -- which has what the policy looks at
  vim.cmd('buffer ' .. app)
  local median, longest = slowest(app, function(i)
    vim.api.nvim_buf_set_lines(rego, -1, -1, false, { '# ' .. i })
    vim.wait(250) -- when typing pauses, it is run
  end)
  T.note('keystroke', calm)
  T.note('beside a policy bomb', median)
  T.note('the longest', longest)
  T.check('a policy bomb does not slow a keystroke', median < calm + 250, median)
  T.check('what was stopped is told', T.wait(function()
    return table.concat(T.messages):find('POLICY-bomb was not run to its end', 1, true)
  end), T.messages)
end

T.run(function()
  typed()
  from_a_comment()
  explodes()
end)
