/** A template that nestforge/web/template_json.py wrote, and the questions that the evaluation asks it. */
import { entries, items, nodesOf, scalar } from "./nodes.js";
import { Shape } from "./shape.js";
import { compareText, partition } from "./text.js";

const SECTIONS = ["Parameters", "Resources", "Outputs", "Conditions", "Mappings", "Locals"];
const LONGEST_NAME = 255;
const INDEX = /^[0-9]+\]$/;
const loaded = new WeakMap();

/** The template of some facts; for the same facts it is the same. @returns {Template} */
export function templateOf(facts) {
  if (!loaded.has(facts)) loaded.set(facts, new Template(facts));
  return loaded.get(facts);
}

class Template {
  constructor(facts) {
    this.path = facts.path;
    this.root = nodesOf(facts.nodes)[0];
    this.sections = entries(this.root);
    for (const name of SECTIONS) this[name.toLowerCase()] = entries(this.sections.get(name));
    const form = entries(entries(this.sections.get("Metadata")).get("ALIYUN::ROS::Interface"));
    this.hiddenParameters = new Set(items(form.get("Hidden")).map(scalar).filter(Boolean));
    this.hasTransform = this.sections.has("Transform");
    this.pseudoParameters = facts.language.pseudo_parameters;
    this.functions = new Map(Object.entries(facts.language.functions));
    this.kinds = new Map(Object.entries(facts.language.kinds));
    this.sentences = facts.language.sentences;
    this.conditionRoots = facts.language.condition_roots;
    this.timeZones = new Set(facts.time_zones);
    this.faultyPatterns = new Map(Object.entries(facts.faulty_patterns));
    this._listAttributes = new Map(Object.entries(facts.list_attributes));
    this._shapes = facts.shapes;
    this._defaults = facts.language.defaults;
    this._keys = new Map();
    this.conditionNames = [...this.conditions.keys()];
    this.resourceNames = [...this.resources.keys()];
    this.creationNames = [...this.resourceNames, ...this.locals.keys()];
    this.everyName = [...this.parameters.keys(), ...this.pseudoParameters, ...this.locals.keys(), ...this.resourceNames];
  }

  /** Where an entry of a section has its name. */
  spanOfKey(section, name) {
    const around = this.sections.get(section);
    if (!this._keys.has(section)) {
      const keys = new Map();
      for (const [key] of around?.pairs ?? []) if (!keys.has(key.value)) keys.set(key.value, key);
      this._keys.set(section, keys);
    }
    return (this._keys.get(section).get(name) ?? around ?? this.root).span;
  }

  /** The type of a resource, where it is written out. @returns {string | null} */
  typeOf(resource) {
    return scalar(entries(this.resources.get(resource)).get("Type"));
  }

  /** Whether a resource has this name; `Web[1]` is one of the resources that a Count makes. */
  hasResource(name) {
    const [base, bracket, index] = partition(name, "[");
    if (bracket && !(INDEX.test(index) && entries(this.resources.get(base)).has("Count"))) return false;
    return this.resources.has(base);
  }

  /** The resource and the attribute that `Web.PrivateIps` names: names of resources can have dots themselves. */
  attributeIn(written) {
    let end = written.lastIndexOf(".", LONGEST_NAME - 1);
    while (end > 0) {
      if (this.resources.has(partition(written.slice(0, end), "[")[0])) {
        return [written.slice(0, end), written.slice(end + 1)];
      }
      end = written.lastIndexOf(".", end - 1);
    }
    const [resource, , attribute] = partition(written, ".");
    return [resource, attribute];
  }

  /** Whether an attribute is known to be a list. */
  isListAttribute(type, attribute) {
    return this._listAttributes.get(type ?? "")?.includes(attribute) ?? false;
  }

  /** The shape of a resource type; null for one that is not described. @returns {Shape | null} */
  shapeOf(type) {
    return Object.hasOwn(this._shapes, type) ? new Shape(this._shapes[type], "", this._defaults) : null;
  }

  /** What a place is part of: `Resources.Eip`. The indentation of a line is part of what begins there. @returns {string | null} */
  ownerAt(line, column) {
    this._owners ??= this._ownersInOrder();
    let [low, high] = [0, this._owners.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const [start] = this._owners[middle];
      if (start.line < line || (start.line === line && start.column <= column)) low = middle + 1;
      else high = middle;
    }
    const [before, after] = [this._owners[low - 1]?.[0], this._owners[low]?.[0]];
    if (after?.line === line && (before?.line ?? 0) < line) low += 1;
    return low ? this._owners[low - 1][1] : null;
  }

  _ownersInOrder() {
    const starts = [];
    for (const [key, section] of this.root.pairs) {
      const name = scalar(key) ?? "";
      starts.push([key.span, name]);
      for (const [own] of section.pairs) starts.push([own.span, `${name}.${scalar(own) ?? "None"}`]);
    }
    return starts.sort(([one, name], [other, others]) => one.line - other.line || one.column - other.column || compareText(name, others));
  }
}
