import ast
import asyncio
import os
import pathlib
import re
import sqlite3
import subprocess
import shlex
import uuid

import aiosqlite
import flask
import jinja2
import ldap
import ldap3
import lxml.etree
import pandas as pd
import sqlalchemy
from elementpath import select as xselect
from fastapi import Depends, FastAPI, Form, Query, Request, WebSocket
from flask import Flask, jsonify, render_template_string, request
from ldap3.utils.conv import escape_filter_chars
from sqlalchemy import text

from .models import User, db, get_db

app = Flask(__name__)
api = FastAPI()
ALLOWED = {"name": "name", "age": "age"}


# ---- sources ----
@app.route("/user/<name>")
def by_path(name):
    # ruleid: sql-injection
    db.execute("SELECT * FROM users WHERE name = '%s'" % name)


@app.route("/user/<int:number>")
def by_number(number):
    # ok: sql-injection
    db.execute("SELECT * FROM users WHERE id = %s" % number)


@api.get("/items/{item}")
async def item(item: str, limit: int, order: str = Query("name"), session: Session = Depends(get_db)):
    # ruleid: sql-injection
    session.execute(text(f"SELECT * FROM items WHERE id = '{item}'"))
    # ruleid: sql-injection
    session.execute(text(f"SELECT * FROM items ORDER BY {order}"))
    # ok: sql-injection
    session.execute(text(f"SELECT * FROM items LIMIT {limit}"))
    # ok: sql-injection
    session.execute(text("SELECT * FROM items WHERE id = :id"), {"id": item})


@api.post("/items")
async def create(body: Item, req: Request, password: str = Form(...)):
    # ruleid: sql-injection
    await db.fetch_all(f"SELECT * FROM items WHERE name = '{body.name}'")
    # ruleid: sql-injection
    await db.fetch_all("SELECT * FROM users WHERE password = '" + password + "'")


@api.websocket("/ws")
async def talk(websocket: WebSocket):
    message = await websocket.receive_text()
    # ruleid: code-injection
    exec(message)


# ---- sql ----
@app.route("/a", methods=["POST"])
def sql_a():
    name = request.form.get("name", "")
    con = sqlite3.connect("x.db")
    cur = con.cursor()
    sql = f"SELECT username FROM users WHERE password = '{name}'"
    # ruleid: sql-injection
    cur.execute(sql)
    # ruleid: sql-injection
    con.executescript(sql)
    # ok: sql-injection
    cur.execute("SELECT username FROM users WHERE password = ?", (name,))
    # ok: sql-injection
    cur.execute("SELECT username FROM users WHERE id = " + str(int(name)))


@app.route("/b")
def sql_b():
    values = request.args.getlist("q")
    query = "SELECT * FROM t WHERE a IN ('" + "','".join(values) + "')"
    # ruleid: sql-injection
    pd.read_sql_query(query, db.engine)
    # ruleid: sql-injection
    User.objects.raw("SELECT * FROM users WHERE name = '{}'".format(request.cookies["name"]))
    # ruleid: sql-injection
    User.objects.filter(active=True).extra(where=["name = '%s'" % request.headers.get("X-Name")])
    # ok: sql-injection
    User.objects.filter(name=request.args["name"]).first()
    # ok: sql-injection
    db.session.execute(sqlalchemy.select(User).where(User.name == request.args["name"]))
    column = ALLOWED[request.args["column"]]
    # ok: sql-injection
    db.execute(f"SELECT {column} FROM users")
    for value in request.form.values():
        # ruleid: sql-injection
        db.execute(f"SELECT * FROM t WHERE a = '{value}'")
    # ok: sql-injection
    tool_executor.execute(request.args["name"])


class Handler(tornado.web.RequestHandler):
    def get(self):
        # ruleid: sql-injection
        self.db.execute("SELECT * FROM t WHERE a = '" + self.get_argument("a") + "'")
        # ok: sql-injection
        self.db.execute("SELECT * FROM t WHERE a = %s", self.get_argument("a"))


def lambda_handler(event, context):
    # ruleid: sql-injection
    conn.cursor().execute("SELECT * FROM t WHERE a = '%s'" % event["queryStringParameters"]["a"])


