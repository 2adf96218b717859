headers["Helicone-Property-App_Name"] = "chat"
request.headers["Helicone-Property-Environment"] = "Production"
headers["Helicone-Property-User_Tier"] += "gold"
headers["Helicone-Property-" + "env"] = "dev"
