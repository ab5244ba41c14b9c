"""Deletes as people write them. A comment that expects names the policy and the rule that report the next line."""
import os
import sqlite3

import psycopg2
from sqlalchemy import create_engine, delete, text
from sqlalchemy.orm import Session

from app.models import User

engine = create_engine(os.environ["DATABASE_URL"])
ENVIRONMENT = os.getenv("ENVIRONMENT", "development")


def remove_user(user_id):
    conn = psycopg2.connect(os.environ["DATABASE_URL"])
    with conn.cursor() as cur:
        # expect: no_prod_db_deletes deny
        cur.execute("DELETE FROM users WHERE id = %s", (user_id,))
    conn.commit()


def clear(table):
    db = sqlite3.connect("app.db")
    # expect: no_prod_db_deletes deny
    db.execute(f"DELETE FROM {table}")
    # expect: no_prod_db_deletes deny
    db.execute("TRUNCATE TABLE audit")
    # expect: no_prod_db_deletes deny
    db.execute("DROP TABLE IF EXISTS sessions")
    db.execute("DROP INDEX IF EXISTS by_name")
    db.execute("SELECT * FROM users WHERE deleted = 1")
    db.execute("UPDATE users SET deleted = 1 WHERE id = 3")
    db.execute("CREATE TABLE deletes (id INTEGER)")


def orm(session: Session, user_id):
    # expect: no_prod_db_deletes deny
    session.execute(delete(User).where(User.id == user_id))
    # expect: no_prod_db_deletes deny
    session.query(User).filter(User.id == user_id).delete()
    with engine.begin() as conn:
        # expect: no_prod_db_deletes deny
        conn.execute(text("delete from users where id = :id"), {"id": user_id})
        conn.execute(text("select * from users"))


def reset():
    if ENVIRONMENT == "production":
        raise RuntimeError("never in production")
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM users"))


def reset_staging():
    if ENVIRONMENT != "production":
        with engine.begin() as conn:
            conn.execute(text("DELETE FROM users"))


def purge_production():
    if ENVIRONMENT == "production":
        with engine.begin() as conn:
            # expect: no_prod_db_deletes deny
            conn.execute(text("DELETE FROM users WHERE expired"))


def with_approval(user_id):
    answer = input(f"Delete user {user_id}? [y/N] ")
    if answer.lower() != "y":
        print("kept")
        return
    with engine.begin() as conn:
        conn.execute(text("DELETE FROM users WHERE id = :id"), {"id": user_id})


def from_a_model(statement):
    with engine.begin() as conn:
        # expect: no_prod_db_deletes warn
        conn.execute(text(statement))
