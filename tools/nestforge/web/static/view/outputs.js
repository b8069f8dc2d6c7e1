// The outputs that the buyer will see, with the samples to copy.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { findingList } from "./findings.js";
import { code } from "./highlight.js";
import { marked, textOf } from "./known.js";
import { localized } from "./localized.js";

export function outputsPanel(ctx) {
  const { say } = ctx;
  const element = el("div", {});
  return {
    element,
    show(result) {
      const outputs = Object.entries(result.outputs);
      const cards = outputs.map(([name, output]) => outputCard(name, output, ctx));
      element.replaceChildren(...(cards.length ? cards : [el("p", { class: "empty" }, say("noOutputs"))]));
    },
  };
}

function outputCard(name, output, ctx) {
  const { say, ros } = ctx;
  const text = textOf(output);
  const long = text.includes("\n");
  const label = localized(output.label, ros) || name;
  const description = localized(output.description, ros);
  const value = long
    ? el("pre", { class: "code", tabindex: "0", "aria-label": label }, code(text, say))
    : el("p", { class: "value" }, marked(text, say));
  return el(
    "section",
    { class: "card output", "data-name": name },
    el("header", {}, el("h3", {}, label), copyButton(label, text, ctx)),
    description ? el("p", { class: "hint" }, description) : null,
    value,
    findingList(ctx.findingsOf.get(`Outputs.${name}`) ?? [], ctx),
    output.secret ? el("p", { class: "hint" }, say("secretOutput")) : null,
  );
}
