// The network that the resources make: VPCs, vSwitches, security groups, hosts, public addresses, who may connect.
// It is read from the evaluated resources of any template; equal hosts of a large one are drawn as one.

import { resourcesNamed, textOf } from "./known.js";
import { scriptsOf } from "./scripts.js";

const VPC = /^(?:ALIYUN::(?:ECS|VPC)::VPC|DATASOURCE::VPC::Vpc)$/i;
const FOUND = /^DATASOURCE::/i;
const SWITCH = /^ALIYUN::(?:ECS|VPC)::VSwitch$/i;
const GROUP = /^ALIYUN::ECS::SecurityGroup(?:Clone)?$/;
const RULES = /^ALIYUN::ECS::SecurityGroupIngress(?:es)?$/;
const EIP = /^ALIYUN::VPC::EIP(?:Pro)?$/;
const ASSOCIATION = /^ALIYUN::VPC::EIPAssociation$/;
const HOST = /^ALIYUN::ECS::Instance(?:Group)?(?:Clone)?$/;
const NOT_DRAWN = /^ALIYUN::(?:ROS::|RandomString$|ECS::(?:RunCommand|Command|Invocation)$)/;
const ADDRESS = /\(known after creation: ([\w[\]]+)\.(?:PrivateIps?|PublicIps?|EipAddress)[^()]*\):(\d+)/g;
const MANY = 6;

export function topologyOf(result, instances) {
  const resources = new Map(result.resources.map((resource) => [resource.name, resource]));
  const named = (value) => (value === undefined ? undefined : [...resourcesNamed(value)].find((name) => resources.has(name)));
  const world = { resources, named, instances, result, networks: new Map(), outside: [], others: new Map() };
  const hosts = hostsOf(world);
  for (const host of hosts) placed(host, world);
  for (const [name, resource] of resources) if (VPC.test(resource.type)) network(world, { ref: name });
  for (const [name, resource] of resources) {
    if (SWITCH.test(resource.type)) switchOf(network(world, vpcOf(resource.properties, world)), { ref: name }, world);
  }
  for (const resource of resources.values()) other(resource, world);
  const rules = rulesOf(world);
  return {
    networks: [...world.networks.values()],
    outside: world.outside,
    rules,
    addresses: addressesOf(world, hosts),
    fabric: fabricOf(hosts),
    others: [...world.others].map(([type, names]) => ({ type, names })),
    hosts,
  };
}

function hostsOf(world) {
  const scripts = new Map();
  for (const script of scriptsOf(world.result)) for (const node of script.nodes) scripts.set(node, (scripts.get(node) ?? 0) + 1);
  const serving = servingOf(world);
  const found = [...world.resources.values()].filter((resource) => HOST.test(resource.type));
  const hosts = found.map((resource) => hostOf(resource, scripts, serving, world));
  return hosts.length > MANY ? merged(hosts) : hosts;
}

function hostOf(resource, scripts, serving, world) {
  const { properties } = resource;
  const type = textOf(properties.InstanceType ?? properties.InstanceTypes ?? { value: "" });
  const amount = Number(textOf(properties.MaxAmount ?? { value: 1 }));
  const groups = [properties.SecurityGroupId, properties.SecurityGroupIds].filter((value) => value !== undefined);
  return {
    name: resource.name,
    names: [resource.name],
    count: Number.isFinite(amount) ? amount : 1,
    type,
    machine: Object.hasOwn(world.instances, type) ? world.instances[type] : null,
    disk: { category: properties.SystemDiskCategory && textOf(properties.SystemDiskCategory), size: properties.SystemDiskSize && textOf(properties.SystemDiskSize) },
    group: groups.map((value) => endOf(value, world)).find(Boolean) ?? null,
    fabric: highPerformance(properties.EniMappings),
    scripts: scripts.get(resource.name) ?? 0,
    ports: serving.get(resource.name) ?? [],
    public: isPublic(properties),
    properties,
  };
}

