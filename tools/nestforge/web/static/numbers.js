/** Numbers as Python has them: whole ones (BigInt) are exact, the others (number) are IEEE 754. */
import { Fault } from "./fault.js";
import { quoted } from "./shown.js";
import { SPACE, strip } from "./text.js";

const WHOLE = /^[+-]?\p{Nd}+(?:_\p{Nd}+)*$/u;
const REAL = /^[+-]?(?:\p{Nd}+(?:_\p{Nd}+)*\.?(?:\p{Nd}+(?:_\p{Nd}+)*)?|\.\p{Nd}+(?:_\p{Nd}+)*)(?:[eE][+-]?\p{Nd}+(?:_\p{Nd}+)*)?$/u;
const MOST_DIGITS = 4300;
const LONGEST_EXPRESSION = 1000;
const MOST_BRACKETS = 200;
const ALLOWED = /^[0-9. {}()+\-*/%]*$/;
const PLACEHOLDER = new RegExp(`\\{[${SPACE}]*(\\p{Nd}+)[${SPACE}]*\\}`, "gu");
const TOKEN = / *(?:((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)|([()+\-*/%]))/y;

/** The digits of any script as those of ours. */
function asciiDigits(text) {
  return text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0);
    let first = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) first -= 1;
    return String((code - first) % 10);
  });
}

/** The whole number that is written in a text as Python's `int` reads it, or null. @returns {bigint | null} */
export function parseWhole(text) {
  const stripped = strip(text);
  if (!WHOLE.test(stripped)) return null;
  const digits = asciiDigits(stripped).replaceAll("_", "");
  const bare = digits.replace(/^[+-]/, "");
  if (bare.length > MOST_DIGITS) return null;
  return digits.startsWith("-") ? -BigInt(bare) : BigInt(bare);
}

/** The number that is written in a text as Python's `float` reads it; NaN where there is none, or one without end. */
export function parseReal(text) {
  const stripped = strip(text);
  return REAL.test(stripped) ? Number(asciiDigits(stripped).replaceAll("_", "")) : NaN;
}

/** A number as a float; a RangeError where a whole one is too large. @returns {number} */
function asReal(number) {
  return isWhole(number) ? checked(Number(number)) : number;
}

function isWhole(number) {
  return typeof number === "bigint";
}

/** The sum of two numbers. */
export function sum(first, second) {
  return isWhole(first) && isWhole(second) ? first + second : asReal(first) + asReal(second);
}

function difference(first, second) {
  return isWhole(first) && isWhole(second) ? first - second : asReal(first) - asReal(second);
}

function product(first, second) {
  return isWhole(first) && isWhole(second) ? first * second : asReal(first) * asReal(second);
}

/** The quotient, which is a float: that nearest to the exact one. @returns {number} */
export function quotient(first, second) {
  if (second == 0) throw new RangeError("division by zero");
  if (!isWhole(first) || !isWhole(second)) return asReal(first) / asReal(second);
  if (Number.isSafeInteger(Number(first)) && Number.isSafeInteger(Number(second))) return Number(first) / Number(second);
  const negative = first < 0n !== second < 0n;
  const [above, below] = [first < 0n ? -first : first, second < 0n ? -second : second];
  const shift = Math.max(66 + bits(below) - bits(above), 0);
  const scaled = above << BigInt(shift);
  const found = scaled / below;
  const nearest = scaledDown(checked(Number(scaled % below ? found | 1n : found)), shift);
  return negative ? -nearest : nearest;
}

function scaledDown(number, shift) {
  return shift > 1000 ? scaledDown(number / 2 ** 1000, shift - 1000) : number / 2 ** shift;
}

function bits(number) {
  return number.toString(2).length;
}

function remainder(first, second) {
  if (second == 0) throw new RangeError("division by zero");
  if (isWhole(first) && isWhole(second)) {
    const rest = first % second;
    return rest !== 0n && rest < 0n !== second < 0n ? rest + second : rest;
  }
  const [a, b] = [asReal(first), asReal(second)];
  const rest = a % b;
  if (rest === 0) return b < 0 ? -0 : 0;
  return rest < 0 !== b < 0 ? rest + b : rest;
}

function checked(real) {
  if (!Number.isFinite(real)) throw new RangeError("too large");
  return real;
}

