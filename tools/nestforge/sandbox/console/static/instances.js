// Service instances: all of them, and one with what its stack has.

import { el } from "../../../web/static/view/dom.js";
import { askDelete } from "./deletion.js";
import { facts, link, row, status, table, time } from "./parts.js";
import { stackDetails } from "./stack_details.js";

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
    const remove = el("button", { type: "button", class: "danger", "data-key": "delete", click: () => askDelete(instance, "delete", "ServiceInstanceId.1", ctx) }, say("delete"));
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
      stackDetails(instance, ctx),
    );
  },
};

function serviceName(instance, language) {
  const infos = instance.service.ServiceInfos;
  return (infos.find((info) => info.Locale === language) ?? infos[0]).Name;
}
