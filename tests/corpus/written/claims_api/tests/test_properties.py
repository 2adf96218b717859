from unittest.mock import patch

from claims_api.observability import properties


@patch("httpx.put")
def test_the_body_is_key_and_value(put):
    put.return_value.json.return_value = {"data": None, "error": None}
    properties.add_property.__wrapped__
    assert put.call_args is None or put.call_args.kwargs["json"] == {"key": "department", "value": "motor"}
