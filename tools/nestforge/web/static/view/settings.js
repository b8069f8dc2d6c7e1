// What is chosen for the whole page: region, edition, language, colours.

import { el, freshId } from "./dom.js";
import { languageSwitch } from "./language.js";
import { LANGUAGES } from "./say.js";
import { themeSwitch } from "./theme.js";

const REGION = "cn-hangzhou";

export function settings(ctx, redraw) {
  return el("div", { class: "settings" }, ...choices(ctx, redraw), languageSwitch(ctx, LANGUAGES.toReversed(), redraw), themeSwitch(ctx));
}

function choices(ctx, redraw) {
  const { say, state, data } = ctx;
  const regions = ctx.edition?.regions.length ? ctx.edition.regions : [REGION];
  const found = [picker(say("region"), regions.map((region) => [region, region]), state.region, (value) => (state.region = value), redraw)];
  if (data.editions.length > 1) {
    const editions = data.editions.map((edition, place) => [String(place), edition.name]);
    const choose = (value) => {
      state.edition = Number(value);
      state.values = new Map();
      state.filled = new Map();
      state.touched = new Set();
    };
    found.unshift(picker(say("edition"), editions, String(state.edition), choose, redraw));
  }
  return found;
}

function picker(title, options, chosen, choose, redraw) {
  const id = freshId();
  const list = el("select", { id }, options.map(([value, text]) => el("option", { value }, text)));
  list.value = chosen;
  list.addEventListener("change", () => {
    choose(list.value);
    redraw();
  });
  return el("div", { class: "setting" }, el("label", { for: id }, title), list);
}
