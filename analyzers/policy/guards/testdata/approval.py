# case: nothing | approved=no; approval=
def f():
    wipe()
# case: input, early return | approved=yes; approval=input("Delete all? (y/n) ")
def f():
    if input("Delete all? (y/n) ") != "y":
        return
    wipe()
# case: input, inside | approved=yes
def f():
    if input("Continue? ").strip().lower() in ("y", "yes"):
        wipe()
# case: input, else branch | approved=no
def f():
    if input("Continue? ").strip().lower() in ("y", "yes"):
        pass
    else:
        wipe()
# case: input in a variable | approved=yes
def f():
    answer = input("Are you sure? [y/N] ")
    if not answer.lower().startswith("y"):
        print("no")
        return
    wipe()
# case: answered no | approved=yes
def f():
    answer = input("Proceed? ")
    if answer == "n":
        raise SystemExit
    wipe()
# case: input for something else | approved=no
def f():
    name = input("Your name: ")
    if name == "admin":
        wipe()
# case: a command line | approved=no
def f():
    while True:
        cmd = input("> ")
        if cmd == "quit":
            break
        if cmd == "delete":
            wipe()
# case: type the name | approved=yes
def f(table):
    if input(f"Type {table} to confirm: ") != table:
        return
    wipe()
# case: the answer is ignored | approved=no
def f():
    input("Delete everything? ")
    wipe()
# case: press enter or stop | approved=yes
def f():
    input("Press Enter to delete everything, Ctrl-C to abort")
    wipe()
# case: asked until valid | approved=yes
def f():
    answer = ""
    while answer not in ("y", "n"):
        answer = input("Delete? (y/n)")
    if answer != "y":
        return
    wipe()
# case: click.confirm | approved=yes
import click
def f():
    if not click.confirm("Delete?"):
        return
    wipe()
# case: click.confirm that aborts | approved=yes
import click
def f():
    click.confirm("Delete?", abort=True)
    wipe()
# case: click.confirm that is ignored | approved=no
import click
def f():
    click.confirm("Delete?")
    wipe()
# case: typer | approved=yes
import typer
def f():
    delete = typer.confirm("Delete?")
    if not delete:
        raise typer.Abort()
    wipe()
# case: typer, skipped by a flag | approved=unknown
import typer
def f(force: bool = False):
    if not force:
        typer.confirm("Delete?", abort=True)
    wipe()
# case: questionary | approved=yes
import questionary
def f():
    if questionary.confirm("Delete?").ask():
        wipe()
# case: rich | approved=yes
from rich.prompt import Confirm
def f():
    if not Confirm.ask("Delete?"):
        return
    wipe()
# case: interrupt of langgraph, checked | approved=yes
from langgraph.types import interrupt
def node(state):
    answer = interrupt({"question": "Delete?"})
    if answer != "yes":
        return {}
    wipe()
# case: interrupt of langgraph, not checked | approved=yes
from langgraph.types import interrupt
def node(state):
    interrupt("Delete?")
    wipe()
# case: interrupt after it | approved=no
from langgraph.types import interrupt
def node(state):
    wipe()
    interrupt("Done")
# case: interrupt in one branch | approved=no
from langgraph.types import interrupt
def node(state):
    if state["n"] > 10:
        interrupt("Delete?")
    wipe()
# case: a function that can't be seen | approved=yes; approval=approve("delete")
from review import approve
def f():
    if not approve("delete"):
        return
    wipe()
# case: inside of it | approved=yes
from review import request_approval
async def f():
    if await request_approval("delete"):
        wipe()
# case: the result in a variable | approved=yes
async def f(self):
    approved = await self.request_approval("delete")
    if not approved:
        return "rejected"
    wipe()
# case: an attribute of the result | approved=yes
async def f(client):
    result = await client.request_approval(action="delete")
    if not result.approved:
        raise PermissionError()
    wipe()
# case: a rejected result | approved=yes
async def f(client):
    decision = await client.ask_approval(action="delete")
    if decision.rejected:
        return
    wipe()
# case: a status of the result | approved=yes
async def f(client):
    decision = await client.get_approval(action="delete")
    if decision["status"] != "approved":
        return
    wipe()
# case: asked, the result ignored | approved=unknown
async def f(client):
    await client.request_approval(action="delete")
    wipe()
# case: only sent | approved=no
def f(client):
    client.send_approval_request(action="delete")
    wipe()
