const headers = {
  "Helicone-Property-Environment": live ? "production" : "staging",
  "Helicone-Property-User_Tier": user.tier || "free",
  "Helicone-Property-App": process.env.APP ?? "chat",
  "Helicone-Property-feature_search": on ? "enabled" : undefined,
  [live ? "Helicone-Property-Billable" : "Helicone-Property-Customer_Id"]: value,
  ...(quality ? { "Helicone-Property-Quality_Score": String(quality) } : {}),
  ...(quality && { "Helicone-Property-Quality_Score": `${quality}` }),
};
