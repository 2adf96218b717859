"""What generated Python does when it runs, as text: each piece is written only where a schema needs it."""

from __future__ import annotations

DEPRECATED = """\
else:

    def deprecated(_message):  # what editors strike out does nothing else
        return lambda decorated: decorated

"""

CONVERSIONS: dict[str, str] = {
    "boolean": """\
def _boolean(value: object) -> str:
    if not isinstance(value, bool):
        raise ValueError(f"{value!r} is neither True nor False")
    return "true" if value else "false"
""",
    "integer": """\
def _integer(value: object) -> str:
    if not isinstance(value, int):
        raise ValueError(f"{value!r} is no integer")
    return format(value, "d")
""",
    "number": """\
def _number(value: object) -> str:
    if isinstance(value, int):
        return format(value, "d")
    if not isinstance(value, float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is no number that a property can have")
    return float.__repr__(value)
""",
    "date": """\
def _date(value: object) -> str:
    if not isinstance(value, dt.date):
        raise ValueError(f"{value!r} is no date; give a datetime.date")
    return dt.date.isoformat(value)
""",
    "date-time": """\
def _time(value: object) -> str:
    if not isinstance(value, dt.datetime):
        raise ValueError(f"{value!r} is no time; give a datetime.datetime")
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone; add one, for example dt.UTC")
    text = value.astimezone(dt.UTC).isoformat(timespec="milliseconds")
    return text.replace("+00:00", "Z")
""",
    "uuid": """\
def _uuid(value: object) -> str:
    return str(value)
""",
}
"""From a value of a program to the text that the schema wants, by kind."""

JOINED = """\
def _joined(
    name: str,
    values: Iterable[object],
    separator: str,
    empty: str | None,
) -> str | None:
    items = [_checked(name, name, value, is_item=True) for value in values]
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

    def to_record(self, *, partial: bool = False) -> dict[str, str]:
        """Stored keys with their values, as the API takes them, one by one.

        Raises ValueError where a required property is missing, unless it is partial.
        """
        self._require(partial)
        return dict(self._values)

    def to_headers(self, *, partial: bool = False) -> dict[str, str]:
        """Names of headers with their values, for the headers of a request.

        Raises ValueError for a value that no header can carry, and where a required
        property is missing, unless it is partial.
        """
        self._require(partial)
        for key, value in self._values.items():
            if not _CARRIED.fullmatch(value):
                raise ValueError(f"no header can carry the value of {key}: {value!r}")
        return {_header(key): value for key, value in self._values.items()}

    def _require(self, partial: bool) -> None:
        missing = [key for key in _REQUIRED if key not in self._values]
        if missing and not partial:
            raise ValueError(f"required and not set: {', '.join(missing)}")

    def _with(self, key: str, value: object, name: str | None = None) -> Self:
        if value is None:
            return self
        made = copy(self)
        made._values = {**self._values, key: _checked(name or key, key, value)}
        return made
'''

WITHIN = """\

    def _within(self, prefix: str, values: Mapping[str, object]) -> Self:
        made = self
        for name, value in values.items():
            made = made._with(_inside(prefix, name), value, f"{prefix}*")
        return made
"""

CHECKED = """\
class _Rule(NamedTuple):
    values: frozenset[str]
    shortest: int
    longest: int
    least: float
    most: float
    bodies: tuple[str, ...]

    @property
    def has_range(self) -> bool:
        return (self.least, self.most) != _ANY_NUMBER


_ANY_NUMBER: Final = (float("-inf"), float("inf"))
_RULES: Final[dict[tuple[str, bool], _Rule]] = {}
_SPELLINGS: Final[dict[tuple[str, bool, str], str]] = {}


def _rule(
    name: str,
    *bodies: str,
    is_item: bool = False,
    values: Iterable[str] = (),
    shortest: int = 1,
    longest: int = @LONGEST@,
    least: float = _ANY_NUMBER[0],
    most: float = _ANY_NUMBER[1],
) -> None:
    rule = _Rule(frozenset(values), shortest, longest, least, most, bodies)
    _RULES[name, is_item] = rule


def _spelling(name: str, text: str, meant: str, *, is_item: bool = False) -> None:
    _SPELLINGS[name, is_item, text] = meant


def _checked(name: str, key: str, text: object, *, is_item: bool = False) -> str:
    if not isinstance(text, str):
        raise ValueError(f"{text!r} is no text, as values of {key} are")
    spelling = _SPELLINGS.get((name, is_item, text))
    if spelling is not None:
        raise ValueError(f"{text!r} is another spelling of {spelling!r} for {key}")
    rule = _RULES.get((name, is_item))
    if rule is None or text in rule.values:
        return text
    if rule.values:
        allowed = ", ".join(sorted(rule.values)[:8])
        raise ValueError(f"{text!r} is no value of {key}, such as {allowed}")
    if not rule.shortest <= len(text) <= rule.longest:
        wanted = f"{rule.shortest} to {rule.longest} characters"
        raise ValueError(f"a value of {key} has {wanted}, not {len(text)}")
    if not all(re.fullmatch(body, text, re.ASCII) for body in rule.bodies):
        raise ValueError(f"{text!r} is not what a value of {key} looks like")
    if rule.has_range and not rule.least <= float(text) <= rule.most:
        raise ValueError(f"{text} is outside of the range of {key}")
    return text
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
