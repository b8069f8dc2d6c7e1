// The page of `nestforge preview`: the form at one side, what its values make at the other.

import { cardOf } from "./view/card.js";
import { pageContext } from "./view/context.js";
import { el } from "./view/dom.js";
import { findingItem } from "./view/findings.js";
import { follow } from "./view/live.js";
import { LANGUAGES } from "./view/say.js";
import { settings } from "./view/settings.js";
import { remembered } from "./view/state.js";
import { workspace } from "./view/workspace.js";

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
  return pageContext(data, state, articles, live);
}

function render() {
  const ctx = contextOf();
  const card = cardOf(ctx);
  document.documentElement.lang = state.language;
  document.title = `${card?.name ?? data.title} · ${ctx.say("preview")}`;
  const body = ctx.edition ? workspace(ctx, render).element : nothing(ctx);
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
    settings(ctx, render),
  );
}

function nothing(ctx) {
  return el("main", { id: "results", class: "alone" }, el("p", {}, ctx.say("nothingToShow")), el("ul", { class: "findings" }, data.findings.map((finding) => findingItem(finding, ctx))));
}
