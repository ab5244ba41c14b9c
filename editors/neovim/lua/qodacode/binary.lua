-- Finds the program. Only absolute folders are searched, so that nothing in the folder of a
-- project can pose as it.
local M = {}

local windows = vim.fn.has('win32') == 1

local function absolute(folder)
  return folder:match('^/') or windows and folder:match('^%a:[/\\]')
end

local function add(folders, list)
  for _, folder in ipairs(vim.split(list or '', windows and ';' or ':', { plain = true })) do
    if absolute(folder) then
      folders[#folders + 1] = folder
    end
  end
end

--- The path of qodacode: from PATH, or where `go install` puts it; nil if it is nowhere.
function M.find()
  local folders = {}
  add(folders, vim.env.PATH)
  add(folders, vim.env.GOBIN)
  for _, gopath in ipairs(vim.split(vim.env.GOPATH or '', windows and ';' or ':', { plain = true })) do
    add(folders, gopath .. '/bin')
  end
  add(folders, vim.fn.expand('~') .. '/go/bin')
  for _, folder in ipairs(folders) do
    local path = folder .. '/qodacode' .. (windows and '.exe' or '')
    if vim.fn.filereadable(path) == 1 and vim.fn.executable(path) == 1 then
      return path
    end
  end
end

return M
