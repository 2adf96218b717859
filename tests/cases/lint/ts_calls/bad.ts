headers["Helicone-Property-AppName"] = "chat";
headers.set("Helicone-Property-Environment", "test");
headers.append("Helicone-Property-Tier", user.tier);
new Headers([["Helicone-Property-Env", "dev"]]);
headers["Helicone-Property-User_Tier"] += "gold";
headers["Helicone-Property-User_Tier"] ||= "gold";
