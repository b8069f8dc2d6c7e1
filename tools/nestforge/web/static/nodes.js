/** Questions to a node of a template, as nestforge/sources/nodes.py asks them. */

export const TEXT = "str";

const SCALAR = 0;
const LIST = 1;

/** One node. `value` is the text of a scalar, or what stands for a list or a map where it is a key. */
export class Node {
  constructor(record) {
    const [kind, line, column, endLine, endColumn, content, tag, more] = record;
    this.isScalar = kind === SCALAR;
    this.isList = kind === LIST;
    this.span = { line, column, endLine, endColumn };
    this.tag = tag ?? (this.isScalar ? TEXT : "");
    if (this.isScalar) {
      this.value = content;
      this.data = record.length < 8 ? content : typeof more === "string" ? BigInt(more) : more;
    } else {
      this.value = more ?? "";
      this.below = content;
    }
  }

  get isMap() {
    return !this.isScalar && !this.isList;
  }

  /** The keys and values of a map. @returns {[Node, Node][]} */
  get pairs() {
    this._pairs ??= this.isMap ? pairsOf(this.below) : [];
    return this._pairs;
  }

  /** The same node without its short tag. @returns {Node} */
  get untagged() {
    if (this._untagged === undefined) {
      this._untagged = Object.create(Node.prototype, Object.getOwnPropertyDescriptors(this));
      this._untagged.tag = this.isScalar ? TEXT : "";
      this._untagged._called = undefined;
      if (this.isScalar) this._untagged.data = this.value;
      this._untagged.written = undefined;
    }
    return this._untagged;
  }
}

function pairsOf(below) {
  const pairs = [];
  for (let at = 0; at < below.length; at += 2) pairs.push([below[at], below[at + 1]]);
  return pairs;
}

/** The nodes of the records, each with those below it. @returns {Node[]} */
export function nodesOf(records) {
  const nodes = records.map((record) => new Node(record));
  for (const node of nodes) if (!node.isScalar) node.below = node.below.map((number) => nodes[number]);
  return nodes;
}

/** The scalar as it is written, or null for anything else. @returns {string | null} */
export function scalar(node) {
  return node?.isScalar ? node.value : null;
}

/** The scalar where it is a string in YAML's eyes. @returns {string | null} */
export function text(node) {
  return node?.isScalar && node.tag === TEXT ? node.value : null;
}

const NONE = new Map();

/** The values of a map by key; empty for anything else. @returns {Map<string, Node>} */
export function entries(node) {
  if (!node?.isMap) return NONE;
  node._entries ??= new Map(node.pairs.map(([key, value]) => [key.value, value]));
  return node._entries;
}

/** The entries of a list; empty for anything else. @returns {Node[]} */
export function items(node) {
  return node?.isList ? node.below : [];
}

/** The name and the argument of the intrinsic function that the node calls, or null. @returns {[string, Node] | null} */
export function functionOf(node) {
  if (node._called === undefined) node._called = calledBy(node);
  return node._called;
}

function calledBy(node) {
  if (node.tag.startsWith("!")) {
    const short = node.tag.slice(1);
    return [short === "Ref" || short === "Condition" ? short : `Fn::${short}`, node.untagged];
  }
  if (!node.isMap || node.below.length !== 2) return null;
  const [key, argument] = node.below;
  const called = key.isScalar && (key.value === "Ref" || key.value.startsWith("Fn::"));
  return called ? [key.value, argument] : null;
}
