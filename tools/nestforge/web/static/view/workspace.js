// The form at one side, what its values make at the other.

import { evaluate } from "../evaluate.js";
import { cardPanel } from "./card.js";
import { documentsPanel } from "./documents.js";
import { el, freshId } from "./dom.js";
import { findingsPanel } from "./findings.js";
import { buildForm, fillings, firstChoices } from "./form.js";
import { own } from "./localized.js";
import { memoryPanel } from "./memory.js";
import { outputsPanel } from "./outputs.js";
import { unfoldForPrint } from "./printing.js";
import { resourcesPanel } from "./resources.js";
import { scriptsPanel } from "./scripts.js";
import { remember } from "./state.js";
import { statusBar } from "./status.js";
import { tabs } from "./tabs.js";
import { topologyPanel } from "./topology_panel.js";

const ROUNDS = 4;
const SHORTEST_PAUSE = 30;
const LONGEST_PAUSE = 300;

export function workspace(ctx, redraw) {
  const { say, edition, state, data } = ctx;
  let latest = null;
  let waiting = 0;
  let pause = SHORTEST_PAUSE;
  const form = buildForm(ctx, later);
  const status = statusBar(ctx, form);
  const made = {
    topology: topologyPanel(ctx),
    outputs: outputsPanel(ctx),
    resources: resourcesPanel(ctx),
    scripts: scriptsPanel(ctx),
    ...(data.capacity ? { memory: memoryPanel(ctx) } : {}),
    documents: documentsPanel(ctx),
    card: cardPanel(ctx),
    ...(edition.findings ? { findings: findingsPanel(ctx) } : {}),
  };
  const stale = new Set();
  const panels = Object.entries(made).map(([key, { element }]) => ({
    key,
    element,
    title: say(`tab.${key}`),
    badge: key === "findings" && edition.findings.length ? String(edition.findings.length) : null,
  }));
  const results = tabs(panels, state.tab, say("results"), (key) => {
    state.tab = key;
    bring(key);
    remember(state, data);
  });

  function bring(key) {
    if (!latest || !stale.delete(key)) return;
    made[key].show(latest);
  }

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(update, pause);
  }

  // What takes long waits longer for the end of the typing, so that each letter appears at once.
  function update() {
    const started = performance.now();
    latest = settled(ctx);
    const appeared = form.show(latest);
    status.show(latest);
    for (const key of Object.keys(made)) stale.add(key);
    bring(state.tab);
    const facts = { resources: latest.resources.length, outputs: Object.keys(latest.outputs).length };
    ctx.announce([appeared.length && say("appeared", { names: ctx.list(appeared) }), say("updated", facts)].filter(Boolean).join(" "));
    remember(state, data);
    pause = Math.min(LONGEST_PAUSE, Math.max(SHORTEST_PAUSE, (performance.now() - started) / 2));
  }

  update();
  pause = SHORTEST_PAUSE; // the first time says little: nothing was warm
  ctx.announce("");
  const side = el("div", { class: "side" }, el("h2", {}, say("form")), packages(ctx, redraw), form.element, status.element);
  const main = el("main", { id: "results", tabindex: "-1" }, el("h2", { class: "out-of-sight" }, say("results")), results.list, results.bodies);
  unfoldForPrint(main, () => Object.keys(made).forEach(bring));
  return { element: el("div", { class: "workspace" }, side, main), status: status.element, latest: () => latest };
}

function packages(ctx, redraw) {
  const { say, edition, state } = ctx;
  if (!edition.packages.length) return null;
  const name = freshId();
  const options = edition.packages.map((entry) => ({ title: entry.name, text: entry.description, values: entry.parameters }));
  options.push({ title: say("ownValues"), text: say("ownValuesHint"), values: {} });
  const cards = options.map((option, place) => {
    const input = el("input", { type: "radio", name, checked: state.package === place });
    input.addEventListener("change", () => {
      state.package = place;
      state.values = new Map(Object.entries(option.values).map(([key, value]) => [key, String(value)]));
      state.filled = new Map();
      state.touched = new Set();
      redraw();
      document.querySelectorAll(".packages input")[place]?.focus();
    });
    return el("label", { class: "card" }, input, el("span", {}, el("strong", {}, option.title), el("span", { class: "hint" }, option.text)));
  });
  return el("fieldset", { class: "packages" }, el("legend", {}, say("packages")), cards);
}

function settled(ctx) {
  const { state } = ctx;
  let result = evaluated(ctx, new Set());
  for (let round = 0; round < ROUNDS; round += 1) {
    const filled = fillings(result, ctx);
    for (const [name, value] of filled) fill(state, name, value);
    const chosen = firstChoices(result, ctx);
    for (const [name, value] of chosen) state.values.set(name, value);
    const isSettled = !filled.length && !chosen.length;
    const hidden = new Set([...state.values.keys()].filter((name) => result.parameters[name]?.visible === false));
    if (isSettled && !hidden.size) return result;
    const next = evaluated(ctx, hidden);
    if (isSettled) return next;
    result = next;
  }
  return result;
}

function fill(state, name, value) {
  for (const kept of [state.filled, state.values]) {
    if (value === null) kept.delete(name);
    else kept.set(name, value);
  }
}

// What is filled in: an empty field is none, unless its parameter has a default that was emptied.
export function given({ edition, state }) {
  return [...state.values].filter(([name, value]) => isGiven(own(edition.form.parameters, name), value));
}

function evaluated(ctx, left) {
  const values = new Map([...given(ctx)].filter(([name]) => !left.has(name)));
  return evaluate(ctx.edition.template, { values, region: ctx.state.region, language: ctx.ros });
}

function isGiven(parameter, value) {
  return parameter !== undefined && (value !== "" || ![undefined, null, ""].includes(parameter.default));
}
