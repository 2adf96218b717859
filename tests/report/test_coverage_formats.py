"""A coverage as text, Markdown and JSON: what is shown, how much of it, and nothing in it that a stranger could make markup of."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from propguard.evolve import Coverage, coverage
from propguard.model.profile import Seen
from propguard.model.schema import Property
from propguard.report.coverage import COVERAGE_FORMATS, render_coverage
from tests.evolve.met import stored, usage
from tests.report.findings import paths, texts
from tests.subjects import schema_of

if TYPE_CHECKING:
    from hypothesis.strategies import DrawFn

SEEN = Seen(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 3, tzinfo=UTC))
SHOP = schema_of(
    Property("environment", owner="platform", aliases=("env",)),
    Property("customer_id"),
    Property("unused"),
    Property("feature_*"),
)
USAGES = [usage("environment", line=3), usage("Env", line=4), usage("Customer*", line=5), usage("Feature_a", line=6)]
DATA = stored({"environment": 1200, "debug": 1, "feature_b": 2}, SEEN)
RAW = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff]")


AS_TEXT = """\
small: 50.0 % of the declared properties are in use in code or data (2 of 4)

            key               owner     code                              data
dead        unused                      -                                 -
possible    customer_id                 perhaps, of 1 computed            -
undeclared  debug                       -                                 1 request, 2026-01-01 to 2026-02-03
used        environment       platform  2 usages: app.py:3:1, app.py:4:1  1,200 requests, 2026-01-01 to 2026-02-03
              env (an alias)            1 usage: app.py:4:1               -
used        feature_*                   1 usage: app.py:6:1               2 requests, 2026-01-01 to 2026-02-03
              feature_b                 -                                 2 requests, 2026-01-01 to 2026-02-03
              feature_a                 1 usage: app.py:6:1               -

share   in use  owner
100 %   1 of 1  platform
33.3 %  1 of 3  (no owner)

