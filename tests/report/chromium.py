"""Chromium without a window, spoken to over a pipe in the words of its DevTools protocol; no library is needed for that.

https://chromedevtools.github.io/devtools-protocol/
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import time
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_PATIENCE = 60.0
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars"),
    *("--disable-extensions", "--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-default-apps", "--disable-domain-reliability", "--no-proxy-server", "--remote-debugging-pipe"),
)

Key = tuple[str, int, str]
ENTER: Key = ("Enter", 13, "\r")
TAB: Key = ("Tab", 9, "")
ESCAPE: Key = ("Escape", 27, "")
SPACE: Key = (" ", 32, " ")


class Chromium:
    """A browser with one page; everything that the page asked for or complained of is kept."""

    def __init__(self, program: str, profile: Path) -> None:
        to_read, their_write = os.pipe()
        their_read, to_write = os.pipe()
        command = [program, *_FLAGS, f"--user-data-dir={profile}", "about:blank"]
        script = f'exec "$@" 3<&{their_read} 4>&{their_write}'  # the two numbers that it looks at
        self._process = subprocess.Popen(
            ["bash", "-c", script, "sh", *command],
            pass_fds=(their_read, their_write),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(their_read)
        os.close(their_write)
        self._reading, self._writing = to_read, to_write
        self._rest, self._number, self._session = b"", 0, ""
        self.asked_for: list[str] = []
        self.said: list[str] = []
        (page,) = [one for one in self.call("Target.getTargets")["targetInfos"] if one["type"] == "page"]
        self._session = self.call("Target.attachToTarget", targetId=page["targetId"], flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """What the browser answers; what happens meanwhile is taken note of."""
        self._number += 1
        session = {"sessionId": self._session} if self._session else {}
        message = {"id": self._number, "method": method, "params": parameters, **session}
        os.write(self._writing, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, path: Path) -> None:
        """Show the file at `path`, and forget what was noted."""
        self.call("Page.navigate", url="about:blank")
        self.asked_for.clear()
        self.said.clear()
        self.call("Page.navigate", url=path.as_uri())
        limit = time.monotonic() + _PATIENCE
        while self.value("document.readyState") != "complete" or self.value("location.href") == "about:blank":
            assert time.monotonic() < limit
            time.sleep(0.05)

    def value(self, expression: str) -> Any:
        """What `expression` is in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def press(self, key: Key, times: int = 1) -> None:
        """Press and let go, wherever the focus is."""
        name, code, text = key
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                typed = {"text": text} if text and kind == "keyDown" else {}
                self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=code, **typed)

    def write(self, text: str) -> None:
        self.call("Input.insertText", text=text)

    def show(self, *, width: int = 1280, scheme: str = "light", medium: str = "") -> None:
        """How wide the window is, what the user prefers, and `print` for what a printer gets."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=medium, features=features)

    def picture(self, path: Path) -> None:
        """The whole page as a PNG at `path`."""
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        path.write_bytes(base64.b64decode(data))

    def pdf(self, path: Path) -> None:
        """What a printer gets at `path`."""
        path.write_bytes(base64.b64decode(self.call("Page.printToPDF", printBackground=False)["data"]))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        self._process.wait(_PATIENCE)
        os.close(self._reading)
        os.close(self._writing)

    def _next(self) -> dict[str, Any]:
        """The next message, noted where it tells of something that has happened."""
        limit = time.monotonic() + _PATIENCE
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._reading], [], [], max(0.0, limit - time.monotonic()))
            assert ready, "the browser does not answer"
            piece = os.read(self._reading, 1 << 20)
            assert piece, "the browser has ended"
            self._rest += piece
        text, _, self._rest = self._rest.partition(b"\0")
        message: dict[str, Any] = json.loads(text)
        method, told = message.get("method"), message.get("params", {})
        if method == "Network.requestWillBeSent":
            self.asked_for.append(told["request"]["url"])
        elif method == "Runtime.exceptionThrown":
            self.said.append(str(told["exceptionDetails"]))
        elif method == "Page.javascriptDialogOpening":
            self.said.append(f"dialog: {told['message']}")
        elif method == "Log.entryAdded":
            self.said.append(told["entry"]["text"])
        elif method == "Runtime.consoleAPICalled":
            self.said.append(str(told["args"]))
        return message
