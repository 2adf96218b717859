import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "https://oai.helicone.ai/v1",
  defaultHeaders: {
    "Helicone-Auth": `Bearer ${key}`,
    "Helicone-Property-Environment": "production",
    'Helicone-Property-Customer_Id': 'cust_1',
    ["Helicone-Property-App"]: `chat`,
    [`helicone-property-user_tier`]: tier,
  } as Record<string, string>,
});
const merged = { ...common, "Helicone-Property-Billable": "true", ...(x && { "Helicone-Property-App": x }) };
const either = live ? { "Helicone-Property-App": "chat" } : {};
const typed = <Headers>{ "Helicone-Property-App": "cast" };
const sure = { "Helicone-Property-App": name!, n: { "Helicone-Property-App": "chat" satisfies string } };
