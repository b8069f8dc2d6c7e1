/** Put what depends on each other in order; see nestforge/evaluate/order.py. */

/** The names, each after those that it needs, otherwise as given; and one cycle, if there is any. */
export function inOrder(needs) {
  const names = [...needs.keys()];
  const places = new Map(names.map((name, place) => [name, place]));
  const missing = new Map();
  const neededBy = new Map();
  for (const [name, own] of needs) {
    const others = new Set(own);
    missing.set(name, others.size);
    for (const other of others) {
      if (!neededBy.has(other)) neededBy.set(other, []);
      neededBy.get(other).push(name);
    }
  }
  const ready = new Heap();
  for (const [name, count] of missing) if (count === 0) ready.push(places.get(name));
  const ordered = [];
  while (ready.size) {
    const name = names[ready.pop()];
    ordered.push(name);
    for (const other of neededBy.get(name) ?? []) {
      missing.set(other, missing.get(other) - 1);
      if (missing.get(other) === 0) ready.push(places.get(other));
    }
  }
  const done = new Set(ordered);
  const left = names.filter((name) => !done.has(name));
  return [[...ordered, ...left], cycleIn(left, needs)];
}

/** Follow what is left from need to need until a name comes again. */
function cycleIn(left, needs) {
  const stuck = new Set(left);
  const way = new Set();
  let name = left[0];
  while (name !== undefined && !way.has(name)) {
    way.add(name);
    name = needs.get(name).find((other) => stuck.has(other));
  }
  if (name === undefined) return [];
  const names = [...way];
  return [...names.slice(names.indexOf(name)), name];
}

/** The smallest of some numbers first. */
class Heap {
  constructor() {
    this._numbers = [];
  }

  get size() {
    return this._numbers.length;
  }

  push(number) {
    const numbers = this._numbers;
    let at = numbers.push(number) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (numbers[above] <= number) break;
      numbers[at] = numbers[above];
      at = above;
    }
    numbers[at] = number;
  }

  pop() {
    const numbers = this._numbers;
    const [smallest, last] = [numbers[0], numbers.pop()];
    if (!numbers.length) return smallest;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= numbers.length) break;
      if (below + 1 < numbers.length && numbers[below + 1] < numbers[below]) below += 1;
      if (numbers[below] >= last) break;
      numbers[at] = numbers[below];
      at = below;
    }
    numbers[at] = last;
    return smallest;
  }
}
