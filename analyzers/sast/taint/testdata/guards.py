import os
import re
from pathlib import Path
from urllib.parse import urlparse

ALLOWED = frozenset(["a", "b"])
NAME = re.compile(r"[a-z0-9_-]+")


def allow_lists(table):
    x = source()
    if x in ("a", "b"):
        sink(x)
    sink(x)  # <-
    if x not in ALLOWED:
        return
    sink(x)
    y = source()
    if y in table:
        sink(y)  # <-
    z = source()
    if z.lower() not in allowed_names:
        raise ValueError(z)
    sink(z)


def equal():
    x = source()
    if x == "a" or x == "b":
        sink(x)
    if x != "a":
        sink(x)  # <-
    else:
        sink(x)


def kinds():
    x = source()
    if not x.isdigit():
        sink(x)  # <-
        return
    sink(x)
    y = source()
    if isinstance(y, (int, float)):
        sink(y)
    if isinstance(y, str):
        sink(y)  # <-


def patterns():
    x = source()
    if re.fullmatch(r"[a-z]+", x):
        sink(x)
    if re.match(r"[a-z]+", x):
        sink(x)  # <-
    if not NAME.fullmatch(x):
        abort(400)
        return
    sink(x)
    y = source()
    if re.match(r"^[^'\"]*$", y) is None:
        return
    sink(y)  # <-


def flags():
    x = source()
    ok = x in ALLOWED
    if not ok:
        return
    sink(x)
    ok = ok and ok
    if ok:
        sink(x)


def both():
    x = source()
    if x in ALLOWED:
        y = x
    else:
        y = "a"
    sink(y)


def paths():
    x = source()
    p = os.path.realpath(os.path.join("/srv", x))
    open(p)  # <-
    if not p.startswith("/srv/"):
        return
    open(p)
    q = (Path("/srv") / x).resolve()
    if q.is_relative_to("/srv"):
        open(q)
    r = source()
    if r.startswith("/srv"):
        open(r)  # <-
    if ".." in r or r.startswith("/"):
        raise ValueError
    open(r)


def addresses():
    x = source()
    redirect("https://example.org/?q=" + x)
    redirect(f"https://{x}/")  # <-
    redirect("/" + x)  # <-
    redirect("/find?q=" + x)
    url = urlparse(x)
    if url.netloc not in ["example.org"]:
        return
    redirect(x)
    y = source()
    if not y.startswith("/") or y.startswith("//"):
        y = "/"
    redirect(y)
