"""What each `type` and `format` means: one RE2 pattern each, the whole value, the same in Python, SQL and JSON Schema.

Nothing here backtracks without bound in a matcher that does: no repetition holds another that could take the same text.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from propguard.model.finding import HeaderEncoding

_YEAR = "[0-9]{4}"
_LEAP_YEAR = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:[02468][048]|[13579][26])00)"
_DATE = (
    f"(?:{_YEAR}-(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    f"|{_YEAR}-(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|{_YEAR}-02-(?:0[1-9]|1[0-9]|2[0-8])"
    f"|{_LEAP_YEAR}-02-29)"
)
_TIME = r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:(?:[0-5][0-9]|60)(?:\.[0-9]+)?(?:[Zz]|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])"
_IDENTIFIER = "(?:0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)"
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
_IPV4 = rf"{_OCTET}(?:\.{_OCTET}){{3}}"
_H16 = "[0-9A-Fa-f]{1,4}"
_LS32 = f"(?:{_H16}:{_H16}|{_IPV4})"
_IPV6 = "|".join(
    (
        f"(?:{_H16}:){{6}}{_LS32}",
        f"::(?:{_H16}:){{5}}{_LS32}",
        f"(?:{_H16})?::(?:{_H16}:){{4}}{_LS32}",
        f"(?:(?:{_H16}:){{0,1}}{_H16})?::(?:{_H16}:){{3}}{_LS32}",
        f"(?:(?:{_H16}:){{0,2}}{_H16})?::(?:{_H16}:){{2}}{_LS32}",
        f"(?:(?:{_H16}:){{0,3}}{_H16})?::{_H16}:{_LS32}",
        f"(?:(?:{_H16}:){{0,4}}{_H16})?::{_LS32}",
        f"(?:(?:{_H16}:){{0,5}}{_H16})?::{_H16}",
        f"(?:(?:{_H16}:){{0,6}}{_H16})?::",
    )
)
_ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_URI_CHARACTER = r"(?:[A-Za-z0-9._~:/@!$&'()*+,;=-]|%[0-9A-Fa-f]{2})"
_DURATION_TIME = "T(?:[0-9]+H(?:[0-9]+M(?:[0-9]+S)?)?|[0-9]+M(?:[0-9]+S)?|[0-9]+S)"
_DURATION_DATE = "(?:[0-9]+Y(?:[0-9]+M(?:[0-9]+D)?)?|[0-9]+M(?:[0-9]+D)?|[0-9]+D)"

FORMATS: dict[str, str] = {
    # RFC 3339, full-date, with the real days of each month
    "date": f"^{_DATE}$",
    # RFC 3339, date-time
    "date-time": f"^{_DATE}[Tt]{_TIME}$",
    # RFC 4122, the 8-4-4-4-12 form in either case
    "uuid": "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$",
    # SemVer 2.0.0
    "semver": (
        r"^(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)"
        rf"(?:-{_IDENTIFIER}(?:\.{_IDENTIFIER})*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$"
    ),
    # RFC 5321, dot-atom at a dotted domain
    "email": rf"^{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+$",
    # RFC 3986, with a scheme
    "uri": rf"^[A-Za-z][A-Za-z0-9+.-]*:(?:{_URI_CHARACTER}|[\[\]])*(?:\?(?:{_URI_CHARACTER}|[?])*)?(?:#(?:{_URI_CHARACTER}|[?])*)?$",
    # RFC 3986, IPv4address
    "ipv4": f"^{_IPV4}$",
    # RFC 3986, IPv6address
    "ipv6": f"^(?:{_IPV6})$",
    # RFC 3339, appendix A
    "duration": f"^P(?:[0-9]+W|{_DURATION_DATE}(?:{_DURATION_TIME})?|{_DURATION_TIME})$",
}

TYPES: dict[str, str] = {
    # RFC 8259, number without fraction and exponent
    "integer": "^-?(?:0|[1-9][0-9]*)$",
    # RFC 8259, number
    "number": r"^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$",
    "boolean": "^(?:true|false)$",
}


NUMERIC_TYPES = ("integer", "number")
"""Those whose values have a `minimum` and a `maximum`."""


@cache
def matcher(pattern: str) -> re.Pattern[str]:
    """One of the patterns above for the standard library, where `$` would let a final newline pass."""
    return re.compile(pattern.removesuffix("$") + r"\Z", re.ASCII)


HEADER_SAFE: dict[HeaderEncoding, re.Pattern[str]] = {
    "ascii": re.compile(r"(?![ \t])[ -~]*(?<![ \t])\Z"),
    "latin-1": re.compile(r"(?![ \t])[ -~\xa0-\xff]*(?<![ \t])\Z"),
}
"""Values that a client which encodes so carries in a header unchanged: printable, no blanks at the ends."""
