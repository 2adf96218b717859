const Header = Object.freeze({ app: "Helicone-Property-App", tier: "Helicone-Property-User_Tier" } as const);

enum Name {
  Environment = "Helicone-Property-Environment",
}

class Client {
  private static readonly PREFIX = "Helicone-Property-";
  readonly #prefix = "Helicone-Property-";
  tenant: string;

  constructor() {
    this.tenant = "Helicone-Property-Customer_Id";
  }

  headers(properties: Record<string, string>, tenant: string) {
    const headers: Record<string, string> = { [Header.app]: "client", [Name.Environment]: "prod" };
    headers[`${Client.PREFIX}Billable`] = "true";
    headers[this.tenant] = tenant;
    for (const key in properties) headers[`${this.#prefix}${key}`] = properties[key];
    return headers;
  }
}

class Other {
  private static readonly PREFIX = "X-";
  headers = (Header: { app: string }) => ({ [`${Other.PREFIX}App`]: "x", [Header.app]: "x" });
}

if (headers[Header.tier]) delete headers[Header.tier];
fetch(url, { headers: { [Header.tier]: "free" } });
