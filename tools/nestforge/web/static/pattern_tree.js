/**
 * Read a regular expression as Python's `re` does.
 *
 * A node has a `type` that the matcher knows. What is not read (`\N{…}`) or is no expression is a SyntaxError.
 */
import { characters } from "./text.js";

const REPEATED = /^\{(\d*)(?:(,)(\d*))?\}/;
const FLAGS = /^\(\?([aiLmsux]*)(?:-([imsx]+))?([:)])/;
const NAMED = /^\(\?P<([^\W\d]\w*)>/;
const NAMED_AGAIN = /^\(\?P=([^\W\d]\w*)\)/;
const CONDITIONAL = /^\(\?\((\w+)\)/;
const OPENINGS = {
  "(?=": ["look", {}],
  "(?!": ["look", { negative: true }],
  "(?<=": ["look", { behind: true }],
  "(?<!": ["look", { behind: true, negative: true }],
  "(?>": ["atomic", {}],
};
const CONTROLS = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 };
const HEX = { x: 2, u: 4, U: 8 };
const NO_FLAGS = { a: false, i: false, m: false, s: false, x: false };

/** The root and the number of groups. */
export function parsePattern(pattern) {
  const reader = new Reader(pattern);
  const flags = reader.globalFlags();
  const node = reader.choice(flags);
  if (reader.at < reader.text.length) reader.fail();
  return { node, groups: reader.groups };
}

class Reader {
  constructor(pattern) {
    this.text = characters(pattern);
    this.at = 0;
    this.groups = 0;
    this.names = new Map();
    this.open = new Set();
  }

  fail() {
    throw new SyntaxError("no expression");
  }

  get next() {
    return this.text[this.at];
  }

  take(expected) {
    const wanted = characters(expected);
    if (!wanted.every((character, place) => this.text[this.at + place] === character)) return false;
    this.at += wanted.length;
    return true;
  }

  /** What an expression finds here, which is then behind. */
  takeMatch(expression) {
    const found = expression.exec(this.text.slice(this.at, this.at + 200).join(""));
    if (found !== null) this.at += characters(found[0]).length;
    return found;
  }

  globalFlags() {
    const flags = { ...NO_FLAGS };
    for (;;) {
      const before = this.at;
      const found = this.takeMatch(FLAGS);
      if (found === null) return flags;
      if (found[3] === ":" || found[2] !== undefined) {
        this.at = before;
        return flags;
      }
      this.set(flags, found[1], true);
    }
  }

  set(flags, letters, on) {
    for (const letter of letters) {
      if (letter === "L") this.fail();
      if (letter !== "u") flags[letter] = on;
    }
  }

  choice(flags) {
    const parts = [this.sequence(flags)];
    while (this.take("|")) parts.push(this.sequence(flags));
    return parts.length === 1 ? parts[0] : { type: "choice", parts };
  }

  sequence(flags) {
    const parts = [];
    for (;;) {
      if (flags.x) this.skipComments();
      if (this.next === undefined || this.next === "|" || this.next === ")") return { type: "sequence", parts };
      const part = this.item(flags);
      if (part !== null) parts.push(this.repeated(part, flags));
    }
  }

  skipComments() {
    for (;;) {
      if (this.next !== undefined && " \t\n\r\v\f".includes(this.next)) {
        this.at += 1;
      } else if (this.next === "#") {
        while (this.next !== undefined && this.next !== "\n") this.at += 1;
      } else {
        return;
      }
    }
  }

  repeated(part, flags) {
    if (flags.x) this.skipComments();
    const bounds = this.bounds();
    if (bounds === null) return part;
    if (part.type === "edge") this.fail();
    const [least, most] = bounds;
    if (least > most) this.fail();
    const mode = this.take("?") ? "lazy" : this.take("+") ? "possessive" : "greedy";
    if (flags.x) this.skipComments();
    if (this.bounds() !== null) this.fail(); // repeated twice
    return { type: "repeat", part, least, most, mode };
  }

  bounds() {
    if (this.take("*")) return [0, Infinity];
    if (this.take("+")) return [1, Infinity];
    if (this.take("?")) return [0, 1];
    if (this.next !== "{" || this.text[this.at + 1] === "}") return null;
    const found = this.takeMatch(REPEATED);
    if (found === null) return null;
    const [, least, comma, most] = found;
    if (comma === undefined) return [Number(least), Number(least)];
    return [Number(least), most === "" ? Infinity : Number(most)];
  }

  item(flags) {
    if (this.next === "(") return this.bracket(flags);
    const character = this.next;
    this.at += 1;
    if (character === "[") return this.characterClass(flags);
    if (character === "\\") return this.escape(flags);
    if (character === ".") return one([{ kind: "any" }], flags);
    if (character === "^" || character === "$") return { type: "edge", where: character, flags };
    if ("*+?".includes(character)) this.fail();
    return one([single(character.codePointAt(0))], flags);
  }

  /** A bracket that is no group of its own is null: a comment. */
  bracket(flags) {
    if (this.take("(?#")) {
      while (this.next !== undefined && this.next !== ")") this.at += 1;
      if (!this.take(")")) this.fail();
      return null;
    }
    const again = this.takeMatch(NAMED_AGAIN);
    if (again !== null) return this.backReference(this.names.get(again[1]) ?? this.fail(), flags);
    const named = this.takeMatch(NAMED);
    if (named !== null) return this.group(flags, named[1]);
    const conditional = this.takeMatch(CONDITIONAL);
    if (conditional !== null) return this.conditional(conditional[1], flags);
    for (const [opening, [type, facts]] of Object.entries(OPENINGS)) {
      if (this.take(opening)) return this.around(type, facts, flags);
    }
    const own = this.takeMatch(FLAGS);
    if (own !== null) return this.flagged(own, flags);
    this.at += 1;
    if (this.next === "?") this.fail();
    return this.group(flags, null);
  }

  around(type, facts, flags) {
    const part = this.inside(flags);
    const node = { type, part, negative: false, behind: false, ...facts };
    if (node.behind) node.width = widthOf(part) ?? this.fail();
    return node;
  }

  flagged([, on, off = "", end], flags) {
    if (end === ")") this.fail(); // flags for all stand at the start
    const own = { ...flags };
    this.set(own, on, true);
    this.set(own, off, false);
    if (on.includes("u")) own.a = false;
    return this.inside(own);
  }

  group(flags, name) {
    this.groups += 1;
    const number = this.groups;
    if (name !== null) {
      if (this.names.has(name)) this.fail();
      this.names.set(name, number);
    }
    this.open.add(number);
    const part = this.inside(flags);
    this.open.delete(number);
    return { type: "group", number, part };
  }

  inside(flags) {
    const part = this.choice(flags);
    if (!this.take(")")) this.fail();
    return part;
  }

  conditional(name, flags) {
    const number = /^[0-9]+$/.test(name) ? Number(name) : (this.names.get(name) ?? this.fail());
    if (number === 0) this.fail();
    const yes = this.sequence(flags);
    const no = this.take("|") ? this.sequence(flags) : { type: "sequence", parts: [] };
    if (!this.take(")")) this.fail();
    return { type: "conditional", number, yes, no };
  }

  backReference(number, flags) {
    if (number > this.groups || this.open.has(number)) this.fail();
    return { type: "same", number, flags };
  }

  escape(flags) {
    const letter = this.next ?? this.fail();
    if ("AZbB".includes(letter)) {
      this.at += 1;
      return { type: "edge", where: letter, flags };
    }
    if (letter >= "1" && letter <= "9") {
      const octal = this.takeMatch(/^[0-3][0-7]{2}/);
      if (octal !== null) return one([single(parseInt(octal[0], 8))], flags);
      const number = Number(this.takeMatch(/^[0-9]{1,2}/)[0]);
      return this.backReference(number, flags);
    }
    return one([this.escaped()], flags);
  }

  /** What follows a backslash, in a class and outside. */
  escaped() {
    const letter = this.next ?? this.fail();
    this.at += 1;
    if ("dwsDWS".includes(letter)) return { kind: letter.toLowerCase(), opposite: letter < "a" };
    if (Object.hasOwn(HEX, letter)) return single(this.hex(HEX[letter]));
    if (letter >= "0" && letter <= "7") {
      this.at -= 1;
      const code = parseInt(this.takeMatch(/^[0-7]{1,3}/)[0], 8);
      return code <= 0o377 ? single(code) : this.fail();
    }
    if (Object.hasOwn(CONTROLS, letter)) return single(CONTROLS[letter]);
    if (/[A-Za-z0-9]/.test(letter)) this.fail();
    return single(letter.codePointAt(0));
  }

  hex(length) {
    const digits = this.text.slice(this.at, this.at + length).join("");
    if (!/^[0-9a-fA-F]+$/.test(digits) || digits.length !== length) this.fail();
    this.at += length;
    const code = parseInt(digits, 16);
    return code <= 0x10ffff ? code : this.fail();
  }

  characterClass(flags) {
    const negative = this.take("^");
    const members = [];
    for (let first = true; first || this.next !== "]"; first = false) {
      const from = this.member();
      if (this.next === "-" && this.text[this.at + 1] !== "]" && this.text[this.at + 1] !== undefined) {
        this.at += 1;
        const to = this.member();
        if (from.kind !== undefined || to.kind !== undefined || from.first > to.first) this.fail();
        members.push({ first: from.first, last: to.first });
      } else {
        members.push(from);
      }
    }
    this.at += 1;
    return { ...one(members, flags), negative };
  }

  member() {
    const character = this.next ?? this.fail();
    this.at += 1;
    return character === "\\" ? this.escaped() : single(character.codePointAt(0));
  }
}

function single(code) {
  return { first: code, last: code };
}

function one(members, flags) {
  return { type: "one", members, negative: false, flags };
}

/** How many characters a node always takes; null where that varies. @returns {number | null} */
function widthOf(node) {
  switch (node.type) {
    case "one":
      return 1;
    case "sequence":
      return node.parts.reduce((width, part) => {
        const own = widthOf(part);
        return width === null || own === null ? null : width + own;
      }, 0);
    case "choice": {
      const widths = node.parts.map(widthOf);
      return widths.every((width) => width === widths[0]) ? widths[0] : null;
    }
    case "repeat": {
      const own = widthOf(node.part);
      return own === 0 || (own !== null && node.least === node.most) ? own * node.least : null;
    }
    case "group":
    case "atomic":
      return widthOf(node.part);
    case "look":
    case "edge":
      return 0;
    default:
      return null;
  }
}
