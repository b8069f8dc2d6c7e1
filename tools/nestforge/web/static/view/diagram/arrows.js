// Arrows from the sources to what they reach: from a row above down to it, or along the sides where that is not free.

import { arrow, tag } from "./shapes.js";
import { HEIGHT } from "./sources.js";

const LANE = 14;
const SIDE_LANE = 8;
const MARGIN = 20;
const TAG = { at: 13, height: 24 };
const WORSE = { turned: 300, title: 1000, aside: 900, box: 100_000 };

/** How wide a side is that has a lane for each of `count` targets. */
export function sideOf(count) {
  return count ? 6 + count * SIDE_LANE : 0;
}

/** The ways from a row of sources; one that would run through a box goes along a side. */
export function waysBelow(pen, pairs) {
  const ends = [];
  return pairs
    .filter(({ target }) => target)
    .map((pair) => {
      const from = pair.place.x + pair.place.width / 2;
      const { x, cost } = cheapest(pen, pair, from, ends);
      const aside = cheaperSide(pen, pair);
      const side = aside.cost < cost ? aside.side : null;
      if (!side) ends.push(x);
      return { ...pair, from, end: x, side };
    });
}

/** Where a way comes down best: near to where it is wanted, beside boxes, titles and those before it. */
function cheapest(pen, { source, target }, from, ends) {
  const [least, most] = [target.x + MARGIN, target.x + target.width - MARGIN];
  const wanted = source.host ? target.x + target.width / 2 : Math.max(least, Math.min(most, from));
  const titles = pen.titles.filter((title) => title.y < target.y);
  const boxes = [...pen.spots.values()].filter((spot) => spot.y < target.y && spot !== target);
  const costOf = (x) =>
    Math.abs(x - wanted) +
    (ends.some((end) => x < end + LANE) ? WORSE.turned : 0) +
    titles.filter((title) => title.x - 4 < x && x < title.right + 8).length * WORSE.title +
    (boxes.some((spot) => spot.x - 4 < x && x < spot.x + spot.width + 4) ? WORSE.box : 0);
  const places = [wanted, ...ends.map((end) => end + LANE)].filter((x) => least <= x && x <= most);
  for (let x = least; x <= most; x += LANE / 2) places.push(x);
  return places.map((x) => ({ x, cost: costOf(x) })).reduce((best, each) => (each.cost < best.cost ? each : best), { x: wanted, cost: costOf(wanted) });
}

/** The side from which less stands before the target. */
function cheaperSide(pen, { source, target }) {
  if (!source.host) return { side: "left", cost: WORSE.aside };
  const y = target.y + target.height / 2;
  const beside = [...pen.spots.values()].filter((spot) => spot !== target && spot.y < y && y < spot.y + spot.height);
  const right = new Set(beside.filter((spot) => spot.x > target.x)).size;
  const left = new Set(beside.filter((spot) => spot.x < target.x)).size;
  return { side: left < right ? "left" : "right", cost: WORSE.aside + Math.min(left, right) * WORSE.box };
}

/** Draw ways from a row of sources; `top` is where the networks begin below them. */
export function arrowsBelow(ways, width) {
  const sides = lanesOf(ways);
  for (const way of ways) if (way.side) way.end = laneAt(way, sides, width);
  const turning = turningOf(ways);
  const first = HEIGHT + TAG.height;
  const top = first + turning.length * LANE + 4;
  const drawn = ways.map((way) => {
    const turn = turning.indexOf(way);
    const start = `M${way.from} ${HEIGHT}${turn < 0 ? "" : ` V${first + turn * LANE} H${way.end}`}`;
    const end = way.side ? intoSide(way, top) : ` V${top + way.target.y - 1}`;
    return [arrow(start + end, kindOf(way)), way.source.label ? tag(way.from, HEIGHT + TAG.at, way.source.label, kindOf(way), way.place.width) : null];
  });
  return { top, drawn };
}

/** Those that turn, from the upper lane to the lower: of two that turn one way, the one behind passes below. */
function turningOf(ways) {
  const turning = ways.filter(({ from, end }) => Math.abs(end - from) >= 1);
  const right = turning.filter(({ from, end }) => end > from).sort((one, other) => other.from - one.from);
  const left = turning.filter(({ from, end }) => end < from).sort((one, other) => one.from - other.from);
  return [...right, ...left];
}

/** Draw arrows along the sides, from boxes one below the other; the networks begin at `top`. */
export function arrowsBeside(ways, top, width) {
  const sides = lanesOf(ways);
  return ways.map((way) => {
    const edge = way.side === "right" ? way.place.x + way.place.width : way.place.x;
    return arrow(`M${edge} ${way.place.y + HEIGHT / 2} H${laneAt(way, sides, width)}${intoSide(way, top)}`, kindOf(way));
  });
}

/** The ways from boxes one below the other: to groups along the left side, to hosts along the right one. */
export function waysBeside(pairs) {
  return pairs.filter(({ target }) => target).map((pair) => ({ ...pair, side: pair.source.host ? "right" : "left" }));
}

/** The targets that each side has a lane for, the uppermost innermost. */
export function lanesOf(ways) {
  const targets = (side) => [...new Set(ways.filter((way) => way.side === side).map((way) => way.target))].sort((one, other) => one.y - other.y);
  return { left: targets("left"), right: targets("right") };
}

function laneAt({ side, target }, { left, right }, width) {
  if (side === "right") return width - sideOf(right.length) + 6 + right.indexOf(target) * SIDE_LANE;
  return sideOf(left.length) - 6 - left.indexOf(target) * SIDE_LANE;
}

function intoSide({ side, source, target }, top) {
  const y = top + target.y + (source.host ? target.height / 2 : 13);
  return ` V${y} H${side === "right" ? target.x + target.width + 1 : target.x - 1}`;
}

function kindOf({ source }) {
  return source.kind === "public" ? "public" : "open";
}
