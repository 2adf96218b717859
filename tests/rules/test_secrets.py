"""What is taken for a secret, and above all what is not: a false alarm stops a program that did nothing wrong."""

from __future__ import annotations

import time

import pytest

from propguard.model.secrets import SHORTEST_SECRET, covered, is_masked, masked, secret_in, without_secrets

EMAIL, KEY, TOKEN, PRIVATE, LOGIN, CARD = (
    "an e-mail address",
    "an API key",
    "a JSON web token",
    "a private key",
    "a password in an address",
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
    "risk-abcdefghijklmnopqrstuvwxyz",  # `sk-` in the middle of a word
    "disk-0123456789abcdefghij",
    "https://example.com/a/b?c=d",
    "postgres://reader@localhost/app",
    "http://localhost:8080/path",
    "4af7c0de41d4a716446655440000beef",  # a hexadecimal id
    "4a5f0c9e1b2d3f60",
    "pat-us-west",
    "secret_santa",
    "basic internationalisation",
    "Bearer of news",
    "key-value-store",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
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
    ("-----BEGIN PGP PRIVATE KEY BLOCK-----", PRIVATE),
    ("-----BEGIN OPENSSH PRIVATE KEY-----", PRIVATE),
    ("postgres://writer:hunter22@db.example.com/app", LOGIN),
    *((key, KEY) for key in (
        "ASIA" + "Q3EGR" * 3 + "W",
        "gho_" + "a1B2" * 9,
        "glrt-" + "a1B2_" * 4,
        "xoxe.xoxp-1-" + "a1B2" * 5,
        "xapp-1-A012BCD34EF-0123456789012-" + "a1b2" * 16,
        "https://hooks.slack.com/services/T0ABCDEFG/B0ABCDEFG/" + "a1B2" * 6,
        "M" + "a1B2" * 6 + ".Xa1B2c." + "a1B2" * 7,
        "1234567890:A" + "a1B2_" * 6 + "a1B2",
        "whsec_" + "a1B2" * 8,
        "AC" + "0a1b2c3d" * 4,
        "SK" + "0a1b2c3d" * 4,
        "0a1b2c3d" * 4 + "-us12",
        "xkeysib-" + "0a1b2c3d" * 8 + "-" + "a1B2" * 4,
        "//registry.example.com/:_authToken=0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f",
        "pypi-AgEIcHlwaS5vcmc" + "a1B2_" * 8,
        "rubygems_" + "0a1b2c3d" * 6,
        "dckr_pat_" + "a1B2-" * 6,
        "AKCp8" + "a1B2c" * 13,
        "api_org_" + "aBcDe" * 7,
        "GOCSPX-" + "a1B2-" * 6,
        "ya29." + "a1B2_" * 10,
        "DefaultEndpointsProtocol=https;AccountName=x;AccountKey=" + "a1B2" * 21 + "a1==",
        "Abc8Q~" + "a1B2-" * 7,
        "dop_v1_" + "0a1b2c3d" * 8,
        "LTAI" + "a1B2c" * 4,
        "nfp_" + "a1B2" * 9,
        "sbp_" + "0a1b2c3d" * 5,
        "dapi" + "0a1b2c3d" * 4,
        "hvs." + "a1B2_" * 18,
        "dp.pt." + "a1B2" * 11,
        "pul-" + "0a1b2c3d" * 5,
        "shpat_" + "0a1b2c3d" * 4,
        "sq0atp-" + "a1B2_" * 5,
        "EZAK" + "a1B2c3" * 9,
        "shippo_live_" + "0a1b2c3d" * 5,
        "lin_api_" + "a1B2" * 10,
        "ntn_" + "12345678901" + "a1B2c" * 7,
        "figd_" + "a1B2_" * 8,
        "pat" + "a1B2c3D" * 2 + "." + "0a1b2c3d" * 8,
        "pat-eu1-0a1b2c3d-0a1b-2c3d-4e5f-0a1b2c3d4e5f",
        "PMAK-" + "0a1b2c3d" * 3 + "-" + "0a1b2c3d" * 4 + "0a",
        "NRAK-" + "A1B2C" * 6,
        "sntrys_eyJ" + "a1B2" * 12,
        "glsa_" + "a1B2" * 8 + "_0a1b2c3d",
        "dt0c01." + "A1B2C3" * 4 + "." + "A1B2" * 16,
        "gsk_" + "a1B2c" * 10,
        "xai-" + "a1B2c" * 14,
        "pplx-" + "a1B2" * 12,
        "r8_" + "a1B2" * 9 + "c",
        "nvapi-" + "a1B2_" * 13,
        "pcsk_" + "a1B2_" * 13,
        "lsv2_pt_" + "0a1b2c3d" * 4 + "_0a1b2c3d4e",
        "Authorization: Bearer " + "a1B2" * 8,
        "Authorization: Basic " + "a1B2" * 5 + "YQ==",
    )),
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


@pytest.mark.parametrize("value", [value for value, _ in SECRETS])
def test_a_text_without_its_secrets_has_none(value: str) -> None:
    """Neither in a sentence nor in a line of source, whose columns stay what they are; masked twice is masked once."""
    sentence, line = without_secrets(f"the value `{value}` is wrong"), covered(f'x = "{value}"')
    assert secret_in(sentence) is None
    assert sentence == without_secrets(sentence)
    assert value not in sentence
    assert value not in line
    assert (secret_in(line), len(line)) == (None, len(f'x = "{value}"'))


@pytest.mark.parametrize("value", [value for value in HARMLESS if value])
def test_a_text_without_secrets_stays_as_it_is(value: str) -> None:
    assert without_secrets(f"`{value}`") == f"`{value}`"


def test_what_follows_a_shape_is_masked_with_it() -> None:
    """A shape ends where it is certain; the rest of the secret behind it is no less secret."""
    assert without_secrets("x sk-" + "a" * 20 + "-rest, y") == "x sk-a… (28 characters), y"


def test_what_was_masked_is_known_again() -> None:
    """As the beginning of another value; what was shown whole is not taken for one."""
    assert is_masked(masked("sk-" + "a" * 20))
    assert not is_masked("production")
