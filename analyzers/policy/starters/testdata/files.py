import json
import os
import shutil
import tempfile
from pathlib import Path

from agents import Agent, function_tool

OUT = Path("output")


def report(data, name):
    OUT.mkdir(exist_ok=True)
    (OUT / "report.json").write_text(json.dumps(data))
    with open(f"output/{name}.csv", "w") as f:
        f.write("a,b")
    with open("config.toml") as f:
        return f.read()


def scratch():
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "a.txt").write_text("x")
    with open("/tmp/cache.json", "w") as f:
        f.write("{}")


def system():
    # expect: file_access_restrictions deny
    with open("/etc/hosts", "a") as f:
        f.write("127.0.0.1 x")
    # expect: file_access_restrictions deny
    shutil.rmtree("/var/lib/app")
    # expect: file_access_restrictions deny
    os.remove("../other/data.db")
    # expect: file_access_restrictions deny
    passwords = open("/etc/passwd").read()
    # expect: file_access_restrictions deny
    Path("~/.bashrc").expanduser().write_text("alias ls=rm")
    # expect: file_access_restrictions deny
    Path(".env").write_text("KEY=1")
    return passwords


def helper(path):
    with open(path) as f:
        return f.read()


@function_tool
def read_note(name: str) -> str:
    """Read a note."""
    # expect: file_access_restrictions warn
    with open(os.path.join("notes", name)) as f:
        return f.read()


@function_tool
# expect: agent_approval_required deny
def save(path: str, text: str) -> None:
    """Save a text."""
    # expect: file_access_restrictions warn
    Path(path).write_text(text)


@function_tool
def key() -> str:
    """The key."""
    # expect: file_access_restrictions deny
    return open(os.path.expanduser("~/.ssh/id_rsa")).read()


@function_tool
def prices() -> str:
    """The prices."""
    with open("data/prices.csv") as f:
        return f.read()


agent = Agent(name="files", tools=[read_note, save, key, prices])
