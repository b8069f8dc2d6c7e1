/** Lets a test evaluate in the page: many templates, each with many values, and all of it as text. */
import { evaluate, evaluateText } from "../../tools/nestforge/web/static/evaluate.js";

globalThis.evaluate = evaluate;

globalThis.evaluateAll = (batch) =>
  JSON.parse(batch).map(([facts, calls]) => calls.map((options) => evaluateText(facts, options)));
