"""What migrations put into the database is there again after a test that committed.

Django empties every table after such a test (`TransactionTestCase`), and makes only content types and permissions
anew. Wagtail's root page, site and locale would be gone for every test that runs later in the same process.
"""

from django.core.management import call_command
from django.db import connections, transaction

PREFIX = "kept_"


def _tables(connection):
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def keep(connection):
    """Copy every table that holds rows now, inside the database."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in _tables(connection):
            cursor.execute(f"DROP TABLE IF EXISTS {quote(PREFIX + table)}")
            cursor.execute(f"SELECT count(*) FROM {quote(table)}")
            if cursor.fetchone()[0]:
                cursor.execute(f"CREATE TABLE {quote(PREFIX + table)} AS SELECT * FROM {quote(table)}")


def restore(connection):
    """Put the copies back into the empty tables."""
    quote = connection.ops.quote_name
    kept = [name for name in connection.introspection.table_names() if name.startswith(PREFIX)]
    # Foreign keys are checked at the end of the transaction: the order does not matter.
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        for name in kept:
            cursor.execute(f"INSERT INTO {quote(name.removeprefix(PREFIX))} SELECT * FROM {quote(name)}")


def empty_and_restore(case):
    """In place of `TransactionTestCase._fixture_teardown`."""
    for alias in case._databases_names(include_mirrors=False):
        call_command(
            "flush",
            verbosity=0,
            interactive=False,
            database=alias,
            reset_sequences=False,
            allow_cascade=False,
            inhibit_post_migrate=True,
        )
        restore(connections[alias])
