// A long list, drawn in parts: the first at once, so that the page answers, the others whenever it has nothing to do.

const PART = 100;
const waiting = new WeakMap();

/** Fill `list` with what `make` returns for each of `items`; a list that is filled again forgets what was waiting. */
export function fillInParts(list, items, make) {
  clearTimeout(waiting.get(list));
  list.replaceChildren(...items.slice(0, PART).map(make));
  addLater(list, items, make, PART);
}

function addLater(list, items, make, place) {
  if (place >= items.length) return;
  const add = () => {
    list.append(...items.slice(place, place + PART).map(make));
    addLater(list, items, make, place + PART);
  };
  waiting.set(list, setTimeout(add));
}
