export interface Job {
  id: string;
  result: unknown;
}

export async function run(name: string, options: Record<string, unknown>): Promise<Job> {
  const response = await fetch(`${process.env.QUEUE_URL}/jobs`, {
    method: "POST",
    body: JSON.stringify({ name, ...options }),
  });
  return response.json();
}
