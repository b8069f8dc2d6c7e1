"""Time the commands against `python -c pass`, in interleaved pairs: design figures are ratios of medians.

What is counted is the time that the processors work, for other programs share them. The templates that are checked in
one process are those below the folder that is named: `make bench TEMPLATES=DIR`; without it, the fixtures of the rules.

Run by `make bench`. Never part of the tests: a timing is no check.
"""

from __future__ import annotations

import gc
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

PAIRS = 15
TYPED_LINES = 25
ROOT = Path(__file__).parent.parent.parent
NESTFORGE = str(Path(sys.executable).parent / "nestforge")
TEMPLATE = ROOT / "tests/snapshots/package/computenest/ros_templates/dual-ecs.yaml"
# Python keeps compiled modules, as it does for everybody who has not told it otherwise.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
STRINGS = "i18n/en-US/strings.yaml"
MODEL = "service/catalog/models/deepseek-r1.yaml"
SERVICE = "service/service.yaml"
SOURCES = ("service", "ros_templates", "scripts", "i18n")
FIXTURES = ROOT / "tests/rules"
ROUNDS = 3
FEW, MANY = 10, 500
RESOURCE = """  Host{0}:
    Type: ALIYUN::ECS::Instance
    Properties:
      ImageId: centos_7
      InstanceType: ecs.g6.large
      ZoneId: {{Ref: Zone}}
      VpcId: {{"Fn::GetAtt": [Vpc, VpcId]}}
      VSwitchId: vsw-1
      InstanceName: {{"Fn::Sub": "host-${{ALIYUN::StackName}}-{0}"}}
"""
HEAD = """ROSTemplateFormatVersion: '2015-09-01'
Parameters:
  Zone:
    Type: String
Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
"""
THOUSAND = 1000
"""Lines of the template that the bound is about."""
FORM = """ROSTemplateFormatVersion: '2015-09-01'
Metadata:
  ALIYUN::ROS::Interface:
    ParameterGroups:
      - Label: {en: Hosts, zh-cn: 主机}
        Parameters: [Zone, Public, Password]
      - Label: {en: Sizes, zh-cn: 规格}
        Parameters: [SIZES]
Mappings:
  Images:
    cn-hangzhou: {Id: centos_7}
    cn-beijing: {Id: centos_7_9}
Conditions:
  IsPublic: {"Fn::Equals": [{Ref: Public}, "true"]}
Parameters:
  Zone:
    Type: String
    Label: {en: Zone, zh-cn: 可用区}
    AssociationProperty: ALIYUN::ECS::Instance:ZoneId
  Public:
    Type: String
    Label: {en: Reachable from outside, zh-cn: 公网访问}
    AllowedValues: ["true", "false"]
    Default: "false"
  Password:
    Type: String
    Label: {en: Password, zh-cn: 密码}
    NoEcho: true
    MinLength: 8
    MaxLength: 30
    AssociationProperty: ALIYUN::ECS::Instance::Password
"""
ASKED = """  DiskSize{0}:
    Type: Number
    Label: {{en: Size of disk {0}, zh-cn: 磁盘 {0} 大小}}
    Description:
      en: The size of the system disk in GiB
      zh-cn: 系统盘大小，单位 GiB
    ConstraintDescription:
      en: From 40 to 500
      zh-cn: 40 至 500
    MinValue: 40
    MaxValue: 500
    Default: 40
  Type{0}:
    Type: String
    Label: {{en: Type of host {0}, zh-cn: 主机 {0} 规格}}
    Description:
      en: What the zone has of them
      zh-cn: 可用区支持的规格
    AssociationProperty: ALIYUN::ECS::Instance::InstanceType
    AssociationPropertyMetadata:
      ZoneId: ${{Zone}}
"""
NETWORK = """Resources:
  Vpc:
    Type: ALIYUN::ECS::VPC
    Properties: {CidrBlock: 192.168.0.0/16}
"""
HOST = """  VSwitch{0}:
    Type: ALIYUN::ECS::VSwitch
    Properties:
      VpcId: {{Ref: Vpc}}
      ZoneId: {{Ref: Zone}}
      CidrBlock: 192.168.{0}.0/24
  SecurityGroup{0}:
    Type: ALIYUN::ECS::SecurityGroup
    Properties:
      VpcId: {{Ref: Vpc}}
      SecurityGroupIngress:
        - PortRange: 443/443
          IpProtocol: tcp
          SourceCidrIp: 10.0.0.0/8
  Host{0}:
    Type: ALIYUN::ECS::InstanceGroup
    Properties:
      MaxAmount: 1
      ImageId: {{"Fn::FindInMap": [Images, {{Ref: "ALIYUN::Region"}}, Id]}}
      InstanceType: {{Ref: Type{0}}}
      ZoneId: {{Ref: Zone}}
      VpcId: {{Ref: Vpc}}
      VSwitchId: {{"Fn::GetAtt": [VSwitch{0}, VSwitchId]}}
      SecurityGroupId: {{Ref: SecurityGroup{0}}}
      InstanceName: {{"Fn::Sub": "host-${{ALIYUN::StackName}}-{0}"}}
      Password: {{Ref: Password}}
      SystemDiskCategory: cloud_essd
      SystemDiskSize: {{Ref: DiskSize{0}}}
      AllocatePublicIP: false
  Eip{0}:
    Type: ALIYUN::VPC::EIP
    Condition: IsPublic
    Properties:
      Bandwidth: {{"Fn::If": [IsPublic, 5, 1]}}
      InternetChargeType: PayByTraffic
  EipAssociation{0}:
    Type: ALIYUN::VPC::EIPAssociation
    Condition: IsPublic
    Properties:
      AllocationId: {{Ref: Eip{0}}}
      InstanceId: {{"Fn::Select": [0, {{"Fn::GetAtt": [Host{0}, InstanceIds]}}]}}
"""
OUTPUT = """  Address{0}:
    Description: {{en: The private address, zh-cn: 私网地址}}
    Value: {{"Fn::Select": [0, {{"Fn::GetAtt": [Host{0}, PrivateIps]}}]}}
"""
PEAK = """
import sys
from nestforge.cli import main
main(sys.argv[1:])
print([line for line in open("/proc/self/status") if line.startswith("VmHWM")][0].split()[1])
"""


