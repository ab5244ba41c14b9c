f1(1)
f2(1, 2)
f2(2, 3)
f2(3, 1)
def foo(p):
    f1(2)
    if p:
        f1(3)
def bar(q):
    f1(q)
    f1(2)
m1(inner(1))
m1(inner(2))
m1(bar(inner(2)))
m1("str")
m1(1)
class K:
    def a(self, x):
        self.y = x
        return self.z
    def b(self):
        self.y = self.z
        print(self.w)
a = src()
sink(a)
print(a)
b = src2(a)
sink(b)
c = clean(src())
sink(c)
sink(input())
sink("select abc")
sink("Select abc")
obj.sink(1)
sink("x")
sink(x)
sink(yy)
sink("abcd")
def g():
    d = src()
    sink(d)
    print(d)
    print(e)
sink("select(1)")
