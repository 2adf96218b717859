"""Properties, times and rows of files in every form that they come in; what cannot be read is counted, never passed over."""

from __future__ import annotations

import csv
import gzip
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from propguard.engine.sources import SourceOptions, opened
from propguard.errors import PropguardError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from propguard.engine.unread import UnreadRows

pytest.importorskip("chdb", reason="needs chdb")

READ = "SELECT request_id AS id, properties AS p, toString(request_created_at) AS at FROM ({}) AS s ORDER BY request_id, toString(properties)"
NO_TIME = "1970-01-01 00:00:00.000"


def read(*files: Path | str, **options: Any) -> tuple[list[tuple[str, dict[str, str], str]], UnreadRows]:
    """Requests with id, properties and time, and what could not be read."""
    with opened([str(file) for file in files], SourceOptions(**options)) as (engine, _, _):
        rows: Any = engine.query(READ.format(engine.source))
        return [(row["id"], row["p"], row["at"]) for row in rows], engine.unread()


def properties_of(*files: Path, **options: Any) -> list[dict[str, str]]:
    return [properties for _, properties, _ in read(*files, **options)[0]]


def reasons(unread: UnreadRows) -> list[tuple[str, str]]:
    """Of each example, the part of its place behind the name of the file, and the reason."""
    return [(example.place.rpartition("/")[2], example.reason) for example in unread.examples]


