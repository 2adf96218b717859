import { ReviewModel } from "@review-bot/llm";

const shared = {
  apiKey: process.env.ANTHROPIC_API_KEY!,
  heliconeKey: process.env.HELICONE_API_KEY,
};

export const reviewer = new ReviewModel({
  ...shared,
  properties: { App: "review-bot", Role: "reviewer" },
});

export function summariserFor(repository: string): ReviewModel {
  return new ReviewModel({
    ...shared,
    properties: {
      App: "review-bot",
      Role: "summariser",
      Repository: repository,
    },
  });
}
