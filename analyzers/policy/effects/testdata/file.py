import glob
import io
import json
import os
import shutil
import tempfile
import zipfile
from os import remove as rm
from pathlib import Path

import aiofiles
import pandas as pd

DATA = Path("data")
ROOT = Path(__file__).parent


def paths(name, mode, request, data):
    open("data/a.txt") # => file read data/a.txt full
    open("data/a.txt", "w") # => file write data/a.txt full
    open("data/a.txt", mode="a") # => file append data/a.txt full
    open("data/a.bin", "rb+") # => file write data/a.bin full
    open("data/a.txt", mode) # => file other data/a.txt full
    open(name) # => file read … none param
    open(f"data/{name}.json", "w") # => file write data/….json prefix param
    open("data/" + name, "w") # => file write data/… prefix param
    open(os.path.join("data", name), "w") # => file write data/… prefix param
    open(os.path.join("data", "..", "..", "etc"), "w") # => file write data/../../etc full escapes
    open("../outside.txt", "w") # => file write ../outside.txt full escapes
    open("/etc/passwd") # => file read /etc/passwd full absolute
    open(os.path.expanduser("~/.ssh/id_rsa")) # => file read ~/.ssh/id_rsa full absolute
    open(DATA / "x.json", "w") # => file write data/x.json full
    open(DATA / name) # => file read data/… prefix param
    open(ROOT / "x.json", "x") # => file write …/x.json none
    target = DATA / name
    target.write_text("x") # => file write data/… prefix param
    (DATA / "y.txt").read_text(encoding="utf-8") # => file read data/y.txt full
    Path(name).unlink(missing_ok=True) # => file delete … none param
    Path("logs").mkdir(parents=True, exist_ok=True) # => file write logs full
    Path("logs").joinpath("a.log").open("a") # => file append logs/a.log full
    Path.home().joinpath(".cfg").read_bytes() # => file read ~/.cfg full absolute
    Path("a").rename("b") # => file write b full
    DATA.rglob("*.md") # => file list data/*.md full
    rm("data/x") # => file delete data/x full
    os.remove(target) # => file delete data/… prefix param
    os.makedirs("/var/x", exist_ok=True) # => file write /var/x full absolute
    os.listdir(".") # => file list . full
    os.chmod("run.sh", 0o755) # => file chmod run.sh full
    os.rename("a", "/b/c") # => file write /b/c full absolute
    shutil.rmtree("/data/cache") # => file delete /data/cache full absolute
    shutil.copy("a", f"/backup/{name}") # => file write /backup/… prefix absolute param
    shutil.move(src="a", dst="b") # => file write b full
    glob.glob("data/**/*.md") # => file list data/**/*.md full
    with tempfile.TemporaryDirectory() as tmp: # => file write /tmp/… prefix absolute
        open(os.path.join(tmp, "x"), "w") # => file write /tmp/…/x prefix absolute
    with zipfile.ZipFile("a.zip") as z: # => file read a.zip full
        z.extractall("out") # => file write out full
    json.dump({}, open("out.json", "w")) # => file write out.json full
    df = pd.read_csv("data.csv") # => file read data.csv full
    df.to_csv("out.csv") # => file write out.csv full
    df.to_csv()
    pd.read_csv("https://example.com/a.csv") # => http GET https://example.com/a.csv host=example.com full
    pd.read_csv(io.StringIO(data))
    open(request.args["path"]) # => file read … none param
    open("C:\\data\\x") # => file read C:/data/x full absolute
    os.path.exists("x")
    fd = os.open("a", os.O_WRONLY | os.O_CREAT) # => file write a full


async def async_paths(file_path: Path):
    async with aiofiles.open("data/x", "w") as f: # => file write data/x full
        await f.write("x")
    file_path.write_text("x") # => file write … none param
    file_path.unlink() # => file delete … none param
    with file_path.open("w") as f: # => file write … none param
        f.write("x")


class Store:
    def __init__(self, root="store"):
        self.root = Path(root)
        self.fixed = Path("fixed")

    def save(self, key, text):
        path = self.root / f"{key}.json"
        path.write_text(text) # => file write …/….json none param
        (self.fixed / key).write_text(text) # => file write fixed/… prefix param


def others(dialog, webbrowser, session, response, store, img):
    dialog.open("x")
    session.open()
    response.read()
    store.unlink(3)
    store.touch("key")


def temporary(data):
    fd, name = tempfile.mkstemp(suffix=".txt") # => file write /tmp/… prefix absolute
    os.unlink(name) # => file delete /tmp/… prefix absolute
    with tempfile.NamedTemporaryFile(delete=False) as tmp: # => file write /tmp/… prefix absolute
        tmp.write(data)
    os.unlink(tmp.name) # => file delete /tmp/… prefix absolute
    with tempfile.NamedTemporaryFile(dir="data") as kept: # => file write data/… prefix
        open(kept.name, "w") # => file write data/… prefix


def homes():
    open(os.environ["HOME"] + "/.zshrc", "a") # => file append ~/.zshrc full absolute & env read HOME
    open(os.path.join(os.getenv("HOME"), ".npmrc")) # => file read ~/.npmrc full absolute & env read HOME


def readers(io, path, statement):
    io.read_text(path)
    path.read_text("utf-8") # => file read … none param
    statement.to_sql()


def elsewhere(helper, name):
    from helpers import data_file
    p = data_file()
    p.write_text("x") # => file write … none
    name.resolve().parent.mkdir(parents=True) # => file write … none param
    import importlib.resources
    importlib.resources.read_text("package", "x")
    helper.write_text(name, "x")
