// Service instances: all of them, and one with its resources, events, logs and outputs.

import { el } from "../../../web/static/view/dom.js";
import { askDelete } from "./deletion.js";
import { block, facts, folded, link, row, shownValue, status, table, time } from "./parts.js";

const GONE = ["Deleting", "Deleted"];

export const instancesView = {
  asks: () => ["instances"],
  show(instances, { say, language }) {
    const rows = instances.map((instance) =>
      row(
        [link(instance.name, "instance", instance.id), el("br"), el("code", {}, instance.id)],
        [serviceName(instance, language), el("br"), `${say("version")} ${instance.service.Version}`],
        [status(instance.status), instance.note ? el("p", { class: "hint" }, instance.note) : null],
        `${instance.progress} %`,
        time(instance.created),
      ),
    );
    const heads = [say("instance"), say("service"), say("state"), say("progress"), say("created")];
    return el("div", {}, el("h1", {}, say("instances")), rows.length ? table(say("instances"), heads, rows, "instances") : el("p", {}, say("noInstances")));
  },
};

export const instanceView = {
  asks: ([id]) => ["instance", { id }],
  show(instance, ctx) {
    const { say, language } = ctx;
    const remove = el("button", { type: "button", class: "danger", "data-key": "delete", click: () => askDelete(instance, ctx) }, say("delete"));
    return el(
      "div",
      {},
      el("div", { class: "head" }, el("h1", {}, instance.name), GONE.includes(instance.status) ? null : remove),
      instance.note ? el("p", { class: "note" }, say("note", { note: instance.note })) : null,
      facts([
        [say("state"), [status(instance.status), " ", el("progress", { max: "100", value: String(instance.progress), "aria-label": say("progress") }), ` ${instance.progress} %`]],
        [say("reason"), instance.reason],
        [say("service"), link(`${serviceName(instance, language)} ${instance.service.Version}`, "service", instance.service.ServiceId, instance.service.Version)],
        [say("edition"), instance.template],
        [say("region"), instance.region],
        [say("created"), time(instance.created)],
        ["ID", el("code", {}, instance.id)],
      ]),
      outputsOf(instance, ctx),
      resourcesOf(instance, ctx),
      eventsOf(instance, ctx),
      logOf(instance, ctx),
      el("section", {}, el("h2", {}, say("parameters")), facts(Object.entries(instance.parameters))),
    );
  },
};

function serviceName(instance, language) {
  const infos = instance.service.ServiceInfos;
  return (infos.find((info) => info.Locale === language) ?? infos[0]).Name;
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
