headers = [{"name": "Helicone-Property-App", "value": "flow"}]
expected = [{"name": "Helicone-Property-Nope", "value": "flow"}]
