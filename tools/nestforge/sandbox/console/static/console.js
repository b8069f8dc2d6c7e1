// The sandbox's console: what is on the sandbox, followed live.

import { el } from "../../../web/static/view/dom.js";
import { keptSettings } from "../../../web/static/view/kept_settings.js";
import { languageSwitch } from "../../../web/static/view/language.js";
import { LANGUAGES } from "../../../web/static/view/say.js";
import { themeSwitch } from "../../../web/static/view/theme.js";
import { callsView } from "./calls.js";
import { instanceView, instancesView } from "./instances.js";
import { serviceView, servicesView } from "./services.js";
import { stacksView, stackView } from "./stacks.js";
import { consoleSayer } from "./texts.js";
import { act, get } from "./wire.js";

const VIEWS = { services: servicesView, service: serviceView, instances: instancesView, instance: instanceView, stacks: stacksView, stack: stackView, calls: callsView };
const PLACES = ["services", "instances", "stacks", "calls"];
const UNDER = { service: "services", instance: "instances", stack: "stacks" };

const data = JSON.parse(document.getElementById("data").textContent);
const state = keptSettings(LANGUAGES);
const header = el("header", { class: "top" });
const main = el("main", { id: "main", tabindex: "-1" });
const live = el("p", { class: "out-of-sight", role: "status", "aria-live": "polite" });
const skip = el("a", { class: "skip", href: "#main", click: toMain });
document.body.append(skip, header, main, live);

let shown = { key: "", text: "" };
let turn = 0;

frame();
window.addEventListener("hashchange", () => show(true));
follow();
show(false);

function contextOf() {
  const { language } = state;
  return { data, state, language, say: consoleSayer(language), go, act: (name, order) => act(name, order, data.token), announce: (text) => (live.textContent = text) };
}

function place() {
  const [view, ...parts] = location.hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  return Object.hasOwn(VIEWS, view) ? { view, parts } : { view: "services", parts: [] };
}

function go(...parts) {
  location.hash = `#/${parts.map(encodeURIComponent).join("/")}`;
}

function frame() {
  const ctx = contextOf();
  const { say } = ctx;
  document.documentElement.lang = state.language;
  skip.textContent = say("skip");
  const links = PLACES.map((name) => el("a", { href: `#/${name}`, "data-place": name }, say(name)));
  header.replaceChildren(
    el("div", { class: "name" }, el("strong", {}, say("sandbox")), el("p", {}, say("sandboxHint"))),
    el("nav", { "aria-label": say("pages") }, links),
    el("div", { class: "settings" }, languageSwitch(ctx, LANGUAGES.toReversed(), again), themeSwitch(ctx)),
  );
  mark();
}

function again() {
  frame();
  shown = { key: "", text: "" };
  show(false);
}

function mark() {
  const { view } = place();
  for (const link of header.querySelectorAll("nav a")) {
    if (link.dataset.place === (UNDER[view] ?? view)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

async function show(moved) {
  turn += 1;
  const mine = turn;
  const { view, parts } = place();
  const key = location.hash;
  mark();
  const answer = await get(...VIEWS[view].asks(parts));
  if (mine !== turn) return;
  const text = JSON.stringify(answer);
  if (key === shown.key && text === shown.text) return;
  const kept = key === shown.key ? opened() : null;
  shown = { key, text };
  const ctx = contextOf();
  const element = answer.failed ? failed(answer.failed, ctx) : VIEWS[view].show(answer.found, ctx, parts);
  main.replaceChildren(element);
  document.title = `${main.querySelector("h1").textContent} · ${ctx.say("sandbox")}`;
  if (kept) restore(kept);
  else if (moved) {
    main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

function failed(why, { say }) {
  return el("div", {}, el("h1", {}, say("notThere")), el("p", { role: "alert" }, why));
}

function opened() {
  const active = document.activeElement?.dataset?.key ?? null;
  return { active, open: [...main.querySelectorAll("details[open]")].map((details) => details.dataset.key) };
}

function restore({ active, open }) {
  for (const details of main.querySelectorAll("details")) if (open.includes(details.dataset.key)) details.open = true;
  if (active !== null) main.querySelector(`[data-key="${CSS.escape(active)}"]`)?.focus({ preventScroll: true });
}

function follow() {
  const changes = new EventSource("/console/changes");
  changes.addEventListener("message", () => {
    document.documentElement.dataset.connected = "true";
    show(false);
  });
  changes.addEventListener("error", () => {
    document.documentElement.dataset.connected = "false";
    live.textContent = contextOf().say("disconnected");
  });
}

function toMain(event) {
  event.preventDefault();
  main.focus();
}
