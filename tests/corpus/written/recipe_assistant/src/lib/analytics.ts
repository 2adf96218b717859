type TrackOptions = { properties?: Record<string, unknown> };

export function track(event: string, options: TrackOptions = {}): void {
  void fetch("https://eu.i.posthog.com/capture/", {
    method: "POST",
    body: JSON.stringify({ api_key: process.env.POSTHOG_KEY, event, properties: options.properties }),
  });
}
