import { createHelicone } from "@helicone/ai-sdk-provider";
openai("m", { extraBody: { properties: { application: "chat" } }, providerOptions: { openai: { properties: { a: 1 } } } });
helicone("m", { extraBody: { helicone: { sessionId, userId, cache: true } } });
helicone("m", { extraBody: { helicone: metadataOf(request) } });
const { properties } = options.extraBody.helicone;
interface Settings { extraBody?: { helicone?: { properties?: Record<string, string>; tags?: string[] } } }
console.log({ helicone: { properties: { application: "chat" } } });
