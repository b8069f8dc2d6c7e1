/**
 * Evaluate a whole template in the page, as `nestforge evaluate TEMPLATE --json` does; see nestforge/evaluate/stack.py.
 *
 * @typedef {object} Options
 * @property {Map<string, any> | Record<string, any>} [values] values of parameters by name: text as from a form, a
 *   boolean, a number, null, or lists and maps of these
 * @property {string} [region] where to create: `ALIYUN::Region`
 * @property {string} [language] `en` or `zh-cn`
 * @property {Map<string, string> | Record<string, string>} [pseudo] what else is known: `ALIYUN::StackName`
 */
import { Dict, NO_VALUE, Unknown, conceal, isSecret } from "./data.js";
import { checkRules, evaluateConditions } from "./conditions.js";
import { Evaluator, Work } from "./evaluator.js";
import { Fault } from "./fault.js";
import { Findings } from "./findings.js";
import { jsonText } from "./json.js";
import { localized } from "./locale.js";
import { Names } from "./names.js";
import { entries, scalar } from "./nodes.js";
import { parametersOf } from "./parameters.js";
import { CONDITIONS, RESOURCES, RULES } from "./place.js";
import { evaluateResources } from "./resources.js";
import { plain, shownText, shownUnknown } from "./shown.js";
import { templateOf } from "./template.js";
import { madeOf } from "./value.js";

const NOTHING = ["", "~", "null"]; // a section left empty
const SECTIONS = ["Parameters", "Mappings", "Conditions", "Rules", "Locals", "Resources", "Outputs"];

/** How the result is written: named things as objects without a prototype, whole numbers as numbers. */
const OBJECTS = {
  named: (pairs) => {
    const object = Object.create(null);
    for (const [name, value] of pairs) object[name] = value;
    return object;
  },
  scalar: (data) => (typeof data === "bigint" && Number.isSafeInteger(Number(data)) ? Number(data) : data),
};

/** The same for JSON text, where names keep their order and numbers their kind. */
const TEXT = { named: (pairs) => new Map(pairs), scalar: (data) => data };

/**
 * What `nestforge evaluate --json` prints. Objects with names of the template have no prototype. A whole number beyond
 * 2^53 is a BigInt, which `String` shows as it is.
 *
 * @param {object} facts the template, as template_json.py writes it
 * @param {Options} [options]
 */
export function evaluate(facts, options = {}) {
  return evaluationOf(facts, options, OBJECTS);
}

/** The same text that `nestforge evaluate --json` prints. @returns {string} */
export function evaluateText(facts, options = {}) {
  return jsonText(evaluationOf(facts, options, TEXT));
}

function evaluationOf(facts, { values = {}, region = "cn-hangzhou", language = "en", pseudo = {} }, form) {
  const template = templateOf(facts);
  const findings = new Findings(template);
  addFindingsOfSections(template, findings);
  const given = new Map(pairsOf(values).map(([name, value]) => [name, dataOf(value)]));
  const known = new Map([["ALIYUN::Region", region], ...pairsOf(pseudo)]);
  const parameters = parametersOf(template, given, language, findings);
  const parameterValues = new Map([...parameters].map(([name, parameter]) => [name, parameter.value]));
  const names = new Names(template, findings, parameterValues, known);
  const work = new Work();
  const at = (place, index = null) => new Evaluator(template, names, findings, work, place, index);
  evaluateConditions(names, () => at(CONDITIONS));
  checkRules(template, () => at(RULES), language);
  const [resources, leftOut] = evaluateResources(names, at);
  const outputs = new Map();
  for (const [name, node] of template.outputs) {
    const output = outputOf(name, node, at(RESOURCES), language);
    if (output !== null) outputs.set(name, output);
  }
  const writer = new Writer(template.path, form);
  return {
    schema: form.scalar(1n),
    parameters: writer.named(parameters, (parameter) => writer.parameter(parameter)),
    conditions: writer.named(names.conditions, (value) => writer.value(value)),
    resources: [...resources.values()].map((resource) => writer.resource(resource)),
    left_out: form.named(leftOut),
    outputs: writer.named(outputs, (output) => writer.output(output)),
    findings: findings.sorted().map((found) => writer.finding(found)),
  };
}

