// Tabs over panels: the arrow keys move between them, and only the one shown is kept up to date.

import { el, freshId } from "./dom.js";

export function tabs(panels, chosen, label, choose) {
  const ids = new Map(panels.map(({ key }) => [key, { tab: freshId(), panel: freshId() }]));
  const buttons = panels.map(({ key, title, badge }) =>
    el(
      "button",
      { type: "button", role: "tab", id: ids.get(key).tab, "aria-controls": ids.get(key).panel, "data-key": key },
      title,
      badge ? el("span", { class: "count" }, badge) : null,
    ),
  );
  const bodies = panels.map(({ key, title, element }) =>
    el(
      "section",
      { role: "tabpanel", id: ids.get(key).panel, "aria-labelledby": ids.get(key).tab, tabindex: "0", "data-key": key },
      el("h2", { class: "print-title" }, title),
      element,
    ),
  );
  const list = el("div", { role: "tablist", "aria-label": label }, buttons);
  list.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const place = buttons.indexOf(document.activeElement);
    const wrapped = (place + step + buttons.length) % buttons.length;
    const next = Number.isFinite(step) ? wrapped : step > 0 ? buttons.length - 1 : 0;
    buttons[next].focus();
    select(buttons[next].dataset.key);
  });
  for (const button of buttons) button.addEventListener("click", () => select(button.dataset.key));

  function select(key) {
    for (const [place, button] of buttons.entries()) {
      const own = button.dataset.key === key;
      button.setAttribute("aria-selected", String(own));
      button.tabIndex = own ? 0 : -1;
      bodies[place].hidden = !own;
    }
    choose(key);
  }

  select(panels.some(({ key }) => key === chosen) ? chosen : panels[0].key);
  return { list, bodies, select };
}
