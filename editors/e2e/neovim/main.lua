-- All that qodacode does in Neovim, in the order of a day's work.
local hints = vim.fn.has('nvim-0.10') == 1
local pages = dofile(vim.env.E2E .. '/neovim/pages.lua')

local function attach()
  local began = T.now()
  local app = T.edit('app.py')
  local client = T.wait(function()
    return T.clients(app)[1]
  end)
  if not T.check('the server is attached', client) then
    error('nothing else can be tested')
  end
  T.note('attached after', T.now() - began)
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
  T.note('first finding', T.now() - began)
  T.check('its project is the workspace', client.config.root_dir == vim.fn.getcwd(), client.config.root_dir)
  local encoding = vim.fn.has('nvim-0.11') == 1 and 'utf-8' or 'utf-16'
  T.check('columns are in ' .. encoding, client.offset_encoding == encoding, client.offset_encoding)
  T.check('the finding is an error', T.finding(app, 'COST-009').severity == vim.diagnostic.severity.ERROR)
  T.check('the finding is drawn', T.wait(function()
    for _, ns in pairs(vim.api.nvim_get_namespaces()) do
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(app, ns, 0, -1, { details = true })) do
        if mark[2] == 9 and ((mark[4].hl_group or ''):match('^DiagnosticUnderline') or (mark[4].virt_text and vim.fn.has('nvim-0.8') == 0)) then
          return true
        end
      end
    end
  end))
  return app, client
end

-- Before other files are open: the findings of those must be listed.
local function check_workspace()
  vim.cmd('QodacodeCheck')
  local window = T.window('qf')
  if not T.check(':QodacodeCheck opens the quickfix window', window, T.messages) then
    return
  end
  local found = {}
  for _, item in ipairs(vim.fn.getqflist()) do
    local name = vim.fn.fnamemodify(vim.api.nvim_buf_get_name(item.bufnr), ':t')
    found[('%s:%d:%d %s %s'):format(name, item.lnum, item.col, item.type, item.text:match('^[%w-]+'))] = true
  end
  for _, want in ipairs({
    'app.py:10:113 E COST-009',
    'app.ts:7:98 E COST-009',
    'agent.py:36:9 W ARCH-001',
    'crlf.py:3:40 W SECRET-generic-api-key',
    'secret.py:3:40 W SECRET-generic-api-key',
  }) do
    T.check(':QodacodeCheck lists ' .. want, found[want], not found[want] and vim.tbl_keys(found) or nil)
  end
  local title = vim.fn.getqflist({ title = 0 }).title
  T.check('its title counts', title:match('^qodacode: %d+ findings; %d+ files read$'), title)
  vim.cmd('cclose')
end

local secret = 'c2f1b7e94d5a4c0e8a6f3d91b07e52ac'

