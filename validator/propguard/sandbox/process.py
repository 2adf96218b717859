"""A sandbox in a process of its own, as tests use it.

A process, because chDB has one engine per process, which the tests' own code may want, and because a server in a thread would
share the interpreter with whatever is measured against it.
"""

from __future__ import annotations

import http.client
import importlib.util
import json
import os
import subprocess
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from propguard.errors import UsageError
from propguard.sandbox.settings import Faults, Settings, faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from types import TracebackType

_BATCH = 5_000
_NEEDED = ("chdb", "httptools", "starlette", "uvicorn")
_API_KEY = "sk-helicone-sandbox"


class Sandbox:
    """A platform of one's own on a free port, from `with` until its end.

    `schema` is the path of a property schema, or `standard`: what breaks it is listed by `report`, and with `enforce` refused.
    `ingestion_delay` is the time in seconds until a request can be seen; `rate_limit` calls are answered in `rate_window`
    seconds; `api_key` is the only key that is accepted, null for any; `read_only_key` one that may not POST; `sql` whether
    the SQL endpoint is switched on, `sql_parser` a program that rewrites queries as the platform's parser does. Raises
    UsageError where it cannot start.
    """

    def __init__(  # noqa: PLR0913  # options, each given by name
        self,
        schema: str | os.PathLike[str] | None = None,
        *,
        enforce: bool = False,
        ingestion_delay: float = 0.0,
        rate_limit: int | None = None,
        rate_window: float = 300.0,
        api_key: str | None = None,
        read_only_key: str | None = None,
        sql: bool = True,
        sql_parser: Sequence[str] = (),
    ) -> None:
        self._settings = Settings(
            api_key=api_key,
            read_only_key=read_only_key,
            schema=None if schema is None else _path(schema),
            enforce=enforce,
            ingestion_delay=ingestion_delay,
            rate_limit=rate_limit,
            rate_window=rate_window,
            sql=sql,
            sql_parser=sql_parser,
        )
        self._process: subprocess.Popen[str] | None = None
        self.api_key = api_key or _API_KEY
        self.base_url = ""

    def __repr__(self) -> str:
        return f"Sandbox({self.base_url or 'not started'})"

    def __enter__(self) -> Self:
        return self.start()

    def start(self) -> Self:
        """The sandbox answers at `base_url`, until `close`."""
        require()
        package = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
        search_path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "propguard.sandbox"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONPATH": search_path},
            start_new_session=True,  # Ctrl-C is for the test run, which then closes standard input
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(asdict(self._settings)) + "\n")
        self._process.stdin.flush()
        self.base_url = self._process.stdout.readline().strip()
        if not self.base_url:
            raise UsageError(f"the sandbox did not start: {self._last_words()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """The process has ended, and everything that was stored is gone."""
        process, self._process = self._process, None
        if process is None:
            return
        self.base_url = ""
        assert process.stdin is not None
        process.stdin.close()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        for stream in (process.stdout, process.stderr):
            assert stream is not None
            stream.close()

    @property
    def openai_base_url(self) -> str:
        """What OpenAI's client takes as `base_url`; Anthropic's takes `base_url` as it is."""
        return f"{self.base_url}/v1"

    def seed(self, requests: Iterable[Mapping[str, Any]]) -> list[str]:
        """Requests are stored at once, as if they had been made before; their ids, in order.

        Each may have `request_id`, `created_at` (ISO 8601), `properties`, `model`, `provider`, `status`, `user_id`,
        `prompt_id`, `prompt_version`, `request_referrer`. Raises UsageError for anything else.
        """
        ids: list[str] = []
        batch: list[Mapping[str, Any]] = []
        for request in requests:
            batch.append(request)
            if len(batch) == _BATCH:
                ids += self._seeded(batch)
                batch = []
        return ids + self._seeded(batch) if batch else ids

    def _seeded(self, batch: Sequence[Mapping[str, Any]]) -> list[str]:
        ids: list[str] = self._asked("POST", "/sandbox/requests", batch)["request_ids"]
        return ids

    def faults(self, **faults: float) -> Faults:
        """From now on these are the faults of the platform, and no others; see `Faults` for their names."""
        wanted = faults_of(faults)
        self._asked("POST", "/sandbox/faults", asdict(wanted))
        return wanted

    def report(self) -> dict[str, Any]:
        """Every violation that was written, in the envelope of all reports. Raises UsageError where no schema is known."""
        report: dict[str, Any] = self._asked("GET", "/sandbox/report")
        return report

    def requests(self) -> Iterator[dict[str, Any]]:
        """Every stored request once, in its latest version, in the order of ids."""
        after: str | None = ""
        while after is not None:
            page = self._asked("GET", f"/sandbox/requests?after={after}")
            yield from page["requests"]
            after = page["after"]

    def reset(self) -> None:
        """There are no requests, no violations, no faults, and nobody has called yet."""
        self._asked("POST", "/sandbox/reset")

    def _asked(self, method: str, path: str, document: object = None) -> Any:
        """What the sandbox answers at a door of its own. Raises UsageError with its words where it refuses."""
        if self._process is None:
            raise UsageError("the sandbox is not running; use it within `with Sandbox() as sandbox:`")
        connection = http.client.HTTPConnection(urlsplit(self.base_url).netloc, timeout=120)
        try:
            connection.request(method, path, None if document is None else json.dumps(document))
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise UsageError(f"the sandbox does not answer any more: {error}") from None
        finally:
            connection.close()
        if response.status >= 400:
            raise UsageError(answer["error"])
        return answer

    def _last_words(self) -> str:
        """Why the process ended, in its own words."""
        assert self._process is not None
        assert self._process.stderr is not None
        lines = self._process.stderr.read().strip().splitlines()
        self.close()
        return lines[-1] if lines else "it ended without a word"


def _path(schema: str | os.PathLike[str]) -> str:
    from propguard.schemafile import named_path

    return os.path.abspath(named_path(os.fspath(schema)))


def require() -> None:
    """Raises UsageError, with what to do, where a sandbox cannot run here."""
    if sys.platform == "win32":
        raise UsageError("the sandbox needs chDB, which does not run on Windows; use Linux, macOS or WSL")
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(
            f"the sandbox needs {' and '.join(missing)}; install it with `pip install 'propguard[sandbox]'`"
        )
