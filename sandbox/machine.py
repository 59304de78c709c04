"""Prepares a machine: Python environments and programs. Standard library only: it runs before all is installed."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONSTRAINTS = ROOT / "sandbox" / "constraints.txt"


class Missing(Exception):
    """A program is not there; the message is the one line that says how to install it."""


def is_debian() -> bool:
    return shutil.which("apt-get") is not None


def may_install() -> bool:
    return is_debian() and hasattr(os, "geteuid") and os.geteuid() == 0


def apt_install(*packages: str) -> bool:
    """Install Debian packages; True when apt-get says that it did."""
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    print(f"Installing {' '.join(packages)} with apt-get ...", flush=True)
    command = ["apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    for step in (command, ["apt-get", "update", "-q"], command):
        done = subprocess.run(step, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if step is command and done.returncode == 0:
            return True
    print(done.stdout[-2000:] + done.stderr[-2000:], file=sys.stderr)
    return False


def version_of(python: str) -> tuple[int, int]:
    """(major, minor) of an interpreter; (0, 0) when it does not run."""
    code = "import sys; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", code], capture_output=True, text=True, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return (0, 0)
    numbers = done.stdout.split()
    return (int(numbers[0]), int(numbers[1])) if done.returncode == 0 and len(numbers) == 2 else (0, 0)


def dependencies(*extras: str) -> list[str]:
    """What pyproject.toml asks for, with the named extras."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    chosen = [requirement for extra in extras for requirement in project["optional-dependencies"][extra]]
    return [*project["dependencies"], *chosen]


def constraints(replace: dict[str, str] | None = None) -> list[str]:
    """The lines of constraints.txt; `replace` gives other versions for some packages ({"django": ">=5.2,<5.3"})."""
    lines = [line.strip() for line in CONSTRAINTS.read_text().splitlines()]
    lines = [line for line in lines if line and not line.startswith("#")]
    for name, specifier in (replace or {}).items():
        lines = [line for line in lines if not re.match(rf"{re.escape(name)}[=<>]", line)]
        lines.append(f"{name}{specifier}")
    return lines


def make_environment(
    folder: Path, extras: tuple[str, ...], python: str = sys.executable, replace: dict[str, str] | None = None
) -> Path:
    """A virtual environment with our dependencies (not with our own package); returns its interpreter.

    Does nothing when the environment was made from the same inputs. Raises `Missing` when Python cannot make
    environments and we may not install what it lacks, `subprocess.CalledProcessError` when pip fails.
    """
    wanted, pins = dependencies(*extras), constraints(replace)
    stamp = folder / "inputs.sha256"
    inputs = hashlib.sha256("\n".join([*wanted, "--", *pins, str(version_of(python))]).encode()).hexdigest()
    interpreter = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if interpreter.exists() and stamp.exists() and stamp.read_text() == inputs:
        return interpreter
    print(f"Making the environment {folder} (once; this takes a minute) ...", flush=True)
    stamp.unlink(missing_ok=True)
    if not interpreter.exists() or version_of(str(interpreter)) != version_of(python):
        _create(folder, python)
    pinned = folder / "constraints.txt"
    pinned.write_text("\n".join(pins) + "\n")
    command = [str(interpreter), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, "--constraint", str(pinned), *wanted], check=True, stdin=subprocess.DEVNULL)
    stamp.write_text(inputs)
    return interpreter


def _create(folder: Path, python: str) -> None:
    command = [python, "-m", "venv", "--clear", str(folder)]
    if _lacks_ensurepip(python):
        major, minor = version_of(python)
        package = f"python{major}.{minor}-venv"
        line = f"Python cannot make environments here. Type: sudo apt-get install {package}"
        if not may_install() or not (apt_install(package) or apt_install("python3-venv")):
            raise Missing(line)
    folder.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(command, check=True)


def _lacks_ensurepip(python: str) -> bool:
    if python == sys.executable:
        return importlib.util.find_spec("ensurepip") is None or importlib.util.find_spec("venv") is None
    return subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True).returncode != 0
