"""What generated TypeScript does when it runs, as text: each piece is written only where a schema needs it.

Everything is in the language and the library of ES5, which is what `tsc` takes for granted where nobody tells it otherwise.
"""

from __future__ import annotations

BUILDERS = """\
/**
 * Stored keys with their values, as the API takes them, one by one; what is
 * null or undefined is left out.
 */
@OVERLOADS propertyRecord@export function propertyRecord(properties: Properties): Record<string, string> {
  const record: Record<string, string> = {};
  const given = properties as unknown as { readonly [name: string]: unknown };
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value !== null && value !== undefined) {
      const key = (KEYS as { readonly [name: string]: string })[name] as string;
@PUT@
    }
  }
  return record;
}

/**
 * Names of headers with their values, for the headers of a request.
 *
 * Throws a RangeError for a value that no header can carry.
 */
@OVERLOADS propertyHeaders@export function propertyHeaders(properties: Properties): Record<string, string> {
  const record = propertyRecord(properties);
  const headers: Record<string, string> = {};
  for (const key of Object.keys(record)) {
    const value = record[key] as string;
    if (!CARRIED.test(value)) {
      throw new RangeError(`no header can carry the value of ${key}: ${JSON.stringify(value)}`);
    }
    put(headers, "Helicone-Property-" + @KEY@, value);
  }
  return headers;
}

const CARRIED = /^([!-~\\xa0-\\xff]([ -~\\xa0-\\xff]*[!-~\\xa0-\\xff])?)?$/;
"""

OVERLOADS = """\
export function @NAME@(properties: CurrentProperties): Record<string, string>;
@WHY@
export function @NAME@(properties: Properties): Record<string, string>;
"""
"""So that a call is struck out which names a property that is: of the members of a literal, compilers do not say so."""

PUT = """\
function put(record: Record<string, string>, key: string, value: string | null): void {
  if (value !== null) {
    Object.defineProperty(record, key, { value, configurable: true, enumerable: true, writable: true });
  }
}
"""

KEY = "key"
KEY_WITH_DASHES = 'key.replace(/_/g, "-")'

ONE = "      put(record, key, textOf(name, value));"
ONE_OR_NAMESPACE = """\
      if (name.charAt(name.length - 1) !== "*") {
        put(record, key, textOf(name, value));
      } else {
        const inside = value as { readonly [name: string]: unknown };
        for (const inner of Object.keys(inside)) {
          const one = inside[inner];
          if (one !== null && one !== undefined) {
            put(record, keyInside(key, inner), textOf(name, one));
          }
        }
      }"""

CONVERSIONS: dict[str, str] = {
    "boolean": """\
function boolean(value: unknown): string {
  return String(value);
}
""",
    "integer": """\
function integer(value: unknown): string {
  const given = value as number;
  if (Math.floor(given) !== given || Math.abs(given) >= 1e21) {
    throw new RangeError(`${given} is no integer that a property can have`);
  }
  return given.toFixed(0);
}
""",
    "number": """\
function number(value: unknown): string {
  const given = value as number;
  if (!isFinite(given)) {
    throw new RangeError(`${given} is no number that a property can have`);
  }
  return String(given);
}
""",
    "date-time": """\
function time(value: unknown): string {
  const text = (value as Date).toISOString();
  if (text.length !== 24) {
    throw new RangeError(`${text} is no time that a property can have`);
  }
  return text;
}
""",
}
"""From a value of a program to the text that the schema wants, by kind."""

TEXT = """\
function text(value: unknown): string {
  return value as string;
}
"""

LIST = """\
function list(
  value: unknown,
  item: (value: unknown) => string,
  separator: string,
  empty: string | null,
): string | null {
  const items: string[] = [];
  for (const one of value as readonly unknown[]) {
    const text = item(one);
    if (text.indexOf(separator) !== -1) {
      throw new RangeError(`${JSON.stringify(text)} holds what separates items: ${JSON.stringify(separator)}`);
    }
    items.push(text);
  }
  return items.length > 0 ? items.join(separator) : empty;
}
"""

INSIDE = """\
function keyInside(prefix: string, name: string): string {
  const key = prefix + name;
  const lowered = key.toLowerCase();
  let isTaken = TAKEN.indexOf(lowered) !== -1;
  for (const other of PREFIXES) {
    const isLonger = other.length > prefix.length && other.length < key.length;
    isTaken = isTaken || (isLonger && lowered.slice(0, other.length) === other);
  }
  if (name === "" || isTaken || key.length > KEY_LENGTH) {
    throw new RangeError(`${JSON.stringify(key)} is no key that ${prefix}* has room for`);
  }
  if (!STYLE.test(key)) {
    throw new RangeError(`${JSON.stringify(key)} is not spelled as keys are: ${STYLE.source}`);
  }
  return key;
}
"""
