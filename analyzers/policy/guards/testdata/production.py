# case: if the variable of the environment is production | production=yes; guard=os.getenv("ENV") == "production"
import os
if os.getenv("ENV") == "production":
    wipe()
# case: else of it | production=no
import os
if os.getenv("ENV") == "production":
    page()
else:
    wipe()
# case: no condition | production=unknown; guard=
def f():
    wipe()
# case: environ subscript, the other way round | production=yes
import os
if "prod" == os.environ["APP_ENV"]:
    wipe()
# case: not equal to production | production=no; guard=os.environ.get("ENVIRONMENT", "development") != "production"
import os
if os.environ.get("ENVIRONMENT", "development") != "production":
    wipe()
# case: equal to staging | production=no
import os
if os.environ.get("ENVIRONMENT") == "staging":
    wipe()
# case: else of staging | production=unknown
import os
if os.environ.get("ENVIRONMENT") == "staging":
    pass
else:
    wipe()
# case: not staging | production=unknown
import os
if os.environ.get("ENVIRONMENT") != "staging":
    wipe()
# case: one of several that are not production | production=no
import os
ENV = os.getenv("ENV", "dev")
def f():
    if ENV in ("dev", "test", "local"):
        wipe()
# case: one of several with production | production=unknown
import os
ENV = os.getenv("ENV", "dev")
def f():
    if ENV in ("staging", "production"):
        wipe()
# case: none of several with production | production=no
import os
ENV = os.getenv("ENV", "dev")
def f():
    if ENV not in ["staging", "production"]:
        wipe()
# case: one of two names of production | production=yes
import os
ENV = os.getenv("ENV", "dev").lower()
def f():
    if ENV in {"prod", "production"}:
        wipe()
# case: early return | production=no; guard=os.getenv("ENV") == "production"
import os
def f():
    if os.getenv("ENV") == "production":
        return
    wipe()
# case: early raise | production=no
import os
def f():
    if os.getenv("ENV") == "production":
        raise RuntimeError("not here")
    for x in xs:
        wipe(x)
# case: early return in one branch only | production=unknown
import os
def f(x):
    if os.getenv("ENV") == "production":
        if x:
            return
    wipe()
# case: early return under another condition as well | production=unknown
import os
def f(x):
    if os.getenv("ENV") == "production" and not x:
        return
    wipe()
# case: early return under either condition | production=no
import os
def f(x):
    if os.getenv("ENV") == "production" or x:
        return
    wipe()
# case: or something else inside | production=unknown
import os
def f(force):
    if os.getenv("ENV") == "production" or force:
        wipe()
# case: or something else, in else | production=no
import os
def f(force):
    if os.getenv("ENV") == "production" or force:
        pass
    else:
        wipe()
# case: de morgan | production=no
import os
def f(x):
    if not (os.getenv("ENV") == "production" or x):
        wipe()
# case: de morgan, and | production=unknown
import os
def f(x):
    if not (os.getenv("ENV") == "production" and x):
        wipe()
# case: assert | production=no
import os
def f():
    assert os.environ["ENV"] != "production", "never"
    wipe()
# case: name assigned once | production=yes
import os
IS_PROD = os.getenv("ENV") == "production"
def f():
    if IS_PROD:
        wipe()
# case: name assigned once, negated | production=no; guard=not IS_PROD
import os
IS_PROD = os.getenv("ENV") == "production"
def f():
    if not IS_PROD:
        wipe()
# case: name that says nothing but is the comparison | production=no
import os
allowed = os.getenv("ENV") != "production"
def f():
    if not allowed:
        return
    wipe()
# case: helper of the file | production=no
import os
def is_production():
    return os.getenv("ENV") == "production"
def f():
    if is_production():
        raise RuntimeError()
    wipe()
# case: helper with another name | production=no
import os
def safe_here():
    if os.getenv("ENV") == "production":
        return False
    return True
def f():
    if safe_here():
        wipe()
# case: helper that can't be seen | production=no
from app.settings import is_production
def f():
    if is_production():
        return
    wipe()
