/** JSON as Python's `json` reads and writes it: whole numbers stay whole, keys keep their order. */
import { Dict, SecretBoolean, SecretNumber, SecretText, Unknown, textOf } from "./data.js";

/** A float as Python writes it: `1.0`, `1e+16`, `1e-05`. @param {number} number @returns {string} */
export function floatText(number) {
  if (Number.isNaN(number)) return "NaN";
  if (!Number.isFinite(number)) return number > 0 ? "Infinity" : "-Infinity";
  const [digits, exponent] = number.toExponential().split("e");
  const power = Number(exponent);
  if (Object.is(number, -0)) return "-0.0";
  if (power < -4 || power >= 16) {
    return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  const plain = power < 0 ? smallText(digits, power) : String(number);
  return plain.includes(".") ? plain : `${plain}.0`;
}

function smallText(digits, power) {
  const sign = digits.startsWith("-") ? "-" : "";
  return `${sign}0.${"0".repeat(-power - 1)}${digits.replace(/[-.]/g, "")}`;
}

/** Data, or objects, Maps and lists of such, as Python's `json.dumps(data, ensure_ascii=False)` writes it. @returns {string} */
export function jsonText(data) {
  if (data === null || typeof data === "boolean") return String(data);
  if (typeof data === "string" || data instanceof SecretText) return JSON.stringify(textOf(data));
  if (typeof data === "bigint") return String(data);
  if (typeof data === "number") return floatText(data);
  if (data instanceof SecretNumber) return jsonText(data.value);
  if (data instanceof SecretBoolean) return data.value ? "1" : "0";
  if (Array.isArray(data)) return `[${data.map(jsonText).join(", ")}]`;
  if (data instanceof Unknown) return jsonText([data.type, data.of, data.parts, data.faulty]);
  const pairs = data instanceof Dict || data instanceof Map ? data.entries() : Object.entries(data);
  const entries = [...pairs].map(([key, value]) => `${jsonText(key)}: ${jsonText(value)}`);
  return `{${entries.join(", ")}}`;
}

const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
const PLAIN = /[^"\\\x00-\x1f]*/y;
const WORDS = [["null", null], ["true", true], ["false", false], ["NaN", NaN], ["Infinity", Infinity]];
const ESCAPES = { '"': '"', "\\": "\\", "/": "/", b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** More digits than Python turns into a whole number. */
const MOST_DIGITS = 4300;

/** The value that JSON text stands for; a SyntaxError where it stands for none. */
export function parseJson(text) {
  const reader = new Reader(text);
  const value = reader.value();
  reader.skipSpace();
  if (reader.at < text.length) reader.fail();
  return value;
}

class Reader {
  constructor(text) {
    this.text = text;
    this.at = 0;
  }

  fail() {
    throw new SyntaxError(`no JSON at ${this.at}`);
  }

  skipSpace() {
    while (" \t\n\r".includes(this.text[this.at] ?? "x")) this.at += 1;
  }

  take(expected) {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  value() {
    this.skipSpace();
    if (this.take('"')) return this.string();
    if (this.take("[")) return this.list();
    if (this.take("{")) return this.map();
    for (const [word, value] of WORDS) if (this.take(word)) return value;
    if (this.take("-Infinity")) return -Infinity;
    return this.number();
  }

  number() {
    NUMBER.lastIndex = this.at;
    const found = NUMBER.exec(this.text) ?? this.fail();
    this.at += found[0].length;
    if (found[2] !== undefined || found[3] !== undefined) return Number(found[0]);
    if (found[1].replace("-", "").length > MOST_DIGITS) this.fail();
    return BigInt(found[1]);
  }

  string() {
    let result = "";
    for (;;) {
      PLAIN.lastIndex = this.at;
      const plain = PLAIN.exec(this.text)[0];
      result += plain;
      this.at += plain.length;
      if (this.take('"')) return result;
      if (!this.take("\\")) this.fail();
      result += this.escaped();
    }
  }

  escaped() {
    const letter = this.text[this.at] ?? this.fail();
    this.at += 1;
    if (letter === "u") {
      const digits = this.text.slice(this.at, this.at + 4);
      if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.fail();
      this.at += 4;
      return String.fromCharCode(parseInt(digits, 16));
    }
    return Object.hasOwn(ESCAPES, letter) ? ESCAPES[letter] : this.fail();
  }

  list() {
    const result = [];
    this.skipSpace();
    if (this.take("]")) return result;
    for (;;) {
      result.push(this.value());
      this.skipSpace();
      if (this.take("]")) return result;
      if (!this.take(",")) this.fail();
    }
  }

  map() {
    const result = new Dict();
    this.skipSpace();
    if (this.take("}")) return result;
    for (;;) {
      this.skipSpace();
      if (!this.take('"')) this.fail();
      const key = this.string();
      this.skipSpace();
      if (!this.take(":")) this.fail();
      result.set(key, this.value());
      this.skipSpace();
      if (this.take("}")) return result;
      if (!this.take(",")) this.fail();
    }
  }
}
