import { feedback } from "@review-bot/llm";
import { addProperties } from "@review-bot/github";
import { reviewer, summariserFor } from "../models";

interface PullRequest {
  repository: string;
  number: number;
  diff: string;
  draft: boolean;
}

export async function reviewPullRequest(pr: PullRequest) {
  const session = `${pr.repository}#${pr.number}`;
  const review = await reviewer.ask(`Review this diff:\n${pr.diff}`, {
    maxTokens: 4096,
    sessionId: session,
    properties: {
      "Pull-Request": String(pr.number),
      Draft: pr.draft ? "true" : "false",
    },
  });
  const summary = await summariserFor(pr.repository).ask(review, { properties: { Step: "summary" } });

  await addProperties(pr.repository, { last_review: new Date().toISOString(), reviewed_by: "bot" });
  return { review, summary };
}

export async function onReaction(requestId: string, reaction: "+1" | "-1", who: string) {
  await feedback.addProperties(requestId, {
    reaction: reaction === "+1" ? "up" : "down",
    reacted_by: who,
  });
  await feedback.addProperty(requestId, "needs_attention", String(reaction === "-1"));
}
