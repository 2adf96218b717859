"""`propguard apply`: every row judged before the first is sent, each written or reported, and continued where it ended."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from tests.cli.shop import PROGRAM
from tests.client.faulty_platform import Faults, Platform

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from tests.cli.shop import Call

KEY = "sk-helicone-test"


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def rows(number: int) -> list[tuple[str, str, str]]:
    return [(uuid(place), "app", f"v{place}") for place in range(1, number + 1)]


def put(path: Path, written: Sequence[tuple[str, str, str]]) -> None:
    text = (json.dumps({"request_id": row[0], "key": row[1], "value": row[2]}) + "\n" for row in written)
    path.write_text("".join(text), encoding="utf-8")


@pytest.fixture
def platform(monkeypatch: pytest.MonkeyPatch) -> Iterator[Platform]:
    with Platform() as server:
        monkeypatch.setenv("HELICONE_BASE_URL", server.url)
        monkeypatch.setenv("HELICONE_API_KEY", KEY)
        yield server


def test_rows_are_written_and_not_written_again(project: Path, call: Call, platform: Platform) -> None:
    """A second run finds everything done; rows that were added are written."""
    put(project / "r.jsonl", rows(3))
    answer = call("apply", "r.jsonl", "--accept-side-effects")
    assert (answer.code, answer.out, answer.err) == (0, "", "3 written of 3 rows\n")
    assert platform.stored == {uuid(place): {"app": f"v{place}"} for place in (1, 2, 3)}
    assert call("apply", "r.jsonl").err == "3 written of 3 rows\n"
    assert len(platform.writes) == 3
    put(project / "r.jsonl", rows(4))
    assert call("apply", "r.jsonl").code == 0
    assert len(platform.writes) == 4


def test_rows_of_one_request_are_written_in_their_order_and_spaced(
    project: Path, call: Call, platform: Platform
) -> None:
    """The last value wins, and no two writes fall into one second."""
    put(project / "r.jsonl", [(uuid(1), "app", "first"), (uuid(2), "app", "x"), (uuid(1), "app", "second")])
    assert call("apply", "r.jsonl").code == 0
    mine = [write for write in platform.writes if write.request_id == uuid(1)]
    assert [write.value for write in mine] == ["first", "second"]
    assert mine[1].at - mine[0].at >= 1.1


def test_nothing_is_written_where_one_row_is_wrong(project: Path, call: Call, platform: Platform) -> None:
    """All findings at once, each with the number of its row."""
    good = json.dumps({"request_id": uuid(1), "key": "app", "value": "x"})
    bad = [
        "{",
        "[]",
        '{"request_id": "a/b", "key": "app", "value": "x"}',
        '{"request_id": "", "key": "app", "value": "x"}',
        '{"request_id": 7, "key": "app", "value": "x"}',
        f'{{"request_id": "{uuid(1)}", "key": "app"}}',
        f'{{"request_id": "{uuid(1)}", "key": 1, "value": "x"}}',
        f'{{"request_id": "{uuid(1)}", "key": "app", "value": 1}}',
        f'{{"request_id": "{uuid(1)}", "key": "app", "value": "x", "value": "y"}}',
        f'{{"request_id": "{uuid(1)}", "key": "app", "value": "\\ud800"}}',
        f'{{"request_id": "{uuid(1)}", "key": "environment", "value": "mars"}}',
    ]
    (project / "r.jsonl").write_text("\n".join([good, "", *bad]), encoding="utf-8")
    answer = call("apply", "r.jsonl", "--format", "json")
    assert answer.code == 1
    found = json.loads(answer.out)["findings"]
    assert [finding["record"] for finding in found] == list(range(2, 13))
    assert [finding["rule"] for finding in found] == [
        *["unparsed-row"] * 7,
        "value-not-string",
        *["unparsed-row"] * 2,
        "value-not-allowed",
    ]
    assert found[-1]["request_id"] == uuid(1)
    assert platform.calls == 0
    text = call("apply", "r.jsonl")
    assert text.code == 1
    assert "record 2: error[unparsed-row] the row is not valid JSON" in text.out
    assert text.err.endswith("nothing is written, as there are rows to be mended first\n")


@pytest.mark.parametrize(
    ("word", "code", "stored"),
    [
        ("raise", 1, {}),
        ("fix", 0, {"environment": "production"}),
        ("warn", 0, {"env": "prod"}),
        ("drop", 0, {}),
    ],
)
def test_on_violation_says_what_becomes_of_a_wrong_row(
    word: str, code: int, stored: dict[str, str], project: Path, call: Call, platform: Platform
) -> None:
    """What was done about an error is a warning that says so."""
    put(project / "r.jsonl", [(uuid(1), "env", "prod")])
    answer = call("apply", "r.jsonl", "--on-violation", word, "--outcome", "o.jsonl")
    assert (answer.code, platform.stored.get(uuid(1), {})) == (code, stored)
    assert ("warning[" in answer.out) == (code == 0)
    if word == "drop":
        (row,) = map(json.loads, (project / "o.jsonl").read_text().splitlines())
        assert row["outcome"] == "dropped"


def test_a_dry_run_says_what_would_be_written_and_leaves_nothing(
    project: Path, call: Call, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a key, too."""
    monkeypatch.delenv("HELICONE_API_KEY")
    put(project / "r.jsonl", [*rows(3), (uuid(1), "app", "again")])
    answer = call("apply", "r.jsonl", "--dry-run", "--accept-side-effects")
    assert answer.code == 0
    assert answer.err.startswith("would write 4 rows to 3 requests; that takes about 1 s at 10,000 calls")
    assert platform.calls == 0
    assert sorted(os.listdir(project)) == ["properties.yaml", "r.jsonl"]


