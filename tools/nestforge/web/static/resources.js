/** Evaluate the resources, and put them in the order of their creation; see nestforge/evaluate/resources.py. */
import { integerOf } from "./arguments.js";
import { Dict, NUMBER, Unknown, isText, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { didYouMean } from "./near_miss.js";
import { entries, scalar } from "./nodes.js";
import { inOrder } from "./order.js";
import { COUNT, RESOURCES } from "./place.js";
import { quoted, shownText } from "./shown.js";
import { partition } from "./text.js";

/** Resources of a stack, by ROS. */
const MOST_RESOURCES = 300;

/** The resources in order, and those that are left out with the condition that says so. */
export function evaluateResources(names, at) {
  const { template } = names;
  const leftOut = new Map();
  for (const [name, node] of template.resources) {
    const condition = entries(node).get("Condition");
    const wanted = scalar(condition);
    if (condition !== undefined && wanted === null) {
      names.findings.add(new Fault(`the condition of '${name}' is no name`, null, "MALFORMED_SECTION"), condition.span);
    } else if (condition !== undefined && isFalse(wanted, condition, at(RESOURCES))) {
      names.created.set(name, false);
      leftOut.set(name, wanted);
    }
  }
  for (const [name, node] of template.resources) {
    const count = entries(node).get("Count");
    if (count !== undefined && !leftOut.has(name)) names.counts.set(name, countOf(count, at(COUNT)));
  }
  const made = new Map();
  for (const [name, node] of template.resources) {
    if (leftOut.has(name)) continue;
    for (const resource of instances(name, node, names, at)) made.set(resource.name, resource);
  }
  return [ordered(made, names), leftOut];
}

function isFalse(condition, node, scope) {
  try {
    return scope.condition(condition).data === false;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    scope.faulty(node, fault);
    return false;
  }
}

function countOf(node, scope) {
  try {
    const { data } = scope.valueOf(node);
    return data instanceof Unknown ? null : Number(integerOf(data, "the count", 0, MOST_RESOURCES));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    scope.faulty(node, fault);
    return null;
  }
}

function instances(name, node, names, at) {
  const span = names.template.spanOfKey("Resources", name);
  if (!names.counts.has(name)) return [resourceOf(name, node, span, at(RESOURCES))];
  const count = names.counts.get(name);
  if (count === null) return [resourceOf(name, node, span, at(RESOURCES, new Unknown(NUMBER, "ALIYUN::Index")))];
  return Array.from({ length: count }, (_, place) => resourceOf(`${name}[${place}]`, node, span, at(RESOURCES, BigInt(place))));
}

function resourceOf(name, node, span, scope) {
  const parts = entries(node);
  const type = scalar(parts.get("Type"));
  if (!type) scope.faulty(node, new Fault(`resource '${name}' has no Type`, null, "MALFORMED_SECTION"));
  const given = parts.get("Properties");
  let properties = new Dict();
  scope.shape = scope.template.shapeOf(type || "");
  try {
    const content = given !== undefined ? scope.valueOf(given).content : null;
    if (content instanceof Dict) {
      properties = content;
    } else if (content !== null && !(content instanceof Unknown)) {
      throw new Fault(`the properties of '${name}' are no map`, null, "MALFORMED_SECTION");
    }
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    scope.faulty(given ?? node, fault);
  }
  scope.shape = null;
  addDependencies(name, parts.get("DependsOn"), scope);
  const condition = scalar(parts.get("Condition"));
  const known = condition !== null ? scope.names.conditions.get(condition) : undefined;
  const certain = !(known?.data instanceof Unknown);
  const retained = isRetained(parts.get("DeletionPolicy"), scope);
  return { name, type: type || "", properties, needs: [...scope.needed], condition, certain, retained, span };
}

/** Whether `DeletionPolicy` says so: it is a word, or the value of a parameter. */
function isRetained(node, scope) {
  if (node === undefined) return false;
  try {
    const { data } = scope.valueOf(node);
    return isText(data) && textOf(data) === "Retain";
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    scope.faulty(node, fault);
    return false;
  }
}

/** Add what `DependsOn` names to what the resource needs: one name or a list; nothing is nothing. */
function addDependencies(name, node, scope) {
  if (node === undefined) return;
  let data;
  try {
    ({ data } = scope.valueOf(node));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    scope.faulty(node, fault);
    return;
  }
  const { template } = scope;
  for (const target of Array.isArray(data) ? data : [data]) {
    const isName = isText(target);
    if (target === null || target instanceof Unknown || (isName && textOf(target) === "")) continue;
    if (isName && (template.hasResource(textOf(target)) || template.hasTransform)) {
      scope.needed.add(textOf(target));
      try {
        scope.names.checkCount(target);
      } catch (fault) {
        if (!(fault instanceof Fault)) throw fault;
        scope.faulty(node, fault);
      }
      continue;
    }
    const hint = isName ? didYouMean(shownText(target), template.resourceNames) : null;
    const message = `'${name}' depends on ${quoted(target)}, which is no resource`;
    scope.faulty(node, new Fault(message, hint, "UNDEFINED_NAME"));
  }
}

/** The resources each after those that it needs; all of a Count where the name is that of all. */
function ordered(made, names) {
  const instancesOf = new Map();
  for (const name of made.keys()) {
    const base = partition(name, "[")[0];
    if (!instancesOf.has(base)) instancesOf.set(base, []);
    instancesOf.get(base).push(name);
  }
  const needs = new Map();
  for (const [name, resource] of made) {
    needs.set(name, resource.needs.flatMap((needed) => (made.has(needed) ? [needed] : (instancesOf.get(needed) ?? []))));
  }
  const [inTurn, cycle] = inOrder(needs);
  if (cycle.length) {
    const message = `resources depend on themselves: ${cycle.join(" -> ")}`;
    names.findings.add(new Fault(message, "take one reference away", "CYCLE"), made.get(cycle[0]).span);
  }
  return new Map(inTurn.map((name) => [name, { ...made.get(name), needs: [...new Set(needs.get(name))] }]));
}
