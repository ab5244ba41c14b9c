-- Where the code is that the text of qodacode graph and qodacode cost is about.
local M = {}

local function place_of(x)
  return ('%s:%d'):format(x.path, x.line)
end

--- What the text names, from the same as JSON: places, and what stands in the headings.
function M.index(data)
  local known = { places = {}, headings = {} }
  local function add(x)
    known.places[place_of(x)] = { path = x.path, line = x.line }
  end
  for _, g in ipairs(data.graphs or {}) do
    add(g)
    local nodes = {}
    for _, n in ipairs(g.nodes) do
      add(n)
      nodes[n.name:gsub('^__(.*)__$', '%1')] = { path = n.path, line = n.line }
    end
    table.insert(known.headings, { id = g.id, path = g.path, line = g.line, nodes = nodes })
  end
  for _, s in ipairs(data.sites or {}) do
    add(s)
  end
  for _, r in ipairs(data.runs or {}) do
    add(r)
    table.insert(known.headings, { id = r.path .. '\n' .. r.entry, path = r.path, line = r.line, nodes = {} })
  end
  return known
end

--- The longest place that a line names: `a.py:1` is part of `data.py:12`.
local function named(known, line)
  local best, place = '', nil
  for text, p in pairs(known.places) do
    local _, last = line:find(text, 1, true)
    if last and #text > #best and not line:sub(last + 1, last + 1):match('%d') then
      best, place = text, p
    end
  end
  return place
end

--- The heading that a line stands below, or is.
function M.heading(known, lines, from)
  for i = from, 1, -1 do
    if lines[i]:match('^%S') then
      local place = named(known, lines[i])
      for _, h in ipairs(known.headings) do
        if place and h.path == place.path and h.line == place.line then
          return h
        end
      end
    end
  end
end

-- A line's node: `    → writer  (cond)`, `  writer  step`.
local names = {}
for _, start in ipairs({ '^    → ', '^    ⇢ ', '^  ' }) do
  vim.list_extend(names, { start .. '(%S.-)  ', start .. '(%S.*)$' })
end

--- Where the code is that a line of the text is about.
function M.place(known, lines, number)
  local line = lines[number]
  local place = named(known, line)
  if place then
    return place
  end
  local h = M.heading(known, lines, number)
  local name
  for _, pattern in ipairs(names) do
    name = name or line:match(pattern)
  end
  return h and (name and h.nodes[name] or h)
end

return M
