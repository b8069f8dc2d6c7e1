// The service as the marketplace shows it: icon, name, description, editions and agreements.

import { el } from "./dom.js";
import { own } from "./localized.js";

export function cardOf(ctx) {
  const cards = ctx.data.cards;
  return own(cards, ctx.language) ?? Object.values(cards)[0] ?? null;
}

export function cardPanel(ctx) {
  const { say } = ctx;
  const card = cardOf(ctx);
  const element = el("div", {});
  if (!card) {
    element.append(el("p", { class: "empty" }, say("noCard")));
    return { element, show() {} };
  }
  element.append(
    el(
      "section",
      { class: "card market" },
      icon(card),
      el("div", {}, el("h3", {}, card.name), el("p", {}, card.description), lengths(card, say)),
    ),
    el("h3", {}, say("editions")),
    el("ul", { class: "plain" }, ctx.data.editions.map((edition) => editionItem(edition, ctx))),
    el("h3", {}, say("agreements")),
    card.agreements.length ? el("ul", { class: "plain" }, card.agreements.map(agreement)) : el("p", { class: "empty" }, say("noAgreements")),
  );
  return { element, show() {} };
}

function icon(card) {
  return card.icon ? el("img", { class: "icon", src: card.icon, alt: "" }) : el("div", { class: "icon missing", "aria-hidden": "true" });
}

function lengths(card, say) {
  const facts = { name: [...card.name].length, description: [...card.description].length };
  return el("p", { class: "hint" }, say("lengths", facts));
}

function editionItem(edition, { say, list }) {
  const regions = edition.regions.length ? say("regions", { names: list(edition.regions) }) : say("everyRegion");
  return el("li", {}, el("strong", {}, edition.name), el("span", { class: "hint" }, regions));
}

function agreement({ name, url }) {
  const outside = /^https?:\/\//i.test(url);
  return el("li", {}, outside ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank" }, name || url) : `${name} ${url}`);
}
