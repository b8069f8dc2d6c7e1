// The outputs that the buyer will see, with the samples to copy.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { findingList } from "./findings.js";
import { code } from "./highlight.js";
import { fillInParts } from "./in_parts.js";
import { marked, textOf } from "./known.js";
import { localized } from "./localized.js";

const MOST = 50;

export function outputsPanel(ctx) {
  const { say } = ctx;
  let all = false;
  let outputs = [];
  const none = el("p", { class: "empty" }, say("noOutputs"));
  const list = el("div", { class: "outputs" });
  const more = el("button", { type: "button" });
  more.addEventListener("click", () => {
    all = true;
    refresh();
  });

  function refresh() {
    const shown = all ? outputs : outputs.slice(0, MOST);
    none.hidden = outputs.length > 0;
    fillInParts(list, shown, ([name, output]) => outputCard(name, output, ctx));
    more.textContent = say("showAll", { count: outputs.length });
    more.hidden = shown.length === outputs.length;
  }

  return {
    element: el("div", {}, none, list, more),
    show(result) {
      outputs = Object.entries(result.outputs);
      refresh();
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
