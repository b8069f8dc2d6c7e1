/** What names stand for: parameters, pseudo parameters, locals, conditions, resources; see nestforge/evaluate/names.py. */
import { ANY, LIST, NO_VALUE, NUMBER, STRING, Unknown, textOf } from "./data.js";
import { Fault } from "./fault.js";
import { didYouMean } from "./near_miss.js";
import { entries, scalar } from "./nodes.js";
import { LOCALS, RESOURCES, RULES } from "./place.js";
import { quoted, shownText } from "./shown.js";
import { partition } from "./text.js";
import { Origin, Value } from "./value.js";

/** Levels of locals that refer to each other, by ROS. */
const MOST_LOCALS = 5;
const NUMBER_TEXT = /^[0-9]{1,6}$/;

/** A condition is asked for that is not evaluated yet. */
export class ConditionNeeded extends Error {
  constructor(name) {
    super(name);
    this.name = name;
  }
}

/**
 * The names of one template. `conditions`, `counts` and `created` are filled in as the evaluation gets there; a count
 * of null is not known, and a resource without one has no entry.
 */
export class Names {
  constructor(template, findings, parameters, pseudo) {
    this.template = template;
    this.findings = findings;
    this.parameters = parameters;
    this.pseudo = pseudo;
    this.conditions = new Map();
    this.counts = new Map();
    this.created = new Map();
    this._locals = [];
  }

  /** A condition; ConditionNeeded where it is not evaluated yet. @returns {Value} */
  condition(name) {
    if (this.conditions.has(name)) return this.conditions.get(name);
    if (this.template.conditions.has(name)) throw new ConditionNeeded(name);
    const hint = didYouMean(name, this.template.conditionNames);
    throw new Fault(`there is no condition '${name}'`, hint, "UNDEFINED_CONDITION");
  }

  /** What a name stands for in a place. @returns {Value} */
  reference(name, node, scope, withLocals) {
    const { template } = this;
    const origin = new Origin(node.span);
    if (this.parameters.has(name)) {
      const value = this.parameters.get(name);
      return new Value(value.content, origin.after(...value.origin.through));
    }
    if ((scope.place === RULES && template.locals.has(name)) || (scope.place === LOCALS && name === "ALIYUN::StackId")) {
      throw new Fault(`${quoted(name)} cannot be used in ${scope.place}`, null, "MISPLACED_FUNCTION");
    }
    if (template.pseudoParameters.includes(name)) return new Value(this._pseudo(name, scope), origin.after(name));
    if (template.locals.has(name)) {
      if (withLocals) return this._local(name, node, scope);
      const message = `Fn::Sub does not know the local '${name}' by itself`;
      throw new Fault(message, `give it in the map: ${name}: {Ref: ${name}}`, "UNDEFINED_NAME");
    }
    if (this._isElsewhere(name)) return new Value(new Unknown(ANY, name), origin);
    if (!template.hasResource(name)) {
      const hint = didYouMean(name, template.everyName);
      throw new Fault(`nothing is called ${quoted(name)}`, hint, "UNDEFINED_NAME");
    }
    refuseBeforeCreation(name, scope);
    return new Value(this._ofResource(name, "", STRING, node, scope), origin.after(`resource ${name}`));
  }

  /** An attribute of a resource, or of a local that is a data source. @returns {Value} */
  attribute(resource, attribute, node, scope) {
    const { template } = this;
    const name = textOf(resource);
    const shown = shownText(resource);
    const origin = new Origin(node.span).after(`resource ${shown}`);
    if (template.locals.has(name) || this._isElsewhere(name)) {
      return new Value(new Unknown(ANY, `${shown}.${shownText(attribute)}`), origin);
    }
    if (!template.hasResource(name)) {
      const hint = didYouMean(shown, template.creationNames);
      throw new Fault(`no resource is called ${quoted(resource)}`, hint, "UNDEFINED_NAME");
    }
    refuseBeforeCreation(name, scope);
    const isList = template.isListAttribute(template.typeOf(partition(name, "[")[0]), textOf(attribute));
    const content = this._ofResource(resource, `.${shownText(attribute)}`, isList ? LIST : ANY, node, scope);
    return new Value(content, origin);
  }

