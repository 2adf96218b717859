"""`make soak`: 10,000 rows against a platform that misbehaves in every way, the process killed ten times meanwhile.

Every row has to end verified, as seen at the platform, or reported; then a last run without faults has to write the rest.
"""

from __future__ import annotations

import json
import logging
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.cli.shop import PROGRAM, SCHEMA
from tests.cli.test_apply_command import KEY, assert_held, put, uuid
from tests.client.faulty_platform import Faults, Platform

FAULTS = Faults(error=0.05, reset=0.04, reset_after=0.04, silence=0.01, truncated=0.04, slow=0.04, too_many=0.03)
ROWS = 10_000
KILLS = 10


def rows(chance: random.Random) -> list[tuple[str, str, str]]:
    """Four in five for requests of their own, one in five for one of a thousand that get several, values changed included."""
    written = []
    for number in range(ROWS):
        request = 20_000 + number if chance.random() < 0.8 else chance.randrange(1000)
        key = chance.choice(["app", "environment"])
        value = f"v{number}" if key == "app" else chance.choice(["production", "staging"])
        written.append((uuid(request), key, value))
    return written


def main() -> int:
    """0 where nothing was lost; else an assertion says what was."""
    logging.getLogger("asyncio").setLevel(logging.ERROR)  # that a killed process does not listen any more is no news
    begin = time.monotonic()
    written = rows(random.Random(4))
    with tempfile.TemporaryDirectory() as folder, Platform(FAULTS, seed=4) as platform:
        os.environ.update(HELICONE_BASE_URL=platform.url, HELICONE_API_KEY=KEY)
        (Path(folder) / "properties.yaml").write_text(SCHEMA, encoding="utf-8")
        put(Path(folder) / "r.jsonl", written)
        command = [*PROGRAM, "apply", "r.jsonl", "--timeout", "1", "--verify", "--outcome", "o.jsonl"]
        for kill in range(1, KILLS + 1):
            with subprocess.Popen(command, cwd=folder, stderr=subprocess.DEVNULL) as process:
                while len(platform.writes) < kill * ROWS / (KILLS + 1) and process.poll() is None:
                    time.sleep(0.01)
                assert process.poll() is None, "it has ended before it could be killed"
                process.kill()
            print(f"killed {kill} times, {len(platform.writes):,} writes, {time.monotonic() - begin:.0f} s", flush=True)
        codes = []
        for _ in range(2):
            codes.append(subprocess.run(command, cwd=folder, check=False).returncode)
            outcomes = [json.loads(line) for line in (Path(folder) / "o.jsonl").read_text().splitlines()]
            counts = Counter(row["outcome"] for row in outcomes)
            print(f"exit code {codes[-1]}, {dict(counts)}, {platform.calls:,} calls, {time.monotonic() - begin:.0f} s")
            assert [(row["request_id"], row["key"], row["value"]) for row in outcomes] == written
            assert (codes[-1] == 0) == (counts["verified"] == ROWS)
            assert_held(platform, outcomes)
            platform.faults = Faults()
        assert codes[-1] == 0, "a run without faults has to end with every row verified"
    print(f"none of {ROWS:,} rows lost, none passed over")
    return 0


if __name__ == "__main__":
    sys.exit(main())
