from ticket_triage.llm import Context


def expected_headers():
    return ("Helicone-Property-Feature", "Helicone-Property-Tenant")


def test_headers_are_named_after_properties():
    headers = Context.__new__(Context)
    headers.feature_name, headers.user_id, headers.tenant, headers.custom_properties = "a", None, None, {}
    got = headers.to_headers()
    assert got["Helicone-Property-Feature"] == "a"
    assert "Helicone-Property-Tenant" not in got
    assert not any(name.startswith("Helicone-Property-x") for name in got)
