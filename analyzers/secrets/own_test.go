package secrets

import (
	"fmt"
	"math/rand/v2"
	"regexp/syntax"
	"strings"
	"testing"

	"github.com/qodacode/qodacode/diagnostics"
)

// random is a value as a provider makes it; keys in the tests are made up when they run.
func random(rng *rand.Rand, alphabet string, n int) string {
	key := make([]byte, n)
	for i := range key {
		key[i] = alphabet[rng.IntN(len(alphabet))]
	}
	return string(key)
}

const (
	hex    = "0123456789abcdef"
	base62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
)

func TestOwnRulesFindGeneratedKeys(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	_, ours, err := load()
	if err != nil {
		t.Fatal(err)
	}
	for _, own := range ours.Rules {
		re, err := syntax.Parse(own.Regex, syntax.Perl)
		if err != nil {
			t.Fatal(err)
		}
		found := 0
		for range 60 {
			src := "# " + own.Keywords[0] + "\nx = 1\n" + generate(rng, re) + "\n"
			for _, f := range check(t, "config.yaml", src) {
				if f.Rule == "SECRET-"+own.ID {
					found++
				}
				if secret := src[f.Span.Start:f.Span.End]; len(secret) > 4 && strings.Contains(f.Message, secret) {
					t.Errorf("%s: the message %q holds the secret", own.ID, f.Message)
				}
			}
		}
		if found == 0 {
			t.Errorf("%s finds none of the keys made from its own pattern", own.ID)
		}
	}
}

