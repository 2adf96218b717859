"""What a test expects is no write, and what it sends is one."""


def test_headers(httpx_mock, client):
    expected = {"Helicone-Property-Nope": "x"}
    expected_headers: dict[str, str] = {"Helicone-Property-Nope": "x"}
    want = {"Helicone-Property-Nope": "x"}
    httpx_mock.add_response(url="https://example.com", match_headers={"Helicone-Property-Nope": "x"})
    assert_that(client.headers).contains_entry({"Helicone-Property-Nope": "x"})
    answer = client.ask(headers={"Helicone-Property-App": "test"})
    assert client.ask(headers={"Helicone-Property-App": "asserted"}).headers == expected
