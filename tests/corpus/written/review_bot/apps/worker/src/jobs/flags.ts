import { feedback as helicone } from "@review-bot/llm";

export async function recordFlags(requestId: string, inline: boolean) {
  await helicone.trackFlags(requestId, {
    inline_comments: inline,
    long_context: true,
  });
}
