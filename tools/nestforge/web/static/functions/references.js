/** Functions that ask for names, or that decide what of their argument is evaluated; argument and scope are theirs. */
import { asText, checkLength, itemsOf, joined, stringOf } from "../arguments.js";
import { ANY, BOOLEAN, MASK, STRING, SecretText, Unknown, firstUnknown, isText, textOf } from "../data.js";
import { Fault } from "../fault.js";
import { didYouMean } from "../near_miss.js";
import { entries, functionOf, items, scalar, text } from "../nodes.js";
import { quoted } from "../shown.js";
import { size, strip } from "../text.js";
import { Origin, Value, madeOf } from "../value.js";

const VARIABLE = /\$\{([^}]*)\}/g;

export function ref(argument, scope) {
  const written = text(argument);
  if (written !== null) return scope.reference(written, argument);
  const name = scope.valueOf(argument).data;
  if (name instanceof Unknown) return new Value(name.as(ANY), new Origin(argument.span));
  const known = stringOf(name, "the name");
  if (!scope.template.parameters.has(textOf(known))) {
    throw new Fault(`no parameter is called ${quoted(known)}`, null, "UNDEFINED_NAME");
  }
  return scope.reference(textOf(known), argument);
}

export function getAtt(argument, scope) {
  const short = scalar(argument);
  if (short !== null && !argument.tag.startsWith("!")) {
    return scope.attribute(...scope.template.attributeIn(short), argument);
  }
  const names = itemsOf(scope.valueOf(argument).data, 2, 2);
  const unknown = names.find((name) => name instanceof Unknown);
  if (unknown !== undefined) return new Value(unknown.as(ANY), new Origin(argument.span));
  const [resource, attribute] = names.map((name) => stringOf(name, "the name"));
  return scope.attribute(resource, attribute, argument);
}

export function if_(argument, scope) {
  const given = items(argument);
  if (given.length !== 3) {
    throw new Fault(`expected a condition and two values, not ${given.length || "a single value"}`);
  }
  const name = text(given[0]) || scalar(entries(given[0]).get("Condition"));
  if (name === null) throw new Fault("the condition is no name", "define it under Conditions, and give its name here");
  const condition = scope.condition(name);
  const chosen = condition.data;
  if (chosen instanceof Unknown) return new Value(chosen.as(ANY), new Origin(argument.span));
  const value = scope.valueOf(chosen ? given[1] : given[2]);
  return new Value(value.content, value.origin.after(`condition ${name} is ${chosen}`, ...condition.origin.through));
}

export function condition(argument, scope) {
  const name = text(argument);
  if (name === null) throw new Fault("expected the name of a condition");
  return scope.condition(name);
}

export function and(argument, scope) {
  return combination(argument, scope, false);
}

export function or(argument, scope) {
  return combination(argument, scope, true);
}

/** `decisive` where one of the conditions is, the opposite where none is; else it is unknown. */
function combination(argument, scope, decisive) {
  const given = items(argument);
  if (given.length < 2) {
    throw new Fault(`expected at least two conditions, not ${given.length || "a single value"}`);
  }
  const values = given.map((node) => scope.truthOf(node));
  const origin = new Origin(argument.span).after(...values.flatMap((value) => value.steps));
  if (values.some((value) => value.data === decisive)) return new Value(decisive, origin);
  const unknown = values.find((value) => value.data instanceof Unknown);
  return new Value(unknown !== undefined ? unknown.data.as(BOOLEAN) : !decisive, origin);
}

export function not(argument, scope) {
  const given = items(argument);
  if (given.length > 1) throw new Fault(`expected one condition, not ${given.length}`);
  const { data, origin } = scope.truthOf(given.length ? given[0] : argument);
  return new Value(data instanceof Unknown ? data.as(BOOLEAN) : !data, origin);
}

export function findInMap(argument, scope) {
  const given = items(argument);
  if (given.length !== 3) {
    throw new Fault(`expected a mapping and two keys, not ${given.length || "a single value"}`);
  }
  const keys = given.map((node) => scope.valueOf(node));
  const steps = keys.flatMap((key) => key.steps);
  const unknown = firstUnknown(keys.map((key) => key.data));
  if (unknown !== null) return new Value(unknown.as(ANY), new Origin(argument.span).after(...steps));
  const way = [];
  let known = scope.template.mappings;
  for (const key of keys.slice(0, -1)) known = entries(entryOf(known, key, way));
  const found = scope.literal(entryOf(known, keys.at(-1), way));
  return new Value(found.content, found.origin.after(`mapping ${way.join(".")}`, ...steps));
}

function entryOf(known, { data }, way) {
  const written = asText(data);
  const name = textOf(written);
  const isSecret = written instanceof SecretText;
  if (!known.has(name)) {
    const where = way.length ? `mapping '${way.join(".")}'` : "Mappings";
    const keys = `its keys are ${[...known.keys()].slice(0, 10).join(", ")}`;
    const hint = known.size && !isSecret ? didYouMean(name, [...known.keys()]) || keys : null;
    throw new Fault(`${where} has no ${quoted(data)}`, hint, "MISSING_ENTRY");
  }
  way.push(isSecret ? MASK : name);
  return known.get(name);
}

export function sub(argument, scope) {
  const given = items(argument);
  if (given.length && given.length !== 2) {
    throw new Fault(`expected a text, or a text and a map, not ${given.length} arguments`);
  }
  const written = scope.valueOf(given.length ? given[0] : argument);
  const values = new Map();
  if (given.length) for (const [name, node] of entries(given[1])) values.set(name, scope.valueOf(node));
  const origin = new Origin(argument.span, written.steps);
  const { data } = written;
  if (data instanceof Unknown) return new Value(data.as(STRING), origin);
  if (!isText(data)) throw new Fault(`the text is ${quoted(data)}, expected a string`);
  if (data instanceof SecretText) return madeOf(new SecretText(data.value), origin); // its names are secret as well
  if (given.length && text(given[0]) !== null) warnOfUnused(given[1], data, scope);
  const parts = [];
  const steps = [];
  let [end, length] = [0, 0];
  for (const match of data.matchAll(VARIABLE)) {
    parts.push(data.slice(end, match.index));
    end = match.index + match[0].length;
    const name = strip(match[1]);
    if (name.startsWith("!")) {
      parts.push(`\${${name.slice(1)}}`);
      continue;
    }
    const value = values.has(name) && !name.includes(".") ? values.get(name) : scope.variable(name, argument);
    const part = asPart(value.data);
    parts.push(part);
    steps.push(...value.steps);
    length += isText(part) ? size(textOf(part)) : 0;
    checkLength(length);
  }
  if (end === 0) return madeOf(data, origin);
  return new Value(joined([...parts, data.slice(end)]), origin.after(...steps));
}

function warnOfUnused(own, data, scope) {
  if (functionOf(own) !== null) return;
  const used = [...data.matchAll(VARIABLE)].map((match) => strip(match[1])).filter((name) => !name.startsWith("!"));
  for (const [key] of own.pairs) {
    const name = scalar(key) ?? "";
    if (used.includes(name)) continue;
    const hint = didYouMean(name, [...new Set(used)]) || "take the variable away";
    scope.warn(key, new Fault(`the text of this Fn::Sub has no '\${${name}}'`, hint, "UNUSED_ENTRY"));
  }
}

function asPart(data) {
  if (data instanceof Unknown) return data;
  const unknown = firstUnknown(data);
  return unknown !== null ? unknown.as(STRING) : asText(data);
}
