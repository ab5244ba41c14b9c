# Lines that end with an arrow are reported.
import base64
import functools
import json
from web import request


def direct():
    x = source()
    sink(x)  # <-
    sink("a" + x, 1)  # <-
    sink("%s" % x)  # <-
    sink(f"{x!r:>10}")  # <-
    sink(f"{'a' if x else 'b'}")
    sink("{0}".format(x))  # <-
    sink(k=x)  # <-
    sink(*x)  # <-
    sink({x: 1})  # <-
    x.sink()  # <-
    sink(x.y[0].z())  # <-
    sink(x[1:], 2)  # <-
    sink([y for y in x])  # <-
    sink(base64.b64decode(x).decode())  # <-
    run(1, x)
    run(x, 1)  # <-


def overwritten():
    x = source()
    x = 1
    sink(x)
    x, y = source(), 1
    sink(x)  # <-
    sink(y)
    x, y = y, x
    sink(y)  # <-
    x = "a"
    x += source()
    sink(x)  # <-


def sanitized():
    x = source()
    sink(clean(x))
    sink(clean(x) + x)  # <-
    check(x)
    sink(x)
    fill(y)
    sink(y)  # <-
    z.take(source())
    sink(z)  # <-


def harmless():
    x = source()
    sink(len(x), int(x), x == "a", not x, x.isdigit(), x.count("a"), isinstance(x, str))


def lists():
    a = []
    a.append("safe")
    a.append(source())
    a.append("more")
    sink(a[0])
    sink(a[1])  # <-
    sink(a)  # <-
    a.pop(0)
    sink(a[0])  # <-
    sink(a[1])
    b = [1] + a
    sink(b[1])  # <-
    sink(b[2])
    b.insert(0, source())
    sink(b[0])  # <-
    b.pop(0)
    sink(b[0])
    c, *d = a
    sink(c)  # <-
    sink(d)
    for i, e in enumerate(["a", source()]):
        sink(i)
        sink(e)  # <-
    sink([e + "" for e in ["a", "b"]])


def dicts(key):
    d = {"a": source(), "b": 1}
    sink(d["b"])
    sink(d["a"])  # <-
    sink(d.get("c", "none"))
    sink(d.get("c", source()))  # <-
    sink(d[key])  # <-
    d["a"] = 1
    sink(d)
    d.update({"x": source()})
    sink(d["b"])
    sink(d["x"])  # <-
    d.pop("x")
    sink(d)
    for k, v in {"k": source()}.items():
        sink(k)
        sink(v)  # <-
    doc = json.loads(json.dumps({"a": source(), "b": 2}))
    sink(doc["a"])  # <-
    sink(doc["b"])


def config():
    import configparser
    conf = configparser.ConfigParser()
    conf.add_section("s")
    conf.set("s", "a", "safe")
    conf.set("s", "B", source())
    sink(conf.get("s", "a"))
    sink(conf.get("s", "b"))  # <-
    sink(conf["s"]["a"])


def branches(n):
    x = source()
    if 7 * 18 + 106 > 200:
        x = "safe"
    sink(x)
    y = source() if 1 > 2 else "safe"
    sink(y)
    z = "safe"
    if n:
        z = source()
    sink(z)  # <-
    letter = "ABC"[1]
    match letter:
        case "A":
            w = source()
        case "B":
            w = "safe"
        case _:
            w = source()
    sink(w)
    match n:
        case "A" | "C":
            w = source()
    sink(w)  # <-


def loops():
    x = ""
    while True:
        sink(x)  # <-
        x = source()
        if x:
            break
    for _ in range(0):
        y = source()
        sink(y)
    y = "a"
    for c in source():
        y += c
    sink(y)  # <-


def exceptions():
    try:
        x = {"a": "b"}["a"]
    except KeyError:
        x = source()
    sink(x)
    try:
        y = load()
    except Exception:
        y = source()
    sink(y)  # <-
    try:
        raise ValueError(source())
    except ValueError as e:
        sink(str(e))  # <-
    try:
        return 1
    finally:
        sink(source())  # <-


def closures():
    x = source()

    def inner():
        sink(x)  # <-

    f = lambda v: v + "!"
    sink(f(x))  # <-
    sink(f("a"))
    g = functools.partial(pick, x)
    sink(g("b"))  # <-
    sink(list(map(lambda v: "constant", [x])))
    inner()


def pick(a, b="c", *args, **kwargs):
    return a


def other(a, b="c"):
    return b


def functions():
    x = source()
    sink(pick(x))  # <-
    sink(other(x))
    sink(other(1, b=x))  # <-
    sink(fact(x, 3))  # <-
    helper(x)
    helper("a")


def helper(v):
    sink(v)  # <-


def fact(v, n):
    return v if n == 0 else fact(v, n - 1)


def generator():
    yield "a"
    yield source()


def generators():
    for x in generator():
        sink(x)  # <-
    sink(sum(len(x) for x in generator()))


async def asynchronous():
    sink(await source())  # <-
    async for x in source():
        sink(x)  # <-


def labels():
    both(one())
    both(two())
    both(one() + two())  # <-


counter = "safe"


def writes():
    global counter
    counter = source()


def reads():
    sink(counter)  # <-


class Wrapper:
    def __init__(self, request):
        self.request = request
        self.fixed = {"a": "b"}

    def arg(self, name):
        return self.request.args.get(name)

    def other(self, name):
        return self.request.path

    def preset(self, name):
        return self.fixed.get(name, "none")


def wrapped():
    w = Wrapper(request)
    sink(w.arg("a"))  # <-
    sink(w.other("a"))
    sink(w.preset("a"))
    alias = request
    sink(alias.form["x"])  # <-


def traced(fn):
    @functools.wraps(fn)
    def inside(*args):
        return "cached"

    return inside


@traced
def decorated(v):
    return v


def decorators():
    sink(decorated(source()))


def options(table):
    x = source(a)
    carried(len(x))  # <-
    carried(x == 1)  # <-
    carried(not x)  # <-
    carried(x.isdigit())  # <-
    carried(1 if x else 2)
    narrow(unknown(x))
    narrow(x.unknown())
    narrow(table[x])
    narrow(x.attr + "a")  # <-
    y = x
    assigned(y)  # <-
    assigned(x + "a")
    assigned(unknown(x))
    unified(x, a)  # <-
    unified(x, b)
