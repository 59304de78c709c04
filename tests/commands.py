"""Runs a program for a test, and shows its output when it fails."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command, cwd=ROOT, timeout=600, **environment):
    """The finished process; an AssertionError with all that the program printed unless it ended with 0.

    The program finds the tools of this Python's environment first. A variable given as None is unset.
    """
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    values = os.environ | {"PATH": path} | environment
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={name: value for name, value in values.items() if value is not None},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, f"{' '.join(map(str, command))} ended with {done.returncode}:\n{done.stdout}"
    return done


def django(*arguments, **options):
    """`python -m django ...` in a fresh process."""
    return run(sys.executable, "-m", "django", *arguments, **options)
