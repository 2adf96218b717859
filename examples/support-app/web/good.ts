import OpenAI from "openai";

const FEATURE = "Helicone-Property-feature_";

export const openai = new OpenAI({
  baseURL: "https://oai.helicone.ai/v1",
  defaultHeaders: {
    "Helicone-Property-Environment": process.env.NODE_ENV === "production" ? "production" : "development",
    [`${FEATURE}new_ui`]: "enabled",
  },
});

export async function approve(requestId: string): Promise<void> {
  await fetch(`https://api.helicone.ai/v1/request/${requestId}/property`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${process.env.HELICONE_API_KEY}` },
    body: JSON.stringify({ key: "review_status", value: "approved" }),
  });
}
