headers = {
    "Helicone-Property-Environment": "production" if live else "staging",
    "Helicone-Property-User_Tier": user.tier or "free",
    "Helicone-Property-App": os.environ.get("APP", "chat"),
    "Helicone-Property-Billable": settings.get("billable", "true"),
    "Helicone-Property-Customer_Id": os.getenv("CUSTOMER", "cust_none"),
    "Helicone-Property-App" if live else "Helicone-Property-Environment": name,
    "Helicone-Property-Quality_Score": getattr(answer, "score", "0.5"),
    "Helicone-Property-feature_search": "" or "enabled",
}
