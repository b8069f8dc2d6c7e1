// The buyer's form as the console lays it out: groups, fields, what is wrong with each, and what is still missing.

import { CONTROLS } from "./controls.js";
import { el, freshId } from "./dom.js";
import { findingList } from "./findings.js";
import { localized } from "./localized.js";
import { choosesFirst, defaultOf, kindOf, labelOf, optionsOf } from "./parameter.js";

export function buildForm(ctx, changed) {
  const { form } = ctx.edition;
  const fields = new Map();
  const groups = form.groups.map((group, place) => {
    const title = localized(group.label, ctx.ros) || ctx.say(form.groups.length > 1 && place ? "otherParameters" : "parameters");
    const shown = group.parameters.filter((name) => !ctx.edition.hidden.includes(name));
    const made = shown.map((name) => buildField(name, form.parameters[name], ctx, changed));
    shown.forEach((name, index) => fields.set(name, made[index]));
    const fieldset = el("fieldset", {}, el("legend", {}, title), made.map((field) => field.element));
    return { fieldset, fields: made };
  });
  const element = el("form", { class: "form", novalidate: true, autocomplete: "off" }, groups.map((group) => group.fieldset));
  element.addEventListener("submit", (event) => event.preventDefault());

  function show(result) {
    const before = new Set([...fields].filter(([, field]) => !field.element.hidden).map(([name]) => name));
    const appeared = [];
    for (const [name, field] of fields) {
      field.show(result.parameters[name], faultsOf(name, result, ctx));
      if (!field.element.hidden && !before.has(name)) appeared.push(field.label);
    }
    for (const group of groups) group.fieldset.hidden = group.fields.every((field) => field.element.hidden);
    return appeared;
  }

  return { element, fields, show };
}

/** What is wrong with a parameter: whether its value `isMissing`, and else the sentences about it. */
export function faultsOf(name, result, { edition, state }) {
  const { problems = [], required = false, given = false } = result.parameters[name] ?? {};
  const value = state.values.get(name) ?? defaultOf(edition.form.parameters[name]);
  const isMissing = value === "" && (problems.length ? !given : required);
  return { isMissing, sentences: isMissing ? [] : problems };
}

export function firstChoices(result, ctx) {
  const { parameters } = ctx.edition.form;
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const waits = choosesFirst(parameter) && result.parameters[name]?.visible && !ctx.state.values.get(name);
    const first = waits && !defaultOf(parameter) ? optionsOf(parameter, ctx).values[0] : undefined;
    return first === undefined ? [] : [[name, first]];
  });
}

function buildField(name, parameter, ctx, changed) {
  const { state } = ctx;
  const ids = { inputId: freshId(), labelId: freshId(), hintId: freshId(), messageId: freshId() };
  const field = {
    ...ids,
    ctx,
    parameter,
    label: labelOf(name, parameter, ctx),
    value: state.values.get(name) ?? defaultOf(parameter),
    placeholder: () => localized(parameter.placeholder, ctx.ros) || own(parameter),
    set(value) {
      state.values.set(name, value);
      state.touched.add(name);
      changed(name);
    },
    touch() {
      if (state.touched.has(name)) return;
      state.touched.add(name);
      changed(name);
    },
  };
  const kind = kindOf(parameter, ctx);
  const control = CONTROLS[kind](field);
  const grouped = control.described !== undefined;
  const need = el("span", { class: "need", "aria-hidden": "true" }, "*");
  const title = el(grouped ? "span" : "label", { id: ids.labelId, class: "label", ...(grouped ? {} : { for: ids.inputId }) }, field.label, need);
  const message = el("p", { class: "message", id: ids.messageId });
  const sample = optionsOf(parameter, ctx).sample ? el("p", { class: "sample" }, ctx.say("sample")) : null;
  const hint = el("p", { class: "hint", id: ids.hintId }, localized(parameter.description, ctx.ros));
  const checked = findingList(ctx.findingsOf.get(`Parameters.${name}`) ?? [], ctx);
  const parts = kind === "alert" ? [el("div", { class: "beside" }, control.element, title)] : [title, control.element];
  const element = el("div", { class: `field of-${kind}`, "data-name": name }, parts, sample, message, hint, checked);
  const told = control.described ?? control.input;

  function show(parameterState, faults) {
    element.hidden = !(parameterState?.visible ?? true);
    control.put?.(state.values.get(name) ?? defaultOf(parameter));
    need.hidden = !parameterState?.required;
    if (!grouped) control.input.setAttribute("aria-required", String(Boolean(parameterState?.required)));
    const shown = faults.isMissing && state.touched.has(name) ? [ctx.say("enterValue")] : faults.sentences;
    told?.setAttribute("aria-invalid", String(shown.length > 0));
    const text = shown.join(" ");
    if (message.textContent !== text) message.textContent = text;
  }

  return { element, label: field.label, name, show, focus: () => control.input?.focus() };
}

function own(parameter) {
  const { metadata } = parameter;
  return typeof metadata?.Placeholder === "string" ? metadata.Placeholder : "";
}
