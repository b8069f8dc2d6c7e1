// What the console's pickers would list, where only an account can tell: samples, marked as such in the form.

const TYPES = ["ecs.g7.xlarge", "ecs.g7.2xlarge", "ecs.c7.2xlarge", "ecs.gn7i-c16g1.4xlarge"];
const DISKS = ["cloud_essd", "cloud_auto", "cloud_efficiency", "cloud_ssd"];
const REGIONS = ["cn-hangzhou", "cn-shanghai", "cn-beijing", "cn-shenzhen", "cn-hongkong", "ap-southeast-1"];
const PICKERS = [
  [/::RegionId$|^RegionId$/, () => REGIONS],
  [/ZoneId$/, ({ region }) => ["h", "i", "k"].map((letter) => zone(region, letter))],
  [/InstanceType$/, ({ instances }) => (instances.length ? instances : TYPES)],
  [/VPCId$|VpcId$/i, () => ["vpc-bp1sample0000000000001", "vpc-bp1sample0000000000002"]],
  [/VSwitchId$/i, () => ["vsw-bp1sample0000000000001", "vsw-bp1sample0000000000002"]],
  [/SecurityGroupId$/, () => ["sg-bp1sample00000000000001", "sg-bp1sample00000000000002"]],
  [/KeyPairName$|KeyPair$/, () => ["sample-key", "another-sample-key"]],
  [/DiskCategory$/, () => DISKS],
  [/ImageId$/, () => ["aliyun_3_x64_20G_alibase_20250629.vhd", "ubuntu_22_04_x64_20G_alibase_20250625.vhd"]],
  [/InstanceId$/, () => ["i-bp1sample00000000000001", "i-bp1sample00000000000002"]],
  [/ClusterId$/, () => ["c1sample000000000000000000000001"]],
  [/RAM::Role$|RoleName$/, () => ["SampleRole"]],
  [/OSS::Bucket/, () => ["sample-bucket"]],
];

export function samplesFor(association, facts) {
  const found = PICKERS.find(([pattern]) => pattern.test(association));
  return association && found ? found[1](facts) : [];
}

function zone(region, letter) {
  return /^(?:ap|eu|us|me|na)-/.test(region) ? `${region}${letter === "h" ? "a" : letter === "i" ? "b" : "c"}` : `${region}-${letter}`;
}
