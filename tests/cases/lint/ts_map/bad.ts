const headers: Record<string, string> = {
  "Helicone-Property-Env": "production",
  "Helicone-Property-Environment": "prod",
  "Helicone-Property-CustomerId": "cust_1",
  "Helicone-Property-user_tier": `premium`,
  "Helicone-Property-Unheard": "x",
  "Helicone-Property-Billable": true,
  "Helicone-Property-Quality_Score": 1,
  "Helicone-Property-feature_search": undefined,
  "Helicone-Property-App": "",
  /* 😀 counts once */ "Helicone-Property-env": "dev",
};
