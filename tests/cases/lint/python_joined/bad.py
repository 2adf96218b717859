PREFIX = "Helicone-Property-"
headers = {
    "Helicone-Property-" + "Env": "dev",
    "Helicone-Property-" "Envs": "prod" "uctive",
    PREFIX + "Environment": "Prod".lower(),
    f"{PREFIX}User_Tier": f"{'gold'}",
    f"Helicone-Property-Ap": f"{version}",
    "Helicone-Property-Billable": str(True),
    "Helicone-Property-Env\x69ronment": "de\x76",
    "Helicone-Property-{}".format("Env"): "dev",
}
headers["{}{}".format(PREFIX, "Env")] = "{}".format("dev")
headers["%s%s" % (PREFIX, "user_tier")] = "%s" % "gold"
headers["%s%s" % (PREFIX, name)] = "%(x)s" % {"x": "y"}
headers["{}{!r}".format(PREFIX, "App")] = "%5s" % "a"
