-- The other ways to set it up: the server is attached and finds something.
T.run(function()
  for file, finding in pairs({ ['secret.py'] = { 'SECRET-generic-api-key', 'c2f1b7e94d5a4c0e8a6f3d91b07e52ac' }, ['app.ts'] = { 'COST-009', "'gpt-4-turbo'" } }) do
    local bufnr = T.edit('../pristine/' .. file)
    T.underlines(bufnr, finding[1], finding[2])
    T.check(file .. ' has one client', #T.clients(bufnr) == 1, #T.clients(bufnr))
  end
end)
