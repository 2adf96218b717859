import { runLlm, type LlmOptions } from "@/lib/llm";
import { loadPantry } from "../../../server/pantry";

const base: LlmOptions = {
  model: "gpt-4o",
  heliconeProperties: { Source: "meal-plan" },
};

export async function GET(request: Request) {
  const url = new URL(request.url);
  const pantry = await loadPantry(url.searchParams.get("household")!);
  const days = Number(url.searchParams.get("days") ?? 7);

  const result = await runLlm(`Plan ${days} days with: ${pantry.join(", ")}`, {
    ...base,
    maxTokens: 2000,
  });
  const shopping = await runLlm(`List what is missing for:\n${result.text}`, {
    ...base,
    heliconeProperties: { ...base.heliconeProperties, Step: "shopping-list", days },
  });
  return Response.json({ plan: result.text, shopping: shopping.text });
}
