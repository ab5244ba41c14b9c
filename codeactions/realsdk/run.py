"""Runs Python files, each in a process of its own that has the SDKs loaded.

Reads a JSON list of {"path", "folder", "env"} from stdin; writes one JSON line per file:
{"path", "code", "output"}. A file that runs for 60 seconds is killed.
"""

import ast
import importlib
import json
import os
import runpy
import signal
import sys
import traceback

PARALLEL = 3


def preload(paths):
    """Imports what the files import, so that it is read once and not by each of them."""
    modules = set()
    for path in paths:
        for node in ast.walk(ast.parse(open(path, "rb").read())):
            if isinstance(node, ast.Import):
                modules.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                modules.add(node.module)
    for module in sorted(modules):
        try:
            importlib.import_module(module)
        except Exception:  # the file that needs it says so
            pass


def run(job):
    out = os.open(job["path"] + ".out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    signal.alarm(60)
    os.environ.update(job["env"])
    os.makedirs(job["folder"], exist_ok=True)
    os.chdir(job["folder"])
    sys.argv = [job["path"]]
    code = 0
    try:
        runpy.run_path(job["path"], run_name="__main__")
    except SystemExit as e:
        code = 0 if e.code in (None, 0) else 1
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def main():
    jobs = json.load(sys.stdin)
    preload(job["path"] for job in jobs)
    running = {}
    while jobs or running:
        while jobs and len(running) < PARALLEL:
            job = jobs.pop()
            sys.stdout.flush()
            pid = os.fork()
            if pid == 0:
                run(job)
            running[pid] = job
        pid, status = os.wait()
        job = running.pop(pid)
        with open(job["path"] + ".out", errors="replace") as f:
            print(json.dumps({"path": job["path"], "code": status, "output": f.read()}), flush=True)


if __name__ == "__main__":
    main()
