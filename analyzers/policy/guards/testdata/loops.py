# case: no loop | depth=0; bounded=yes; function=f; class=
def f():
    wipe()
# case: range of a constant | depth=1; bounded=yes
def f():
    for i in range(10):
        wipe()
# case: range of a name | depth=1; bounded=unknown
def f(n):
    for i in range(n):
        wipe()
# case: range of a default | depth=1; bounded=unknown
def f(n=5):
    for i in range(n):
        wipe()
# case: constant list | depth=1; bounded=yes
MODELS = ["a", "b"]
def f():
    for m in MODELS:
        wipe(m)
# case: parameter | depth=1; bounded=unknown
def f(xs):
    for x in xs:
        wipe(x)
# case: nested | depth=2; bounded=unknown
def f(xs):
    for i in range(3):
        for x in xs:
            wipe(x)
# case: while true without a way out | depth=1; bounded=no
def f():
    while True:
        wipe()
# case: while true with break | depth=1; bounded=unknown
def f():
    while True:
        if wipe():
            break
# case: the break is of another loop | depth=1; bounded=no
def f():
    while True:
        for x in xs:
            break
        wipe()
# case: while true with return | depth=1; bounded=unknown
def f():
    while True:
        if wipe():
            return
# case: counter | depth=1; bounded=yes
def f():
    n = 0
    while n < 5:
        wipe()
        n += 1
# case: counter with another condition | depth=1; bounded=yes
def f():
    n = 0
    while n < 5 and not done():
        n = n + 1
        wipe()
# case: counter that may not count | depth=1; bounded=unknown
def f():
    n = 0
    while n < 5:
        if wipe():
            n += 1
# case: counter skipped by continue | depth=1; bounded=unknown
def f():
    n = 0
    while n < 5:
        if wipe():
            continue
        n += 1
# case: countdown | depth=1; bounded=yes
def f():
    n = 5
    while n > 0:
        wipe()
        n -= 1
# case: counts the wrong way | depth=1; bounded=unknown
def f():
    n = 5
    while n > 0:
        wipe()
        n += 1
# case: while something | depth=1; bounded=unknown
def f():
    while not done():
        wipe()
# case: comprehension | depth=1; bounded=unknown
def f(xs):
    return [wipe(x) for x in xs]
# case: first iterable of a comprehension | depth=0; bounded=yes
def f(xs):
    return [g(x) for x in wipe()]
# case: function in a loop | depth=0; bounded=yes; function=f.g
def f(xs):
    for x in xs:
        def g():
            wipe()
# case: lambda in a loop | depth=1; bounded=unknown; function=f
def f(xs):
    for x in xs:
        run(lambda: wipe(x))
# case: enumerate of a constant | depth=1; bounded=yes
for i, m in enumerate(["a", "b"]):
    wipe(m)
# case: slice | depth=1; bounded=yes
def f(xs):
    for x in xs[:5]:
        wipe(x)
# case: zip with a range | depth=1; bounded=yes
def f(xs):
    for i, x in zip(range(3), xs):
        wipe(x)
# case: method | depth=0; function=A.f; class=A; decorators=staticmethod,tenacity.retry
from tenacity import retry
class A:
    @staticmethod
    @retry(stop=3)
    def f():
        wipe()
# case: while loop's condition | depth=1; bounded=unknown
def f():
    while wipe():
        pass
# case: iterable of a loop | depth=0
def f():
    for x in wipe():
        pass
# case: try | try=true
def f():
    try:
        wipe()
    except Exception:
        pass
# case: finally alone | try=false
def f():
    try:
        wipe()
    finally:
        pass
# case: in the except | try=false
def f():
    try:
        g()
    except Exception:
        wipe()
# case: else of a try | try=false
def f():
    try:
        g()
    except Exception:
        pass
    else:
        wipe()
# case: outer try | try=true
def f():
    try:
        try:
            g()
        except ValueError:
            wipe()
    except Exception:
        pass
# case: caught in the caller only | try=false
def g():
    wipe()
def f():
    try:
        g()
    except Exception:
        pass
# case: suppress | try=true
import contextlib
def f():
    with contextlib.suppress(OSError):
        wipe()
# case: test function | test=true
def test_it():
    assert wipe()
# case: a function named like a test | test=false
@app.get("/test")
def test_endpoint():
    wipe()
# case: test class | test=true
import helpers
class T(helpers.MyTestCase):
    def setUp(self):
        wipe()
# case: lambda given to map | depth=1; bounded=unknown
def f(xs):
    return list(map(lambda x: wipe(x), xs))
# case: nested function called for each | depth=1; bounded=unknown; function=f.one
async def f(xs):
    async def one(x):
        return await wipe(x)
    return await gather(*[one(x) for x in xs])
# case: nested function given to map | depth=1; bounded=yes
def f():
    def one(x):
        return wipe(x)
    return list(map(one, ["a", "b"]))
# case: nested function called once | depth=0; bounded=yes
def f(xs):
    def one():
        return wipe()
    for x in xs:
        print(x)
    return one()
# case: function of the file called in a loop | depth=0
def one(x):
    return wipe(x)
def f(xs):
    for x in xs:
        one(x)
# case: executor | depth=1; bounded=unknown
def f(xs, pool):
    def one(x):
        return wipe(x)
    return pool.map(one, xs)
