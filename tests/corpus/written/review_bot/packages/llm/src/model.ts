import Anthropic from "@anthropic-ai/sdk";

export interface ReviewModelConfig {
  apiKey: string;
  heliconeKey?: string;
  /** Properties of every request that this model sends. */
  properties?: Record<string, string>;
}

export interface AskOptions {
  system?: string;
  maxTokens?: number;
  properties?: Record<string, string>;
  sessionId?: string;
}

const PREFIX = "Helicone-Property-";

export class ReviewModel {
  private readonly client: Anthropic;
  private readonly properties: Record<string, string>;

  constructor(private readonly config: ReviewModelConfig) {
    this.properties = config.properties ?? {};
    this.client = new Anthropic({
      apiKey: config.apiKey,
      baseURL: config.heliconeKey ? "https://anthropic.helicone.ai" : undefined,
    });
  }

  private headers(extra: Record<string, string> = {}, sessionId?: string): Record<string, string> {
    if (!this.config.heliconeKey) return {};
    const headers: Record<string, string> = { "Helicone-Auth": `Bearer ${this.config.heliconeKey}` };
    for (const [name, value] of Object.entries({ ...this.properties, ...extra })) {
      headers[PREFIX + name] = value;
    }
    if (sessionId) headers["Helicone-Session-Id"] = sessionId;
    return headers;
  }

  async ask(question: string, { system, maxTokens = 1024, properties, sessionId }: AskOptions = {}) {
    const message = await this.client.messages.create(
      {
        model: "claude-3-5-sonnet-latest",
        max_tokens: maxTokens,
        system,
        messages: [{ role: "user", content: question }],
      },
      { headers: this.headers(properties, sessionId) },
    );
    return message.content.map((block) => (block.type === "text" ? block.text : "")).join("");
  }
}
