-- The other ways to set it up: the server is attached and finds something.
T.run(function()
  local form = vim.env.FORM
  for _, case in ipairs({
    { 'secret.py', 'SECRET-generic-api-key', 'c2f1b7e94d5a4c0e8a6f3d91b07e52ac' },
    { 'app.ts', 'COST-009', "'gpt-4-turbo'" },
  }) do
    local bufnr = T.edit('../pristine/' .. case[1])
    local finding = T.underlines(bufnr, case[2], case[3])
    T.check(case[1] .. ' has one client', #T.clients(bufnr) == 1, #T.clients(bufnr))
    if form == 'late' and finding and case[2] == 'COST-009' then
      T.check('it has the severity of the settings', finding.severity == vim.diagnostic.severity.HINT, finding.severity)
      local lens = T.lens(bufnr, '/call')
      T.check('without inlay hints the price is a lens', lens, T.lenses(bufnr))
    end
  end
  T.check('the commands are there', vim.fn.exists(':QodacodeGraph') == 2)
end)
