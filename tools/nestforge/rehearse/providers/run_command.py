"""ALIYUN::ECS::RunCommand: the content runs in the hosts, unmodified, as root."""

from __future__ import annotations

import asyncio
import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nestforge.evaluate.made import Made
from nestforge.rehearse.providers.failures import as_failure
from nestforge.rehearse.providers.found import find_instance
from nestforge.rehearse.providers.properties import flag, refuse, required, text, texts, whole
from nestforge.rehearse.providers.scripts import Script, run_script
from nestforge.sandbox.stacks.provider import ResourceFailed

if TYPE_CHECKING:
    from collections.abc import Callable

    from nestforge.evaluate.data import Data
    from nestforge.rehearse.host import Finished
    from nestforge.rehearse.instance import Instance
    from nestforge.rehearse.world import LocalWorld
    from nestforge.sandbox.stacks.provider import Wanted
    from nestforge.sandbox.stacks.records import StackResource

_SCRIPTS = "/usr/local/share/aliyun-assist/work/script"
_DEFAULT_TIMEOUT, _LONGEST = 60, 86400
"""Seconds, by the documentation of RunCommand."""

_LARGEST = 24 * 1024
"""Bytes of a content in Base64, by the same; a little less where the command is kept."""

_OUTPUT_KEPT = 24 * 1024
"""Bytes of output that the cloud keeps, the last ones."""

_TAIL = 600
_PARAMETER = re.compile(r"\{\{\s*([\w:.-]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class RunCommandProvider:
    """Runs a command; synchronous, it fails where the command does."""

    world: LocalWorld

    async def create(self, wanted: Wanted) -> Made:
        """Run it. Raises ResourceFailed for a synchronous command that fails; cancelled, all it began is killed."""
        _check(wanted)
        instances = [find_instance(self.world, name) for name in texts(wanted.properties, "InstanceIds")]
        if not instances:
            raise ResourceFailed("its InstanceIds is empty")
        invoke_id = f"t-{secrets.token_hex(10)}"
        commands = [self._command(wanted, instance, invoke_id, len(instances) > 1) for instance in instances]
        results: list[Data] = []
        if flag(wanted.properties, "Sync", default=False):
            results = await _all(commands)
        else:
            for instance, command in zip(instances, commands, strict=True):
                _leave_running(instance, command, wanted.tell)
        return Made(
            invoke_id,
            {
                "InvokeId": invoke_id,
                "CommandId": f"c-{secrets.token_hex(10)}",
                "InvokeInstances": [instance.instance_id for instance in instances],
                "InvokeResults": results,
            },
        )

    async def delete(self, resource: StackResource) -> None:
        """Leave it: what has run has run, and what runs ends with its instance."""

    def _command(
        self, wanted: Wanted, instance: Instance, invoke_id: str, several: bool
    ) -> Callable[[], asyncio.Task[Data]]:
        content = _content(wanted, instance)
        timeout = whole(wanted.properties, "Timeout", _DEFAULT_TIMEOUT, 1, _LONGEST)
        script = Script(f"{_SCRIPTS}/{invoke_id}.sh", content, text(wanted.properties, "WorkingDir", "/root"), timeout)
        told = f"{instance.name}: " if several else ""
        name = f"{wanted.name}-{instance.instance_id}-{invoke_id}"

        async def run() -> Data:
            with as_failure():
                done = await run_script(
                    self.world.folder, instance, name, script, lambda line: wanted.tell(f"{told}{line}")
                )
            wanted.tell(f"{told}exit code {done.returncode} after {done.seconds:.1f} s")
            if done.timed_out or done.returncode != 0:
                raise ResourceFailed(_failure(instance, done, timeout))
            return _result(instance, done)

        return lambda: asyncio.create_task(run())


def _check(wanted: Wanted) -> None:
    """Raise ResourceFailed for what cannot be run here."""
    kind = required(wanted.properties, "Type")
    if kind != "RunShellScript":
        raise ResourceFailed(f"its Type '{kind}' is not rehearsed: hosts run Linux, and RunShellScript alone")
    refuse(wanted.properties, ("ContainerId", "ContainerName"), "commands run in the host itself")
    refuse(wanted.properties, ("Frequency", "Timed"), "commands run once")
    refuse(wanted.properties, ("Launcher",), "the script's own first line says what runs it")
    if text(wanted.properties, "RepeatMode", "Once") != "Once":
        raise ResourceFailed(f"its RepeatMode '{wanted.properties['RepeatMode']}' is not rehearsed: commands run once")
    if text(wanted.properties, "Username", "root") != "root":
        raise ResourceFailed(f"its Username '{wanted.properties['Username']}' is not rehearsed: root runs commands")


def _content(wanted: Wanted, instance: Instance) -> str:
    """Return the script, decoded and with its parameters. Raises ResourceFailed."""
    content, encoding = required(wanted.properties, "CommandContent"), text(wanted.properties, "ContentEncoding")
    if encoding == "Base64":
        try:
            content = base64.b64decode(content, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise ResourceFailed("its CommandContent is not Base64 of a text, as its ContentEncoding says") from None
    elif encoding not in ("", "PlainText"):
        raise ResourceFailed(f"its ContentEncoding is '{encoding}', expected PlainText or Base64")
    size = len(base64.b64encode(content.encode()))
    if size > _LARGEST:
        raise ResourceFailed(f"its CommandContent is {size} bytes in Base64, at most {_LARGEST} are allowed")
    if not flag(wanted.properties, "EnableParameter", default=False):
        return content
    given = wanted.properties.get("Parameters")
    values = {str(k): str(v) for k, v in given.items()} if isinstance(given, dict) else {}
    values |= {"ACS::InstanceId": instance.instance_id, "ACS::RegionId": instance.order.region}
    unknown = sorted(set(_PARAMETER.findall(content)) - set(values))
    if unknown:
        raise ResourceFailed(f"its Parameters have no {', '.join(unknown)}")
    return _PARAMETER.sub(lambda found: values[found[1]], content)


async def _all(commands: list[Callable[[], asyncio.Task[Data]]]) -> list[Data]:
    """Run all at once; the first failure, or a cancellation, ends the others."""
    tasks = [command() for command in commands]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _leave_running(instance: Instance, command: Callable[[], asyncio.Task[Data]], tell: Callable[[str], None]) -> None:
    task = command()

    def end(done: asyncio.Task[Data]) -> None:
        instance.background.discard(done)
        if not done.cancelled() and (error := done.exception()) is not None:
            tell(f"nobody waited for it: {error}")

    instance.background.add(task)
    task.add_done_callback(end)


def _failure(instance: Instance, done: Finished, timeout: int) -> str:
    where = f"on {instance.name} ({instance.instance_id})"
    tail = " / ".join(line.strip() for line in done.stdout[-_TAIL:].splitlines()[-3:] if line.strip())
    said = f"; the end of its output: {tail}" if tail else "; it said nothing"
    if done.timed_out:
        return f"the command's Timeout of {timeout} s was over {where}, and it was ended{said}"
    return f"the command ended with exit code {done.returncode} {where}{said}"


def _result(instance: Instance, done: Finished) -> Data:
    """Return an entry of InvokeResults; that Output is Base64 is how published templates read it."""
    output = base64.b64encode(done.stdout.encode()[-_OUTPUT_KEPT:]).decode()
    return {
        "InstanceId": instance.instance_id,
        "InvokeRecordStatus": "Finished",
        "InvocationStatus": "Success",
        "ExitCode": done.returncode,
        "Output": output,
    }
