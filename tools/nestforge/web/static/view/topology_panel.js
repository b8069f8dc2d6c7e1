// The topology as a drawing for the width there is, and as tables that say the same.

import { diagram } from "./diagram/diagram.js";
import { el } from "./dom.js";
import { marked } from "./known.js";
import { topologyOf } from "./topology.js";

const MOST = 50;
const NARROWEST = 200;

export function topologyPanel(ctx) {
  const { say } = ctx;
  const holder = el("div", { class: "drawing" });
  const below = el("div", {});
  let topology = null;
  let drawn = 0;

  function draw() {
    const { paddingLeft, paddingRight } = getComputedStyle(holder);
    const width = Math.floor(holder.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight)) - 2;
    if (!topology || !(width >= NARROWEST)) return;
    drawn = holder.clientWidth;
    const nothing = !topology.networks.length;
    holder.replaceChildren(nothing ? el("p", { class: "empty" }, say("noNetwork")) : diagram(topology, width, ctx));
  }

  new ResizeObserver(() => {
    if (Math.abs(holder.clientWidth - drawn) > 8) draw();
  }).observe(holder);

  return {
    element: el("div", {}, holder, below),
    show(result) {
      topology = topologyOf(result, ctx.data.instances);
      draw();
      below.replaceChildren(...[rulesTable(topology, say), addressesTable(topology, say), othersList(topology, say)].filter(Boolean));
    },
  };
}

function rulesTable({ rules }, say) {
  const rows = rules.slice(0, MOST).map((rule) => [
    rule.isGroup ? say("membersOf", { name: rule.source }) : el("code", {}, marked(rule.source, say)),
    rule.ports.map((ports) => ports.replace("*", say("allPorts"))).join(", "),
    rule.group,
  ]);
  return table("whoMayConnect", ["ruleSource", "rulePorts", "ruleGroup"], rows, rules.length, say);
}

function addressesTable({ addresses }, say) {
  const rows = addresses.slice(0, MOST).map(({ name, bandwidth, target }) => [
    name || say("publicAddress"),
    bandwidth ? say("bandwidth", { mbps: bandwidth }) : "",
    target ?? "",
  ]);
  return table("publicAddresses", ["addressName", "addressBandwidth", "addressTarget"], rows, addresses.length, say);
}

function table(title, heads, rows, count, say) {
  if (!rows.length) return null;
  const head = el("tr", {}, heads.map((key) => el("th", { scope: "col" }, say(key))));
  const body = rows.map((cells) => el("tr", {}, cells.map((cell) => el("td", {}, cell))));
  return el(
    "div",
    {},
    el("h3", {}, say(title)),
    el("div", { class: "wide", tabindex: "0" }, el("table", {}, el("thead", {}, head), el("tbody", {}, body))),
    count > MOST ? el("p", { class: "hint" }, say("andMore", { count: count - MOST })) : null,
  );
}

function othersList({ others }, say) {
  if (!others.length) return null;
  const items = others.slice(0, MOST).map(({ type, names }) => el("li", {}, el("code", {}, type), ` × ${names.length}`));
  return el("div", {}, el("h3", {}, say("alsoCreated")), el("ul", { class: "plain" }, items));
}
