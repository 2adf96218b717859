headers = {
    "Helicone-Property-Customer-Id": "cust_12",
    "Helicone-Property-user-tier": "free",
    "Helicone-Property-score": "3",
    "Helicone-Property-day": "2026-01-31",
    "Helicone-Property-tags": "a,b",
    "Helicone-Property-note": "a note",
}
httpx.put(f"{api}/v1/request/{i}/property", json={"key": "customer_id", "value": "cust_12"})
