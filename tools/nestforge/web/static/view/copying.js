// A button that copies a text, and says so to everyone.

import { el } from "./dom.js";

const SHOWN = 1600;

export function copyButton(what, text, { say, announce }) {
  const label = el("span", {}, say("copy"));
  const button = el("button", { type: "button", class: "quiet copy", "aria-label": say("copyOf", { what }) }, label);
  button.addEventListener("click", async () => {
    const done = await copied(text);
    label.textContent = say(done ? "copied" : "notCopied");
    announce(say(done ? "copiedOf" : "notCopied", { what }));
    setTimeout(() => (label.textContent = say("copy")), SHOWN);
  });
  return button;
}

async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copiedBySelection(text);
  }
}

function copiedBySelection(text) {
  const holder = el("textarea", { class: "out-of-sight", "aria-hidden": "true", tabindex: "-1" });
  holder.value = text;
  const focused = document.activeElement;
  document.body.append(holder);
  holder.select();
  const done = document.execCommand("copy");
  holder.remove();
  focused?.focus();
  return done;
}
