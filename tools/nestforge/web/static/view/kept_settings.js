// Language and colours, kept while the page is reloaded, and for every page of the sandbox.

const KEY = "nestforge-settings";
const THEMES = ["auto", "light", "dark"];

export function keptSettings(languages) {
  const kept = read();
  const own = languages.find((language) => language.startsWith(navigator.language.split("-")[0])) ?? "en-US";
  return {
    language: languages.includes(kept.language) ? kept.language : own,
    theme: THEMES.includes(kept.theme) ? kept.theme : "auto",
  };
}

export function keepSettings({ language, theme }) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify({ language, theme }));
  } catch {
    // A page without storage forgets; nothing else depends on it.
  }
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY)) ?? {};
  } catch {
    return {};
  }
}
