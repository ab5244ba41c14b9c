# case: none | limited=no; rpm=0
def f():
    wipe()
# case: decorator of ratelimit | limited=yes; rpm=900
from ratelimit import limits, sleep_and_retry
@sleep_and_retry
@limits(calls=15, period=1)
def f():
    wipe()
# case: decorator with constants | limited=yes; rpm=20
from ratelimit import limits
CALLS = 10
@limits(calls=CALLS, period=30)
def f():
    wipe()
# case: slowapi | limited=yes; rpm=5
from slowapi import Limiter
limiter = Limiter(key_func=get_remote_address)
@app.get("/")
@limiter.limit("5/minute")
async def f():
    wipe()
# case: aiolimiter | limited=yes; rpm=100
from aiolimiter import AsyncLimiter
limiter = AsyncLimiter(100, 60)
async def f():
    async with limiter:
        await wipe()
# case: beside aiolimiter | limited=no
from aiolimiter import AsyncLimiter
limiter = AsyncLimiter(100, 60)
async def f():
    async with limiter:
        await other()
    await wipe()
# case: semaphore is no rate | limited=no
import asyncio
limiter = asyncio.Semaphore(5)
async def f():
    async with limiter:
        await wipe()
# case: acquire before it | limited=yes
async def f(self):
    await self.rate_limiter.acquire()
    await wipe()
# case: acquire in one branch | limited=no
async def f(self, x):
    if x:
        await self.rate_limiter.acquire()
    await wipe()
# case: acquire after it | limited=no
async def f(self):
    await wipe()
    await self.rate_limiter.acquire()
# case: pyrate | limited=yes; rpm=30
from pyrate_limiter import Limiter, Rate, Duration
limiter = Limiter(Rate(30, Duration.MINUTE))
def f():
    limiter.try_acquire("llm")
    wipe()
# case: retries are no rate | limited=no
from tenacity import retry
@retry
def f():
    wipe()
# case: sleep in the loop | limited=unknown
import time
def f(xs):
    for x in xs:
        wipe(x)
        time.sleep(1)
# case: limiter of a langchain model | limited=yes; rpm=6
from langchain_core.rate_limiters import InMemoryRateLimiter
from langchain_openai import ChatOpenAI
limiter = InMemoryRateLimiter(requests_per_second=0.1)
llm = ChatOpenAI(model="gpt-4o", rate_limiter=limiter)
llm.wipe("x")
# case: max_rpm of crewai | limited=yes; rpm=10
from crewai import Crew
crew = Crew(agents=[], tasks=[], max_rpm=10)
crew.wipe()
# case: asked and looked at | limited=yes
def f(limiter):
    if not limiter.allow():
        return
    wipe()
# case: asked and not looked at | limited=unknown
def f(limiter):
    limiter.allow()
    wipe()
# case: own decorator by name | limited=yes; rpm=60
@rate_limit(60, per="minute")
def f():
    wipe()
# case: helper that waits | limited=yes
async def throttled(self):
    await self.limiter.acquire()
async def f(self):
    await throttled(self)
    wipe()
# case: delimiter is no limiter | limited=no
def f(delimiter):
    delimiter.check()
    wipe()
# case: limit of a query | limited=no
def f(query):
    query.limit(10)
    wipe()
