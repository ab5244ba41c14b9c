package policy

import (
	"regexp"
	"strings"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

var (
	commentMarkers = regexp.MustCompile(`^\s*(?:#+|//+|/\*+|\*)?\s*`)
	policyWord     = regexp.MustCompile(`(?i)^(?:policy|pol[ií]tica)\s*:\s*`)
)

// Comment is a comment that asks for a policy: `# policy: no shell commands`.
type Comment struct {
	Sentence string
	Span     text.Span // of File.Source
}

// maxSentence bounds what is read of a comment, in bytes.
const maxSentence = 2000

// CommentAt is the comment at an offset of a file's source that asks for a policy. It goes on
// in the comments on the lines below.
func CommentAt(f *parser.File, offset int) (Comment, bool) {
	line := f.Source.LineOf(offset)
	for i := 0; i < len(f.Comments); i++ {
		sentence, ok := asks(f, i)
		if !ok {
			continue
		}
		span := f.Locate(f.Comments[i].Span)
		last := f.Source.LineOf(span.End)
		for i+1 < len(f.Comments) && !isBlock(f, i) {
			next := f.Locate(f.Comments[i+1].Span)
			_, another := asks(f, i+1)
			rest := bare(f.Text.Slice(f.Comments[i+1].Span))
			if another || isBlock(f, i+1) || rest == "" || f.Source.LineOf(next.Start) != last+1 || !alone(f.Source, next.Start) {
				break
			}
			sentence, span.End, last, i = sentence+" "+rest, next.End, last+1, i+1
		}
		if f.Source.LineOf(span.Start) <= line && line <= last && sentence != "" && len(sentence) <= maxSentence {
			return Comment{sentence, span}, true
		}
	}
	return Comment{}, false
}

// asks is the sentence of a comment that asks for a policy.
func asks(f *parser.File, i int) (string, bool) {
	raw := f.Text.Slice(f.Comments[i].Span)
	if len(raw) > 2*maxSentence {
		return "", false
	}
	s := bare(raw)
	word := policyWord.FindString(s)
	return strings.TrimSpace(s[len(word):]), word != ""
}

// bare is a comment without its markers, on one line.
func bare(comment string) string {
	comment = strings.TrimSuffix(strings.TrimSpace(comment), "*/")
	var words []string
	for line := range strings.Lines(comment) {
		words = append(words, strings.Fields(line[len(commentMarkers.FindString(line)):])...)
	}
	return strings.Join(words, " ")
}

func isBlock(f *parser.File, i int) bool {
	return strings.HasPrefix(f.Text.Slice(f.Comments[i].Span), "/*")
}

// alone reports whether nothing but space stands before an offset on its line.
func alone(src *text.Text, offset int) bool {
	start := src.FullLine(src.LineOf(offset)).Start
	return strings.TrimSpace(src.Slice(text.Span{Start: start, End: offset})) == ""
}
