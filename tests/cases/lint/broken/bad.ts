const headers = { "Helicone-Property-Env" "dev", };
headers["Helicone-Property-User_Tier"] = "gold";
function (
