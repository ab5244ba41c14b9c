import os
import subprocess
from pathlib import Path

import aiosqlite
import docker
import duckdb
import fabric
import httpx
import invoke
import mysql.connector
import psycopg
import pymysql
import requests
import sh
import snowflake.connector
import websockets
from databases import Database
from django.db import connection
from flask_sqlalchemy import SQLAlchemy
from google.cloud import bigquery
from langchain_community.utilities import SQLDatabase
from motor.motor_asyncio import AsyncIOMotorClient
from peewee import CharField, Model, SqliteDatabase
from pymongo import MongoClient
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlmodel import Field, Session, SQLModel, select
from supabase import create_client

db = SQLAlchemy()
flat = SqliteDatabase("x.db")
supabase = create_client("u", "k")
mongo = MongoClient()
users = mongo["app"]["users"]
engine = create_async_engine("postgresql+asyncpg://x")
sessions = async_sessionmaker(engine)


class Hero(SQLModel, table=True):
    id: int = Field(primary_key=True)


class Person(Model):
    name = CharField()

    class Meta:
        database = flat


class Account(db.Model):
    __tablename__ = "accounts"


def databases(user_id, name):
    with psycopg.connect("x") as conn, conn.cursor() as cur:
        cur.execute("DELETE FROM a WHERE id = %s", (user_id,)) # => sql delete [a] full where
    conn = mysql.connector.connect(host="h")
    conn.cursor(dictionary=True).execute("TRUNCATE TABLE b") # => sql truncate [b] full
    with pymysql.connect(host="h").cursor() as cur:
        cur.executemany("UPDATE c SET x = %s WHERE id = %s", []) # => sql update [c] full where
    duckdb.sql("DROP TABLE d") # => sql drop [d] full
    duckdb.connect("x").execute("SELECT * FROM 'x.csv'") # => sql select [] full
    ctx = snowflake.connector.connect(user="u")
    ctx.cursor().execute(f"USE ROLE {name}") # => sql other [] partial interpolated
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM auth_user") # => sql delete [auth_user] full
    bigquery.Client().query("DELETE FROM `p.d.t` WHERE true").result() # => sql delete [p.d.t] full
    flat.execute_sql("DROP TABLE person") # => sql drop [person] full
    SQLDatabase.from_uri("sqlite://").run("DROP TABLE z") # => sql drop [z] full
    supabase.table("users").delete().eq("id", 1).execute() # => sql delete [users] full where
    supabase.table("users").insert({"a": 1}).execute() # => sql insert [users] full
    users.delete_many({}) # => sql delete [users] full
    users.delete_one({"_id": user_id}) # => sql delete [users] full where
    mongo.app.drop_collection("users") # => sql drop [users] full
    mongo.drop_database("app") # => sql drop [app] full
    users.find_one({"_id": user_id}) # => sql select [users] full where


async def asynchronous(hero_id):
    async with aiosqlite.connect("x.db") as conn:
        await conn.execute("DELETE FROM a") # => sql delete [a] full
        async with conn.execute("SELECT * FROM a") as cursor: # => sql select [a] full
            await cursor.fetchall()
    database = Database("sqlite:///x")
    await database.execute(query="DELETE FROM notes WHERE id = :id", values={}) # => sql delete [notes] full where
    await database.fetch_all("SELECT * FROM notes") # => sql select [notes] full
    async with sessions() as session:
        await session.execute(select(Hero).where(Hero.id == hero_id)) # => sql select [hero] full where
        hero = await session.get(Hero, hero_id)
        await session.delete(hero) # => sql delete [] partial where
        await session.commit()
    motor = AsyncIOMotorClient()
    await motor.app.users.delete_many({"x": 1}) # => sql delete [users] full where
    async with websockets.connect("wss://ws.example.com/v1") as ws: # => http GET wss://ws.example.com/v1 host=ws.example.com full
        await ws.send("x")


def models(account_id):
    Person.delete().where(Person.name == "x").execute() # => sql delete [person] full where
    Person.delete().execute() # => sql delete [person] full
    Account.query.filter_by(id=account_id).delete() # => sql delete [accounts] full where
    db.session.query(Account).delete() # => sql delete [accounts] full
    db.session.delete(Account.query.get(account_id)) # => sql delete [] partial where
    db.session.execute(db.delete(Account).where(Account.id == 1)) # => sql delete [accounts] full where
    db.drop_all() # => sql drop [] full
    Own().get("https://own.example.com/x") # => http GET https://own.example.com/x host=own.example.com full
    Own().load()
    Own().delete("https://own.example.com/x")


