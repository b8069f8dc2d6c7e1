/** Functions of numbers and of addresses. */
import { integerOf, itemsOf, listOf, numberOf, stringOf } from "../arguments.js";
import { textOf } from "../data.js";
import { Fault } from "../fault.js";
import { quotient, resultOf, rounded, sum } from "../numbers.js";
import { quoted } from "../shown.js";

const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;
const ALL_ONES = 2 ** 32 - 1;

export function avg(argument) {
  const [digits, given] = itemsOf(argument, 2, 2);
  const numbers = listOf(given, "the list").map((item) => (item === null ? 0n : numberOf(item, "an entry")));
  if (!numbers.length) throw new Fault("the list is empty");
  const mean = quotient(numbers.reduce(sum, 0n), BigInt(numbers.length));
  return rounded(mean, Number(integerOf(digits, "the number of digits", 0, 15)));
}

export function calculate(argument) {
  const [expression, digits, given] = itemsOf(argument, 2, 3);
  const values = given === undefined ? [] : listOf(given, "the list of values").map((item) => numberOf(item, "a value"));
  const result = resultOf(stringOf(expression, "the expression"), values);
  return rounded(result, Number(integerOf(digits, "the number of digits", 0, 15)));
}

export function max(argument) {
  return extremum(argument, (number, best) => number > best);
}

export function min(argument) {
  return extremum(argument, (number, best) => number < best);
}

function extremum(argument, isBetter) {
  const given = listOf(argument, "the argument");
  if (!given.length) throw new Fault("the list is empty");
  if (given.includes(null)) return null;
  return given.map((item) => numberOf(item, "an entry")).reduce((best, number) => (isBetter(number, best) ? number : best));
}

export function cidr(argument) {
  const [block, count, bits] = itemsOf(argument, 3, 3);
  const given = stringOf(block, "the block");
  const wanted = Number(integerOf(count, "the count", 1, 256));
  const prefix = 32 - Number(integerOf(bits, "the number of bits", 1, 32));
  const network = networkOf(textOf(given));
  if (network === null) throw new Fault(`${quoted(given)} is no block of IPv4 addresses`);
  if (prefix < network.prefix || 2 ** (prefix - network.prefix) < wanted) {
    throw new Fault(`${quoted(given)} has no ${wanted} blocks of ${32 - prefix} bits`);
  }
  return Array.from({ length: wanted }, (_, at) => `${addressText(network.address + at * 2 ** (32 - prefix))}/${prefix}`);
}

/** The first address and the prefix of a block, with a prefix, a mask, or neither; null where it is none. */
function networkOf(text) {
  const [first, mask = "32", ...more] = text.split("/");
  const address = addressOf(first);
  const prefix = prefixOf(mask);
  if (address === null || prefix === null || more.length) return null;
  const size = 2 ** (32 - prefix);
  return { address: Math.floor(address / size) * size, prefix };
}

function addressOf(text) {
  const octets = text.split(".");
  if (octets.length !== 4 || !octets.every((octet) => OCTET.test(octet) && Number(octet) <= 255)) return null;
  return octets.reduce((address, octet) => address * 256 + Number(octet), 0);
}

function prefixOf(mask) {
  if (/^[0-9]+$/.test(mask)) return Number(mask) <= 32 ? Number(mask) : null;
  const address = addressOf(mask);
  if (address === null) return null;
  return onesBefore(address) ?? onesBefore(ALL_ONES - address);
}

/** How many ones a mask begins with; null where more follow a zero. */
function onesBefore(mask) {
  const bits = mask.toString(2).padStart(32, "0");
  return /^1*0*$/.test(bits) ? bits.replaceAll("0", "").length : null;
}

function addressText(address) {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
