// The price by the hour of the hosts, from the price table of the instance catalog; where it does not say, unknown.

import { textOf } from "./known.js";
import { own } from "./localized.js";

export function priceOf(result, instances) {
  let found = null;
  for (const { properties } of result.resources) {
    if (!properties.InstanceType) continue;
    const charged = textOf(properties.InstanceChargeType ?? { value: "PostPaid" });
    const type = textOf(properties.InstanceType);
    const price = own(instances, type)?.price;
    const amount = Number(textOf(properties.MaxAmount ?? { value: 1 }));
    if (!price || charged !== "PostPaid" || !Number.isFinite(amount) || (found && found.currency !== price.currency)) return null;
    found = { ...price, count: (found?.count ?? 0) + amount, sum: (found?.sum ?? 0) + amount * price.per_hour };
  }
  return found;
}
