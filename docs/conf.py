"""Sphinx with MyST: `sphinx-build -W docs docs/_build`."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

project = "wagtail-cse"
author = "The wagtail-cse developers"
extensions = ["myst_parser", "typed_settings"]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_ext", "images"]
html_theme = "alabaster"
html_title = "wagtail-cse"
