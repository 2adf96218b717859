const API = process.env.HELICONE_API ?? "https://api.helicone.ai";

async function put(path: string, body: unknown): Promise<void> {
  const response = await fetch(`${API}${path}`, {
    method: "PUT",
    headers: {
      Authorization: `Bearer ${process.env.HELICONE_API_KEY}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`Helicone answered ${response.status}`);
}

export async function addProperty(requestId: string, key: string, value: string): Promise<void> {
  await put(`/v1/request/${requestId}/property`, { key, value });
}

export async function addProperties(requestId: string, properties: Record<string, string>): Promise<void> {
  await Promise.all(Object.entries(properties).map(([key, value]) => addProperty(requestId, key, value)));
}

export async function trackFlags(requestId: string, flags: Record<string, boolean>): Promise<void> {
  for (const [flag, enabled] of Object.entries(flags)) {
    await addProperty(requestId, `feature_${flag}`, enabled ? "enabled" : "disabled");
  }
}
