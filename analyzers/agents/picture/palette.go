package picture

import (
	"fmt"
	"io"

	"github.com/qodacode/qodacode/analyzers/agents"
)

// tint is a colour by daylight and at night, as #rrggbb.
type tint struct{ name, light, dark string }

// palette are all colours. Those of a kind of node are its edge and its surface.
var palette = []tint{
	{"paper", "#ffffff", "#0f141b"},
	{"ink", "#0f172a", "#e6edf5"},
	{"muted", "#64748b", "#94a3b8"},
	{"faint", "#94a3b8", "#64748b"},
	{"rule", "#e2e8f0", "#263241"},
	{"line", "#64748b", "#8b9bb0"},
	{"structure", "#a8b3c4", "#56657a"},
	{"orphan", "#98a2b3", "#667085"},
	{"orphan-surface", "#fafbfc", "#151b23"},
	{"badge", "#ffffff", "#0f141b"},

	{"agent", "#5b5fef", "#8f94ff"}, {"agent-surface", "#eef0ff", "#1d2046"},
	{"manager", "#8b46e8", "#b78bff"}, {"manager-surface", "#f5efff", "#2a1c47"},
	{"step", "#64748b", "#8496ad"}, {"step-surface", "#f6f8fb", "#1a222d"},
	{"router", "#c026b8", "#ec79e4"}, {"router-surface", "#fdf0fc", "#3a1739"},
	{"tool", "#0d9488", "#3fc9bb"}, {"tool-surface", "#ecfbf9", "#0d2f2d"},
	{"task", "#0284c7", "#4db8ef"}, {"task-surface", "#eef8fe", "#0e2a3c"},
	{"human", "#a87b00", "#e3b93c"}, {"human-surface", "#fff9e3", "#352a0b"},
	{"subgraph", "#475569", "#a3b1c4"}, {"subgraph-surface", "#eef2f6", "#202a37"},
	{"team", "#94a3b8", "#56657a"}, {"team-surface", "#f8fafc", "#131a23"},
	{"start", "#0f172a", "#e6edf5"}, {"start-surface", "#0f172a", "#e6edf5"},

	{"safe", "#16914a", "#3fce7c"},
	{"watched", "#2f74d8", "#6ba6ff"},
	{"risky", "#e2700a", "#ff9d45"},
	{"endless", "#d92020", "#ff6b64"},
}

// colors are the palette's names for kinds of nodes, where they differ from the kind's.
var colors = map[agents.Kind]string{agents.Toolset: "tool", agents.End: "start"}

func colorOf(k agents.Kind) string {
	if name, ok := colors[k]; ok {
		return name
	}
	for _, t := range palette {
		if t.name == string(k) {
			return t.name
		}
	}
	return "step"
}

// styleSheet writes the palette as classes: f- fills and s- strokes. prefix stands before each.
func styleSheet(w io.Writer, prefix string, dark bool) {
	for _, t := range palette {
		color := t.light
		if dark {
			color = t.dark
		}
		fmt.Fprintf(w, "%s.f-%s{fill:%s}%s.s-%s{stroke:%s}\n", prefix, t.name, color, prefix, t.name, color)
	}
}
