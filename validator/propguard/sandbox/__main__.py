"""The process behind `Sandbox`: settings as a line of JSON on standard input, the base URL on standard output.

It ends when standard input does, so that no sandbox outlives the test run that started it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading

from propguard.errors import PropguardError
from propguard.sandbox.settings import Settings, faults_of


def main() -> int:
    """Serve until the end of standard input; 2 with a sentence on standard error where that cannot be."""
    told = json.loads(sys.stdin.readline())
    try:
        from propguard.sandbox.serving import serve

        settings = Settings(**{**told, "faults": faults_of(told["faults"])})
        serve(settings, _ready)
    except KeyboardInterrupt:
        pass
    except PropguardError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    return 0


def _ready(base_url: str) -> None:
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()
    sys.stdout.write(f"{base_url}\n")
    sys.stdout.flush()


def _stop_at_end_of_input() -> None:
    sys.stdin.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    os._exit(main())  # chDB's threads are not waited for
