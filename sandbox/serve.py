"""What `run.py` becomes inside its environment: prepares the database and the files, then serves until Ctrl-C."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import socket
import sys
from pathlib import Path
from urllib.parse import urlsplit

from sandbox.run import options

#: A file that is there while the demo content is being loaded; it names the database.
LOADING = "demo.loading"
SECRETARIAT = ("secretariat@example.org", "demo-sekretarya")


def main() -> None:
    chosen = options()
    os.environ["CSE_SANDBOX_HOST"] = chosen.host
    os.environ["CSE_SANDBOX_PORT"] = str(chosen.port)
    os.environ["CSE_SANDBOX_DATABASE"] = chosen.database
    os.environ["DJANGO_SETTINGS_MODULE"] = "sandbox.settings"
    require_free(chosen.host, chosen.port)
    from django.conf import settings

    if chosen.reset:
        reset(settings.VAR_DIR, chosen.database, chosen.yes)
    begin_again_after_interruption(settings.VAR_DIR, chosen.database)
    import django

    django.setup()
    migrate()
    collect_static(settings.VAR_DIR)
    lines = accounts_only() if chosen.empty else demo_content(settings.VAR_DIR, chosen.database)
    serve(chosen.host, chosen.port, lines)


def require_free(host: str, port: int) -> None:
    """End with a sentence when something listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Cannot listen on {host}:{port} ({error.strerror}). Choose another port with --port.")


def reset(folder: Path, database: str, sure: bool) -> None:
    """Delete the files of the demo, and its database."""
    if database:
        name = urlsplit(database).path.lstrip("/")
        if not sure:
            if not sys.stdin.isatty():
                sys.exit("--reset with a PostgreSQL database deletes everything in it: add --yes.")
            if input(f"Delete EVERYTHING in the database {name}? Type its name: ") != name:
                sys.exit("Nothing was deleted.")
        import psycopg

        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
    for name in ("media", "private", "mail"):
        shutil.rmtree(folder / name, ignore_errors=True)
    for path in folder.glob("db.sqlite3*"):
        path.unlink()
    (folder / LOADING).unlink(missing_ok=True)


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        print("Making the database ...", flush=True)
        call_command("migrate", interactive=False, verbosity=0)


def collect_static(folder: Path) -> None:
    """Collect, hash and compress static files when one of them changed since the last time."""
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            found = os.stat(storage.path(path))
            digest.update(f"{path} {found.st_size} {found.st_mtime_ns}\n".encode())
    stamp = folder / "static.sha256"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    print("Collecting static files ...", flush=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())


def demo_content(folder: Path, database: str) -> list[str]:
    """Load the demo into a site that nobody has used yet; the lines that name the accounts."""
    from django.contrib.auth import get_user_model

    from sandbox import demo

    users = get_user_model().objects
    if not users.exists():
        print("Loading the demo content ...", flush=True)
        marker = folder / LOADING
        marker.write_text(database)
        demo.load()
        marker.unlink()
    logins = [login for login, _password, _who in demo.ACCOUNTS]
    if users.filter(username__in=logins).count() < len(logins):
        print("This site was begun with --empty, and stays so. With --reset it begins again.")
        return accounts_only()
    width = max(map(len, logins))
    return [f"{login:{width}}  {password}  {who}" for login, password, who in demo.ACCOUNTS]


def begin_again_after_interruption(folder: Path, database: str) -> None:
    """Half a demo is worse than none: what was made before Ctrl-C or a failure is deleted."""
    marker = folder / LOADING
    if not marker.exists() or marker.read_text() != database:
        return
    if database:
        sys.exit("The demo content is there only in part. Begin again with --reset.")
    print("The demo content was there only in part; beginning again.")
    reset(folder, database, sure=True)


def accounts_only() -> list[str]:
    """An account of the secretariat, and nothing else."""
    from django.contrib.auth import get_user_model

    login, password = SECRETARIAT
    users = get_user_model()
    if not users.objects.filter(username=login).exists():
        users.objects.create_superuser(login, login, password, first_name="Secretariat")
    return [f"{login}  {password}  secretariat of the network"]


def serve(host: str, port: int, lines: list[str]) -> None:
    import uvicorn
    from django.conf import settings

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            if self.started:
                print(f"\nThe site is at {settings.SITE_URL}/", flush=True)
                print(f"Mails that it sends are shown at {settings.SITE_URL}/letters/")
                print("\nAccounts (login, password, who):")
                print("\n".join(f"  {line}" for line in lines))
                print("\nCtrl-C ends it.", flush=True)

    config = uvicorn.Config(
        "sandbox.asgi:application",
        host=host,
        port=port,
        ws="websockets-sansio",
        log_level="warning",
        timeout_graceful_shutdown=3,
    )
    with contextlib.suppress(KeyboardInterrupt):
        Server(config).run()
    print("Ended.")


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
