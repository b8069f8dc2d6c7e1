// The controls of the form, one for each kind of parameter. Each tells `set` the value as text.

import { el, freshId } from "./dom.js";
import { isTrue, nameOfValue } from "./parameter.js";

export const CONTROLS = { alert, area, checks, choice, password, select, switch: toggle, text };

function text(field) {
  const numeric = field.parameter.type === "Number" ? { inputmode: "decimal" } : {};
  return typed(field, el("input", { type: "text", autocomplete: "off", spellcheck: "false", ...numeric }));
}

function area(field) {
  return typed(field, el("textarea", { rows: 4, spellcheck: "false" }));
}

function typed(field, input) {
  const placeholder = field.placeholder();
  described(input, field, placeholder ? { placeholder } : {});
  input.value = field.value;
  input.addEventListener("input", () => field.set(input.value));
  input.addEventListener("blur", () => field.touch());
  return { element: input, input };
}

function password(field) {
  const { input } = typed(field, el("input", { type: "password", autocomplete: "new-password", spellcheck: "false" }));
  const { say } = field.ctx;
  const show = el("button", { type: "button", class: "quiet", "aria-pressed": "false" }, say("show"));
  show.setAttribute("aria-label", say("showValueOf", { what: field.label }));
  show.addEventListener("click", () => {
    const hidden = input.type === "password";
    input.type = hidden ? "text" : "password";
    show.setAttribute("aria-pressed", String(hidden));
    show.textContent = say(hidden ? "hide" : "show");
  });
  return { element: el("div", { class: "beside" }, input, show), input };
}

function select(field) {
  const { parameter, ctx } = field;
  const list = el("select", {});
  described(list, field);
  const { values } = field.options;
  if (!values.includes(field.value)) list.append(el("option", { value: "" }, field.value || ctx.say("choose")));
  list.append(...values.map((value) => el("option", { value }, nameOfValue(value, parameter, ctx))));
  list.value = field.value;
  list.addEventListener("change", () => field.set(list.value));
  list.addEventListener("blur", () => field.touch());
  return { element: list, input: list };
}

function choice(field) {
  const { parameter, ctx } = field;
  const name = freshId();
  const options = field.options.values.map((value) => {
    const input = el("input", { type: "radio", name, value, checked: value === field.value });
    input.addEventListener("change", () => field.set(value));
    return el("label", {}, input, el("span", {}, nameOfValue(value, parameter, ctx)));
  });
  const group = el("div", { class: "choice", role: "radiogroup", "aria-labelledby": field.labelId }, options);
  described(group, field, { id: null });
  return { element: group, input: group.querySelector(`input:checked`) ?? group.querySelector("input"), described: group };
}

function checks(field) {
  const { parameter, ctx } = field;
  const chosen = new Set(field.value.split(",").filter(Boolean));
  const options = field.options.values.map((value) => {
    const input = el("input", { type: "checkbox", value, checked: chosen.has(value) });
    input.addEventListener("change", () => {
      if (input.checked) chosen.add(value);
      else chosen.delete(value);
      field.set([...chosen].join(","));
    });
    return el("label", {}, input, el("span", {}, nameOfValue(value, parameter, ctx)));
  });
  const group = el("div", { class: "checks", role: "group", "aria-labelledby": field.labelId }, options);
  described(group, field, { id: null });
  return { element: group, input: group.querySelector("input"), described: group };
}

function toggle(field) {
  const input = el("input", { type: "checkbox", role: "switch", checked: isTrue(field.value) });
  described(input, field);
  input.addEventListener("change", () => field.set(String(input.checked)));
  return { element: el("span", { class: "switch" }, input), input };
}

function alert(field) {
  const input = el("input", { type: "checkbox", checked: isTrue(field.value) });
  described(input, field);
  input.addEventListener("change", () => field.set(String(input.checked)));
  return { element: input, input };
}

function described(element, field, more = {}) {
  const attributes = { id: field.inputId, "aria-describedby": `${field.messageId} ${field.hintId}`, ...more };
  for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, value);
}