// TestFindings gives one line of code per case. %s is the secret.
func TestFindings(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	key := random(rng, base62, 30) + "7"
	hex32 := random(rng, hex, 32)
	password := "Tr0ub4dor" + "&3x"
	cases := []struct{ path, line, secret, rule, env string }{
		{"a.py", `client = OpenAI(api_key="%s")`, "sk-proj-" + random(rng, base62, 74) + "T3Blbk" + "FJ" + random(rng, base62, 74), "openai-api-key", "OPENAI_API_KEY"},
		{"a.py", `key = "%s"`, "sk-ant-" + "api03-" + random(rng, base62, 93) + "AA", "anthropic-api-key", "ANTHROPIC_API_KEY"},
		{"a.ts", `const groq = new Groq({ apiKey: '%s' })`, "gsk_" + random(rng, base62, 52), "groq-api-key", "GROQ_API_KEY"},
		{"a.py", `MISTRAL_API_KEY = "%s"`, random(rng, base62, 31) + "4", "mistral-api-key", "MISTRAL_API_KEY"},
		{"a.py", `c = OpenAI(base_url="https://api.deepseek.com", api_key="%s")`, "sk-" + hex32, "deepseek-api-key", "DEEPSEEK_API_KEY"},
		{".env", `OPENROUTER_API_KEY=%s`, "sk-or-" + "v1-" + random(rng, hex, 64), "openrouter-api-key", "OPENROUTER_API_KEY"},
		{"a.py", `TOGETHER_API_KEY = "%s"`, random(rng, hex, 64), "together-api-key", "TOGETHER_API_KEY"},
		{"a.py", `xai = "%s"`, "xai-" + random(rng, base62, 80), "xai-api-key", "XAI_API_KEY"},
		{"a.py", `rep = "%s"`, "r8_" + random(rng, base62, 37), "replicate-api-token", "REPLICATE_API_TOKEN"},
		{"a.py", `os.environ["LANGSMITH_API_KEY"] = "%s"`, "lsv2_" + "pt_" + hex32 + "_" + random(rng, hex, 10), "langsmith-api-key", "LANGSMITH_API_KEY"},
		{"a.py", `pc = Pinecone("%s")`, "pcsk_" + random(rng, base62, 6) + "_" + random(rng, base62, 63), "pinecone-api-key", "PINECONE_API_KEY"},
		{"a.py", `vo = voyageai.Client("%s")`, "pa-" + random(rng, base62, 42) + "A", "voyage-api-key", "VOYAGE_API_KEY"},
		{"a.py", `TavilyClient("%s")`, "tvly-" + "dev-" + random(rng, base62, 32), "tavily-api-key", "TAVILY_API_KEY"},
		{"a.py", `eleven = "%s"`, "sk_" + random(rng, hex, 48), "elevenlabs-api-key", "ELEVENLABS_API_KEY"},
		{"a.py", `fw = "%s"`, "fw_" + random(rng, base62, 22) + "aZ", "fireworks-api-key", "FIREWORKS_API_KEY"},
		{"a.py", `internal_token = "%s"`, key, "generic-api-key", "INTERNAL_TOKEN"},
		{"a.py", `os.environ["ACME_API_KEY"] = "%s"`, key, "generic-assignment", "ACME_API_KEY"},
		{"a.py", `acme_key: str = "%s"`, key, "generic-assignment", "ACME_KEY"},
		{"a.ts", `private apiToken: string = '%s';`, key, "generic-assignment", "API_TOKEN"},
		{"a.py", `auth_token=SecretStr("%s")`, key, "generic-assignment", "AUTH_TOKEN"},
		{"a.py", `self.billing_token = "%s"`, key, "generic-api-key", "BILLING_TOKEN"},
		{"a.sh", `curl https://acme.io/v1 -H "Authorization: Bearer %s"`, key, "curl-auth-header", "CURL_AUTH_HEADER"},
		{".env", `DB_PASSWORD=%s`, password, "config-password", "DB_PASSWORD"},
		{".env.production", `export REDIS_PASSWORD="%s" # cache`, password, "config-password", "REDIS_PASSWORD"},
		{"config/settings.yaml", `  smtp_password: %s`, password, "config-password", "SMTP_PASSWORD"},
		{"docker-compose.yml", `      - MYSQL_ROOT_PASSWORD=%s`, password, "config-password", "MYSQL_ROOT_PASSWORD"},
		{"appsettings.json", `  "clientSecret": "%s",`, password, "config-password", "CLIENT_SECRET"},
		{"config.toml", `admin.password = '%s'`, password, "config-password", "PASSWORD"},
		{"a.py", `engine = create_engine("postgresql+psycopg://app:%s@db.acme.io:5432/app")`, password[:9] + "77", "connection-string", "DATABASE_PASSWORD"},
		{"docker-compose.yml", `      MONGO_URL: mongodb+srv://app:%s@c0.mongodb.net/app`, "s3cr" + "3tPa55", "connection-string", "DATABASE_PASSWORD"},

		{"a.py", `client = OpenAI(api_key="%s")`, "YOUR_API_KEY", "", ""},
		{"a.py", `client = OpenAI(api_key="%s")`, "sk-...", "", ""},
		{"a.py", `client = OpenAI(api_key="%s")`, "your-openai-key-goes-here-1", "", ""},
		{"a.py", `client = OpenAI(api_key="%s")`, "sk-test-key-1234567890", "", ""},
		{"a.py", `LANGSMITH_API_KEY = "%s"`, "lsv2_pt_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx_xxxxxxxxxx", "", ""},
		{"a.py", `api_key = "%s"`, "fake-key-for-unit-tests-0", "", ""},
		{"a.py", `api_key = %s`, "settings.openai_key2.get_value", "", ""},
		{"a.py", `from x import credentials as credentials, %s`, "x509_safe_headers", "", ""},
		{"a.py", `api_key_hash = "%s"`, random(rng, hex, 64), "", ""},
		{"a.py", `AUTH_CLIENT_ID = "%s"`, random(rng, hex, 32), "", ""},
		{"a.py", `api_key = "x" # Example: api_key=%s`, key, "", ""},
		{".env", `OPENAI_API_KEY=%s`, "${OPENAI_API_KEY}", "", ""},
		{".env", `OPENAI_API_KEY=%s`, "<your-key>", "", ""},
		{".env", `DB_PASSWORD=%s`, "changeme", "", ""},
		{".env", `DB_PASSWORD=%s`, "password123", "", ""},
		{".env.example", `DB_PASSWORD=%s`, password, "", ""},
		{"docker-compose.yml", `      POSTGRES_PASSWORD: %s`, "${DB_PASSWORD:-postgres}", "", ""},
		{"docker-compose.yml", `      POSTGRES_PASSWORD_FILE: %s`, "/run/secrets/db_password1", "", ""},
		{"config.yaml", `  secret_key: %s`, "my-application-secret", "", ""},
		{"config.yaml", `  api_key: %s`, "https://vault.acme.io/v1/key", "", ""},
		{"locales/config.json", `  "password": "%s",`, "Contraseña123", "", ""},
		{"a.py", `url = "postgresql://postgres:%s@localhost:5432/app"`, "postgres1", "", ""},
		{"a.py", `url = "mongodb+srv://user:%s@cluster.mongodb.net/"`, "password", "", ""},
		{"a.py", `url = f"postgres://app:%s@db.acme.io/app"`, "{password}", "", ""},
		{"node_modules/a/index.js", `const groqKey = "%s"`, "gsk_" + random(rng, base62, 52), "", ""},
		{"package-lock.json", `"integrity_token": "%s"`, key, "", ""},
	}
	for _, c := range cases {
		t.Run(c.rule+" "+c.path+" "+c.line, func(t *testing.T) {
			src := "\r\n# é\n" + fmt.Sprintf(c.line, c.secret) + "\nend = 1\n"
			found := check(t, c.path, src)
			if c.rule == "" {
				if len(found) > 0 {
					t.Errorf("reported as %s: %s", found[0].Rule, found[0].Message)
				}
				return
			}
			if len(found) != 1 {
				t.Fatalf("%d findings, want one: %+v", len(found), found)
			}
			f := found[0]
			if f.Rule != "SECRET-"+c.rule || src[f.Span.Start:f.Span.End] != c.secret {
				t.Errorf("%s at %q, want %s at the secret", f.Rule, src[f.Span.Start:f.Span.End], c.rule)
			}
			if strings.Contains(f.Message, c.secret) || strings.HasSuffix(c.rule, "password") && strings.Contains(f.Message, c.secret[:2]) {
				t.Errorf("the message %q gives the secret away", f.Message)
			}
			if fix := f.Fix.(*Fix); fix.Name != c.env || fix.Literal != f.Span {
				t.Errorf("fix %+v, want %s for the secret", fix, c.env)
			}
		})
	}
}

