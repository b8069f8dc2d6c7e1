// Draws a topology for a given width: sources above, the networks below, arrows from who may connect to what it reaches.

import { svg } from "./dom.js";

const GAP = 16;
const PAD = 14;
const TITLE = 26;
const HOST = { least: 250, height: 128 };
const LINK = 96;
const SOURCE = { height: 48, least: 150 };
const LANE = 14;
const MOST_SOURCES = 6;
const MOST_CARDS = 12;
const LATER = /^\(known after creation: (.*)\)$/;

const canvas = document.createElement("canvas").getContext("2d");

export function diagram(topology, width, ctx) {
  const pen = { parts: [], arrows: [], titles: [], spots: new Map(), groups: new Map(), ctx, topology };
  const wide = width >= 620;
  const sources = sourcesOf(topology, ctx);
  const perRow = Math.max(1, Math.floor((width + GAP) / (SOURCE.least + GAP)));
  const rows = Math.ceil(sources.length / perRow);
  let y = rows * (SOURCE.height + GAP) + (sources.length ? sources.length * LANE + GAP : 0);
  const top = y;
  for (const vpc of topology.networks) y = drawNetwork(pen, vpc, 0, y, width, wide) + GAP;
  drawSources(pen, sources, perRow, width, top);
  const height = Math.max(y - GAP, 40) + 2;
  return svg(
    "svg",
    { class: "diagram", viewBox: `-1 -1 ${width + 2} ${height + 2}`, width: width + 2, height: height + 2, role: "img", "aria-label": ctx.say("topologyOf", summaryOf(topology)) },
    svg("defs", {}, head("open"), head("public"), head("peer")),
    pen.parts,
    pen.arrows,
    pen.titles.map((title) => title.element), // above what crosses them where there is no other way
  );
}

function summaryOf(topology) {
  return {
    networks: topology.networks.length,
    hosts: topology.hosts.reduce((sum, host) => sum + host.count, 0),
    rules: topology.rules.length,
    addresses: topology.addresses.length,
  };
}

