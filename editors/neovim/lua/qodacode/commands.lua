-- The commands. What they do is loaded when one is used.
local command = vim.api.nvim_create_user_command

command('QodacodeGraph', function(o)
  require('qodacode.page').command('graph', o)
end, { bang = true, desc = 'Show the agent graphs of the project; with !, in the browser' })

command('QodacodeCost', function(o)
  require('qodacode.page').command('cost', o)
end, { bang = true, desc = 'Show what the project costs; with !, in the browser' })

command('QodacodeCheck', function()
  require('qodacode.check').run()
end, { desc = 'List the findings of all files of the project in the quickfix window' })

command('QodacodeRestart', function()
  require('qodacode').restart()
end, { desc = 'Restart the language server' })
