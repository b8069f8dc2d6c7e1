/** Lets a check evaluate in the page: many templates, each with many values, and all of it as text. */
import { evaluate, evaluateText } from "../../nestforge/web/static/evaluate.js";

globalThis.evaluate = evaluate;

globalThis.evaluateAll = (batch) =>
  JSON.parse(batch).map(([facts, calls]) => calls.map((options) => evaluateText(facts, options)));