function addFindingsOfSections(template, findings) {
  for (const name of SECTIONS) {
    const section = template.sections.get(name);
    if (section !== undefined && !section.isMap && !NOTHING.includes(scalar(section))) {
      findings.add(new Fault(`${name} is no map`, null, "MALFORMED_SECTION"), section.span);
    }
  }
  if (template.hasTransform) {
    const transform = template.sections.get("Transform");
    const message = `${scalar(transform) || "a transform"} rewrites this template at creation: what it adds is not shown`;
    findings.add(new Fault(message, null, "NOT_EVALUATED"), transform.span, "info");
  }
}

function outputOf(name, node, scope, language) {
  const parts = entries(node);
  const condition = scalar(parts.get("Condition"));
  let value;
  try {
    if (condition !== null && scope.condition(condition).data === false) return null;
    if (!parts.has("Value")) throw new Fault(`output '${name}' has no Value`, null, "MALFORMED_SECTION");
    value = scope.valueOf(parts.get("Value"));
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    value = scope.faulty(node, fault);
  }
  if ((scalar(parts.get("NoEcho")) ?? "").toLowerCase() === "true") value = madeOf(conceal(value.data), value.origin);
  const [label, description] = ["Label", "Description"].map((key) => localized(parts.get(key), language));
  return { label, description, value };
}

/** The entries of a Map or of an object. @returns {[string, any][]} */
function pairsOf(named) {
  return named instanceof Map ? [...named] : Object.entries(named);
}

/** A value of JavaScript as data. */
function dataOf(value) {
  if (Array.isArray(value)) return value.map(dataOf);
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  if (typeof value === "object" && value !== null) {
    return new Dict(pairsOf(value).map(([key, item]) => [key, dataOf(item)]));
  }
  return value;
}

/** Writes the parts of the result. */
class Writer {
  constructor(path, form) {
    this.path = path;
    this.form = form;
  }

  named(values, write) {
    return this.form.named([...values.entries()].map(([name, value]) => [shownText(name), write(value)]));
  }

  parameter({ type, given, form, problems, value }) {
    const { visible, required, choices } = form;
    const offered = choices.offered?.map((each) => this.written(each)) ?? null;
    const [filled_in, least, greatest] = [choices.filled_in, choices.least, choices.greatest].map((each) => this.written(each));
    return { type, given, visible, required, offered, filled_in, least, greatest, problems, ...this.value(value) };
  }

  resource({ name, type, needs, condition, certain, retained, span, properties }) {
    const origin = this.place(span);
    const written = this.named(properties, (value) => this.value(value));
    return { name, type, needs, condition, certain, retained, origin, properties: written };
  }

  /** Data without an origin. */
  written(data) {
    if (Array.isArray(data)) return data.map((each) => this.written(each));
    if (data instanceof Dict) return this.form.named(data.entries().map(([key, each]) => [key, this.written(each)]));
    return this.form.scalar(data);
  }

  output({ label, description, value }) {
    return { label, description, ...this.value(value) };
  }

  /** A value with its origin; of what is not known its type, what will tell it, and its text so far. */
  value({ content, origin }) {
    const from = this.place(origin.span);
    const { through } = origin;
    if (content instanceof Unknown) {
      const { type, of, faulty } = content;
      return { unknown: type, of, text: shownUnknown(content), faulty, origin: from, through };
    }
    if (Array.isArray(content)) return { value: content.map((item) => this.value(item)), origin: from, through };
    if (content instanceof Dict) {
      return { value: this.named(content, (value) => this.value(value)), origin: from, through };
    }
    const value = content === NO_VALUE ? null : this.form.scalar(plain(content));
    return isSecret(content) ? { value, secret: true, origin: from, through } : { value, origin: from, through };
  }

  finding({ code, name, severity, span, message, help, under }) {
    const [line, column, end_line, end_column] = [span.line, span.column, span.endLine, span.endColumn].map((number) =>
      this.form.scalar(BigInt(number)),
    );
    return { code, name, severity, path: this.path, line, column, end_line, end_column, message, help, under };
  }

  place(span) {
    span.place ??= `${this.path}:${span.line}:${span.column}`;
    return span.place;
  }
}
