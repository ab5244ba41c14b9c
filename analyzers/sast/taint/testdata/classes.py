from collections import namedtuple
from dataclasses import dataclass

Pair = namedtuple("Pair", "left right")


@dataclass
class Item:
    name: str
    price: int = 0


class Base:
    kind = "base"

    def __init__(self, v):
        self.v = v

    def get(self):
        return self.v

    @property
    def prop(self):
        return self.v

    @classmethod
    def named(cls, v):
        return cls.kind

    @staticmethod
    def same(v):
        return v

    @classmethod
    def make(cls, v):
        return cls(v)


class Child(Base):
    def __init__(self, v):
        super().__init__(v)
        self.own = "own"

    def __str__(self):
        return "child"


class Fixed(Base):
    def get(self):
        return "fixed"


def factory(kind):
    if kind == "fixed":
        return Fixed("x")
    return Child("x")


def instances():
    x = source()
    sink(Base(x).get())  # <-
    sink(Base("a").get())
    c = Child(x)
    sink(c.get())  # <-
    sink(c.prop)  # <-
    sink(c.own)
    sink(str(c))
    sink(Fixed(x).get())
    sink(Base.named(x))
    sink(Base.same(x))  # <-
    sink(Base.make(x).v)  # <-
    sink(factory("fixed").same(x))  # <-
    c.v = "a"
    sink(c.get())
    p = Pair("a", x)
    sink(p.left)
    sink(p.right)  # <-
    sink(p[0])
    left, right = p
    sink(left)
    sink(right)  # <-
    i = Item("a", price=x)
    sink(i.name)
    sink(i.price)  # <-
    open_ended.a.b = x
    sink(open_ended.a.b)  # <-
    sink(open_ended.a.c)


class Later:
    def __init__(self):
        self.a = source()
        self.b = "safe"

    def use(self):
        sink(self.a)  # <-
        sink(self.b)

    def store(self):
        self.c = source()

    def load(self):
        sink(self.c)  # <-


class Context:
    def __enter__(self):
        return "safe"

    def __exit__(self, *args):
        pass


def context():
    with Context() as c:
        sink(c)
    with manager(source()) as m:
        sink(m)  # <-


class Model(BaseModel):
    count: int
    name: str


def typed(m: Model = source()):
    sink(m.count)
    sink(m.name)  # <-


class Abstract:
    def hook(self, v):
        raise NotImplementedError

    def use(self):
        x = self.hook(source())
        sink(x)  # <-


def roles(settings):
    x = source()
    if x not in settings.ROLES:
        return
    sink(x)
