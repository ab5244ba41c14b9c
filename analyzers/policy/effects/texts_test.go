package effects

import (
	"strings"
	"testing"
)

func TestPlaceOf(t *testing.T) {
	for _, test := range []struct{ url, host, path, known string }{
		{"https://api.example.com/v1", "api.example.com", "/v1", Full},
		{"https://api.example.com", "api.example.com", "", Full},
		{"HTTPS://API.Example.com/x", "api.example.com", "/x", Full},
		{"https://api.example.com/{}", "api.example.com", "/…", Host},
		{"https://api.example.com{}", "", "", None},
		{"https://api.example.com.{}/x", "", "/x", None},
		{"https://{}api.example.com/x", "", "/x", None},
		{"https://{}:{}@api.example.com/x", "api.example.com", "/x", Host},
		{"https://api.example.com:{}/x", "api.example.com", "/x", Host},
		{"https://api.example.com:{}", "", "", None},
		{"https://api.example.com:80{}/x", "", "/x", None},
		{"https://api.example.com\\@evil.example.org/", "api.example.com", "\\@evil.example.org/", Full},
		{"https://good.example.com@evil.example.org/", "evil.example.org", "/", Full},
		{"https://good.example.com:x@evil.example.org/", "evil.example.org", "/", Full},
		{"{}://api.example.com/x", "api.example.com", "/x", Host},
		{"//cdn.example.com/x", "cdn.example.com", "/x", Host},
		{"/x", "", "/x", None},
		{"{}/x", "", "/x", None},
		{"https:///x", "", "/x", None},
		{"https://.example.com/x", "", "/x", None},
		{"ftp://example.com/x", "", "", None},
		{"http://[::1]:8080/x", "::1", "/x", Full},
		{"https://api.example.com?q={}", "api.example.com", "?q=…", Host},
	} {
		p := placeOf(strings.ReplaceAll(test.url, "{}", hole))
		if p.host != test.host || p.path != test.path || p.known != test.known {
			t.Errorf("%s: host %q path %q %s, want %q %q %s", test.url, p.host, p.path, p.known, test.host, test.path, test.known)
		}
	}
	if p := placeOf("https://user:hunter2@example.com/x"); strings.Contains(p.url, "hunter2") || strings.Contains(p.url, "user") {
		t.Errorf("a password is told: %s", p.url)
	}
}

