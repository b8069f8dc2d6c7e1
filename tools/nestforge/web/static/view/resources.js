// The resources that would be created, in order, each with its properties; a long list is shown in part.

import { el } from "./dom.js";
import { findingList } from "./findings.js";
import { fillInParts } from "./in_parts.js";
import { marked } from "./known.js";

const MOST = 100;
const MOST_ENTRIES = 200;
const LONGEST = 2000;

export function resourcesPanel(ctx) {
  const { say } = ctx;
  const opened = new Set();
  let wanted = "";
  let all = false;
  let latest = null;
  const list = el("ol", { class: "resources" });
  const count = el("p", { class: "hint", role: "status" });
  const search = el("input", { type: "search", "aria-label": say("filterResources"), placeholder: say("filterResources") });
  search.addEventListener("input", () => {
    wanted = search.value.trim().toLowerCase();
    refresh();
  });
  const more = el("button", { type: "button" });
  more.addEventListener("click", () => {
    all = true;
    refresh();
  });
  const left = el("div", {});

  function refresh() {
    const found = latest.resources.filter(({ name, type }) => `${name} ${type}`.toLowerCase().includes(wanted));
    const shown = all ? found : found.slice(0, MOST);
    fillInParts(list, shown, (resource) => resourceItem(resource, ctx, opened));
    count.textContent = say("resourceCount", { count: latest.resources.length, found: found.length });
    more.textContent = say("showAll", { count: found.length });
    more.hidden = shown.length === found.length;
    const names = Object.entries(latest.left_out);
    left.replaceChildren(...(names.length ? leftOut(names, ctx) : []));
  }

  return {
    element: el("div", {}, el("div", { class: "toolbar" }, search, count), list, more, left),
    show(result) {
      latest = result;
      refresh();
    },
  };
}

function leftOut(names, { say }) {
  const items = names
    .slice(0, MOST)
    .map(([name, condition]) => el("li", {}, el("code", {}, name), " ", say("becauseFalse", { condition })));
  return [el("h3", {}, say("notCreated", { count: names.length })), el("ul", { class: "left-out" }, items)];
}

function resourceItem(resource, ctx, opened) {
  const { say } = ctx;
  const findings = ctx.findingsOf.get(`Resources.${resource.name.replace(/\[\d+\]$/, "")}`) ?? [];
  const summary = el(
    "summary",
    {},
    el("span", { class: "name" }, resource.name),
    el("code", { class: "type" }, resource.type),
    resource.certain ? null : el("span", { class: "later" }, say("ifCondition", { condition: resource.condition })),
    findings.length ? el("span", { class: "count bad" }, String(findings.length)) : null,
  );
  const details = el("details", { open: opened.has(resource.name) }, summary);
  const fill = () => {
    if (details.open && details.childElementCount === 1) details.append(...body(resource, findings, ctx));
  };
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(resource.name);
    else opened.delete(resource.name);
    fill();
  });
  fill();
  return el("li", { "data-name": resource.name }, details);
}

function body(resource, findings, ctx) {
  const { say } = ctx;
  const entries = Object.entries(resource.properties);
  return [
    findingList(findings, ctx),
    entries.length ? table(entries, ctx) : el("p", { class: "empty" }, say("noProperties")),
    resource.needs.length ? el("p", { class: "hint" }, say("createdAfter", { names: ctx.list(resource.needs) })) : null,
  ].filter(Boolean);
}

function table(entries, ctx) {
  const shown = entries.slice(0, MOST_ENTRIES);
  const rows = shown.map(([name, value]) => [el("dt", {}, name), el("dd", {}, shownValue(value, ctx))]);
  const rest = entries.length - shown.length;
  return el("dl", { class: "properties" }, rows, rest ? el("dd", { class: "hint" }, ctx.say("andMore", { count: rest })) : null);
}

function shownValue(value, ctx) {
  const { say } = ctx;
  if ("unknown" in value) return marked(cut(value.text, say), say);
  const content = value.value;
  if (content === null) return [el("span", { class: "hint" }, "—")];
  if (Array.isArray(content)) {
    if (!content.length) return ["[]"];
    return [el("ul", {}, content.slice(0, MOST_ENTRIES).map((item) => el("li", {}, shownValue(item, ctx))))];
  }
  if (typeof content === "object") {
    const entries = Object.entries(content);
    return [entries.length ? table(entries, ctx) : "{}"];
  }
  return marked(cut(String(content), say), say);
}

function cut(text, say) {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)} ${say("charactersMore", { count: text.length - LONGEST })}`;
}

