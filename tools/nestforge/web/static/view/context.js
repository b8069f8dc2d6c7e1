// What the parts of a page with a form are given: its data, what is chosen, and how to say things.

import { hasText, rosName, sayer } from "./texts.js";

export function pageContext(data, state, articles, live) {
  const { language } = state;
  const edition = data.editions[state.edition] ?? null;
  const findingsOf = new Map();
  for (const finding of edition?.findings ?? []) {
    findingsOf.set(finding.under, [...(findingsOf.get(finding.under) ?? []), finding]);
  }
  return {
    data,
    state,
    edition,
    articles,
    findingsOf,
    language,
    ros: rosName(language),
    say: sayer(language),
    has: (key) => hasText(language, key),
    list: (names) => names.join(language === "zh-CN" ? "、" : ", "),
    announce: (text) => (live.textContent = text),
  };
}
