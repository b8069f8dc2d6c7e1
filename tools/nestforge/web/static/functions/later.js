/** Functions whose result only creation can tell, and those of modules and nested templates. */
import { itemsOf, stringOf, wrong } from "../arguments.js";
import { ANY, LIST, STRING, Unknown, isText, textOf } from "../data.js";
import { Fault } from "../fault.js";
import { quoted, shownText } from "../shown.js";

export function formatTime(argument, template) {
  const [format, zone] = Array.isArray(argument) ? itemsOf(argument, 1, 2) : [argument];
  stringOf(format, "the format");
  if (zone !== undefined) {
    const name = stringOf(zone, "the time zone");
    const { timeZones } = template;
    if (timeZones.size && !timeZones.has(textOf(name))) throw new Fault(`there is no time zone ${quoted(name)}`);
  }
  return new Unknown(STRING, "the time of creation");
}

export function getAzs(argument) {
  return new Unknown(LIST, `the zones of ${shownText(stringOf(argument, "the region"))}`);
}

export function getStackOutput(argument) {
  const [stack, output] = itemsOf(argument, 2, 3).map((item) => stringOf(item, "an argument"));
  return new Unknown(ANY, `output ${quoted(output)} of stack ${quoted(stack)}`);
}

export function marketplaceImage(argument) {
  return new Unknown(STRING, `the image of product ${shownText(stringOf(argument, "the product"))}`);
}

export function resourceFacade() {
  throw new Fault("there is no resource around this template", null, "MISPLACED_FUNCTION");
}

export function transformNamespace(argument) {
  const [kind, , value] = itemsOf(argument, 3, 3);
  if (!isText(kind) || !["Condition", "DependsOn"].includes(textOf(kind))) {
    wrong("the kind", "'Condition' or 'DependsOn'", kind);
  }
  return value;
}
