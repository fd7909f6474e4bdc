"""A PostgreSQL and a Chroma server of the tests' own: started in a folder, killed, and started again.

PostgreSQL refuses to run as root and is then started as another user, so its folder lies outside pytest's.
"""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg

PATIENCE_SECONDS = 30
_SORTING_BY_LANGUAGE = 150_000  # the first version that can


def postgresql_programs() -> Path | None:
    """The folder of the newest installed server's programs (Debian: /usr/lib/postgresql/15/bin); None without one."""
    found = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    found.sort(key=lambda path: int(path.parent.name))
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).resolve().parent if on_path else None


class KilledServer:
    """A process that is killed without warning and started again; ended where the `with` ends."""

    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns when it takes connections."""
        raise NotImplementedError

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()
        self._process = None

    def restart(self) -> None:
        self.kill()
        self.start()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._process is not None:
            self.kill()


class PostgreSQL(KilledServer):
    """A server on a free port of localhost, with a folder that is deleted at the end."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="jushi-postgresql-"))
        self._as_other: list[str] = []
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres" if _known("postgres") else "nobody")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._as_other = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        self.port = free_port()
        self._databases = 0
        options = ["--auth=trust", "--username=jushi", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "-D", str(self._folder / "data"), *options)

    def start(self) -> None:
        """Returns when it takes connections."""
        folder = str(self._folder)
        command = [*self._as_other, str(self._programs / "postgres"), "-D", f"{folder}/data", "-p", str(self.port)]
        command += ["-k", folder, "-h", "127.0.0.1", "-c", "max_connections=200"]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._answers():
            assert time.monotonic() < until, (self._folder / "log").read_text()
            time.sleep(0.05)

    def kill(self) -> None:
        """As a power failure does: kill -9, of the server and of all that serve its connections."""
        assert self._process is not None
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children").read_text().split()
        for process in [str(self._process.pid), *children]:
            try:
                os.kill(int(process), signal.SIGKILL)
            except ProcessLookupError:
                continue
        self._process.wait()
        self._process = None
        for process in children:  # they hold the shared memory until they are gone
            while Path(f"/proc/{process}").exists() and "State:\tZ" not in _status(process):
                time.sleep(0.01)

    def database(self) -> str:
        """The address of a new, empty database, which sorts text as an office in China has set it up."""
        self._databases += 1
        name = f"jushi_{self._databases}"
        with psycopg.connect(self._address("postgres"), autocommit=True) as connection:
            sorting = "template template0 locale_provider icu icu_locale 'zh'"
            sorting = sorting if connection.info.server_version >= _SORTING_BY_LANGUAGE else ""
            connection.execute(f"create database {name} {sorting}".encode())
        return self._address(name)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        super().__exit__(kind, error, at)
        shutil.rmtree(self._folder, ignore_errors=True)

    def _address(self, name: str) -> str:
        return f"postgresql://jushi@127.0.0.1:{self.port}/{name}"

    def _answers(self) -> bool:
        assert self._process is not None
        assert self._process.poll() is None, (self._folder / "log").read_text()
        try:
            psycopg.connect(self._address("postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *arguments: str) -> None:
        command = [*self._as_other, str(self._programs / program), *arguments]
        subprocess.run(command, check=True, capture_output=True, cwd=self._folder)


class ChromaServer(KilledServer):
    """`chroma run` on a free port of localhost, over a folder that stays."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Returns when it takes connections."""
        self._folder.mkdir(parents=True, exist_ok=True)
        program = str(Path(sys.executable).parent / "chroma")
        command = [program, "run", "--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self.port)]
        environment = {**os.environ, "ANONYMIZED_TELEMETRY": "false"}
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, cwd=self._folder)
        until = time.monotonic() + PATIENCE_SECONDS
        while not _listens(self.port):
            assert self._process.poll() is None, (self._folder / "log").read_text()
            assert time.monotonic() < until, (self._folder / "log").read_text()
            time.sleep(0.05)

    def hang(self) -> None:
        """It takes connections and answers none of them, until `go_on`."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self._process is not None
        self._process.send_signal(signal.SIGCONT)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _known(user: str) -> bool:
    try:
        pwd.getpwnam(user)
    except KeyError:
        return False
    return True


def _status(process: str) -> str:
    try:
        return Path(f"/proc/{process}/status").read_text()
    except FileNotFoundError:
        return "State:\tZ"
