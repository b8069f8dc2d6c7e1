// Follows the server that made the page: reloads after a change, and says what keeps the files from being shown.

import { el } from "./dom.js";
import { findingItem } from "./findings.js";

export function follow(version, notice, contextOf) {
  const events = new EventSource("events");
  events.addEventListener("page", ({ data }) => {
    if (data === version) notice.replaceChildren();
    else location.reload();
  });
  events.addEventListener("faulty", ({ data }) => {
    const ctx = contextOf();
    const findings = JSON.parse(data);
    notice.replaceChildren(el("strong", {}, ctx.say("stale")), el("ul", { class: "findings" }, findings.map((finding) => findingItem(finding, ctx))));
  });
  events.addEventListener("error", () => notice.replaceChildren(contextOf().say("disconnected")));
}
