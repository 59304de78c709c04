"""`cse_setup`: show what the network still needs on this site, and make it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from wagtail_cse.core.exceptions import AlreadyDone, CseError
from wagtail_cse.pages import setup
from wagtail_cse.pages.actions import AppointSecretary, SetUpNetwork


class Command(BaseCommand):
    help = (
        "Lists what the network needs on this site (its space, the sections in each language) and makes it after a "
        "question. Nothing that exists is changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only list")
        parser.add_argument("--noinput", "--yes", action="store_true", dest="yes", help="make it without asking")
        parser.add_argument(
            "--all-sites", action="store_true", help="sections on every Site, not only the default one"
        )
        parser.add_argument(
            "--secretariat", metavar="EMAIL", action="append", default=[], help="who runs the network"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        items = [item for item in setup.missing() if item.preset or options["all_sites"]]
        copies = setup.workspace_copies()
        for item in items:
            self.stdout.write(f"+ {item.sentence}")
        for partnership, locale in copies:
            self.stdout.write(f"+ workspace {partnership.uuid} in {setup.language_name(locale.language_code)}")
        if not items and not copies:
            self.stdout.write("Nothing is missing.")
        if options["dry_run"]:
            return
        if (
            (items or copies)
            and not options["yes"]
            and input("Make these? [y/N] ").strip().lower() not in ("y", "yes")
        ):
            raise CommandError("Nothing was made.")
        SetUpNetwork(actor=None, keys=[item.key for item in items] + ["workspaces"]).execute()
        for email in options["secretariat"]:
            self._appoint(email)
        if not setup.has_secretariat():
            self.stdout.write(
                self.style.WARNING("Nobody runs the network yet: cse_setup --secretariat name@example.org")
            )

    def _appoint(self, email: str) -> None:
        try:
            AppointSecretary(actor=None, email=email).execute()
        except AlreadyDone as error:
            self.stdout.write(error.message)
        except CseError as error:
            raise CommandError(error.message) from error
        else:
            self.stdout.write(f"+ {email}: secretariat")
