"""A PostgreSQL server of its own in a temporary folder. Standard library only."""

from __future__ import annotations

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path


def binaries() -> Path | None:
    """The folder with initdb and postgres of the newest version found, or None."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    for folder in [*folders, *(Path(path) for path in os.environ.get("PATH", "").split(os.pathsep))]:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    return None


class Cluster:
    """`with Cluster() as cluster:` gives `cluster.url`, empty when there is no PostgreSQL on this machine."""

    def __init__(self) -> None:
        self.url = ""
        self.folder = ""
        self.identity: dict[str, object] = {}
        self.control: Path | None = None

    def __enter__(self) -> Cluster:
        folder = binaries()
        if folder is None or os.environ.get("DATABASE_URL"):
            return self
        self.folder = tempfile.mkdtemp(prefix="cse-postgresql-")
        self.control = folder / "pg_ctl"
        self._become_unprivileged()
        password = secrets.token_hex(16)
        secret = Path(self.folder) / "password"
        secret.write_text(password)
        shutil.chown(secret, *self._owner())
        data = f"{self.folder}/data"
        self._run(folder / "initdb", "-D", data, "-U", "cse", f"--pwfile={secret}", "-A", "scram-sha-256", *LOCALE)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200"
        # fsync stays on: tests of what survives a crash run here.
        self._run(self.control, "-D", data, "-w", "-l", f"{self.folder}/log", "-o", options, "start")
        self.url = f"postgresql://cse:{password}@127.0.0.1:{port}/postgres"
        return self

    def __exit__(self, *exception: object) -> None:
        if self.url:
            self._run(self.control, "-D", f"{self.folder}/data", "-m", "immediate", "stop")
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)

    def _become_unprivileged(self) -> None:
        """PostgreSQL refuses to run as root."""
        if os.geteuid() != 0:
            return
        for name in ("postgres", "nobody"):
            try:
                user = pwd.getpwnam(name)
            except KeyError:
                continue
            self.identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
            break
        shutil.chown(self.folder, *self._owner())

    def _owner(self) -> tuple[int, int]:
        return (self.identity.get("user", os.geteuid()), self.identity.get("group", os.getegid()))  # type: ignore[return-value]

    def _run(self, *command: object) -> None:
        # A file, not a pipe: the server that pg_ctl starts keeps it open.
        with tempfile.TemporaryFile() as output:
            done = subprocess.run(
                [str(part) for part in command],
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                **self.identity,  # type: ignore[call-overload]
            )
            if done.returncode:
                output.seek(0)
                raise RuntimeError(f"{command[0]} failed:\n{output.read().decode(errors='replace')}")


LOCALE = ("--encoding=UTF8", "--locale=C.UTF-8")
