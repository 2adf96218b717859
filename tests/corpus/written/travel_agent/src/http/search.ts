/** Filters of the hotel search. */
export function withProperty(query: URLSearchParams, name: string, value: string): URLSearchParams {
  query.append(`property.${name}`, value);
  return query;
}

export function complete(args: { messages: string[]; agent: string; properties: Record<string, string> }) {
  return args.messages.filter((m) => m.startsWith(args.agent));
}

export const suggestions = complete({ messages: ['Rome', 'Riga'], agent: 'R', properties: { kind: 'city' } });
