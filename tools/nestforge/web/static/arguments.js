/** Take the arguments of a function apart, as nestforge/evaluate/arguments.py does. */
import { DEEPEST, Dict, NO_VALUE, SecretBoolean, SecretNumber, SecretText, Unknown, hasSecret, isText, isWritable, leaves, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { jsonText, parseJson } from "./json.js";
import { parseReal, parseWhole } from "./numbers.js";
import { quoted } from "./shown.js";
import { size, withCommas } from "./text.js";

export const LONGEST_TEXT = 1024 * 1024;
export const LONGEST_LIST = 100_000;
const LARGEST = 10n ** 300n;
const BRACKET_OR_STRING = /"(?:[^"\\]|\\[\s\S])*"|[\[\]{}]/g;

/** The arguments of a function that takes a list of them. */
export function itemsOf(argument, least, most = Infinity) {
  if (!Array.isArray(argument)) throw new Fault(`expected a list of arguments, not ${quoted(argument)}`);
  if (argument.length < least || argument.length > most) {
    const wanted = most === least ? least : most === Infinity ? `at least ${least}` : `${least} to ${most}`;
    throw new Fault(`expected ${wanted} arguments, not ${argument.length}`);
  }
  return argument;
}

/** Refuse an argument. */
export function wrong(what, expected, data) {
  throw new Fault(`${what} is ${quoted(data)}, expected ${expected}`);
}

/** An argument that must be a string: a text, which may be secret. */
export function stringOf(data, what) {
  return isText(data) ? data : wrong(what, "a string", data);
}

/** An argument that must be a list. @returns {any[]} */
export function listOf(data, what) {
  return Array.isArray(data) ? data : wrong(what, "a list", data);
}

/** An argument that must be a map. @returns {Dict} */
export function mapOf(data, what) {
  return data instanceof Dict ? data : wrong(what, "a map", data);
}

/** An argument that must be a number, or text that is one. @returns {bigint | number} */
export function numberOf(data, what) {
  let number = data;
  if (isText(data)) number = parseNumber(data, what);
  else if (data instanceof SecretNumber) number = data.value;
  else if (data instanceof SecretBoolean) number = data.value ? 1n : 0n;
  const real = typeof number === "bigint" || typeof number === "number";
  if (!real || !(number <= LARGEST && number >= -LARGEST)) wrong(what, "a number", isText(data) ? number : data);
  return number;
}

/** An argument that must be a whole number, within its bounds. @returns {bigint} */
export function integerOf(data, what, least = null, most = null) {
  const number = numberOf(data, what);
  if (typeof number === "number" && !Number.isInteger(number)) wrong(what, "a whole number", data);
  if ((least !== null && number < least) || (most !== null && number > most)) {
    wrong(what, most !== null ? `${least} to ${most}` : `at least ${least}`, data);
  }
  return BigInt(number);
}

function parseNumber(text, what) {
  const whole = parseWhole(textOf(text));
  if (whole !== null) return whole;
  const real = parseReal(textOf(text));
  return Number.isFinite(real) ? real : wrong(what, "a number", text);
}

/** The value that JSON text stands for. */
export function jsonOf(text) {
  if (isDeep(textOf(text))) {
    throw new Fault(`this JSON text is nested more than ${DEEPEST} levels deep`, null, "TOO_DEEP");
  }
  let value;
  try {
    value = parseJson(textOf(text));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Fault(`${quoted(text)} is no valid JSON`);
  }
  if (!isWritable(value)) throw new Fault(`${quoted(text)} has half a character, or a number without end`);
  return value;
}

/** Whether JSON text is nested too deeply: asked first, for reading it may not end well. */
function isDeep(text) {
  let depth = 0;
  for (const [found] of text.matchAll(BRACKET_OR_STRING)) {
    if (found === "[" || found === "{") depth += 1;
    else if (found === "]" || found === "}") depth -= 1;
    if (depth > DEEPEST) return true;
  }
  return false;
}

/** A value as ROS puts it into a text: lists and maps as JSON. @returns {string | SecretText} */
export function asText(data) {
  if (isText(data)) return data;
  if (data === null || data === NO_VALUE) return "";
  if (data instanceof SecretBoolean) return new SecretText(data.value ? "true" : "false");
  let length = 0;
  for (const leaf of leaves(data)) if (isText(leaf)) length += size(textOf(leaf));
  checkLength(length);
  return hasSecret(data) ? new SecretText(jsonText(data)) : jsonText(data);
}

/** Refuse what would not fit into memory, before it is made. */
export function checkLength(length, longest = LONGEST_TEXT) {
  if (length > longest) {
    throw new Fault(`the result has more than ${withCommas(longest)} characters or entries`, null, "TOO_LARGE");
  }
}

/** Texts put together; what is not known stays a part of its own, and secrets stay masked. */
export function joined(parts) {
  const flat = parts.flatMap((part) => (part instanceof Unknown && part.parts.length ? part.parts : [part]));
  let length = 0;
  for (const part of flat) if (isText(part)) length += size(textOf(part));
  checkLength(length);
  const unknown = flat.find((part) => part instanceof Unknown);
  if (unknown === undefined) return concatenated(flat);
  const runs = [];
  for (const part of flat) {
    if (isText(part) && Array.isArray(runs.at(-1))) runs.at(-1).push(part);
    else if (part instanceof Unknown) runs.push(part);
    else if (textOf(part) !== "") runs.push([part]);
  }
  const merged = runs.map((run) => (Array.isArray(run) ? concatenated(run) : run));
  return new Unknown("string", unknown.of, merged, unknown.faulty);
}

function concatenated(texts) {
  const value = texts.map(textOf).join("");
  if (!texts.some((text) => text instanceof SecretText)) return value;
  return new SecretText(value, texts.map((text) => (text instanceof SecretText ? text.shown : text)).join(""));
}
