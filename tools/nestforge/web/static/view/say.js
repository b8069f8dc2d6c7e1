// What both the preview and the console of the sandbox say, and how either says its texts.

const COMMON = {
  "en-US": {
    language: "Language",
    "language.zh-CN": "中文",
    "language.en-US": "English",
    theme: "Colours",
    "theme.auto": "Auto",
    "theme.light": "Light",
    "theme.dark": "Dark",
    region: "Region",
    edition: "Edition",
    copy: "Copy",
    parameters: "Parameters",
  },
  "zh-CN": {
    language: "语言",
    "language.zh-CN": "中文",
    "language.en-US": "English",
    theme: "配色",
    "theme.auto": "自动",
    "theme.light": "浅色",
    "theme.dark": "深色",
    region: "地域",
    edition: "模板",
    copy: "复制",
    parameters: "参数",
  },
};

export const LANGUAGES = Object.keys(COMMON);

/** Texts of a page by language and key, with those that both have. */
export function withCommon(texts) {
  return Object.fromEntries(LANGUAGES.map((language) => [language, { ...COMMON[language], ...texts[language] }]));
}

export function sayerOf(texts) {
  return (key, facts = {}) => texts[key].replace(/\{(\w+)\}/g, (_, name) => String(facts[name]));
}
