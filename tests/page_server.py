"""The page as a process that is killed and started again on its port, as it is or inside a mount of its own."""

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from assistant.web.serving import APP
from tests.servers import KilledServer, free_port

PATIENCE_SECONDS = 60


class PageServer(KilledServer):
    """`before` is put in front of the command, as `unshare --mount`; `settings` are added to the environment."""

    def __init__(self, settings: Mapping[str, str], *, before: Sequence[str] = ()) -> None:
        self._settings, self._before = settings, before
        self.port = free_port()
        self.address = f"http://localhost:{self.port}"

    def start(self) -> None:
        """Returns when it takes visitors."""
        command = [*self._before, sys.executable, "-m", "streamlit", "run", str(APP), "--server.headless", "true"]
        command += ["--server.port", str(self.port)]
        environment = {**os.environ, **self._settings}
        self._process = subprocess.Popen(command, env=environment, cwd=APP.parent, stdout=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE_SECONDS
        while not self._is_healthy():
            assert self._process.poll() is None, "the page ended while it was starting"
            assert time.monotonic() < until, "the page did not start"
            time.sleep(0.1)

    def sees(self, path: Path) -> Path:
        """Where the process's own `path` is found from outside its mount namespace."""
        assert self._process is not None
        return Path(f"/proc/{self._process.pid}/root") / path.relative_to("/")

    def _is_healthy(self) -> bool:
        try:
            urllib.request.urlopen(f"{self.address}/_stcore/health", timeout=1).close()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False
        return True
