"""`{typed-settings} <app>`: the settings of one app, read from the docstrings of its conf.py without importing it."""

import ast
from pathlib import Path

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

PACKAGE = Path(__file__).resolve().parent.parent.parent / "wagtail_cse"


def settings_of(app):
    """(name, type, default, docstring) of each typed property, as source text."""
    tree = ast.parse((PACKAGE / app / "conf.py").read_text())
    for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
            if getattr(call.func, "attr", "") == "_get" and isinstance(call.args[0], ast.Constant):
                name = f"WAGTAIL_CSE_{app.upper()}_{call.args[0].value}"
                kind = ast.unparse(function.returns) if function.returns else ""
                yield name, kind, ast.unparse(call.args[1]), ast.get_docstring(function) or ""


class TypedSettings(SphinxDirective):
    required_arguments = 1

    def run(self):
        self.env.note_dependency(str(PACKAGE / self.arguments[0] / "conf.py"))
        found = nodes.definition_list()
        for name, kind, default, text in settings_of(self.arguments[0]):
            item = nodes.definition_list_item()
            item += nodes.term("", "", nodes.literal(text=name))
            body = nodes.definition()
            body += nodes.paragraph("", text)
            last = nodes.paragraph("", f"Type {kind}, default ")
            last += nodes.literal(text=default)
            body += last
            item += body
            found += item
        return [found]


def setup(app):
    app.add_directive("typed-settings", TypedSettings)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
