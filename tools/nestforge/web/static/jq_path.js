/** The jq programs that only follow a path; see nestforge/evaluate/jq_path.py. */
import { jsonOf } from "./arguments.js";
import { Dict, isText, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { parseWhole } from "./numbers.js";
import { quoted } from "./shown.js";
import { sliced } from "./slice.js";
import { SPACE, characters, strip } from "./text.js";

const S = `[${SPACE}]*`;
const WORD = "[\\p{L}\\p{N}_]";
const NUMBER = "-?\\p{Nd}{1,9}";
const STEP = new RegExp(
  `${S}(?:` +
    [
      `\\|${S}(?=\\.)`,
      `\\.(?<name>[A-Za-z_]${WORD}*)(?<lax1>\\?)?`,
      `\\.?\\[${S}(?<index>${NUMBER})${S}\\](?<lax2>\\?)?`,
      `\\.?\\[${S}(?<start>(?:${NUMBER})?)${S}:${S}(?<stop>(?:${NUMBER})?)${S}\\]`,
      `\\.?\\[${S}(?<key>"(?:[^"\\\\]|\\\\[^\\n])*")${S}\\]`,
      `\\.?\\[${S}(?<all>)\\](?<lax3>\\?)?`,
      `\\.(?![\\p{L}\\p{N}_\\["])`,
    ].join("|") +
    ")",
  "uy",
);

/** What the path leads to; null where the program is more than a path. @returns {any[] | null} */
export function follow(program, data) {
  const text = strip(program);
  if (!text.startsWith(".")) return null;
  const steps = [];
  STEP.lastIndex = 0;
  for (let end = 0; end < text.length; end = STEP.lastIndex) {
    const step = STEP.exec(text);
    if (step === null) return null;
    steps.push(step);
  }
  return steps.reduce((results, step) => results.flatMap((value) => after(step, value)), [data]);
}

/** What one step finds in a value, in a list so that a list that it finds stays one. */
function after(step, value) {
  const { name, key, index, start, stop, all, lax1, lax2, lax3 } = step.groups;
  const wanted = key === undefined ? name : jsonOf(key);
  if (wanted !== undefined) {
    if (value === null) return [null];
    if (value instanceof Dict) return [value.get(wanted) ?? null];
  } else if (index !== undefined) {
    if (value === null) return [null];
    if (Array.isArray(value)) return [value.at(Number(parseWhole(index))) ?? null];
  } else if (start !== undefined) {
    const [from, to] = [start, stop].map((bound) => (bound ? Number(parseWhole(bound)) : null));
    if (Array.isArray(value)) return [sliced(value, { start: from, stop: to })];
    if (isText(value)) return [sliced(characters(textOf(value)), { start: from, stop: to }).join("")];
  } else if (all !== undefined) {
    if (Array.isArray(value)) return [...value];
    if (value instanceof Dict) return value.values();
  } else {
    return [value];
  }
  if (lax1 ?? lax2 ?? lax3) return [];
  throw new Fault(`jq cannot take '${strip(step[0])}' of ${quoted(value)}`);
}
