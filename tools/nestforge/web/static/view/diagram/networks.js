// The frames of a drawing: VPCs, the vSwitches in them, the security groups in these, and what stands in each.

import { worded } from "../known.js";
import { drawHosts } from "./hosts.js";
import { box, flowed, GAP, label, measured, PAD } from "./shapes.js";

const TITLE = 26;
const TITLE_LINE = 16;
const NODE = 46;
const MOST_CARDS = 12;

/** Draw networks one below the other; returns where the last ends. */
export function drawNetworks(pen, networks, x, width, isWide) {
  const [shown, rest] = some(pen, networks);
  let y = 0;
  for (const vpc of shown) y = drawNetwork(pen, vpc, { x, y, width }, isWide) + GAP;
  return (rest ? drawRest(pen, rest, x, y, width) : y) - GAP;
}

function drawNetwork(pen, vpc, { x, y, width }, isWide) {
  const title = [pen.ctx.say(vpc.name ? (vpc.isNew ? "newVpc" : "existingVpc") : "someVpc"), vpc.name, vpc.cidr];
  return drawFrame(pen, { x, y, width }, "vpc", title, "", (inner) => {
    let below = inner.y;
    const [switches, rest] = some(pen, [...vpc.switches.values()]);
    for (const frame of switches) below = drawSwitch(pen, frame, { ...inner, y: below }, isWide) + GAP;
    below = drawGroups(pen, vpc.nodes.filter((node) => node.properties), { ...inner, y: below }, isWide);
    below = drawNodes(pen, vpc.nodes.filter((node) => !node.properties), { ...inner, y: below });
    return rest ? drawRest(pen, rest, inner.x, below, inner.width) : below;
  });
}

function drawSwitch(pen, frame, place, isWide) {
  const title = [pen.ctx.say(frame.isNew ? "newVSwitch" : "existingVSwitch"), frame.name, frame.cidr, frame.zone];
  return drawFrame(pen, place, "switch", title, "", (inner) => {
    const below = drawGroups(pen, frame.hosts, inner, isWide);
    return drawNodes(pen, frame.nodes, { ...inner, y: below });
  });
}

function drawGroups(pen, hosts, { x, y, width }, isWide) {
  const groups = new Map();
  for (const host of hosts) {
    const key = host.group ? (host.group.ref ?? host.group.text) : "";
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push(host);
  }
  const [shown, rest] = some(pen, [...groups]);
  let below = y;
  for (const [name, members] of shown) below = drawGroup(pen, name, members, { x, y: below, width }, isWide) + GAP;
  return rest ? drawRest(pen, rest, x, below, width) : below;
}

function drawGroup(pen, name, hosts, place, isWide) {
  const { say } = pen.ctx;
  const [shown, rest] = some(pen, hosts);
  const peers = pen.topology.rules.find((rule) => rule.isPeer && rule.group === name);
  const fill = (inner) => {
    let below = (shown.length ? drawHosts(pen, shown, inner, isWide) : inner.y) + GAP;
    if (peers) below = drawNote(pen, say("peersOnly", { ports: peers.ports.join(", ").replace("*", say("allPorts")) }), inner.x, below, inner.width);
    return rest ? drawRest(pen, rest, inner.x, below, inner.width) : below;
  };
  if (!name) return fill({ x: place.x + PAD, y: place.y, width: place.width - 2 * PAD }) - GAP;
  if (!pen.groups.has(name)) pen.groups.set(name, place);
  return drawFrame(pen, place, "group", [`${say("securityGroup")}  ${name}`], "group-title", fill);
}

/** Draw a frame with its title around what `fill` draws into it, which returns where the next thing would begin. */
function drawFrame(pen, { x, y, width }, kind, title, titleKind, fill) {
  const slot = pen.parts.length;
  const inner = width - 2 * PAD;
  const lines = flowed(title.map((text) => worded(text ?? "", pen.ctx.say)), inner, "  ", 12, 600);
  const bottom = fill({ x: x + PAD, y: y + TITLE + (lines.length - 1) * TITLE_LINE, width: inner }) - GAP + PAD;
  const height = Math.max(bottom - y, TITLE + (lines.length - 1) * TITLE_LINE);
  pen.parts.splice(slot, 0, box(x, y, width, height, `frame ${kind}`, 11));
  for (const [place, line] of lines.entries()) {
    const at = y + 18 + place * TITLE_LINE;
    pen.titles.push({ x: x + PAD, y: at, right: x + PAD + Math.min(inner, measured(line, 12)), element: label(x + PAD, at, line, inner, `frame-title ${titleKind}`) });
  }
  return y + height;
}

function drawNodes(pen, nodes, { x, y, width }) {
  const [shown, rest] = some(pen, nodes);
  let left = x;
  let top = y;
  for (const node of shown) {
    const kind = node.type.replace(/^.*?::/, "");
    const name = node.names.length > 1 ? pen.ctx.say("sameHosts", { name: node.names[0], count: node.names.length - 1 }) : node.names[0];
    const each = Math.min(width, Math.max(measured(kind, 12), measured(name, 13)) + 28);
    if (left + each > x + width && left > x) {
      left = x;
      top += NODE + 10;
    }
    for (const own of node.names) pen.spots.set(own, { x: left, y: top, width: each, height: NODE });
    pen.parts.push(box(left, top, each, NODE, "host", 8), label(left + 12, top + 20, name, each - 24, "title"), label(left + 12, top + 36, kind, each - 24, "note"));
    left += each + GAP;
  }
  const below = shown.length ? top + NODE + GAP : y;
  return rest ? drawRest(pen, rest, x, below, width) : below;
}

function drawRest(pen, count, x, y, width) {
  return drawNote(pen, pen.ctx.say("andMore", { count }), x, y, width);
}

function drawNote(pen, text, x, y, width) {
  pen.parts.push(label(x, y + 6, text, width, "note"));
  return y + 12 + GAP;
}

/** Those of `items` that the drawing has room for, and how many it has none for. */
function some(pen, items) {
  const shown = items.slice(0, Math.min(MOST_CARDS, pen.room));
  pen.room -= shown.length;
  return [shown, items.length - shown.length];
}
