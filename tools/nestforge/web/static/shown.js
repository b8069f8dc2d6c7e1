/** Values as people see them: secrets masked, what is not known named; see nestforge/evaluate/shown.py. */
import { Dict, MASK, NO_VALUE, SecretText, Unknown, isSecret } from "./data.js";
import { jsonText } from "./json.js";
import { characters, size } from "./text.js";

const LATER = "known after creation";
const FAULTY = "not evaluated";
const CONTROL = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** A text with its secret parts masked. @returns {string} */
export function shownText(data) {
  return data instanceof SecretText ? data.shown : data;
}

/** What is known of it: `llm-(known after creation: ALIYUN::StackId)`. @returns {string} */
export function shownUnknown(data) {
  if (data.parts.length) {
    return data.parts.map((part) => (part instanceof Unknown ? shownUnknown(part) : shownText(part))).join("");
  }
  return `(${data.faulty ? FAULTY : LATER}: ${data.of})`;
}

/** What JSON can hold; a stand-in for what is secret or unknown. */
export function plain(data) {
  if (isSecret(data)) return data instanceof SecretText ? data.shown : MASK;
  if (data instanceof Unknown) return shownUnknown(data);
  if (data === NO_VALUE) return null;
  if (Array.isArray(data)) return data.map(plain);
  if (data instanceof Dict) return new Dict(data.entries().map(([key, value]) => [shownText(key), plain(value)]));
  return data;
}

/** A text that neither moves a cursor nor turns the direction of what is around it. @returns {string} */
export function harmless(text) {
  return text.replace(CONTROL, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A value for a sentence: `'text'`, `12`, `[1, 2]`; a long one is cut. @returns {string} */
export function quoted(data, longest = 60) {
  if (data instanceof Unknown) return shownUnknown(data);
  const value = plain(data);
  const text = typeof value === "string" ? `'${harmless(value)}'` : jsonText(value);
  return size(text) <= longest ? text : `${characters(text).slice(0, longest - 1).join("")}…`;
}