func TestParseSQL(t *testing.T) {
	for _, test := range []struct {
		sql, verb, tables string
		where             bool
	}{
		{"DELETE FROM a", "delete", "a", false},
		{"delete from a where id = 1", "delete", "a", true},
		{"DELETE FROM a WHERE 1", "delete", "a", false},
		{"DELETE FROM a WHERE 1 = 1", "delete", "a", false},
		{"DELETE FROM a WHERE TRUE", "delete", "a", false},
		{"DELETE FROM a WHERE 'x' = 'x'", "delete", "a", false},
		{"DELETE FROM a WHERE id = id", "delete", "a", false},
		{"DELETE FROM a WHERE NOT 0", "delete", "a", false},
		{"DELETE FROM a WHERE 1 <> 2", "delete", "a", false},
		{"DELETE FROM a WHERE id = 1 OR 1 = 1", "delete", "a", false},
		{"DELETE FROM a WHERE id = 1 AND 1 = 1", "delete", "a", true},
		{"DELETE FROM a WHERE ? = ?", "delete", "a", true},
		{"DELETE FROM a WHERE b IN (SELECT c FROM d WHERE 1 = 1)", "delete", "a d", true},
		{"DELETE FROM a RETURNING *", "delete", "a", false},
		{"DELETE FROM a WHERE 1=1 RETURNING *", "delete", "a", false},
		{"DELETE FROM a WHERE 1=1 LIMIT 5", "delete", "a", false},
		{"DELETE a FROM a JOIN b ON a.id = b.id WHERE b.x = 1", "delete", "a b", true},
		{"DELETE FROM ONLY a", "delete", "a", false},
		{"DELETE FROM \"A B\".`c`", "delete", "a b.c", false},
		{"DELETE FROM [dbo].[users]", "delete", "dbo.users", false},
		{"DELETE FROM s.t AS x USING y WHERE x.id = y.id", "delete", "s.t y", true},
		{"/* DELETE FROM z */ SELECT * FROM a -- DROP TABLE b", "select", "a", false},
		{"SELECT 'DELETE FROM a; DROP TABLE b' FROM c", "select", "c", false},
		{"SELECT 'it''s; DROP TABLE b' FROM c", "select", "c", false},
		{"SELECT * FROM a, b c, d AS e JOIN f USING (id)", "select", "a b d f", false},
		{"SELECT * FROM (SELECT * FROM a) x", "select", "a", false},
		{"SELECT * FROM generate_series(1, 2)", "select", "", false},
		{"SELECT 1; DELETE FROM a; UPDATE b SET c = 1", "delete", "a", false},
		{"DELETE FROM a WHERE x = 1; DELETE FROM b", "delete", "a b", false},
		{"TRUNCATE a, b", "truncate", "a b", false},
		{"TRUNCATE TABLE a RESTART IDENTITY CASCADE", "truncate", "a", false},
		{"DROP TABLE IF EXISTS a CASCADE", "drop", "a", false},
		{"DROP DATABASE prod", "drop", "prod", false},
		{"DROP INDEX i", "drop", "", false},
		{"CREATE TABLE IF NOT EXISTS a (id int)", "create", "a", false},
		{"CREATE TABLE a AS SELECT * FROM b", "create", "a b", false},
		{"CREATE TABLE a AS SELECT * FROM read_csv('x')", "create", "a", false},
		{"INSERT INTO a(b) SELECT * FROM f(1)", "insert", "a", false},
		{"ALTER TABLE a DROP COLUMN b", "alter", "a", false},
		{"INSERT INTO a (b) SELECT c FROM d", "insert", "a d", false},
		{"INSERT OR REPLACE INTO a VALUES (1)", "insert", "a", false},
		{"REPLACE INTO a VALUES (1)", "insert", "a", false},
		{"INSERT INTO a VALUES (1) ON CONFLICT DO UPDATE SET b = 1", "insert", "a", false},
		{"MERGE INTO a USING b ON a.id = b.id WHEN MATCHED THEN DELETE", "merge", "a b", false},
		{"UPDATE a SET b = 1", "update", "a", false},
		{"UPDATE a SET b = 1 WHERE c = 2", "update", "a", true},
		{"WITH x AS (SELECT * FROM b) DELETE FROM a USING x WHERE a.id = x.id", "delete", "a", true},
		{"WITH RECURSIVE x(n) AS (SELECT 1), y AS (SELECT 2) UPDATE a SET b = 1", "update", "a", false},
		{"WITH x AS (DELETE FROM a WHERE b = 1 RETURNING *) SELECT * FROM x", "delete", "a", true},
		{"EXPLAIN DELETE FROM a", "other", "a", false},
		{"EXPLAIN (ANALYZE, BUFFERS) DELETE FROM a", "delete", "a", false},
		{"BEGIN; DELETE FROM a; COMMIT;", "delete", "a", false},
		{"GRANT SELECT ON a TO b", "grant", "a", false},
		{"PRAGMA foreign_keys = ON", "other", "", false},
		{"{} FROM a", "unknown", "", false},
		{"DELETE FROM {}", "delete", "", false},
		{"DELETE FROM t_{}", "delete", "", false},
		{"DELETE FROM s.{} WHERE a = 1", "delete", "", true},
		{"DELETE FROM a WHERE {}", "delete", "a", true},
		{"DELETE FROM a {}", "delete", "a", false},
		{"", "unknown", "", false},
		{"hello world", "unknown", "", false},
		{"MATCH (n:Person)-[r:KNOWS]->(m) WHERE n.age > 3 DETACH DELETE n", "delete", "person knows", true},
		{"MATCH (n) DETACH DELETE n", "delete", "", false},
		{"CREATE (n:Person {name: 'x'})", "insert", "person", true},
	} {
		got := parseSQL(strings.ReplaceAll(test.sql, "{}", hole))
		if got.verb != test.verb || strings.Join(got.tables, " ") != test.tables || got.where != test.where {
			t.Errorf("%s: %s %v where=%v, want %s [%s] %v", test.sql, got.verb, got.tables, got.where, test.verb, test.tables, test.where)
		}
	}
}

func TestLooksSQL(t *testing.T) {
	for s, want := range map[string]bool{
		"SELECT 1":                                  true,
		"SELECT * FROM a":                           true,
		"select id from users where id = 1":         true,
		"delete from users":                         true,
		"INSERT INTO a VALUES (1)":                  true,
		"UPDATE a SET b = 1":                        true,
		"DROP TABLE a":                              true,
		"drop table a":                              true,
		"WITH x AS (SELECT 1) SELECT * FROM x":      true,
		"MATCH (n) RETURN n":                        true,
		"select the best answer from the list":      false,
		"Select a file from the folder":             false,
		"delete from the database all users":        false,
		"Delete from a":                             false,
		"update the readme and set the version":     false,
		"create a new file":                         false,
		"create table tennis club website":          false,
		"drop me a line":                            false,
		"insert the key into the lock":              false,
		"with a list of names, select one":          false,
		"match the words":                           false,
		"Update a set of files":                     false,
		"MATCH THE WORDS":                           false,
		"UPDATE: the readme":                        false,
		"SELECT":                                    false,
		"grant me three wishes":                     false,
		"explain the code":                          false,
		"truncate the text":                         false,
		"merge the branches into main using rebase": false,
		"show tables":                               false,
	} {
		if got := looksSQL(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
}

func TestPaths(t *testing.T) {
	for path, want := range map[string]bool{"../a": true, "a/../b": false, "a/../../b": true, "./a": false, "/../a": true, "a/" + hole + "/../b": false, "~/../a": true, "..": true, "a..b": false} {
		if got := escaping(path); got != want {
			t.Errorf("%q: %v", path, got)
		}
	}
	for command, want := range map[string]string{
		"git push": "git", "/usr/bin/git push": "git", "A=1 B=2 make": "make", "\"/opt/my tools/run\" -y": "run", hole + " x": "", "a" + hole: "", "/opt/" + hole + "/run": "run",
		"": "", "   ls": "ls", "C:\\x\\cmd.exe /c": "cmd", "ls|wc": "ls", "(cd x)": "cd", "A=1": "A=1",
	} {
		if got := programOf(command, ""); got != want {
			t.Errorf("%q: %q, want %q", command, got, want)
		}
	}
}
