import { run } from "../lib/llm/run";
import * as queue from "./task-queue";

export async function importRecipe(html: string, sourceUrl: string) {
  const host = new URL(sourceUrl).hostname;
  const properties: Record<string, string> = {};
  properties.Source = "import";
  properties["Source-Host"] = host;

  const parsed = await run(`Extract the recipe as JSON from:\n${html}`, { heliconeProperties: properties });
  await queue.run("recipe.store", { recipe: parsed.text, properties: { Source: "import" } });
  return parsed.text;
}
