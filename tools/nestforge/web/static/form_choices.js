/** The values that the form offers, fills in and takes while others have theirs; see nestforge/evaluate/form_choices.py. */
import { numberOf } from "./arguments.js";
import { Dict, firstUnknown, hasSecret, isText, isWritable, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { holds, read, valueOf } from "./form_condition.js";

/** What says nothing. */
export const NO_CHOICES = Object.freeze({ offered: null, filled_in: null, least: null, greatest: null });

/** What the metadata of a parameter offers for the values of all; nothing that is secret or unknown. */
export function choicesOf(metadata, values) {
  const offered = [...holding(metadata.get("AllowedValues"), values, true)].flat(1);
  const [filledIn = null] = holding(metadata.get("Value"), values);
  const [least, greatest] = ["MinValue", "MaxValue"].map((name) => number(metadata.get(name), values));
  return { offered: offered.length ? offered : null, filled_in: filledIn, least, greatest };
}

function number(node, values) {
  for (const value of holding(node, values)) {
    try {
      return numberOf(value, "the bound");
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      return null; // R4037 says so
    }
  }
  return null;
}

/** The values of the entries whose condition holds; with `bare` those without a condition as well. */
function* holding(node, values, bare = false) {
  const listed = node === undefined ? null : read(node);
  if (!Array.isArray(listed)) return;
  for (let entry of listed) {
    if (entry instanceof Dict && entry.has("Value")) {
      if (entry.has("Condition") && !holds(entry.get("Condition"), values)) continue;
      entry = entry.get("Value");
    } else if (!bare || entry instanceof Dict || Array.isArray(entry)) {
      continue;
    }
    const value = Array.isArray(entry) ? entry.map((each) => filled(each, values)) : filled(entry, values);
    if (value !== null && isWritable(value) && firstUnknown(value) === null && !hasSecret(value)) yield value;
  }
}

function filled(value, values) {
  return isText(value) ? valueOf(textOf(value), values) : value;
}
