// The page of `nestforge preview`: the form at one side, what its values make at the other.

import { evaluate } from "./evaluate.js";
import { cardOf, cardPanel } from "./view/card.js";
import { documentsPanel } from "./view/documents.js";
import { el, freshId } from "./view/dom.js";
import { findingItem, findingsPanel } from "./view/findings.js";
import { buildForm, firstChoices } from "./view/form.js";
import { follow } from "./view/live.js";
import { own } from "./view/localized.js";
import { outputsPanel } from "./view/outputs.js";
import { resourcesPanel } from "./view/resources.js";
import { scriptsPanel } from "./view/scripts.js";
import { remembered, remember } from "./view/state.js";
import { statusBar } from "./view/status.js";
import { tabs } from "./view/tabs.js";
import { LANGUAGES, hasText, rosName, sayer } from "./view/texts.js";
import { themeSwitch } from "./view/theme.js";
import { topologyPanel } from "./view/topology_panel.js";

const ROUNDS = 4;
const PAUSE = 60;
const REGION = "cn-hangzhou";

const data = JSON.parse(document.getElementById("data").textContent);
const articles = [...document.querySelectorAll("#documents > article")];
document.getElementById("documents").remove();
const root = el("div", { id: "page" });
const live = el("div", { class: "out-of-sight", role: "status", "aria-live": "polite" });
const notice = el("div", { id: "notice", role: "alert" });
document.body.prepend(notice, root, live);

const state = remembered(data, LANGUAGES);
render();
if (data.live) follow(data.live, notice, contextOf);

function contextOf() {
  const { language } = state;
  const edition = data.editions[state.edition] ?? null;
  const findingsOf = new Map();
  for (const finding of edition?.findings ?? []) {
    findingsOf.set(finding.under, [...(findingsOf.get(finding.under) ?? []), finding]);
  }
  return {
    data,
    state,
    edition,
    articles,
    findingsOf,
    language,
    ros: rosName(language),
    say: sayer(language),
    has: (key) => hasText(language, key),
    list: (names) => names.join(language === "zh-CN" ? "、" : ", "),
    announce: (text) => (live.textContent = text),
  };
}

function render() {
  const ctx = contextOf();
  const card = cardOf(ctx);
  document.documentElement.lang = state.language;
  document.title = `${card?.name ?? data.title} · ${ctx.say("preview")}`;
  const body = ctx.edition ? workspace(ctx) : nothing(ctx);
  root.replaceChildren(el("a", { class: "skip", href: "#results" }, ctx.say("skip")), header(ctx, card), body);
}

function header(ctx, card) {
  const { say } = ctx;
  const name = card?.name ?? data.title;
  return el(
    "header",
    { class: "top" },
    card?.icon ? el("img", { class: "icon", src: card.icon, alt: "" }) : null,
    el("div", { class: "name" }, el("h1", {}, name), el("p", {}, say("previewHint"))),
    el("div", { class: "settings" }, ...choices(ctx), languageSwitch(ctx), themeSwitch(ctx)),
  );
}

function choices(ctx) {
  const { say } = ctx;
  const regions = ctx.edition?.regions.length ? ctx.edition.regions : [REGION];
  const found = [picker(say("region"), regions.map((region) => [region, region]), state.region, (value) => (state.region = value))];
  if (data.editions.length > 1) {
    const editions = data.editions.map((edition, place) => [String(place), edition.name]);
    const choose = (value) => {
      state.edition = Number(value);
      state.values = new Map();
      state.touched = new Set();
    };
    found.unshift(picker(say("edition"), editions, String(state.edition), choose));
  }
  return found;
}

function picker(title, options, chosen, choose) {
  const id = freshId();
  const list = el("select", { id }, options.map(([value, text]) => el("option", { value }, text)));
  list.value = chosen;
  list.addEventListener("change", () => {
    choose(list.value);
    render();
  });
  return el("div", { class: "setting" }, el("label", { for: id }, title), list);
}

