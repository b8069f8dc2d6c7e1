// Shell scripts with their parts marked: comments, strings, variables and keywords; the text itself is unchanged.

import { el } from "./dom.js";
import { marked } from "./known.js";

const PARTS = new RegExp(
  [
    /(?<comment>(?<![^\s;(&|])#[^\n]*)/,
    /(?<string>'[^'\n]*'|"(?:[^"\\\n]|\\.)*")/,
    /(?<variable>\$(?:\{[^}\n]*\}|[A-Za-z_]\w*|[0-9@*#?!$-]))/,
    /(?<keyword>(?<![\w./-])(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|in|function|return|local|export|set|exit|trap|source)(?![\w./=-]))/,
  ].map((part) => part.source).join("|"),
  "g",
);
const LONGEST = 2000;
const DECODES = /\bbase64 (?:-d|--decode)\b/;
const BASE64 = /^'([A-Za-z0-9+/]{4,}={0,2})'$/;
const PRINTABLE = /^[\p{L}\p{N}\p{P}\p{S} ]+$/u;

export function code(text, say, shell = true) {
  const decodes = shell && DECODES.test(text);
  const lines = text.replace(/\n$/, "").split("\n");
  return el("code", {}, lines.map((line) => el("span", { class: "line" }, shell ? colored(line, say, decodes) : marked(line, say), "\n")));
}

function colored(line, say, decodes) {
  if (line.length > LONGEST) return marked(line, say);
  const found = [];
  let end = 0;
  for (const match of line.matchAll(PARTS)) {
    const [kind] = Object.entries(match.groups).find(([, value]) => value !== undefined);
    found.push(...marked(line.slice(end, match.index), say), el("span", { class: kind }, marked(match[0], say)));
    if (decodes && kind === "string") found.push(meaning(match[0], say));
    end = match.index + match[0].length;
  }
  return [...found, ...marked(line.slice(end), say)];
}

// What the script will decode, beside what it gets: shown, but no part of the text that is selected or copied.
function meaning(string, say) {
  const encoded = BASE64.exec(string)?.[1];
  const text = encoded && encoded.length % 4 === 0 ? decoded(encoded) : null;
  return text && PRINTABLE.test(text) ? el("span", { class: "decoded", title: say("decoded") }, ` ${text}`) : null;
}

export function decoded(text) {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(text), (character) => character.codePointAt(0)));
  } catch {
    return null;
  }
}
