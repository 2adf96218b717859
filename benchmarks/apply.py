"""What `propguard apply` costs beyond its calls: writes a second beside a bare httpx loop, and memory by number of rows."""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import uuid
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from propguard.client.apply import Options, Run
from propguard.client.examination import Examination
from propguard.client.journal import Journal
from propguard.client.plan import Plan
from propguard.client.rows import RowFile
from propguard.helicone.session import AsyncSession
from propguard.sandbox import Sandbox
from propguard.schemafile import load_schema

if TYPE_CHECKING:
    import resource

ROUNDS = 12
ROWS = 4_000
CONCURRENCY = 8
KEY = "sk-helicone-test"
SCHEMA = """\
file_format: property-schema/1
name: shop
version: 1.0.0
properties:
  environment: {enum: [production, staging]}
  app: {max_length: 20}
"""


def write_rows(path: Path, number: int) -> None:
    """Rows to as many requests."""
    chance = random.Random(number)
    with path.open("w", encoding="utf-8") as stream:
        for _ in range(number):
            request_id = str(uuid.UUID(int=chance.getrandbits(128)))
            stream.write(
                json.dumps({"request_id": request_id, "key": "app", "value": f"v{chance.random():.6f}"}) + "\n"
            )


async def bare(url: str, path: Path) -> float:
    """Seconds of a loop over the same rows that checks, remembers and repeats nothing."""
    rows = deque(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    async with httpx.AsyncClient(headers={"Authorization": f"Bearer {KEY}"}) as client:

        async def work() -> None:
            while rows:
                row = rows.popleft()
                body = {"key": row["key"], "value": row["value"]}
                answer = await client.put(f"{url}/v1/request/{row['request_id']}/property", json=body)
                assert answer.status_code == 201
                assert answer.json()["error"] is None

        begin = time.perf_counter()
        await asyncio.gather(*[work() for _ in range(CONCURRENCY)])
        return time.perf_counter() - begin


def guarded(url: str, path: Path, schema: Path) -> float:
    """Seconds of the writing part of `apply`, with a journal that is new."""
    at = path.with_suffix(".journal")
    for stale in path.parent.glob(f"{at.name}*"):
        stale.unlink()
    with RowFile(str(path)) as file, Journal(str(at)) as journal:
        plan = Plan(journal, file, url)
        examination = Examination(
            file, plan, load_schema(str(schema)), "shop", "raise", today=None, advance=lambda _done, _total: None
        )
        assert not list(examination.findings())
        extent = plan.arrange()

        async def run() -> float:
            async with AsyncSession(KEY, url, concurrency=CONCURRENCY) as session:
                begin = time.perf_counter()
                options = Options(CONCURRENCY)
                await Run(plan, journal, session, options, extent.writes, lambda _done, _total: None).apply()
                return time.perf_counter() - begin

        return asyncio.run(run())


def throughput(folder: Path) -> None:
    path, schema = folder / "rows.jsonl", folder / "properties.yaml"
    write_rows(path, ROWS)
    schema.write_text(SCHEMA, encoding="utf-8")
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    seconds: dict[str, list[float]] = {"bare httpx.AsyncClient loop": [], "propguard apply": []}
    with Sandbox() as sandbox:
        sandbox.seed({"request_id": row["request_id"]} for row in rows)
        url = sandbox.base_url
        for number in range(ROUNDS + 1):
            ways = (lambda: asyncio.run(bare(url, path)), lambda: guarded(url, path, schema))
            order = (0, 1) if number % 2 else (1, 0)  # what is stored slows down whoever comes second
            timed = {way: ways[way]() for way in order}
            if number:  # the first round warms up
                for way, values in enumerate(seconds.values()):
                    values.append(timed[way])
    base, own = seconds.values()
    ratio = statistics.median(loop / applied for loop, applied in zip(base, own, strict=True))
    print(f"{'writes to different requests, ' + str(CONCURRENCY) + ' at once':50} {'rows/s':>10}")
    for name, values in seconds.items():
        print(f"{name:50} {ROWS / statistics.median(values):10,.0f}")
    print(f"{'ratio':50} {ratio:10.2f}\n")


def memory(folder: Path) -> None:
    """Everything but the network: judging every row, the plan and the journal."""
    print(f"{'judged and planned (--dry-run)':50} {'s':>10} {'peak MB':>10}")
    (folder / "properties.yaml").write_text(SCHEMA, encoding="utf-8")
    for number in (10_000, 100_000, 1_000_000):
        path = folder / f"{number}.jsonl"
        write_rows(path, number)
        begin = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, "-m", "propguard", "apply", str(path), "--dry-run"],
            cwd=folder,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, map(os.path.abspath, sys.path)))},
        )
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0
        print(f"{f'{number:,} rows':50} {time.perf_counter() - begin:10.1f} {_megabytes(usage):10.0f}")
        path.unlink()
    print()


def _megabytes(usage: resource.struct_rusage) -> float:
    return usage.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        throughput(Path(folder))
        memory(Path(folder))


if __name__ == "__main__":
    main()
