import { describe, expect, it, vi } from "vitest";

const create = vi.fn().mockResolvedValue({ choices: [{ message: { content: "ok" } }] });
vi.mock("openai", () => ({ default: class { chat = { completions: { create } }; } }));

describe("run", () => {
  it("turns properties into headers", async () => {
    const { run } = await import("../llm");
    await run("hi", {});
    const [, options] = create.mock.calls[0];
    expect(options.headers).not.toHaveProperty("Helicone-Property-Source");
    expect(options.headers["Helicone-Property-Step"]).toBeUndefined();
    expect(options.headers).toEqual({ "Helicone-Property-Source": "chat" });
  });
});
