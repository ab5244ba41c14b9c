import sqlite3
import psycopg2
import asyncpg
from sqlalchemy import create_engine, text, select, delete, update, insert
from sqlalchemy.orm import Session, sessionmaker
from textwrap import dedent

USERS = "users"
DELETE_ALL = "DELETE FROM " + USERS

conn = sqlite3.connect("app.db")
cur = conn.cursor()


def statements(user_id, sql, table, where):
    cur.execute("SELECT * FROM users WHERE id = ?", (user_id,)) # => sql select [users] full where
    cur.execute("DELETE FROM users") # => sql delete [users] full
    cur.execute(DELETE_ALL) # => sql delete [users] full
    cur.execute("DELETE FROM users WHERE 1=1") # => sql delete [users] full
    cur.execute("DELETE FROM users WHERE (1 = 1) OR id = 3") # => sql delete [users] full
    cur.execute("DELETE FROM users WHERE 1=1 AND id = ?", (user_id,)) # => sql delete [users] full where
    cur.execute("delete from public.users where id = %s" % user_id) # => sql delete [public.users] partial where interpolated
    cur.execute(f"DELETE FROM users WHERE id = {user_id}") # => sql delete [users] partial where interpolated
    cur.execute(f"DELETE FROM {table}") # => sql delete [] partial interpolated
    cur.execute(f"DELETE FROM {USERS} WHERE id = 1") # => sql delete [users] full where
    cur.execute(f"DELETE FROM users {where}") # => sql delete [users] partial interpolated
    cur.execute("DELETE FROM {} WHERE id = {}".format(USERS, user_id)) # => sql delete [users] partial where interpolated
    cur.execute("DELETE FROM " + table + " WHERE id = 1") # => sql delete [] partial where interpolated
    cur.execute(sql) # => sql unknown [] none
    conn.execute("DROP TABLE IF EXISTS users, orders") # => sql drop [users orders] full
    conn.executescript("SELECT 1; DROP TABLE a; DELETE FROM b;") # => sql drop [a] full
    conn.executemany("INSERT INTO logs (a, b) VALUES (?, ?)", []) # => sql insert [logs] full
    conn.execute(""" # => sql unknown [] full
        -- DELETE FROM nothing
        WITH old AS (SELECT id FROM orders WHERE at < 1)
        DELETE FROM orders USING old WHERE orders.id = old.id
    """)
    conn.execute("WITH gone AS (DELETE FROM a RETURNING *) SELECT * FROM gone") # => sql delete [a] full
    conn.execute("TRUNCATE TABLE logs") # => sql truncate [logs] full
    conn.execute("UPDATE users SET a = 'DELETE FROM x; DROP TABLE y'") # => sql update [users] full
    conn.execute('DELETE FROM "Users" WHERE "id" = 1') # => sql delete [users] full where
    conn.execute("PRAGMA foreign_keys = ON") # => sql other [] full
    conn.execute("EXPLAIN ANALYZE DELETE FROM users") # => sql delete [users] full
    conn.execute("REPLACE INTO t VALUES (1)") # => sql insert [t] full
    conn.execute("GRANT ALL ON users TO bob") # => sql grant [users] full
    conn.execute("ALTER TABLE users ADD COLUMN x int") # => sql alter [users] full
    conn.execute("SELECT extract(year FROM at) FROM visits JOIN users u ON u.id = 1") # => sql select [visits users] full
    conn.commit()
    conn.close()


def growing(only):
    q = "DELETE FROM users"
    q += " WHERE id = 1"
    cur.execute(q) # => sql delete [users] full where
    r = "DELETE FROM users"
    if only:
        r += " WHERE id = 1"
    cur.execute(r) # => sql delete [users] full
    s = "SELECT 1 FROM a" if only else "DROP TABLE b"
    cur.execute(s) # => sql drop [b] full
    for name in ["a", "b"]:
        cur.execute(f"DELETE FROM {name}") # => sql delete [a b] full


async def pools(dsn):
    pool = await asyncpg.create_pool(dsn)
    async with pool.acquire() as c:
        await c.execute("DELETE FROM sessions") # => sql delete [sessions] full
        rows = await c.fetch("SELECT * FROM sessions") # => sql select [sessions] full
        async with c.transaction():
            await c.execute("DELETE FROM x WHERE id = $1", 3) # => sql delete [x] full where


def helper():
    return psycopg2.connect("dbname=x")


def through():
    with helper().cursor() as c:
        c.execute("DELETE FROM accounts") # => sql delete [accounts] full


class Base:
    pass


class User(Base):
    __tablename__ = "app_users"


engine = create_engine("sqlite://")
SessionLocal = sessionmaker(bind=engine)


