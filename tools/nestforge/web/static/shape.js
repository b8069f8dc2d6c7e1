/** What a map inside a resource may hold; see nestforge/evaluate/shape.py. */
import { Dict, NO_VALUE } from "./data.js";

/** The properties of a resource type, or of a structure inside it. */
export class Shape {
  constructor(shapes, structure, defaults) {
    this._shapes = shapes;
    this._properties = shapes[structure];
    this._defaults = defaults;
  }

  /** The shape of the maps in a property; null where nothing is known of them. @returns {Shape | null} */
  inside(name) {
    const structure = this._of(name)[1];
    return structure === null ? null : new Shape(this._shapes, structure, this._defaults);
  }

  /** What a property is that has no value: nothing, unless it is required. */
  without(name) {
    const kind = this._of(name)[0];
    return kind !== null && Object.hasOwn(this._defaults, kind) ? dataOf(this._defaults[kind]) : NO_VALUE;
  }

  _of(name) {
    return Object.hasOwn(this._properties, name) ? this._properties[name] : [null, null];
  }
}

function dataOf(value) {
  if (typeof value === "number") return BigInt(value);
  return typeof value === "object" && !Array.isArray(value) ? new Dict() : value;
}
