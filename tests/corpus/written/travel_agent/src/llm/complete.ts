import { createOpenAI } from '@ai-sdk/openai';
import { generateText, streamText, type CoreMessage } from 'ai';
import { buildHeaders, type Properties } from './headers';

const openai = createOpenAI({
  baseURL: 'https://oai.helicone.ai/v1',
  headers: { 'Helicone-Auth': `Bearer ${process.env.HELICONE_API_KEY}` },
});

export interface CompleteArgs {
  messages: CoreMessage[];
  agent: string;
  tripId?: string;
  properties?: Properties;
}

export async function complete({ messages, agent, tripId, properties = {} }: CompleteArgs) {
  const { text } = await generateText({
    model: openai('gpt-4o'),
    messages,
    headers: {
      'Helicone-Property-agent': agent,
      ...(tripId ? { 'Helicone-Property-trip_id': tripId } : {}),
      ...buildHeaders(properties),
    },
  });
  return text;
}

export function stream(args: CompleteArgs) {
  return streamText({
    model: openai('gpt-4o'),
    messages: args.messages,
    headers: buildHeaders({ agent: args.agent, trip_id: args.tripId, streaming: 'true', ...args.properties }),
  });
}
