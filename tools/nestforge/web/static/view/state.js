// What the page keeps while it is reloaded: tab and values, but nothing that is secret.

import { keptSettings } from "./kept_settings.js";

const KEY = "nestforge-preview";

export function remembered(data, languages) {
  const kept = read();
  const own = kept.title === data.title ? kept : {};
  const edition = data.editions[own.edition] ? own.edition : 0;
  const first = data.editions[edition];
  const start = first?.packages.length ? first.packages[0].parameters : {};
  return {
    ...keptSettings(languages),
    tab: own.tab ?? "topology",
    region: own.region ?? first?.regions[0] ?? "cn-hangzhou",
    edition,
    package: own.package ?? 0,
    values: new Map(own.values ?? Object.entries(start).map(([name, value]) => [name, String(value)])),
    filled: new Map(own.filled ?? []),
    touched: new Set(own.touched ?? []),
  };
}

export function remember(state, data) {
  const parameters = data.editions[state.edition]?.form.parameters ?? {};
  const [values, filled] = [state.values, state.filled].map((kept) => [...kept].filter(([name]) => !parameters[name]?.secret));
  const { tab, region, edition } = state;
  const kept = { title: data.title, tab, region, edition, package: state.package, values, filled, touched: [...state.touched] };
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
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
