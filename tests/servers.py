"""Real servers for tests: PostgreSQL from Debian's packages, and Chroma's own, each in a folder of its own on loopback."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a new PostgreSQL server, without the database's name. It refuses root, so root gives its place away."""
    found = [str(path.parent) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))]
    beside = shutil.which("initdb")
    assert found or beside, "PostgreSQL is not installed; run `make postgres`, which installs it."
    programs = Path(found[-1] if found else str(beside).rpartition("/")[0])
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    user: dict[str, Any] = {}
    if os.getuid() == 0:
        names = {entry.pw_name for entry in pwd.getpwall()}
        user = {"user": "postgres" if "postgres" in names else "nobody", "group": None, "extra_groups": []}
        os.chown(folder, pwd.getpwnam(user["user"]).pw_uid, -1)
        user["group"] = pwd.getpwnam(user["user"]).pw_gid
    port = free_port()

    def run(program: str, *arguments: str) -> None:
        log = folder / "started"
        with open(log, "ab") as out:  # a pipe would stay open in the server, and never end
            done = subprocess.run(
                [programs / program, *arguments], stdout=out, stderr=out, cwd=folder, timeout=60, **user
            )
        assert done.returncode == 0, log.read_text()

    data = str(folder / "data")
    try:
        run("initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync")
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync=off"
        run("pg_ctl", "-D", data, "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://tester@127.0.0.1:{port}"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder)


class ChromaServer:
    """``chroma run`` on a folder; it can be stopped and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.start()

    def start(self) -> None:
        program = Path(sys.executable).with_name("chroma")
        self.process = subprocess.Popen(
            [program, "run", "--path", self.folder, "--host", "127.0.0.1", "--port", str(self.port)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=self.folder.parent,
        )  # fmt: skip
        while not self.answers():
            assert self.process.poll() is None, "the Chroma server has ended"
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/api/v2/heartbeat", timeout=5) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    def stop(self) -> None:
        self.process.kill()
        self.process.wait()
