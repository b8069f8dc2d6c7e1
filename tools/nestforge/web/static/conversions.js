/** The types of parameters: what ROS makes of what is given for one; see nestforge/evaluate/conversions.py. */
import { asText, jsonOf, numberOf, wrong } from "./arguments.js";
import { Dict, isText, textOf } from "./data.js";
import { strip } from "./text.js";

const TRUE = ["true", "t", "y", "yes", "on", "1"];
const FALSE = ["false", "f", "n", "no", "off", "0"];

/** Types whose value is the name of an entry of the parameter store, read at creation. */
export const STORED = ["ALIYUN::OOS::Parameter::Value", "ALIYUN::OOS::SecretParameter::Value"];

/** By type; each throws a Fault for what cannot be converted. */
export const CONVERSIONS = new Map([
  ["String", (data) => (Array.isArray(data) || data instanceof Dict ? wrong("the value", "a text", data) : asText(data))],
  ["Number", (data) => numberOf(isText(data) ? strip(textOf(data)) : data, "the value")],
  ["Boolean", boolean],
  ["CommaDelimitedList", list],
  ["Json", (data) => (isText(data) ? jsonOf(data) : data)],
]);

function boolean(data) {
  const word = textOf(asText(data)).toLowerCase();
  if (!TRUE.includes(word) && !FALSE.includes(word)) wrong("the value", "a boolean", data);
  return TRUE.includes(word);
}

function list(data) {
  if (Array.isArray(data)) return data;
  if (data instanceof Dict) wrong("the value", "a list", data);
  const text = textOf(asText(data));
  return text ? text.split(",") : [];
}
