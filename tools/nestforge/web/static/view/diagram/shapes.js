// What drawings are made of: boxes, lines of text that fit their room, tags, and arrows.

import { svg } from "../dom.js";

export const GAP = 16;
export const PAD = 14;

const FONTS = 'system-ui, "PingFang SC", "Noto Sans CJK SC", sans-serif';
const LONGEST = 200;
const canvas = document.createElement("canvas").getContext("2d");

export function box(x, y, width, height, kind, radius) {
  return svg("rect", { class: kind, x, y, width: Math.max(0, width), height: Math.max(0, height), rx: radius });
}

/** A line of text; what does not fit in `room` is cut, and in its tooltip. */
export function label(x, y, text, room, kind) {
  const [size, weight] = kind === "title" ? [13, 600] : [12, kind.startsWith("frame-title") ? 600 : 400];
  const shown = fitted(text, room, size, weight);
  return svg("text", { class: kind, x, y }, shown === text ? null : svg("title", {}, text), shown);
}

/** A small text on a ground of its own, around its middle; what does not fit in `room` is cut, and in its tooltip. */
export function tag(x, y, text, kind, room = Infinity) {
  const shown = fitted(text, room - 12, 11, 600);
  const width = tagWidth(shown);
  const words = svg("text", { x, y: y + 1.5, "text-anchor": "middle" }, shown === text ? null : svg("title", {}, text), shown);
  return svg("g", { class: `tag ${kind}` }, box(x - width / 2, y - 11, width, 17, "", 8), words);
}

export function tagWidth(text) {
  return measured(text, 11) + 12;
}

export function arrow(path, kind) {
  return svg("path", { class: `arrow ${kind}`, d: path, "marker-end": `url(#head-${kind})` });
}

export function heads() {
  const head = (kind) => svg("marker", { id: `head-${kind}`, viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto-start-reverse" }, svg("path", { class: `head ${kind}`, d: "M0 0 L8 4 L0 8 Z" }));
  return svg("defs", {}, ["open", "public"].map(head));
}

/** Texts in as few lines as fit in `room`, those of one line with `between` them. */
export function flowed(texts, room, between = " · ", size = 12, weight = 400) {
  const lines = [];
  for (const text of texts.filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)}${between}${text}` : null;
    if (longer !== null && measured(longer, size, weight) <= room) lines[lines.length - 1] = longer;
    else lines.push(text);
  }
  return lines;
}

export function measured(text, size, weight = 600) {
  canvas.font = `${weight} ${size}px ${FONTS}`;
  return canvas.measureText(text.slice(0, LONGEST)).width;
}

function fitted(text, room, size, weight) {
  const whole = text.slice(0, LONGEST);
  if (whole === text && measured(text, size, weight) <= room) return text;
  let end = whole.length;
  while (end > 1 && measured(`${whole.slice(0, end)}…`, size, weight) > room) end -= 1;
  return `${whole.slice(0, end)}…`;
}
