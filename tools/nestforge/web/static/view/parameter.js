// A parameter of the form: how it is shown, which values it offers, and what they are called.

import { localized, own } from "./localized.js";
import { samplesFor } from "./samples.js";

const LOCALE_KEYS = new Set(["InstanceChargeType", "DiskCategory", "PayPeriodUnit", "ChargeType"]);
const MANY = 4;
const LONG = 36;

export function labelOf(name, parameter, ctx) {
  return localized(parameter.label, ctx.ros) || name;
}

export function isTrue(value) {
  return value === true || ["true", "1", "yes", "on"].includes(String(value).toLowerCase());
}

export function defaultOf(parameter) {
  const value = parameter.default;
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** The values that a field offers: all that it ever can, or of those what it has `offered` for the values of the others. */
export function optionsOf(parameter, ctx, offered = null) {
  const metadata = parameter.metadata ?? {};
  const now = offered?.map(String) ?? null;
  const listed = parameter.allowed?.map(String).filter((value) => now?.includes(value) ?? true);
  const values = listed ?? now ?? literals(own(metadata, "AllowedValues"))?.map(String);
  if (values?.length) return { values, sample: false };
  if (parameter.allowed?.length) return { values: [], sample: false };
  const samples = samplesFor(parameter.association.replace(/(\w):(\w)/, "$1::$2"), {
    region: ctx.state.region,
    instances: Object.keys(ctx.data.instances),
  });
  return { values: samples, sample: samples.length > 0 };
}

function literals(values) {
  if (!Array.isArray(values)) return null;
  return values.flatMap((value) => (value !== null && typeof value === "object" ? (literals(value.Value) ?? []) : [value]));
}

export function nameOfValue(value, parameter, ctx) {
  const metadata = parameter.metadata ?? {};
  const mapped = own(own(metadata, "ValueLabelMapping"), value);
  if (mapped !== undefined) return localized(mapped, ctx.ros);
  const key = own(metadata, "LocaleKey") ?? parameter.association;
  if (LOCALE_KEYS.has(key) && ctx.has(`value.${value}`)) return ctx.say(`value.${value}`);
  const instance = own(ctx.data.instances, value);
  return instance ? `${value} · ${machine(instance, ctx)}` : value;
}

function machine(instance, ctx) {
  return ctx.say("machine", { vcpus: instance.vcpus, memory: instance.memory_gib, gpus: instance.gpus, gpu: instance.accelerator });
}

export function kindOf(parameter, ctx) {
  const { values } = optionsOf(parameter, ctx);
  if (parameter.association === "AlertCheckbox") return "alert";
  if (parameter.type === "Boolean") return "switch";
  if (parameter.type === "CommaDelimitedList" && parameter.allowed?.length) return "checks";
  if (values.length && parameter.type !== "Json") {
    const names = values.map((value) => nameOfValue(value, parameter, ctx));
    const short = values.length <= MANY && names.join("").length <= LONG * 2 && names.every((name) => name.length <= LONG);
    return short && parameter.allowed?.length ? "choice" : "select";
  }
  if (parameter.secret) return "password";
  if (parameter.type === "Json" || /TextArea|FileContent|Code$/.test(parameter.association)) return "area";
  return "text";
}

export function choosesFirst(parameter) {
  const metadata = parameter.metadata ?? {};
  return isTrue(own(metadata, "AutoSelectFirst")) || own(metadata, "DefaultValueStrategy") !== undefined;
}
