import { run } from "./task-queue";

/** `run` here is the queue's: its options have nothing to do with the model. */
export async function loadPantry(household: string): Promise<string[]> {
  const job = await run("pantry.load", { heliconeProperties: {}, payload: { household, Source: "pantry" } });
  return job.result as string[];
}
