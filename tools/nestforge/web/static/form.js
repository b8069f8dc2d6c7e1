/** What the form shows, demands and offers for the values that it has; see nestforge/evaluate/form.py. */
import { NO_CHOICES, choicesOf } from "./form_choices.js";
import { holds, read } from "./form_condition.js";
import { entries } from "./nodes.js";

/** Whether each parameter is shown and demanded, and what it offers; what is not shown is not demanded. */
export function formState(template, values) {
  const result = new Map();
  for (const [name, node] of template.parameters) {
    const attributes = entries(node);
    const metadata = entries(attributes.get("AssociationPropertyMetadata"));
    const visibleIf = entries(metadata.get("Visible")).get("Condition");
    const requiredIf = entries(metadata.get("Required")).get("Condition") ?? attributes.get("Required");
    let visible = !template.hiddenParameters.has(name);
    if (visible && visibleIf !== undefined) visible = holds(read(visibleIf), values);
    let required;
    if (requiredIf !== undefined) {
      required = holds(read(requiredIf), values);
    } else {
      const byDefault = attributes.get("Default");
      required = byDefault === undefined || read(byDefault) === null;
    }
    result.set(name, { visible, required: visible && required, choices: visible ? choicesOf(metadata, values) : NO_CHOICES });
  }
  return result;
}
