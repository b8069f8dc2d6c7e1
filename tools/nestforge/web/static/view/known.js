// Values as the evaluation tells them: what is known, and what only creation can tell.

import { el } from "./dom.js";

const UNKNOWN = /\((known after creation|not evaluated): ([^()]*)\)/g;

export function textOf(value) {
  if ("unknown" in value) return value.text;
  const content = value.value;
  if (content === null) return "";
  return content !== null && typeof content === "object" ? JSON.stringify(plainOf(value)) : String(content);
}

export function plainOf(value) {
  if ("unknown" in value) return value.text;
  if (Array.isArray(value.value)) return value.value.map(plainOf);
  if (value.value !== null && typeof value.value === "object") {
    return Object.fromEntries(Object.entries(value.value).map(([key, item]) => [key, plainOf(item)]));
  }
  return typeof value.value === "bigint" ? String(value.value) : value.value;
}

export function pieces(text) {
  const found = [];
  let end = 0;
  for (const match of text.matchAll(UNKNOWN)) {
    if (match.index > end) found.push({ text: text.slice(end, match.index) });
    found.push({ text: match[0], of: match[2], faulty: match[1] === "not evaluated" });
    end = match.index + match[0].length;
  }
  if (end < text.length) found.push({ text: text.slice(end) });
  return found;
}

/** A text as it stands in a drawing: what is not known is told by its name alone. */
export function worded(text, say) {
  return pieces(text).map((piece) => (piece.of === undefined ? piece.text : piece.faulty ? say("notSet", { name: piece.of }) : piece.of)).join("");
}

export function marked(text, say) {
  return pieces(text).map((piece) => (piece.of === undefined ? piece.text : mark(piece, say)));
}

export function mark(piece, say) {
  const words = piece.faulty ? say("notEvaluated") : say("knownAfterCreation");
  return el("span", { class: piece.faulty ? "later faulty" : "later" }, el("small", {}, words), ` ${piece.of}`);
}

export function resourcesNamed(value) {
  const names = new Set();
  const waiting = [value];
  while (waiting.length) {
    const each = waiting.pop();
    if (each === undefined) continue;
    if ("unknown" in each) {
      names.add(resourceOf(each.of));
      for (const piece of pieces(each.text)) if (piece.of !== undefined) names.add(resourceOf(piece.of));
    } else if (each.value !== null && typeof each.value === "object") {
      waiting.push(...Object.values(each.value));
    }
  }
  return names;
}

function resourceOf(path) {
  return path.split(".", 1)[0];
}