function merged(hosts) {
  const kinds = new Map();
  for (const host of hosts) {
    const key = JSON.stringify([host.type, host.group, host.fabric, keyOf(host.properties.VSwitchId), keyOf(host.properties.VpcId)]);
    const first = kinds.get(key);
    if (!first) kinds.set(key, { ...host, scripts: host.scripts });
    else {
      first.names.push(host.name);
      first.count += host.count;
      first.scripts += host.scripts;
      first.ports = [...new Set([...first.ports, ...host.ports])];
    }
  }
  return [...kinds.values()];
}

function keyOf(value) {
  return value === undefined ? null : textOf(value);
}

function isPublic(properties) {
  const allocated = properties.AllocatePublicIP ?? properties.AllocatePublicIp;
  return allocated !== undefined && textOf(allocated) === "true" && textOf(properties.InternetMaxBandwidthOut ?? { value: 1 }) !== "0";
}

function highPerformance(mappings) {
  const listed = Array.isArray(mappings?.value) ? mappings.value : [];
  return listed.filter((entry) => entry.value?.NetworkInterfaceTrafficMode?.value === "HighPerformance").length;
}

function servingOf(world) {
  const serving = new Map();
  for (const output of Object.values(world.result.outputs)) {
    for (const [, name, port] of textOf(output).matchAll(ADDRESS)) {
      const ports = serving.get(name) ?? [];
      if (!ports.includes(port)) serving.set(name, [...ports, port]);
    }
  }
  return serving;
}

function endOf(value, world) {
  const ref = world.named(value);
  if (ref) return { ref };
  const text = Array.isArray(value.value) ? (value.value.length ? textOf(value.value[0]) : "") : textOf(value);
  return text ? { text } : null;
}

function vpcOf(properties, world) {
  const own = properties.VpcId ?? properties.VPCId;
  const found = own && endOf(own, world);
  if (found) return found;
  const behind = world.named(properties.VSwitchId ?? { value: null });
  return behind ? vpcOf({ VpcId: world.resources.get(behind).properties.VpcId }, world) : null;
}

function network(world, given) {
  const end = readOnly(world, given);
  const key = end ? (end.ref ?? `=${end.text}`) : "";
  if (!world.networks.has(key)) {
    const resource = end?.ref ? world.resources.get(end.ref) : null;
    world.networks.set(key, {
      name: end ? (end.ref ?? end.text) : "",
      cidr: resource?.properties.CidrBlock ? textOf(resource.properties.CidrBlock) : "",
      isNew: Boolean(resource) && !FOUND.test(resource.type),
      switches: new Map(),
      nodes: [],
    });
  }
  return world.networks.get(key);
}

// What a data source reads is the VPC that its own VpcId names.
function readOnly(world, end) {
  const source = end?.ref ? world.resources.get(end.ref) : null;
  const read = source && FOUND.test(source.type) ? source.properties.VpcId : undefined;
  return read === undefined ? end : (endOf(read, world) ?? end);
}

function switchOf(vpc, end, world) {
  const key = end.ref ?? `=${end.text}`;
  if (!vpc.switches.has(key)) {
    const resource = end.ref ? world.resources.get(end.ref) : null;
    const told = (name) => (resource?.properties[name] ? textOf(resource.properties[name]) : "");
    vpc.switches.set(key, { name: end.ref ?? end.text, cidr: told("CidrBlock"), zone: told("ZoneId"), isNew: Boolean(resource), hosts: [], nodes: [] });
  }
  return vpc.switches.get(key);
}

function placed(host, world) {
  const { properties } = host;
  const end = properties.VSwitchId ? endOf(properties.VSwitchId, world) : null;
  const vpc = network(world, vpcOf(properties, world));
  const place = end ? switchOf(vpc, end, world) : vpc;
  host.switch = end ? (end.ref ?? end.text) : "";
  (place.hosts ?? place.nodes).push(host);
}