def test_a_dry_run_counts_what_is_left(project: Path, call: Call, platform: Platform) -> None:
    put(project / "r.jsonl", rows(2))
    call("apply", "r.jsonl")
    assert call("apply", "r.jsonl", "--dry-run").err == "nothing is left to write\n"
    put(project / "r.jsonl", rows(3))
    assert "would write 1 row to 1 request;" in call("apply", "r.jsonl", "--dry-run").err


def test_requests_that_are_not_found_are_parked_and_tried_again(project: Path, call: Call, platform: Platform) -> None:
    """With their later rows behind them; the others are written meanwhile."""
    platform.unknown = {uuid(1), uuid(2)}
    put(project / "r.jsonl", [*rows(4), (uuid(2), "app", "later")])
    answer = call("apply", "r.jsonl", "--ingestion-timeout", "0.5", "--outcome", "o.jsonl")
    assert answer.code == 2
    assert answer.err.endswith("2 written, 3 not found of 5 rows\n")
    assert f"row 1: not found: the platform has no request {uuid(1)}, or not yet" in answer.err
    outcomes = [json.loads(line) for line in (project / "o.jsonl").read_text().splitlines()]
    assert [row["outcome"] for row in outcomes] == ["not_found", "not_found", "written", "written", "not_found"]
    assert outcomes[4]["error"] == "an earlier row of this request was not found"
    platform.unknown = set()
    assert call("apply", "r.jsonl").code == 0
    assert platform.stored[uuid(2)] == {"app": "later"}


def test_a_request_that_appears_in_time_is_written(project: Path, platform: Platform) -> None:
    platform.unknown = {uuid(1)}
    put(project / "r.jsonl", rows(2))
    with subprocess.Popen(
        [*PROGRAM, "apply", "r.jsonl", "--accept-side-effects"], stderr=subprocess.PIPE, text=True
    ) as process:
        while not platform.writes:
            time.sleep(0.01)
        platform.unknown = set()
        _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (0, "2 written of 2 rows\n")


def test_a_row_that_the_platform_refuses_is_reported_and_the_others_are_written(
    project: Path, call: Call, platform: Platform
) -> None:
    platform.refused = {"v2"}
    put(project / "r.jsonl", rows(3))
    answer = call("apply", "r.jsonl", "--format", "json")
    assert answer.code == 2
    summary = json.loads(answer.out)["summary"]
    assert (summary["rows"], summary["written"], summary["refused"]) == (3, 2, 1)
    assert "row 2: refused: the platform refused the call (422" in answer.err