local function columns(client)
  for _, case in ipairs({
    { 'app.ts', 'COST-009', "'gpt-4-turbo'" },
    { 'secret.py', 'SECRET-generic-api-key', secret },
    { 'crlf.py', 'SECRET-generic-api-key', secret },
    { 'bom.py', 'SECRET-generic-api-key', secret },
    { 'notebook.ipynb', 'COST-009', '\\"gpt-4-turbo\\"' },
    { 'agent.py', 'ARCH-001', 'add_conditional_edges("critic", is_good)' },
  }) do
    local bufnr = T.edit(case[1])
    T.underlines(bufnr, case[2], case[3])
    local clients = T.clients(bufnr)
    T.check(case[1] .. ' shares the server of the project', #clients == 1 and clients[1].id == client.id, #clients)
  end
end

local function hover()
  T.edit('app.py')
  T.go('gpt-4-turbo')
  vim.lsp.buf.hover()
  local text = T.wait(function()
    for _, w in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(w).relative ~= '' then
        local lines = T.lines(w)
        vim.api.nvim_win_close(w, true)
        return table.concat(lines, '\n')
      end
    end
  end)
  T.check('a hover tells the model', text and text:find('gpt-4-turbo', 1, true), text)
  T.check('a hover tells the cost', text and text:find('%$%d'))
end

local function figures()
  local app = T.edit('app.py')
  local cost = T.lens(app, '%$%d.*/run')
  T.check('a lens tells the cost of a run', cost and cost.line == 8, cost or T.lenses(app))
  if hints then
    local hint = T.wait(function()
      for _, h in ipairs(vim.lsp.inlay_hint.get({ bufnr = app })) do
        if h.inlay_hint.position.line == 9 then
          return h.inlay_hint.label
        end
      end
    end)
    T.check('an inlay hint tells the price of the call', type(hint) == 'string' and hint:find('%$%d'), hint)
  else
    local price = T.lens(app, '^%$%d.*/call · gpt%-4%-turbo')
    T.check('without inlay hints a lens tells the price of the call', price and price.line == 10, price or T.lenses(app))
  end
  local agent = T.edit('agent.py')
  local graph = T.lens(agent, 'agent graph: 2 nodes, 1 loop')
  T.check('a lens tells of the agent graph', graph and graph.line == 31, graph or T.lenses(agent))
  local drawn
  vim.api.nvim_win_set_cursor(0, { 31, 0 })
  T.check('the lens is drawn', T.wait(function()
    drawn = T.drawn(agent)
    return (drawn[31] or ''):find('agent graph: 2 nodes, 1 loop', 1, true)
  end), drawn)
end

-- Edits with characters of two and four bytes before, in and behind the finding: if the server
-- had another text than Neovim, its columns would tell.
local function typing()
  local app = T.edit('app.py')
  local row = T.go('gpt-4-turbo') - 1
  local column = vim.api.nvim_win_get_cursor(0)[2]
  local began = T.now()
  vim.api.nvim_buf_set_text(app, row, column, row, column + #'gpt-4-turbo', { 'gpt-4o-mini' })
  T.check('a keystroke takes the finding away', T.wait(function()
    return not T.finding(app, 'COST-009')
  end), T.rules(app))
  T.note('keystroke', T.now() - began)
  T.press('u')
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
  T.go('"user"')
  T.press('i"né😀": "é",<Space><Esc>')
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
  T.press('ggO# 😀é<CR>é😀<Esc>')
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
  T.press('gg$xjdd')
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
  T.go('response =')
  T.press('yypk0wi😀<Esc>x')
  T.check('the same call twice is found twice', T.wait(function()
    return #vim.tbl_filter(function(rule)
      return rule == 'COST-009'
    end, T.rules(app)) == 2
  end), T.rules(app))
  vim.cmd('silent edit!')
  T.underlines(app, 'COST-009', '"gpt-4-turbo"')
end

local function fix(file, rule, title, want)
  local bufnr = T.edit(file)
  local d = T.wait(function()
    return T.finding(bufnr, rule)
  end)
  if not T.check(file .. ' has ' .. rule, d, T.rules(bufnr)) then
    return
  end
  vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
  T.choose(title)
  vim.lsp.buf.code_action()
  T.check(('%s: "%s" takes %s away'):format(file, title, rule), T.wait(function()
    return not T.finding(bufnr, rule)
  end), T.offered)
  vim.cmd('silent write')
  local bytes = table.concat(vim.fn.readfile(file, 'b'), '\n')
  T.check(file .. ' is saved with the fix', bytes:find(want, 1, true), bytes:sub(1, 1200))
  return bytes
end

local function fixes()
  local app = fix('app.py', 'COST-009', 'gpt%-5%.6%-sol', 'model="gpt-5.6-sol"')
  T.check('the fix left the rest of the line', app and app:find('"content": "😀é " + ticket}]', 1, true))
  local crlf = fix('crlf.py', 'SECRET-generic-api-key', 'os%.environ%["SEARCH_API_KEY"%]$', 'SEARCH_API_KEY = os.environ["SEARCH_API_KEY"]')
  T.check('CRLF stays', crlf and not crlf:gsub('\r\n', ''):find('\n'))
  local bom = fix('bom.py', 'SECRET-generic-api-key', 'os%.environ%["SEARCH_API_KEY"%]$', 'SEARCH_API_KEY = os.environ["SEARCH_API_KEY"]')
  T.check('the byte order mark stays', bom and vim.startswith(bom, '\239\187\191'))
  T.check('the byte order mark stays alone', bom and not bom:find('\239\187\191', 2, true))
  fix('app.ts', 'COST-009', 'gpt%-5%.6%-sol', "model: 'gpt-5.6-sol'")
  fix('agent.py', 'ARCH-001', '[Ss]uppress', 'qodacode:ignore ARCH-001')
end

-- Data that flows, with its way, and the fix.
local function flows()
  local tools = T.edit('tools.py')
  local d = T.underlines(tools, 'SAST-tool-arg-sql', 'query')
  local lines = {}
  for _, related in ipairs(d and vim.tbl_get(d, 'user_data', 'lsp', 'relatedInformation') or {}) do
    table.insert(lines, related.location.range.start.line + 1)
  end
  T.check('the way of the data is told', vim.deep_equal(lines, { 9, 11 }), lines)
  local fixed = fix('tools.py', 'SAST-tool-arg-sql', 'as parameters', 'orders.execute(query, (customer,)).fetchall()')
  T.check('the statement has a placeholder', fixed and fixed:find("note = ? AND customer = ?", 1, true) == nil and fixed:find("note = '😀é' AND customer = ?", 1, true), fixed)
end

-- A rule of the project holds as it is typed.
local function rules()
  local house = T.edit('house.py')
  T.underlines(house, 'house-manners', 'greet("😀é")')
  T.edit('.semgrep/house.yml')
  T.go('greet')
  T.press('cwpart<Esc>')
  vim.cmd('buffer ' .. house)
  T.underlines(house, 'house-manners', 'part("😀é")')
  local yaml = T.edit('.semgrep/house.yml')
  T.go('part(')
  T.press('A(<Esc>')
  T.check('a rule that cannot be read is a finding', T.wait(function()
    return T.finding(yaml, 'CONFIG-002')
  end), T.rules(yaml))
  T.press('uu')
  vim.cmd('buffer ' .. house)
  T.underlines(house, 'house-manners', 'greet("😀é")')
end

-- Settings of the user, and those of the project once its file is saved.
local function settings(client)
  local notebook = T.edit('notebook.ipynb')
  T.underlines(notebook, 'COST-009', '\\"gpt-4-turbo\\"')
  local all = client.settings or client.config.settings
  all.qodacode = { severity = { ['COST-009'] = 'off' } }
  T.client_method(client, 'notify', 'workspace/didChangeConfiguration', { settings = all })
  T.check('a setting takes effect at once', T.wait(function()
    return not T.finding(notebook, 'COST-009')
  end), T.rules(notebook))
  all.qodacode = { severity = { ['COST-009'] = 'info' } }
  T.client_method(client, 'notify', 'workspace/didChangeConfiguration', { settings = all })
  T.underlines(notebook, 'COST-009', '\\"gpt-4-turbo\\"')

  T.edit('qodacode.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[severity]', '"COST-009" = "off"' })
  vim.cmd('silent write')
  vim.cmd('buffer ' .. notebook)
  T.check('qodacode.toml takes effect once it is saved', T.wait(function()
    return not T.finding(notebook, 'COST-009')
  end), T.rules(notebook))
  T.edit('qodacode.toml')
  vim.api.nvim_buf_set_lines(0, 0, -1, false, { '[check]' })
  vim.cmd('silent write')
  vim.cmd('buffer ' .. notebook)
  T.underlines(notebook, 'COST-009', '\\"gpt-4-turbo\\"')
