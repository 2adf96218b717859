PREFIX = "Helicone-Property-"
KEY = PREFIX + "Env"
VALUE = "prod"
OTHER = VALUE

headers = {KEY: "production"}
headers["Helicone-Property-Environment"] = OTHER


def twice(flag):
    tier = "gold"
    if flag:
        tier = "pro"
    return {"Helicone-Property-User_Tier": tier}


def parts():
    name = "User_Tier"
    return {f"{PREFIX}{name}": "silver"}