def seconds(command: list[str], folder: Path) -> float:
    """Return how long the processors work for `command` as a whole process, and those it waits for; it must succeed."""
    before = worked(RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stderr}")
    return worked(RUSAGE_CHILDREN) - before


def worked(who: int) -> float:
    """Return how long the processors have worked for this process, or for those it waited for."""
    spent = getrusage(who)
    return spent.ru_utime + spent.ru_stime


def least(work: Callable[[], object]) -> float:
    """Return how long the processors work, at the fastest of a few times."""
    taken = []
    for _ in range(ROUNDS):
        start = worked(RUSAGE_SELF) + worked(RUSAGE_CHILDREN)
        work()
        taken.append(worked(RUSAGE_SELF) + worked(RUSAGE_CHILDREN) - start)
    return min(taken)


def against_libyaml(folder: Path) -> str:
    """Return what a check of all templates in one process takes, against libyaml that only composes them."""
    import yaml

    from nestforge.lint.check import check_template

    every = [path for path in sorted(folder.rglob("*")) if path.suffix in (".yaml", ".yml", ".json")]
    read = {str(path): path.read_text(encoding="utf-8", errors="replace") for path in every}
    texts = {name: text for name, text in read.items() if "ROSTemplateFormatVersion" in text}

    def compose() -> None:
        for text in texts.values():
            with suppress(yaml.YAMLError):
                yaml.compose(text, Loader=yaml.CSafeLoader)

    def check() -> None:
        gc.disable()  # as `nestforge lint` does
        for name, text in texts.items():
            check_template(text, name)
        gc.enable()

    ours, theirs = least(check), least(compose)
    return (
        f"{ours / theirs:5.1f}x  (bound 2.5x)  {ours:.2f} s against {theirs:.2f} s of libyaml: {len(texts)} of {folder}"
    )


def each_resource() -> float:
    """Return how many milliseconds a resource more takes, from few of them to many."""
    from nestforge.lint.check import check_template

    def check(count: int) -> float:
        text = HEAD + "".join(RESOURCE.format(number) for number in range(count))
        return least(lambda: check_template(text, "many.yaml"))

    check(FEW)
    return (check(MANY) - check(FEW)) / (MANY - FEW) * 1000


def thousand_lines() -> str:
    """Return a template without scripts. Public ones of this length have some 18 resources: it has more."""
    count = THOUSAND // (ASKED + HOST + OUTPUT).count("\n")
    sizes = ", ".join(f"DiskSize{number}, Type{number}" for number in range(count))
    parts = [FORM.replace("SIZES", sizes), *map(ASKED.format, range(count)), NETWORK, *map(HOST.format, range(count))]
    return "".join([*parts, "Outputs:\n", *map(OUTPUT.format, range(count))])


def peak(arguments: list[str]) -> str:
    """Return how much memory a command takes at most."""
    if not Path("/proc/self/status").exists():
        return "unknown outside of Linux"
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *arguments], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    return f"{int(done.stdout.split()[-1]) / 1024:5.1f} MB  (bound 24 MB)"


