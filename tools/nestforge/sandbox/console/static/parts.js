// Pieces that several pages of the console are made of.

import { el } from "../../../web/static/view/dom.js";

const GOOD = ["Online", "Deployed", "Approved", "Available", "CREATE_COMPLETE"];
const GONE = ["Offline", "Deleted", "DELETE_COMPLETE"];

export function status(text) {
  const busy = text.endsWith("ing") || text.endsWith("_IN_PROGRESS") || text === "Created" || text === "Submitted";
  const kind = /fail|reject|rollback/i.test(text) ? "bad" : GOOD.includes(text) ? "good" : GONE.includes(text) ? "gone" : busy ? "busy" : "plain";
  return el("span", { class: `status ${kind}` }, text);
}

export function table(caption, heads, rows, key) {
  return el(
    "div",
    { class: "wide", tabindex: "0", role: "region", "aria-label": caption, "data-key": key },
    el("table", {}, el("thead", {}, el("tr", {}, heads.map((head) => el("th", { scope: "col" }, head)))), el("tbody", {}, rows)),
  );
}

export function row(...cells) {
  return el("tr", {}, cells.map((cell) => el("td", {}, cell)));
}

export function facts(entries) {
  return el("dl", { class: "facts" }, entries.filter(([, value]) => value !== "" && value !== null && value !== undefined).flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, value)]));
}

export function folded(key, title, ...content) {
  return el("details", { "data-key": key }, el("summary", { "data-key": `${key}.summary` }, title), content);
}

export function block(text, label) {
  return el("pre", { tabindex: "0", role: "region", "aria-label": label }, el("code", {}, text));
}

export function shownValue(value) {
  return typeof value === "string" ? value : JSON.stringify(value, null, 2);
}

export function nameOf(names, language) {
  return names[language] ?? Object.values(names)[0] ?? "";
}

export function link(text, ...parts) {
  return el("a", { href: `#/${parts.map(encodeURIComponent).join("/")}`, "data-key": `link.${parts.join("/")}` }, text);
}

export function time(text) {
  return el("time", { datetime: text }, text.replace("T", " ").replace("Z", ""));
}
