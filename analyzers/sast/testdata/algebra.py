x = 5
x = 55
y = "aaa\
bbb"
f1("ab")
f1("abc")
f1(ab)
f1(xab)
f1(f"ab{z}")
f1('ab')
v = "ab"
f1(v)
def foo(p):
    g1(1)
    k1("a")
    k1(k2(1))
    k1("b")
# cmt
k1("c")
k1("zapper", "a")
s = "zapper"
h1(1, 2)
h1(k(3), 3)
h1(k(3), 4)
h1()
m1(inner(1))
m1(bar(inner(2)))
m1("hello big world")
m1("alert(1)")
m1("hello")
m1(hello)
c1(3)
c1(6)
c1(7)
c1("6")
c1("7")
c1(0x10)
c1("10")
c1(10)
c1("abc")
c1(abc)
c1(4)
c1(8)
c1(-8)
c1(8.5)
n = 9
c1(n)
c1(2+7)
k1("a", k1("b", k1("a")))
f1(1)
f2(1, 2, 3, 4)
f3(3)
e2("(a+)+$")
e2("abc*")
e2("(a|a)*")
e2("(.*)*x")
e2("^(\w+\s?)*$")
e2("(a|b)+")
e2("(x+x+)+y")
m1(inner(1))
m1("hello world")
m1("hello")
m1("well hello")
def foo(p, q=1, *r):
    f1(2)
    if p:
        f1(3)
        f2(5, 6)
m2(f"SELECT {x} FROM t")
m2("SELECT a FROM t")
m2("SELECT a" + " FROM t")
m2("SELECT a" " FROM t")
c1("10")
c1(10)
c1(8)
f2(1, 9)
f2(2, 9)
"""
alpha b c

omega
"""


def trailing_ellipsis(pool):
    a = pool.acquire()
    a.use()


def trailing_ellipsis_released(pool):
    b = pool.acquire()
    b.release()
