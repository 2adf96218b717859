Headers = {"Helicone-Property-Nope": {"description": "the app", "required": False}}
found = query(filter={"properties": {"Helicone-Property-Nope": {"equals": "x"}}})


def headers(base):
    return base | {"Helicone-Property-App": "union"}
