// The bar below the form: what is missing, what is wrong, and the price.

import { el } from "./dom.js";
import { faultsOf } from "./form.js";
import { priceOf } from "./price.js";

const MOST_NAMES = 4;

export function statusBar(ctx, form) {
  const { say } = ctx;
  const words = el("p", { class: "state" });
  const go = el("button", { type: "button", class: "quiet" }, say("goThere"));
  const price = el("p", { class: "price" });
  const errors = (ctx.edition.findings ?? []).filter((finding) => finding.severity === "error").length;
  let first = null;
  go.addEventListener("click", () => first?.focus());
  const element = el("div", { class: "status" }, el("div", { class: "beside" }, words, go), price);
  keepClear(element);

  return {
    element,
    show(result) {
      const shown = [...form.fields].filter(([, field]) => !field.element.hidden);
      const faults = shown.map(([name, field]) => [field, faultsOf(name, result, ctx)]);
      const missing = faults.filter(([, fault]) => fault.isMissing);
      const broken = faults.filter(([, fault]) => fault.sentences.length);
      const rules = result.findings.filter((finding) => (finding.under ?? "").startsWith("Rules."));
      const lines = [
        broken.length && say("broken", named(broken, ctx)),
        missing.length && say("missing", named(missing, ctx)),
        !broken.length && !missing.length && rules.length && say("rulesBroken", { sentences: rules.map((rule) => rule.message).join(" ") }),
        errors && say("templateBroken", { count: errors }),
      ].filter(Boolean);
      first = (broken[0] ?? missing[0] ?? [null])[0];
      go.hidden = !first;
      words.textContent = lines.join(" · ") || say("ready");
      price.replaceChildren(el("strong", {}, say("price")), ` ${priceText(priceOf(result, ctx.data.instances), ctx)}`);
      words.classList.toggle("good", !lines.length);
    },
  };
}

// The bar stays at the bottom: what gets the focus is scrolled to above it.
function keepClear(element) {
  const tell = () => document.documentElement.style.setProperty("--status-height", `${element.offsetHeight}px`);
  new ResizeObserver(tell).observe(element);
}

function priceText(price, { say, language }) {
  if (!price) return say("priceUnknown");
  const known = say("priceKnown", { ...price, sum: price.sum.toLocaleString(language) });
  return price.official ? known : `${known} ${say("priceUnofficial")}`;
}

function named(faults, ctx) {
  const names = faults.slice(0, MOST_NAMES).map(([field]) => field.label);
  return { count: faults.length, names: ctx.list(faults.length > MOST_NAMES ? [...names, "…"] : names) };
}
