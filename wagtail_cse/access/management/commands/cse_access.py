"""`manage.py cse_access check [--repair]`"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from wagtail_cse.access.drift import find


class Command(BaseCommand):
    help = "Compare permission rows, audience groups and view restrictions with the grants; put them right."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("what", choices=["check"])
        parser.add_argument("--repair", action="store_true", help="put right what differs")

    def handle(self, *args: Any, **options: Any) -> None:
        open_count = 0
        for drift in find(repair=options["repair"]):
            open_count += not drift.repaired
            self.stdout.write(f"{'repaired' if drift.repaired else 'found'}: {drift.text}")
        if open_count:
            raise CommandError(f"{open_count} differences are left.")
        self.stdout.write("Everything agrees with the grants.")
