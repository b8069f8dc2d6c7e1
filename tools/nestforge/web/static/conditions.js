/** Evaluate the conditions, each after those that it names, however long the chain is; and the rules. */
import { Fault } from "./fault.js";
import { localized, sentence } from "./locale.js";
import { ConditionNeeded } from "./names.js";
import { entries, functionOf, items } from "./nodes.js";

/** Fill in `names.conditions`; one that depends on itself is reported, and unknown. */
export function evaluateConditions(names, evaluator) {
  const { conditions, conditionRoots } = names.template;
  for (const first of conditions.keys()) {
    const waiting = [first];
    const isWaiting = new Set(waiting);
    while (waiting.length) {
      const name = waiting.at(-1);
      if (names.conditions.has(name)) {
        isWaiting.delete(waiting.pop());
        continue;
      }
      const node = conditions.get(name);
      const scope = evaluator();
      try {
        const called = functionOf(node);
        if (called !== null && !conditionRoots.includes(called[0])) {
          const wanted = `expected ${conditionRoots.slice(1, -1).join(", ")}`;
          throw new Fault(`condition '${name}' begins with ${called[0]}`, wanted, "MISPLACED_FUNCTION");
        }
        names.conditions.set(name, scope.truthOf(node));
      } catch (error) {
        if (error instanceof Fault) {
          names.conditions.set(name, scope.faulty(node, error));
        } else if (!(error instanceof ConditionNeeded)) {
          throw error;
        } else if (isWaiting.has(error.name)) {
          const way = [...waiting.slice(waiting.indexOf(error.name)), error.name].join(" -> ");
          const fault = new Fault(`conditions depend on themselves: ${way}`, null, "CYCLE");
          names.conditions.set(error.name, scope.faulty(conditions.get(error.name), fault));
        } else {
          waiting.push(error.name);
          isWaiting.add(error.name);
        }
      }
    }
  }
}

/** Report each assertion that is exactly false, where its rule applies. */
export function checkRules(template, evaluator, language) {
  for (const [name, rule] of entries(template.sections.get("Rules"))) {
    const parts = entries(rule);
    const when = parts.get("RuleCondition");
    if (when !== undefined && truth(when, evaluator()) !== true) continue;
    for (const assertion of items(parts.get("Assertions"))) {
      const claim = entries(assertion).get("Assert");
      const scope = evaluator();
      if (claim === undefined) {
        scope.faulty(assertion, new Fault(`rule '${name}' asserts nothing`, null, "MALFORMED_SECTION"));
      } else if (truth(claim, scope) === false) {
        const text = localized(entries(assertion).get("AssertDescription"), language);
        const message = text || sentence(template, "rule", language, { rule: name });
        scope.faulty(claim, new Fault(message, null, "VIOLATED_RULE"));
      }
    }
  }
}

function truth(node, scope) {
  try {
    return scope.truthOf(node).data;
  } catch (fault) {
    if (!(fault instanceof Fault)) throw fault;
    return scope.faulty(node, fault).data;
  }
}
