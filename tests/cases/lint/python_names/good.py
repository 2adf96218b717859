from shared import IMPORTED

HEADER = "Helicone-Property-App"
ALIAS = HEADER
TIER_HEADER: str = f"{'Helicone-Property-'}User_Tier"
VALUE = "production"

headers = {HEADER: "chat", ALIAS: "chat", "Helicone-Property-Environment": VALUE}
headers[TIER_HEADER] = IMPORTED


class Names:
    APP = "Helicone-Property-App"
    own = {APP: "chat"}


def shadowed(VALUE, HEADER):
    return {"Helicone-Property-Environment": VALUE, HEADER: "not_a_header"}


def inner():
    VALUE = "staging"

    def innermost():
        return {"Helicone-Property-Environment": VALUE}

    return innermost


for VALUES in "ab":
    headers["Helicone-Property-App"] = VALUES

if (walrus := "staging"):
    headers["Helicone-Property-Environment"] = walrus
