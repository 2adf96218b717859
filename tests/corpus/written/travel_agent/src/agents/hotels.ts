import { withProperty } from '../llm/headers';
import { PROPERTY } from '../llm/keys';
import { withProperty as withFilter } from '../http/search';

export async function pickHotel(tripId: string, options: unknown[]): Promise<Response> {
  const headers = new Headers({ Authorization: `Bearer ${process.env.OPENAI_API_KEY}` });
  withProperty(headers, PROPERTY.AGENT, 'hotels');
  withProperty(headers, PROPERTY.TRIP, tripId);
  withProperty(headers, 'options_count', String(options.length));

  const query = withFilter(new URLSearchParams(), 'stars', '4');
  const hotels = await fetch(`https://hotels.example.com/search?${query}`).then((r) => r.json());

  return fetch('https://oai.helicone.ai/v1/chat/completions', {
    method: 'POST',
    headers,
    body: JSON.stringify({ model: 'gpt-4o-mini', messages: [{ role: 'user', content: JSON.stringify(hotels) }] }),
  });
}
