const PROPERTY_PREFIX = 'Helicone-Property-';

export type Properties = Record<string, string | undefined>;

/** Adds the prefix only where it is absent. */
export function propertyHeader(name: string): string {
  return name.startsWith(PROPERTY_PREFIX) ? name : `${PROPERTY_PREFIX}${name}`;
}

export function withProperty(headers: Headers, name: string, value: string): Headers {
  headers.set(propertyHeader(name), value);
  return headers;
}

export const buildHeaders = (properties: Properties): Record<string, string> =>
  Object.fromEntries(
    Object.entries(properties)
      .filter((entry): entry is [string, string] => entry[1] !== undefined)
      .map(([name, value]) => [propertyHeader(name), value]),
  );