function head(kind) {
  return svg("marker", { id: `head-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto-start-reverse" }, svg("path", { class: `head ${kind}`, d: "M0 0 L8 4 L0 8 Z" }));
}

function sourcesOf(topology, { say }) {
  const rules = topology.rules.filter((rule) => !rule.isPeer);
  const own = new Set(topology.networks.map((vpc) => vpc.cidr).filter(Boolean));
  const sources = rules.map((rule) => ({
    title: rule.isGroup ? say("membersOf", { name: rule.source }) : rule.source.replace(LATER, "$1"),
    note: rule.isInside || own.has(rule.source) ? say("insideVpc") : rule.source === "0.0.0.0/0" ? say("everyone") : rule.isGroup ? "" : say("addresses"),
    kind: rule.source === "0.0.0.0/0" ? "everyone" : "open",
    label: rule.ports.map((ports) => ports.replace("*", say("allPorts"))).join(", "),
    group: rule.group,
  }));
  const addresses = topology.addresses.map((address) => ({
    title: address.name || say("publicAddress"),
    note: [say("publicAddress"), address.bandwidth && say("bandwidth", { mbps: address.bandwidth })].filter(Boolean).join(" · "),
    kind: "public",
    label: "",
    host: address.target,
  }));
  return [...sources.slice(0, MOST_SOURCES), ...addresses.slice(0, MOST_SOURCES)];
}

function drawSources(pen, sources, perRow, width, top) {
  const columns = Math.min(perRow, sources.length) || 1;
  const each = Math.min(260, (width - (columns - 1) * GAP) / columns);
  const total = columns * each + (columns - 1) * GAP;
  for (const [place, source] of sources.entries()) {
    const x = (width - total) / 2 + (place % columns) * (each + GAP);
    const y = Math.floor(place / columns) * (SOURCE.height + GAP);
    pen.parts.push(box(x, y, each, SOURCE.height, `source ${source.kind}`, 8));
    pen.parts.push(label(x + 10, y + 20, source.title, each - 20, "title"), label(x + 10, y + 37, source.note, each - 20, "note"));
    connect(pen, source, x + each / 2, y + SOURCE.height, place, sources.length, top);
  }
}

function connect(pen, source, x, y, place, count, top) {
  const target = source.host ? pen.spots.get(source.host) : pen.groups.get(source.group);
  if (!target) return;
  const lane = top - GAP / 2 - (count - 1 - place) * LANE - 4;
  const public_ = source.kind === "public";
  const kind = public_ ? "public" : "open";
  if (public_ && isBelowAnother(pen, target)) {
    const side = target.x + target.width + PAD / 2;
    const path = `M${x} ${y} V${lane} H${side} V${target.y + 30} H${target.x + target.width + 1}`;
    pen.arrows.push(svg("path", { class: `arrow ${kind}`, d: path, "marker-end": `url(#head-${kind})` }));
    return;
  }
  const wanted = public_ ? target.x + target.width * 0.5 : clamp(x, target.x + 20, target.x + target.width - 20);
  const end = besideTitles(pen, wanted, target, place);
  const path = Math.abs(end - x) < 1 ? `M${x} ${y} V${target.y - 1}` : `M${x} ${y} V${lane} H${end} V${target.y - 1}`;
  pen.arrows.push(svg("path", { class: `arrow ${kind}`, d: path, "marker-end": `url(#head-${kind})` }));
  if (source.label) pen.arrows.push(tag(x, y + 13, source.label, kind));
}

/** Where an arrow comes down to its target without crossing the title of a frame, if there is such a place. */
function besideTitles(pen, wanted, target, place) {
  const passed = pen.titles.filter((title) => title.y < target.y);
  if (passed.every((title) => wanted < title.x - LANE || wanted > title.right + LANE)) return wanted;
  const free = Math.max(...passed.map((title) => title.right)) + (place + 1) * LANE;
  return free <= target.x + target.width - 20 ? free : wanted;
}

function isBelowAnother(pen, target) {
  return [...pen.spots.values()].some((spot) => spot.y < target.y && spot.x < target.x + target.width && target.x < spot.x + spot.width);
}

function clamp(value, least, most) {
  return Math.max(least, Math.min(most, value));
}

function drawNetwork(pen, vpc, x, y, width, wide) {
  const { say } = pen.ctx;
  const slot = pen.parts.length;
  let below = y + TITLE + 6;
  const inside = width - 2 * PAD;
  const frames = [...vpc.switches.values()].slice(0, MOST_CARDS);
  for (const frame of frames) below = drawSwitch(pen, frame, x + PAD, below, inside, wide) + GAP;
  const hosts = vpc.nodes.filter((node) => node.properties);
  if (hosts.length) below = drawHosts(pen, hosts, x + PAD, below, inside, wide) + GAP;
  below = drawNodes(pen, vpc.nodes.filter((node) => !node.properties), x + PAD, below, inside);
  const rest = vpc.switches.size - frames.length;
  if (rest > 0) {
    pen.parts.push(label(x + PAD, below + 12, say("andMore", { count: rest }), inside, "note"));
    below += 28;
  }
  const bottom = Math.max(below - GAP + PAD, y + TITLE + PAD);
  const title = [say(vpc.name ? (vpc.isNew ? "newVpc" : "existingVpc") : "someVpc"), vpc.name, vpc.cidr].filter(Boolean).join("  ");
  pen.parts.splice(slot, 0, box(x, y, width, bottom - y, "frame vpc", 12));
  frameTitle(pen, x + PAD, y + 19, title, inside, "");
  return bottom;
}

function drawSwitch(pen, frame, x, y, width, wide) {
  const { say } = pen.ctx;
  const slot = pen.parts.length;
  let below = y + TITLE + 4;
  if (frame.hosts.length) below = drawHosts(pen, frame.hosts, x + PAD, below, width - 2 * PAD, wide) + GAP;
  below = drawNodes(pen, frame.nodes, x + PAD, below, width - 2 * PAD);
  const bottom = Math.max(below - GAP + PAD, y + TITLE + 6);
  const title = [say(frame.isNew ? "newVSwitch" : "existingVSwitch"), frame.name, frame.cidr, frame.zone].filter(Boolean).join("  ");
  pen.parts.splice(slot, 0, box(x, y, width, bottom - y, "frame switch", 10));
  frameTitle(pen, x + PAD, y + 18, title, width - 2 * PAD, "");
  return bottom;
}

function drawHosts(pen, hosts, x, y, width, wide) {
  let below = y;
  const groups = new Map();
  for (const host of hosts) {
    const key = host.group ? (host.group.ref ?? host.group.text) : "";
    groups.set(key, [...(groups.get(key) ?? []), host]);
  }
  for (const [name, members] of groups) below = drawGroup(pen, name, members, x, below, width, wide) + GAP;
  return below - GAP;
}

function drawGroup(pen, name, hosts, x, y, width, wide) {
  const { say } = pen.ctx;
  const slot = pen.parts.length;
  const shown = hosts.slice(0, MOST_CARDS);
  const links = pen.topology.fabric;
  const linked = links.some((link) => link.from !== link.to);
  const between = linked ? LINK : GAP;
  const inside = width - 2 * PAD;
  const columns = wide ? Math.max(1, Math.min(shown.length, Math.floor((inside + between) / (HOST.least + between)))) : 1;
  const each = Math.min(380, (inside - (columns - 1) * between) / columns);
  const start = x + PAD + (inside - columns * each - (columns - 1) * between) / 2;
  const step = HOST.height + (linked && columns === 1 ? 44 : GAP);
  const top = y + TITLE;
  for (const [place, host] of shown.entries()) {
    drawHost(pen, host, start + (place % columns) * (each + between), top + Math.floor(place / columns) * step, each);
  }
  const rows = Math.ceil(shown.length / columns);
  let bottom = top + (rows - 1) * step + HOST.height;
  for (const link of links) drawLink(pen, link);
  const peers = pen.topology.rules.find((rule) => rule.isPeer && rule.group === name);
  const rest = hosts.length - shown.length;
  const note = [peers && say("peersOnly", { ports: peers.ports.join(", ").replace("*", say("allPorts")) }), rest > 0 && say("andMore", { count: rest })].filter(Boolean).join(" · ");
  if (note) {
    pen.parts.push(label(x + PAD, bottom + 19, note, inside, "note"));
    bottom += 22;
  }
  bottom += PAD;
  if (name) {
    pen.parts.splice(slot, 0, box(x, y, width, bottom - y, "frame group", 10));
    frameTitle(pen, x + PAD, y + 17, `${say("securityGroup")}  ${name}`, inside, "group-title");
    if (!pen.groups.has(name)) pen.groups.set(name, { x, y, width });
  }
  return bottom;
}

function drawHost(pen, host, x, y, width) {
  const { say } = pen.ctx;
  const inner = width - 24;
  pen.spots.set(host.name, { x, y, width, height: HOST.height });
  const title = host.names.length > 1 ? say("sameHosts", { name: host.names[0], count: host.names.length - 1 }) : host.name;
  const times = host.count > 1 ? ` × ${host.count}` : "";
  const badge = host.ports.length ? `API :${host.ports.join(", :")}` : "";
  const room = badge ? measured(badge, 11) + 26 : 0;
  pen.parts.push(box(x, y, width, HOST.height, host.ports.length ? "host serving" : "host", 8));
  pen.parts.push(label(x + 12, y + 22, title + times, inner - room, "title"));
  if (badge) pen.parts.push(tag(x + width - 12 - measured(badge, 11) / 2 - 2, y + 18, badge, "badge"));
  pen.parts.push(label(x + 12, y + 41, host.type || say("someType"), inner, "mono"));
  const facts = host.machine ? [say("cpuAndMemory", { vcpus: host.machine.vcpus, memory: host.machine.memory_gib }), say("network", { gbps: host.machine.network_gbps })] : [];
  const disk = [host.disk.category, host.disk.size && say("disk", host.disk)].filter(Boolean).join(" ");
  pen.parts.push(label(x + 12, y + 58, [...facts, disk].filter(Boolean).join(" · "), inner, "note"));
  drawGpus(pen, host, x + 12, y + 68, inner);
  const scripts = host.scripts ? say("scriptCount", { count: host.scripts }) : "";
  const fabric = host.fabric ? say("fabricInterfaces", { count: host.fabric }) : "";
  pen.parts.push(label(x + 12, y + 117, [fabric, scripts].filter(Boolean).join(" · "), inner, "note"));
}

function drawGpus(pen, host, x, y, width) {
  const count = host.machine?.gpus ?? 0;
  if (!count) return;
  const { say } = pen.ctx;
  const size = Math.min(22, (width - (count - 1) * 4) / count);
  for (let place = 0; place < count; place += 1) pen.parts.push(box(x + place * (size + 4), y, size, 18, "gpu", 3));
  pen.parts.push(label(x, y + 31, say("gpus", { count, name: host.machine.accelerator, memory: host.machine.gpu_memory_gib }), width, "note"));
}

function drawLink(pen, link) {
  const from = pen.spots.get(link.from);
  const to = pen.spots.get(link.to);
  if (!from || !to || from === to || from.joined?.has(link.to)) return;
  from.joined = (from.joined ?? new Set()).add(link.to);
  const beside = Math.abs(from.y - to.y) < 1;
  for (let place = 0; place < Math.min(link.count, 4); place += 1) {
    const shift = (place - (link.count - 1) / 2) * 8;
    const path = beside
      ? `M${from.x + from.width} ${from.y + 64 + shift} H${to.x}`
      : `M${from.x + from.width / 2 + shift} ${from.y + from.height} V${to.y}`;
    pen.arrows.push(svg("path", { class: "fabric", d: path }));
  }
  const words = `eRDMA × ${link.count}`;
  if (beside) pen.arrows.push(tag((from.x + from.width + to.x) / 2, from.y + 64 - 8 * link.count - 6, words, "peer"));
  else pen.arrows.push(tag(from.x + from.width / 2 + 8 * link.count + 44, (from.y + from.height + to.y) / 2 + 4, words, "peer"));
}

function drawNodes(pen, nodes, x, y, width) {
  let left = x;
  let top = y;
  for (const node of nodes.slice(0, MOST_CARDS)) {
    const kind = node.type.replace(/^.*?::/, "");
    const name = node.names.length > 1 ? pen.ctx.say("sameHosts", { name: node.names[0], count: node.names.length - 1 }) : node.names[0];
    const each = Math.min(width, Math.max(measured(kind, 12), measured(name, 13, 600)) + 28);
    if (left + each > x + width && left > x) {
      left = x;
      top += 56;
    }
    pen.parts.push(box(left, top, each, 46, "host", 8), label(left + 12, top + 20, name, each - 24, "title"), label(left + 12, top + 36, kind, each - 24, "note"));
    left += each + GAP;
  }
  return nodes.length ? top + 46 + GAP : y;
}

function frameTitle(pen, x, y, text, room, kind) {
  const shown = fitted(text, room, 12);
  pen.titles.push({ x, y, right: x + measured(shown, 12), element: label(x, y, text, room, `frame-title ${kind}`) });
}

function box(x, y, width, height, kind, radius) {
  return svg("rect", { class: kind, x, y, width: Math.max(0, width), height: Math.max(0, height), rx: radius });
}

function tag(x, y, text, kind) {
  const width = measured(text, 11) + 12;
  return svg("g", { class: `tag ${kind}` }, box(x - width / 2, y - 11, width, 17, "", 8), svg("text", { x, y: y + 1.5, "text-anchor": "middle" }, text));
}

function label(x, y, text, room, kind) {
  const [size, weight] = kind === "title" ? [13, 600] : [12, kind.startsWith("frame-title") ? 600 : 400];
  const shown = fitted(text, room, size, weight);
  return svg("text", { class: kind, x, y }, shown === text ? null : svg("title", {}, text), shown);
}

function fitted(text, room, size, weight) {
  const whole = text.slice(0, 200);
  if (whole === text && measured(text, size, weight) <= room) return text;
  let end = whole.length;
  while (end > 1 && measured(`${whole.slice(0, end)}…`, size, weight) > room) end -= 1;
  return `${whole.slice(0, end)}…`;
}

function measured(text, size, weight = 600) {
  canvas.font = `${weight} ${size}px system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif`;
  return canvas.measureText(text).width;
}
