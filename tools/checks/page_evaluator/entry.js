/** Lets a check evaluate in the page: many templates, each with many values. */
import { evaluate, evaluateText } from "../../nestforge/web/static/evaluate.js";

globalThis.evaluate = evaluate;

/** Evaluate after this call has returned; `ended` gives the changes. */
globalThis.begin = (text) => {
  globalThis.ended = new Promise((resolve, reject) => {
    setTimeout(() => {
      try {
        resolve(evaluateAll(JSON.parse(text)));
      } catch (error) {
        reject(error);
      }
    });
  });
};

/** The texts for each template, each as what differs from the one before: neighbours differ by little. */
function evaluateAll(batch) {
  return batch.map(([facts, calls]) => {
    let before = "";
    return calls.map((options) => {
      const text = evaluateText(facts, options);
      const change = changeOf(before, text);
      before = text;
      return change;
    });
  });
}

/** How much of the text stays at the start and at the end, and what is between. */
function changeOf(before, text) {
  const most = Math.min(before.length, text.length);
  let start = 0;
  while (start < most && before[start] === text[start]) start += 1;
  let end = 0;
  while (end < most - start && before.at(-1 - end) === text.at(-1 - end)) end += 1;
  return [start, end, text.slice(start, text.length - end)];
}
