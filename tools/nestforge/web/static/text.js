/** Texts as Python sees them: characters are code points, and white space is what `str.isspace` says. */

/** The inside of a class of white space, for expressions with the flag `u`. */
export const SPACE = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";

const AROUND = new RegExp(`^[${SPACE}]+|[${SPACE}]+$`, "gu");
const SURROGATE = /[\ud800-\udfff]/;
const HALF = /\p{Surrogate}/u;

/** The number of characters. @param {string} text @returns {number} */
export function size(text) {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** The characters, each of them whole. @param {string} text @returns {string[]} */
export function characters(text) {
  return Array.from(text);
}

/** Whether half of a character is in the text. @param {string} text @returns {boolean} */
export function hasHalf(text) {
  return HALF.test(text);
}

/** The text without white space around it. @param {string} text @returns {string} */
export function strip(text) {
  return text.replace(AROUND, "");
}

/** What is before, the separator if it is there, and what is behind. @returns {[string, string, string]} */
export function partition(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, "", ""] : [text.slice(0, at), separator, text.slice(at + separator.length)];
}

/** The order of two texts by their code points: -1, 0 or 1. @returns {number} */
export function compareText(first, second) {
  if (first === second) return 0;
  if (!SURROGATE.test(first) && !SURROGATE.test(second)) return first < second ? -1 : 1;
  const [a, b] = [characters(first), characters(second)];
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    if (a[at] !== b[at]) return a[at].codePointAt(0) - b[at].codePointAt(0) < 0 ? -1 : 1;
  }
  return a.length - b.length < 0 ? -1 : 1;
}

/** A number with commas between its thousands. @param {number} number @returns {string} */
export function withCommas(number) {
  return String(number).replace(/\B(?=(?:\d{3})+$)/g, ",");
}
