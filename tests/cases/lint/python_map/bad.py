headers = {
    "Helicone-Property-Env": "production",
    "Helicone-Property-Environment": "prod",
    "Helicone-Property-Customer-Id": "cust_1",
    "Helicone-Property-user_tier": "premium",
    "Helicone-Property-Unheard": "x",
    "Helicone-Property-Billable": True,
    "Helicone-Property-Quality_Score": 0.5,
    "Helicone-Property-feature_search": None,
    "Helicone-Property-": "x",
    "Helicone-Property-App": "café ☕",
    # 😀 before a key on the same line moves its column by one code point, not by two
    "😀": 1, "Helicone-Property-env": "dev",
}
empty = {'Helicone-Property-App': '', "Helicone-Property-feature_": "enabled", "Helicone-Property-Session Id": "x"}
system = {"Helicone-Property-Helicone-Session-Id": "x", "Helicone-Property-Stripe_Customer_Id": "x"}
twice = {"Helicone-Property-App": "mobile", "Helicone-Property-APP": "web"}
