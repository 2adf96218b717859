export interface LlmOptions {
  model?: string;
  temperature?: number;
  maxTokens?: number;
  /** Sent to Helicone as custom properties. */
  heliconeProperties?: Record<string, string | number | undefined>;
  signal?: AbortSignal;
}

export interface LlmResult {
  text: string;
  tokens: number;
}
