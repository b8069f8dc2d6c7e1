// Who may connect, and the public addresses: boxes above the networks.

import { worded } from "../known.js";
import { box, GAP, label, tag, tagWidth } from "./shapes.js";

const MOST = 6;
const LEAST = 150;
const WIDEST = 260;

export const HEIGHT = 48;

/** The sources of a drawing, those that lead to something drawn; `room` boxes in all, one then says how many more. */
export function sourcesOf(pen, room = 2 * MOST) {
  const { topology, ctx } = pen;
  const rules = topology.rules.filter((rule) => !rule.isPeer && pen.groups.has(rule.group));
  const { addresses } = topology;
  const isAll = rules.length + addresses.length <= room && rules.length <= MOST && addresses.length <= MOST;
  const kept = isAll ? addresses : addresses.slice(0, Math.max(1, Math.min(MOST, Math.floor(room / 2))));
  const first = isAll ? rules : rules.slice(0, Math.max(0, Math.min(MOST, room - kept.length - 1)));
  const rest = rules.length + addresses.length - first.length - kept.length;
  const networks = new Set(topology.networks.map((vpc) => vpc.cidr).filter(Boolean));
  return [
    ...first.map((rule) => ruleSource(rule, networks, ctx)),
    ...(rest ? [{ title: ctx.say("andMore", { count: rest }), note: ctx.say("inTable"), kind: "", label: "" }] : []),
    ...kept.map((address) => addressSource(address, ctx)),
  ];
}

function ruleSource(rule, networks, { say }) {
  const isEveryone = rule.source === "0.0.0.0/0" || rule.source === "::/0";
  const isInside = rule.isInside || networks.has(rule.source);
  return {
    title: rule.isGroup ? say("membersOf", { name: rule.source }) : worded(rule.source, say),
    note: isInside ? say("insideVpc") : isEveryone ? say("everyone") : rule.isGroup ? "" : say("addresses"),
    kind: isEveryone ? "everyone" : "open",
    label: rule.ports.map((ports) => ports.replace("*", say("allPorts"))).join(", "),
    group: rule.group,
  };
}

function addressSource(address, { say }) {
  return {
    title: address.name || say("publicAddress"),
    note: [say("publicAddress"), address.bandwidth && say("bandwidth", { mbps: worded(address.bandwidth, say) })].filter(Boolean).join(" · "),
    kind: "public",
    label: "",
    host: address.target,
  };
}

export function targetOf(pen, source) {
  return source.host ? pen.spots.get(source.host) : pen.groups.get(source.group);
}

export function perRow(width) {
  return Math.max(1, Math.floor((width + GAP) / (LEAST + GAP)));
}

/** Places for boxes in one row, around the middle. */
export function inRow(count, width) {
  const each = Math.min(WIDEST, (width - (count - 1) * GAP) / count);
  const start = (width - count * each - (count - 1) * GAP) / 2;
  return Array.from({ length: count }, (_, place) => ({ x: start + place * (each + GAP), y: 0, width: each }));
}

/** Draw a box; where its ports stand in it and not at its arrow, `isLabelled`. */
export function drawSource(source, { x, y, width }, isLabelled) {
  const ports = isLabelled && source.label ? source.label : "";
  const wide = Math.min(tagWidth(ports), width / 2);
  const room = ports ? wide + 6 : 0;
  return [
    box(x, y, width, HEIGHT, `source ${source.kind}`, 8),
    label(x + 10, y + 20, source.title, width - 20 - room, "title"),
    label(x + 10, y + 37, source.note, width - 20 - room, "note"),
    ports ? tag(x + width - 8 - wide / 2, y + HEIGHT / 2 + 2, ports, "open", wide) : null,
  ];
}