def keystrokes() -> tuple[list[float], list[float]]:
    """Return how many milliseconds the language server works at each key while lines are typed into the template.

    The others are those keys that make a line or take it away again, and so move all that is below.
    """
    from nestforge.lsp.document import Document
    from nestforge.lsp.server import MOST_NEW_OBJECTS

    gc.set_threshold(MOST_NEW_OBJECTS)
    chosen, text = random.Random(1), TEMPLATE.read_text(encoding="utf-8")
    document, lines = Document(TEMPLATE.name, text), text.split("\n")
    document.check()

    def took(typed: str) -> float:
        start = time.process_time()
        document.change(typed)
        return (time.process_time() - start) * 1000

    in_line, of_lines = list[float](), list[float]()
    for _ in range(TYPED_LINES):
        row = chosen.randrange(len(lines))
        above, line, below = lines[: row + 1], lines[row], lines[row + 1 :]
        of_lines.append(took("\n".join([*above, "", *below])))
        in_line += [took("\n".join([*above, line[:length], *below])) for length in range(1, len(line) + 1)]
        of_lines.append(took(text))
    return in_line, of_lines


def main() -> None:
    """Print what a keystroke takes, and one line per command: its ratio, the design's bound, and both medians."""
    print(f"{'peak of lint, own template':<26} {peak(['lint', '--no-cache', str(TEMPLATE)])}")
    print(f"{'many templates':<26} {against_libyaml(Path(sys.argv[1]) if sys.argv[1:] else FIXTURES)}")
    print(f"{'each resource':<26} {each_resource():5.2f} ms  (bound 0.2 ms, from {FEW} to {MANY})")
    for label, taken in zip(("keystroke in an editor", "line more or less in it"), keystrokes(), strict=True):
        p95, median = statistics.quantiles(taken, n=20)[-1], statistics.median(taken)
        print(f"{label:<26} {p95:5.1f} ms at the 95th percentile  (bound 10 ms)  median {median:.1f} ms")
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        for folder in SOURCES:
            shutil.copytree(ROOT / folder, project / folder)

        def value(path: str, before: str) -> Callable[[int], None]:
            """Return what puts another digit, in each run, behind the words `before`."""
            file = project / path
            head, _, tail = file.read_text(encoding="utf-8").partition(before)

            def change(run: int) -> None:
                file.write_text(f"{head}{before}{1 + run % 9}{tail}", encoding="utf-8")

            return change

        def nothing(run: int) -> None:
            """Change nothing."""

        plain = project / "thousand_lines.yaml"
        plain.write_text(thousand_lines(), encoding="utf-8")
        long, own = (path.read_text(encoding="utf-8").count("\n") for path in (plain, TEMPLATE))
        rows = [
            ("--version", ["--version"], 1.4, nothing),
            ("--help", ["--help"], 2.3, nothing),
            (f"lint, {long} lines", ["lint", "--no-cache", str(plain)], 4.5, nothing),
            (f"lint, {own} with scripts", ["lint", "--no-cache", str(TEMPLATE)], 4.5, nothing),
            ("lint, nothing changed", ["lint", str(TEMPLATE)], 3.5, nothing),
            ("build, nothing changed", ["build", "--quiet"], 2.5, nothing),
            ("build, a comment changed", ["build", "--quiet"], 7.5, value(STRINGS, "# ")),
            ("build, a label changed", ["build", "--quiet"], 7.5, value(STRINGS, "label: Inference engine")),
            ("build, a figure changed", ["build", "--quiet"], 7.5, value(MODEL, "stated_qps: ")),
            ("build, a disk size changed", ["build", "--quiet"], 7.5, value(SERVICE, "maximum_gib: ")),
            ("publish, nothing changed", ["publish", "--quiet"], None, nothing),
        ]
        empty = [sys.executable, "-c", "pass"]
        try:
            for label, arguments, bound, prepare in rows:
                command = [NESTFORGE, *arguments]
                seconds(command, project)  # warm: the package is built, the sandbox runs
                ours, theirs = [], []
                for run in range(PAIRS):
                    prepare(run)
                    theirs.append(seconds(empty, project))
                    ours.append(seconds(command, project))
                a, b = statistics.median(ours), statistics.median(theirs)
                wanted = f"bound {bound}x" if bound else "no bound set"
                print(f"{label:<26} {a / b:5.1f}x  ({wanted})  {a * 1000:6.0f} ms against {b * 1000:.0f} ms")
        finally:
            subprocess.run([NESTFORGE, "sandbox", "stop", "--quiet"], cwd=project, env=ENVIRONMENT, check=False)


if __name__ == "__main__":
    main()
