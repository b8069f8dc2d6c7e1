// What the memory of one GPU holds for the values chosen: weights, reserve, cache, and how much context fits.

import { el, svg } from "./dom.js";
import { textOf } from "./known.js";
import { own } from "./localized.js";

const GIB = 2 ** 30;
const WIDTH = 1000;
const PARTS = ["weights", "reserve", "cache", "unused"];

export function memoryPanel(ctx) {
  const element = el("div", {});
  return {
    element,
    show(result) {
      const fit = fitOf(result, ctx.data.capacity);
      element.replaceChildren(...(fit ? shown(fit, ctx) : [el("p", { class: "empty" }, ctx.say("noCapacity"))]));
    },
  };
}

export function fitOf(result, capacity) {
  const values = Object.values(result.parameters).filter((parameter) => "value" in parameter).map(textOf);
  const found = capacity.cases.find(({ model, engine, instance }) => [model, engine, instance].every((id) => values.includes(id)));
  const context = numberOf(own(result.parameters, capacity.parameters.context));
  const share = numberOf(own(result.parameters, capacity.parameters.share));
  if (!found || !(context > 0) || !(share > 0 && share <= 1)) return null;
  const stages = found.stages.map((stage) => {
    const cache = Math.min(found.gpu * share, found.most) - stage.held;
    const unused = found.gpu - stage.weights - found.reserve - Math.max(0, cache);
    return { weights: stage.weights, reserve: found.reserve, cache: Math.max(0, cache), unused: Math.max(0, unused), tokens: cache / stage.cache_per_token, perToken: stage.cache_per_token };
  });
  const tokens = Math.max(0, Math.floor(Math.min(...stages.map((stage) => stage.tokens))));
  const fitting = Math.floor(tokens / context);
  const requests = found.requests === null ? fitting : Math.min(fitting, found.requests);
  return { ...found, stages, tokens, context, share, requestsAtOnce: requests, longest: Math.min(tokens, found.limit) };
}

/** What to say of a share that leaves less beside it than the reserve may need. */
function overcommitted(fit, { say }) {
  if (fit.gpu * fit.share <= fit.most) return [];
  const safe = Math.floor((fit.most / fit.gpu) * 100) / 100;
  const facts = { beside: gib(fit.gpu * (1 - fit.share)), reserve: gib(fit.reserve), share: safe.toFixed(2) };
  return [el("p", { class: "hint overcommitted" }, say("overcommitted", facts))];
}

function numberOf(parameter) {
  return parameter && "value" in parameter ? Number(textOf(parameter)) : Number.NaN;
}

function shown(fit, ctx) {
  const { say, language } = ctx;
  const count = (number) => number.toLocaleString(language);
  const facts = { tokens: count(fit.tokens), context: count(fit.context), requests: count(fit.requestsAtOnce), longest: count(fit.longest) };
  const verdict = fit.requestsAtOnce > 0 ? el("p", { class: "verdict good" }, say("fits", facts)) : el("p", { class: "verdict bad" }, say("fitsNot", facts));
  return [
    verdict,
    ...overcommitted(fit, ctx),
    el("p", { class: "hint" }, say("layout", { tensor: fit.tensor, pipeline: fit.pipeline, tokens: facts.tokens, longest: facts.longest })),
    el("section", { class: "card memory" }, fit.stages.map((stage, place) => bar(stage, place, fit, ctx)), legend(ctx)),
    table(fit, ctx),
    el("p", { class: "hint" }, say("computed")),
  ];
}

function bar(stage, place, fit, { say }) {
  const title = say("stage", { number: place + 1, count: fit.stages.length });
  let left = 0;
  const scale = WIDTH / Math.max(fit.gpu, stage.weights + stage.reserve);
  const parts = PARTS.map((part) => {
    const width = stage[part] * scale;
    const made = svg("rect", { class: `part ${part}`, x: left, y: 0, width, height: 34 }, svg("title", {}, `${say(`part.${part}`)}: ${gib(stage[part])} GiB`));
    left += width;
    return made;
  });
  const limit = fit.gpu * fit.share * scale;
  const line = svg("line", { class: "limit", x1: limit, x2: limit, y1: -4, y2: 38 });
  return el("div", {}, el("h3", {}, title), svg("svg", { class: "bar", viewBox: `0 -5 ${WIDTH} 44`, preserveAspectRatio: "none", role: "img", "aria-label": title }, parts, line));
}

function legend({ say }) {
  const items = PARTS.map((part) => el("li", {}, el("span", { class: `swatch ${part}`, "aria-hidden": "true" }), say(`part.${part}`)));
  return el("ul", { class: "legend" }, items, el("li", {}, el("span", { class: "swatch limit", "aria-hidden": "true" }), say("shareLine")));
}

function table(fit, { say, language }) {
  const heads = ["stageColumn", ...PARTS.map((part) => `part.${part}`), "perToken"].map((key) => el("th", { scope: "col" }, say(key)));
  const rows = fit.stages.map((stage, place) =>
    el("tr", {}, el("th", { scope: "row" }, String(place + 1)), PARTS.map((part) => el("td", {}, `${gib(stage[part])} GiB`)), el("td", {}, stage.perToken.toLocaleString(language))),
  );
  return el("div", { class: "wide", tabindex: "0" }, el("table", {}, el("thead", {}, el("tr", {}, heads)), el("tbody", {}, rows)));
}

function gib(bytes) {
  return (bytes / GIB).toFixed(1);
}