def as_cells(rows: list[list[str]], delimiter: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


PAIR = {"region": "eu", "plan": "pro"}
FORMS = {
    "a map": PAIR,
    "a map with what is absent": {**PAIR, "absent": None},
    "JSON text": json.dumps(PAIR),
    "JSON text in JSON text": json.dumps(json.dumps(PAIR)),
    "JSON text without its outer quotes": json.dumps(json.dumps(PAIR))[1:-1],
    "quotes doubled once more": json.dumps(PAIR).replace('"', '""'),
    "a cell quoted twice": '"' + json.dumps(PAIR).replace('"', '""') + '"',
    "a list": [{"key": key, "value": value} for key, value in PAIR.items()],
    "a list with what is absent": [*({"key": k, "value": v} for k, v in PAIR.items()), {"key": "x", "value": None}],
    "a list as text": json.dumps([{"key": key, "value": value} for key, value in PAIR.items()]),
    "a list with quotes doubled": json.dumps([{"key": k, "value": v} for k, v in PAIR.items()]).replace('"', '""'),
}


@pytest.mark.parametrize("kind", ["jsonl", "json", "csv"])
def test_forms_of_properties(kind: str, tmp_path: Path) -> None:
    """Each of them is the same two properties, in lines of JSON, in an array and in cells of CSV."""
    path = tmp_path / f"rows.{kind}"
    rows = [{"id": f"{number:02}", "properties": form} for number, form in enumerate(FORMS.values())]
    if kind == "csv":
        cells = [form if isinstance(form, str) else json.dumps(form) for form in FORMS.values()]
        path.write_bytes(as_cells([["id", "properties"], *([str(n), cell] for n, cell in enumerate(cells))]))
    elif kind == "json":
        path.write_text(json.dumps(rows, indent=1))
    else:
        path.write_text("\n".join(map(json.dumps, rows)))
    found = properties_of(path)
    assert found == [PAIR] * len(FORMS), dict(zip(FORMS, found, strict=False))
    assert read(path)[1].count == 0


def test_scalars_are_their_text_and_nothing_is_nothing(tmp_path: Path) -> None:
    """Numbers and booleans as JSON writes them; null, an empty map, an empty list and an empty cell are no properties."""
    path = tmp_path / "rows.jsonl"
    forms: list[object] = [{"a": 3, "b": 1.5, "c": True, "d": "{not a map}", "e": ""}, None, {}, [], "", "null", "{}"]
    path.write_text("\n".join(json.dumps({"id": str(n), "properties": form}) for n, form in enumerate(forms)))
    rows, unread = read(path)
    assert rows[0][1] == {"a": "3", "b": "1.5", "c": "true", "d": "{not a map}", "e": ""}
    assert [properties for _, properties, _ in rows[1:]] == [{}] * 6
    assert unread.count == 0


UNREADABLE = {
    "5": "its properties are no map of texts",
    '"plain"': "its properties are no JSON",
    "[1, 2]": "its properties are a list of something else than key and value",
    '[["region", "eu"]]': "its properties are a list of something else than key and value",
    '{"a": {"b": "c"}}': "a property is a list or a map instead of a text",
    '{"a": ["b"]}': "a property is a list or a map instead of a text",
    '[{"key": "a", "value": [1]}]': "its properties are a list of something else than key and value",
    "\"{'region': 'eu'}\"": "its properties are no JSON",
}


@pytest.mark.parametrize(("form", "reason"), UNREADABLE.items())
def test_what_is_no_map_of_texts(form: str, reason: str, tmp_path: Path) -> None:
    """It is counted with its line and the reason, and the rows around it are read."""
    path = tmp_path / "rows.jsonl"
    path.write_text(
        f'{{"id": "1", "properties": {{}}}}\n\n{{"id": "2", "properties": {form}}}\n{{"properties": {{}}}}\n'
    )
    rows, unread = read(path)
    assert len(rows) == 2
    assert (unread.count, unread.rows, reasons(unread)) == (1, 3, [("rows.jsonl:3", reason)])


BROKEN = b"""{"id": "1", "properties": {"region": "eu"}}
{"id": "2", "properties": {"region": "eu"
[1]
"text"
\xff\xfe
{"id": "3", "properties": {"region": "us"}}
"""


@pytest.mark.parametrize("compressed", [False, True])
def test_broken_lines(compressed: bool, tmp_path: Path) -> None:
    """Each is counted; three are shown with their lines."""
    path = tmp_path / ("rows.jsonl.gz" if compressed else "rows.jsonl")
    path.write_bytes(gzip.compress(BROKEN) if compressed else BROKEN)
    rows, unread = read(path)
    assert [request for request, _, _ in rows] == ["1", "3"]
    assert (unread.count, unread.rows) == (4, 6)
    assert reasons(unread) == [
        (f"{path.name}:2", "the line is not valid JSON"),
        (f"{path.name}:3", "the line is no JSON object"),
        (f"{path.name}:4", "the line is no JSON object"),
    ]


@pytest.mark.parametrize("first", [b'{"id": "0", "properties": {', b"# an export", b"[1]", b"\xff"])
def test_a_broken_first_line_is_only_that(first: bytes, tmp_path: Path) -> None:
    """It does not decide how the others are read."""
    path = tmp_path / "rows.jsonl"
    path.write_bytes(first + b'\n{"id": "1", "properties": {}}\n')
    rows, unread = read(path)
    assert (len(rows), unread.count, unread.examples[0].line) == (1, 1, 1)


def test_documents_over_several_lines(tmp_path: Path) -> None:
    """As programs write them that indent: one after the other, or in an array."""
    path = tmp_path / "rows.json"
    documents = [json.dumps({"id": str(n), "properties": {"a": "b"}}, indent=2) for n in range(3)]
    for text in ("\n".join(documents), f"[{','.join(documents)}]", json.dumps([{"properties": {"a": "b"}}] * 3)):
        path.write_text(text)
        assert properties_of(path) == [{"a": "b"}] * 3


def test_broken_records_of_csv(tmp_path: Path) -> None:
    """Fields too many or too few, and quotes that cannot be taken apart; lines are those of the file, whatever cells hold."""
    path = tmp_path / "rows.csv"
    lines = [
        "id;properties;note",
        '1;"{""a"": ""b""}";"two',
        'lines"',
        "2;{}",
        '3;"{}"x;y',
        "4;{};y;z",
        "",
        '5;"{""a"": ""c""}";',
    ]
    path.write_text("\n".join(lines) + "\n")
    rows, unread = read(path)
    assert [(request, properties) for request, properties, _ in rows] == [("1", {"a": "b"}), ("5", {"a": "c"})]
    assert (unread.count, unread.rows) == (3, 5)
    fields = "it has more or fewer fields than the header"
    assert reasons(unread) == [
        ("rows.csv:4", fields),
        ("rows.csv:5", "its quotes are not those of CSV"),
        ("rows.csv:6", fields),
    ]


def test_rows_that_an_open_quote_swallows_are_counted(tmp_path: Path) -> None:
    """They are lines that were not read, not one row."""
    path = tmp_path / "rows.csv"
    path.write_text('id,properties\n1,{}\n"2,{}\n3,{}\n4,{}\n')
    assert read(path)[1].count >= 3


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_delimiters(delimiter: str, tmp_path: Path) -> None:
    """They are recognised by the header, with the mark that Windows puts before it and its line ends."""
    path = tmp_path / "rows.csv"
    path.write_bytes(b"\xef\xbb\xbf" + as_cells([["id", "properties"], ["1", json.dumps(PAIR)]], delimiter))
    assert properties_of(path) == [PAIR]


TIMES: Mapping[object, str] = {
    1767225600: "2026-01-01 00:00:00.000",
    1767225600.5: "2026-01-01 00:00:00.500",
    1767225600250: "2026-01-01 00:00:00.250",
    1767225600250000: "2026-01-01 00:00:00.250",
    1767225600250000000: "2026-01-01 00:00:00.250",
    "1767225600": "2026-01-01 00:00:00.000",
    "2026-01-01T01:00:00.25+01:00": "2026-01-01 00:00:00.250",
    "2026-01-01 00:00:00": "2026-01-01 00:00:00.000",
    "20260101": "2026-01-01 00:00:00.000",
    "20260101093000": "2026-01-01 09:30:00.000",
    None: NO_TIME,
    "": NO_TIME,
}
ODD_TIMES: tuple[object, ...] = ("soon", 12, -5, 1e300, "1850-01-01", 99999999999999999999)


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_times(kind: str, tmp_path: Path) -> None:
    """Numbers are read by their magnitude; what makes no sense is no time, and reported."""
    path = tmp_path / f"rows.{kind}"
    times = [*TIMES, *ODD_TIMES]
    if kind == "csv":
        cells = [[f"{n:02}", "" if at is None else str(at), "{}"] for n, at in enumerate(times)]
        path.write_bytes(as_cells([["id", "timestamp", "properties"], *cells]))
    else:
        rows = ({"id": f"{n:02}", "timestamp": at, "properties": {}} for n, at in enumerate(times))
        path.write_text("\n".join(map(json.dumps, rows)))
    found, unread = read(path)
    assert [at for _, _, at in found] == [*TIMES.values(), *[NO_TIME] * len(ODD_TIMES)]
    first = len(TIMES) + 1 + (kind == "csv")
    assert (unread.odd_times, unread.odd_place) == (len(ODD_TIMES), f"{path}:{first}")


def wide_rows(path: Path) -> Path:
    rows: list[dict[str, object]] = [
        {"id": "1", "region": "eu", "plan": "", "cost": 2},
        {"id": "2", "region": None, "plan": "pro", "cost": None},
    ]
    if path.suffix == ".csv":
        cells = [["" if value is None else str(value) for value in row.values()] for row in rows]
        path.write_bytes(as_cells([list(rows[0]), *cells]))
    elif path.suffix == ".parquet":
        arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
        parquet.write_table(arrow.Table.from_pylist(rows), path)
    else:
        path.write_text("\n".join(map(json.dumps, rows)))
    return path


@pytest.mark.parametrize("kind", ["csv", "jsonl", "parquet"])
def test_wide_tables(kind: str, tmp_path: Path) -> None:
    """Each column is a property: those that are named, or all that nothing else is known of. An empty cell of CSV is absent."""
    path = wide_rows(tmp_path / f"rows.{kind}")
    empty = {} if kind == "csv" else {"plan": ""}
    named = properties_of(path, columns={"properties": "region,plan"})
    assert named == [{"region": "eu", **empty}, {"plan": "pro"}]
    assert properties_of(path, columns={"properties": "region,"}) == [{"region": "eu"}, {}]
    assert properties_of(path, columns={"properties": "*"}) == [{"region": "eu", **empty, "cost": "2"}, {"plan": "pro"}]


def test_properties_of_parquet(tmp_path: Path) -> None:
    """Maps with nulls, structures whose null fields are absent, lists of key and value, numbers, text."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    text = arrow.string()
    pairs = arrow.struct([("key", text), ("value", text)])
    columns = {
        "map": arrow.array([[("a", "b"), ("c", None)], None], arrow.map_(text, text)),
        "numbers": arrow.array([[("a", 1), ("c", None)], None], arrow.map_(text, arrow.int64())),
        "structure": arrow.array([{"a": "b", "c": None}, None], arrow.struct([("a", text), ("c", text)])),
        "list": arrow.array([[{"key": "a", "value": "b"}, {"key": "c", "value": None}], None], arrow.list_(pairs)),
        "text": arrow.array(['{"a": "b"}', None]),
        "texts": arrow.array([["a"], ["b"]], arrow.list_(text)),
        "number": arrow.array([1, None]),
    }
    found = {}
    for name, column in columns.items():
        path = tmp_path / f"{name}.parquet"
        parquet.write_table(arrow.table({"properties": column}), path)
        rows, unread = read(path)
        found[name] = [properties for _, properties, _ in rows], unread.count
    one = ([{"a": "b"}, {}], 0)
    assert found == {
        **dict.fromkeys(("map", "structure", "list", "text"), one),
        "numbers": ([{"a": "1"}, {}], 0),
        "texts": ([], 2),
        "number": ([{}], 1),
    }


def test_properties_that_first_appear_late(tmp_path: Path) -> None:
    """They are read, wherever in the file their column is met first."""
    path = tmp_path / "rows.jsonl"
    path.write_text('{"id": "x"}\n' * 1500 + '{"id": "y", "properties": {"a": "b"}}\n')
    assert properties_of(path)[-1] == {"a": "b"}


@pytest.mark.parametrize(
    "name", ["a{1,2}.jsonl", "star*.jsonl", "x.zip :: y.jsonl", "what?.jsonl", "[ab].jsonl", "a'b\\.jsonl"]
)
def test_a_path_that_exists_is_that_file(name: str, tmp_path: Path) -> None:
    """Though it looks like a pattern, or like a file in an archive."""
    for other in ("a1.jsonl", "a2.jsonl", "starfish.jsonl", "whats.jsonl", "a.jsonl"):
        (tmp_path / other).write_text('{"properties": {"other": "x"}}\n')
    (tmp_path / name).write_text('{"properties": {"own": "x"}}\n')
    assert properties_of(tmp_path / name) == [{"own": "x"}]


def test_times_of_parquet(tmp_path: Path) -> None:
    """A moment in its column's own unit; one of the year 58055 makes no sense."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    moment = 1767225600
    for unit, factor in {"s": 1, "ms": 1000, "us": 10**6, "ns": 10**9}.items():
        far = moment * factor * 1000 if unit != "ns" else 2**62
        times = arrow.array([moment * factor, far, None], arrow.timestamp(unit))
        parquet.write_table(
            arrow.table({"id": ["1", "2", "3"], "created_at": times, "properties": ["{}"] * 3}),
            tmp_path / "rows.parquet",
        )
        rows, unread = read(tmp_path / "rows.parquet")
        assert [at for _, _, at in rows] == ["2026-01-01 00:00:00.000", NO_TIME, NO_TIME], unit
        assert (unread.odd_times, unread.odd_place) == (1, f"row 2 of {tmp_path}/rows.parquet")


def test_names_of_columns_that_are_no_text(tmp_path: Path) -> None:
    """A sentence where they would be read, and no matter elsewhere."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    parquet.write_table(arrow.table({"properties": ['{"a": "b"}'], "other": ["x"]}), path)
    path.write_bytes(path.read_bytes().replace(b"other", b"oth\xff\xfe"))
    assert properties_of(path) == [{"a": "b"}]
    with pytest.raises(PropguardError, match="has a column whose name is not UTF-8"):
        read(path, columns={"properties": "*"})


@pytest.mark.slow
def test_memory_holds(tmp_path: Path) -> None:
    """A small file that becomes much is refused in a sentence, compressed text as well as columns of one value."""
    arrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    value = arrow.array([json.dumps({"a": "x" * 1_000_000})])
    column = arrow.DictionaryArray.from_arrays(arrow.array([0] * 400, arrow.int32()), value)
    parquet.write_table(arrow.table({"properties": column}), tmp_path / "bomb.parquet", compression="zstd")
    (tmp_path / "bomb.jsonl.gz").write_bytes(gzip.compress(b'{"properties": {"a": "' + b"x" * (200 << 20)))
    assert (tmp_path / "bomb.parquet").stat().st_size < 100_000
    for name in ("bomb.parquet", "bomb.jsonl.gz"):
        with pytest.raises(PropguardError, match=r"needs more memory than the 100 MB that it may use.*--max-memory"):
            read(tmp_path / name, memory=100 << 20)


def test_patterns(tmp_path: Path) -> None:
    """Files of several kinds and of several types together, each as its own beginning says."""
    (tmp_path / "a1.jsonl").write_text('{"properties": {"n": "1"}}\n')
    (tmp_path / "a2.csv").write_text('properties;x\n{"n": "2"};\n')
    (tmp_path / "a3.csv").write_text('x,properties\n,"{""n"": ""3""}"\n')
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a4.jsonl").write_text('{"properties": {"n": "4"}}\n')

    def found(pattern: str) -> str:
        return "".join(properties["n"] for properties in properties_of(tmp_path / pattern))

    assert (found("a*"), found("a{1,3}.*"), found("a{2..9}.csv"), found("**/*.jsonl")) == ("123", "13", "23", "14")


FAULTS = {
    "rows.jsonl": (b'\xff\xfe{\x00"\x00', "is written in UTF-16 or UTF-32; save it as UTF-8"),
    "rows.csv": ("id,properties\n".encode("utf-16"), "is written in UTF-16 or UTF-32; save it as UTF-8"),
    "rows.parquet": (b"PAR1 ada@example.com", "it is damaged, or no Parquet file"),
    "rows.jsonl.gz": (b"ada@example.com", "it is not compressed as its name says, or is cut off"),
    "rows.json": (b'[{"id": "ada@example.com",\n "properties": {]}', "its JSON is broken"),
    "folder.jsonl": (None, "it is a folder, not a file"),
    "absent.jsonl": (None, "no such file or directory"),
}


@pytest.mark.parametrize(("name", "fault"), FAULTS.items())
def test_faults_of_files_are_sentences(name: str, fault: tuple[bytes | None, str], tmp_path: Path) -> None:
    """They name the file and what is wrong, and show nothing of what is in it, nor of a stack."""
    content, said = fault
    if content is not None:
        (tmp_path / name).write_bytes(content)
    elif name.startswith("folder"):
        (tmp_path / name).mkdir()
    with pytest.raises(PropguardError) as raised:
        read(tmp_path / name)
    message = str(raised.value)
    assert said in message
    assert str(tmp_path / name) in message
    assert not {"\n", "@", "Exception", "DB::"} & {part for part in ("\n", "@", "Exception", "DB::") if part in message}


@pytest.mark.parametrize(
    "address", ["s3://", "s3:///rows.jsonl", "s3://user:pw@bucket/rows.jsonl", "s3:/user:pw@b/x.jsonl"]
)
def test_mistyped_addresses_are_not_repeated(address: str) -> None:
    """A password may stand in them."""
    with pytest.raises(PropguardError) as raised:
        read(address)
    assert "pw" not in str(raised.value)


def test_a_trailing_comma_in_an_array_is_no_matter(tmp_path: Path) -> None:
    """As exporters leave it that are interrupted."""
    path = tmp_path / "rows.json"
    path.write_text('[\n{"properties": {"a": "b"}},\n{"properties": {"a": "c"}},\n]\n')
    assert properties_of(path) == [{"a": "b"}, {"a": "c"}]
