// The page at a service's deployment link: the form as the preview has it, the estimate, and the order.

import { cardOf } from "../../../web/static/view/card.js";
import { pageContext } from "../../../web/static/view/context.js";
import { el } from "../../../web/static/view/dom.js";
import { LANGUAGES } from "../../../web/static/view/say.js";
import { settings } from "../../../web/static/view/settings.js";
import { remembered } from "../../../web/static/view/state.js";
import { given, workspace } from "../../../web/static/view/workspace.js";
import { consoleSayer } from "./texts.js";
import { act } from "./wire.js";

const data = JSON.parse(document.getElementById("data").textContent);
const articles = [...document.querySelectorAll("#documents > article")];
document.getElementById("documents").remove();
const root = el("div", { id: "page" });
const live = el("div", { class: "out-of-sight", role: "status", "aria-live": "polite" });
document.body.prepend(root, live);
const state = remembered(data, LANGUAGES);
render();

function render() {
  const ctx = pageContext(data, state, articles, live);
  const tell = consoleSayer(state.language);
  const card = cardOf(ctx);
  const name = card?.name ?? data.title;
  document.documentElement.lang = state.language;
  document.title = `${tell("deploy")} · ${name}`;
  const made = ctx.edition ? workspace(ctx, render) : null;
  made?.status.append(orderForm(ctx, made, tell));
  root.replaceChildren(
    el("a", { class: "skip", href: "#results" }, ctx.say("skip")),
    el(
      "header",
      { class: "top" },
      card?.icon ? el("img", { class: "icon", src: card.icon, alt: "" }) : null,
      el("div", { class: "name" }, el("h1", {}, name), el("p", {}, `${tell("version")} ${data.service.version} · ${data.service.status} · `, el("a", { href: "/" }, tell("sandbox")))),
      settings(ctx, render),
    ),
    made ? made.element : el("main", { id: "results", class: "alone" }, el("p", {}, ctx.say("nothingToShow"))),
  );
}

function orderForm(ctx, made, tell) {
  const estimated = el("div", { class: "hint", role: "status" });
  const problem = el("p", { class: "message", role: "alert" });
  const estimate = el("button", { type: "button", click: () => ask("estimate", showEstimate) }, tell("estimate"));
  const deploy = el("button", { type: "button", click: () => ask("deploy", leave) }, tell("deploy"));

  async function ask(name, then) {
    problem.textContent = "";
    for (const button of [estimate, deploy]) button.disabled = true;
    const { found, failed } = await act(name, order(ctx, made.latest()), data.token);
    for (const button of [estimate, deploy]) button.disabled = false;
    if (failed) problem.textContent = failed;
    else then(found);
  }

  function showEstimate({ Resources: resources }) {
    const entries = Object.entries(resources ?? {});
    const lines = entries.map(([name, { Type, Result }]) => el("li", {}, `${name} (${Type}): ${Result.Message ?? JSON.stringify(Result)}`));
    estimated.replaceChildren(lines.length ? el("ul", { class: "plain" }, lines) : tell("costsNothing"));
  }

  return el("div", {}, el("div", { class: "beside" }, estimate, deploy), problem, estimated);
}

function order(ctx, result) {
  const values = given(ctx).filter(([name]) => result.parameters[name]?.visible !== false);
  return {
    RegionId: state.region,
    ServiceId: data.service.id,
    ServiceVersion: data.service.version,
    TemplateName: ctx.edition.name,
    Parameters: JSON.stringify(Object.fromEntries(values)),
  };
}

function leave({ ServiceInstanceId: id }) {
  location.href = `/#/instance/${encodeURIComponent(id)}`;
}
