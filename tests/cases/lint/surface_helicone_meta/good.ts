new OpenAI({ apiKey, heliconeMeta: { apiKey: heliconeKey, properties: { app: "chat" }, user: "anna" } });
const heliconeMeta = { cache: true, properties: { environment: "production" } };
new OpenAI({ apiKey, heliconeMeta });