function languageSwitch({ say }) {
  const buttons = LANGUAGES.toReversed().map((language) => {
    const button = el("button", { type: "button", lang: language, "aria-pressed": String(language === state.language) }, say(`language.${language}`));
    button.addEventListener("click", () => {
      state.language = language;
      render();
      remember(state, data);
      root.querySelector(`button[lang="${language}"]`).focus();
    });
    return button;
  });
  return el("div", { class: "segmented", role: "group", "aria-label": say("language") }, buttons);
}

function nothing(ctx) {
  return el("main", { id: "results", class: "alone" }, el("p", {}, ctx.say("nothingToShow")), el("ul", { class: "findings" }, data.findings.map((finding) => findingItem(finding, ctx))));
}

function workspace(ctx) {
  const { say, edition } = ctx;
  let latest = null;
  let waiting = 0;
  const form = buildForm(ctx, later);
  const status = statusBar(ctx, form);
  const made = {
    topology: topologyPanel(ctx),
    outputs: outputsPanel(ctx),
    resources: resourcesPanel(ctx),
    scripts: scriptsPanel(ctx),
    documents: documentsPanel(ctx),
    card: cardPanel(ctx),
    findings: findingsPanel(ctx),
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
    waiting = setTimeout(update, PAUSE);
  }

  function update() {
    latest = settled(ctx);
    const appeared = form.show(latest);
    status.show(latest);
    for (const key of Object.keys(made)) stale.add(key);
    bring(state.tab);
    const facts = { resources: latest.resources.length, outputs: Object.keys(latest.outputs).length };
    ctx.announce([appeared.length && say("appeared", { names: ctx.list(appeared) }), say("updated", facts)].filter(Boolean).join(" "));
    remember(state, data);
  }

  update();
  ctx.announce("");
  window.onbeforeprint = () => Object.keys(made).forEach(bring);
  const side = el("div", { class: "side" }, el("h2", {}, say("form")), packages(ctx), form.element, status.element);
  const main = el("main", { id: "results", tabindex: "-1" }, el("h2", { class: "out-of-sight" }, say("results")), results.list, results.bodies);
  return el("div", { class: "workspace" }, side, main);
}

function packages(ctx) {
  const { say, edition } = ctx;
  if (!edition.packages.length) return null;
  const name = freshId();
  const options = edition.packages.map((entry) => ({ title: entry.name, text: entry.description, values: entry.parameters }));
  options.push({ title: say("ownValues"), text: say("ownValuesHint"), values: {} });
  const cards = options.map((option, place) => {
    const input = el("input", { type: "radio", name, checked: state.package === place });
    input.addEventListener("change", () => {
      state.package = place;
      state.values = new Map(Object.entries(option.values).map(([key, value]) => [key, String(value)]));
      state.touched = new Set();
      render();
      document.querySelectorAll(".packages input")[place]?.focus();
    });
    return el("label", { class: "card" }, input, el("span", {}, el("strong", {}, option.title), el("span", { class: "hint" }, option.text)));
  });
  return el("fieldset", { class: "packages" }, el("legend", {}, say("packages")), cards);
}

function settled(ctx) {
  let result = evaluated(ctx, new Set());
  for (let round = 0; round < ROUNDS; round += 1) {
    const chosen = firstChoices(result, ctx);
    for (const [name, value] of chosen) state.values.set(name, value);
    const hidden = new Set([...state.values.keys()].filter((name) => result.parameters[name]?.visible === false));
    if (!chosen.length && !hidden.size) return result;
    const next = evaluated(ctx, hidden);
    if (!chosen.length) return next;
    result = next;
  }
  return result;
}

function evaluated({ edition, ros }, left) {
  const values = new Map([...state.values].filter(([name, value]) => !left.has(name) && isGiven(own(edition.form.parameters, name), value)));
  return evaluate(edition.template, { values, region: state.region, language: ros });
}

function isGiven(parameter, value) {
  return parameter !== undefined && (value !== "" || ![undefined, null, ""].includes(parameter.default));
}
