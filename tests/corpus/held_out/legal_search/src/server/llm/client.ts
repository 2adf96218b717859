import OpenAI from 'openai';
import { toHeaders, type LlmMetadata } from './metadata';

export type { LlmMetadata };

export function createClient(metadata: LlmMetadata): OpenAI {
  return new OpenAI({ baseURL: 'https://oai.helicone.ai/v1', defaultHeaders: toHeaders(metadata) });
}

export async function structured<T>(prompt: string, parse: (json: unknown) => T, metadata: LlmMetadata): Promise<T> {
  const client = createClient(metadata);
  const completion = await client.chat.completions.create({
    model: 'gpt-4o',
    response_format: { type: 'json_object' },
    messages: [{ role: 'user', content: prompt }],
  });
  return parse(JSON.parse(completion.choices[0].message.content ?? '{}'));
}

export class Conversation {
  private readonly base: LlmMetadata;

  constructor(feature: string, private readonly overrides: Partial<LlmMetadata> = {}) {
    this.base = { feature, custom: { conversation: true } };
  }

  say(text: string, custom: LlmMetadata['custom'] = {}) {
    const metadata: LlmMetadata = { ...this.base, ...this.overrides, custom: { ...this.base.custom, ...custom } };
    return structured(text, (json) => json as { reply: string }, metadata);
  }
}