# case: approval after it | approved=no
def f():
    wipe()
    if not approve():
        return
# case: approval of a caller in a parameter | approved=unknown; approval=approved
def f(approved: bool):
    if not approved:
        return
    wipe()
# case: parameter, not looked at | approved=no
def f(approved: bool):
    wipe()
# case: auto approve | approved=no
agent = Agent(auto_approve=True)
def f():
    wipe()
# case: auto approve is a flag | approved=unknown
def f(self):
    if not self.auto_approve and not confirm("Delete?"):
        return
    wipe()
# case: only auto approve | approved=no
def f(self):
    if self.auto_approve:
        wipe()
# case: in a comment and a log line | approved=no
def f():
    # approved by the board
    logger.info("approved")
    print("approve?")
    wipe()
# case: own function that asks | approved=yes
def sure():
    return input("Sure? ") == "y"
def f():
    if not sure():
        return
    wipe()
# case: own function that is always true | approved=no
def approve(action):
    return True
def f():
    if not approve("delete"):
        return
    wipe()
# case: own function that is always true, asked | approved=no
def approve(action):
    print("approving", action)
    return True
def f():
    if approve("delete"):
        wipe()
# case: own function that is a rule | approved=unknown
SAFE = {"list"}
def approve(action):
    return action in SAFE
def f(action):
    if not approve(action):
        return
    wipe()
# case: own function that asks a model | approved=unknown
def approve(action):
    return "yes" in llm.invoke(f"May I {action}?").content
def f(action):
    if not approve(action):
        return
    wipe()
# case: own function that asks somewhere | approved=yes
def approve(action):
    reply = slack.ask(channel="#ops", text=f"{action}?")
    return reply.ok
def f(action):
    if not approve(action):
        return
    wipe()
# case: own function that raises | approved=yes
def require_approval(action):
    if input(f"{action}? ") != "y":
        raise PermissionError()
def f():
    require_approval("delete")
    wipe()
# case: own function that does nothing | approved=no
def require_approval(action):
    print("required", action)
def f():
    require_approval("delete")
    wipe()
# case: enforcing function that can't be seen | approved=yes
from safety import require_approval
def f():
    require_approval("delete")
    wipe()
# case: in one branch only | approved=no
def f(big):
    if big:
        if not confirm_action("delete"):
            return
    wipe()
# case: in both branches | approved=yes
def f(big):
    if big:
        if not confirm_action("delete all"):
            return
    else:
        if not confirm_action("delete"):
            return
    wipe()
# case: only asked in production | approved=yes; production=unknown
import os
def f():
    if os.getenv("ENV") == "production":
        if not confirm_action("delete"):
            return
    wipe()
# case: only asked outside of production | approved=no
import os
def f():
    if os.getenv("ENV") != "production":
        if not confirm_action("delete"):
            return
    wipe()
# case: approval raised and swallowed | approved=no
import click
def f():
    try:
        click.confirm("Delete?", abort=True)
    except click.Abort:
        print("whatever")
    wipe()
# case: approval raised and handled | approved=yes
import click
def f():
    try:
        click.confirm("Delete?", abort=True)
    except click.Abort:
        return
    wipe()
# case: in a loop with continue | approved=yes
def f(xs):
    for x in xs:
        if input(f"delete {x}? [y/n]") != "y":
            continue
        wipe(x)
# case: variable by branches | approved=yes
def f():
    ok = False
    if input("Delete? [y/n]") == "y":
        ok = True
    if ok:
        wipe()
# case: variable that is set anyway | approved=no
def f():
    ok = input("Delete? [y/n]") == "y"
    ok = True
    if ok:
        wipe()
# case: and of two | approved=yes
def f(x):
    if x and confirm("Delete?"):
        wipe()
# case: or of two | approved=no
def f(x):
    if x or confirm("Delete?"):
        wipe()
# case: short-circuit | approved=yes
confirm("Delete?") and wipe()
# case: decorator | approved=yes
@require_approval
def f():
    wipe()
# case: decorator with arguments | approved=yes
import humanlayer
hl = humanlayer.HumanLayer()
@hl.require_approval()
def f():
    wipe()
# case: decorator of the file that asks | approved=yes
def guarded(fn):
    def inner(*args):
        if input("Run? [y/n]") != "y":
            return None
        return fn(*args)
    return inner
@guarded
def f():
    wipe()
