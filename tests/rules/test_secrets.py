"""What is taken for a secret, and above all what is not: a false alarm stops a program that did nothing wrong."""

from __future__ import annotations

import time

import pytest

from propguard.rules.secrets import SHORTEST_SECRET, is_masked, masked, secret_in

EMAIL, KEY, TOKEN, PRIVATE, CARD = (
    "an e-mail address",
    "an API key",
    "a JSON web token",
    "a private key",
    "a payment card number",
)

HARMLESS = [
    "",
    "production",
    # identifiers of every kind
    "f81d4fae-7dec-41d0-a765-00a0c91e6bf6",
    "8f14e45f-ceea-4671-8a5d-4111111111111111"[:36],
    "67df07b8c4a2f0e9d1b3a5c7e9f1024681357902",  # a git SHA
    "4111111111111111ab67df07b8c4a2f0e9d1b3a5",  # and one that begins with a card's number
    "01ARZ3NDEKTSV4RRFFQ69G5FAV",  # ULID
    "cust_4111111111111111x",
    "order-20260131-000017",
    "req_011CSHoEeqs5C35K2UUqR7Fy",
    "us.anthropic.claude-sonnet-4-20250514-v1:0",
    "arn:aws:iam::123456789012:role/Admin",
    # timestamps and counters
    "1718035200000",
    "1718035200000000000",
    "2026-01-31T09:30:00.000Z",
    "2026-01-31 09:30:00 +0000",
    # numbers with a right Luhn sum that no issuer gives out
    "1234567812345670",
    "8000000000000001",
    "0000000000000000",
    "9999999999999995",
    "2220999999999991",
    # an issuer's range and a wrong sum
    "4111111111111112",
    "378282246310006",
    "2026013109300011",  # a point in time, with a right Luhn sum
    # right in every way, but a part of something longer
    "41111111111111110000000",
    "A4111111111111111",
    "4111111111111111Z",
    "0.4111 1111 1111 1111",
    "1718035200 4111111111111111",
    "+49 30 901820 4111",
    # nearly e-mail addresses
    "@handle",
    "ada@localhost",
    "user@host:22",
    "git@v1.2",
    "a @ b.com",
    "npm:@scope/package@1.2.3",
    # nearly keys
    "sk-short",
    "task-" + "a" * 14,
    "AKIA123",
    "ghp_short",
    "xoxo-hugs",
    "hf_model",
    "SG.region",
    "eyJhbGciOiJIUzI1NiJ9",  # one part of a token says nothing
    "-----BEGIN CERTIFICATE-----",
    "-----BEGIN PUBLIC KEY-----",
    "[object Object]",
]  # fmt: skip

# A Luhn-valid order number within an issuer's range cannot be told from a card; it is declared `sensitive: allow`.
SECRETS = [
    ("ada@example.com", EMAIL),
    ("a@b.co", EMAIL),
    ("Ada Lovelace <ada.l+test@mail.example.co.uk>", EMAIL),
    ("contact:ada@example.com,", EMAIL),
    (f"{'a' * 64}@b.{'c' * 63}.org", EMAIL),
    ("sk-proj-abcdefghijklmnopqrstuv", KEY),
    ("sk-helicone-abcdefg-hijklmn-opqrstu", KEY),
    ("sk-ant-api03-abcdefghijklmnop", KEY),
    ("AKIAIOSFODNN7EXAMPLE", KEY),
    ("ASIAIOSFODNN7EXAMPLE", KEY),
    ("ghp_" + "a1B2" * 9, KEY),
    ("github_pat_" + "a1B2_" * 5, KEY),
    ("glpat-" + "a1B2-" * 4, KEY),
    ("xoxb-1234567890-abc", KEY),
    ("AIza" + "a1B2_" * 7, KEY),
    ("sk_live_" + "a1B2" * 4, KEY),
    ("rk_test_" + "a1B2" * 4, KEY),
    ("hf_" + "a1B2" * 8, KEY),
    ("npm_" + "a1B2" * 9, KEY),
    ("SG." + "a1B2" * 4 + "." + "a1B2" * 4, KEY),
    ("Bearer sk-abcdefghijklmnopqrst", KEY),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.x", TOKEN),
    ("-----BEGIN PRIVATE KEY-----\nMIIE", PRIVATE),
    ("-----BEGIN RSA PRIVATE KEY-----", PRIVATE),
    ("-----BEGIN ENCRYPTED PRIVATE KEY-----", PRIVATE),
    ("4111111111111111", CARD),
    ("4111 1111 1111 1111", CARD),
    ("4111-1111-1111-1111", CARD),
    ("378282246310005", CARD),
    ("5555555555554444", CARD),
    ("2223003122003222", CARD),
    ("2221000000000009", CARD),
    ("2720999999999996", CARD),
    ("6011111111111117", CARD),
    ("30569309025904", CARD),
    ("3530111333300000", CARD),
    ("4222222222222", CARD),
    ("card: 4111111111111111.", CARD),
]  # fmt: skip


@pytest.mark.parametrize("value", HARMLESS)
def test_silent(value: str) -> None:
    assert secret_in(value) is None


@pytest.mark.parametrize(("value", "kind"), SECRETS)
def test_reported(value: str, kind: str) -> None:
    assert secret_in(value) == kind
    assert secret_in(f"before {value}") == kind
    assert secret_in(f"{value} after") == kind


def test_nothing_shorter_is_a_secret() -> None:
    """Shorter values are not looked at, so no kind may have a shorter one."""
    assert min(len(value) for value, _ in SECRETS if "@" not in value) == SHORTEST_SECRET


@pytest.mark.parametrize(
    "part",
    ["@", "a", "1", "1 ", "4111 ", "4-", "a@", "a@a.", "a.", "eyJ", "eyJaaaaaaaa.", "sk-", "-----BEGIN ", "SG.aaaaaaaaaaaaaaaa.", "xox", "a@" + "a" * 62 + ".", "a@1.1.1.1.1."],
)  # fmt: skip
def test_a_search_takes_linear_time(part: str) -> None:
    """A quarter of a million characters take a moment; what is quadratic would take minutes."""
    value = part * (250_000 // len(part))
    started = time.process_time()
    secret_in(value)
    assert time.process_time() - started < 2


def test_what_is_shown_of_a_secret_does_not_give_it_away() -> None:
    assert masked("sk-abcdefghijklmnopqrst") == "sk-a… (23 characters)"
    assert masked("") == "… (0 characters)"


def test_what_was_masked_is_known_again() -> None:
    """As the beginning of another value; what was shown whole is not taken for one."""
    assert is_masked(masked("sk-" + "a" * 20))
    assert not is_masked("production")
