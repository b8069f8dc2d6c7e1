/** A value with the place that made it; see nestforge/evaluate/value.py. */
import { Dict } from "./data.js";

/** How many names an origin lists. */
const MOST_STEPS = 12;

/** Where a value was written, and what it came through. */
export class Origin {
  constructor(span, through = []) {
    this.span = span;
    this.through = through;
  }

  /** The same place with more on the way to it, each named once. @returns {Origin} */
  after(...steps) {
    if (!steps.length) return this;
    if (steps.length === 1 && !this.through.length) return new Origin(this.span, steps);
    return new Origin(this.span, [...new Set([...steps, ...this.through])].slice(0, MOST_STEPS));
  }
}

/** A value; those inside a list or a map have origins of their own. */
export class Value {
  constructor(content, origin) {
    this.content = content;
    this.origin = origin;
  }

  /** The value by itself. */
  get data() {
    const content = this.content;
    if (Array.isArray(content)) return content.map((item) => item.data);
    if (content instanceof Dict) return new Dict(content.entries().map(([key, item]) => [key, item.data]));
    return content;
  }

  /** What this value and those inside came through. @returns {string[]} */
  get steps() {
    if (!Array.isArray(this.content) && !(this.content instanceof Dict)) return this.origin.through;
    const found = new Set();
    const waiting = [this];
    while (waiting.length) {
      const { content, origin } = waiting.pop();
      for (const step of origin.through) found.add(step);
      const inner = Array.isArray(content) ? content : content instanceof Dict ? content.values() : [];
      for (let at = inner.length - 1; at >= 0; at -= 1) waiting.push(inner[at]);
    }
    return [...found];
  }
}

/** The data as a value, all of it from one place. @returns {Value} */
export function madeOf(data, origin) {
  if (Array.isArray(data)) return new Value(data.map((item) => madeOf(item, origin)), origin);
  if (data instanceof Dict) {
    return new Value(new Dict(data.entries().map(([key, value]) => [key, madeOf(value, origin)])), origin);
  }
  return new Value(data, origin);
}