end

local function reload()
  local ts = T.edit('app.ts')
  vim.cmd('silent edit')
  T.underlines(ts, 'COST-009', "'gpt-4-turbo'")
  local figure = hints and T.wait(function()
    return vim.lsp.inlay_hint.get({ bufnr = ts })[1]
  end, 3000) or T.lens(ts, '/call')
  T.check('a file that is read again has its figures', figure)
end

local function restarted(what, old)
  local bufnr = vim.api.nvim_get_current_buf()
  local began = T.now()
  vim.cmd('QodacodeRestart')
  local client = T.wait(function()
    local c = T.clients(bufnr)[1]
    return c and c.id ~= old.id and c
  end)
  T.check(what .. ': a new server is there', client)
  T.check(what .. ': the old one is not', T.client_method(old, 'is_stopped'))
  T.underlines(bufnr, 'COST-009', '\\"gpt-4-turbo\\"')
  T.note(what, T.now() - began)
  local other = vim.fn.bufnr('secret.py')
  T.check(what .. ': other buffers are attached', T.wait(function()
    return #T.clients(other) == 1
  end))
  return client
end

-- The process of the server that was started last.
local function server()
  local last, at = nil, 0
  for _, record in ipairs(vim.fn.glob(vim.env.E2E_RECORDS .. '/*.jsonl', true, true)) do
    local begun = vim.loop.fs_stat(record).birthtime
    local t = begun.sec + begun.nsec / 1e9
    if t > at then
      last, at = record, t
    end
  end
  return vim.fn.json_decode(vim.fn.readfile(last, '', 1)[1]).pid
end

local function restarts(client)
  client = restarted('restart', client)
  if not client then
    return
  end
  vim.loop.kill(server(), 'sigkill')
  T.check('a killed server is noticed', T.wait(function()
    return T.client_method(client, 'is_stopped')
  end))
  restarted('restart after a crash', client)
end

local function health()
  vim.cmd('silent checkhealth qodacode')
  local text
  T.wait(function()
    text = table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), '\n')
    return text:find('doctor found no problem', 1, true)
  end)
  for _, want in ipairs({ 'OK:? qodacode v?%d', 'OK:? client %d+: ', 'OK:? code lenses', 'OK:? qodacode doctor found no problem' }) do
    T.check(':checkhealth has "' .. want .. '"', text:find(want), not text:find(want) and text or nil)
  end
  local plain = text:gsub('%d+ warnings?', ''):gsub('doctor[^\n]*', '')
  T.check(':checkhealth has no complaint', not plain:find('ERROR') and not plain:find('WARNING'), (plain:find('ERROR') or plain:find('WARNING')) and text or nil)
  vim.cmd('silent! bwipeout!')
end

local function help()
  vim.cmd('silent helptags ALL')
  for _, tag in ipairs({ 'qodacode', ':QodacodeGraph', ':QodacodeCost', ':QodacodeCheck', ':QodacodeRestart', 'qodacode-options' }) do
    T.check(':help ' .. tag, pcall(vim.cmd, 'silent help ' .. tag))
    vim.cmd('silent! helpclose')
  end
end

T.run(function()
  local _, client = attach()
  check_workspace()
  columns(client)
  hover()
  figures()
  pages.graphs()
  pages.costs()
  reload()
  typing()
  fixes()
  flows()
  rules()
  settings(client)
  restarts(client)
  health()
  help()
  T.check('nothing was warned of', #vim.tbl_filter(function(m)
    return m:find('qodacode:', 1, true) and not m:find('quit with exit code', 1, true)
  end, T.messages) == 0, T.messages)
end)
