/**
 * What a piece of a template can be worth, as nestforge/evaluate/data.py has it.
 *
 * Data is null, a boolean, a string, a BigInt (Python's int), a number (Python's float), an array, a Dict, and what
 * stands here: Unknown, NO_VALUE, and the secrets.
 */
import { hasHalf } from "./text.js";

export const ANY = "any";
export const STRING = "string";
export const NUMBER = "number";
export const BOOLEAN = "boolean";
export const LIST = "list";
export const MAP = "map";
export const NULL = "null";

/** What stands in place of a secret. */
export const MASK = "****";

/** Levels of lists, maps and functions inside each other. */
export const DEEPEST = 100;

/** What only the creation of the stack can tell; `parts` are the pieces of a text, known and unknown. */
export class Unknown {
  constructor(type, of, parts = [], faulty = false) {
    this.type = type;
    this.of = of;
    this.parts = parts;
    this.faulty = faulty;
  }

  /** Another unknown value that the same thing will tell. @returns {Unknown} */
  as(type) {
    return new Unknown(type, this.of, [], this.faulty);
  }
}

/** `ALIYUN::NoValue`: the property that has it is left out. */
export const NO_VALUE = Object.freeze({});

/** A text with something in it that is never shown; `shown` is what is. */
export class SecretText {
  constructor(value, shown = MASK) {
    this.value = value;
    this.shown = shown;
  }
}

/** A number, whole (a BigInt) or not, that is never shown. */
export class SecretNumber {
  constructor(value) {
    this.value = value;
  }
}

/** A boolean that is never shown. */
export class SecretBoolean {
  constructor(value) {
    this.value = value;
  }
}

/** A map in the order of its keys, which are texts or secret texts, and equal where their texts are. */
export class Dict {
  constructor(entries = []) {
    this._values = new Map();
    this._secretKeys = null; // few maps have any
    for (const [key, value] of entries) this.set(key, value);
  }

  get size() {
    return this._values.size;
  }

  has(key) {
    return this._values.has(textOf(key));
  }

  get(key) {
    return this._values.get(textOf(key));
  }

  /** Set the value of a key, which stays where and as it was first set. */
  set(key, value) {
    if (key instanceof SecretText && !this.has(key)) {
      this._secretKeys ??= new Map();
      this._secretKeys.set(key.value, key);
    }
    this._values.set(textOf(key), value);
    return this;
  }

  /** The pairs of key and value. @returns {[string | SecretText, any][]} */
  entries() {
    const pairs = [...this._values];
    return this._secretKeys === null ? pairs : pairs.map(([key, value]) => [this._secretKeys.get(key) ?? key, value]);
  }

  keys() {
    return this.entries().map(([key]) => key);
  }

  values() {
    return [...this._values.values()];
  }
}

/** Whether this is a text. */
export function isText(data) {
  return typeof data === "string" || data instanceof SecretText;
}

/** The text itself, secret or not. @returns {string} */
export function textOf(data) {
  return typeof data === "string" ? data : data.value;
}

/** Whether something is masked. */
export function isSecret(data) {
  return data instanceof SecretText || data instanceof SecretNumber || data instanceof SecretBoolean;
}

/** The type of a value; that of what is not known may be ANY. @returns {string} */
export function kindOf(data) {
  if (data instanceof Unknown) return data.type;
  if (data === null || data === NO_VALUE) return NULL;
  if (typeof data === "boolean" || data instanceof SecretBoolean) return BOOLEAN;
  if (typeof data === "bigint" || typeof data === "number" || data instanceof SecretNumber) return NUMBER;
  if (isText(data)) return STRING;
  return Array.isArray(data) ? LIST : MAP;
}

/** The values and the keys inside, in the order in which Python's `leaves` yields them. */
export function* leaves(data) {
  const waiting = [data];
  while (waiting.length) {
    const next = waiting.pop();
    if (Array.isArray(next)) {
      for (let at = next.length - 1; at >= 0; at -= 1) waiting.push(next[at]);
    } else if (next instanceof Dict) {
      yield* next.keys();
      waiting.push(...next.values().reverse());
    } else {
      yield next;
    }
  }
}

/** Whether this can be written: no half of a character, no number without end. */
export function isWritable(data) {
  for (const leaf of leaves(data)) {
    if (isText(leaf) && hasHalf(textOf(leaf))) return false;
    if (typeof leaf === "number" && !Number.isFinite(leaf)) return false;
  }
  return true;
}

/** Something unknown inside, or null. @returns {Unknown | null} */
export function firstUnknown(data) {
  for (const leaf of leaves(data)) if (leaf instanceof Unknown) return leaf;
  return null;
}

/** Whether something inside must not be shown. */
export function hasSecret(data) {
  for (const leaf of leaves(data)) {
    if (isSecret(leaf)) return true;
    if (leaf instanceof Unknown && leaf.parts.some((part) => part instanceof SecretText)) return true;
  }
  return false;
}

/** The same value, nothing of which is shown. */
export function conceal(data) {
  if (typeof data === "boolean") return new SecretBoolean(data);
  if (typeof data === "string") return new SecretText(data);
  if (typeof data === "bigint" || typeof data === "number") return new SecretNumber(data);
  if (Array.isArray(data)) return data.map(conceal);
  if (data instanceof Dict) {
    return new Dict(data.entries().map(([key, value]) => [new SecretText(textOf(key)), conceal(value)]));
  }
  if (data instanceof Unknown) return data.as(data.type);
  return data;
}
