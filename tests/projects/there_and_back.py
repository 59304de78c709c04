"""`python -m tests.projects.there_and_back`: migrates a new database, and each of our apps back to zero."""

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from wagtail_cse import APPS


def main():
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    before = set(connection.introspection.table_names())
    for name in APPS:
        if apps.is_installed(name):
            call_command("migrate", f"cse_{name.rsplit('.', 1)[1]}", "zero", interactive=False, verbosity=0)
    left = set(connection.introspection.table_names())
    ours = sorted(name for name in before if name.startswith("cse_"))
    print(f"{len(ours)} tables of ours, left: {sorted(set(ours) & left)}")


if __name__ == "__main__":
    main()