def alchemy(session: Session, stmt, user):
    session.execute(text("DELETE FROM users WHERE id = :id"), {"id": 1}) # => sql delete [users] full where
    session.execute(delete(User)) # => sql delete [app_users] full
    session.execute(delete(User).where(User.id == 1)) # => sql delete [app_users] full where
    gone = delete(User).where(User.id == 1)
    session.execute(gone) # => sql delete [app_users] full where
    session.execute(stmt) # => sql unknown [] none
    session.scalars(select(User).where(User.id == 1)).all() # => sql select [app_users] full where
    session.query(User).filter(User.id == 1).delete() # => sql delete [app_users] full where
    session.query(User).delete() # => sql delete [app_users] full
    session.query(User).filter_by(id=1).update({"a": 1}) # => sql update [app_users] full where
    session.delete(user) # => sql delete [] partial where
    session.add(User(a=1)) # => sql insert [app_users] full
    with engine.begin() as c:
        c.execute(text("TRUNCATE users")) # => sql truncate [users] full
    with SessionLocal() as db:
        db.execute(update(User).values(a=1)) # => sql update [app_users] full
        db.execute(insert(User).values(a=1)) # => sql insert [app_users] full
        db.commit()


class Repo:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.cursor = self.conn.cursor()

    def drop(self):
        self.cursor.execute("DROP TABLE t") # => sql drop [t] full


def unknown(cursor, db, task, executor, logger, model, cache):
    cursor.execute("DELETE FROM t") # => sql delete [t] full
    db.execute("DELETE FROM t WHERE id = 1") # => sql delete [t] full where
    cursor.execute(task) # => sql unknown [] none
    executor.execute(task)
    task.execute("Delete from the plan what is not needed")
    logger.info("DELETE FROM t")
    model.run("select the best answer from the list of answers")
    model.run("Select the best answer from the list")
    model.query("what is the weather?")
    cache.delete("user:1")
    cache.get("select")
    task.run("DELETE FROM t") # => sql delete [t] full


def django(Order, request):
    Order.objects.filter(id=1).delete() # => sql delete [order] full where
    Order.objects.all().delete() # => sql delete [order] full
    Order.objects.create(a=1) # => sql insert [order] full
    Order.objects.raw("SELECT * FROM orders") # => sql select [orders] full
    orders = Order.objects.filter(id=1)
    orders.delete() # => sql delete [order] full where
    Order.objects.get(pk=1).delete() # => sql delete [order] full where & sql select [order] full where


def mongo(db):
    db.users.delete_many({}) # => sql delete [users] full
    db["users"].delete_many({"age": 3}) # => sql delete [users] full where
    db.users.insert_one({"a": 1}) # => sql insert [users] full


def frames(df, con):
    import pandas as pd
    pd.read_sql("SELECT * FROM users", con) # => sql select [users] full
    frame = pd.DataFrame({})
    frame.to_sql("users", con) # => sql insert [users] full


def graph(url):
    from neo4j import GraphDatabase
    driver = GraphDatabase.driver(url)
    with driver.session() as s:
        s.run("MATCH (n:Person) DETACH DELETE n") # => sql delete [person] full
        s.run("MATCH (n:Person {name: $name}) RETURN n") # => sql select [person] full where


def conditions(table, a, b, c):
    stmt = select(User)
    if a:
        stmt = stmt.where(User.id == a)
    stmt = sort(stmt, b)
    stmt = stmt.limit(3)
    engine.connect().execute(stmt) # => sql select [app_users] full
    gone = delete(User)
    if a:
        gone = gone.where(User.id == a)
    engine.connect().execute(gone) # => sql delete [app_users] full
    engine.connect().execute(delete(table).where(table.c.id == a)) # => sql delete [] partial where
    q = "SELECT * FROM users WHERE 1=1"
    if a:
        q += " AND a = 1"
    if b:
        q += " AND b = 1"
    if c:
        q += " AND c = 1"
    if a:
        q += f" AND d = {c}"
    cur.execute(q) # => sql select [users] partial where interpolated
    sql = None
    if a:
        sql = "DROP INDEX x"
    else:
        sql = "CREATE INDEX x ON users (a)"
    cur.execute(sql) # => sql drop [] full


def sort(stmt, by):
    return stmt.order_by(by)


def stores(storage, bucket, vector_index, users, db, orders_collection):
    storage.delete_many(["a"])
    bucket.delete_many({"Objects": []})
    vector_index.delete_many(ids=[1])
    users.delete_many({"a": 1}) # => sql delete [users] full where
    db.users.delete_many(users) # => sql delete [users] partial where
    orders_collection.delete_one(users) # => sql delete [orders_collection] partial where


class Wrapper:
    def __init__(self, conn):
        self.conn = conn

    def execute(self, sql):
        self.conn.cursor().execute(sql) # => sql unknown [] none

    def purge(self):
        self.execute("DELETE FROM users") # => sql delete [users] full
        self.get("users")

    def get(self, key):
        return key


def narrowed(table, a, b):
    gone = table.delete().where(table.c.id == a)
    if b:
        gone = gone.where(table.c.x == b)
    engine.connect().execute(gone) # => sql delete [] partial where


def statements_of_a_library(conn, thing, curs, built):
    conn.execute(text("SET TRANSACTION SNAPSHOT '1'")) # => sql other [] full
    thing.execute(text("x"))
    curs.execute(f"{built} FROM a") # => sql unknown [] partial interpolated
