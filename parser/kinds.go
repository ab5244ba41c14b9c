package parser

// Kind is what a node is, under one name for all languages. Nodes that no rule has asked
// for yet are KindOther; KindName tells what the grammar calls them.
type Kind uint8

// Kinds of nodes.
const (
	KindOther Kind = iota
	KindError
	KindModule
	KindBlock
	KindExpressionStatement
	KindAssignment
	KindAugmentedAssignment
	KindNamedExpression
	KindDeclaration    // let, const
	KindVarDeclaration // var
	KindDeclarator
	KindFunction
	KindLambda // also arrow functions and function expressions
	KindMethod
	KindClass
	KindClassBody
	KindClassHeritage
	KindFieldDefinition
	KindDecorated
	KindDecorator
	KindParameters
	KindParameter // with a type or a default, or a rest parameter
	KindReturn
	KindYield
	KindIf
	KindElse
	KindConditional // a if c else b, c ? a : b
	KindFor         // Python's for, JavaScript's for … of and for … in
	KindForClassic  // for (;;)
	KindWhile
	KindComprehension
	KindForClause // inside a comprehension
	KindTry
	KindCatch
	KindSwitchBody
	KindWith
	KindWithItem
	KindAsPattern
	KindAsTarget
	KindCasePattern
	KindRaise
	KindBreak
	KindContinue
	KindDelete
	KindGlobal
	KindCall
	KindNew
	KindArguments
	KindKeywordArgument
	KindSpread       // *x, ...x
	KindDictSpread   // **x
	KindAttribute    // a.b
	KindSubscript    // a[b]
	KindIdentifier   // also property names
	KindThis         // this; Python's self is an identifier
	KindString       // with its quotes
	KindTemplate     // a JavaScript template string
	KindConcatenated // "a" "b"
	KindSubstitution // a slot in a template or f-string
	KindEscape
	KindStringPart // a piece of a string's content
	KindNumber
	KindTrue
	KindFalse
	KindNone
	KindList // also tuples and sets
	KindTuple
	KindDict
	KindPair
	KindShorthand // {x}
	KindPattern   // a destructuring target
	KindObjectPattern
	KindPairPattern
	KindShorthandPattern
	KindDefaultPattern // x = 1 in a pattern
	KindRestPattern
	KindBinary // also boolean operators
	KindComparison
	KindUnary
	KindAwait
	KindParenthesized
	KindCast // x as T, x satisfies T, x!
	KindComment
	KindImport
	KindImportFrom
	KindExport
	KindImportClause
	KindNamedImports
	KindImportSpecifier
	KindNamespaceImport
	KindImportRequire
	KindAliasedImport
	KindDottedName
	KindRelativeImport
	KindWildcardImport
	KindType // an annotation
	KindTypeIdentifier
	KindGenericType
	KindUnionType
	KindTypeArguments
	KindEnum
	KindEnumBody
	KindInterface
	KindTypeAlias
	KindRegex
	KindJSX
	kinds
)

