from helicone_async import HeliconeAsyncLogger
logger = HeliconeAsyncLogger(api_key=key)
properties = {"Helicone-Session-Id": session, "Helicone-Property-app": "chat", "application": "no property"}
properties["Helicone-Property-environment"] = "production"
logger.set_properties(properties)
