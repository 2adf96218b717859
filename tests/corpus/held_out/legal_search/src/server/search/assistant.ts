import { Conversation, createClient, type LlmMetadata } from '../llm';

const metadata: LlmMetadata = {
  feature: 'assistant',
  promptVersion: '2024-11',
};

export const assistant = createClient({ ...metadata, custom: { surface: 'sidebar' } });

export async function clarify(question: string, matter?: string) {
  const conversation = new Conversation('clarify', { jurisdiction: 'DE' });
  const { reply } = await conversation.say(question, { matterKind: matter ?? 'none' });
  return reply;
}