dead: declared, but neither in code nor in the data; write it, or take it out of the schema
possible: declared, and neither in code nor in the data by a name that is known; code computes keys that may be it
undeclared: met, but not declared; declare it, or stop writing it
note: 1 usage has a key that code computes (app.py:5:1), so that not every property that may be meant is counted; with all of them, 75.0 % would be in use
"""


def shown(result: Coverage, format_name: str, **rest: Any) -> str:
    out = io.StringIO()
    render_coverage(result, (), out, format_name, **rest)
    return out.getvalue()


def test_as_text() -> None:
    """Keys in lines, the spellings that count for them below, then what the states mean, then what is not known."""
    text = shown(coverage(SHOP, USAGES, [DATA]), "text", by=("owner",))
    assert text == AS_TEXT


def test_as_markdown() -> None:
    text = shown(coverage(SHOP, USAGES, [DATA]), "markdown", by=("owner",))
    assert text.startswith("**propguard coverage** of <code>small</code>: 50.0 &#37; of the declared properties")
    assert "| platform | 100 &#37; | 1 of 1 |\n" in text
    assert "| used | <code>environment</code><br><code>env</code> (an alias, in code) | platform | 2 usages" in text
    assert "| undeclared | <code>debug</code> |  |  | 1 request, 2026-01-01 to 2026-02-03 |\n" in text


def test_as_json() -> None:
    """The envelope of findings, the share with its parts, the groups, and every key with what counts for it."""
    document = json.loads(shown(coverage(SHOP, USAGES, [DATA]), "json"))
    assert {name: document[name] for name in ("version", "schema", "share", "share_at_most", "findings")} == {
        "version": 1,
        "schema": "small",
        "share": 0.5,
        "share_at_most": 0.75,
        "findings": [],
    }
    states = {"dead": 1, "possible": 1, "undeclared": 1, "unwritten": 0, "unseen": 0, "used": 2}
    counts = {"errors": 0, "warnings": 0, "infos": 0, "declared": 4, "in_use": 2}
    assert document["summary"] == counts | states
    group = {"declared": 1, "in_use": 1, "possible": 0, "share": 1.0, "share_at_most": 1.0}
    assert document["owners"][0] == {"owner": "platform"} | group
    assert document["namespaces"][0] == {"namespace": "feature_*"} | group
    assert document["computed"] == [
        {"path": "app.py", "line": 5, "column": 1, "stored_key": "customer*", "shape": "map"}
    ]
    times = {"first_seen": "2026-01-01T00:00:00.000Z", "last_seen": "2026-02-03T00:00:00.000Z"}
    never = {"first_seen": None, "last_seen": None}
    (environment,) = (key for key in document["keys"] if key["key"] == "environment")
    assert environment == {
        "key": "environment",
        "state": "used",
        "declared": True,
        "counted": True,
        "deprecated": False,
        "owner": "platform",
        "namespace": None,
        "usages": 2,
        "requests": 1200,
        **times,
        "computed": 0,
        "places": [{"path": "app.py", "line": 3, "column": 1}, {"path": "app.py", "line": 4, "column": 1}],
        "spellings": [
            {"key": "environment", "manner": "name", "usages": 1, "requests": 1200, **times},
            {"key": "env", "manner": "alias", "usages": 1, "requests": 0, **never},
        ],
    }


def test_without_data_nothing_is_said_of_it() -> None:
    """Null in JSON, and no column elsewhere."""
    result = coverage(SHOP, USAGES, [])
    assert {key["requests"] for key in json.loads(shown(result, "json"))["keys"]} == {None}
    assert all("request" not in shown(result, name) for name in ("text", "markdown"))


def test_of_very_many_keys_the_first_are_shown() -> None:
    """In text so many lines, in Markdown as many as fit into a comment, in JSON all; and how many there are besides."""
    result = coverage(SHOP, [], [stored({f"key{number:05}": 1 for number in range(9000)}, are_all=False)])
    text, markdown = shown(result, "text"), shown(result, "markdown", by=("owner", "namespace"))
    assert "… and 8,804 more; --format json has all of them\n" in text
    assert len(text.splitlines()) < 220
    assert len(markdown) < 65_536
    assert re.search(r"… and [0-9],[0-9]{3} more\.\n", markdown)
    assert len(json.loads(shown(result, "json"))["keys"]) == 9004
    assert "note: the data has more keys than are told one by one" in text


def test_colour_is_only_where_it_is_asked_for() -> None:
    result = coverage(SHOP, USAGES, [DATA])
    assert "\x1b" not in shown(result, "text")
    assert re.sub("\x1b\\[[0-9;]*m", "", shown(result, "text", colour=True)) == shown(result, "text")


@st.composite
def coverages(draw: DrawFn) -> Coverage:
    """Text of strangers wherever text may stand."""
    names = draw(st.lists(texts, min_size=1, max_size=4, unique=True))
    properties = [
        Property(name, owner=draw(st.none() | texts), aliases=tuple(draw(st.lists(texts, max_size=1))))
        for name in names
    ]
    usages = [usage(key, "api", path=draw(paths)) for key in draw(st.lists(st.none() | texts, max_size=5))]
    data = [stored(draw(st.dictionaries(texts, st.integers(1, 9), max_size=4)), SEEN)] if draw(st.booleans()) else []
    return coverage(schema_of(*properties), usages, data)


@given(coverages())
def test_nothing_of_strangers_gets_through(result: Coverage) -> None:
    """No control character in any format; in Markdown as many cells as the table has columns, and no markup."""
    for name in COVERAGE_FORMATS:
        assert RAW.search(shown(result, name, by=("owner", "namespace"))) is None
    json.loads(shown(result, "json"))
    columns = 0
    for line in shown(result, "markdown", by=("owner", "namespace")).splitlines():
        assert re.search(r"<(?!/?code>|br>|!-- -->)", line) is None
        if line.startswith("|--"):
            continue
        if line.startswith("|"):
            columns = columns or line.count("|")
            assert line.count("|") == columns
        else:
            columns = 0
