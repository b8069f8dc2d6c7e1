// Services: all of them with their versions, and one version with its fields and what it changed.

import { el } from "../../../web/static/view/dom.js";
import { block, facts, folded, link, nameOf, row, shownValue, status, table, time } from "./parts.js";

const DEPLOYABLE = ["Online", "Beta"];

export const servicesView = {
  asks: () => ["services"],
  show(services, { say, language }) {
    const rows = services.flatMap((service) =>
      service.versions.map((version, place) =>
        row(
          place ? "" : [el("strong", {}, nameOf(service.names, language)), el("br"), el("code", {}, service.id), tagsOf(service.tags)],
          [link(version.version, "service", service.id, version.version), version.default ? el("span", { class: "hint" }, ` ${say("default")}`) : null, el("br"), version.name],
          status(version.status),
          time(version.updated),
        ),
      ),
    );
    const heads = [say("service"), say("version"), say("state"), say("changed")];
    return el("div", {}, el("h1", {}, say("services")), rows.length ? table(say("services"), heads, rows, "services") : el("p", {}, say("noServices")));
  },
};

export const serviceView = {
  asks: ([id, version]) => ["service", version ? { id, version } : { id }],
  show(service, ctx) {
    const { say, language } = ctx;
    const { version } = service;
    return el(
      "div",
      {},
      el("h1", {}, nameOf(service.names, language)),
      el("p", {}, el("code", {}, service.id), " ", tagsOf(service.tags)),
      el("nav", { class: "versions", "aria-label": say("versions") }, service.versions.map((other) => versionLink(other, service, ctx))),
      el("p", {}, orderLink(service, ctx), " ", el("span", { class: "hint" }, say("orderHint"))),
      facts([
        [say("version"), `${version.version} ${version.name}`],
        [say("state"), status(version.status)],
        [say("created"), time(version.created)],
        [say("published"), version.published ? time(version.published) : ""],
      ]),
      differencesOf(service, ctx),
      el("section", {}, el("h2", {}, say("fields")), Object.entries(service.fields).map(([name, value]) => folded(`field.${name}`, name, block(shownValue(value), name)))),
    );
  },
};

function orderLink({ id, version }, { data, say }) {
  const asked = new URLSearchParams({ type: "user", ServiceId: id, ServiceVersion: version.version });
  const title = say(DEPLOYABLE.includes(version.status) ? "deploy" : "openForm");
  return el("a", { class: "action", href: `/service/instance/create/${data.region}?${asked}`, "data-key": "deploy" }, title);
}

function versionLink(other, service) {
  const made = link(`${other.version} · ${other.status}`, "service", service.id, other.version);
  if (other.version === service.version.version) made.setAttribute("aria-current", "page");
  return made;
}

function tagsOf(tags) {
  return Object.entries(tags).map(([name, value]) => el("code", { class: "tag" }, `${name}=${value}`));
}

function differencesOf({ before, differences, files }, { say }) {
  if (before === null) return null;
  const heads = [say("field"), `${say("version")} ${before}`, say("thisVersion")];
  const rows = differences.map((found) => row(el("code", {}, found.field), shortened(found.before), shortened(found.after)));
  return el(
    "section",
    {},
    el("h2", {}, say("differences", { before })),
    rows.length ? table(say("differences", { before }), heads, rows, "differences") : el("p", {}, say("noDifferences")),
    files.map(({ kind, name, difference }) => folded(`${kind}.${name}`, say(`changed.${kind}`, { name }), differenceBlock(difference, name))),
  );
}

function shortened(value) {
  return value === null || value === undefined ? "" : el("span", { class: "value" }, value);
}

function differenceBlock(text, name) {
  const lines = text.split("\n").map((line) => el("span", { class: { "+": "added", "-": "removed" }[line[0]] ?? "same" }, `${line}\n`));
  return el("pre", { tabindex: "0", role: "region", "aria-label": name }, el("code", {}, lines));
}
