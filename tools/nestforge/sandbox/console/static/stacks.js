// Stacks that were made by themselves, with CreateStack of ROS: all of them, and one with what it has.

import { el } from "../../../web/static/view/dom.js";
import { askDelete } from "./deletion.js";
import { facts, link, row, status, table, time } from "./parts.js";
import { stackDetails } from "./stack_details.js";

const GONE = ["DELETE_IN_PROGRESS", "DELETE_COMPLETE"];

export const stacksView = {
  asks: () => ["stacks"],
  show(stacks, { say }) {
    const rows = stacks.map((stack) =>
      row(
        [link(stack.name, "stack", stack.id), el("br"), el("code", {}, stack.id)],
        [status(stack.status), stack.note ? el("p", { class: "hint" }, stack.note) : null],
        `${stack.progress} %`,
        time(stack.created),
      ),
    );
    const heads = [say("stack"), say("state"), say("progress"), say("created")];
    return el("div", {}, el("h1", {}, say("stacks")), el("p", { class: "hint" }, say("stacksHint")), rows.length ? table(say("stacks"), heads, rows, "stacks") : el("p", {}, say("noStacks")));
  },
};

export const stackView = {
  asks: ([id]) => ["stack", { id }],
  show(stack, ctx) {
    const { say } = ctx;
    const remove = el("button", { type: "button", class: "danger", "data-key": "delete", click: () => askDelete(stack, "delete-stack", "StackId", ctx) }, say("delete"));
    return el(
      "div",
      {},
      el("div", { class: "head" }, el("h1", {}, stack.name), GONE.includes(stack.status) ? null : remove),
      stack.note ? el("p", { class: "note" }, say("stackNote", { note: stack.note })) : null,
      facts([
        [say("state"), status(stack.status)],
        [say("reason"), stack.reason],
        [say("region"), stack.region],
        [say("created"), time(stack.created)],
        ["ID", el("code", {}, stack.id)],
      ]),
      stackDetails(stack, ctx),
    );
  },
};
