import asyncio
import os
import re
import shlex
import subprocess
import sys
from subprocess import run as start

import paramiko
import pexpect


def main(cmd, args, path, model, kwargs):
    subprocess.run(["git", "push", "--force"]) # => shell git "git push --force" full
    subprocess.run("rm -rf /tmp/x", shell=True) # => shell rm "rm -rf /tmp/x" full via-shell
    subprocess.run(f"rm -rf {path}", shell=True) # => shell rm "rm -rf …" partial via-shell
    subprocess.run(cmd, shell=True) # => shell  "…" none via-shell
    subprocess.run(cmd) # => shell  "…" none
    subprocess.run(["bash", "-c", cmd]) # => shell bash "bash -c …" partial via-shell
    subprocess.run(["/usr/bin/git", *args]) # => shell git "/usr/bin/git …" partial
    subprocess.run(["git"] + args, check=True) # => shell git "git …" partial
    subprocess.check_output(shlex.split("ls -la")) # => shell ls "ls -la" full
    subprocess.Popen([sys.executable, "-m", "pip", "install", path]) # => shell python "python -m pip install …" partial
    subprocess.run(args=["docker", "ps"], **kwargs) # => shell docker "docker ps" full
    start("ls") # => shell ls "ls" full
    os.system("FOO=1 make clean") # => shell make "FOO=1 make clean" full via-shell
    os.popen(cmd) # => shell  "…" none via-shell
    os.execvp("python", ["python", "x.py"]) # => shell python "python x.py" full
    os.execl("/bin/ls", "ls", "-l") # => shell ls "/bin/ls" full
    subprocess.getoutput("uname -a") # => shell uname "uname -a" full via-shell
    command = ["kubectl", "delete", "pod", path]
    subprocess.call(command) # => shell kubectl "kubectl delete pod …" partial
    eval(cmd) # => shell eval "…" none
    exec("print(1)") # => shell exec "print(1)" full
    compile(cmd, "x", "exec") # => shell compile "…" none
    re.compile("x")
    model.eval()
    pexpect.spawn("ssh host") # => shell ssh "ssh host" full
    client = paramiko.SSHClient()
    client.exec_command("uptime") # => shell uptime "uptime" full via-shell
    cmd.exec(args)


async def background(cmd):
    await asyncio.create_subprocess_shell(cmd) # => shell  "…" none via-shell
    await asyncio.create_subprocess_exec("git", "status", cmd) # => shell git "git status …" partial
    await asyncio.to_thread(subprocess.run, ["ls", "-l"], check=True) # => shell ls "ls -l" full


def several(extra):
    for words in [["git", "fetch"], ["git", "push"]]:
        subprocess.run(words) # => shell git "git …" partial
    for words in [["git", "fetch"], ["rm", "x"]]:
        subprocess.run(words) # => shell  "…" none
    grown = ["rg", "--json"]
    grown.extend(extra)
    subprocess.run(grown) # => shell rg "rg --json …" partial
    more = ["ls"]
    more += extra
    subprocess.run(more) # => shell ls "ls …" partial
    subprocess.run("git status".split()) # => shell git "git status" full
    subprocess.run(extra.split()) # => shell  "…" none
    getattr(os, "system")("ls") # => shell ls "ls" full via-shell
    __import__("os").system("ls") # => shell ls "ls" full via-shell
    __import__("subprocess").run(["ls"]) # => shell ls "ls" full
    getattr(extra, "x")("ls")
    extra[0]("ls")
    extra()("ls")
