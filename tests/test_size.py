"""Modules, classes and functions stay small. Nothing is exempt but migrations and tests."""

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.checks

ROOT = Path(__file__).resolve().parent.parent
MODULE, CLASS, FUNCTION = 400, 300, 40


def modules():
    for package in ("wagtail_cse", "sandbox"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and "node_modules" not in path.parts:
                yield path


def first_line(node):
    """Of a function: of its code. Its arguments and docstring are not held against it."""
    if isinstance(node, ast.ClassDef):
        return node.lineno
    return node.body[1 if len(node.body) > 1 and ast.get_docstring(node) else 0].lineno


def too_long(source, name):
    """Sentences about what is too long in a module."""
    lines = source.count("\n")
    if lines > MODULE:
        yield f"{name}: {lines} lines, {MODULE} allowed"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            limit = CLASS if isinstance(node, ast.ClassDef) else FUNCTION
            length = node.end_lineno - first_line(node) + 1
            if length > limit:
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, {limit} allowed"


def test_nothing_is_too_long():
    found = [
        sentence
        for path in modules()
        for sentence in too_long(path.read_text(encoding="utf-8"), path.relative_to(ROOT))
    ]
    assert not found, "\n".join(found)


def test_a_long_function_is_found():
    source = 'def f():\n    """Doc."""\n' + "    pass\n" * 41
    assert list(too_long(source, "m.py")) == ["m.py:1: f has 41 lines, 40 allowed"]
