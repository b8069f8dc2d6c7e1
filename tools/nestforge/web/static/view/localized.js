// The text of a template, or of a label in its metadata, in the language of the page.

export function localized(texts, ros) {
  if (texts === null || texts === undefined) return "";
  if (typeof texts !== "object") return String(texts);
  const found = own(texts, ros) ?? own(texts, "") ?? Object.values(texts).find((text) => typeof text === "string");
  return found === undefined || found === null ? "" : String(found);
}

export function own(object, key) {
  return object !== null && typeof object === "object" && Object.hasOwn(object, key) ? object[key] : undefined;
}
