#!/usr/bin/env python3
"""Starts the demo site: `python3 sandbox/run.py`. Needs Python 3.11 or newer and nothing else.

The first start makes an environment in .venv, a database in var/sandbox and the demo content; later starts take
seconds. Ctrl-C ends it.
"""

import argparse
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def options():
    parser = argparse.ArgumentParser(description="Start the demo site of wagtail-cse.")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default: 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--database", default="", metavar="URL", help="postgresql://user:password@host/name (SQLite)")
    parser.add_argument("--reset", action="store_true", help="begin again: delete the database and all files")
    parser.add_argument("--yes", action="store_true", help="with --reset: do not ask about a PostgreSQL database")
    parser.add_argument("--empty", action="store_true", help="no demo content, only an account of the secretariat")
    return parser.parse_args()


def main():
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words before anything else fails
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    options()
    sys.path.insert(0, ROOT)
    from pathlib import Path

    from sandbox.machine import Missing, make_environment

    folder = Path(os.environ.get("CSE_SANDBOX_ENV") or os.path.join(ROOT, ".venv"))
    try:
        python = make_environment(folder, ("asgi", "postgresql", "sandbox"))
    except Missing as missing:
        sys.exit(str(missing))
    except subprocess.CalledProcessError as error:
        sys.exit(f"The environment could not be made: {' '.join(error.cmd[:5])} ... ended with {error.returncode}.")
    command = [str(python), "-m", "sandbox.serve", *sys.argv[1:]]
    os.chdir(ROOT)
    if os.name == "nt":
        try:
            sys.exit(subprocess.call(command))
        except KeyboardInterrupt:
            sys.exit(0)
    # This process becomes the server: Ctrl-C and signals reach it directly.
    sys.stdout.flush()
    os.execv(command[0], command)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
