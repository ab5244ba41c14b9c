package effects

import (
	"strings"
	"testing"

	"github.com/qodacode/qodacode/parser"
	"github.com/qodacode/qodacode/parser/text"
)

// files are modules by their names.
type files map[string]*parser.File

func (m files) Import(_ *parser.File, module string) *parser.File {
	return m[strings.TrimPrefix(module, "app.")]
}

func TestModules(t *testing.T) {
	for _, test := range []struct {
		name, module, other, code, want string
	}{
		{"a pool", ".db", "import psycopg2\nconn = psycopg2.connect('x')\n", "from .db import conn\nconn.cursor().execute(stmt)\n", "sql unknown [] none"},
		{"a function that connects", ".db", "import sqlite3\ndef connect():\n    return sqlite3.connect('x')\n", "from .db import connect\nconnect().execute(stmt)\n", "sql unknown [] none"},
		{"a function is not what it returns", ".db", "import subprocess\ndef run():\n    return subprocess.run\n", "from .db import run\nrun('x')\n", ""},
		{"a constant", ".sql", "DELETE = 'DELETE FROM users'\n", "from .sql import DELETE\nimport sqlite3\nsqlite3.connect('x').execute(DELETE + ' WHERE id = 1')\n", "sql delete [users] full where"},
		{"a constant of a module", ".settings", "BASE = 'https://api.example.com'\n", "from . import settings\nimport requests\nrequests.get(f'{settings.BASE}/x')\n", "http GET https://api.example.com/x host=api.example.com full"},
		{"a constant from the environment", ".settings", "import os\nBASE = os.getenv('BASE', 'https://api.example.com')\n", "from . import settings\nimport requests\nrequests.get(f'{settings.BASE}/x')\n", "http GET …/x host= none"},
		{"a client", ".http", "import httpx\nclient = httpx.Client(base_url='https://api.example.com')\n", "from .http import client\nclient.delete('/users/1')\n", "http DELETE https://api.example.com/users/1 host=api.example.com full"},
		{"a model", ".models", "from sqlmodel import SQLModel\nclass User(SQLModel, table=True):\n    __tablename__ = 'app_users'\n", "from .models import User\nfrom sqlalchemy import delete\nfrom sqlalchemy.orm import Session\ndef f(s: Session):\n    s.execute(delete(User))\n", "sql delete [app_users] full"},
		{"a folder", ".paths", "from pathlib import Path\nOUT = Path('out')\n", "from .paths import OUT\n(OUT / 'x').write_text('')\n", "file write out/x full"},
	} {
		t.Run(test.name, func(t *testing.T) { checkModules(t, "a.py", test.module, test.other, test.code, test.want) })
	}
}

func TestModulesOfScripts(t *testing.T) {
	for _, test := range []struct {
		name, module, other, code, want string
	}{
		{"a pool", "./db", "import { Pool } from 'pg'\nexport const pool = new Pool()\n", "import { pool } from './db'\npool.query(q)\n", "sql unknown [] none"},
		{"a default export", "@/lib/prisma", "import { PrismaClient } from '@prisma/client'\nconst prisma = new PrismaClient()\nexport default prisma\n", "import prisma from '@/lib/prisma'\nprisma.user.deleteMany({})\n", "sql delete [user] full"},
		{"an instance with a base", "./api", "import axios from 'axios'\nexport const api = axios.create({ baseURL: 'https://api.example.com' })\n", "import { api } from './api'\napi.post('/x')\n", "http POST https://api.example.com/x host=api.example.com full"},
		{"a constant", "./config", "export const API = 'https://api.example.com'\n", "import { API } from './config'\nfetch(`${API}/x`)\n", "http GET https://api.example.com/x host=api.example.com full"},
		{"a table", "./schema", "import { pgTable } from 'drizzle-orm/pg-core'\nexport const users = pgTable('app_users', {})\n", "import { users } from './schema'\nimport { drizzle } from 'drizzle-orm/node-postgres'\nconst db = drizzle('x')\ndb.delete(users)\n", "sql delete [app_users] full"},
		{"a function that opens", "./files", "import fs from 'fs'\nexport function openFile(p: string) { return fs.open(p) }\n", "import { openFile } from './files'\nopenFile('x')\n", ""},
	} {
		t.Run(test.name, func(t *testing.T) { checkModules(t, "a.ts", test.module, test.other, test.code, test.want) })
	}
}

func checkModules(t *testing.T, path, module, other, code, want string) {
	t.Helper()
	f := parser.Parse(path, "", text.New(code))
	var got []string
	for _, e := range Of(f, files{module: parser.Parse("other"+path[1:], "", text.New(other))}) {
		got = append(got, describe(e))
	}
	if s := strings.Join(got, " & "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}

// Modules that import each other end.
func TestModulesInCircles(t *testing.T) {
	a := parser.Parse("a.py", "", text.New("from .b import x, URL\nimport requests\nURL2 = URL\nx.execute('DELETE FROM a')\nrequests.get(URL)\n"))
	b := parser.Parse("b.py", "", text.New("from .a import x, URL2\nURL = URL2\ny = x\n"))
	if got := Of(a, files{".b": b, ".a": a}); len(got) != 2 {
		t.Errorf("%d effects", len(got))
	}
}
