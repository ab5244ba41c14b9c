import os
import shutil
import subprocess

import agents
import requests
from agents import Agent, ComputerTool, HostedMCPTool, LocalShellTool, ShellTool, function_tool
from autogen import AssistantAgent, UserProxyAgent
from autogen.coding import DockerCommandLineCodeExecutor, LocalCommandLineCodeExecutor
from claude_agent_sdk import ClaudeAgentOptions
from crewai import Agent as CrewAgent
from langchain_community.agent_toolkits.load_tools import load_tools
from langchain_experimental.agents import create_pandas_dataframe_agent
from langchain_experimental.tools import PythonREPLTool
from langchain_experimental.utilities import PythonREPL
from llama_index.experimental.query_engine import PandasQueryEngine
from smolagents import CodeAgent

# ruleid: agent-dangerous-tool
repl = PythonREPLTool()
# ruleid: agent-dangerous-tool
tools = [PythonREPL().run]
# ruleid: agent-dangerous-tool
more = load_tools(["serpapi", "terminal"], llm=llm)
# ruleid: agent-dangerous-tool
operator = Agent(name="operator", tools=[LocalShellTool(executor=run)])
# ruleid: agent-dangerous-tool
screen = ComputerTool(computer=desktop)
# ruleid: agent-dangerous-tool
bash = [{"type": "bash_20250124", "name": "bash"}]
# ruleid: agent-dangerous-tool
shell = ShellTool(executor=run)

# ok: agent-dangerous-tool
asked = ShellTool(executor=run, needs_approval=True)
# ok: agent-dangerous-tool
checked = ComputerTool(computer=desktop, on_safety_check=ask)
# ok: agent-dangerous-tool
search = load_tools(["serpapi", "llm-math"], llm=llm)
# ok: agent-dangerous-tool
editor = [{"type": "text_editor_20250728", "name": "str_replace_based_edit_tool"}]
# ok: agent-dangerous-tool
own = MyShellTool()

# ruleid: agent-allow-dangerous-flag
frame = create_pandas_dataframe_agent(llm, df, allow_dangerous_code=True)
# ruleid: agent-allow-dangerous-flag
coder = CrewAgent(role="coder", allow_code_execution=True, code_execution_mode="unsafe")
# ruleid: agent-allow-dangerous-flag
free = CodeAgent(tools=[], model=model, additional_authorized_imports=["*"])
# ruleid: agent-allow-dangerous-flag
toolkit = RequestsToolkit(requests_wrapper=wrapper, allow_dangerous_requests=True)

# ok: agent-allow-dangerous-flag
frame2 = create_pandas_dataframe_agent(llm, df, allow_dangerous_code=False)
# ok: agent-allow-dangerous-flag
coder2 = CrewAgent(role="coder", allow_code_execution=True, code_execution_mode="safe")
# ok: agent-allow-dangerous-flag
limited = CodeAgent(tools=[], model=model, additional_authorized_imports=["numpy"])

# ruleid: agent-unsandboxed-exec
local = LocalCommandLineCodeExecutor(work_dir="out")
# ruleid: agent-unsandboxed-exec
config = {"work_dir": "out", "use_docker": False}
# ruleid: agent-unsandboxed-exec
engine = PandasQueryEngine(df=df, verbose=True)

# ok: agent-unsandboxed-exec
docker = DockerCommandLineCodeExecutor(work_dir="out")
# ok: agent-unsandboxed-exec
config2 = {"work_dir": "out", "use_docker": True}
# ok: agent-unsandboxed-exec
hosted = CodeAgent(tools=[], model=model, executor_type="e2b")


@function_tool
# ruleid: agent-no-approval
def remove_folder(name: str) -> str:
    folder = os.path.basename(name)
    shutil.rmtree(folder)
    return "gone"


@function_tool(needs_approval=False)
# ruleid: agent-no-approval
def remove_order(order_id: int) -> str:
    with connect() as db:
        db.execute("DELETE FROM orders WHERE id = ?", (order_id,))
    return "gone"


# ruleid: agent-no-approval
hosted_mcp = HostedMCPTool(tool_config={"type": "mcp", "server_label": "shop", "server_url": "https://shop.example", "require_approval": "never"})
# ruleid: agent-no-approval
proxy = UserProxyAgent("user", human_input_mode="NEVER", code_execution_config={"work_dir": "out"})


@function_tool(needs_approval=True)
# ok: agent-no-approval
def remove_asked(name: str) -> str:
    shutil.rmtree(os.path.basename(name))
    return "gone"


@function_tool
# ok: agent-no-approval
def order(order_id: int) -> str:
    return str(db.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone())


# ok: agent-no-approval
listed = HostedMCPTool(tool_config={"type": "mcp", "server_label": "docs", "allowed_tools": ["search"], "require_approval": "never"})
# ok: agent-no-approval
quiet = UserProxyAgent("user", human_input_mode="NEVER", code_execution_config=False)
# ok: agent-no-approval
talk = AssistantAgent("a", human_input_mode="NEVER")

# ruleid: agent-wildcard-permissions
options = ClaudeAgentOptions(permission_mode="bypassPermissions", cwd=".")
# ruleid: agent-wildcard-permissions
every = ClaudeAgentOptions(allowed_tools=["Read", "Bash(*)"])
# ruleid: agent-wildcard-permissions
subprocess.run(["claude", "-p", prompt, "--dangerously-skip-permissions"], check=True)
# ruleid: agent-wildcard-permissions
subprocess.run(["gemini", "--yolo", "-p", prompt], check=True)
# ruleid: agent-wildcard-permissions
client = McpClient(server, auto_approve=True)

# ok: agent-wildcard-permissions
edits = ClaudeAgentOptions(permission_mode="acceptEdits", allowed_tools=["Read", "Bash(git status)"])
# ok: agent-wildcard-permissions
subprocess.run(["claude", "-p", prompt, "--allowedTools", "Read"], check=True)
# ok: agent-wildcard-permissions
asks = McpClient(server, auto_approve=False)
