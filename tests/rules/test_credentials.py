"""Credentials are covered in every form that programs give text which they send back."""

from __future__ import annotations

import base64
import html
import json
import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.rules.credentials import Credentials

SECRETS = st.text(st.characters(exclude_categories=["Cs"]), min_size=4, max_size=40)
AROUND = st.text(st.sampled_from("ab :"), max_size=4)


@pytest.mark.parametrize("text", ["", "nothing to hide", '{"a": "\\u0073k"}', "cGxhaW4=", "%73", "sk-abc"])
def test_other_text_stays(text: str) -> None:
    """Letter by letter."""
    assert Credentials("sk-abcdef").masked(text) == text
    assert Credentials().masked(text) == text
    assert Credentials("").masked(text) == text


@given(SECRETS, AROUND, AROUND)
def test_a_credential_is_covered_in_every_disguise(secret: str, before: str, after: str) -> None:
    """Escaped for JSON, C, HTML, URLs, once and twice, in base64 and hexadecimal, in other case; with any text around it."""
    text = f"{before}{secret}{after}"
    content = text.encode()
    disguises = [
        text,
        json.dumps(text),
        json.dumps(json.dumps(text)),
        json.dumps(text, ensure_ascii=False),
        "".join(f"\\u{int.from_bytes(pair):04X}" for pair in _pairs(text)),
        ascii(text),
        repr(text),
        repr(content),
        quote(text),
        quote(text, safe=""),
        quote(quote(text, safe=""), safe=""),
        "".join(f"%{byte:02x}" for byte in content),
        html.escape(text),
        html.escape(html.escape(text)),
        "".join(f"&#x{ord(character):X};" for character in text),
        content.hex(),
        base64.b64encode(content).decode(),
        base64.urlsafe_b64encode(content).decode().rstrip("="),
        json.dumps(base64.encodebytes(content).decode()),
        quote(base64.b64encode(content).decode(), safe=""),
    ]
    credentials = Credentials(secret)
    for disguise in disguises:
        assert "***" in credentials.masked(f"x {disguise} x"), disguise


def _pairs(text: str) -> list[bytes]:
    content = text.encode("utf-16-be")
    return [content[at : at + 2] for at in range(0, len(content), 2)]


def test_json_stays_json() -> None:
    """Whatever is covered, the rest of a document can still be read."""
    key = 'sk-"abc\\def/é'
    document = {"was": f'bad "Basic {base64.b64encode(key.encode()).decode()}"\n', "and": [f"é{key}é", json.dumps(key)]}
    shown = json.loads(Credentials(key).masked(json.dumps(document)))
    assert shown == {"was": 'bad "Basic ***"\n', "and": ["é***é", '"***"']}


def test_several_credentials_are_covered() -> None:
    """A user's name may be shown, and what the header makes of both may not."""
    credentials = Credentials("pw", "reader:pw")
    header = base64.b64encode(b"reader:pw").decode()
    assert credentials.masked(f"reader, pw, {header}") == "reader, ***, ***"
    assert "pw" not in repr(credentials)


def test_a_large_text_is_read_in_linear_time() -> None:
    """A page of requests is some megabytes, and all of them may look like base64."""
    credentials = Credentials("sk-helicone-0123456789abcdef")
    credentials.masked("")
    began = time.process_time()
    assert len(credentials.masked_bytes(b"c2st" * 1_000_000)) == 4_000_000
    assert time.process_time() - began < 1.0
