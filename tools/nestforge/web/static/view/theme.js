// Light, dark, or as the machine has it.

import { el } from "./dom.js";
import { keepSettings } from "./kept_settings.js";

const THEMES = ["auto", "light", "dark"];

export function themeSwitch({ say, state }) {
  const buttons = THEMES.map((theme) => {
    const button = el("button", { type: "button", "aria-pressed": String(theme === state.theme) }, say(`theme.${theme}`));
    button.addEventListener("click", () => {
      state.theme = theme;
      apply(theme);
      keepSettings(state);
      for (const [place, each] of buttons.entries()) each.setAttribute("aria-pressed", String(THEMES[place] === theme));
    });
    return button;
  });
  apply(state.theme);
  return el("div", { class: "segmented", role: "group", "aria-label": say("theme") }, buttons);
}

function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
