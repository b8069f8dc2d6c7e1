/** Functions of texts. */
import { LONGEST_LIST, asText, checkLength, integerOf, itemsOf, joined, jsonOf, listOf, mapOf, stringOf, wrong } from "../arguments.js";
import { BOOLEAN, LIST, MAP, STRING, SecretText, Unknown, isText, kindOf, textOf } from "../data.js";
import { Fault } from "../fault.js";
import { follow } from "../jq_path.js";
import { matches } from "../pattern.js";
import { quoted } from "../shown.js";
import { size } from "../text.js";

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function base64(argument) {
  return argument;
}

export function base64Decode(argument) {
  if (argument === null) return null;
  const text = stringOf(argument, "the text");
  try {
    if (!BASE64.test(textOf(text))) throw new TypeError("no Base64");
    const bytes = Uint8Array.from(atob(textOf(text)), (byte) => byte.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Fault(`${quoted(text)} is no Base64 of a text`);
  }
}

export function base64Encode(argument) {
  if (argument === null) return null;
  const bytes = new TextEncoder().encode(textOf(stringOf(argument, "the text")));
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

export function getJsonValue(argument) {
  const [key, given] = itemsOf(argument, 2, 2);
  if (given === null || (isText(given) && textOf(given) === "")) return null;
  const found = mapOf(isText(given) ? jsonOf(given) : given, "the JSON value").get(stringOf(key, "the key"));
  return found === undefined || found === null ? null : asText(found);
}

export function indent(argument) {
  const [text, level, width = 2n, first = true] = itemsOf(argument, 2, 4);
  const by = integerOf(width, "the width", 0, 4);
  if (typeof first !== "boolean") wrong("the last argument", "a boolean", first);
  const given = textOf(stringOf(text, "the text"));
  const space = " ".repeat(Number(integerOf(level, "the level", 0, 20) * by));
  const lines = given.split("\n");
  checkLength(size(given) + lines.length * space.length);
  return lines.map((line, number) => (line && (first || number) ? space + line : line)).join("\n");
}

export function join(argument) {
  const [delimiter, entries] = itemsOf(argument, 2, 2);
  if (entries === null) return "";
  if (entries instanceof Unknown) return entries.as(STRING);
  if (delimiter instanceof Unknown) return delimiter.as(STRING);
  const between = stringOf(delimiter, "the delimiter");
  const parts = [];
  for (const entry of listOf(entries, "the list")) {
    if (parts.length) parts.push(between);
    const bare = kindOf(entry) === "number" ? (entry.value ?? entry) : null;
    if ([LIST, MAP].includes(kindOf(entry)) || (typeof bare === "number" && !Number.isInteger(bare))) {
      wrong("an entry", "a string, a whole number, a boolean or null", entry);
    }
    parts.push(entry instanceof Unknown ? entry : asText(entry));
  }
  return joined(parts);
}

export function jq(argument) {
  const [wanted, program, given] = itemsOf(argument, 3, 3);
  const which = isText(wanted) ? textOf(wanted) : null;
  if (which !== "First" && which !== "All") wrong("the first argument", "'First' or 'All'", wanted);
  const script = stringOf(program, "the program");
  if (textOf(script).includes("$ENV")) throw new Fault("the program reads the environment");
  if (given === null || (isText(given) && textOf(given) === "")) return null;
  const results = follow(textOf(script), isText(given) ? jsonOf(given) : given);
  if (results === null) return new Unknown(which === "All" ? LIST : "any", `jq ${quoted(script)}`);
  if (which === "All") return results;
  return results.length ? results[0] : null;
}

export function matchPattern(argument, template) {
  const [pattern, text] = itemsOf(argument, 2, 2);
  const [wanted, given] = [stringOf(pattern, "the pattern"), stringOf(text, "the text")];
  const found = matches(template, wanted, textOf(given), false);
  return found === null ? new Unknown(BOOLEAN, "a pattern that takes too long") : found;
}

export function replace(argument) {
  const [given, text] = itemsOf(argument, 2, 2);
  if (text === null) return null;
  if (given instanceof Unknown) return given.as(STRING);
  let parts = [text];
  if (text instanceof Unknown) parts = text.parts.length ? [...text.parts] : [text];
  else if (!isText(text)) wrong("the text", "a string", text);
  for (const [old, fresh] of mapOf(given, "the replacements").entries()) {
    if (!textOf(old)) throw new Fault("the text to replace is empty");
    if ([LIST, MAP].includes(kindOf(fresh))) {
      wrong(`the replacement of ${quoted(old)}`, "a string, a number or a boolean", fresh);
    }
    const put = fresh instanceof Unknown ? fresh : asText(fresh);
    parts = parts.flatMap((part) => exchanged(part, old, put));
  }
  return joined(parts);
}

function exchanged(part, old, fresh) {
  if (part instanceof Unknown || !textOf(part).includes(textOf(old))) return [part];
  const pieces = textOf(part).split(textOf(old));
  const isKnown = isText(fresh);
  const length = isKnown ? size(textOf(fresh)) : 1;
  if (part instanceof SecretText) { // where its secret is, is not known any more
    if (!isKnown) return between(pieces.map((piece) => new SecretText(piece)), fresh);
    checkLength(size(part.value) + pieces.length * length);
    const [shown, hidden] = [fresh, old].map((text) => (text instanceof SecretText ? text.shown : text));
    return [new SecretText(pieces.join(textOf(fresh)), part.shown.replaceAll(hidden, () => shown))];
  }
  checkLength(size(part) + pieces.length * length);
  return between(pieces, fresh);
}

function between(pieces, fresh) {
  return pieces.flatMap((piece, at) => (at ? [fresh, piece] : [piece]));
}

export function split(argument) {
  const [delimiter, text] = itemsOf(argument, 2, 2);
  if (text === null) return [];
  const separator = textOf(stringOf(delimiter, "the delimiter"));
  if (!separator) throw new Fault("the delimiter is empty");
  const parts = textOf(stringOf(text, "the text")).split(separator);
  checkLength(parts.length - 1, LONGEST_LIST);
  return parts;
}

export function str(argument) {
  return asText(argument);
}
