"""Case styles: which one a key is in, and how it is spelled in another."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propguard.model.naming import STYLES, fold, in_style, is_in_style, words
from propguard.model.schema import Naming

NAMINGS: tuple[Naming, ...] = get_args(Naming)
STRICT: tuple[Naming, ...] = tuple(naming for naming in NAMINGS if naming != "any")

# Spellings met in real programs, and the words that their writers meant.
SPELLINGS: list[tuple[str, list[str]]] = [
    ("UserId", ["user", "id"]),
    ("User-Id", ["user", "id"]),
    ("user-id", ["user", "id"]),
    ("user_id", ["user", "id"]),
    ("userId", ["user", "id"]),
    ("UserID", ["user", "id"]),
    ("USER_ID", ["user", "id"]),
    ("user.id", ["user", "id"]),
    ("user id", ["user", "id"]),
    ("Environment", ["environment"]),
    ("environment", ["environment"]),
    ("Env", ["env"]),
    ("AppEnv", ["app", "env"]),
    ("App", ["app"]),
    ("AppName", ["app", "name"]),
    ("appname", ["appname"]),  # nothing says where one word ends
    ("Application", ["application"]),
    ("HTTPStatus", ["http", "status"]),
    ("getURLs", ["get", "ur", "ls"]),  # a plural of capitals is beyond what can be read
    ("newUI", ["new", "ui"]),
    ("new_UI_enabled", ["new", "ui", "enabled"]),
    ("gpt4o", ["gpt", "4o"]),
    ("a1B2", ["a", "1", "b", "2"]),
    ("A", ["a"]),
    ("v2", ["v", "2"]),
    ("__x__", ["x"]),
    ("", []),
    ("___", []),
    ("日本-語", ["日本", "語"]),
    ("ÄrgerStufe", ["ärgerstufe"]),  # beyond ASCII, nothing is cut
]  # fmt: skip

# One key in every style.
IN_STYLES: list[tuple[str, dict[Naming, str]]] = [
    ("UserID", {"snake_case": "user_id", "kebab-case": "user-id", "camelCase": "userId", "PascalCase": "UserId", "Train-Case": "User-Id", "any": "UserID"}),
    ("new_ui_enabled", {"snake_case": "new_ui_enabled", "kebab-case": "new-ui-enabled", "camelCase": "newUiEnabled", "PascalCase": "NewUiEnabled", "Train-Case": "New-Ui-Enabled", "any": "new_ui_enabled"}),
    ("app", {"snake_case": "app", "kebab-case": "app", "camelCase": "app", "PascalCase": "App", "Train-Case": "App", "any": "app"}),
    ("--", {"snake_case": "--", "camelCase": "--", "any": "--"}),
]  # fmt: skip

GOOD: dict[Naming, list[str]] = {
    "snake_case": ["a", "user_id", "a1", "a_1", "x9_9x"],
    "kebab-case": ["a", "user-id", "a-1"],
    "camelCase": ["a", "userId", "userID", "a1B"],
    "PascalCase": ["A", "UserId", "UserID", "A1"],
    "Train-Case": ["A", "User-Id", "User-ID", "UserId", "User-2"],
    "any": ["", "a", "User id", "日本"],
}
BAD: dict[Naming, list[str]] = {
    "snake_case": ["", "A", "userId", "user-id", "_a", "a_", "a__b", "1a", "a b", "é", "a\n"],
    "kebab-case": ["", "A", "user_id", "-a", "a-", "a--b", "1a", "a\n"],
    "camelCase": ["", "A", "user_id", "user-id", "1a", "ü", "a\n"],
    "PascalCase": ["", "a", "User_Id", "User-Id", "1A", "A\n"],
    "Train-Case": ["", "a", "User-id", "User_Id", "-A", "A-", "A--B", "A\n"],
    "any": [],
}
# What a header leaves of a key: some capitalisation of it is in the style.
LOWER_CASED: dict[Naming, tuple[list[str], list[str]]] = {
    "snake_case": (["user_id"], ["user-id"]),
    "kebab-case": (["user-id"], ["user_id"]),
    "camelCase": (["userid"], ["user-id", "user_id", "1a"]),
    "PascalCase": (["userid"], ["user-id", "1a"]),
    "Train-Case": (["user-id", "user-2"], ["user_id", "-a"]),
    "any": (["user id"], []),
}


@pytest.mark.parametrize(("key", "expected"), SPELLINGS)
def test_words(key: str, expected: list[str]) -> None:
    assert words(key) == expected


@pytest.mark.parametrize(
    ("key", "naming", "expected"),
    [(key, naming, spelled) for key, styles in IN_STYLES for naming, spelled in styles.items()],
)
def test_in_style(key: str, naming: Naming, expected: str) -> None:
    assert in_style(key, naming) == expected


@pytest.mark.parametrize(("naming", "key"), [(naming, key) for naming, keys in GOOD.items() for key in keys])
def test_is_in_style(naming: Naming, key: str) -> None:
    assert is_in_style(key, naming)


@pytest.mark.parametrize(("naming", "key"), [(naming, key) for naming, keys in BAD.items() for key in keys])
def test_is_not_in_style(naming: Naming, key: str) -> None:
    assert not is_in_style(key, naming)


@pytest.mark.parametrize("naming", NAMINGS)
def test_what_a_header_leaves_of_a_style(naming: Naming) -> None:
    good, bad = LOWER_CASED[naming]
    assert all(is_in_style(key, naming, lower_cased=True) for key in good)
    assert not any(is_in_style(key, naming, lower_cased=True) for key in bad)


@pytest.mark.parametrize("naming", STRICT)
@given(key=st.from_regex(r"\A[a-zA-Z][a-zA-Z0-9]{0,8}(?:[_-][a-zA-Z0-9]{1,6}){0,3}\Z"))
def test_a_converted_key_is_in_its_style_and_means_the_same(naming: Naming, key: str) -> None:
    converted = in_style(key, naming)
    assert is_in_style(converted, naming)
    assert fold(converted) == fold(key)


@pytest.mark.parametrize("naming", STRICT)
@given(data=st.data())
def test_there_and_back_again(naming: Naming, data: st.DataObject) -> None:
    """Words of letters survive every style: what a fix converts, the other fix converts back."""
    parts = data.draw(st.lists(st.from_regex(r"\A[a-z]{2,6}\Z"), min_size=1, max_size=4))
    snake = "_".join(parts)
    assert words(in_style(snake, naming)) == parts
    assert in_style(in_style(snake, naming), "snake_case") == snake


@pytest.mark.parametrize("naming", STRICT)
@given(data=st.data())
def test_a_key_in_a_style_is_in_it_when_a_header_has_lower_cased_it(naming: Naming, data: st.DataObject) -> None:
    key = data.draw(st.from_regex(rf"\A{STYLES[naming].pattern}"))
    assert is_in_style(key.lower(), naming, lower_cased=True)


@given(st.text(max_size=20))
def test_no_key_crashes(key: str) -> None:
    for naming in NAMINGS:
        is_in_style(key, naming)
        in_style(key, naming)
        assert fold(in_style(key, "any")) == fold(key)


@pytest.mark.parametrize("key", ["UserId", "User-Id", "user-id", "UserID", "user_id", "user.id", "USER ID"])
def test_fold_takes_every_spelling_to_one(key: str) -> None:
    assert fold(key) == "userid"
