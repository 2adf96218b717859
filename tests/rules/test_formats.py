"""What each type and format takes, by the standards that they are named after, in Python and in RE2."""

from __future__ import annotations

import re
import time

import pytest
import re2

from propguard.rules.formats import FORMATS, TYPES, matcher

PATTERNS = {**TYPES, **FORMATS}

GOOD: dict[str, list[str]] = {
    "integer": ["0", "-0", "1", "-12", "1234567890123456789012345678901234567890"],
    "number": ["0", "-0", "0.5", "-1.50", "1e5", "1E-5", "1e+05", "123.456e7", "10"],
    "boolean": ["true", "false"],
    "date": ["2026-01-31", "0000-01-01", "9999-12-31", "2024-02-29", "2000-02-29", "1600-02-29", "0400-02-29", "2026-04-30", "0004-02-29"],
    "date-time": [
        "2026-01-31T09:30:00Z",
        "1985-04-12T23:20:50.52Z",  # RFC 3339, 5.8
        "1996-12-19T16:39:57-08:00",
        "1990-12-31T23:59:60Z",  # a leap second
        "1990-12-31T15:59:60-08:00",
        "1937-01-01T12:00:27.87+00:20",
        "2026-01-31t09:30:00z",  # either case
        "2026-01-31T00:00:00+23:59",
        "2026-01-31T00:00:00-00:00",  # of no known place
        "2026-01-31T00:00:00.123456789012345678901234567890Z",
    ],
    "uuid": ["f81d4fae-7dec-41d0-a765-00a0c91e6bf6", "F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff"],
    "semver": [
        "0.0.0",
        "1.4.0",
        "999999999999999999.99999999999999.99999999999",
        "1.0.0-alpha.1",
        "1.0.0-0.3.7",
        "1.0.0-x.7.z.92",
        "1.0.0--",
        "1.0.0-01a",  # a leading zero is wrong in numbers only
        "1.0.0+20130313144700",
        "1.0.0-beta+exp.sha.5114f85",
        "1.0.0+001",
        "1.0.0-----RC-SNAPSHOT.12.9.1--.12",
    ],
    "email": ["team@example.com", "a.b+c@sub.example.co.uk", "!#$%&'*+-/=?^_`{|}~@example.org", "1@2.3", f"a@{'b' * 63}.com"],
    "uri": [
        # RFC 3986, 1.1.2
        "ftp://ftp.is.co.za/rfc/rfc1808.txt",
        "http://www.ietf.org/rfc/rfc2396.txt",
        "ldap://[2001:db8::7]/c=GB?objectClass?one",
        "mailto:John.Doe@example.com",
        "news:comp.infosystems.www.servers.unix",
        "tel:+1-816-555-1212",
        "telnet://192.0.2.16:80/",
        "urn:oasis:names:specification:docbook:dtd:xml:4.1.2",
        "https://example.com/a%20b?c=d&e=f#g?h",
        "a:",
    ],
    "ipv4": ["0.0.0.0", "192.0.2.1", "255.255.255.255", "1.2.3.4"],
    "ipv6": [
        "::", "::1", "1::", "2001:db8::1", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8",
        "1::8", "1:2::7:8", "1:2:3::6:7:8", "1:2:3:4::8", "1:2:3:4:5::8", "1:2:3:4:5:6::8",
        "::ffff:192.0.2.1", "::192.0.2.1", "1:2:3:4:5:6:192.0.2.1", "64:ff9b::192.0.2.33", "FE80::ABCD", "1:2:3:4:5::192.0.2.1", "0000::0000",
    ],
    "duration": ["PT30S", "P1Y", "P1Y2M", "P1Y2M3D", "P1M2D", "P3D", "P2W", "PT1H", "PT1H2M", "PT1H2M3S", "PT2M3S", "P1Y2M3DT4H5M6S", "P1DT12H", "P0D", "PT0S", "P10000Y"],
}  # fmt: skip

