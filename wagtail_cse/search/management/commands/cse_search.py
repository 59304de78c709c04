from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from wagtail_cse.search import index


class Command(BaseCommand):
    help = "Index everything again: manage.py cse_search rebuild [--kind page]"

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("verb", choices=["rebuild"])
        parser.add_argument("--kind", action="append", help="Only this kind (may be given several times).")

    def handle(self, *args: Any, **options: Any) -> None:
        count = index.rebuild(options["kind"])
        self.stdout.write(f"{count} documents indexed.")