# case: helper that is always true | production=unknown
def is_production():
    return True
def f():
    if is_production():
        wipe()
# case: method of settings | production=yes
def f(settings):
    if settings.is_production():
        wipe()
# case: attribute of settings | production=no
from config import settings
def f():
    if settings.environment == "production":
        return None
    wipe()
# case: property of settings | production=no
from config import settings
def f():
    if settings.is_production:
        return None
    wipe()
# case: enum | production=yes
from app import Environment, settings
def f():
    if settings.ENVIRONMENT == Environment.PRODUCTION:
        wipe()
# case: enum is not | production=no
from app import Environment, settings
def f():
    if settings.ENVIRONMENT is not Environment.PRODUCTION:
        wipe()
# case: django debug | production=no
from django.conf import settings
def f():
    if settings.DEBUG:
        wipe()
# case: django debug off alone | production=unknown
from django.conf import settings
def f():
    if not settings.DEBUG:
        wipe()
# case: some debug flag | production=unknown
import os
DEBUG = os.getenv("DEBUG") == "1"
def f():
    if DEBUG:
        wipe()
# case: flask config | production=no
def f(app):
    if app.config["ENV"] == "production":
        return
    wipe()
# case: config.get | production=yes
def f(config):
    if config.get("env") == "prod":
        wipe()
# case: parameter | production=yes
def deploy(env):
    if env == "production":
        wipe()
# case: parameter, another value | production=unknown
def deploy(env):
    if env == "blue":
        wipe()
# case: elif | production=no
import os
env = os.getenv("ENV")
def f():
    if env == "production":
        pass
    elif env == "staging":
        wipe()
# case: else after elif | production=no
import os
env = os.getenv("ENV")
def f(x):
    if env == "production":
        pass
    elif x:
        pass
    else:
        wipe()
# case: elif after an unrelated if | production=yes
import os
env = os.getenv("ENV")
def f(x):
    if x:
        pass
    elif env == "production":
        wipe()
# case: conditional expression | production=no
import os
env = os.getenv("ENV")
x = None if env == "production" else wipe()
# case: short-circuit and | production=no
import os
env = os.getenv("ENV")
env != "production" and wipe()
# case: short-circuit or | production=no
import os
env = os.getenv("ENV")
env == "production" or wipe()
# case: in the condition itself | production=yes
import os
env = os.getenv("ENV")
if env == "production" and wipe():
    pass
# case: match | production=no
import os
def f():
    match os.getenv("ENV"):
        case "production":
            pass
        case "staging" | "dev":
            wipe()
# case: match of production | production=yes
import os
def f():
    match os.getenv("ENV"):
        case "production" | "prod":
            wipe()
        case _:
            pass
# case: match default | production=no
import os
def f():
    match os.getenv("ENV"):
        case "production":
            return
        case _:
            wipe()
# case: after a match that returns | production=no
import os
def f():
    match os.getenv("ENV"):
        case "production":
            return
    wipe()
# case: continue | production=no
def f(stages):
    for env in stages:
        if env == "production":
            continue
        wipe(env)
# case: break before it | production=no
def f(stages):
    for env in stages:
        if env == "production":
            break
        wipe(env)
# case: after a loop that breaks | production=unknown
def f(stages):
    for env in stages:
        if env == "production":
            break
    wipe()
# case: while guard | production=no
import os
def f():
    while os.getenv("ENV") != "production":
        wipe()
# case: try with the guard in it | production=no
import os
def f():
    try:
        if os.getenv("ENV") == "production":
            raise RuntimeError()
        wipe()
    finally:
        close()
# case: the raise is swallowed | production=unknown
import os
def f():
    try:
        if os.getenv("ENV") == "production":
            raise RuntimeError()
    except RuntimeError:
        pass
    wipe()
# case: in finally | production=unknown
import os
def f():
    try:
        if os.getenv("ENV") == "production":
            return
    finally:
        wipe()
# case: function defined under the guard | production=no
import os
if os.getenv("ENV") != "production":
    def f():
        wipe()
# case: lambda under the guard | production=yes
import os
if os.getenv("ENV") == "production":
    job = lambda: wipe()
