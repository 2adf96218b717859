import OpenAI from "openai";

const headers = new Headers();
headers.set("Helicone-Property-Region", "us_east_1");

export const openai = new OpenAI({
  defaultHeaders: {
    "Helicone-Property-App": "web",
    "Helicone-Property-APP": "mobile",
    "Helicone-Property-UserTier": "premium",
  },
});

export async function classify(requestId: string, category?: string): Promise<void> {
  await fetch(`https://api.helicone.ai/v1/request/${requestId}/property`, {
    method: "PUT",
    body: JSON.stringify({ key: "catagory", value: category ?? "undefined" }),
  });
}
