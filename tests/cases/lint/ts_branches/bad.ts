const headers = {
  "Helicone-Property-Environment": live ? "production" : "test",
  "Helicone-Property-User_Tier": user.tier || "none",
  "Helicone-Property-App": process.env.APP ?? "",
  "Helicone-Property-feature_search": a ? "on" : b ? "off" : "enabled",
  [live ? "Helicone-Property-Billable" : "Helicone-Property-Bill"]: value,
  ...(x && { "Helicone-Property-Env": x && "dev" }),
};
