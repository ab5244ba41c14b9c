import pytest
import requests
from openai import OpenAI


@pytest.fixture
def db(connection):
    connection.execute("DELETE FROM users")
    return connection


def test_remove(db, tmp_path):
    db.execute("DROP TABLE users")
    requests.get("https://api.example.org/users")
    for text in ["a", "b"]:
        OpenAI().responses.create(model="gpt-5-mini", input=text)
    open("/etc/hosts", "a").close()