func TestPrivateKey(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	header, footer := "-----BEGIN RSA "+"PRIVATE KEY-----", "-----END RSA "+"PRIVATE KEY-----"
	key := header + "\n" + random(rng, base62, 64) + "\n" + random(rng, base62, 64) + "\n" + footer
	if found := check(t, "deploy.pem", key+"\n"); len(found) != 1 || found[0].Rule != "SECRET-private-key" || found[0].Span.Len() != len(key) {
		t.Errorf("a key of several lines: %+v", found)
	}
	wrapper := `def wrap(k): return "` + header + `" + "\n".join(k[i:i+64] for i in range(0, len(k), 64)) + "` + footer + "\"\n"
	if found := check(t, "a.py", wrapper); len(found) != 0 {
		t.Errorf("a program that wraps keys: %+v", found)
	}
	if found := check(t, "certs/client.p12", ""); len(found) != 1 || found[0].Rule != "SECRET-pkcs12-file" || found[0].Fix != nil {
		t.Errorf("a key store, known by its path: %+v", found)
	}
}

// gitleaks takes the whole file for the line of a match that no newline follows; so that
// an import in the first line would hide a key in the last. We don't follow it there.
func TestLastLineWithoutNewline(t *testing.T) {
	rng := rand.New(rand.NewPCG(15, 16))
	src := "import { a } from 'b'\nconst token = '" + random(rng, base62, 31) + "9'"
	if found := check(t, "a.ts", src); len(found) != 1 {
		t.Errorf("%d findings, want one: %+v", len(found), found)
	}
}

func TestRedact(t *testing.T) {
	for secret, want := range map[string]string{
		"":                   "0 characters",
		"short":              "5 characters",
		"fifteen-letters":    "15 characters",
		"sk-proj-0123456789": "sk-p…, 18 characters",
		"日本語日本語日本語日本語日本語日本語":         "日本語日…, 18 characters",
		"\n\x00\x1b\x80456789012345": "····…, 16 characters",
	} {
		if got := Redact(secret); got != want {
			t.Errorf("Redact(%q) = %q, want %q", secret, got, want)
		}
	}
}

func TestSeverity(t *testing.T) {
	severity := map[string]diagnostics.Severity{}
	for _, r := range New().Rules() {
		severity[r.ID] = r.Severity
	}
	for id, want := range map[string]diagnostics.Severity{
		"openai-api-key": diagnostics.Error, "private-key": diagnostics.Error, "groq-api-key": diagnostics.Error,
		"generic-api-key": diagnostics.Warning, "linear-client-secret": diagnostics.Warning, "config-password": diagnostics.Warning,
	} {
		if severity["SECRET-"+id] != want {
			t.Errorf("%s is %s, want %s", id, severity["SECRET-"+id], want)
		}
	}
}
