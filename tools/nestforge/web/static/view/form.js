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

/** What the form chooses by itself: the first of what it offers, where its metadata says so and none of it is chosen. */
export function firstChoices(result, ctx) {
  const { parameters } = ctx.edition.form;
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    const { visible = false, offered = null } = result.parameters[name] ?? {};
    if (!visible || !choosesFirst(parameter)) return [];
    const { values } = optionsOf(parameter, ctx, offered);
    const value = ctx.state.values.get(name) || defaultOf(parameter);
    const isOpen = value === "" || (offered !== null && !values.includes(value));
    return isOpen && values.length ? [[name, values[0]]] : [];
  });
}

/** What the form fills in for the values of other fields: until somebody writes something else. */
export function fillings(result, { edition, state }) {
  return Object.keys(edition.form.parameters).flatMap((name) => {
    const { visible = false, filled_in = null } = result.parameters[name] ?? {};
    const wanted = visible && filled_in !== null ? written(filled_in) : null;
    const [before, value] = [state.filled.get(name), state.values.get(name)];
    return wanted === (before ?? null) || (value !== undefined && value !== before) ? [] : [[name, wanted]];
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
    options: optionsOf(parameter, ctx),
    set(value) {
      field.value = value;
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
  let control = CONTROLS[kind](field);
  const grouped = control.described !== undefined;
  const need = el("span", { class: "need", "aria-hidden": "true" }, "*");
  const title = el(grouped ? "span" : "label", { id: ids.labelId, class: "label", ...(grouped ? {} : { for: ids.inputId }) }, field.label, need);
  const message = el("p", { class: "message", id: ids.messageId });
  const sample = field.options.sample ? el("p", { class: "sample" }, ctx.say("sample")) : null;
  const hint = el("p", { class: "hint", id: ids.hintId }, localized(parameter.description, ctx.ros));
  const checked = findingList(ctx.findingsOf.get(`Parameters.${name}`) ?? [], ctx);
  const parts = kind === "alert" ? [el("div", { class: "beside" }, control.element, title)] : [title, control.element];
  const element = el("div", { class: `field of-${kind}`, "data-name": name }, parts, sample, message, hint, checked);

  function renew(offered) {
    const value = state.values.get(name) ?? defaultOf(parameter);
    const options = optionsOf(parameter, ctx, offered);
    if (value === field.value && String(options.values) === String(field.options.values)) return;
    Object.assign(field, { value, options });
    const [before, hadFocus] = [control.element, control.element.contains(document.activeElement)];
    control = CONTROLS[kind](field);
    before.replaceWith(control.element);
    if (hadFocus) control.input?.focus();
  }

  function show(parameterState, faults) {
    element.hidden = !(parameterState?.visible ?? true);
    renew(parameterState?.offered ?? null);
    const told = control.described ?? control.input;
    need.hidden = !parameterState?.required;
    if (!grouped) control.input.setAttribute("aria-required", String(Boolean(parameterState?.required)));
    const shown = faults.isMissing && state.touched.has(name) ? [ctx.say("enterValue")] : faults.sentences;
    told?.setAttribute("aria-invalid", String(shown.length > 0));
    const text = shown.join(" ");
    if (message.textContent !== text) message.textContent = text;
  }

  return { element, label: field.label, name, show, focus: () => control.input?.focus() };
}

function written(value) {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function own(parameter) {
  const { metadata } = parameter;
  return typeof metadata?.Placeholder === "string" ? metadata.Placeholder : "";
}