def test_a_wrong_key_stops_the_run_at_once(
    project: Path, call: Call, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one sentence, in which the key does not stand."""
    monkeypatch.setenv("HELICONE_API_KEY", "sk-wrong")
    put(project / "r.jsonl", rows(100))
    answer = call("apply", "r.jsonl")
    assert answer.code == 2
    assert answer.err.splitlines()[-1].startswith("propguard: the platform does not accept the API key (401")
    assert "sk-wrong" not in answer.err
    assert platform.calls <= 8


def test_a_server_that_refuses_everything_stops_the_run(
    project: Path, call: Call, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as a gateway that knows no property API: a million refusals would say no more than twenty."""
    monkeypatch.setenv("HELICONE_BASE_URL", platform.url + "/gateway")
    put(project / "r.jsonl", rows(100))
    answer = call("apply", "r.jsonl")
    assert answer.code == 2
    assert "does not know the property API (404)" in answer.err.splitlines()[-1]
    assert platform.calls < 40


def test_a_refusal_for_asking_too_often_is_waited_for(project: Path, call: Call, platform: Platform) -> None:
    platform.faults = Faults(too_many=0.3)
    put(project / "r.jsonl", rows(20))
    assert call("apply", "r.jsonl").code == 0
    assert len(platform.stored) == 20


def test_a_row_that_never_gets_an_answer_has_failed_and_is_reported(
    project: Path, call: Call, platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("propguard.client.apply._MOST_ATTEMPTS", 2)
    platform.faults = Faults(error=1.0)
    put(project / "r.jsonl", rows(2))
    answer = call("apply", "r.jsonl")
    assert answer.code == 2
    assert "row 1: failed: tried 2 times: the platform failed (500: ClickHouse failed)" in answer.err
    platform.faults = Faults()
    assert call("apply", "r.jsonl").code == 0


def test_what_was_lost_is_found_by_reading_back_and_written_again(
    project: Path, call: Call, platform: Platform
) -> None:
    """The platform says that it is written, and loses it."""
    platform.loses = {uuid(1), uuid(3)}
    put(project / "r.jsonl", rows(4))
    answer = call("apply", "r.jsonl", "--verify", "--accept-side-effects")
    assert (answer.code, answer.err) == (0, "4 verified of 4 rows\n")
    assert platform.stored == {uuid(place): {"app": f"v{place}"} for place in (1, 2, 3, 4)}
    assert len(platform.writes) == 6


def test_calls_at_once_are_bounded(project: Path, call: Call, platform: Platform) -> None:
    platform.faults = Faults(slow=1.0)
    put(project / "r.jsonl", rows(30))
    assert call("apply", "r.jsonl", "--concurrency", "3").code == 0
    assert 1 < platform.most_at_once <= 3


def test_an_outcome_file_can_be_applied_itself(project: Path, call: Call, platform: Platform) -> None:
    """Further fields are kept and ignored, so what the rows were written for is still beside them."""
    row = {"request_id": uuid(1), "key": "app", "value": "x", "from": "y", "rule": "key-case", "confidence": 0.9}
    (project / "r.jsonl").write_text(json.dumps(row))
    assert call("apply", "r.jsonl", "--outcome", "o.jsonl").code == 0
    outcome = json.loads((project / "o.jsonl").read_text())
    assert outcome == {**row, "outcome": "written", "error": None}
    assert call("apply", "o.jsonl", "--outcome", "p.jsonl").code == 0
    assert json.loads((project / "p.jsonl").read_text()) == outcome


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("-",), "rows cannot come from standard input"),
        (("missing.jsonl",), "cannot read missing.jsonl: no such file"),
        ((".",), "cannot read .: it is a folder, not a file"),
        (("r.jsonl", "--outcome", "r.jsonl"), "--outcome r.jsonl would overwrite what is read"),
        (("r.jsonl", "--outcome", "r.jsonl.propguard-journal"), "would overwrite what is read"),
        (("r.jsonl", "--outcome", "link.jsonl"), "would overwrite what is read"),
        (("r.jsonl", "--outcome", "hard.jsonl"), "would overwrite what is read"),
        (("link.jsonl", "--outcome", "hard.jsonl"), "would overwrite what is read"),
        (("r.jsonl", "--outcome", "R.JSONL.propguard-journal"), "would overwrite what is read"),
        (("r.jsonl", "--outcome", "properties.yaml"), "would overwrite what is read"),
        (("r.jsonl", "--outcome", "."), "cannot write --outcome .: it is a folder, not a file; name another file"),
        (("r.jsonl", "--outcome", "pipe"), "cannot write --outcome pipe: it is a pipe, not a file"),
        (("r.jsonl", "--outcome", "/dev/null"), "cannot write --outcome /dev/null: it is a device, not a file"),
        (("r.jsonl", "--outcome", "nowhere/o.jsonl"), "cannot write --outcome nowhere/o.jsonl: no such file or"),
        (("r.jsonl", "--outcome", "r.jsonl/o.jsonl"), "cannot write --outcome r.jsonl/o.jsonl: not a directory"),
        (
            ("r.jsonl", "--outcome", "link_to_other.jsonl"),
            "link_to_other.jsonl: it is a symbolic link, which is not followed",
        ),
        (("r.jsonl", "--outcome", "link_to_nothing.jsonl"), "it is a symbolic link, which is not followed"),
        (("r.jsonl", "--outcome", "read_only.jsonl"), "cannot write --outcome read_only.jsonl: it is read-only"),
        (("pipe",), "cannot read pipe: it is a pipe, not a file; rows are read more than once, so save them in a file"),
        (("/dev/zero",), "cannot read /dev/zero: it is a device, not a file"),
        (("piped.jsonl",), "piped.jsonl.propguard-journal cannot be used: it is a pipe, not a file; move it away"),
        (("r.jsonl", "--base-url", "http://example.com"), "would get the API key unencrypted"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    arguments: tuple[str, ...], complaint: str, project: Path, call: Call, platform: Platform
) -> None:
    put(project / "r.jsonl", rows(1))
    (project / "link.jsonl").symlink_to("r.jsonl")
    (project / "hard.jsonl").hardlink_to(project / "r.jsonl")
    os.mkfifo(project / "pipe")
    put(project / "piped.jsonl", rows(1))
    os.mkfifo(project / "piped.jsonl.propguard-journal")
    (project / "read_only.jsonl").touch(0o444)
    (project / "other.jsonl").write_text("kept")
    (project / "link_to_other.jsonl").symlink_to("other.jsonl")
    (project / "link_to_nothing.jsonl").symlink_to("nothing.jsonl")
    answer = call("apply", *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert complaint in answer.err
    assert answer.err.count("\n") == 1
    assert platform.calls == 0
    assert ((project / "other.jsonl").read_text(), (project / "nothing.jsonl").exists()) == ("kept", False)


def test_what_writes_blank_is_reported_before_the_first(project: Path, call: Call, platform: Platform) -> None:
    """On standard error and without a question; not where nothing is left to write."""
    put(project / "r.jsonl", rows(1))
    notice = "every write blanks prompt_id, prompt_version and request_referrer of its request; --accept-side-effects"
    assert call("apply", "r.jsonl", "--dry-run").err.startswith(notice)
    assert call("apply", "r.jsonl").err.startswith(notice)
    assert "blanks" not in call("apply", "r.jsonl").err
    assert len(platform.writes) == 1


@pytest.mark.parametrize("content", [b"", b'{"request_id": "x"', b"[]\n" * 99, b" " * 500])
def test_rows_that_change_while_they_are_applied_are_a_sentence(
    content: bytes, project: Path, platform: Platform
) -> None:
    """Whatever is there then, shorter or other: it is no internal error, and no outcome is made up."""
    platform.faults = Faults(slow=1.0)
    put(project / "r.jsonl", rows(40))
    command = [*PROGRAM, "apply", "r.jsonl", "--outcome", "o.jsonl", "--concurrency", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while not platform.writes:
            time.sleep(0.01)
        (project / "r.jsonl").write_bytes(content)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 2
    assert said.splitlines()[-1].startswith("propguard: r.jsonl was changed while it was applied (row ")
    assert not (project / "o.jsonl").exists()


def test_a_damaged_journal_is_one_sentence_and_nothing_is_sent(project: Path, call: Call, platform: Platform) -> None:
    put(project / "r.jsonl", rows(1))
    (project / "r.jsonl.propguard-journal").write_bytes(os.urandom(10_000))
    answer = call("apply", "r.jsonl")
    assert answer.code == 2
    assert re.fullmatch(r"propguard: the journal .* cannot be used \(.*\); delete it, .*\n", answer.err)
    assert platform.calls == 0


def test_an_interrupted_run_says_how_to_go_on_and_goes_on(project: Path, platform: Platform) -> None:
    """One Ctrl-C: the journal is consistent, the exit code is 130, the outcome of every row is told."""
    put(project / "r.jsonl", [*rows(20), *[(uuid(1), "app", f"w{number}") for number in range(3)]])
    command = [*PROGRAM, "apply", "r.jsonl", "--outcome", "o.jsonl"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        while len(platform.writes) < 20:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert said.rstrip().endswith("interrupted; run the same command again to continue")
    assert "Traceback" not in said
    outcomes = [json.loads(line)["outcome"] for line in (project / "o.jsonl").read_text().splitlines()]
    assert {"pending", "written"} == set(outcomes)
    assert subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0
    assert platform.stored[uuid(1)] == {"app": "w2"}
    assert len(platform.writes) <= 23 + 8


def test_a_second_run_on_the_same_file_is_refused(project: Path, call: Call, platform: Platform) -> None:
    platform.faults = Faults(silence=1.0)
    put(project / "r.jsonl", rows(1))
    with subprocess.Popen([*PROGRAM, "apply", "r.jsonl"], stderr=subprocess.DEVNULL) as process:
        while not platform.calls:
            time.sleep(0.01)
        answer = call("apply", "r.jsonl")
        process.kill()
    assert answer.code == 2
    assert "another `propguard apply` is at work on this file" in answer.err
    platform.faults = Faults()
    assert call("apply", "r.jsonl").code == 0


FAULTS = Faults(error=0.03, reset=0.02, reset_after=0.03, silence=0.01, truncated=0.02, slow=0.05, too_many=0.02)


@pytest.mark.slow
def test_whatever_goes_wrong_every_row_ends_verified_or_reported(project: Path, platform: Platform) -> None:
    """Errors, resets, silence, half answers and two `kill -9`: none is lost and none passed over."""
    platform.faults = FAULTS
    written = [*rows(200), *[(uuid(number), "environment", "staging") for number in range(1, 20)]]
    written += [(uuid(number), "app", "last") for number in range(1, 6)]
    put(project / "r.jsonl", written)
    command = [*PROGRAM, "apply", "r.jsonl", "--timeout", "0.3", "--verify", "--outcome", "o.jsonl"]
    for share in (0.3, 0.7):
        with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
            while len(platform.writes) < share * len(written):
                assert process.poll() is None
                time.sleep(0.005)
            process.kill()
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    outcomes = [json.loads(line) for line in (project / "o.jsonl").read_text().splitlines()]
    assert [(row["request_id"], row["key"], row["value"]) for row in outcomes] == written
    reported = [row for row in outcomes if row["outcome"] != "verified"]
    assert done.returncode == (2 if reported else 0), done.stderr
    assert len(reported) < 5
    assert_held(platform, outcomes)


def assert_held(platform: Platform, outcomes: Sequence[dict[str, str]]) -> None:
    """The platform holds the last value of every property that is verified, and got those of a request spaced."""
    wanted: dict[tuple[str, str], str] = {}
    for row in outcomes:
        assert row["outcome"] == "verified" or row["error"]
        wanted[row["request_id"], row["key"]] = row["value"]
    for row in outcomes:
        if row["outcome"] != "verified":
            wanted.pop((row["request_id"], row["key"]), None)
    assert {(request_id, key): platform.stored[request_id].get(key) for request_id, key in wanted} == wanted
    moments: dict[str, list[float]] = defaultdict(list)
    for write in platform.writes:
        moments[write.request_id].append(write.at)
    gaps = [after - before for times in moments.values() for before, after in pairwise(times)]
    assert min(gaps) > 1.05
