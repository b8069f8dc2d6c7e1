/** Slices of lists, as Python takes them: `1:`, `-2:`, `::2`. */
import { parseWhole } from "./numbers.js";
import { SPACE } from "./text.js";

const BOUND = `[${SPACE}]*(-?\\p{Nd}{1,9})?[${SPACE}]*`;
const SLICE = new RegExp(`^${BOUND}:${BOUND}(?::${BOUND})?$`, "u");

/** The bounds that a text writes, or null where it is no slice; a bound that is left out is null. */
export function sliceOf(text) {
  const found = SLICE.exec(text);
  if (found === null) return null;
  const [start, stop, step] = found.slice(1).map((bound) => (bound === undefined ? null : Number(parseWhole(bound))));
  return { start, stop, step };
}

/** The part of a list within bounds. */
export function sliced(list, { start, stop, step = null }) {
  const by = step ?? 1;
  const [lowest, highest] = by > 0 ? [0, list.length] : [-1, list.length - 1];
  const place = (bound, otherwise) => {
    if (bound === null) return otherwise;
    return Math.min(Math.max(bound < 0 ? bound + list.length : bound, lowest), highest);
  };
  const from = place(start, by > 0 ? lowest : highest);
  const to = place(stop, by > 0 ? highest : lowest);
  const found = [];
  for (let at = from; by > 0 ? at < to : at > to; at += by) found.push(list[at]);
  return found;
}
