#!/usr/bin/env python3
"""All tests: `python3 tests/run.py`. Needs Python 3.11 or newer; makes its environments itself.

Three parts, each with its budget: the checks of the sources; everything on the newest Python and Django found, on
PostgreSQL, with the browser; unit and contract tests on the oldest, on SQLite. Further arguments go to pytest:
`python3 tests/run.py tests/search -k turkish` runs just that, on the newest.

A program that is missing is installed with apt-get where that is allowed; otherwise one line says how to install it
and the tests that need it are skipped, by name. CSE_CI=1 makes every skip a failure.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if sys.version_info < (3, 11):  # noqa: UP036 - said in words before anything else fails
    sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")

from sandbox.machine import Missing, apt_install, make_environment, may_install, version_of  # noqa: E402
from tests import programs  # noqa: E402
from tests.postgresql import Cluster, binaries  # noqa: E402

EXTRAS = ("asgi", "postgresql", "sandbox", "testing", "docs", "bundle")
SUPPORTED = [(3, 11), (3, 12), (3, 13)]
OLDEST_DJANGO = {"django": ">=5.2,<5.3"}
WHOLE_BUDGET = 40 * 60
#: A part that hangs is ended when the whole run has taken this long (seconds); a slow machine may use it up.
LONGEST = 84 * 60
STARTED = time.monotonic()


@dataclass
class Part:
    """One run of pytest; `budget` in seconds."""

    name: str
    budget: int
    python: Path
    arguments: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    seconds: float = 0.0

    def run(self) -> None:
        print(f"\n=== {self.name} (budget {self.budget} s)", flush=True)
        started = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="cse-report-") as folder:
            report = Path(folder) / "report.xml"
            code = self._pytest(report)
            self._count(report, code)
        self.seconds = time.monotonic() - started

    def _pytest(self, report: Path) -> int:
        command = [str(self.python), "-m", "pytest", "-q", "--durations=10", f"--junitxml={report}", *self.arguments]
        environment = os.environ | self.environment
        process = subprocess.Popen(command, cwd=ROOT, env=environment, start_new_session=True)
        try:
            return process.wait(max(60.0, STARTED + LONGEST - time.monotonic()))
        except subprocess.TimeoutExpired:
            print(f"{self.name} was ended: the whole run has taken more than {LONGEST} s.", flush=True)
            # As Ctrl-C: pytest still says what had failed until then.
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(60)
            return 1
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def _count(self, report: Path, code: int) -> None:
        suites = ElementTree.parse(report).getroot().iter("testsuite") if report.exists() else []
        for suite in suites:
            wrong = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            skipped = int(suite.get("skipped", 0))
            self.failed += wrong
            self.skipped += skipped
            self.passed += max(0, int(suite.get("tests", 0)) - wrong - skipped)
        if code and not self.failed:
            # Nothing was collected, a worker died, or a skip is not allowed.
            self.failed = 1


def interpreters() -> dict[tuple[int, int], str]:
    """The supported Pythons found: on PATH, in pyenv, this one."""
    names = [sys.executable]
    names += [path for minor in SUPPORTED if (path := shutil.which(f"python{minor[0]}.{minor[1]}"))]
    names += [str(path) for path in sorted(Path.home().glob(".pyenv/versions/*/bin/python"), reverse=True)]
    found: dict[tuple[int, int], str] = {}
    for name in names:
        version = version_of(name)
        if version in SUPPORTED:
            found.setdefault(version, name)
    return found


def prepare_programs() -> None:
    """Install what is missing, or say in one line how to."""
    wanted = {
        "chromium": programs.chromium() is not None,
        "gettext": programs.present("gettext"),
        "postgresql": bool(os.environ.get("DATABASE_URL")) or binaries() is not None,
    }
    missing = [name for name, there in wanted.items() if not there]
    if missing and may_install():
        apt_install(*missing)
    programs.chromium.cache_clear()
    programs.present.cache_clear()
    still = [name for name in missing if name not in installed()]
    if still:
        print(f"Missing programs; their tests are skipped. Install them with: apt-get install {' '.join(still)}")


def installed() -> set[str]:
    there = {"chromium": programs.chromium(), "gettext": programs.present("gettext"), "postgresql": binaries()}
    return {name for name, found in there.items() if found}


def environment_for(python: str, name: str, replace: dict[str, str] | None = None) -> Path:
    major, minor = version_of(python)
    return make_environment(ROOT / f".venv-tests-{major}{minor}{name}", EXTRAS, python, replace)


def parts(newest: str, oldest: str, database: str) -> list[Part]:
    """The three parts (the second in two runs: browser tests want the machine for themselves)."""
    new = environment_for(newest, "")
    old = environment_for(oldest, "-dj52", OLDEST_DJANGO)
    on_database = {"DATABASE_URL": database}
    on_sqlite = {"DATABASE_URL": ""}
    split = ["-n", "2", "--dist", "loadfile", "-m"]
    return [
        Part("checks of the sources", 480, new, ["-m", "checks"], on_sqlite),
        Part("newest: unit and contract", 600, new, [*split, "not checks and not e2e"], on_database),
        Part("newest: browser", 780, new, ["-m", "e2e"], on_database),
        Part(
            "oldest: unit and contract",
            480,
            old,
            [*split, "not checks and not e2e and not postgresql"],
            on_sqlite,
        ),
    ]


def run_parts(chosen: list[Part], started: float) -> int:
    for part in chosen:
        part.run()
    print("\n=== time")
    for part in chosen:
        over = "  OVER BUDGET" if part.seconds > part.budget else ""
        print(f"{part.name:32} {part.seconds:6.0f} s of {part.budget} s{over}")
    whole = time.monotonic() - started
    print(f"{'everything':32} {whole:6.0f} s of {WHOLE_BUDGET} s{'  OVER BUDGET' if whole > WHOLE_BUDGET else ''}\n")
    passed, failed, skipped = (
        sum(getattr(part, name) for part in chosen) for name in ("passed", "failed", "skipped")
    )
    if skipped and os.environ.get("CSE_CI"):
        print("A test was skipped, which is not allowed here.")
    print(f"{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return 1 if failed or (skipped and os.environ.get("CSE_CI")) else 0


def main(arguments: list[str]) -> int:
    started = time.monotonic()
    prepare_programs()
    data = ROOT.parent / "shared" / "data" / "udhr"
    if data.is_dir():
        os.environ.setdefault("CSE_UDHR_DIR", str(data))
    found = interpreters()
    newest, oldest = found[max(found)], found[min(found)]
    with Cluster() as cluster:
        database = os.environ.get("DATABASE_URL") or cluster.url
        if arguments:
            own = Part(
                "chosen tests", WHOLE_BUDGET, environment_for(newest, ""), arguments, {"DATABASE_URL": database}
            )
            return run_parts([own], started)
        return run_parts(parts(newest, oldest, database), started)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as missing:
        sys.exit(str(missing))
    except KeyboardInterrupt:
        sys.exit(130)
