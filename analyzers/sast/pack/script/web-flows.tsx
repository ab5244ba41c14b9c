import axios from "axios";
import express from "express";
import fs from "fs";
import { readFile } from "fs/promises";
import got from "got";
import he from "he";
import yaml from "js-yaml";
import libxmljs from "libxmljs";
import { NextResponse } from "next/server";
import serialize from "node-serialize";
import path from "path";

const app = express();
const API_URL = process.env.API_URL;

// ---- HTML ----
app.get("/a/:name", async (req, res) => {
  // ruleid: xss
  res.send(`<h1>Hello ${req.query.name}</h1>`);
  const page = "<b>" + req.params.name + "</b>";
  // ruleid: xss
  res.status(404).send(page);
  // ruleid: xss
  res.send(req.query.name);
  // ok: xss
  res.send(`<h1>Hello ${he.encode(req.query.name)}</h1>`);
  // ok: xss
  res.send({ name: req.query.name });
  // ok: xss
  res.json({ name: `a ${req.query.name}` });
  // ok: xss
  res.render("a", { name: req.query.name });
  const user = await createUser(req.body);
  // ok: xss
  res.send(user);
});

app.get("/a2", (req, res) => {
  res.setHeader("Content-Type", "text/plain");
  // ok: xss
  res.end("Hello " + req.query.name);
});

router.get("/a3", (ctx) => {
  // ruleid: xss
  ctx.body = "<p>" + ctx.query.a + "</p>";
});

export async function GET(request: Request, { params }) {
  const name = new URL(request.url).searchParams.get("name");
  // ok: xss
  const plain = new Response(`Hello ${name}`);
  // ruleid: xss
  return new NextResponse("<p>" + name + "</p>", { headers: { "content-type": "text/html" } });
}

// ---- the page's own address ----
function banner(element) {
  const message = new URLSearchParams(location.search).get("message");
  // ruleid: dom-xss
  element.innerHTML = message;
  // ruleid: dom-xss
  document.write("<b>" + location.hash + "</b>");
  // ruleid: dom-xss
  element.insertAdjacentHTML("beforeend", `<b>${message}</b>`);
  // ok: dom-xss
  element.textContent = message;
  // ok: dom-xss
  element.innerHTML = DOMPurify.sanitize(message);
  // ok: dom-xss
  element.innerHTML = "<b>Hello</b>";
}

function Note() {
  const params = useSearchParams();
  // ruleid: dom-xss
  const a = <div dangerouslySetInnerHTML={{ __html: params.get("note") }} />;
  // ok: dom-xss
  return <div>{params.get("note")}</div>;
}

// ---- redirects ----
app.get("/b", (req, res) => {
  // ruleid: open-redirect
  res.redirect(req.query.next);
  // ruleid: open-redirect
  res.redirect(301, "https://" + req.query.host + "/");
  // ok: open-redirect
  res.redirect(`/users/${req.query.name}`);
  // ok: open-redirect
  res.redirect("/find?q=" + req.query.q);
  // ok: open-redirect
  res.redirect("https://example.com/" + req.query.q);
  const parts = new URL(req.query.url, "https://example.com");
  if (parts.host !== "example.com") {
    return res.sendStatus(400);
  }
  // ok: open-redirect
  res.redirect(parts.href);
});

export async function POST(request: NextRequest) {
  const body = await request.json();
  if (body.a) {
    // ok: open-redirect
    return NextResponse.redirect(new URL("/login", request.url));
  }
  // ruleid: open-redirect
  return NextResponse.redirect(body.next);
}

// ---- files ----
app.get("/c/:name", async (req, res) => {
  // ruleid: path-traversal
  fs.readFile(path.join(__dirname, "files", req.params.name), done);
  // ruleid: path-traversal
  const text = await readFile(`files/${req.params.name}`, "utf8");
  // ruleid: path-traversal
  res.sendFile(path.resolve("files/" + req.params.name));
  // ok: path-traversal
  res.sendFile(req.params.name, { root: "files" });
  // ok: path-traversal
  fs.createReadStream(path.join("files", path.basename(req.params.name)));
  const file = path.resolve("files", req.params.name);
  if (!file.startsWith("/srv/files" + path.sep)) {
    return res.sendStatus(404);
  }
  // ok: path-traversal
  fs.unlinkSync(file);
});

// ---- requests ----
app.post("/d", async (req, res) => {
  // ruleid: ssrf
  const a = await fetch(req.body.url);
  // ruleid: ssrf
  const b = await axios.get(req.body.url, { timeout: 3 });
  // ruleid: ssrf
  const c = await got(`http://${req.body.host}/status`);
  // ok: ssrf
  const d = await fetch(`https://example.com/${req.body.id}`);
  // ok: ssrf
  const e = await fetch(`${API_URL}/users/${req.body.id}`);
  // ok: ssrf
  const f = await axios.post("https://example.com", req.body);
});

// ---- objects and XML ----
app.post("/e", (req, res) => {
  // ruleid: unsafe-deserialization
  const a = serialize.unserialize(req.cookies.cart);
  // ruleid: unsafe-deserialization
  const b = yaml.load(req.body.text, { schema: yaml.DEFAULT_FULL_SCHEMA });
  // ruleid: unsafe-deserialization
  const c = v8.deserialize(Buffer.from(req.body.data, "base64"));
  // ok: unsafe-deserialization
  const d = yaml.load(req.body.text);
  // ok: unsafe-deserialization
  const e = JSON.parse(req.cookies.cart);
  // ok: unsafe-deserialization
  const f = serialize.serialize(req.body);
  // ruleid: xxe
  const g = libxmljs.parseXml(req.body.xml, { noent: true });
  // ruleid: xxe
  const h = libxmljs.parseXmlString(req.body.xml, { noblanks: true, noent: true });
  // ruleid: xxe
  const i = libxmljs.parseXml(req.body.xml, { replaceEntities: true });
  // ok: xxe
  const j = libxmljs.parseXml(req.body.xml);
  // ok: xxe
  const k = libxmljs.parseXml(req.body.xml, { noent: false });
  // ok: xxe
  const l = libxmljs.parseXml("<a/>", { noent: true });
});

// ---- the session ----
app.post("/f", async (req, res) => {
  // ruleid: trust-boundary
  req.session.role = req.body.role;
  const { theme } = req.query;
  // ruleid: trust-boundary
  req.session.theme = theme;
  // ruleid: trust-boundary
  req.session[req.query.key] = true;
  const user = await User.findOne({ name: String(req.body.name) });
  // ok: trust-boundary
  req.session.user = user.id;
  // ok: trust-boundary
  req.session.page = Number(req.query.page);
  // ok: trust-boundary
  req.session.seen = true;
});