  _ofResource(resource, suffix, type, node, scope) {
    const name = textOf(resource);
    const [base, bracket] = partition(name, "[");
    if (this.created.get(base) === false) {
      const condition = scalar(entries(this.template.resources.get(base)).get("Condition"));
      const message = `'${base}' is not created: condition '${condition}' is false`;
      this.findings.add(new Fault(message, "refer to it under the same condition", "NOT_CREATED"), node.span, "warning");
      return null;
    }
    scope.needed.add(name);
    if (!this.counts.has(base)) return new Unknown(type, name + suffix);
    const count = this.counts.get(base);
    if (bracket) {
      this.checkCount(resource);
      return new Unknown(type, name + suffix);
    }
    if (count === null) return new Unknown(LIST, name + suffix);
    const origin = new Origin(node.span);
    return Array.from({ length: count }, (_, at) => new Value(new Unknown(type, `${name}[${at}]${suffix}`), origin));
  }

  /** Refuse `Web[2]` where the count of `Web` is 2 or less. */
  checkCount(resource) {
    const [base, bracket, number] = partition(textOf(resource), "[");
    const count = this.counts.get(base) ?? null;
    const place = number.replace(/\]$/, "");
    if (bracket && count !== null && !(NUMBER_TEXT.test(place) && Number(place) < count)) {
      throw new Fault(`there is no ${quoted(resource)}: its count is ${count}`, null, "UNDEFINED_NAME");
    }
  }

  _pseudo(name, scope) {
    if (name === "ALIYUN::NoValue") return NO_VALUE;
    if (name === "ALIYUN::Index") {
      if (scope.index === null) {
        throw new Fault("ALIYUN::Index is for resources with a Count", null, "MISPLACED_FUNCTION");
      }
      return typeof scope.index === "bigint" ? scope.index : new Unknown(NUMBER, name);
    }
    return this.pseudo.get(name) || new Unknown(STRING, name);
  }

  _local(name, node, scope) {
    const local = entries(this.template.locals.get(name));
    const type = scalar(local.get("Type")) || "Macro";
    if (type.startsWith("DATASOURCE::")) return new Value(new Unknown(ANY, name), new Origin(node.span));
    if (this._locals.includes(name)) throw new Fault(`the local '${name}' refers to itself`, null, "CYCLE");
    if (this._locals.length >= MOST_LOCALS) {
      throw new Fault(`more than ${MOST_LOCALS} locals that refer to each other`, null, "TOO_DEEP");
    }
    if (!local.has("Value")) throw new Fault(`the local '${name}' has no Value`, null, "MALFORMED_SECTION");
    const inside = type === "Eval" ? scope.at(LOCALS) : scope;
    this._locals.push(name);
    const { work } = inside;
    const around = work.functions;
    work.functions = 0; // the limit is for what is written in one place
    try {
      const value = inside.valueOf(local.get("Value"));
      return new Value(value.content, value.origin.after(`local ${name}`));
    } finally {
      work.functions = around;
      this._locals.pop();
    }
  }

  /** Whether a transform or a module has the name, of which the template shows nothing. */
  _isElsewhere(name) {
    if (this.template.hasTransform) return !this.template.hasResource(name);
    const module = partition(name, ".")[0];
    return module !== name && (this.template.typeOf(module) ?? "").startsWith("MODULE::");
  }
}

function refuseBeforeCreation(resource, scope) {
  if (scope.place === RESOURCES) return;
  const message = `'${resource}' is a resource: there is none yet in ${scope.place}`;
  throw new Fault(message, "refer to a parameter", "MISPLACED_FUNCTION");
}