# ---- commands ----
@app.route("/c", methods=["POST"])
def command():
    host = request.form["host"]
    # ruleid: command-injection
    os.system("ping " + host)
    # ruleid: command-injection
    subprocess.run(f"ping {host}", shell=True, capture_output=True)
    # ruleid: command-injection
    out = os.popen("ping %s" % host).read()
    # ok: command-injection
    os.system("ping " + shlex.quote(host))
    # ok: command-injection
    subprocess.run(["ping", "-c", "1", host])
    # ruleid: command-injection
    subprocess.run(["sh", "-c", f"ping {host}"])
    # ruleid: command-injection
    subprocess.Popen([host, "-v"])
    # ok: command-injection
    subprocess.run("ping localhost", shell=True)
    # ok: command-injection
    os.system("ping " + re.sub(r"[^a-z0-9-]", "", host))
    # ruleid: command-injection
    os.system("ping " + re.sub(r"[a-z]", "", host))


@app.route("/c2", methods=["POST"])
def command_list():
    host = request.form["host"]
    args = []
    args.append("sh")
    args.append("-c")
    args.append(f"ping {host}")
    # ruleid: command-injection
    subprocess.run(args, capture_output=True)
    safe = ["ping", "-c", "1"]
    safe.append(host)
    # ok: command-injection
    subprocess.run(safe, capture_output=True)
    line = "ping " + host
    # ruleid: command-injection
    subprocess.run(line)


@api.get("/c3")
async def command_async(host: str):
    # ruleid: command-injection
    await asyncio.create_subprocess_shell("ping " + host)
    # ok: command-injection
    await asyncio.create_subprocess_exec("ping", host)
    # ruleid: command-injection
    await asyncio.create_subprocess_exec("bash", "-c", "ping " + host)
    argv = ["ping", host]
    # ok: command-injection
    await asyncio.create_subprocess_exec(*argv, stdout=None)


# ---- code ----
@app.route("/d")
def code():
    value = request.args.get("value")
    # ruleid: code-injection
    a = eval(value)
    # ruleid: code-injection
    exec("x = " + value, {})
    # ok: code-injection
    b = ast.literal_eval(value)
    # ok: code-injection
    c = eval("1 + 1")
    # ok: code-injection
    d = eval("%d + 1" % int(value))
    # ruleid: code-injection
    e = eval(compile(request.get_json()["code"], "x", "eval"))
    return a


# ---- LDAP ----
@app.route("/e")
def directory():
    user = request.args["user"]
    conn = ldap3.Connection(server)
    # ruleid: ldap-injection
    conn.search("dc=example,dc=com", f"(uid={user})", attributes=["cn"])
    # ruleid: ldap-injection
    conn.search(search_base="dc=example", search_filter="(&(objectclass=person)(uid=%s))" % user)
    # ok: ldap-injection
    conn.search("dc=example,dc=com", f"(uid={escape_filter_chars(user)})")
    # ok: ldap-injection
    conn.search("dc=example,dc=com", "(objectclass=person)", attributes=[user])
    old = ldap.initialize("ldap://localhost")
    # ruleid: ldap-injection
    old.search_s("dc=example", ldap.SCOPE_SUBTREE, "(uid=" + user + ")")
    # ok: ldap-injection
    old.search_s("dc=example", ldap.SCOPE_SUBTREE, ldap.filter.filter_format("(uid=%s)", [user]))
    # ok: ldap-injection
    re.search(user, "a")


# ---- XPath ----
@app.route("/f")
def xpath():
    name = request.args["name"]
    root = lxml.etree.parse("employees.xml")
    # ruleid: xpath-injection
    root.xpath(f"/Employees/Employee[@id='{name}']")
    query = "".join(["/Employees/Employee[@id='", name, "']"])
    # ruleid: xpath-injection
    xselect(root, query)
    # ruleid: xpath-injection
    find = lxml.etree.XPath("//a[@b='%s']" % name)
    # ok: xpath-injection
    root.xpath("/Employees/Employee[@id=$id]", id=name)
    # ok: xpath-injection
    root.xpath("/Employees/Employee[@id='%s']" % name.replace("'", "&apos;"))
    # ok: xpath-injection
    "some text".find(name)


# ---- templates ----
@app.route("/g")
def template():
    name = request.args["name"]
    # ruleid: template-injection
    render_template_string("<h1>%s</h1>" % name)
    # ruleid: template-injection
    jinja2.Template(request.form["template"]).render()
    env = jinja2.Environment()
    # ruleid: template-injection
    env.from_string("Hello " + name)
    # ok: template-injection
    render_template_string("<h1>{{ name }}</h1>", name=name)
    # ok: template-injection
    jinja2.Template("{{ a }}").render(a=name)
    # ok: template-injection
    env.get_template("a.html").render(name=name)
