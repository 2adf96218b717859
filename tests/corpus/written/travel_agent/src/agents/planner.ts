import { complete, stream } from '../llm/complete';
import { Budget, PROPERTY } from '../llm/keys';

interface Trip {
  id: string;
  city: string;
  budget?: { currency: string; amount: number };
}

export async function plan(trip: Trip): Promise<string> {
  return complete({
    agent: 'planner',
    tripId: trip.id,
    messages: [{ role: 'user', content: `Three days in ${trip.city}` }],
    properties: {
      [PROPERTY.STEP]: 'draft',
      [Budget.Currency]: trip.budget?.currency,
      [Budget.Band]: trip.budget ? (trip.budget.amount > 2000 ? 'high' : 'low') : undefined,
    },
  });
}

export function narrate(trip: Trip, draft: string) {
  const properties = { 'Helicone-Property-step': 'narrate', language: 'en' };
  return stream({ agent: 'narrator', tripId: trip.id, messages: [{ role: 'user', content: draft }], properties });
}
