import { Kafka } from "kafkajs";

const producer = new Kafka({ clientId: "route-planner", brokers: [process.env.KAFKA!] }).producer();

async function send(topic: string, value: unknown): Promise<void> {
  await producer.send({ topic, messages: [{ value: JSON.stringify(value) }] });
}

export function annotate(requestId: string, name: string, value: string): Promise<void> {
  return send("llm.annotations", { requestId, name, value });
}

export function createRun(input: { prompt: string; annotations?: Record<string, string> }): Promise<void> {
  return send("llm.runs", input);
}

export function notify(userId: string, name: string, value: string): Promise<void> {
  return send("push", { userId, name, value });
}
