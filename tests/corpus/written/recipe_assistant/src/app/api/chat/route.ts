import { NextResponse } from "next/server";
import { run } from "@/lib/llm";
import { track } from "@/lib/analytics";

export async function POST(request: Request) {
  const { message, userTier } = await request.json();

  track("chat_message", { properties: { Source: "chat", UserTier: userTier } });

  const { text } = await run(message, {
    temperature: 0.8,
    heliconeProperties: {
      Source: "chat",
      UserTier: userTier ?? "free",
    },
  });
  return NextResponse.json({ text }, { headers: { "X-Source": "chat" } });
}
