assert headers["Helicone-Property-Nope"] == "x"
assert headers == {"Helicone-Property-Nope": "x"}
assert {"Helicone-Property-Nope": "x"}.items() <= headers.items()
assert ("Helicone-Property-Nope", "x") in headers.items()
self.assertEqual(headers, {"Helicone-Property-Nope": "x"})
self.assertIn("Helicone-Property-Nope", headers)
self.assertDictEqual({"Helicone-Property-Nope": "x"}, headers)
create.assert_called_once_with(extra_headers={"Helicone-Property-Nope": "x"})
mock.assert_any_call("Helicone-Property-Nope", "x")
