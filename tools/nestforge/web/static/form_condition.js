/** The conditions of the form: what they come to for the values that it has; see nestforge/evaluate/form_condition.py. */
import { asText, joined } from "./arguments.js";
import { Dict, SecretBoolean, SecretNumber, SecretText, Unknown, isText, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { same } from "./same.js";
import { partition } from "./text.js";
import { written } from "./written.js";

const NUMBER = /^[0-9]{1,6}$/;
const REFERENCE = /\$\{([^}]*)\}/g;
const WHOLE_REFERENCE = /^\$\{([^}]*)\}$/;

/** What is written; nothing for what is too deep or too large for any form. */
export function read(node) {
  try {
    return written(node);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return null;
  }
}

/** Whether a condition holds; where the form cannot tell, it shows and demands. */
export function holds(condition, values) {
  const found = valueOf(condition, values);
  return found instanceof Unknown || (isTrue(found) && !(isText(found) && textOf(found) === "false"));
}

/** Whether Python takes a value for true. */
export function isTrue(data) {
  if (Array.isArray(data)) return data.length > 0;
  if (data instanceof Dict) return data.size > 0;
  const secret = data instanceof SecretText || data instanceof SecretNumber || data instanceof SecretBoolean;
  return Boolean(secret ? data.value : data);
}

/** What a condition or an operand comes to; of a map only the first key counts, as in the form. */
export function valueOf(condition, values) {
  if (isText(condition)) return filledIn(textOf(condition), values);
  if (!(condition instanceof Dict) || condition.size === 0) return condition;
  const [name, argument] = condition.entries()[0];
  const operands = Array.isArray(argument) ? argument : [argument];
  const two = operands.length === 2;
  if (name === "Fn::Not") return !Array.isArray(argument) && !holds(argument, values);
  if (name === "Fn::And") return operands.every((operand) => holds(operand, values));
  if (name === "Fn::Or") return operands.some((operand) => holds(operand, values));
  if (name === "Fn::Equals" && two) return same(valueOf(operands[0], values), valueOf(operands[1], values)) === true;
  if (name === "Fn::Contains" && two) {
    const collection = valueOf(operands[0], values);
    const wanted = valueOf(operands[1], values);
    return Array.isArray(collection) && collection.some((entry) => same(entry, wanted) === true);
  }
  if (name === "Fn::Select" && two) return part(valueOf(operands[0], values), textOf(asText(operands[1])));
  return false;
}

/** The value of `${Name}`, or a text with such names filled in; null for one that becomes too long for any form. */
function filledIn(text, values) {
  const whole = WHOLE_REFERENCE.exec(text);
  if (whole !== null && !whole[1].startsWith("!")) return named(whole[1], values);
  try {
    return substituted(text, values);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return null;
  }
}

function substituted(text, values) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(REFERENCE)) {
    const [reference, name] = match;
    parts.push(text.slice(end, match.index));
    end = match.index + reference.length;
    const data = name.startsWith("!") ? `\${${name.slice(1)}}` : named(name, values);
    parts.push(data instanceof Unknown ? "" : asText(data));
  }
  return end ? joined([...parts, text.slice(end)]) : text;
}

function named(name, values) {
  if (values.has(name)) return values.get(name);
  const [parameter, dot, way] = partition(name, ".");
  return dot && values.has(parameter) ? part(values.get(parameter), way) : null;
}

function part(data, way) {
  let found = data;
  for (const key of way.split(".")) {
    if (found instanceof Dict) found = found.get(key) ?? null;
    else if (Array.isArray(found) && NUMBER.test(key) && Number(key) < found.length) found = found[Number(key)];
    else return null;
  }
  return found;
}
