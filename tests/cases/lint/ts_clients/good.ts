await client.chat.completions.create({ model }, { headers: { "Helicone-Property-App": "chat" } });
createOpenAI({ headers: { "Helicone-Property-App": "chat" } });
await generateText({ model, prompt, headers: { "Helicone-Property-Environment": "production" } });
new HeliconeManualLogger({ apiKey, headers: { "Helicone-Property-App": "chat" } });
logger.logRequest(request, operation, { "Helicone-Property-App": "chat" });
fetch(url, { method: "POST", headers: { "Helicone-Property-App": "chat" } });
axios.post(url, body, { headers: { "Helicone-Property-App": "chat" } });
new ChatOpenAI({ configuration: { defaultHeaders: { "Helicone-Property-App": "chat" } } });
export const headersOf = (app: string) => ({ "Helicone-Property-App": app });
