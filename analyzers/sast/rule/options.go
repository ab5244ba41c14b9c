package rule

import "strings"

// options reads a rule's options. Those that are not known here are left out: they speak of
// other engines, or of later ones.
func (r *reader) options(rule *Rule, e entry) error {
	entries, err := r.entries(e.value)
	if err != nil {
		return err
	}
	taint := &r.taintOptions
	o := &rule.Options
	known := map[string]*bool{
		"constant_propagation":                     &o.ConstantPropagation,
		"symbolic_propagation":                     &o.SymbolicPropagation,
		"ac_matching":                              &o.AcComm,
		"arrow_is_function":                        &o.ArrowIsFunction,
		"implicit_deep_exprstmt":                   &o.ImplicitDeepExprstmt,
		"implicit_ellipsis":                        &o.ImplicitEllipsis,
		"vardef_assign":                            &o.VardefAssign,
		"flddef_assign":                            &o.FlddefAssign,
		"attr_expr":                                &o.AttrExpr,
		"let_is_var":                               &o.LetIsVar,
		"commutative_boolop":                       &o.CommutativeBoolop,
		"commutative_compop":                       &o.CommutativeCompop,
		"symmetric_eq":                             &o.SymmetricEq,
		"unify_ident_strongly":                     &o.UnifyIdentsStrongly,
		"taint_assume_safe_booleans":               &taint.SafeBooleans,
		"taint_assume_safe_numbers":                &taint.SafeNumbers,
		"taint_assume_safe_functions":              &taint.SafeFunctions,
		"taint_assume_safe_indexes":                &taint.SafeIndexes,
		"taint_assume_safe_comparisons":            &taint.SafeComparisons,
		"taint_unify_mvars":                        &taint.UnifyMvars,
		"taint_only_propagate_through_assignments": &taint.OnlyAssignments,
	}
	for _, e := range entries {
		if field := known[e.key]; field != nil {
			if *field, err = r.boolean(e.value, e.key); err != nil {
				return err
			}
		}
		if e.key == "taint_focus_on" {
			where, err := r.str(e.value, e.key)
			if err != nil {
				return err
			}
			taint.FocusOnSource = strings.EqualFold(where, "source")
		}
	}
	return nil
}
