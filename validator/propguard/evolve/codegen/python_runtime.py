"""What generated Python does when it runs, as text: each piece is written only where a schema needs it."""

from __future__ import annotations

DEPRECATED = """\
else:

    def deprecated(_message):  # what editors strike out does nothing else
        return lambda decorated: decorated

"""

CONVERSIONS: dict[str, str] = {
    "boolean": """\
def _boolean(value: bool) -> str:
    return "true" if value else "false"
""",
    "integer": """\
def _integer(value: int) -> str:
    return format(value, "d")
""",
    "number": """\
def _number(value: float) -> str:
    if isinstance(value, int):
        return format(value, "d")
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number that a property can have")
    return float.__repr__(value)
""",
    "date": """\
def _date(value: dt.date) -> str:
    return dt.date.isoformat(value)
""",
    "date-time": """\
def _time(value: dt.datetime) -> str:
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone; add one, for example dt.UTC")
    text = value.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
""",
    "uuid": """\
def _uuid(value: UUID | str) -> str:
    return str(value)
""",
}
"""From a value of a program to the text that the schema wants, by kind."""

JOINED = """\
def _joined(values: Iterable[str], separator: str, empty: str | None) -> str | None:
    items = list(values)
    for item in items:
        if separator in item:
            raise ValueError(f"{item!r} holds {separator!r}, which separates items")
    return separator.join(items) if items else empty
"""

INSIDE = """\
def _inside(prefix: str, name: str) -> str:
    key = prefix + name
    lowered = key.lower()
    longer = [other for other in _PREFIXES if len(prefix) < len(other) < len(key)]
    is_taken = lowered in _TAKEN or lowered.startswith(tuple(longer))
    if not name or is_taken or len(key) > _KEY_LENGTH:
        raise ValueError(f"{key!r} is no key that {prefix}* has room for")
    if not _STYLE.fullmatch(key):
        raise ValueError(f"{key!r} is not spelled as keys are: {_STYLE.pattern}")
    return key
"""

BUILDER = '''\
    __slots__ = ("_values",)

    def __init__(self) -> None:
        self._values: dict[str, str] = {}

    def to_record(self) -> dict[str, str]:
        """Stored keys with their values, as the API takes them, one by one."""
        return dict(self._values)

    def to_headers(self) -> dict[str, str]:
        """Names of headers with their values, for the headers of a request.

        Raises ValueError for a value that no header can carry.
        """
        for key, value in self._values.items():
            if not _CARRIED.fullmatch(value):
                raise ValueError(f"no header can carry the value of {key}: {value!r}")
        return {_header(key): value for key, value in self._values.items()}

    def _with(self, key: str, value: str | None) -> Self:
        if value is None:
            return self
        made = copy(self)
        made._values = {**self._values, key: value}
        return made
'''

WITHIN = """\

    def _within(self, prefix: str, values: Mapping[str, str | None]) -> Self:
        made = self
        for name, value in values.items():
            made = made._with(_inside(prefix, name), value)
        return made
"""

HEADER = """\
def _header(key: str) -> str:
    return f"Helicone-Property-{key}"
"""

HEADER_WITH_DASHES = """\
def _header(key: str) -> str:
    return "Helicone-Property-" + key.replace("_", "-")
"""

CARRIED = '_CARRIED: Final = re.compile(r"(?![ \\t])[ -~\\xa0-\\xff]*(?<![ \\t])")\n'
