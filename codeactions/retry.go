package codeactions

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/qodacode/qodacode/analyzers/cost"
	"github.com/qodacode/qodacode/diagnostics"
	"github.com/qodacode/qodacode/parser"
)

// capRetries bounds how often something is tried again.
func capRetries(f *parser.File, finding *diagnostics.Finding) []Action {
	fix, ok := finding.Fix.(*cost.RetryFix)
	if !ok || fix.Node == parser.NoNode || fix.Value <= 0 {
		return nil
	}
	d := &draft{File: f}
	title, blocked := "", ""
	switch fix.Library {
	case "backoff":
		title, blocked = d.capBackoff(fix)
	case "tenacity":
		title, blocked = d.capTenacity(fix)
	default:
		title, blocked = d.lowerRetries(fix)
	}
	if title == "" {
		return nil
	}
	return []Action{d.action(title, blocked)}
}

// capBackoff gives @backoff.on_exception(…) its max_tries.
func (d *draft) capBackoff(fix *cost.RetryFix) (title, blocked string) {
	c := d.retryCall(fix.Node)
	if c == nil {
		return "", ""
	}
	w := &writer{draft: d, use: c.Node, quote: d.usualQuote()}
	return fmt.Sprintf("Give up after %d tries (max_tries)", fix.Value), w.argument(c, -1, []string{"max_tries"}, strconv.Itoa(fix.Value))
}

// capTenacity gives @retry, @retry(…) and Retrying(…) a stop.
func (d *draft) capTenacity(fix *cost.RetryFix) (title, blocked string) {
	title = fmt.Sprintf("Give up after %d tries (stop_after_attempt)", fix.Value)
	c := d.retryCall(fix.Node)
	callee := parser.NoNode
	if c != nil {
		callee = d.Unwrap(c.Callee)
	} else {
		callee = d.bare(fix.Node)
	}
	if callee == parser.NoNode {
		return "", ""
	}
	name, ok := "stop_after_attempt", true
	if object := d.Field(callee, parser.FieldObject); d.Kind(callee) == parser.KindAttribute && object != parser.NoNode {
		name = d.Slice(object) + "." + name // tenacity.retry
	} else if name, ok = d.importName("tenacity", name, callee); !ok {
		return title, "stop_after_attempt means something else in this file"
	}
	stop := fmt.Sprintf("%s(%d)", name, fix.Value)
	if c == nil {
		d.insert(d.Span(callee).End, "(stop="+stop+")")
		return title, ""
	}
	w := &writer{draft: d, use: c.Node, quote: d.usualQuote()}
	if found, ok, _ := w.find(c, -1, "stop"); ok {
		d.replace(d.Span(found.value), stop) // stop_never, None
		return title, ""
	}
	return title, w.argument(c, -1, []string{"stop"}, stop)
}

// lowerRetries writes a lower number of retries in place of the one that an SDK is given.
func (d *draft) lowerRetries(fix *cost.RetryFix) (title, blocked string) {
	name, value := "", fix.Node
	switch d.Kind(fix.Node) {
	case parser.KindKeywordArgument:
		name, value = d.Slice(d.Field(fix.Node, parser.FieldName)), d.Field(fix.Node, parser.FieldValue)
	case parser.KindPair:
		name, value = strings.Trim(d.Slice(d.Field(fix.Node, parser.FieldKey)), "\"'"), d.Field(fix.Node, parser.FieldValue)
	}
	was := d.Eval(value)
	if was.Kind != parser.Number {
		return "", ""
	}
	if literal := was.Node; d.Kind(literal) == parser.KindNumber {
		value = literal
	}
	if !d.Within(value, fix.Node) {
		blocked = "the number is a constant that other code may use: change it there"
	}
	d.replace(d.Span(value), strconv.Itoa(fix.Value))
	return strings.TrimSuffix(fmt.Sprintf("Retry %d times instead of %s (%s)", fix.Value, strconv.FormatFloat(was.Num, 'f', -1, 64), name), " ()"), blocked
}

// retryCall is the call at or directly in n, a decorator or a call.
func (d *draft) retryCall(n parser.NodeID) *parser.Call {
	if c := d.CallAt(d.Unwrap(n)); c != nil {
		return c
	}
	for c := range d.Children(n) {
		if call := d.CallAt(d.Unwrap(c)); call != nil && d.Kind(n) == parser.KindDecorator {
			return call
		}
	}
	return nil
}

// bare is retry in @retry and tenacity.retry in @tenacity.retry.
func (d *draft) bare(n parser.NodeID) parser.NodeID {
	if d.Kind(n) == parser.KindDecorator {
		n = d.FirstChild(n)
	}
	if k := d.Kind(d.Unwrap(n)); k != parser.KindIdentifier && k != parser.KindAttribute {
		return parser.NoNode
	}
	return d.Unwrap(n)
}