# case: variable set again | production=unknown
import os
def f():
    prod_only = os.getenv("ENV") == "production"
    prod_only = True
    if prod_only:
        wipe()
# case: variable set in one branch | production=unknown
import os
def f(x):
    blocked = os.getenv("ENV") == "production"
    if x:
        blocked = False
    if blocked:
        return
    wipe()
# case: startswith | production=yes
import os
if os.environ.get("STAGE", "").startswith("prod"):
    wipe()
# case: not startswith | production=no
import os
if not os.environ.get("STAGE", "").lower().startswith("prod"):
    wipe()
# case: exit | production=no
import os, sys
if os.environ["ENV"] == "production":
    print("no")
    sys.exit(1)
wipe()
# case: helper that exits | production=no; guard=check()
import os, sys
def check():
    if os.environ["ENV"] == "production":
        sys.exit("not in production")
def main():
    check()
    wipe()
# case: helper that only logs | production=unknown
import os
def check():
    if os.environ["ENV"] == "production":
        log("careful")
def main():
    check()
    wipe()
# case: enforcing helper that can't be seen | production=no
from safety import ensure_not_production
def main():
    ensure_not_production()
    wipe()
# case: decorator of the file | production=no
import os, functools
def not_in_prod(fn):
    @functools.wraps(fn)
    def wrapper(*args, **kwargs):
        if os.getenv("ENV") == "production":
            raise RuntimeError()
        return fn(*args, **kwargs)
    return wrapper
@not_in_prod
def f():
    wipe()
# case: decorator that can't be seen | production=no
from guards import skip_in_production
@skip_in_production
def f():
    wipe()
# case: a private helper, all callers guarded | production=no
import os
def _purge():
    wipe()
def main():
    if os.getenv("ENV") == "development":
        _purge()
# case: a helper, one caller not guarded | production=unknown
import os
def _purge():
    wipe()
def main():
    if os.getenv("ENV") == "development":
        _purge()
def other():
    _purge()
# case: a helper that is also given away | production=unknown
import os
def _purge():
    wipe()
def main():
    if os.getenv("ENV") == "development":
        _purge()
register(_purge)
# case: production in a comment and a log line | production=unknown
def f():
    # never in production
    log("production")
    wipe()
# case: region is no environment | production=unknown
import os
if os.getenv("REGION") == "production":
    pass
if os.getenv("REGION") == "eu":
    wipe()
# case: comprehension condition | production=no
def f(envs):
    return [wipe(env) for env in envs if env != "production"]
# case: walrus | production=yes
import os
if (env := os.getenv("ENV")) == "production":
    wipe()
# case: nested guards that agree | production=yes
import os
def f():
    if os.getenv("ENV") == "production":
        if os.getenv("REGION") == "eu":
            wipe()
# case: dry run is not about it | production=unknown
def f(dry_run):
    if dry_run:
        return
    wipe()
# case: method reads an attribute set from the environment | production=no
import os
class Store:
    def __init__(self):
        self.mode = os.getenv("APP_ENV", "production")
    def clear(self):
        if self.mode == "production":
            raise PermissionError()
        wipe()
# case: gym environment | production=unknown
import gym
env = gym.make("CartPole")
if env == "CartPole":
    wipe()
# case: debug of an application's own settings | production=unknown
def f(config):
    if config.debug:
        wipe()
# case: debug of flask | production=no
def f(app):
    if app.config["DEBUG"]:
        wipe()
# case: continuous integration deploys to production | production=unknown
import os
if os.getenv("CI"):
    wipe()
# case: where a browser runs | production=unknown
def f(env):
    if env == "local":
        wipe()
# case: local settings | production=no
def f(settings):
    if settings.environment == "local":
        wipe()
# case: local or a test | production=no
def f(env):
    if env in ("local", "test"):
        wipe()
# case: type of an environment | production=unknown
def f(tool):
    if tool.environment.type == "local":
        wipe()
# case: a live mode | production=unknown
def f(body):
    if body["mode"] == "live":
        wipe()
