// The service documents, rendered when the page was made; their blocks of code get colours and a copy button here.

import { copyButton } from "./copying.js";
import { el, freshId } from "./dom.js";
import { code } from "./highlight.js";

const SHELL = new Set(["", "bash", "sh", "shell", "console"]);

export function documentsPanel(ctx) {
  const { say, language, articles } = ctx;
  const own = articles.filter((article) => article.lang === language);
  const offered = own.length ? own : articles;
  const element = el("div", { class: "documents" });
  const holder = el("div", {});
  const show = (article) => holder.replaceChildren(prepared(article.cloneNode(true), ctx));
  if (!offered.length) element.append(el("p", { class: "empty" }, say("noDocuments")));
  else {
    if (!own.length) element.append(el("p", { class: "hint" }, say("otherLanguage")));
    if (offered.length > 1) element.append(chooser(offered, show, say));
    element.append(holder);
    show(offered[0]);
  }
  return { element, show() {} };
}

function chooser(articles, show, say) {
  const id = freshId();
  const list = el("select", { id }, articles.map((article, place) => el("option", { value: place }, article.dataset.title)));
  list.addEventListener("change", () => show(articles[Number(list.value)]));
  return el("div", { class: "toolbar" }, el("label", { for: id }, say("document")), list);
}

function prepared(article, ctx) {
  for (const block of article.querySelectorAll("pre.code")) {
    const text = block.textContent;
    const shell = SHELL.has(block.dataset.language);
    block.replaceChildren(code(text, ctx.say, shell));
    const frame = el("div", { class: "block" });
    block.replaceWith(frame);
    frame.append(copyButton(ctx.say("thisBlock"), text, ctx), block);
  }
  article.classList.add("document");
  return article;
}
