// Ask before a service instance or a stack is deleted.

import { el, freshId } from "../../../web/static/view/dom.js";

/** `what` is deleted by this act, which takes its id as `parameter`. */
export function askDelete(what, name, parameter, { data, say, act, announce }) {
  const titleId = freshId();
  const problem = el("p", { role: "alert", class: "problem" });
  const no = el("button", { type: "button", class: "quiet", click: () => dialog.close() }, say("keep"));
  const yes = el("button", { type: "button", class: "danger", click: remove }, say("delete"));
  const dialog = el("dialog", { "aria-labelledby": titleId }, el("h2", { id: titleId }, say("reallyDelete", { name: what.name })), el("p", {}, say("deleteHint")), problem, el("div", { class: "buttons" }, no, yes));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  no.focus();

  async function remove() {
    yes.disabled = true;
    const { failed } = await act(name, { RegionId: data.region, [parameter]: what.id });
    yes.disabled = false;
    if (failed) problem.textContent = failed;
    else {
      dialog.close();
      announce(say("deleting", { name: what.name }));
    }
  }
}