BAD: dict[str, list[str]] = {
    "integer": ["", "-", "+1", "01", "-01", "1.0", "1e3", "1_000", "0x1", " 1", "1 ", "1\n", "１", "٣", "²", "--1", "1\x00"],
    "number": ["", ".", ".5", "5.", "+1.0", "01.5", "1e", "1e+", "e5", "nan", "NaN", "inf", "-Infinity", "1,5", "1.5.2", "0x1p3", "1_0.0", "1.5 ", "1.5\n", "１.５"],
    "boolean": ["", "True", "FALSE", "yes", "1", "true ", "true\n", "truefalse"],
    "date": [
        "", "2026-1-31", "2026-01-32", "2026-00-10", "2026-13-01", "2026-04-31", "2026-06-31", "2026-09-31", "2026-11-31", "2026-02-29", "1900-02-29", "2100-02-29",
        "2024-02-30", "20260131", "2026/01/31", "26-01-31", "2026-01-31T00:00:00Z", " 2026-01-31", "2026-01-31\n", "2026-01-00", "２０２６-01-31",
    ],
    "date-time": [
        "",
        "2026-01-31",
        "2026-01-31 09:30:00Z",  # RFC 3339 allows agreeing on a blank; nobody has
        "2026-01-31T09:30Z",
        "2026-01-31T09:30:00",
        "2026-01-31T24:00:00Z",
        "2026-01-31T09:60:00Z",
        "2026-01-31T09:30:61Z",
        "2026-01-31T09:30:00.Z",
        "2026-01-31T09:30:00,5Z",
        "2026-01-31T09:30:00+0100",
        "2026-01-31T09:30:00+24:00",
        "2026-01-31T09:30:00+01:60",
        "2026-01-31T09:30:00+01",
        "2026-02-30T09:30:00Z",
        "2026-01-31T09:30:00Z\n",
        "2026-01-31T09:30:00ZZ",
    ],
    "uuid": ["", "f81d4fae7dec41d0a76500a0c91e6bf6", "{f81d4fae-7dec-41d0-a765-00a0c91e6bf6}", "urn:uuid:f81d4fae-7dec-41d0-a765-00a0c91e6bf6", "g81d4fae-7dec-41d0-a765-00a0c91e6bf6", "f81d4fae-7dec-41d0-a765-00a0c91e6bf", "f81d4fae-7dec-41d0-a765-00a0c91e6bf6\n"],
    "semver": ["", "1", "1.2", "1.2.3.4", "v1.2.3", "01.2.3", "1.02.3", "1.2.03", "1.2.3-", "1.2.3+", "1.2.3-01", "1.2.3-a..b", "1.2.3-a_b", "1.2.3+a+b", "1.2.3 ", "1.2.3\n", "-1.2.3", "1.2.3-é"],
    "email": ["", "a", "@", "a@", "@b.co", "a@b", "a@b.", "a@.co", "a..b@c.de", ".a@b.co", "a.@b.co", "a b@c.de", "a@b c.de", "a@-b.co", "a@b-.co", "a@@b.co", "a@b.co\n", "ä@b.co", f"a@{'b' * 64}.com", "Ada <a@b.co>"],
    "uri": ["", "example.com", "//example.com", "/a/b", ":a", "1http://a", "http://a b", "http://a/%2", "http://a/%zz", "http://a#b#c", "http://é", "http://a\n", "http://a|b", "http://<a>", "ht tp:a", 'a:"'],
    "ipv4": ["", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1.1.1.999", "01.2.3.4", "1.2.3.04", "1.2.3.4 ", "1.2.3.4\n", "1.2.3.", ".1.2.3", "1.2.3.a", "１.2.3.4", "1.2.3.4/8"],
    "ipv6": [
        "", ":", ":::", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::", "g::", "::1%eth0", "[::1]", "1:2:3:4:5:6:7:", ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:192.0.2.1", "::256.0.2.1", "::192.0.2", "192.0.2.1", "1:2:3:4:5:6:7::8", "1:2:3:4::5:6:7:8", "::1\n", " ::1", "::1/64",
    ],
    "duration": ["", "P", "PT", "P1", "1D", "PT1", "P1S", "PT1D", "P1Y1D", "PT1H1S", "P1D2Y", "P1W1D", "P1.5D", "P-1D", "-P1D", "p1d", "P1D\n", "P1DT", " P1D", "P１D"],
}  # fmt: skip


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in GOOD.items() for value in values])
def test_good(name: str, value: str) -> None:
    assert matcher(PATTERNS[name]).match(value)
    assert re2.search(PATTERNS[name], value)


@pytest.mark.parametrize(("name", "value"), [(name, value) for name, values in BAD.items() for value in values])
def test_bad(name: str, value: str) -> None:
    assert not matcher(PATTERNS[name]).match(value)
    assert not re2.search(PATTERNS[name], value)


def test_every_type_and_format_has_its_tables() -> None:
    assert list(GOOD) == list(BAD) == list(PATTERNS)


@pytest.mark.parametrize("name", PATTERNS)
def test_each_is_one_anchored_pattern_for_the_whole_value(name: str) -> None:
    """Python is given `\\Z` for the `$` at the end, so there is one `$`, and it closes every alternative."""
    pattern = PATTERNS[name]
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    inside = pattern[1:-1]
    without_classes = re.sub(r"\[(?:\\.|[^\]])*\]|\\.", "", inside)
    assert "^" not in without_classes
    assert "$" not in without_classes
    depth = 0
    for character in without_classes:
        depth += {"(": 1, ")": -1}.get(character, 0)
        assert depth > 0 or character != "|"


BEGINNINGS = [
    "",
    "a@",
    "a:",
    "a:?",
    "a:#",
    "1.0.0-",
    "1.0.0+",
    "P",
    "PT",
    "::",
    "1:",
    "2026-01-31T09:30:00.",
    "-",
    "1e",
]
PARTS = ["1", "a", "a.", "1.", "a-", "-", "1:", ":", "%41", "[", "1D", "0", "+"]


@pytest.mark.parametrize("name", PATTERNS)
def test_a_match_takes_linear_time(name: str) -> None:
    """A hundred thousand characters take a moment; what is quadratic would take minutes."""
    match = matcher(PATTERNS[name]).match
    started = time.process_time()
    for beginning in BEGINNINGS:
        for part in PARTS:
            match(f"{beginning}{part * (100_000 // len(part))}!")
    assert time.process_time() - started < 10
