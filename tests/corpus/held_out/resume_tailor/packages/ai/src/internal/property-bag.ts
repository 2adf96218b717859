export type Scalar = string | number | boolean;

const HELICONE = { property: "helicone-property-", user: "helicone-user-id" } as const;

export class PropertyBag {
  readonly #entries = new Map<string, string>();

  static of(initial: Record<string, Scalar>): PropertyBag {
    const bag = new PropertyBag();
    for (const key in initial) bag.set(key, initial[key]);
    return bag;
  }

  set(key: string, value: Scalar): this {
    this.#entries.set(key, String(value));
    return this;
  }

  toHeaders(userId?: string): Headers {
    const headers = new Headers();
    this.#entries.forEach((value, key) => headers.append(HELICONE.property + key, value));
    if (userId) headers.set(HELICONE.user, userId);
    return headers;
  }
}
