// The hosts of a security group, side by side or one below the other, and the fabric between them.

import { svg } from "../dom.js";
import { worded } from "../known.js";
import { box, flowed, GAP, label, measured, tag, tagWidth } from "./shapes.js";

const LEAST = 250;
const MOST = 380;
const INNER = 12;
const LINE = 17;
const GPU = 22;
const LINK = { beside: 96, below: 44 };
const MOST_LINES = 4;

/** Draw hosts into a place of this width; returns where the last ends. */
export function drawHosts(pen, hosts, { x, y, width }, isWide) {
  const links = pen.topology.fabric;
  const isLinked = links.some((link) => link.from !== link.to);
  const between = isLinked ? LINK.beside : GAP;
  const fitting = Math.floor((width + between) / (LEAST + between));
  const columns = isWide ? Math.max(1, Math.min(hosts.length, fitting)) : 1;
  const each = Math.min(isWide ? MOST : width, (width - (columns - 1) * between) / columns);
  const start = x + (width - columns * each - (columns - 1) * between) / 2;
  const height = Math.max(...hosts.map((host) => heightOf(host, each, pen.ctx)));
  const step = height + (isLinked && columns === 1 ? LINK.below : GAP);
  for (const [place, host] of hosts.entries()) {
    drawHost(pen, host, { x: start + (place % columns) * (each + between), y: y + Math.floor(place / columns) * step, width: each, height });
  }
  for (const link of links) drawLink(pen, link);
  return y + (Math.ceil(hosts.length / columns) - 1) * step + height;
}

function drawHost(pen, host, place) {
  const { say } = pen.ctx;
  const { x, y, width, height } = place;
  const inner = width - 2 * INNER;
  for (const name of host.names) pen.spots.set(name, place);
  const { title, badge, room, isBeside } = headOf(host, inner, pen.ctx);
  pen.parts.push(box(x, y, width, height, badge ? "host serving" : "host", 8));
  pen.parts.push(label(x + INNER, y + 22, title, inner - (isBeside ? room : 0), "title"));
  if (badge) pen.parts.push(tag(isBeside ? x + width - 6 - room / 2 : x + INNER + room / 2, isBeside ? y + 18 : y + height - 15, badge, "badge", inner));
  pen.parts.push(label(x + INNER, y + 41, worded(host.type, say) || say("someType"), inner, "mono"));
  let line = y + 41;
  const write = (text) => pen.parts.push(label(x + INNER, (line += LINE), text, inner, "note"));
  factsOf(host, inner, pen.ctx).forEach(write);
  if (host.machine?.gpus) {
    drawGpus(pen, host.machine, x + INNER, line + 10, inner);
    line += 24;
    write(say("gpus", { count: host.machine.gpus, name: host.machine.accelerator, memory: host.machine.gpu_memory_gib }));
  }
  runsOf(host, inner, pen.ctx).forEach(write);
}

/** The title, and the badge of what listens: beside it where there is room, otherwise below all else. */
function headOf({ name, names, count, ports }, inner, { say }) {
  const first = names.length > 1 ? say("sameHosts", { name: names[0], count: names.length - 1 }) : name;
  const title = count > 1 ? `${first} × ${count}` : first;
  const badge = ports.length ? `API :${ports.join(", :")}` : "";
  const room = badge ? tagWidth(badge) : 0;
  return { title, badge, room, isBeside: measured(title, 13) <= inner - room };
}

function heightOf(host, width, ctx) {
  const inner = width - 2 * INNER;
  const lines = factsOf(host, inner, ctx).length + runsOf(host, inner, ctx).length + (headOf(host, inner, ctx).isBeside ? 0 : 1);
  return 41 + lines * LINE + (host.machine?.gpus ? 24 + LINE : 0) + 12;
}

function factsOf({ machine, disk }, room, { say, has }) {
  const facts = machine ? [say("cpuAndMemory", { vcpus: machine.vcpus, memory: machine.memory_gib }), say("network", { gbps: machine.network_gbps })] : [];
  const category = has(`value.${disk.category}`) ? say(`value.${disk.category}`) : worded(disk.category ?? "", say);
  const size = disk.size && say("disk", { size: worded(disk.size, say) });
  return flowed([...facts, [category, size].filter(Boolean).join(" ")], room).slice(0, MOST_LINES);
}

function runsOf(host, room, { say }) {
  const fabric = host.fabric ? say("fabricInterfaces", { count: host.fabric }) : "";
  const scripts = host.scripts ? say("scriptCount", { count: host.scripts }) : "";
  return flowed([fabric, scripts], room);
}

function drawGpus(pen, { gpus }, x, y, width) {
  const size = Math.min(GPU, (width - (gpus - 1) * 4) / gpus);
  for (let place = 0; place < gpus; place += 1) pen.parts.push(box(x + place * (size + 4), y, size, 18, "gpu", 3));
}

function drawLink(pen, link) {
  const from = pen.spots.get(link.from);
  const to = pen.spots.get(link.to);
  const name = JSON.stringify([link.from, link.to]);
  if (!from || !to || from === to || pen.joined.has(name)) return;
  pen.joined.add(name);
  const isBeside = Math.abs(from.y - to.y) < 1;
  const [across, down] = [from.x + from.width / 2, from.y + from.height / 2];
  for (let place = 0; place < Math.min(link.count, 4); place += 1) {
    const shift = (place - (link.count - 1) / 2) * 8;
    const path = isBeside ? `M${from.x + from.width} ${down + shift} H${to.x}` : `M${across + shift} ${from.y + from.height} V${to.y}`;
    pen.parts.push(svg("path", { class: "fabric", d: path }));
  }
  const words = `eRDMA × ${link.count}`;
  if (isBeside) pen.parts.push(tag((from.x + from.width + to.x) / 2, down - 8 * link.count - 6, words, "peer"));
  else pen.parts.push(tag(across + 8 * link.count + 44, (from.y + from.height + to.y) / 2 + 4, words, "peer"));
}
