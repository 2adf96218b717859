PREFIX = "Helicone-Property-"
headers = {
    "Helicone-Property-" "App": "cha" "t",
    PREFIX + "Environment": "prod" + "uction",
    f"{PREFIX}User_Tier": f"{tier}",
    "Helicone-Property-Billable": str(True).lower(),
    "Helicone-Property-Quality_Score": str(0.5),
    r"Helicone-Property-feature_search": r"enabled",
    "Helicone-Property-" + ("Customer_Id"): ("cust" + "_" + "1"),
}
headers[f"Helicone-Property-App"] = f"chat-{version}"
headers["%sApp" % PREFIX] = "chat-%s" % version
headers["%s%s" % (PREFIX, "App")] = "%s of %d%%" % ("chat", share)
headers["{}App".format(PREFIX)] = "{name}-{0}-{{}}".format(version, name="chat")
headers["Helicone-Property-{}".format("App")] = "CHAT".lower()
headers["Helicone-Property-App".lower()] = " chat ".strip()
headers["Helicone-Property-App".encode()] = b"chat"
headers["Helicone-Property-\x41pp"] = "esc\u0061ped"
headers["Helicone-Property-App"] = "line \
goes on"
