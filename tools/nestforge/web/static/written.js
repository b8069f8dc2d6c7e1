/** What is written in a place where no function is called; see nestforge/evaluate/written.py. */
import { DEEPEST, Dict } from "./data.js";
import { Fault } from "./fault.js";
import { scalar } from "./nodes.js";
import { withCommas } from "./text.js";

const MOST = 100_000;

/** A node as data. */
export function written(node) {
  return of(node, 0, { values: 0 });
}

function of(node, depth, count) {
  count.values += 1;
  if (depth > DEEPEST) throw new Fault(`nested more than ${DEEPEST} levels deep`, null, "TOO_DEEP");
  if (count.values > MOST) throw new Fault(`more than ${withCommas(MOST)} values`, null, "TOO_LARGE");
  if (node.isScalar) return node.data;
  if (node.isList) return node.below.map((item) => of(item, depth + 1, count));
  return new Dict(node.pairs.map(([key, value]) => [scalar(key) ?? "", of(value, depth + 1, count)]));
}
