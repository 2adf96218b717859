import OpenAI from "openai";
import type { LlmOptions, LlmResult } from "./types";

const openai = new OpenAI({
  apiKey: process.env.OPENAI_API_KEY,
  baseURL: "https://oai.helicone.ai/v1",
  defaultHeaders: {
    "Helicone-Auth": `Bearer ${process.env.HELICONE_API_KEY}`,
    "Helicone-Property-App": "recipe-assistant",
    ...(process.env.VERCEL_ENV && { "Helicone-Property-Environment": process.env.VERCEL_ENV }),
  },
});

function toHeaders(properties: LlmOptions["heliconeProperties"] = {}): Record<string, string> {
  return Object.entries(properties).reduce<Record<string, string>>((headers, [key, value]) => {
    if (value === undefined) return headers;
    headers[`Helicone-Property-${key}`] = String(value);
    return headers;
  }, {});
}

export async function run(prompt: string, options: LlmOptions = {}): Promise<LlmResult> {
  const { model = "gpt-4o-mini", temperature = 0.4, maxTokens, heliconeProperties, signal } = options;
  const completion = await openai.chat.completions.create(
    {
      model,
      temperature,
      max_tokens: maxTokens,
      messages: [{ role: "user", content: prompt }],
    },
    { headers: toHeaders(heliconeProperties), signal },
  );
  return {
    text: completion.choices[0]?.message.content ?? "",
    tokens: completion.usage?.total_tokens ?? 0,
  };
}
