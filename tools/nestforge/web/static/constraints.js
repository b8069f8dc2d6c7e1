/** The constraints of a parameter, each with the sentence a user reads; see nestforge/evaluate/constraints.py. */
import { numberOf } from "./arguments.js";
import { CONVERSIONS } from "./conversions.js";
import { Dict, isText, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { sentence } from "./locale.js";
import { jsonText } from "./json.js";
import { items, scalar } from "./nodes.js";
import { matches } from "./pattern.js";
import { isIn } from "./same.js";
import { quoted } from "./shown.js";
import { size } from "./text.js";
import { written } from "./written.js";

/** How many of the allowed values a sentence lists. */
const MOST_VALUES = 10;

/** Each constraint that a converted value breaks, as `{kind, sentence}`; one that is malformed throws a Fault. */
export function* violations(data, type, attributes, language, template) {
  const say = (key, facts) => sentence(template, key, language, facts);
  const allowed = attributes.get("AllowedValues");
  if (allowed !== undefined) yield* disallowed(data, type, readable(items(allowed)), say);
  const pattern = scalar(attributes.get("AllowedPattern"));
  if (pattern !== null && isText(data)) {
    const found = matches(template, pattern, textOf(data), true);
    if (!found) yield { kind: "PATTERN_MISMATCH", sentence: say(found === null ? "too slow" : "pattern", { pattern }) };
  }
  if (isText(data) || Array.isArray(data) || data instanceof Dict) {
    const length = isText(data) ? size(textOf(data)) : Array.isArray(data) ? data.length : data.size;
    yield* outside(length, attributes, ["MinLength", "shorter"], ["MaxLength", "longer"], "WRONG_LENGTH", say);
  } else if (typeof data === "bigint" || typeof data === "number") {
    yield* outside(data, attributes, ["MinValue", "less"], ["MaxValue", "more"], "OUT_OF_RANGE", say);
  }
}

/** What the form does not take of a converted value while other fields have their values. */
export function* formViolations(data, type, { offered, least, greatest }, language, template) {
  const say = (key, facts) => sentence(template, key, language, facts);
  if (offered !== null) yield* disallowed(data, type, offered, say);
  if (typeof data === "bigint" || typeof data === "number") {
    yield* outsideOf(data, [least, "less"], [greatest, "more"], "OUT_OF_RANGE", say);
  }
}

/** Compare with the allowed values; of a list each entry must be one of them. */
function* disallowed(data, type, allowed, say) {
  const convert = CONVERSIONS.get(type === "CommaDelimitedList" ? "String" : type);
  const known = [];
  for (const value of allowed) {
    try {
      known.push(convert(value));
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault; // a value that no one can give
    }
  }
  const chosen = type === "CommaDelimitedList" && Array.isArray(data) ? data : [data];
  if (chosen.every((entry) => isIn(entry, known) === true)) return;
  const shown = known.slice(0, MOST_VALUES).map((value) => quoted(value)).join(", ");
  const values = known.length > MOST_VALUES ? `${shown}, …` : shown;
  yield { kind: "DISALLOWED_VALUE", sentence: say("allowed", { values }) };
}

function* readable(nodes) {
  for (const node of nodes) {
    try {
      yield written(node);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault; // too deep or too large for any form
    }
  }
}

function* outside(amount, attributes, [lowName, low], [highName, high], kind, say) {
  yield* outsideOf(amount, [bound(attributes, lowName), low], [bound(attributes, highName), high], kind, say);
}

/** Compare with two bounds, each with what is said of it. */
function* outsideOf(amount, [least, low], [most, high], kind, say) {
  if (least !== null && amount < least) yield { kind, sentence: say(low, { bound: jsonText(least) }) };
  if (most !== null && amount > most) yield { kind, sentence: say(high, { bound: jsonText(most) }) };
}

function bound(attributes, name) {
  const text = scalar(attributes.get(name));
  if (text === null) return null;
  try {
    return numberOf(text, name);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    throw new Fault(fault.message, fault.help, "MALFORMED_PARAMETER");
  }
}
