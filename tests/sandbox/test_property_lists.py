"""The endpoints that list properties and their values."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

    from propguard.sandbox import Sandbox


def keys(client: httpx.Client) -> list[str]:
    return [entry["property"] for entry in client.post("/v1/property/query", json={}).json()["data"]]


def test_all_keys_ever(client: httpx.Client, sandbox: Sandbox) -> None:
    """POST /v1/property/query {} → {data: [{property}]}: all keys ever."""
    sandbox.seed([{"properties": {"b": "1", "a'\\": "2"}}, {"properties": {"b": "3"}}])
    assert keys(client) == ["a'\\", "b"]


def test_hiding_is_not_deleting(client: httpx.Client, sandbox: Sandbox) -> None:
    """hide / restore {key}; hidden keys are left out."""
    sandbox.seed([{"properties": {"a": "1", "b": "2"}}])
    assert client.post("/v1/property/hide", json={"key": "a"}).status_code == 200
    assert keys(client) == ["b"]
    assert client.post("/v1/property/restore", json={"key": "a"}).status_code == 200
    assert keys(client) == ["a", "b"]


def test_values(client: httpx.Client, sandbox: Sandbox) -> None:
    """/v1/property/{key}/search {searchTerm} → at most 25 values."""
    sandbox.seed({"properties": {"a": f"value {number}"}} for number in range(40))
    values = client.post("/v1/property/a/search", json={"searchTerm": ""}).json()["data"]
    assert (len(values), len(set(values))) == (25, 25)
    assert client.post("/v1/property/a/search", json={"searchTerm": "VALUE 39"}).json()["data"] == ["value 39"]
    assert client.post("/v1/property/b/search", json={"searchTerm": ""}).json()["data"] == []


def test_hostile_keys_and_terms(client: httpx.Client, sandbox: Sandbox) -> None:
    """Quotes, slashes and wildcards in a key or a term are themselves."""
    sandbox.seed([{"properties": {"a/b'\"": "50% 😀'"}}, {"properties": {"a/b'\"": "50 percent"}}])
    path = "/v1/property/a%2Fb%27%22/search"
    assert client.post(path, json={"searchTerm": "0% 😀'"}).json()["data"] == ["50% 😀'"]


def test_bodies_are_validated(client: httpx.Client) -> None:
    """Missing and extra fields: 422."""
    for path, body in (("query", {"a": 1}), ("hide", {}), ("restore", {"key": 1}), ("x/search", {})):
        assert client.post(f"/v1/property/{path}", json=body).status_code == 422
