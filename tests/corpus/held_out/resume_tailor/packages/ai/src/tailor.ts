import { PropertyBag, type Scalar } from "./internal/property-bag";

export interface TailorInput {
  resume: string;
  posting: string;
  userId?: string;
  /** Where in the product this was asked for. */
  surface?: "editor" | "onboarding" | "email";
  props?: Record<string, Scalar>;
}

const endpoint = "https://oai.helicone.ai/v1/chat/completions";

async function send(prompt: string, headers: Headers): Promise<string> {
  headers.set("authorization", `Bearer ${process.env.OPENAI_API_KEY}`);
  headers.set("content-type", "application/json");
  const response = await fetch(endpoint, {
    method: "POST",
    headers,
    body: JSON.stringify({ model: "gpt-4o", messages: [{ role: "user", content: prompt }] }),
  });
  const { choices } = await response.json();
  return choices[0].message.content;
}

export async function tailor({ resume, posting, userId, surface = "editor", props = {} }: TailorInput) {
  const bag = PropertyBag.of({ feature: "tailor", ...props }).set("surface", surface);
  return send(`Tailor:\n${resume}\nTo:\n${posting}`, bag.toHeaders(userId));
}

export const coverLetter = (input: Omit<TailorInput, "surface">) =>
  send(
    `Cover letter:\n${input.resume}\n${input.posting}`,
    new PropertyBag()
      .set("feature", "cover-letter")
      .set("pages", 1)
      .toHeaders(input.userId),
  );
