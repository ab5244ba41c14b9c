package sandbox

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"
)

// Bounds of what a built-in function of OPA may make. They are far above what facts of a file
// need, and far below what the memory of a worker holds.
const (
	maxText     = 1 << 20 // bytes
	maxElements = 100_000
	maxDigits   = 1000 // of a number, or of its exponent's value
	maxPattern  = 2000 // bytes
)

// A bound is an estimate, from above, of what a call makes: bytes of text or elements.
type bound struct {
	limit int
	what  string // bytes, elements
	of    func(args []ast.Value) int
}

func text(of func([]ast.Value) int) bound     { return bound{maxText, "bytes", of} }
func elements(of func([]ast.Value) int) bound { return bound{maxElements, "elements", of} }

// bounds are those of the functions whose results can be much larger than their arguments.
var bounds = map[string]bound{
	"sprintf":                  text(ofSprintf),
	"internal.template_string": text(ofParts),
	"concat":                   text(ofConcat),
	"replace":                  text(ofReplace),
	"strings.replace_n":        text(ofReplaceN),
	"regex.replace":            text(ofRegexReplace),
	"json.marshal":             text(ofValues(2)),
	"urlquery.encode":          text(ofValues(3)),
	"urlquery.encode_object":   text(ofValues(3)),
	"base64.encode":            text(ofValues(2)),
	"base64url.encode":         text(ofValues(2)),
	"base64url.encode_no_pad":  text(ofValues(2)),
	"hex.encode":               text(ofValues(2)),
	"json.unmarshal":           text(ofValues(1)),
	"json.patch":               text(ofPatch),
	"object.union_n":           text(ofValues(1)),
	"walk":                     {8 * maxText, "bytes", ofValues(1)},

	"array.concat":       elements(ofLengths),
	"array.flatten":      elements(ofNested),
	"union":              elements(ofNested),
	"split":              elements(func(a []ast.Value) int { return strings.Count(textOf(a[0]), textOf(a[1])) + 1 }),
	"strings.split_n":    elements(func(a []ast.Value) int { return strings.Count(textOf(a[0]), textOf(a[1])) + 1 }),
	"indexof_n":          elements(func(a []ast.Value) int { return strings.Count(textOf(a[0]), textOf(a[1])) + 1 }),
	"regex.split":        elements(func(a []ast.Value) int { return len(textOf(a[1])) + 1 }),
	"numbers.range":      elements(ofRange),
	"numbers.range_step": elements(ofRange),

	"regex.find_n":                     {maxText, "elements", ofMatches},
	"regex.find_all_string_submatch_n": {maxText, "elements", ofMatches},
}

// numeric are the functions that make numbers of numbers.
var numeric = []string{"plus", "minus", "mul", "div", "rem", "round", "ceil", "floor", "abs", "bits.and", "bits.or", "bits.xor", "bits.negate", "bits.lsh", "bits.rsh", "format_int", "numbers.range", "numbers.range_step", "sum", "product"}

// patterned are the functions whose first argument is a pattern.
var patterned = []string{"regex.match", "regex.is_valid", "regex.find_n", "regex.find_all_string_submatch_n", "regex.split", "regex.template_match", "glob.match"}

// guard bounds the built-in functions of OPA in this process.
var guard = sync.OnceFunc(func() {
	for name, b := range bounds {
		wrap(name, func(args []ast.Value) error {
			if n := b.of(args); n > b.limit {
				return fmt.Errorf("the result may have more than %d %s. Make it of less", b.limit, b.what)
			}
			return nil
		})
	}
	for _, name := range numeric {
		wrap(name, checkNumbers)
	}
	wrap("bits.lsh", func(args []ast.Value) error {
		if n, ok := numberOf(args[1]); !ok || n > maxDigits {
			return fmt.Errorf("shifts by more than %d bits are not allowed", maxDigits)
		}
		return nil
	})
	for _, name := range []string{"units.parse", "units.parse_bytes", "to_number"} {
		wrap(name, func(args []ast.Value) error {
			if s := textOf(args[0]); len(s) > 100 || strings.ContainsAny(s, "eE") && hugeNumber(strings.TrimRight(s, "bBiIkKmMgGtTpP")) {
				return errors.New("the number is too large")
			}
			return nil
		})
	}
	for _, name := range patterned {
		wrap(name, func(args []ast.Value) error { return checkPattern(args[0]) })
	}
	wrap("regex.replace", func(args []ast.Value) error { return checkPattern(args[1]) })
})

// wrap has check look at the arguments of a function before it is called.
func wrap(name string, check func([]ast.Value) error) {
	original := topdown.GetBuiltin(name)
	if original == nil {
		panic("OPA has no function " + name)
	}
	topdown.RegisterBuiltinFunc(name, func(ctx topdown.BuiltinContext, operands []*ast.Term, iter func(*ast.Term) error) error {
		args := make([]ast.Value, len(operands))
		for i, o := range operands {
			args[i] = o.Value
		}
		if err := check(args); err != nil {
			return err
		}
		return original(ctx, operands, iter)
	})
}

func checkPattern(v ast.Value) error {
	if n := len(textOf(v)); n > maxPattern {
		return fmt.Errorf("the pattern has %d bytes; at most %d are allowed", n, maxPattern)
	}
	return nil
}

// checkNumbers refuses numbers with more digits than any quantity has.
func checkNumbers(args []ast.Value) error {
	digits := 0
	check := func(v ast.Value) bool {
		n, ok := v.(ast.Number)
		if ok && hugeNumber(string(n)) {
			digits = maxDigits + 1
			return false
		}
		return true
	}
	total := 0 // of a product of many
	for _, v := range args {
		check(v)
		each(v, func(v ast.Value) bool {
			if n, ok := v.(ast.Number); ok {
				total += len(n)
			}
			return check(v)
		})
	}
	if total > maxText {
		return errors.New("the numbers have too many digits in all")
	}
	if digits > maxDigits {
		return fmt.Errorf("a number has more than %d digits", maxDigits)
	}
	return nil
}

// hugeNumber reports whether a number, written out, has more than maxDigits digits.
func hugeNumber(s string) bool {
	if len(s) > maxDigits {
		return true
	}
	i := strings.IndexAny(s, "eE")
	if i < 0 {
		return false
	}
	exponent, err := strconv.Atoi(s[i+1:])
	return err != nil || exponent > maxDigits || exponent < -maxDigits
}
