import { annotate, createRun, notify } from "./bus";

export async function planRoute(stops: string[], depot: string) {
  await createRun({
    prompt: `Order these stops: ${stops.join("; ")}`,
    annotations: {
      depot,
      stop_count: String(stops.length),
    },
  });
}

export async function onPlanned(event: { requestId: string; userId: string; minutes: number }) {
  await annotate(event.requestId, "planned_minutes", String(event.minutes));
  await annotate(event.requestId, "accepted", "false");
  await notify(event.userId, "route_ready", String(event.minutes));
}
