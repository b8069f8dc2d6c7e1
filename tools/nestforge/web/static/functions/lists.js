/** Functions of lists and maps. */
import { LONGEST_LIST, asText, checkLength, integerOf, itemsOf, jsonOf, listOf, mapOf, numberOf, stringOf, wrong } from "../arguments.js";
import { ANY, BOOLEAN, Dict, LIST, MAP, NUMBER, SecretText, Unknown, conceal, firstUnknown, isText, kindOf, textOf } from "../data.js";
import { Fault } from "../fault.js";
import { isTrue } from "../form_condition.js";
import { isIn, keyOf, same } from "../same.js";
import { sum } from "../numbers.js";
import { quoted, shownText } from "../shown.js";
import { sliceOf, sliced } from "../slice.js";
import { partition, size } from "../text.js";

/** Entries of each list of `Fn::EachMemberIn`, by ROS. */
const MOST_MEMBERS = 10_000;

export function add(argument) {
  let given = itemsOf(argument, 1);
  if (given.length === 1 && Array.isArray(given[0])) [given] = given;
  if (given.length === 1 && !(given[0] instanceof Unknown)) {
    wrong("the only argument", "at least two arguments, or one list of them", given[0]);
  }
  const kinds = new Set(given.filter((item) => !(item instanceof Unknown)).map(kindOf));
  const [kind] = kinds;
  const unknown = given.find((item) => item instanceof Unknown);
  if (unknown !== undefined) return unknown.as(kinds.size === 1 ? kind : ANY);
  if (kinds.size === 1 && kind === NUMBER) return given.map((item) => numberOf(item, "an argument")).reduce(sum, 0n);
  if (kinds.size === 1 && kind === LIST) return together(given);
  if (kinds.size === 1 && kind === MAP) return new Dict(given.flatMap((item) => item.entries()));
  return wrong("the list of arguments", "all numbers, all lists or all maps", given);
}

function together(lists) {
  checkLength(lists.reduce((length, list) => length + list.length, 0), LONGEST_LIST);
  return lists.flat();
}

export function any(argument) {
  if (argument === null) return null;
  const entries = listOf(argument, "the argument");
  if (entries.some((entry) => !(entry instanceof Unknown) && isTrue(entry))) return true;
  return firstUnknown(entries)?.as(BOOLEAN) ?? false;
}

export function contains(argument) {
  const [entries, item] = itemsOf(argument, 2, 2);
  return entries instanceof Unknown ? entries.as(BOOLEAN) : isIn(item, listOf(entries, "the list"));
}

export function eachMemberIn(argument) {
  const [first, second] = itemsOf(argument, 2, 2);
  for (const given of [first, second]) if (given instanceof Unknown) return given.as(BOOLEAN);
  const [members, all] = [listOf(first, "the first argument"), listOf(second, "the second argument")];
  if (Math.max(members.length, all.length) > MOST_MEMBERS) throw new Fault("a list has more than 10,000 entries");
  const unknown = firstUnknown([...members, ...all]);
  if (unknown !== null) return unknown.as(BOOLEAN);
  const known = new Set(all.map(keyOf));
  return members.every((member) => known.has(keyOf(member)));
}

export function equals(argument) {
  const [first, second] = itemsOf(argument, 2, 2);
  return same(first, second);
}

export function index(argument) {
  const [item, entries] = itemsOf(argument, 2, 2);
  if (entries instanceof Unknown) return entries.as(NUMBER);
  for (const [place, entry] of listOf(entries, "the list").entries()) {
    const found = same(item, entry);
    if (found instanceof Unknown) return found.as(NUMBER);
    if (found) return BigInt(place);
  }
  return null;
}

export function length(argument) {
  if (argument === null) return 0n;
  if (isText(argument)) return BigInt(size(textOf(argument)));
  if (Array.isArray(argument)) return BigInt(argument.length);
  if (argument instanceof Dict) return BigInt(argument.size);
  return wrong("the argument", "a string, a list, a map or null", argument);
}

export function listMerge(argument) {
  const lists = itemsOf(argument, 0).filter((entry) => entry !== null);
  const unknown = lists.find((entry) => entry instanceof Unknown);
  if (unknown !== undefined) return unknown.as(LIST);
  return together(lists.map((entry) => listOf(entry, "an argument")));
}

