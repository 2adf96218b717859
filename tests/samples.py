"""Texts at which a schema, a pattern or a format could be misjudged, as tables."""

from __future__ import annotations

TEXTS = [
    "",
    "a",
    "abc",
    "abcd",
    "beta",
    "production",
    "Production",
    "pro duction",
    "a b c d",
    "a b c d e",
    "abcdefghijkl",  # as long as a plain word may be
    "abcdefghijklm",
    "true",
    "1",
    "1.0",
    "no",
    "2026-01-01",
    "undefined",
    "undefinedly",
    "[object Object]",
    "null",
    "TODO",
    "None",
    "changeme",
    "NaN",
    " beta",
    "beta ",
    "beta\n",
    "\tbeta",
    "beta\xa0",
    "\u3000beta",
    "a\nb",
    "a\x00b",
    "\x00",
    "\x7f",
    "caf\xe9",
    "日本語",
    "😀",
    "\u2028x",
    "\ud800",  # half of a surrogate pair, as JSON can write it
    "\ufffd",
    "a,b",
    "abc,beta",
    ",",
    "abc,",
    "abc|beta",
    "a::b:c",
    "ada@example.com",
    "a@b.co",
    "x" * 12 + "@b.co",
    "sk-" + "a" * 20,
    "AKIAIOSFODNN7EXAMPLE",
    "4111111111111111",
    "4111 1111 1111 1111",
    "41111111111111 1",
    "1718035200000",
    "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
    "cust_456",
    "cust_456\n",
    "-----BEGIN PRIVATE KEY-----",
]

NUMBERS = ["0", "1", "-0", "-2.5", "-3", "10", "10.0", "1e1", "1E+6", "1e999", "01", "+1", ".5", "1.", "nan", "inf", "1_0", "１", "9" * 400, "1 "]  # fmt: skip

NON_TEXTS: list[object] = [None, True, False, 0, 7, 1.5, float("nan"), ["a"], [], {"a": "b"}, {}, b"abc", ("a",)]

HOSTILE_KEYS = [
    "",
    " ",
    "\x00",
    "stripe_customer_id",
    "Stripe_Customer_Id",
    "Helicone-Session-Id",
    "helicone-stripe-x",
    "HELICONE-STRIPE-",
    "Helicone-Property-",
    "helicone-property-user",
    "HELICONE-PROPERTY-User_Id",
    "Helicone-Property-Helicone-Property-env",
    "helicone-property",  # the prefix, but for its end
    "cost center",
    "a:b",
    "a/b",
    "user_id\n",
    "caf\xe9",
    "日本語",
    "\u0130d",  # its lower case is two characters long
    "to\u212aen",  # its lower case is ASCII
    "tmp",
    "TMP",
    "u",
    "toString",
    "__proto__",
    "a" * 5000,
]

PATTERN_SAMPLES: dict[str, list[str]] = {
    "^cust_[a-z0-9]+$": ["cust_456", "cust_", "CUST_1"],
    "^[A-Za-z0-9][A-Za-z0-9._:|-]*$": ["a", "a|b:c", "-a"],
    r"^[a-z]+(-[a-z]+)*-?[0-9]*$": ["us-east-1", "eastus2", "us--1"],
    "^[a-z_]+$": ["abc", "a_b", "a-b"],
    "^[a-z]{2,4}$": ["abc", "a", "abcde"],
    r"^\d{3}-\d{2}$": ["123-45", "１２３-45"],
    r"^[^,]*$": ["abc", "", "a,b", "a\nb", "\ud800"],
    "^.$": ["a", "\n", "😀", "\u2028", "\ud800"],
    r"^\w+\s\w+$": ["a b", "a\vb", "a\nb", "a\xa0b"],
    "^(a|ab)(c|bcd)*$": ["ac", "abbcd", "abc", "abcd"],  # ambiguous, so that the standard library is not asked
    "^abc|^beta$": ["abc1", "beta", "xbeta"],  # anchored in one alternative only
    "^(?:abc|beta)$": ["abc", "beta", "abcbeta"],
    "(?i)^abc$": ["ABC", "abc"],  # a flag, which ECMA-262 has not
    "prod": ["production", "prod", "pro"],
    "^[\u4e00-\u9fff]+$": ["日本", "日a"],
    "^a\x00b$": ["a\x00b", "ab"],
    "[0-9]$": ["a1", "1\n", "a"],
    "^$": ["", "\n", "a"],
    r"^\pL+$": ["caf\xe9", "abc", "1"],  # RE2's own
    r"\z": ["", "abc"],
}

FORMAT_SAMPLES: dict[str, list[str]] = {
    "date": ["2026-01-31", "2024-02-29", "2023-02-29"],
    "date-time": ["2026-01-31T09:30:00Z", "2026-01-31t09:30:60.5+01:00", "2026-01-31 09:30:00Z"],
    "uuid": [
        "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
        "F81D4FAE-7DEC-41D0-A765-00A0C91E6BF6",
        "f81d4fae7dec41d0a76500a0c91e6bf6",
    ],
    "semver": ["1.4.0", "1.0.0-rc.1+b", "v1.0.0"],
    "email": ["team@example.com", "a@b"],
    "uri": ["https://example.com/a?b#c", "urn:a:b", "example.com"],
    "ipv4": ["192.0.2.1", "256.0.0.1"],
    "ipv6": ["2001:db8::1", "::", "::ffff:192.0.2.1", "1::2::3"],
    "duration": ["PT30S", "P1Y2M3DT4H", "P2W", "P"],
}
