"""A prefix or a name that is kept in a class is read where it stands behind a dot."""


class Names:
    APP = "Helicone-Property-App"
    ENVIRONMENT: str = "Helicone-Property-Environment"


class Stage(StrEnum):
    LIVE = "prod"


class Client:
    PREFIX = "Helicone-Property-"

    def __init__(self, tenant):
        self.tenant_header = "Helicone-Property-Customer_Id"
        self.tier = "free"
        self.tier = tenant.tier

    def headers(self, properties):
        headers = {f"{self.PREFIX}{key}": value for key, value in properties.items()}
        headers[self.PREFIX + "App"] = "client"
        headers[Client.PREFIX + "User_Tier"] = self.tier
        headers[self.tenant_header] = tenant.id
        headers[Names.ENVIRONMENT] = Stage.LIVE
        return headers


class Other:
    PREFIX = "X-"

    def headers(self, other):
        if Names.APP in other.headers:
            return {}
        return {self.PREFIX + "App": "other", other.PREFIX + "App": "unknown"}


client.ask(headers={Names.APP: "module"})