export function mergeMap(argument) {
  const [first, second] = itemsOf(argument, 2, 2);
  for (const given of [first, second]) if (given instanceof Unknown) return given.as(MAP);
  return mergedMaps(mapOf(first, "the first argument"), mapOf(second, "the second argument"));
}

function mergedMaps(first, second) {
  const result = new Dict(first.entries());
  for (const [key, value] of second.entries()) {
    const before = result.get(key);
    result.set(key, before instanceof Dict && value instanceof Dict ? mergedMaps(before, value) : value);
  }
  return result;
}

export function mergeMapToList(argument) {
  const columns = new Dict();
  for (const entry of itemsOf(argument, 1)) {
    if (entry instanceof Unknown) return entry.as(LIST);
    const pairs = mapOf(entry, "an argument");
    if (pairs.size !== 1) throw new Fault(`a map has ${pairs.size} keys, expected one`);
    const [[key, values]] = pairs.entries();
    if (values instanceof Unknown) return values.as(LIST);
    columns.set(key, values === null ? [""] : listOf(values, `the value of ${quoted(key)}`));
  }
  const longest = Math.max(...columns.values().map((values) => values.length));
  checkLength(longest * columns.size, LONGEST_LIST);
  const filled = columns.entries().filter(([, values]) => values.length);
  return Array.from(
    { length: longest },
    (_, row) => new Dict(filled.map(([key, values]) => [key, values[Math.min(row, values.length - 1)]])),
  );
}

export function memberListToMap(argument) {
  const [first, second, entries] = itemsOf(argument, 3, 3);
  const nameKey = stringOf(first, "the key");
  const valueKey = textOf(stringOf(second, "the key"));
  const members = new Map();
  for (const entry of listOf(entries, "the list")) {
    const text = stringOf(entry, "a member");
    const [way, equal, value] = partition(textOf(text), "=");
    const [number, , key] = partition(way.replace(/^\.member\./, ""), ".");
    if (!equal || !key) throw new Fault(`the member is ${quoted(text)}, expected '.member.0.${shownText(nameKey)}=…'`);
    if (!members.has(number)) members.set(number, new Map());
    members.get(number).set(key, value);
  }
  const named = [...members.values()].filter((own) => own.has(textOf(nameKey)));
  return new Dict(named.map((own) => [own.get(textOf(nameKey)), own.get(valueKey) ?? ""]));
}

export function select(argument) {
  const [position, given, ...rest] = itemsOf(argument, 2, 4);
  if (given === null || (isText(given) && textOf(given) === "") || position === null) return missing(position, rest);
  if (position instanceof Unknown) return position.as(ANY);
  const bounds = isText(position) ? sliceOf(textOf(position)) : null;
  if (given instanceof Unknown) {
    const of = given.faulty ? given.of : `${given.of}[${shownText(asText(position))}]`;
    return new Unknown(bounds !== null ? LIST : ANY, of, [], given.faulty);
  }
  const found = entryOf(isText(given) ? jsonOf(given) : given, position, bounds, rest);
  return given instanceof SecretText ? conceal(found) : found;
}

function entryOf(collection, position, bounds, rest) {
  if (collection instanceof Dict) {
    const key = asText(position);
    return collection.has(key) ? collection.get(key) : missing(position, rest);
  }
  if (!Array.isArray(collection)) wrong("the collection", "a list, a map, or JSON text of one", collection);
  if (bounds !== null) {
    if (bounds.step === 0) throw new Fault("the step of the slice is 0");
    return sliced(collection, bounds);
  }
  const whole = integerOf(position, "the index");
  const place = Number(whole < 0n ? whole + BigInt(collection.length) : whole);
  return place >= 0 && place < collection.length ? collection[place] : missing(position, rest);
}

function missing(position, [byDefault = null, message = null]) {
  if (message !== null) throw new Fault(`there is no entry ${quoted(position)}: ${quoted(message, 200)}`);
  return byDefault === null ? "" : byDefault;
}

export function selectMapList(argument) {
  const [key, maps] = itemsOf(argument, 2, 2);
  if (maps instanceof Unknown) return maps.as(LIST);
  const name = stringOf(key, "the key");
  const found = [];
  for (const entry of listOf(maps, "the list")) {
    if (entry instanceof Unknown) return entry.as(LIST);
    const own = mapOf(entry, "an entry");
    if (own.has(name)) found.push(own.get(name));
  }
  return found;
}
