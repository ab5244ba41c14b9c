package sandbox_test

import (
	"context"
	"strings"
	"testing"
)

// TestGuardsLetUsefulCallsPass: what a policy about a file needs is far below the bounds.
func TestGuardsLetUsefulCallsPass(t *testing.T) {
	for call, want := range map[string]string{
		`sprintf("%s %d %v %q %5.2f %-8s|%%", ["a", 3, ["x"], "q\"", 1.5, "b"])`:                               `a 3 ["x"] "q\""  1.50 b       |%`,
		`sprintf("%[2]s-%[1]s", ["a", "b"])`:                                                                   "b-a",
		`sprintf("%d", [count(sprintf("%v%v%v", [input, input, input])) - count(sprintf("%v", [input])) * 3])`: "0",
		`concat(", ", sort([c.id | some c in array.slice(input.calls, 0, 2)]))`:                                "call:a, call:xb",
		`replace("a.b.c", ".", "/")`:                                                                           "a/b/c",
		`strings.replace_n({"a": "1", "b": "2"}, "abc")`:                                                       "12c",
		`sprintf("%d", [count(regex.replace(concat("", [c.text | some i in numbers.range(1, 300); some c in input.calls]), "(o)(s)", "<$2$1>"))])`: "66000",
		`concat("|", regex.find_n("[a-z]+", "ab cd", -1))`:                                    "ab|cd",
		`sprintf("%v", [regex.find_all_string_submatch_n("(a)(b)", "abab", -1)])`:             `[["ab", "a", "b"], ["ab", "a", "b"]]`,
		`concat("|", split("a/b/c", "/"))`:                                                    "a|b|c",
		`concat("", split("abc", ""))`:                                                        "abc",
		`sprintf("%v", [array.concat([1], [2])])`:                                             "[1, 2]",
		`sprintf("%d", [count(numbers.range(1, 10000))])`:                                     "10000",
		`sprintf("%d", [count(numbers.range(10, -10))])`:                                      "21",
		`sprintf("%v", [count([p | walk(input, [p, _])]) > 100])`:                             "true",
		`json.marshal({"a": [1, 2]})`:                                                         `{"a":[1,2]}`,
		`sprintf("%v", [json.patch({"a": 1}, [{"op": "copy", "from": "/a", "path": "/b"}])])`: `{"a": 1, "b": 1}`,
		`sprintf("%v", [sum([1, 2]) + product([2, 3]) * 1000000007 * 1000000007])`:            "6000000084000000297",
		`sprintf("%v", [bits.lsh(1, 40)])`:                                                    "1099511627776",
		`sprintf("%v", [units.parse_bytes("10MB") + units.parse("1.5k")])`:                    "10001500",
		`sprintf("%v", [to_number("1e3") + to_number("-0.5")])`:                               "999.5",
		`sprintf("%v", [glob.match("*.example.com", ["."], "api.example.com")])`:              "true",
		`$"{input.calls[0].text} and {1 + 1}"`:                                                "os.system and 2",
		`sprintf("%v", [union({{1}, {2}})])`:                                                  "{1, 2}",
		`sprintf("%v", [object.union_n([{"a": 1}, {"b": 2}])])`:                               `{"a": 1, "b": 2}`,
		`base64.encode(hex.encode("ab"))`:                                                     "NjE2Mg==",
	} {
		c, ctx := client(t), context.Background()
		loaded, err := c.Load(ctx, one("package other\n\nwarn contains {\"msg\": m, \"range\": input.calls[0].range} if m := "+call+"\n"))
		if err != nil || len(loaded.Policies) != 2 {
			t.Fatalf("%s: %+v, %v", call, loaded, err)
		}
		result, err := c.Eval(ctx, loaded.ID, document(t, 20))
		if err != nil || len(result.Failures) > 0 || len(result.Violations) != 21 {
			t.Errorf("%s: %+v, %v", call, result.Failures, err)
			continue
		}
		var said []string
		for _, v := range result.Violations {
			if v.Policy == "POLICY-other" {
				said = append(said, v.Message)
			}
		}
		if got := strings.Join(said, "\n"); got != want {
			t.Errorf("%s\ngot  %s\nwant %s", call, got, want)
		}
		_ = c.Close()
	}
}
