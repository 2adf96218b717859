headers = {
    "Helicone-Property-Environment": "production" if live else "test",
    "Helicone-Property-User_Tier": user.tier or "none",
    "Helicone-Property-App": os.environ.get("APP", ""),
    "Helicone-Property-Environment": os.getenv("ENVIRONMENT", "dev"),
    "Helicone-Property-Billable": settings.get("billable", "yes"),
    ("Helicone-Property-App" if live else "Helicone-Property-Apps"): name,
    "Helicone-Property-feature_search": "on" if a else "off" if b else "enabled",
}
