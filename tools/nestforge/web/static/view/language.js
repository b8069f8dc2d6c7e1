// The language of the page.

import { el } from "./dom.js";
import { keepSettings } from "./kept_settings.js";

/** Buttons for the languages in the order that is given; `redraw` makes these anew as well. */
export function languageSwitch({ say, state }, languages, redraw) {
  const buttons = languages.map((language) => {
    const choose = () => {
      state.language = language;
      keepSettings(state);
      redraw();
      document.querySelector(`button[lang="${language}"]`).focus();
    };
    return el("button", { type: "button", lang: language, "aria-pressed": String(language === state.language), click: choose }, say(`language.${language}`));
  });
  return el("div", { class: "segmented", role: "group", "aria-label": say("language") }, buttons);
}