/** The number with so many digits after the point, halves to the even one; with none it is a whole one. */
export function rounded(number, digits) {
  if (isWhole(number)) return number;
  const [above, below] = exactly(number);
  const scaled = above * 10n ** BigInt(digits);
  let found = scaled / below;
  const twice = (scaled - found * below) * 2n;
  if (twice > below || (twice === below && found % 2n)) found += 1n;
  const signed = number < 0 ? -found : found;
  if (digits === 0) return signed;
  const nearest = Number(`${found}e-${digits}`);
  return number < 0 || Object.is(number, -0) ? -nearest : nearest;
}

/** The size of a float as a fraction. @returns {[bigint, bigint]} */
function exactly(number) {
  let [above, below] = [Math.abs(number), 1n];
  while (!Number.isInteger(above)) [above, below] = [above * 2, below * 2n];
  return [BigInt(above), below];
}

/** The result of an expression of `Fn::Calculate`; `{0}` is the first of `values`. */
export function resultOf(expression, values) {
  if (!ALLOWED.test(expression) || expression.includes("**") || expression.includes("//")) {
    throw new Fault(`the expression is ${quoted(expression)}, expected only digits and . { } ( ) + - * / %`);
  }
  if (expression.length > LONGEST_EXPRESSION) {
    throw new Fault(`the expression has more than ${LONGEST_EXPRESSION} characters`);
  }
  const parser = new Parser(expression, values);
  let tree;
  try {
    tree = parser.whole();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Fault(`${quoted(expression)} is no arithmetic expression`);
  }
  try {
    const result = tree();
    checked(asReal(result));
    return result;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new Fault(`${quoted(expression)} divides by zero or is too large`);
  }
}

const OPERATIONS = { "+": sum, "-": difference, "*": product, "/": quotient, "%": remainder };

class Parser {
  /** Numbers of the values stand in brackets, as one token each. */
  constructor(expression, values) {
    this.tokens = [];
    let end = 0;
    for (const found of expression.matchAll(PLACEHOLDER)) {
      this.read(expression.slice(end, found.index));
      const place = Number(asciiDigits(found[1]));
      if (place >= values.length) {
        throw new Fault(`the expression has ${found[0]}, but there are ${values.length} values`);
      }
      this.tokens.push("(", values[place], ")");
      end = found.index + found[0].length;
    }
    this.read(expression.slice(end));
    this.at = 0;
    this.brackets = 0;
  }

  read(text) {
    TOKEN.lastIndex = 0;
    let end = 0;
    const length = text.trimEnd().length;
    while (end < length) {
      const found = TOKEN.exec(text);
      if (found === null) {
        this.tokens.push("?");
        return;
      }
      end = TOKEN.lastIndex;
      this.tokens.push(found[2] ?? (found[1].includes(".") ? Number(found[1]) : literal(found[1])));
    }
  }

  whole() {
    const tree = this.terms();
    if (this.at < this.tokens.length) throw new SyntaxError("more than an expression");
    return tree;
  }

  terms() {
    return this.chain("+-", () => this.chain("*/%", () => this.factor()));
  }

  chain(signs, part) {
    let tree = part();
    while (typeof this.tokens[this.at] === "string" && signs.includes(this.tokens[this.at])) {
      const operation = OPERATIONS[this.tokens[this.at]];
      this.at += 1;
      const [left, right] = [tree, part()];
      tree = () => operation(left(), right());
    }
    return tree;
  }

  factor() {
    const token = this.tokens[this.at];
    this.at += 1;
    if (typeof token === "bigint" || typeof token === "number") return () => token;
    if (token === "+") return this.factor();
    if (token === "-") {
      const operand = this.factor();
      return () => -operand();
    }
    if (token !== "(" || this.brackets >= MOST_BRACKETS) throw new SyntaxError("no operand");
    this.brackets += 1;
    const tree = this.terms();
    this.brackets -= 1;
    if (this.tokens[this.at] !== ")") throw new SyntaxError("no bracket");
    this.at += 1;
    return tree;
  }
}

/** A whole number of the expression, which Python does not let begin with zeros. */
function literal(digits) {
  return /^0[0-9]*[1-9]/.test(digits) ? "?" : BigInt(digits);
}
