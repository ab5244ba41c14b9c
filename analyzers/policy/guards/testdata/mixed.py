# case: property of another name | production=no
import os
class Store:
    def __init__(self):
        self.env = os.getenv("ENV")
    @property
    def locked(self):
        return self.env == "production"
    def clear(self):
        if self.locked:
            return
        wipe()
# case: settings module of django | production=no
import os
if os.environ.get("DJANGO_SETTINGS_MODULE") != "shop.settings.production":
    wipe()
# case: unset counts as production | production=no
import os
def f():
    env = os.getenv("ENV")
    if not env or env == "production":
        raise RuntimeError()
    wipe()
# case: a fallback in the comparison | production=no
import os
def f():
    if (os.getenv("ENV") or "production") == "production":
        return
    wipe()
# case: a switch of its own | production=unknown
import os
def f():
    if os.getenv("ALLOW_DELETE") != "1":
        return
    wipe()
# case: names of production in a constant | production=no
import os
PRODUCTION_ENVS = {"prod", "production"}
def f():
    if os.getenv("ENV") in PRODUCTION_ENVS:
        return
    wipe()
# case: names of what is safe in a frozenset | production=no
import os
SAFE = frozenset({"dev", "ci"})
def f():
    if os.getenv("ENV") not in SAFE:
        return
    wipe()
# case: raises by name | production=no
from safety import raise_if_production
def f():
    raise_if_production()
    wipe()
# case: checks by name, who knows what | production=unknown
from safety import check_production_access
def f():
    check_production_access()
    wipe()
# case: enum in a match | production=no
def f(settings):
    match settings.env:
        case Environment.PRODUCTION:
            raise RuntimeError()
    wipe()
# case: a flag in the environment | production=no
import os
def f():
    if os.getenv("PRODUCTION") == "true":
        return
    wipe()
# case: a flag in the environment as a number | production=no
import os
def f():
    if int(os.environ.get("IS_PROD", "0")):
        return
    wipe()
# case: a flag compared the other way | production=no
import os
if os.environ.get("IS_PRODUCTION", "0") == "0":
    wipe()
# case: name of the environment in a group | production=no
def f(config):
    if config["environment"]["name"] == "production":
        return
    wipe()
# case: mode | production=no
def f(app):
    if app.mode == "production":
        return
    wipe()
# case: mode of training | production=unknown
def f(self):
    if self.mode == "test":
        wipe()
# case: not dev raises | production=no
import os
IS_DEV = os.getenv("ENV") == "dev"
def f():
    if not IS_DEV:
        raise RuntimeError()
    wipe()
# case: all of several | production=no
import os
def f(x):
    if not all([os.getenv("ENV") != "production", x]):
        return
    wipe()
# case: any of several | production=no
import os
def f(x):
    if any([os.getenv("ENV") == "production", x]):
        return
    wipe()
# case: guard in the caller only | production=no
import os
class Job:
    def run(self):
        if os.getenv("ENV") == "production":
            return
        self._wipe_all()
    def _wipe_all(self):
        for t in self.tables:
            wipe(t)
# case: main of a script | production=no
import os, sys
def main():
    wipe()
if __name__ == "__main__":
    if os.getenv("ENV") == "production":
        sys.exit("never")
    main()
# case: answers in a constant | approved=yes
YES = {"y", "yes"}
def f():
    if input("Drop? ").lower() not in YES:
        return
    wipe()
# case: first letter | approved=yes
def f():
    if input("Drop? ")[:1].lower() != "y":
        return
    wipe()
# case: walrus and exit | approved=yes
import sys
def f():
    if not (yn := input("Drop? ")).startswith("y"):
        sys.exit(1)
    wipe()
# case: no terminal counts as no | approved=yes
def f():
    try:
        answer = input("Drop? [y/N] ")
    except EOFError:
        answer = "n"
    if answer != "y":
        return
    wipe()
# case: no terminal counts as yes | approved=no
def f():
    try:
        answer = input("Drop? [y/N] ")
    except EOFError:
        answer = "y"
    if answer != "y":
        return
    wipe()
# case: asked in a loop with both answers | approved=yes
def f():
    while True:
        a = input("Drop? [y/n] ")
        if a == "y":
            break
        elif a == "n":
            return
    wipe()
# case: own question in a loop | approved=yes
def sure(msg):
    while True:
        r = input(msg)
        if r in ("y", "yes"):
            return True
        if r in ("n", "no"):
            return False
def f():
    if sure("Drop? "):
        wipe()
# case: a message of a chat | approved=unknown
async def f(bot):
    approval = await bot.wait_for("message")
    if approval.content != "yes":
        return
    wipe()
# case: a reply of a service | approved=unknown
def f():
    reply = requests.get(URL)
    if not reply.json()["approved"]:
        return
    wipe()
