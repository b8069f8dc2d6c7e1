// The log of calls, each with its request and its reply.

import { el } from "../../../web/static/view/dom.js";
import { block, folded, row, shownValue, table, time } from "./parts.js";

export const callsView = {
  asks: () => ["calls"],
  show(calls, { say }) {
    const rows = calls.map((call) =>
      row(
        time(call.time),
        el("code", {}, call.action),
        el("span", { class: `status ${call.status < 400 ? "good" : "bad"}` }, `${call.status} ${call.refusal}`.trim()),
        folded(call.id || `${call.time}.${call.action}`, say("requestAndReply"), el("h3", {}, say("request")), block(shownValue(call.request), say("request")), el("h3", {}, say("reply")), block(shownValue(call.reply), say("reply"))),
      ),
    );
    const heads = [say("time"), say("action"), say("answer"), say("details")];
    return el("div", {}, el("h1", {}, say("calls")), el("p", { class: "hint" }, say("callsHint")), rows.length ? table(say("calls"), heads, rows, "calls") : el("p", {}, say("noCalls")));
  },
};
