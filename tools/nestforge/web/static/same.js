/** Whether two values are the same, as ROS compares; see nestforge/evaluate/same.py. */
import { ANY, BOOLEAN, Dict, NULL, SecretBoolean, SecretNumber, firstUnknown, isText, kindOf, textOf } from "./data.js";
import { jsonText } from "./json.js";

/** Compare, type and all: true, false, or an Unknown. */
export function same(first, second) {
  const [kind, other] = [kindOf(first), kindOf(second)];
  if (kind !== other && kind !== ANY && other !== ANY) return false;
  const unknown = firstUnknown([first, second]);
  if (unknown !== null) return unknown.as(BOOLEAN);
  return kind === NULL || equal(first, second);
}

/** Whether an entry is the same; one that is decides, whatever is not known of the others. */
export function isIn(item, entries) {
  let open = false;
  for (const entry of entries) {
    const answer = same(item, entry);
    if (answer === true) return true;
    if (open === false) open = answer;
  }
  return open;
}

/** A text that is the same for the same values. @returns {string} */
export function keyOf(data) {
  if (Array.isArray(data)) return `[${data.map(keyOf).join()}]`;
  if (data instanceof Dict) return `{${data.entries().map(([key, value]) => `${jsonText(key)}:${keyOf(value)}`).join()}}`;
  const value = bare(data);
  const whole = typeof value === "number" && Number.isInteger(value);
  return `${kindOf(data)} ${jsonText(whole ? BigInt(value) : value)}`;
}

function bare(data) {
  if (isText(data)) return textOf(data);
  return data instanceof SecretNumber || data instanceof SecretBoolean ? data.value : data;
}

function equal(first, second) {
  if (Array.isArray(first)) {
    return Array.isArray(second) && first.length === second.length && first.every((item, at) => equal(item, second[at]));
  }
  if (first instanceof Dict) {
    if (!(second instanceof Dict) || first.size !== second.size) return false;
    return first.entries().every(([key, value]) => second.has(key) && equal(value, second.get(key)));
  }
  return kindOf(first) === kindOf(second) && bare(first) == bare(second);
}
