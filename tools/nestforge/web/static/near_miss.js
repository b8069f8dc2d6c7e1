/** The nearest known name to one that is not known; see nestforge/model/near_miss.py. */
import { characters, compareText } from "./text.js";

const LEAST_ALIKE = 0.6;
const SEPARATOR = "::";
const MOST = 2000;
const MANY = 300;

const answers = new WeakMap();

/** `did you mean '…'?` for the closest of the known names, or null; the same list is asked again and again. */
export function didYouMean(name, known) {
  if (!answers.has(known)) answers.set(known, new Map());
  const found = answers.get(known);
  if (!found.has(name)) found.set(name, hintFor(name, [...known]));
  return found.get(name);
}

function hintFor(name, names) {
  if (names.length > MOST) return null;
  const folded = fold(name);
  if (names.length > MANY) {
    const alike = new Map(names.map((each) => [each, alikeEnds(folded, fold(each))]));
    names.sort((a, b) => alike.get(b) - alike.get(a) || compareText(a, b));
  }
  return nearest(name, names.slice(0, MANY).sort(compareText));
}

/** What is the same for names that differ by case alone. */
function fold(name) {
  return name.toUpperCase().toLowerCase();
}

function nearest(name, known) {
  const byFolded = new Map(known.map((each) => [fold(each), each]));
  const folded = fold(name);
  let found;
  if (name.includes(SEPARATOR)) {
    found = nearestWithin(folded, [...byFolded.keys()]);
  } else {
    const begun = [...byFolded.keys()].filter((each) => characters(name).length > 2 && each.startsWith(folded));
    found = closest(folded, begun) ?? closest(folded, [...byFolded.keys()]);
  }
  return found ? `did you mean '${byFolded.get(found)}'?` : null;
}

function closest(name, candidates) {
  let [best, close] = [LEAST_ALIKE, null];
  const inOrder = candidates
    .map((each, place) => ({ each, place, start: alikeStart(characters(each), characters(name)) }))
    .sort((a, b) => b.start - a.start || a.place - b.place);
  for (const { each } of inOrder) {
    const alike = likeness(each, name);
    if (alike < best) continue;
    if (close === null || alike > best || compareText(each, close) > 0) [best, close] = [alike, each];
  }
  return close;
}

function nearestWithin(name, names) {
  let best = null;
  for (const candidate of names) {
    const alike = likenessWithin(name, candidate);
    if (alike === null) continue;
    const found = { slip: isSlip(name, candidate), alike, candidate };
    if (best === null || isNearer(found, best)) best = found;
  }
  if (best !== null) return best.candidate;
  const last = SEPARATOR + parted(name).last;
  const elsewhere = names.filter((each) => each.endsWith(last));
  return elsewhere.length === 1 ? elsewhere[0] : null;
}

function isNearer(one, other) {
  if (one.slip !== other.slip) return one.slip;
  if (one.alike !== other.alike) return one.alike > other.alike;
  return compareText(one.candidate, other.candidate) > 0;
}

function parted(name) {
  const at = name.lastIndexOf(SEPARATOR);
  if (at < 0) return { space: "", separator: "", last: name };
  return { space: name.slice(0, at), separator: SEPARATOR, last: name.slice(at + SEPARATOR.length) };
}

function likenessWithin(one, other) {
  const { space, last } = parted(one);
  const { space: otherSpace, separator, last: otherLast } = parted(other);
  const alike = likeness(last, otherLast);
  if (!separator) return isSlip(last, other) ? alike : null;
  if (space === otherSpace && characters(last).length > 2 && otherLast.startsWith(last)) return 1 + alike;
  if (alike < LEAST_ALIKE || space === otherSpace) return alike >= LEAST_ALIKE ? alike + 1 : null;
  const begin = characters(one).slice(0, alikeStart(characters(space + SEPARATOR), characters(otherSpace + SEPARATOR)));
  const shared = parted(begin.join(""));
  const start = characters(shared.space + shared.separator).length;
  const ofSpaces = likeness(characters(space).slice(start).join(""), characters(otherSpace).slice(start).join(""));
  return ofSpaces >= LEAST_ALIKE ? alike + ofSpaces : null;
}

function alikeEnds(one, other) {
  const [a, b] = [characters(one), characters(other)];
  return alikeStart(a, b) + alikeStart([...a].reverse(), [...b].reverse());
}

function alikeStart(a, b) {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at += 1) if (a[at] !== b[at]) return at;
  return shorter;
}

/** Whether two folded names differ by one slip of a finger at most. */
function isSlip(one, other) {
  const [first, second] = [characters(one), characters(other)];
  if (Math.abs(first.length - second.length) > 1) return false;
  const start = alikeStart(first, second);
  const [a, b] = [first.slice(start), second.slice(start)];
  const equal = (x, y) => x.join("") === y.join("");
  const swapped = equal(a.slice(0, 2), b.slice(0, 2).reverse()) && equal(a.slice(2), b.slice(2));
  return equal(a.slice(1), b.slice(1)) || equal(a.slice(1), b) || equal(a, b.slice(1)) || swapped;
}

/** `SequenceMatcher(None, first, second).ratio()` of Python's difflib. @returns {number} */
function likeness(first, second) {
  const [a, b] = [characters(first), characters(second)];
  if (a.length + b.length === 0) return 1;
  const places = placesOf(b);
  let matching = 0;
  const waiting = [[0, a.length, 0, b.length]];
  while (waiting.length) {
    const [aLow, aHigh, bLow, bHigh] = waiting.pop();
    const [i, j, length] = longestMatch(a, b, places, aLow, aHigh, bLow, bHigh);
    if (length === 0) continue;
    matching += length;
    if (aLow < i && bLow < j) waiting.push([aLow, i, bLow, j]);
    if (i + length < aHigh && j + length < bHigh) waiting.push([i + length, aHigh, j + length, bHigh]);
  }
  return (2 * matching) / (a.length + b.length);
}

/** Where each character stands; of a long text not those that are everywhere. */
function placesOf(characters_) {
  const places = new Map();
  characters_.forEach((character, at) => {
    if (!places.has(character)) places.set(character, []);
    places.get(character).push(at);
  });
  if (characters_.length >= 200) {
    const most = Math.floor(characters_.length / 100) + 1;
    for (const [character, at] of places) if (at.length > most) places.delete(character);
  }
  return places;
}

function longestMatch(a, b, places, aLow, aHigh, bLow, bHigh) {
  let [bestI, bestJ, best] = [aLow, bLow, 0];
  let lengths = new Map();
  for (let i = aLow; i < aHigh; i += 1) {
    const next = new Map();
    for (const j of places.get(a[i]) ?? []) {
      if (j < bLow) continue;
      if (j >= bHigh) break;
      const length = (lengths.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best) [bestI, bestJ, best] = [i - length + 1, j - length + 1, length];
    }
    lengths = next;
  }
  while (bestI > aLow && bestJ > bLow && a[bestI - 1] === b[bestJ - 1]) {
    [bestI, bestJ, best] = [bestI - 1, bestJ - 1, best + 1];
  }
  while (bestI + best < aHigh && bestJ + best < bHigh && a[bestI + best] === b[bestJ + best]) best += 1;
  return [bestI, bestJ, best];
}