function other(resource, world) {
  const { type, properties, name } = resource;
  const known = [VPC, SWITCH, GROUP, RULES, EIP, ASSOCIATION, HOST, NOT_DRAWN].some((pattern) => pattern.test(type));
  if (known) return;
  const end = properties.VSwitchId ? endOf(properties.VSwitchId, world) : null;
  const vpc = vpcOf(properties, world);
  if (!end && !vpc) {
    world.others.set(type, [...(world.others.get(type) ?? []), name]);
    return;
  }
  const holder = end ? switchOf(network(world, vpc), end, world) : network(world, vpc);
  const same = holder.nodes.find((node) => node.type === type && !node.properties);
  if (same) same.names.push(name);
  else holder.nodes.push({ type, names: [name] });
}

function rulesOf(world) {
  const found = new Map();
  for (const [name, resource] of world.resources) {
    const { type, properties } = resource;
    if (GROUP.test(type)) for (const rule of listed(properties.SecurityGroupIngress)) add(found, name, rule.value, world);
    if (RULES.test(type)) {
      const group = endOf(properties.SecurityGroupId ?? { value: null }, world);
      const rules = properties.Permissions ? listed(properties.Permissions).map((rule) => rule.value) : [properties];
      for (const rule of rules) if (group) add(found, group.ref ?? group.text, rule, world);
    }
  }
  return [...found.values()];
}

function listed(value) {
  return Array.isArray(value?.value) ? value.value.filter((entry) => entry.value !== null && typeof entry.value === "object") : [];
}

function add(found, group, rule, world) {
  const told = (name) => (rule[name] ? textOf(rule[name]) : "");
  if (told("Policy").toLowerCase() === "drop") return;
  const peer = rule.SourceGroupId ? endOf(rule.SourceGroupId, world) : null;
  const source = peer ? (peer.ref ?? peer.text) : told("SourceCidrIp") || told("Ipv6SourceCidrIp") || told("SourcePrefixListId");
  if (!source) return;
  const isInside = !peer && VPC.test(world.resources.get(world.named(rule.SourceCidrIp ?? { value: null }))?.type ?? "");
  const key = JSON.stringify([group, source]);
  const ports = portsOf(told("IpProtocol").toLowerCase(), told("PortRange"));
  if (!found.has(key)) found.set(key, { group, source, isPeer: Boolean(peer) && source === group, isGroup: Boolean(peer), isInside, ports: [] });
  const { ports: known } = found.get(key);
  if (!known.includes(ports)) known.push(ports);
}

function portsOf(protocol, range) {
  const [first, last] = range.split("/");
  if (protocol === "all" || range === "-1/-1" || range === "1/65535") return protocol === "all" ? "*" : `${protocol} *`;
  return `${protocol} ${first === last || last === undefined ? first : `${first}–${last}`}`;
}

function addressesOf(world, hosts) {
  const found = [];
  const targets = targetsOf(world);
  const drawn = new Map(hosts.flatMap((host) => host.names.map((name) => [name, host.name])));
  for (const [name, resource] of world.resources) {
    if (!EIP.test(resource.type)) continue;
    const target = targets.get(name);
    found.push({ name, bandwidth: resource.properties.Bandwidth ? textOf(resource.properties.Bandwidth) : "", target: drawn.get(target) ?? target ?? null });
  }
  for (const host of hosts) if (host.public) found.push({ name: "", bandwidth: textOf(host.properties.InternetMaxBandwidthOut ?? { value: "" }), target: host.name });
  return found;
}

// What each public address leads to, by its name.
function targetsOf(world) {
  const found = new Map();
  for (const { type, properties } of world.resources.values()) {
    if (!ASSOCIATION.test(type)) continue;
    const address = world.named(properties.AllocationId);
    if (!found.has(address)) found.set(address, world.named(properties.InstanceId));
  }
  return found;
}

function fabricOf(hosts) {
  const able = hosts.filter((host) => host.fabric > 0);
  const links = [];
  for (const [place, host] of able.entries()) {
    if (host.count > 1) links.push({ from: host.name, to: host.name, count: host.fabric });
    const next = able[place + 1];
    if (next && next.switch === host.switch) links.push({ from: host.name, to: next.name, count: Math.min(host.fabric, next.fabric) });
  }
  return links;
}
