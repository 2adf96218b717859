import { HeliconeAsyncLogger } from "@helicone/async";
const logger = new HeliconeAsyncLogger({ apiKey, providers: { openAI: OpenAI } });
logger.withProperties({ "Helicone-Property-App": "chat" }, () => answer());
