/** Evaluate nodes: what is written, and what the functions in it make of it; see nestforge/evaluate/evaluator.py. */
import { checkLength } from "./arguments.js";
import { ANY, BOOLEAN, DEEPEST, Dict, NO_VALUE, SecretBoolean, Unknown, conceal, firstUnknown, hasSecret, isText, leaves, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { FUNCTIONS } from "./functions/table.js";
import { didYouMean } from "./near_miss.js";
import { entries, functionOf, items, scalar, text } from "./nodes.js";
import { quoted } from "./shown.js";
import { size, withCommas } from "./text.js";
import { Origin, Value, madeOf } from "./value.js";

/** Levels of functions inside functions, by ROS. */
const MOST_FUNCTIONS = 20;

/** Values of one evaluation. */
const MOST_NODES = 300_000;

const FOREIGN = "ROSTemplateFormatVersion";

/** How much has been evaluated so far, and how deep in the evaluation is. */
export class Work {
  constructor() {
    this.nodes = 0;
    this.depth = 0;
    this.functions = 0;
  }
}

/**
 * The functions of one place: a resource, the outputs, a condition. It is the scope that functions see. `needed`
 * collects the resources that the values refer to. `shape` is that of the map which is evaluated next, where it is one
 * of a resource.
 */
export class Evaluator {
  constructor(template, names, findings, work, place, index = null, needed = new Set()) {
    this.template = template;
    this.names = names;
    this.findings = findings;
    this.work = work;
    this.place = place;
    this.index = index;
    this.needed = needed;
    this.shape = null;
  }

  /** The same for another place, without an index. @returns {Evaluator} */
  at(place) {
    return new Evaluator(this.template, this.names, this.findings, this.work, place, null, this.needed);
  }

  /** Evaluate a node and all below. @returns {Value} */
  valueOf(node) {
    this._enter();
    try {
      const called = functionOf(node);
      return called === null ? this._written(node, true) : this._call(called[0], called[1], node);
    } finally {
      this.work.depth -= 1;
    }
  }

  /** What is written, with no function called. @returns {Value} */
  literal(node) {
    this._enter();
    try {
      return this._written(node, false);
    } finally {
      this.work.depth -= 1;
    }
  }

  /** Evaluate a condition: its name, `{Condition: name}`, or a function that returns a boolean. @returns {Value} */
  truthOf(node) {
    const named = entries(node).get("Condition");
    const name = named !== undefined ? text(named) : node.tag.startsWith("!") ? null : text(node);
    const value = name !== null ? this.condition(name) : this.valueOf(node);
    const { data } = value;
    if (data instanceof SecretBoolean) return new Value(data.value, value.origin);
    if (isText(data) && ["true", "false"].includes(textOf(data))) {
      return new Value(textOf(data) === "true", value.origin);
    }
    if (data instanceof Unknown) return new Value(data.as(BOOLEAN), value.origin);
    if (typeof data !== "boolean") throw new Fault(`expected a condition, not ${quoted(data)}`);
    return value;
  }

  /** The value of a condition by name. @returns {Value} */
  condition(name) {
    return this.names.condition(name);
  }

  /** What `Ref` of a name is. @returns {Value} */
  reference(name, node) {
    return this.names.reference(name, node, this, true);
  }

  /** What `Fn::Sub` puts for a name. @returns {Value} */
  variable(name, node) {
    if (!name.includes(".")) return this.names.reference(name, node, this, false);
    return this.attribute(...this.template.attributeIn(name), node);
  }

  /** An attribute of a resource. @returns {Value} */
  attribute(resource, attribute, node) {
    return this.names.attribute(resource, attribute, node, this);
  }

  /** Note what ROS takes, and what is probably meant in another way. */
  warn(node, fault) {
    this.findings.add(fault, node.span, "warning");
  }

  /** Note what is wrong, and return what stands in its place. @returns {Value} */
  faulty(node, fault) {
    this.findings.add(fault, node.span);
    return new Value(new Unknown(ANY, `line ${node.span.line}`, [], true), new Origin(node.span));
  }

  _enter() {
    const { work } = this;
    if (work.depth >= DEEPEST) throw new Fault(`nested more than ${DEEPEST} levels deep`, null, "TOO_DEEP");
    work.nodes += 1;
    this._checkWork();
    work.depth += 1;
  }

  _call(name, argument, node) {
    const { work, shape } = this;
    work.functions += 1;
    if (name !== "Fn::If") this.shape = null;
    try {
      if (work.functions > MOST_FUNCTIONS) {
        throw new Fault(`more than ${MOST_FUNCTIONS} functions inside each other`, null, "TOO_DEEP");
      }
      return this._result(name, argument, node);
    } catch (fault) {
      if (!(fault instanceof Fault)) throw fault;
      if (["TOO_LARGE", "TOO_DEEP"].includes(fault.kind) && work.functions > 1) throw fault; // what is around is no better
      const message = fault.kind === "WRONG_ARGUMENT" ? `${name}: ${fault.message}` : fault.message;
      return this.faulty(node, new Fault(message, fault.help, fault.kind));
    } finally {
      work.functions -= 1;
      this.shape = shape;
    }
  }

  _result(name, argument, node) {
    const facts = this.template.functions.get(name);
    if (facts === undefined) {
      throw new Fault(`ROS has no function ${name}`, didYouMean(name, [...this.template.functions.keys()]), "UNKNOWN_FUNCTION");
    }
    if (!facts.places.includes(this.place)) {
      const where = `it can be used in ${facts.places.join(", ")}`;
      throw new Fault(`${name} cannot be used in ${this.place}`, where, "MISPLACED_FUNCTION");
    }
    const run = FUNCTIONS[name];
    if (facts.returns === undefined) return run(argument, this);
    const given = this.valueOf(argument);
    const { data } = given;
    this._charge(data);
    const result = resultOf(run, facts, data, this.template);
    this._charge(result);
    return madeOf(result, new Origin(node.span).after(...given.steps));
  }

  /** Count a value that was not written node by node. */
  _charge(data) {
    for (const leaf of leaves(data)) this.work.nodes += isText(leaf) ? 1 + Math.floor(size(textOf(leaf)) / 100) : 1;
    this._checkWork();
  }

  _checkWork() {
    if (this.work.nodes > MOST_NODES) {
      throw new Fault(`the template makes more than ${withCommas(MOST_NODES)} values`, null, "TOO_LARGE");
    }
  }

  _written(node, functions) {
    if (node.isScalar) return (node.written ??= new Value(node.data, new Origin(node.span)));
    const origin = new Origin(node.span);
    const inside = functions && !entries(node).has(FOREIGN); // a template inside a template has names of its own
    if (node.isList) {
      return new Value(items(node).map((item) => (inside ? this.valueOf(item) : this.literal(item))).filter(isThere), origin);
    }
    const { shape } = this;
    let found = new Dict();
    for (const [key, item] of node.pairs) {
      const value = inside ? this._entry(keyText(key), item, key.tag === "merge" ? null : shape) : this.literal(item);
      if (key.tag === "merge") found = merged(found, value);
      else if (isThere(value)) found.set(keyText(key), value);
    }
    return new Value(found, origin);
  }

  /** Evaluate an entry of a map; a required property of a resource is never left out. */
  _entry(name, item, shape) {
    if (shape === null) return this.valueOf(item);
    this.shape = shape.inside(name);
    const value = this.valueOf(item);
    this.shape = shape;
    return isThere(value) ? value : madeOf(shape.without(name), value.origin);
  }
}

/** What a merge key brings in, under what is there already. */
function merged(found, value) {
  let result = found;
  for (const { content } of [value, ...(Array.isArray(value.content) ? value.content : [])]) {
    if (content instanceof Dict) result = new Dict([...content.entries(), ...result.entries()]);
  }
  return result;
}

function resultOf(run, facts, data, template) {
  const unknown = data instanceof Unknown ? data : facts.exact ? null : firstUnknown(data);
  if (unknown !== null) return unknown.as(facts.returns);
  const result = run(data, template);
  if (isText(result)) checkLength(size(textOf(result)));
  return facts.tracks_secrets || typeof result === "boolean" || !hasSecret(data) ? result : conceal(result);
}

/** A key as text; one that is no scalar has none in JSON. */
function keyText(key) {
  return scalar(key) || items(key).map((item) => scalar(item) ?? "").join(", ");
}

function isThere(value) {
  return value.content !== NO_VALUE;
}
