// What a stack has: outputs, resources, events, log and parameters.

import { el } from "../../../web/static/view/dom.js";
import { block, facts, folded, row, shownValue, status, table, time } from "./parts.js";

export function stackDetails(stack, ctx) {
  const { say } = ctx;
  return [
    outputsOf(stack, ctx),
    resourcesOf(stack, ctx),
    eventsOf(stack, ctx),
    logOf(stack, ctx),
    el("section", {}, el("h2", {}, say("parameters")), facts(Object.entries(stack.parameters))),
  ];
}

function outputsOf({ outputs, note }, { say, announce }) {
  if (!outputs.length) return null;
  const shown = outputs.map(({ name, value, description }) => {
    const copy = () => navigator.clipboard.writeText(value).then(() => announce(say("copiedOf", { name })));
    const button = el("button", { type: "button", class: "quiet", "aria-label": say("copyOf", { name }), "data-key": `copy.${name}`, click: copy }, say("copy"));
    const about = description === "No description given" ? null : el("p", { class: "hint" }, description);
    return el("div", { class: "output" }, el("div", { class: "head" }, el("h3", {}, name), button), about, block(value, name));
  });
  return el("section", {}, el("h2", {}, say("outputs")), note ? el("p", { class: "hint" }, say("outputsNote")) : null, shown);
}

function resourcesOf({ resources }, { say }) {
  const rows = resources.map((resource) =>
    row(
      [el("strong", {}, resource.name), el("br"), el("code", {}, resource.type)],
      [status(resource.status), el("p", { class: "hint" }, resource.reason)],
      [el("code", {}, resource.id), folded(`resource.${resource.name}`, say("details"), el("h3", {}, say("properties")), block(shownValue(resource.properties), say("properties")), el("h3", {}, say("attributes")), block(shownValue(resource.attributes), say("attributes")))],
    ),
  );
  const heads = [say("resource"), say("state"), say("details")];
  return el("section", {}, el("h2", {}, say("resources")), rows.length ? table(say("resources"), heads, rows, "resources") : el("p", {}, say("noResources")));
}

function eventsOf({ events }, { say }) {
  const rows = [...events].reverse().map((event) => row(time(event.time), [event.name, el("br"), el("code", {}, event.type)], status(event.status), event.reason));
  return el("section", {}, el("h2", {}, say("events")), table(say("events"), [say("time"), say("resource"), say("state"), say("reason")], rows, "events"));
}

function logOf({ log }, { say }) {
  const text = log.map((line) => `${line.time}  ${line.name}  ${line.text}`).join("\n");
  return el("section", {}, el("h2", {}, say("log")), log.length ? block(text, say("log")) : el("p", {}, say("noLog")));
}
