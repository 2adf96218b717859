"""What generated TypeScript does when it runs, as text: each piece is written only where a schema needs it.

Everything is in the language and the library of ES5, which is what `tsc` takes for granted where nobody tells it otherwise.
"""

from __future__ import annotations

BUILDERS = """\
/** With `partial` nothing is missing. */
export interface Options {
  readonly partial?: boolean;
}

/**
 * Stored keys with their values, as the API takes them, one by one; what is
 * null or undefined is left out.
 *
 * Throws a RangeError for what the schema refuses, but for secrets, and for
 * patterns that not every engine reads alike.
 */
@OVERLOADS propertyRecord@export function propertyRecord(
  properties: Properties,
  options?: Options,
): Record<string, string> {
  const record: Record<string, string> = {};
  const given = properties as unknown as { readonly [name: string]: unknown };
  for (const name of Object.keys(given)) {
    const value = given[name];
    if (value !== null && value !== undefined) {
      const key = (KEYS as { readonly [name: string]: string })[name] as string;
@PUT@
    }
  }
  for (const key of options && options.partial ? [] : REQUIRED) {
    if (!Object.prototype.hasOwnProperty.call(record, key)) {
      throw new RangeError(`required and not set: ${key}`);
    }
  }
  return record;
}

/**
 * Names of headers with their values, for the headers of a request.
 *
 * Throws a RangeError for a value that no header can carry, too.
 */
@OVERLOADS propertyHeaders@export function propertyHeaders(
  properties: Properties,
  options?: Options,
): Record<string, string> {
  const record = propertyRecord(properties, options);
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
export function @NAME@(properties: CurrentProperties, options?: Options): Record<string, string>;
@WHY@
export function @NAME@(properties: Properties, options?: Options): Record<string, string>;
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

ONE = "      put(record, key, checked(RULES, name, key, textOf(name, value)));"
ONE_OR_NAMESPACE = """\
      if (name.charAt(name.length - 1) !== "*") {
        put(record, key, checked(RULES, name, key, textOf(name, value)));
      } else {
        const inside = value as { readonly [name: string]: unknown };
        for (const inner of Object.keys(inside)) {
          const one = inside[inner];
          if (one !== null && one !== undefined) {
            const whole = keyInside(key, inner);
            put(record, whole, checked(RULES, name, whole, textOf(name, one)));
          }
        }
      }"""

CONVERSIONS: dict[str, str] = {
    "boolean": """\
function boolean(value: unknown): string {
  if (typeof value !== "boolean") {
    throw new RangeError(`${JSON.stringify(value)} is neither true nor false`);
  }
  return String(value);
}
""",
    "integer": """\
function integer(value: unknown): string {
  const given = typeof value === "number" ? value : NaN;
  if (Math.floor(given) !== given || Math.abs(given) >= 1e21) {
    throw new RangeError(`${JSON.stringify(value)} is no integer that a property can have`);
  }
  return given.toFixed(0);
}
""",
    "number": """\
function number(value: unknown): string {
  const given = typeof value === "number" ? value : NaN;
  if (!isFinite(given)) {
    throw new RangeError(`${JSON.stringify(value)} is no number that a property can have`);
  }
  return String(given);
}
""",
    "date-time": """\
function time(value: unknown): string {
  if (!(value instanceof Date)) {
    throw new RangeError(`${JSON.stringify(value)} is no time; give a Date`);
  }
  const text = value.toISOString();
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
  if (typeof value !== "string") {
    throw new RangeError(`${JSON.stringify(value)} is no text`);
  }
  return value;
}
"""

LIST = """\
function list(
  name: string,
  value: unknown,
  item: (value: unknown) => string,
  separator: string,
  empty: string | null,
): string | null {
  const items: string[] = [];
  if (!Array.isArray(value)) {
    throw new RangeError(`${JSON.stringify(value)} is no list`);
  }
  for (const one of value as readonly unknown[]) {
    const text = checked(ITEM_RULES, name, name, item(one)) as string;
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

CHECKED = """\
interface Rule {
  readonly values?: object;
  readonly shortest?: number;
  readonly longest?: number;
  readonly least?: number;
  readonly most?: number;
  readonly bodies?: readonly string[];
  readonly spellings?: { readonly [text: string]: string };
}

function has(object: object | undefined, name: string): boolean {
  return object !== undefined && Object.prototype.hasOwnProperty.call(object, name);
}

function checked(
  rules: { readonly [name: string]: Rule },
  name: string,
  key: string,
  text: string | null,
): string | null {
  if (text === null || !has(rules, name)) {
    return text;
  }
  const rule = rules[name] as Rule;
  const shown = JSON.stringify(text);
  if (has(rule.spellings, text)) {
    const meant = (rule.spellings as { readonly [text: string]: string })[text];
    throw new RangeError(`${shown} is another spelling of ${JSON.stringify(meant)} for ${key}`);
  }
  if (rule.values !== undefined) {
    if (!has(rule.values, text)) {
      throw new RangeError(`${shown} is no value of ${key}, such as ${Object.keys(rule.values).slice(0, 8).join(", ")}`);
    }
    return text;
  }
  const shortest = rule.shortest === undefined ? 1 : rule.shortest;
  const longest = rule.longest === undefined ? @LONGEST@ : rule.longest;
  const length = text.replace(/[\\ud800-\\udbff][\\udc00-\\udfff]/g, "x").length;
  if (length < shortest || length > longest) {
    throw new RangeError(`a value of ${key} has ${shortest} to ${longest} characters, not ${length}`);
  }
  for (const body of rule.bodies || []) {
    if (!new RegExp(`^${body}$`, "u").test(text)) {
      throw new RangeError(`${shown} is not what a value of ${key} looks like`);
    }
  }
  const least = rule.least === undefined ? -Infinity : rule.least;
  const most = rule.most === undefined ? Infinity : rule.most;
  if (Number(text) < least || Number(text) > most) {
    throw new RangeError(`${text} is outside of the range of ${key}`);
  }
  return text;
}
"""