@invoke.task
def deploy(c, host, command):
    c.run("make deploy") # => shell make "make deploy" full via-shell
    invoke.run(command) # => shell  "…" none via-shell
    fabric.Connection(host).run("uptime") # => shell uptime "uptime" full via-shell
    sh.git("push", "--force") # => shell git "git push --force" full
    client = docker.from_env()
    client.containers.run("python:3", "python x.py") # => shell python "python x.py" full
    client.containers.get("a").exec_run(["rm", "-rf", "/x"]) # => shell rm "rm -rf /x" full
    proc = subprocess.Popen(f"/opt/tools/{command} --all", shell=True) # => shell  "/opt/tools/… --all" partial via-shell
    subprocess.run(["sh", "-c", f"echo {command}"]) # => shell sh "sh -c echo …" partial via-shell
    os.system(f"cd /tmp && {command}") # => shell cd "cd /tmp && …" partial via-shell
    os.system("\"/opt/my tools/run\" -y") # => shell run "\"/opt/my tools/run\" -y" full via-shell
    subprocess.run("C:\\Windows\\system32\\cmd.exe /c dir") # => shell cmd "C:\\Windows\\system32\\cmd.exe /c dir" full


def http(token, user, retries):
    headers = {"Authorization": token}
    base = "https://api.github.com"
    url = base + "/repos/" + user
    requests.get(url, headers=headers) # => http GET https://api.github.com/repos/… host=api.github.com host
    requests.delete(url=f"{base}/repos/{user}/x", headers=headers) # => http DELETE https://api.github.com/repos/…/x host=api.github.com host
    url = f"https://api.gitlab.com/{user}"
    requests.put(url) # => http PUT https://api.gitlab.com/… host=api.gitlab.com host
    for host in ("a.example.com", "b.example.com"):
        requests.get(f"https://{host}/health") # => http GET … host= none
    endpoint = os.environ["ENDPOINT"] # => env read ENDPOINT
    requests.post(f"{endpoint}/v1", json={}) # => http POST …/v1 host= none
    with httpx.stream("GET", "https://s.example.com/x") as r: # => http GET https://s.example.com/x host=s.example.com full
        r.read()
    s = requests.Session()
    s.mount("https://", requests.adapters.HTTPAdapter(max_retries=retries))
    s.request("PATCH", "https://s.example.com/y") # => http PATCH https://s.example.com/y host=s.example.com full
    getattr(requests, "get")(url) # => http GET https://api.gitlab.com/… host=api.gitlab.com host


def files(name: str, root: Path):
    out = root / "reports" / name
    out.write_text("x") # => file write …/reports/… none param
    with open(Path.cwd() / "notes" / f"{name}.md", "a", encoding="utf-8") as f: # => file append notes/….md prefix param
        f.write("x")
    base = os.path.abspath(os.path.join(os.path.dirname(__file__), ".."))
    open(os.path.join(base, "config.yaml")) # => file read …/../config.yaml none
    safe = os.path.basename(name)
    open(f"uploads/{safe}", "wb") # => file write uploads/… prefix param
    Path("/etc/cron.d", name).write_text("x") # => file write /etc/cron.d/… prefix absolute param
    (Path.home() / ".bashrc").open("a") # => file append ~/.bashrc full absolute
    Path("a/b.txt").parent.mkdir() # => file write a full
    Path("data", "x.csv").replace("/backup/x.csv") # => file write /backup/x.csv full absolute
    os.replace("a.tmp", "a.txt") # => file write a.txt full
    for p in Path("cache").glob("*.tmp"): # => file list cache/*.tmp full
        p.unlink() # => file delete cache/… prefix
    for p in os.listdir("cache"): # => file list cache full
        os.remove(os.path.join("cache", p)) # => file delete cache/… prefix


class Own(requests.Session):
    def load(self):
        return self.get("https://own.example.com/y") # => http GET https://own.example.com/y host=own.example.com full

    def delete(self, url):
        return url


async def browsers(url, frame, engine):
    from playwright.async_api import async_playwright
    from selenium import webdriver
    import boto3
    async with async_playwright() as p:
        browser = await p.chromium.launch()
        page = await browser.new_page()
        await page.goto(url) # => http GET … host= none
    driver = webdriver.Chrome()
    driver.get("https://selenium.example.com") # => http GET https://selenium.example.com host=selenium.example.com full
    table = boto3.resource("dynamodb").Table("orders")
    table.delete_item(Key={"id": 1}) # => sql delete [orders] full where
    boto3.client("dynamodb").delete_table(TableName="orders") # => sql drop [orders] full
    frame.to_sql("users", engine) # => sql insert [users] full