# case: decorator of the file that does not ask | approved=no
def require_approval(fn):
    def inner(*args):
        print("approval")
        return fn(*args)
    return inner
@require_approval
def f():
    wipe()
# case: tool that needs approval | approved=yes; approval=needs_approval=True
from agents import function_tool
@function_tool(needs_approval=True)
def f():
    wipe()
# case: tool that may need approval | approved=unknown
from agents import function_tool
@function_tool(needs_approval=check)
def f():
    wipe()
# case: tool that needs none | approved=no
from agents import function_tool
@function_tool(needs_approval=False)
def f():
    wipe()
# case: all callers ask | approved=yes
def _purge():
    wipe()
def a():
    if confirm("a?"):
        _purge()
def b():
    if not confirm("b?"):
        return
    _purge()
# case: one caller does not | approved=no
def _purge():
    wipe()
def a():
    if confirm("a?"):
        _purge()
def b():
    _purge()
# case: callers of callers | approved=yes
class A:
    def run(self):
        if input("Go? [y/n]") == "y":
            self._one()
    def _one(self):
        self._two()
    def _two(self):
        wipe()
# case: a tool is called by a model too | approved=no
@tool
def purge():
    wipe()
def a():
    if confirm("a?"):
        purge()
# case: closure made after approval | approved=unknown
def make():
    if not confirm("Delete?"):
        return None
    def later():
        wipe()
    return later
# case: lambda run at once | approved=yes
def f(xs):
    if not confirm("Delete?"):
        return
    retry(lambda: wipe())
# case: state of a graph | approved=unknown
def node(state):
    if not state["approved"]:
        return {}
    wipe()
# case: status of a record | approved=unknown
def f(order):
    if order.status == "approved":
        wipe()
# case: an allow-list is no approval | approved=no
def f(url, approved_hosts):
    if url in approved_hosts:
        wipe()
# case: confirm a password | approved=no
def f(form):
    if form.password == form.confirm_password:
        wipe()
# case: approve_budget of code | approved=unknown
def f(board, amount):
    if board.approve_budget_plan(amount):
        wipe()
# case: human in the loop | approved=yes
def f():
    if human_in_the_loop("delete"):
        wipe()
# case: while not approved | approved=yes
def f():
    approved = False
    while not approved:
        approved = ask_approval("delete")
    wipe()
# case: endless until approved | approved=yes
def f():
    while True:
        if input("ok? [y/n]") == "y":
            break
    wipe()
# case: approval required by configuration | approved=unknown
def f(self):
    if self.require_approval:
        if not self.ask_approval("delete"):
            return
    wipe()
# case: suppressed | approved=no
import click, contextlib
def f():
    with contextlib.suppress(click.Abort):
        click.confirm("Delete?", abort=True)
    wipe()
# case: assert | approved=yes
def f():
    assert confirm("Delete?")
    wipe()
# case: human input of autogen | approved=yes
class A:
    def run(self):
        reply = self.get_human_input("Run this code? (yes/no)")
        if reply.lower() != "yes":
            return
        wipe()
# case: dead code | approved=no
def f():
    return
    wipe()
# case: a choice that is no approval | approved=no
def ask():
    while True:
        which = input("Keep the first or the last? Enter one to continue. ")
        if which in ["first", "last"]:
            return which
def f():
    which = ask()
    if which == "first":
        wipe()
# case: a menu | approved=no
def f():
    choice = input("1. List\n2. Clear\nYour choice: ")
    if choice == "2":
        wipe()
# case: an environment that is asked for | approved=no
import click
def f():
    env = click.prompt("Environment", type=click.Choice(["dev", "prod"]))
    if env == "dev":
        wipe()
# case: enter is yes | approved=yes
def f():
    print("Do you want to execute this? [Y/n]")
    if input("").lower() not in ["", "y", "yes"]:
        return
    wipe()
# case: asked again when not understood | approved=yes; approval=input("Is it ok? ")
def f():
    answer = input("Is it ok? ")
    while answer not in ("y", "n"):
        answer = input("Please enter y or n: ")
    if answer == "y":
        wipe()
# case: a record of approvals | approved=unknown
def f(self, key):
    record = self.approvals.get(key)
    if not record.approved:
        return
    wipe()
# case: asks maybe | approved=unknown
async def f(self):
    status = await self._maybe_request_approval("x")
    if not status:
        return
    wipe()