// kindNames lists the grammars' names of each kind.
var kindNames = [kinds][]string{
	KindError: {"ERROR"}, KindModule: {"module", "program"},
	KindBlock:               {"block", "statement_block"},
	KindExpressionStatement: {"expression_statement"},
	KindAssignment:          {"assignment", "assignment_expression"},
	KindAugmentedAssignment: {"augmented_assignment", "augmented_assignment_expression"},
	KindNamedExpression:     {"named_expression"},
	KindDeclaration:         {"lexical_declaration"}, KindVarDeclaration: {"variable_declaration"}, KindDeclarator: {"variable_declarator"},
	KindFunction: {"function_definition", "function_declaration", "generator_function_declaration"},
	KindLambda:   {"lambda", "arrow_function", "function_expression", "generator_function"},
	KindMethod:   {"method_definition"},
	KindClass:    {"class_definition", "class_declaration", "abstract_class_declaration", "class"}, KindClassBody: {"class_body"}, KindClassHeritage: {"class_heritage"},
	KindFieldDefinition: {"field_definition", "public_field_definition"},
	KindDecorated:       {"decorated_definition"}, KindDecorator: {"decorator"},
	KindParameters: {"parameters", "lambda_parameters", "formal_parameters"},
	KindParameter:  {"default_parameter", "typed_parameter", "typed_default_parameter", "required_parameter", "optional_parameter"},
	KindReturn:     {"return_statement"}, KindYield: {"yield", "yield_expression"},
	KindIf: {"if_statement"}, KindElse: {"else_clause", "elif_clause"}, KindConditional: {"conditional_expression", "ternary_expression"},
	KindFor: {"for_statement", "for_in_statement"}, KindForClassic: {}, KindWhile: {"while_statement", "do_statement"},
	KindComprehension: {"list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"}, KindForClause: {"for_in_clause"},
	KindTry: {"try_statement"}, KindCatch: {"except_clause", "except_group_clause", "catch_clause"}, KindSwitchBody: {"switch_body"},
	KindWith: {"with_statement"}, KindWithItem: {"with_item"}, KindAsPattern: {"as_pattern"}, KindAsTarget: {"as_pattern_target"}, KindCasePattern: {"case_pattern"},
	KindRaise: {"raise_statement", "throw_statement"}, KindBreak: {"break_statement"}, KindContinue: {"continue_statement"}, KindDelete: {"delete_statement"},
	KindGlobal: {"global_statement", "nonlocal_statement"},
	KindCall:   {"call", "call_expression"}, KindNew: {"new_expression"}, KindArguments: {"argument_list", "arguments"},
	KindKeywordArgument: {"keyword_argument"},
	KindSpread:          {"list_splat", "spread_element", "parenthesized_list_splat"}, KindDictSpread: {"dictionary_splat"},
	KindAttribute: {"attribute", "member_expression"}, KindSubscript: {"subscript", "subscript_expression"},
	KindIdentifier: {"identifier", "property_identifier", "private_property_identifier", "undefined", "super"}, KindThis: {"this"},
	KindString: {"string"}, KindTemplate: {"template_string"}, KindConcatenated: {"concatenated_string"},
	KindSubstitution: {"interpolation", "template_substitution"}, KindEscape: {"escape_sequence", "escape_interpolation"}, KindStringPart: {"string_content", "string_fragment"},
	KindNumber: {"integer", "float", "number"}, KindTrue: {"true"}, KindFalse: {"false"}, KindNone: {"none", "null"},
	KindList: {"list", "set", "array"}, KindTuple: {"tuple", "expression_list"},
	KindDict: {"dictionary", "object"}, KindPair: {"pair"}, KindShorthand: {"shorthand_property_identifier"},
	KindPattern: {"pattern_list", "tuple_pattern", "list_pattern", "array_pattern"}, KindObjectPattern: {"object_pattern"},
	KindPairPattern: {"pair_pattern"}, KindShorthandPattern: {"shorthand_property_identifier_pattern"},
	KindDefaultPattern: {"assignment_pattern", "object_assignment_pattern"}, KindRestPattern: {"rest_pattern", "list_splat_pattern", "dictionary_splat_pattern"},
	KindBinary: {"binary_operator", "boolean_operator", "binary_expression"}, KindComparison: {"comparison_operator"}, KindUnary: {"unary_operator", "not_operator", "unary_expression"},
	KindAwait: {"await", "await_expression"}, KindParenthesized: {"parenthesized_expression"},
	KindCast:    {"as_expression", "satisfies_expression", "non_null_expression", "instantiation_expression"},
	KindComment: {"comment", "html_comment"},
	KindImport:  {"import_statement", "future_import_statement"}, KindImportFrom: {"import_from_statement"}, KindExport: {"export_statement"},
	KindImportClause: {"import_clause"}, KindNamedImports: {"named_imports"}, KindImportSpecifier: {"import_specifier"}, KindNamespaceImport: {"namespace_import"}, KindImportRequire: {"import_require_clause"},
	KindAliasedImport: {"aliased_import"}, KindDottedName: {"dotted_name"}, KindRelativeImport: {"relative_import"}, KindWildcardImport: {"wildcard_import"},
	KindType: {"type", "type_annotation"}, KindTypeIdentifier: {"type_identifier", "nested_type_identifier", "nested_identifier"}, KindGenericType: {"generic_type"},
	KindUnionType: {"union_type"}, KindTypeArguments: {"type_arguments", "type_parameter"},
	KindEnum: {"enum_declaration"}, KindEnumBody: {"enum_body"}, KindInterface: {"interface_declaration"}, KindTypeAlias: {"type_alias_declaration", "type_alias_statement"},
	KindRegex: {"regex"}, KindJSX: {"jsx_element", "jsx_self_closing_element"},
}

// Field is the part that a child plays in its parent.
type Field uint8

// Fields of nodes, under the grammars' names.
const (
	FieldNone Field = iota
	FieldAlias
	FieldAlternative
	FieldArgument
	FieldArguments
	FieldAttribute
	FieldBody
	FieldCondition
	FieldConsequence
	FieldConstructor
	FieldDecorator
	FieldDefinition
	FieldFunction
	FieldIndex
	FieldInitializer
	FieldKey
	FieldKind
	FieldLeft
	FieldModuleName
	FieldName
	FieldObject
	FieldOperator
	FieldParameter
	FieldParameters
	FieldPattern
	FieldProperty
	FieldReturnType
	FieldRight
	FieldSource
	FieldSubscript
	FieldSuperclasses
	FieldType
	FieldTypeArguments
	FieldValue
	fields
)

var fieldNames = [fields]string{
	FieldAlias: "alias", FieldAlternative: "alternative", FieldArgument: "argument", FieldArguments: "arguments", FieldAttribute: "attribute",
	FieldBody: "body", FieldCondition: "condition", FieldConsequence: "consequence", FieldConstructor: "constructor", FieldDecorator: "decorator",
	FieldDefinition: "definition", FieldFunction: "function", FieldIndex: "index", FieldInitializer: "initializer", FieldKey: "key", FieldKind: "kind",
	FieldLeft: "left", FieldModuleName: "module_name", FieldName: "name", FieldObject: "object", FieldOperator: "operator", FieldParameter: "parameter",
	FieldParameters: "parameters", FieldPattern: "pattern", FieldProperty: "property", FieldReturnType: "return_type", FieldRight: "right",
	FieldSource: "source", FieldSubscript: "subscript", FieldSuperclasses: "superclasses", FieldType: "type", FieldTypeArguments: "type_arguments", FieldValue: "value",
}