# case: interrupt whose value is unpacked | approved=yes
from langgraph.types import interrupt
def node(state):
    reply = interrupt([{"action": "x"}])[0]
    if reply["type"] == "accept":
        wipe()
# case: approved call of pydantic | approved=yes
from pydantic_ai import ApprovalRequired
def tool(ctx):
    if not ctx.tool_call_approved:
        raise ApprovalRequired()
    wipe()
# case: confirmation of a tool | approved=yes
def tool(tool_context):
    if not tool_context.tool_confirmation or not tool_context.tool_confirmation.confirmed:
        return
    wipe()
# case: elicitation | approved=yes
async def tool(ctx):
    result = await ctx.elicit(message="Drop the table?", schema=Sure)
    if result.action != "accept":
        return
    wipe()
# case: decision of a model | approved=unknown
def f(critic_agent):
    if not critic_agent.approve("plan"):
        return
    wipe()
# case: act of approving | approved=no
def f(state, item):
    state.approve(item)
    wipe()
# case: whether approval is needed | approved=unknown
def f(self):
    if self.needs_approval("x") and not self.ask_approval("x"):
        return
    wipe()
# case: an object is made | approved=no
def f():
    request = ApprovalRequest("x")
    wipe()
# case: rights are no approval | approved=no
def f(user):
    require_permission(user, "delete")
    wipe()
# case: approval from the caller by keyword | approved=yes
def _purge(approved):
    if not approved:
        return
    wipe()
def run():
    _purge(approved=input("Drop? [y/n]") == "y")
# case: constant from the caller | approved=no
def _purge(approved):
    if not approved:
        return
    wipe()
def run():
    _purge(True)
# case: dispatch after approval | approved=yes
def purge():
    wipe()
TOOLS = {"purge": purge}
def run(name):
    if input(f"Run {name}? [y/n]") != "y":
        return
    return TOOLS[name]()
# case: dispatch without | approved=no
def purge():
    wipe()
TOOLS = {"purge": purge}
def run(name):
    return TOOLS[name]()
# case: environment from the caller | production=no
def _purge(env):
    if env == "production":
        raise RuntimeError()
    wipe()
def run():
    _purge("staging")
# case: dispatch by a variable | approved=yes
def purge():
    wipe()
TOOLS = {"purge": purge}
def run(name, args):
    if name not in TOOLS:
        return "unknown"
    fn = TOOLS.get(name)
    if not confirm_tool_call(name):
        return "rejected"
    return fn(**args)
# case: the table is given away too | approved=no
def purge():
    wipe()
TOOLS = {"purge": purge}
agent = Agent(tools=TOOLS)
def run(name):
    if input(f"Run {name}? [y/n]") != "y":
        return
    return TOOLS[name]()
# case: context manager by name | approved=yes
def f():
    with human_approval("delete"):
        wipe()
# case: context manager of the file | production=no; approved=no
import os, contextlib
@contextlib.contextmanager
def outside_of_production():
    if os.getenv("ENV") == "production":
        raise RuntimeError()
    yield
def f():
    with outside_of_production():
        wipe()
# case: dependency of a route by name | approved=yes
@app.delete("/users")
def f(_: None = Depends(require_approval)):
    wipe()
# case: dependency of a route of the file | production=no
import os
def not_live():
    if os.getenv("ENV") == "production":
        raise HTTPException(403)
@app.delete("/users")
def f(_=Depends(not_live)):
    wipe()
# case: option that asks | approved=yes
import typer
@app.command()
def f(force: bool = typer.Option(..., prompt="Are you sure you want to delete all users?")):
    if force:
        wipe()
# case: option that does not ask | approved=no
import typer
@app.command()
def f(force: bool = typer.Option(False)):
    if force:
        wipe()
# case: confirmation option of click | approved=yes
import click
@click.command()
@click.confirmation_option(prompt="Are you sure?")
def f():
    wipe()
# case: approved by whom | approved=yes
def f():
    if not is_approved_by_human("delete"):
        return
    wipe()
# case: a service that asks | approved=yes
def f(self):
    decision = self.approval_service.request("delete")
    if not decision.granted:
        return
    wipe()
# case: asks the human | approved=yes
async def f(human):
    if await human.ask("Delete?") != "yes":
        return
    wipe()
# case: from a chat | approved=yes
def f():
    ok = get_approval_from_slack("#ops")
    if not ok:
        return
    wipe()
# case: in production only when a person approved | approved=yes; production=unknown
import os
def f():
    if os.environ.get("ENV") == "production" and not request_human_approval("delete"):
        raise PermissionError()
    wipe()
# case: log of an approval | approved=no
def f(self):
    self.approval_log.write("delete")
    wipe()
# case: option that asks for something else | approved=no
import typer
@app.command()
def f(name: str = typer.Option(..., prompt="Name of the table")):
    if name:
        wipe()
