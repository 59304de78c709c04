import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.commands import run
from wagtail_cse import APPS

pytestmark = pytest.mark.checks

ROOT = Path(__file__).resolve().parent.parent
#: Beside the sources, but not in a release.
NOT_SHIPPED = {"static_src", "__pycache__", "node_modules"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel as a release would build it, from a copy of the sources."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "wagtail_cse", folder / "wagtail_cse", ignore=shutil.ignore_patterns("node_modules"))
    code = "from setuptools.build_meta import build_wheel; build_wheel('dist')"
    run(sys.executable, "-c", code, cwd=folder)
    (path,) = (folder / "dist").glob("*.whl")
    return zipfile.ZipFile(path)


def shipped(folder):
    for path in folder.rglob("*"):
        name = path.relative_to(ROOT)
        if path.is_file() and not NOT_SHIPPED & set(name.parts):
            yield name.as_posix()


def test_the_wheel_holds_every_file_of_the_package(wheel):
    names = set(wheel.namelist())
    assert sorted(set(shipped(ROOT / "wagtail_cse")) - names) == []


def test_the_wheel_holds_nothing_else(wheel):
    names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert sorted(names - set(shipped(ROOT / "wagtail_cse"))) == []


def test_the_wheel_says_what_it_is(wheel):
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))
    text = wheel.read(metadata).decode()
    assert "Name: wagtail-cse\n" in text
    assert "License-Expression: BSD-3-Clause\n" in text
    assert "Requires-Python: >=3.11\n" in text


def test_an_app_of_the_wheel_is_imported_from_the_wheel_alone(wheel, tmp_path):
    wheel.extractall(tmp_path)
    code = f"import {APPS[0]} as app; print(app.__file__)"
    done = run(sys.executable, "-c", code, cwd=tmp_path, PYTHONPATH=str(tmp_path))
    assert done.stdout.startswith(str(tmp_path))
