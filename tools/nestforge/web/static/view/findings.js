// What the linter says, in place and in full.

import { el } from "./dom.js";
import { fillInParts } from "./in_parts.js";

const MOST = 100;

export function findingList(findings, ctx) {
  if (!findings.length) return null;
  return el("ul", { class: "findings" }, findings.map((finding) => findingItem(finding, ctx)));
}

export function findingItem(finding, { say }) {
  const place = `${finding.path}:${finding.line}:${finding.column}`;
  return el(
    "li",
    { class: `finding ${finding.severity}` },
    el("strong", {}, say(`severity.${finding.severity}`), " ", finding.code),
    " ",
    el("span", {}, finding.message),
    finding.help ? el("span", { class: "help" }, finding.help) : null,
    el("code", { class: "place" }, place),
  );
}

export function findingsPanel(ctx) {
  const { say } = ctx;
  const element = el("div", {});
  return {
    element,
    show() {
      const found = ctx.edition.findings;
      if (!found.length) {
        element.replaceChildren(el("p", { class: "empty" }, say("noFindings")));
        return;
      }
      const list = el("ul", { class: "findings" });
      const fill = (shown) => fillInParts(list, shown, (finding) => findingItem(finding, ctx));
      const more = el("button", { type: "button", hidden: found.length <= MOST }, say("showAll", { count: found.length }));
      more.addEventListener("click", () => {
        fill(found);
        more.remove();
      });
      fill(found.slice(0, MOST));
      element.replaceChildren(list, more);
    },
  };
}
