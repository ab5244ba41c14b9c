package deps

import "testing"

func TestLookalike(t *testing.T) {
	for _, test := range []struct {
		registry   Registry
		name, want string
	}{
		{PyPI, "requets", "requests"}, {PyPI, "reqeusts", "requests"}, {PyPI, "requestss", "requests"}, {PyPI, "Requestes", "requests"},
		{PyPI, "beautifulsop4", "beautifulsoup4"}, {PyPI, "langchian", "langchain"}, {PyPI, "langchain_opnai", "langchain-openai"},
		{PyPI, "transfomers", "transformers"}, {PyPI, "tranformers", "transformers"}, {PyPI, "pandsa", "pandas"}, {PyPI, "tensorfow", "tensorflow"},
		{PyPI, "scikitlearn", "scikit-learn"}, {PyPI, "dateutil-python", "python-dateutil"}, {PyPI, "huggingface-cli", "huggingface-hub"},
		{PyPI, "anthropіc", "anthropic"}, {PyPI, "antropic", "anthropic"}, {PyPI, "openal", "openai"}, {PyPI, "opneai", "openai"},
		{PyPI, "fastapii", "fastapi"}, {PyPI, "djang0", "django"}, {PyPI, "py-jwt", "pyjwt"},
		{PyPI, "beautifulsoup5", "beautifulsoup4"}, {PyPI, "langchain2", ""}, {PyPI, "scikit-learn-1", ""}, {PyPI, "urllib4", ""},
		// Known, short, or of their own.
		{PyPI, "requests", ""}, {PyPI, "Flask_Cors", ""}, {PyPI, "flsk", ""}, {PyPI, "acme-billing", ""}, {PyPI, "httpx2", ""}, {PyPI, "boto", ""},
		{PyPI, "requests-extra", ""}, {PyPI, "company-langchain-tools", ""}, {PyPI, "python-acme", ""},
		{NPM, "expresss", "express"}, {NPM, "lodahs", "lodash"}, {NPM, "@antropic-ai/sdk", "@anthropic-ai/sdk"}, {NPM, "@langchain/opneai", "@langchain/openai"},
		{NPM, "crossenv", "cross-env"}, {NPM, "discordjs", "discord.js"}, {NPM, "claude-code", "@anthropic-ai/claude-code"}, {NPM, "reacct-dom", "react-dom"},
		{NPM, "express", ""}, {NPM, "@acme/express", ""}, {NPM, "@types/expresss", ""}, {NPM, "acme-ui", ""}, {NPM, "preact", ""}, {NPM, "react-doc", ""},
	} {
		if got := test.registry.lookalike(test.name); got != test.want {
			t.Errorf("%s %s: %q, want %q", test.registry, test.name, got, test.want)
		}
	}
}
