import { exec, execFile, execSync, spawn } from "child_process";
import cp from "node:child_process";
import { promisify } from "util";
import vm from "vm";
import ejs from "ejs";
import express from "express";
import Handlebars from "handlebars";
import { EqualityFilter } from "ldapjs";
import mysql from "mysql2";
import { Pool } from "pg";
import xpath from "xpath";

const app = express();
const pool = new Pool();
const run = promisify(exec);

// ---- sources ----
app.get("/a/:name", async (req, res) => {
  // ruleid: sql-injection
  await pool.query(`SELECT * FROM users WHERE name = '${req.params.name}'`);
  const { name } = req.query;
  // ruleid: sql-injection
  await pool.query("SELECT * FROM users WHERE name = '" + name + "'");
  // ok: sql-injection
  await pool.query("SELECT * FROM users WHERE name = $1", [name]);
  // ok: sql-injection
  await pool.query({ text: "SELECT * FROM users WHERE name = $1", values: [name] });
  // ok: sql-injection
  await pool.query("SELECT * FROM users WHERE id = " + parseInt(req.params.id, 10));
});

fastify.get("/b", async (request, reply) => {
  // ruleid: sql-injection
  return db.all("SELECT * FROM t WHERE a = '" + request.query.a + "'");
});

router.get("/c", async (ctx) => {
  // ruleid: sql-injection
  ctx.body = await knex.raw(`SELECT * FROM t WHERE a = '${ctx.request.body.a}'`);
});

export async function POST(request: NextRequest) {
  const { id } = await request.json();
  // ruleid: sql-injection
  const rows = await prisma.$queryRawUnsafe(`SELECT * FROM t WHERE id = '${id}'`);
  // ok: sql-injection
  const safe = await prisma.$queryRaw`SELECT * FROM t WHERE id = ${id}`;
  // ok: sql-injection
  await db.execute(sql`SELECT * FROM t WHERE id = ${id}`);
  return Response.json(rows);
}

@Controller("cats")
export class CatsController {
  @Get(":id")
  async one(@Param("id") id: string, @Query() query: CatQuery) {
    // ruleid: sql-injection
    await this.dataSource.query(`SELECT * FROM cats WHERE id = '${id}'`);
    // ruleid: sql-injection
    await this.dataSource.query(`SELECT * FROM cats ORDER BY ${query.order}`);
    // ok: sql-injection
    return this.cats.findOne({ where: { id } });
  }
}

http.createServer((req, res) => {
  const url = new URL(req.url, "http://localhost");
  // ruleid: sql-injection
  connection.query("SELECT * FROM t WHERE a = '" + url.searchParams.get("a") + "'", done);
  // ok: sql-injection
  connection.query("SELECT * FROM t WHERE a = " + mysql.escape(url.searchParams.get("a")), done);
  let body = "";
  req.on("data", (chunk) => {
    body += chunk;
    // ruleid: code-injection
    eval(body);
  });
});

// ---- documents ----
app.post("/d", async (req, res) => {
  // ruleid: nosql-injection
  const a = await User.findOne(req.body);
  const filter = req.query;
  // ruleid: nosql-injection
  const b = await db.collection("users").deleteMany(filter);
  // ruleid: nosql-injection
  const c = await User.find({ $where: "this.name == '" + req.body.name + "'" });
  // ok: nosql-injection
  const d = await User.findOne({ name: String(req.body.name) });
  // ok: nosql-injection
  const e = await User.findOne(schema.parse(req.body));
  // ok: nosql-injection
  const f = [1, 2].find(req.body);
});

// ---- commands ----
app.post("/e", async (req, res) => {
  const host = req.body.host;
  // ruleid: command-injection
  exec(`ping -c 1 ${host}`, done);
  // ruleid: command-injection
  cp.execSync("ping " + host);
  // ruleid: command-injection
  await run("ping " + host);
  // ruleid: command-injection
  spawn("sh", ["-c", "ping " + host]);
  // ruleid: command-injection
  spawn(host, ["-v"]);
  // ruleid: command-injection
  spawn("ping", [host], { shell: true });
  // ok: command-injection
  execFile("ping", ["-c", "1", "--", host], done);
  // ok: command-injection
  spawn("ping", [host]);
  // ok: command-injection
  execSync("ls");
  // ok: command-injection
  /a/.exec(host);
  // ok: command-injection
  exec("ping " + host.replace(/[^\w-]/g, ""));
  // ruleid: command-injection
  exec("ping " + host.replace(/;/g, ""));
});

// ---- code ----
app.post("/f", (req, res) => {
  // ruleid: code-injection
  const a = eval("(" + req.body.a + ")");
  // ruleid: code-injection
  const b = new Function("x", req.body.b);
  // ruleid: code-injection
  const c = vm.runInNewContext(req.query.c);
  // ruleid: code-injection
  const d = require("./pages/" + req.params.page);
  // ok: code-injection
  const e = JSON.parse(req.body.e);
  // ok: code-injection
  const f = eval("1 + 1");
  // ok: code-injection
  const g = new Function("x", "return x")(req.body.b);
});

// ---- LDAP ----
app.post("/g", (req, res) => {
  // ruleid: ldap-injection
  client.search("dc=example", { filter: `(uid=${req.body.user})`, scope: "sub" }, done);
  const filter = "(uid=" + req.query.user + ")";
  // ruleid: ldap-injection
  client.search("dc=example", { filter }, done);
  // ruleid: ldap-injection
  ldapClient.search("ou=" + req.query.ou + ",dc=example", { scope: "sub" }, done);
  // ok: ldap-injection
  client.search("dc=example", { filter: new EqualityFilter({ attribute: "uid", value: req.body.user }) }, done);
  // ok: ldap-injection
  client.search("dc=example", { filter: "(uid=guest)" }, done);
  // ok: ldap-injection
  items.search(req.query.user);
});

// ---- XPath ----
app.get("/h", (req, res) => {
  // ruleid: xpath-injection
  const a = xpath.select(`//user[@name='${req.query.name}']`, doc);
  const query = "//user[@name='" + req.query.name + "']";
  // ruleid: xpath-injection
  const b = xpath.select1(query, doc);
  // ruleid: xpath-injection
  const c = document.evaluate(query, doc);
  // ok: xpath-injection
  const d = xpath.parse("//user[@name=$name]").select({ node: doc, variables: { name: req.query.name } });
  // ok: xpath-injection
  const e = xpath.select("//user", doc);
  // ok: xpath-injection
  const f = xpath.select(`//user[@name='${req.query.name.replace(/'/g, "")}']`, doc);
});

// ---- templates ----
app.get("/i", (req, res) => {
  // ruleid: template-injection
  const a = ejs.render(`<h1>${req.query.name}</h1>`);
  // ruleid: template-injection
  const b = Handlebars.compile(req.body.template);
  // ruleid: template-injection
  const c = _.template("Hello " + req.query.name);
  // ok: template-injection
  const d = ejs.render("<h1><%= name %></h1>", { name: req.query.name });
  // ok: template-injection
  const e = Handlebars.compile("{{name}}")({ name: req.query.name });
  // ok: template-injection
  res.render("index", { name: req.query.name });
});
