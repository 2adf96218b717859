"""A real ClickHouse server over HTTP on a free port, from an npm package, with Helicone's table and users of several rights.

The package is the engine of chDB for Node. Its library can run ClickHouse's local program, which can listen. Versions later
than 26.7.3 do not listen any more.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import Self
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from tests.published import node_package

PACKAGE = "@chdb/lib-linux-x64-gnu"

CONFIG = "<clickhouse><users_config>{users}</users_config></clickhouse>"
USERS = """
<clickhouse>
  <profiles><default/><bound><readonly>1</readonly></bound><reading><readonly>2</readonly></reading></profiles>
  <quotas><default/></quotas>
  <users>
    <default><password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></default>
    <writer><password>w&amp;p/1</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></writer>
    <bound><password>b</password><networks><ip>127.0.0.1</ip></networks><profile>bound</profile><quota>default</quota></bound>
    <reading><password>r</password><networks><ip>127.0.0.1</ip></networks><profile>reading</profile><quota>default</quota></reading>
    <nobody><password>n</password><networks><ip>127.0.0.1</ip></networks><profile>reading</profile><quota>default</quota>
      <grants><query>GRANT SELECT ON system.*</query></grants></nobody>
  </users>
</clickhouse>
"""


class ClickHouseServer:
    """The server, whose files are in `folder`, from `with` until its end."""

    def __init__(self, folder: Path) -> None:
        self._library, self._folder = node_package(PACKAGE) / "libchdb.so", folder
        with closing(socket.socket()) as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]

    def __enter__(self) -> Self:
        return self.start()

    def start(self) -> Self:
        """It answers; with what it held when it was stopped."""
        folder = self._folder
        users, config, fifo = folder / "users.xml", folder / "config.xml", folder / "fifo"
        if not fifo.exists():
            os.mkfifo(fifo)
        users.write_text(USERS)
        config.write_text(CONFIG.format(users=users))
        script = f"SYSTEM START LISTEN HTTP; SELECT * FROM file('{fifo}', LineAsString, 'line String')"
        arguments = [f"--config-file={config}", f"--path={folder / 'data'}", f"--http_port={self.port}"]
        arguments += ["--listen_host=127.0.0.1", "--multiquery", f"--query={script}"]
        program = str(Path(__file__).with_name("clickhouse_process.py"))
        self._process = subprocess.Popen(
            [sys.executable, program, str(self._library), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                self.run("SELECT 1")
            except (URLError, OSError):
                assert self._process.poll() is None, "the server ended before it listened"
                assert time.monotonic() < deadline, "the server does not listen"
                time.sleep(0.05)
            else:
                return self

    @property
    def has_ended(self) -> bool:
        return self._process.poll() is not None

    def kill(self) -> None:
        """It is gone, in the middle of whatever it did."""
        self._process.kill()
        self._process.wait()

    def __exit__(self, *_: object) -> None:
        self.kill()

    def address(self, user: str = "default", rest: str = "default") -> str:
        """What `audit` takes; `user` may hold a password."""
        return f"clickhouse://{user}@127.0.0.1:{self.port}/{rest}"

    def run(self, sql: str, **settings: object) -> str:
        """The answer to a statement of the user `default`."""
        query = "&".join(f"{name}={quote(str(value))}" for name, value in settings.items())
        with urlopen(Request(f"http://127.0.0.1:{self.port}/?{query}", data=sql.encode()), timeout=60) as answer:
            text: str = answer.read().decode()
        return text
