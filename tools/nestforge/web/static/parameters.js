/** The values of the parameters, converted and checked as the form would; see nestforge/evaluate/parameters.py. */
import { ANY, BOOLEAN, LIST, NUMBER, STRING, Unknown, conceal, isText, isWritable, textOf } from "./data.js";
import { formViolations, violations } from "./constraints.js";
import { CONVERSIONS, STORED } from "./conversions.js";
import { Fault } from "./fault.js";
import { formState } from "./form.js";
import { localized, sentence } from "./locale.js";
import { didYouMean } from "./near_miss.js";
import { entries, scalar } from "./nodes.js";
import { quoted } from "./shown.js";
import { Origin, Value, madeOf } from "./value.js";
import { written } from "./written.js";

const TYPES = new Map([["String", STRING], ["Number", NUMBER], ["Boolean", BOOLEAN], ["CommaDelimitedList", LIST]]);
const TRUE = ["true", "yes", "on", "1"];

/** The parameters with their values, by name; what is wrong with a value is added to `findings`. */
export function parametersOf(template, given, language, findings) {
  const { parameters } = template;
  for (const name of given.keys()) {
    if (!parameters.has(name)) {
      const hint = didYouMean(name, [...parameters.keys()]);
      const fault = new Fault(`the template has no parameter '${name}'`, hint, "UNKNOWN_PARAMETER");
      findings.add(fault, (template.sections.get("Parameters") ?? template.root).span);
    }
  }
  const declared = new Map();
  for (const [name, node] of parameters) declared.set(name, new Declared(template, name, node, language, findings));
  const values = new Map([...declared].map(([name, own]) => [name, valueOf(own, given)]));
  const known = [...values].filter(([, value]) => value !== null);
  const plain = new Map(known.map(([name, { data }]) => [name, declared.get(name).isSecret ? conceal(data) : data]));
  const form = formState(template, plain);
  const result = new Map();
  for (const [name, own] of declared) {
    let value = values.get(name);
    if (value === null || (value.content === null && !given.has(name) && form.get(name).required)) {
      own.report("MISSING_VALUE", sentence(template, "missing", language));
      value = new Value(own.missing, own.origin);
    } else if (value.data !== null && (given.has(name) || !(isText(value.data) && textOf(value.data) === ""))) {
      own.compare(value.data, form.get(name).choices);
    }
    if (own.isSecret) value = madeOf(conceal(value.data), value.origin);
    const problems = [...new Set(own.problems)];
    result.set(name, { name, type: own.type, value, given: given.has(name), form: form.get(name), problems });
  }
  return result;
}

/** A parameter as the template declares it. */
class Declared {
  constructor(template, name, node, language, findings) {
    this.template = template;
    this.attributes = entries(node);
    this.name = name;
    this.language = language;
    this.findings = findings;
    this.problems = [];
    this.type = scalar(this.attributes.get("Type")) || "String";
    this.isSecret = TRUE.includes((scalar(this.attributes.get("NoEcho")) ?? "").toLowerCase());
    this.origin = new Origin(template.spanOfKey("Parameters", name), [`parameter ${name}`]);
  }

  /** What stands for a value that is not there. @returns {Unknown} */
  get missing() {
    return new Unknown(TYPES.get(this.type) ?? ANY, this.name, [], true);
  }

  /** The label that the form shows, and the name. */
  get title() {
    const label = localized(this.attributes.get("Label"), this.language);
    return label && label !== this.name ? `${label} (${this.name})` : this.name;
  }

  /** Say what the form does not take, and ROS would. */
  compare(data, choices) {
    if (data instanceof Unknown || !CONVERSIONS.has(this.type)) return;
    for (const broken of formViolations(data, this.type, choices, this.language, this.template)) {
      this.report(broken.kind, broken.sentence, data, "warning");
    }
  }

  /** Say what is wrong with the value: in the template's own words, where it has some. */
  report(kind, text, value = null, severity = "error") {
    const own = localized(this.attributes.get("ConstraintDescription"), this.language);
    const facts = { parameter: this.title, sentence: text };
    let key = "has none";
    if (kind !== "MISSING_VALUE") {
      key = "is";
      facts.value = quoted(this.isSecret ? conceal(value) : value);
      facts.sentence = own || text;
    }
    this.problems.push(facts.sentence);
    const message = sentence(this.template, key, this.language, facts);
    this.findings.add(new Fault(message, own && own !== text ? text : null, kind), this.origin.span, severity);
  }

  /** Say that the value is of another type. @returns {Unknown} */
  refuse(data) {
    const text = sentence(this.template, this.type, this.language);
    this.report("VALUE_OF_THE_WRONG_TYPE", text, isWritable(data) ? data : "…");
    return this.missing;
  }
}

/** The value; null where there is neither one given nor a default. @returns {Value | null} */
function valueOf(declared, given) {
  const { name, type, template } = declared;
  const isGiven = given.has(name);
  const byDefault = declared.attributes.get("Default");
  if (!isGiven && byDefault === undefined) return null;
  const origin = isGiven ? declared.origin : new Origin(declared.origin.span, [`parameter ${name} by default`]);
  try {
    const data = isGiven ? given.get(name) : written(byDefault);
    if (STORED.includes(type)) {
      const entry = quoted(declared.isSecret ? conceal(data) : data);
      return new Value(new Unknown(STRING, `entry ${entry} of the parameter store`), origin);
    }
    if (data === null) return new Value(null, origin);
    if (!CONVERSIONS.has(type)) {
      const hint = didYouMean(type, [...CONVERSIONS.keys(), ...STORED]);
      throw new Fault(`parameter '${name}' has the type '${type}'`, hint, "MALFORMED_PARAMETER");
    }
    const converted = isWritable(data) ? convertedBy(declared, data) : declared.refuse(data);
    if (converted instanceof Unknown) return new Value(converted, origin);
    if (isGiven || !(isText(data) && textOf(data) === "")) { // an empty default is what a hidden parameter has
      for (const broken of violations(converted, type, declared.attributes, declared.language, template)) {
        declared.report(broken.kind, broken.sentence, data);
      }
    }
    return madeOf(converted, origin);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    declared.findings.add(fault, declared.origin.span);
    declared.problems.push(fault.message);
    return new Value(declared.missing, origin);
  }
}

function convertedBy(declared, data) {
  try {
    return CONVERSIONS.get(declared.type)(data);
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return declared.refuse(data);
  }
}
