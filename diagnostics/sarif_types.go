package diagnostics

import (
	"fmt"
	"strconv"
	"strings"
)

// The part of SARIF 2.1.0 that WriteSARIF uses.

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool              sarifTool                   `json:"tool"`
	Invocations       []sarifInvocation           `json:"invocations"`
	ColumnKind        string                      `json:"columnKind"`
	OriginalURIBaseID map[string]sarifDescription `json:"originalUriBaseIds"`
	Results           []sarifResult               `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name           string      `json:"name"`
	Version        string      `json:"version,omitempty"`
	InformationURI string      `json:"informationUri"`
	Rules          []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID               string              `json:"id"`
	ShortDescription sarifText           `json:"shortDescription"`
	FullDescription  *sarifText          `json:"fullDescription,omitempty"`
	HelpURI          string              `json:"helpUri,omitempty"`
	Help             *sarifMarkdown      `json:"help,omitempty"`
	Default          sarifConfiguration  `json:"defaultConfiguration"`
	Properties       sarifRuleProperties `json:"properties"`
}

type sarifConfiguration struct {
	Level string `json:"level"`
}

type sarifRuleProperties struct {
	Tags             []string `json:"tags"`
	SecuritySeverity string   `json:"security-severity,omitempty"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifMarkdown struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown"`
}

type sarifDescription struct {
	Description sarifText `json:"description"`
}

type sarifInvocation struct {
	ExecutionSuccessful bool `json:"executionSuccessful"`
}

type sarifResult struct {
	RuleID              string             `json:"ruleId"`
	RuleIndex           int                `json:"ruleIndex"`
	Level               string             `json:"level"`
	Message             sarifText          `json:"message"`
	Locations           []sarifLocation    `json:"locations"`
	RelatedLocations    []sarifLocation    `json:"relatedLocations,omitempty"`
	CodeFlows           []sarifCodeFlow    `json:"codeFlows,omitempty"`
	PartialFingerprints map[string]string  `json:"partialFingerprints"`
	Suppressions        []sarifSuppression `json:"suppressions"`
}

type sarifLocation struct {
	ID       int           `json:"id,omitempty"`
	Physical sarifPhysical `json:"physicalLocation"`
	Message  *sarifText    `json:"message,omitempty"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   *sarifRegion  `json:"region,omitempty"`
}

type sarifArtifact struct {
	URI    string `json:"uri"`
	BaseID string `json:"uriBaseId,omitempty"`
}

type sarifRegion struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

type sarifCodeFlow struct {
	ThreadFlows []sarifThreadFlow `json:"threadFlows"`
}

type sarifThreadFlow struct {
	Locations []sarifFlowStep `json:"locations"`
}

type sarifFlowStep struct {
	Location sarifLocation `json:"location"`
}

type sarifSuppression struct {
	Kind          string `json:"kind"`
	Justification string `json:"justification"`
}

// securityScore is the property security-severity of a rule's severity, on the scale of CVSS
// that GitHub reads: above 9 critical, from 7 high, from 4 medium, below low.
var securityScore = [...]string{Off: "1.0", Hint: "1.0", Info: "3.0", Warning: "5.5", Error: "8.0"}

func newSARIFRule(r Rule) sarifRule {
	doc := strings.TrimSpace(r.Doc)
	out := sarifRule{
		ID: r.ID, ShortDescription: sarifText{r.Title}, Default: sarifConfiguration{sarifLevel(r.Severity)},
		Properties: sarifRuleProperties{Tags: []string{}},
	}
	if r.Family != "" {
		out.Properties.Tags = append(out.Properties.Tags, r.Family)
	}
	if doc != "" {
		out.FullDescription = &sarifText{firstParagraph(doc)}
		out.Help = &sarifMarkdown{Text: doc, Markdown: doc}
	}
	if r.HasPage() {
		out.HelpURI = RuleURL(r.ID)
	}
	if isSecurity(r) {
		out.Properties.Tags = append(out.Properties.Tags, "security")
		out.Properties.SecuritySeverity = securityScore[r.Severity]
	}
	for _, cwe := range r.CWE {
		if n, err := strconv.Atoi(strings.TrimPrefix(cwe, "CWE-")); err == nil {
			out.Properties.Tags = append(out.Properties.Tags, fmt.Sprintf("external/cwe/cwe-%03d", n))
		}
	}
	for _, risk := range r.OWASPLLM {
		out.Properties.Tags = append(out.Properties.Tags, "external/owasp-llm/"+risk)
	}
	return out
}

// isSecurity tells the rules whose findings are weaknesses: by family, or because they name a CWE.
func isSecurity(r Rule) bool {
	return r.Family == "secrets" || r.Family == "sast" || r.Family == "deps" || len(r.CWE) > 0
}

// firstParagraph is the first paragraph of Markdown that is no heading, on one line.
func firstParagraph(doc string) string {
	for p := range strings.SplitSeq(doc, "\n\n") {
		if p = strings.TrimSpace(p); p != "" && !strings.HasPrefix(p, "#") {
			return strings.Join(strings.Fields(p), " ")
		}
	}
	return ""
}
