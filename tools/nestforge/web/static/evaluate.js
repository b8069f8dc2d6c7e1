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

const SCHEMA = 1n;
const NOTHING = ["", "~", "null"]; // a section left empty
const SECTIONS = ["Parameters", "Mappings", "Conditions", "Rules", "Locals", "Resources", "Outputs"];

/**
 * What `nestforge evaluate --json` prints, as objects without a prototype and lists. A whole number beyond 2^53 is a
 * BigInt, which `String` shows as it is.
 *
 * @param {object} facts the template, as template_json.py writes it
 * @param {Options} [options]
 */
export function evaluate(facts, options = {}) {
  return asObject(evaluationOf(facts, options));
}

/** The same text that `nestforge evaluate --json` prints. @returns {string} */
export function evaluateText(facts, options = {}) {
  return jsonText(evaluationOf(facts, options));
}

function evaluationOf(facts, { values = {}, region = "cn-hangzhou", language = "en", pseudo = {} }) {
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
  const place = placeIn(template.path);
  return new Map([
    ["schema", SCHEMA],
    ["parameters", mapped(parameters, (parameter) => parameterFacts(parameter, place))],
    ["conditions", mapped(names.conditions, (value) => valueFacts(value, place))],
    ["resources", [...resources.values()].map((resource) => resourceFacts(resource, place))],
    ["left_out", leftOut],
    ["outputs", mapped(outputs, (output) => outputFacts(output, place))],
    ["findings", findings.sorted().map((found) => findingFacts(found, template.path))],
  ]);
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

function mapped(named, facts) {
  return new Map([...named].map(([name, value]) => [name, facts(value)]));
}

function parameterFacts({ type, given, form, value }, place) {
  const own = { type, given, visible: form.visible, required: form.required };
  return new Map([...Object.entries(own), ...valueFacts(value, place)]);
}

function resourceFacts({ name, type, needs, condition, certain, span, properties }, place) {
  const own = { name, type, needs, condition, certain, origin: place(span), properties: valuesFacts(properties, place) };
  return new Map(Object.entries(own));
}

function outputFacts({ label, description, value }, place) {
  return new Map([...Object.entries({ label, description }), ...valueFacts(value, place)]);
}

function valuesFacts(values, place) {
  return new Map(values.entries().map(([name, value]) => [shownText(name), valueFacts(value, place)]));
}

/** A value with its origin; of what is not known its type, what will tell it, and its text so far. */
function valueFacts({ content, origin }, place) {
  const facts = new Map();
  if (content instanceof Unknown) {
    facts.set("unknown", content.type).set("of", content.of).set("text", shownUnknown(content)).set("faulty", content.faulty);
  } else if (Array.isArray(content)) {
    facts.set("value", content.map((item) => valueFacts(item, place)));
  } else if (content instanceof Dict) {
    facts.set("value", valuesFacts(content, place));
  } else {
    facts.set("value", content === NO_VALUE ? null : plain(content));
    if (isSecret(content)) facts.set("secret", true);
  }
  return facts.set("origin", place(origin.span)).set("through", origin.through);
}

function findingFacts({ code, name, severity, span, message, help, under }, path) {
  const place = { line: span.line, column: span.column, end_line: span.endLine, end_column: span.endColumn };
  const numbers = Object.entries(place).map(([key, number]) => [key, BigInt(number)]);
  return new Map([...Object.entries({ code, name, severity, path }), ...numbers, ...Object.entries({ message, help, under })]);
}

function placeIn(path) {
  return (span) => `${path}:${span.line}:${span.column}`;
}

/** Maps as objects without a prototype, whole numbers as numbers where those are exact. */
function asObject(facts) {
  if (Array.isArray(facts)) return facts.map(asObject);
  if (facts instanceof Map) {
    const object = Object.create(null);
    for (const [key, value] of facts) object[key] = asObject(value);
    return object;
  }
  return typeof facts === "bigint" && Number.isSafeInteger(Number(facts)) ? Number(facts) : facts;
}
