headers["Helicone-Property-App"] = "chat"
self.session.headers['Helicone-Property-User_Tier'] = plan
config["headers"]["Helicone-Property-Billable"] = "false"
headers["Helicone-Property-App"]: str = "chat"
a = headers["Helicone-Property-App"] = "chained"
