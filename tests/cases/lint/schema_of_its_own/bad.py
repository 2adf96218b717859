headers = {
    "Helicone-Property-CustomerId": "cust_12",
    "Helicone-Property-customer-id": "12",
    "Helicone-Property-Customer-Tier": "free",
    "Helicone-Property-user-tier": "pro",
    "Helicone-Property-score": "6",
    "Helicone-Property-day": "31.1.2026",
    "Helicone-Property-tags": "a,c",
    "Helicone-Property-note": "no",
    "Helicone-Property-tmp": "x",
    "Helicone-Property-Unheard-Of": "x",
    "Helicone-Property-A-Key-That-Is-Much-Too-Long": "x",
    "Helicone-Property-region": "mars",
}
more = {
    "Helicone-Property-note": "longer than twelve",
    "Helicone-Property-Note": " edge ",
    "Helicone-Property-Note:": "x",
}
notes = [("Helicone-Property-note", "undefined"), ("Helicone-Property-note", "ann@x.com"), ("Helicone-Property-score", "x")]
httpx.put(f"{api}/v1/request/{i}/property", json={"key": "customer-id", "value": "cust_12"})
