/** Match the regular expressions of a template as nestforge/evaluate/pattern.py does, and give up where it takes long. */
import { textOf } from "./data.js";
import { Fault } from "./fault.js";
import { parsePattern } from "./pattern_tree.js";
import { quoted } from "./shown.js";
import { SPACE, characters } from "./text.js";

/** Steps of one match; a sane pattern takes some hundreds. */
const MOST_STEPS = 2_000_000;

const WORD = /[\p{L}\p{N}_]/u;
const ASCII_WORD = /[A-Za-z0-9_]/;
const KINDS = {
  d: [/\p{Nd}/u, /[0-9]/],
  w: [WORD, ASCII_WORD],
  s: [new RegExp(`[${SPACE}]`, "u"), /[ \t-\r]/],
};

const parsed = new Map();

class TooLong extends Error {}

/** Whether the text matches from its start, or as a whole; null where that takes too long. @returns {boolean | null} */
export function matches(template, pattern, text, whole) {
  const tree = treeOf(template, pattern);
  const matcher = new Matcher(characters(text), tree.groups);
  try {
    return matcher.match(tree.node, 0, (at) => !whole || at === matcher.text.length);
  } catch (error) {
    if (error instanceof TooLong || error instanceof RangeError) return null;
    throw error;
  }
}

function treeOf(template, pattern) {
  const written = textOf(pattern);
  if (template.faultyPatterns.has(written)) throw new Fault(template.faultyPatterns.get(written));
  if (!parsed.has(written)) {
    try {
      parsed.set(written, parsePattern(written));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      throw new Fault(`${quoted(pattern)} is no regular expression that can be checked here`);
    }
  }
  return parsed.get(written);
}

/** Backtracks through a text; `then` is what has to match behind. */
class Matcher {
  constructor(text, groups) {
    this.text = text;
    this.groups = Array.from({ length: groups + 1 }, () => null);
    this.steps = 0;
  }

  match(node, at, then) {
    this.steps += 1;
    if (this.steps > MOST_STEPS) throw new TooLong();
    return this[node.type](node, at, then);
  }

  one(node, at, then) {
    return at < this.text.length && isIn(this.text[at], node) && then(at + 1);
  }

  sequence(node, at, then, place = 0) {
    if (place === node.parts.length) return then(at);
    return this.match(node.parts[place], at, (end) => this.sequence(node, end, then, place + 1));
  }

  choice(node, at, then) {
    return node.parts.some((part) => this.match(part, at, then));
  }

  repeat(node, at, then) {
    if (node.mode === "possessive") return this.inOneWay(node, at, then);
    if (node.part.type === "one") return node.mode === "lazy" ? this.lazyRun(node, at, then) : this.run(node, at, then);
    return this.again(node, at, then, 0, -1);
  }

  /** One character again and again, as many as there are. */
  run(node, at, then) {
    let end = at;
    while (end - at < node.most && end < this.text.length && isIn(this.text[end], node.part)) end += 1;
    this.steps += end - at;
    for (; end - at >= node.least; end -= 1) {
      this.steps += 1;
      if (this.steps > MOST_STEPS) throw new TooLong();
      if (then(end)) return true;
    }
    return false;
  }

  lazyRun(node, at, then) {
    for (let end = at; end - at <= node.most; end += 1) {
      this.steps += 1;
      if (this.steps > MOST_STEPS) throw new TooLong();
      if (end - at >= node.least && then(end)) return true;
      if (end >= this.text.length || !isIn(this.text[end], node.part)) return false;
    }
    return false;
  }

  again(node, at, then, times, before) {
    const onward = () =>
      times < node.most &&
      !(at === before && times >= node.least) &&
      this.match(node.part, at, (end) => this.again(node, end, then, times + 1, at));
    if (times < node.least) return onward();
    return node.mode === "lazy" ? then(at) || onward() : onward() || then(at);
  }

  group(node, at, then) {
    const before = this.groups[node.number];
    const found = this.match(node.part, at, (end) => {
      const inside = this.groups[node.number];
      this.groups[node.number] = [at, end];
      if (then(end)) return true;
      this.groups[node.number] = inside;
      return false;
    });
    if (!found) this.groups[node.number] = before;
    return found;
  }

  same(node, at, then) {
    const group = this.groups[node.number];
    if (group === null) return false;
    const wanted = this.text.slice(...group);
    const given = this.text.slice(at, at + wanted.length);
    const fold = (parts) => (node.flags.i ? parts.join("").toLowerCase() : parts.join(""));
    return fold(wanted) === fold(given) && then(at + wanted.length);
  }

  conditional(node, at, then) {
    return this.match(this.groups[node.number] !== null ? node.yes : node.no, at, then);
  }

  /** Match in the first way alone, and go on behind it. */
  inOneWay(node, at, then) {
    let end = null;
    const part = node.type === "repeat" ? { ...node, mode: "greedy" } : node.part;
    const found = this.match(part, at, (reached) => {
      end = reached;
      return true;
    });
    return found && then(end);
  }

  atomic(node, at, then) {
    return this.inOneWay(node, at, then);
  }

  look(node, at, then) {
    const from = node.behind ? at - node.width : at;
    const groups = [...this.groups];
    const found = from >= 0 && this.match(node.part, from, (end) => !node.behind || end === at);
    if (node.negative) this.groups = groups;
    return found !== node.negative && then(at);
  }

  edge(node, at, then) {
    return this.isEdge(node, at) && then(at);
  }

  isEdge({ where, flags }, at) {
    const { text } = this;
    if (where === "^") return at === 0 || (flags.m && text[at - 1] === "\n");
    if (where === "$") return at === text.length || (text[at] === "\n" && (flags.m || at === text.length - 1));
    if (where === "A") return at === 0;
    if (where === "Z") return at === text.length;
    const word = flags.a ? ASCII_WORD : WORD;
    const [before, behind] = [at > 0 && word.test(text[at - 1]), at < text.length && word.test(text[at])];
    return (before !== behind) === (where === "b");
  }
}

/** Whether a character is one of a set: of single ones, ranges, and kinds. */
function isIn(character, { members, negative, flags }) {
  const found = hasMember(character, members, flags);
  if (found || !flags.i) return found !== negative;
  const others = [character.toLowerCase(), character.toUpperCase()];
  return others.some((other) => hasMember(other, members, flags)) !== negative;
}

function hasMember(character, members, flags) {
  const code = character.codePointAt(0);
  return members.some(({ kind, opposite, first, last }) => {
    if (kind === "any") return character !== "\n" || flags.s;
    if (kind !== undefined) return KINDS[kind][flags.a ? 1 : 0].test(character) !== opposite;
    return first <= code && code <= last;
  });
}
