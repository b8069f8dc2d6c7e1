// The scripts as each node would run them: what the commands and the user data of the resources hold.

import { copyButton } from "./copying.js";
import { el } from "./dom.js";
import { code, decoded } from "./highlight.js";
import { resourcesNamed, textOf } from "./known.js";

const COMMANDS = /^ALIYUN::ECS::(?:RunCommand|Command)$/;
const MOST = 40;

export function scriptsOf(result) {
  const found = [];
  for (const resource of result.resources) {
    const { properties } = resource;
    const name = COMMANDS.test(resource.type) ? "CommandContent" : "UserData";
    const content = properties[name];
    if (content === undefined || textOf(content) === "") continue;
    const encoded = properties.ContentEncoding?.value === "Base64";
    const nodes = name === "CommandContent" ? [...resourcesNamed(properties.InstanceIds ?? { value: null })] : [resource.name];
    const text = encoded && !("unknown" in content) ? (decoded(textOf(content)) ?? textOf(content)) : textOf(content);
    const kind = textOf(properties.Type ?? { value: "RunShellScript" });
    found.push({ resource: resource.name, nodes, text, shell: kind === "RunShellScript", facts: properties });
  }
  return found;
}

export function scriptsPanel(ctx) {
  const { say } = ctx;
  const element = el("div", {});
  const opened = new Set();
  return {
    element,
    show(result) {
      const found = scriptsOf(result);
      if (!found.length) {
        element.replaceChildren(el("p", { class: "empty" }, say("noScripts")));
        return;
      }
      if (!opened.size) opened.add(found[0].resource);
      const shown = found.slice(0, MOST);
      const rest = found.length - shown.length;
      element.replaceChildren(
        el("p", { class: "hint" }, say("scriptsHint")),
        ...shown.map((script, place) => scriptCard(script, place, ctx, opened)),
        ...(rest ? [el("p", { class: "hint" }, say("andMore", { count: rest }))] : []),
      );
    },
  };
}

function scriptCard(script, place, ctx, opened) {
  const { say } = ctx;
  const nodes = ctx.list(script.nodes) || say("anyNode");
  const lines = script.text.replace(/\n$/, "").split("\n").length;
  const timeout = script.facts.Timeout ? say("timeout", { seconds: textOf(script.facts.Timeout) }) : null;
  const facts = [say("runsOn", { nodes }), say("lines", { count: lines }), timeout].filter(Boolean).join(" · ");
  const summary = el("summary", {}, el("span", { class: "name" }, `${place + 1}. ${script.resource}`), el("span", { class: "hint" }, facts));
  const details = el("details", { class: "card script", "data-name": script.resource, open: opened.has(script.resource) }, summary);
  const fill = () => {
    if (!details.open || details.childElementCount > 1) return;
    details.append(
      el("div", { class: "toolbar" }, copyButton(script.resource, script.text, ctx)),
      el("pre", { class: "code numbered", tabindex: "0", "aria-label": script.resource }, code(script.text, say, script.shell)),
    );
  };
  details.addEventListener("toggle", () => {
    if (details.open) opened.add(script.resource);
    else opened.delete(script.resource);
    fill();
  });
  fill();
  return details;
}
