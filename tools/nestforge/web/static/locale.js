/** The texts that a template has in each language of the form; see nestforge/evaluate/locale.py and sentences.py. */
import { entries, scalar } from "./nodes.js";

/** The text of a label or description: one for all languages, or the one of this language. @returns {string | null} */
export function localized(node, language) {
  const whole = scalar(node);
  if (whole !== null) return whole;
  const texts = entries(node);
  return scalar(texts.get(language)) || [...texts.values()].map(scalar).find(Boolean) || null;
}

/** A sentence of the evaluator in a language. @returns {string} */
export function sentence(template, key, language, facts = {}) {
  return template.sentences[language][key].replace(/\{(\w+)\}/g, (_, name) => facts[name]);
}
