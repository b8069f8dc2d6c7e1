// The topology as a drawing for the width there is, and as tables that say the same.

import { diagram } from "./diagram.js";
import { el } from "./dom.js";
import { topologyOf } from "./topology.js";

const MOST = 50;

export function topologyPanel(ctx) {
  const { say } = ctx;
  const holder = el("div", { class: "drawing" });
  const below = el("div", {});
  let topology = null;
  let drawn = 0;

  function draw() {
    const width = Math.floor(holder.clientWidth) - 2;
    if (!topology || width < 200) return;
    drawn = width;
    const nothing = !topology.networks.length;
    holder.replaceChildren(nothing ? el("p", { class: "empty" }, say("noNetwork")) : diagram(topology, width, ctx));
  }

  new ResizeObserver(() => {
    if (Math.abs(holder.clientWidth - 2 - drawn) > 8) draw();
  }).observe(holder);

  return {
    element: el("div", {}, holder, below),
    show(result) {
      topology = topologyOf(result, ctx.data.instances);
      draw();
      below.replaceChildren(...[rulesTable(topology, say), othersList(topology, say)].filter(Boolean));
    },
  };
}

function rulesTable({ rules }, say) {
  if (!rules.length) return null;
  const shown = rules.slice(0, MOST);
  const rows = shown.map((rule) =>
    el(
      "tr",
      {},
      el("td", {}, rule.isGroup ? say("membersOf", { name: rule.source }) : el("code", {}, rule.source)),
      el("td", {}, rule.ports.map((ports) => ports.replace("*", say("allPorts"))).join(", ")),
      el("td", {}, rule.group),
    ),
  );
  const heads = ["ruleSource", "rulePorts", "ruleGroup"].map((key) => el("th", { scope: "col" }, say(key)));
  return el(
    "div",
    {},
    el("h3", {}, say("whoMayConnect")),
    el("div", { class: "wide", tabindex: "0" }, el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows))),
    rules.length > MOST ? el("p", { class: "hint" }, say("andMore", { count: rules.length - MOST })) : null,
  );
}

function othersList({ others }, say) {
  if (!others.length) return null;
  const items = others.slice(0, MOST).map(({ type, names }) => el("li", {}, el("code", {}, type), ` × ${names.length}`));
  return el("div", {}, el("h3", {}, say("alsoCreated")), el("ul", { class: "plain" }, items));
}
