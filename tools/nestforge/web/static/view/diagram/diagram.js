// Draws a topology for a given width: sources above, the networks below, arrows from who may connect to what it reaches.

import { svg } from "../dom.js";
import { arrowsBelow, arrowsBeside, lanesOf, sideOf, waysBelow, waysBeside } from "./arrows.js";
import { drawNetworks } from "./networks.js";
import { GAP, heads } from "./shapes.js";
import { drawSource, HEIGHT, inRow, perRow, sourcesOf, targetOf } from "./sources.js";

const WIDE = 620;
const MOST_DRAWN = 120;
const BETWEEN = 8;

export function diagram(topology, width, ctx) {
  const { pen, above, top, bottom } = (width >= WIDE ? wide : narrow)(topology, width, ctx);
  const height = top + Math.max(bottom, 40) + 2;
  const moved = { transform: `translate(0 ${top})` };
  return svg(
    "svg",
    { class: "diagram", viewBox: `-1 -1 ${width + 2} ${height + 2}`, width: width + 2, height: height + 2, role: "img", "aria-label": ctx.say("topologyOf", summaryOf(topology)) },
    heads(),
    svg("g", moved, pen.parts),
    above,
    svg("g", moved, pen.titles.map((title) => title.element)), // above what crosses them where there is no other way
  );
}

/** Sources in a row; the networks leave room at the sides for the arrows that have none between the boxes. */
function wide(topology, width, ctx, sides = { left: 0, right: 0 }) {
  const { pen, bottom } = networks(topology, sides, width, ctx, true);
  const found = sourcesOf(pen, perRow(width)).map((source) => ({ source, target: targetOf(pen, source) }));
  const places = inRow(found.length, width);
  const placed = (pairs) => pairs.map((pair, place) => ({ ...pair, place: places[place] }));
  const pairs = placed(inOrder(found, waysBelow(pen, placed(found)), width));
  const ways = waysBelow(pen, pairs);
  const wanted = sidesOf(ways);
  if (wanted.left > sides.left || wanted.right > sides.right) return wide(topology, width, ctx, wanted);
  const { top, drawn } = arrowsBelow(ways, width);
  return { pen, above: [pairs.map(({ source, place }) => drawSource(source, place, false)), drawn], top: pairs.length ? top : 0, bottom };
}

/** Sources one below the other, and every arrow along a side. */
function narrow(topology, width, ctx, sides = { left: 0, right: 0 }) {
  const { pen, bottom } = networks(topology, sides, width, ctx, false);
  const inside = { x: sides.left, width: width - sides.left - sides.right };
  const pairs = sourcesOf(pen).map((source, row) => ({ source, place: { ...inside, y: row * (HEIGHT + BETWEEN) }, target: targetOf(pen, source) }));
  const ways = waysBeside(pairs);
  const wanted = sidesOf(ways);
  if (wanted.left > sides.left || wanted.right > sides.right) return narrow(topology, width, ctx, wanted);
  const top = pairs.length ? pairs.length * (HEIGHT + BETWEEN) + GAP : 0;
  return { pen, above: [pairs.map(({ source, place }) => drawSource(source, place, true)), arrowsBeside(ways, top, width)], top, bottom };
}

function networks(topology, sides, width, ctx, isWide) {
  const pen = { parts: [], titles: [], spots: new Map(), groups: new Map(), joined: new Set(), room: MOST_DRAWN, ctx, topology };
  return { pen, bottom: drawNetworks(pen, topology.networks, sides.left, width - sides.left - sides.right, isWide) };
}

function sidesOf(ways) {
  const { left, right } = lanesOf(ways);
  return { left: sideOf(left.length), right: sideOf(right.length) };
}

/** Sources in the order in which their arrows come down, so that few cross: those along a side stand at its end. */
function inOrder(pairs, ways, width) {
  const rank = ({ source, target }) => {
    const side = ways.find((way) => way.source === source)?.side;
    if (side && source.host) return side === "left" ? -1 : 3;
    if (!source.host || !target) return 1;
    return target.x + target.width / 2 < width / 2 ? 0 : 2;
  };
  return pairs.toSorted((one, other) => rank(one) - rank(other));
}

function summaryOf(topology) {
  return {
    networks: topology.networks.length,
    hosts: topology.hosts.reduce((sum, host) => sum + host.count, 0),
    rules: topology.rules.length,
    addresses: topology.addresses.length,
  };
}
