" The text of qodacode graph and qodacode cost.
if exists('b:current_syntax')
  finish
endif
syntax match qodacodeHeading '^\S.\{-}\ze  '
syntax match qodacodePlace '\S\+:\d\+\>'
syntax match qodacodeArrow '[→⇢]'
syntax match qodacodeLoop '^  loop .*$' contains=qodacodeArrow,qodacodePlace
syntax match qodacodeMoney '\(≤ \)\?\$[0-9][0-9.,]*\(–\$[0-9][0-9.,]*\)\?'
syntax match qodacodeLabel '^  \(Current\|Month\|Worst case\|Assumes\|Possible\|Saves\):'
syntax match qodacodeBad 'not bounded'
syntax match qodacodeNote '^· .*$'
highlight default link qodacodeHeading Title
highlight default link qodacodePlace Directory
highlight default link qodacodeArrow Special
highlight default link qodacodeLoop DiagnosticWarn
highlight default link qodacodeMoney String
highlight default link qodacodeLabel Identifier
highlight default link qodacodeBad DiagnosticError
highlight default link qodacodeNote Comment
let b:current_syntax = 'qodacode'
