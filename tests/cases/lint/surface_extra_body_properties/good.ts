const helicone = createHelicone({ apiKey, extraBody: { helicone: { properties: { environment: "production" } } } });
export const model = (user_tier: string) =>
  helicone("m", { extraBody: { helicone: { sessionId, properties: { app: "chat", billable: true, user_tier } } } });
const metadata = { properties: { app: "built" } };
helicone("m", { "extraBody": { helicone: metadata } });
streamText({ model, providerOptions: { helicone: { properties: { app: "chat" } } } });
