"""Create and delete stacks: in the order of their references, side by side where nothing says otherwise.

States are those that ROS documents for GetStack and ListStackResources. ROS began as a fork of Heat, and the
reasons that stand beside the states are worded after Heat's [assumed].
"""

from __future__ import annotations

import asyncio
import logging
import uuid
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from nestforge.evaluate.data import NoValue, SecretBoolean, Unknown, first_unknown
from nestforge.evaluate.made import Made
from nestforge.evaluate.shown import plain, shown_unknown
from nestforge.evaluate.template_text import TemplateText
from nestforge.sandbox.stacks.provider import ResourceFailed, Wanted
from nestforge.sandbox.stacks.pseudo import pseudo_parameters
from nestforge.sandbox.stacks.records import MASK, LogLine, Stack, StackEvent, StackOutput, StackResource
from nestforge.sandbox.stacks.stack_store import StackStore

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Iterator
    from datetime import datetime

    from nestforge.evaluate.evaluation import Evaluation, Resource
    from nestforge.evaluate.value import Value
    from nestforge.sandbox.stacks.provider import Providers
    from nestforge.sandbox.store import Store

TIME = "%Y-%m-%dT%H:%M:%S"
"""As ROS writes it, in UTC."""

STACK_TYPE = "ALIYUN::ROS::Stack"
STOPPED = "the sandbox was stopped while this was in progress"
_LOGGER = logging.getLogger(__name__)


class StackEngine:
    """Works on stacks in tasks of the running event loop; all that is known of them is in the state.

    `timer` returns after a number of seconds.
    """

    def __init__(
        self,
        store: Store,
        providers: Providers,
        clock: Callable[[], datetime],
        timer: Callable[[float], Awaitable[object]],
    ) -> None:
        self.providers = providers
        self.stacks = StackStore(store)
        self._store = store
        self._clock = clock
        self._timer = timer
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._is_closing = False

    def create(self, stack_id: str) -> None:
        """Go on with a stack that is CREATE_IN_PROGRESS, once the call that made it so is answered."""
        self._begin(stack_id, self._create)

    def delete(self, stack_id: str) -> None:
        """Go on with a stack that is DELETE_IN_PROGRESS; a creation that is under way is given up."""
        self._begin(stack_id, self._delete)

    def resume(self) -> None:
        """Take up what an earlier server left: what it was creating has failed, what it was deleting goes on."""
        for stack in self.stacks.stacks():
            if stack.status == "CREATE_IN_PROGRESS":
                self._begin(stack.stack_id, self._give_up)
            elif stack.status == "CREATE_ROLLBACK_IN_PROGRESS":
                self._begin(stack.stack_id, self._roll_back)
            elif stack.status == "DELETE_IN_PROGRESS":
                self._begin(stack.stack_id, self._delete)

    async def close(self) -> None:
        """Stop working; the state says what was in progress."""
        self._is_closing = True
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def set_status(self, stack: Stack, status: str, reason: str) -> Stack:
        """Change a stack's state, with the event that says so. Within a transaction."""
        now = self._now()
        changed = replace(stack, status=status, reason=reason, updated=now)
        self.stacks.save(changed)
        self._add_event(stack.stack_id, stack.name, STACK_TYPE, stack.stack_id, status, _noted(reason, stack.note))
        return changed

    def _begin(self, stack_id: str, work: Callable[[Stack], Awaitable[None]]) -> None:
        before = self._tasks.get(stack_id)

        async def run() -> None:
            if before is not None and not before.done():
                before.cancel()
                await asyncio.wait([before])
            stack = self.stacks.stack(stack_id)
            if stack is not None:  # else the call that asked for it was refused after all
                await self._guarded(stack, work)

        task = asyncio.get_running_loop().create_task(run())
        self._tasks[stack_id] = task
        task.add_done_callback(lambda done: self._forget(stack_id, done))

    def _forget(self, stack_id: str, done: asyncio.Task[None]) -> None:
        if self._tasks.get(stack_id) is done:
            del self._tasks[stack_id]

    async def _guarded(self, stack: Stack, work: Callable[[Stack], Awaitable[None]]) -> None:
        try:
            await work(stack)
        except Exception as error:  # a bug of ours: the stack must not stay in progress for ever
            _LOGGER.exception("a bug while working on stack %s", stack.stack_id)
            failed = "DELETE_FAILED" if stack.status == "DELETE_IN_PROGRESS" else "CREATE_FAILED"
            why = f"a bug of the sandbox, {type(error).__name__}; see its server.log"
            with self._store.transaction():
                self.set_status(self.stacks.stack(stack.stack_id) or stack, failed, why)

    # Creation

    async def _create(self, stack: Stack) -> None:
        template = TemplateText(stack.template)
        failure = await self._make_all(stack, template)
        if failure is None:
            outputs = _outputs(self._evaluated(stack, template))
            with self._store.transaction():
                self.set_status(
                    replace(stack, outputs=outputs), "CREATE_COMPLETE", "Stack CREATE completed successfully"
                )
        else:
            await self._fail(stack, failure)

    async def _give_up(self, stack: Stack) -> None:
        for resource in self.stacks.resources(stack.stack_id):
            if resource.status == "CREATE_IN_PROGRESS":
                self._note(resource, "CREATE_FAILED", STOPPED, stack.note)
        await self._fail(stack, STOPPED)

    async def _fail(self, stack: Stack, reason: str) -> None:
        status = "CREATE_FAILED" if stack.disable_rollback else "CREATE_ROLLBACK_IN_PROGRESS"
        with self._store.transaction():
            stack = self.set_status(stack, status, reason)
        if not stack.disable_rollback:
            await self._roll_back(stack)

    async def _roll_back(self, stack: Stack) -> None:
        left = await self._remove_all(stack, lambda resource: False)
        with self._store.transaction():
            if left:
                self.set_status(stack, "CREATE_ROLLBACK_FAILED", f"{stack.reason}; {_not_deleted(left)}")
            else:
                self.set_status(stack, "CREATE_ROLLBACK_COMPLETE", stack.reason)

    async def _make_all(self, stack: Stack, template: TemplateText) -> str | None:
        """Create what is not there yet; return why that failed."""
        expired = asyncio.ensure_future(self._timer(stack.timeout))
        running: dict[asyncio.Task[None], str] = {}
        try:
            while True:
                for resource in self._ready(stack, template, set(running.values())):
                    running[asyncio.ensure_future(self._make(stack, resource))] = resource.name
                if not running:
                    return None
                done, _ = await asyncio.wait([*running, expired], return_when=asyncio.FIRST_COMPLETED)
                for task in [task for task in running if task in done]:
                    del running[task]
                    if (error := task.exception()) is not None:
                        return str(error)
                if expired in done:
                    return f"Create timed out: {stack.timeout / 60:g} minutes are over"
        finally:
            await _given_up(running)
            await _given_up([expired])

    def _ready(self, stack: Stack, template: TemplateText, running: Iterable[str]) -> list[Resource]:
        """Return the resources that all they need is there for."""
        done = {r.name for r in self.stacks.resources(stack.stack_id) if r.status == "CREATE_COMPLETE"}
        evaluation = self._evaluated(stack, template)
        begun = done | set(running)
        return [
            resource
            for resource in evaluation.resources.values()
            if resource.name not in begun and done.issuperset(resource.needs)
        ]

    def _evaluated(self, stack: Stack, template: TemplateText) -> Evaluation:
        made = {
            resource.name: Made(resource.physical_id, resource.attributes)  # type: ignore[arg-type]  # JSON is Data
            for resource in self.stacks.resources(stack.stack_id)
            if resource.status == "CREATE_COMPLETE"
        }
        return template.evaluate(stack.given, pseudo_parameters(stack), made)  # type: ignore[arg-type]  # JSON is Data

    async def _make(self, stack: Stack, wanted: Resource) -> None:
        now = self._now()
        resource = StackResource(
            stack_id=stack.stack_id,
            name=wanted.name,
            type=wanted.type,
            needs=wanted.needs,
            retained=wanted.retained,
            status="",
            reason="",
            created=now,
            updated=now,
            properties={name: plain(value.data) for name, value in wanted.properties.items()},
        )
        resource = self._note(resource, "CREATE_IN_PROGRESS", "state changed", stack.note)
        try:
            made = await self._made(stack, wanted)
        except asyncio.CancelledError:
            if not self._is_closing:
                self._note(resource, "CREATE_FAILED", "CREATE aborted", stack.note)
            raise
        except ResourceFailed as error:
            self._note(resource, "CREATE_FAILED", str(error), stack.note)
            raise ResourceFailed(f"Resource CREATE failed: {wanted.type} {wanted.name}: {error}") from error
        resource = replace(resource, physical_id=made.physical_id, attributes=dict(made.attributes))
        self._note(resource, "CREATE_COMPLETE", "state changed", stack.note)

    async def _made(self, stack: Stack, wanted: Resource) -> Made:
        provider = self.providers.by_type.get(wanted.type)
        if provider is None:  # a service instance is checked before it is begun; the table may have changed since
            raise ResourceFailed(f"the sandbox has no provider for the resource type {wanted.type}")
        _require_known(wanted.properties)

        def tell(text: str) -> None:
            with self._store.transaction():
                self.stacks.add_log(LogLine(stack.stack_id, wanted.name, self._now(), text))

        order = Wanted(
            stack_id=stack.stack_id,
            stack_name=stack.name,
            region=stack.region,
            name=wanted.name,
            type=wanted.type,
            properties={name: value.data for name, value in wanted.properties.items()},
            others=lambda: self.stacks.resources(stack.stack_id),
            tell=tell,
        )
        with _bugs_as_failures(wanted.type):
            return await provider.create(order)

    # Deletion

    async def _delete(self, stack: Stack) -> None:
        left = await self._remove_all(stack, lambda resource: resource.retained)
        with self._store.transaction():
            if left:
                self.set_status(stack, "DELETE_FAILED", f"Resource DELETE failed: {_not_deleted(left)}")
            else:
                self.set_status(stack, "DELETE_COMPLETE", "Stack DELETE completed successfully")

    async def _remove_all(self, stack: Stack, keeps: Callable[[StackResource], bool]) -> list[StackResource]:
        """Delete the resources, each before those that it needs; return those that could not be deleted."""
        left = {r.name: r for r in self.stacks.resources(stack.stack_id) if not keeps(r)}
        running: dict[asyncio.Task[None], str] = {}
        failed: dict[str, StackResource] = {}
        try:
            while True:
                needed = {name for resource in left.values() for name in resource.needs}
                for name, resource in left.items():
                    if name not in needed and name not in failed and name not in running.values():
                        running[asyncio.ensure_future(self._remove(resource, stack.note))] = name
                if not running:
                    return list(left.values())
                done, _ = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    name = running.pop(task)
                    if task.exception() is None:
                        del left[name]
                    else:
                        failed[name] = left[name]
        finally:
            await _given_up(running)

    async def _remove(self, resource: StackResource, note: str) -> None:
        resource = self._note(resource, "DELETE_IN_PROGRESS", "state changed", note)
        provider = self.providers.by_type.get(resource.type)
        try:
            if provider is None:
                raise ResourceFailed(f"the sandbox has no provider for the resource type {resource.type}")
            with _bugs_as_failures(resource.type):
                await provider.delete(resource)
        except ResourceFailed as error:
            self._note(resource, "DELETE_FAILED", str(error), note)
            raise
        self._note(resource, "DELETE_COMPLETE", "state changed", note)
        with self._store.transaction():
            self.stacks.remove_resource(resource)

    # What is noted

    def _note(self, resource: StackResource, status: str, reason: str, note: str) -> StackResource:
        changed = replace(resource, status=status, reason=_noted(reason, note), updated=self._now())
        with self._store.transaction():
            self.stacks.save_resource(changed)
            self._add_event(
                resource.stack_id, resource.name, resource.type, changed.physical_id, status, changed.reason
            )
        return changed

    def _add_event(self, stack_id: str, name: str, type_: str, physical_id: str, status: str, reason: str) -> None:
        event_id = str(uuid.uuid4())
        self.stacks.add_event(StackEvent(event_id, stack_id, name, type_, physical_id, status, reason, self._now()))

    def _now(self) -> str:
        return self._clock().strftime(TIME)


@contextmanager
def _bugs_as_failures(type_: str) -> Iterator[None]:
    """Let a resource fail where its provider does, whatever that raises."""
    try:
        yield
    except ResourceFailed:
        raise
    except Exception as error:
        _LOGGER.exception("a bug of the provider for %s", type_)
        raise ResourceFailed(f"a bug of its provider, {type(error).__name__}; see the sandbox's server.log") from error


def _noted(reason: str, note: str) -> str:
    return f"{reason} ({note})" if note else reason


def _not_deleted(left: list[StackResource]) -> str:
    return f"these could not be deleted: {', '.join(resource.name for resource in left)}"


def _require_known(properties: dict[str, Value]) -> None:
    """Raise ResourceFailed for a property that nothing has told."""
    for name, value in properties.items():
        unknown = first_unknown(value.data)
        if unknown is not None:
            raise ResourceFailed(f"its property {name} is not known: {shown_unknown(unknown)}")


def _outputs(evaluation: Evaluation) -> tuple[StackOutput, ...]:
    return tuple(
        StackOutput(
            name=output.name,
            value=_open(output.value),
            shown=plain(output.value.data),
            description=output.description or "No description given",
        )
        if not output.no_echo
        else StackOutput(output.name, MASK, MASK, output.description or "No description given")
        for output in evaluation.outputs.values()
    )


def _open(value: Value) -> object:
    """Return an output's value as its owner sees it: with what is secret, for that is what it is for."""
    content = value.content
    if isinstance(content, list):
        return [_open(item) for item in content]
    if isinstance(content, dict):
        return {str(key): _open(item) for key, item in content.items()}
    if isinstance(content, Unknown):
        return shown_unknown(content)
    if isinstance(content, SecretBoolean):
        return bool(content)
    return None if isinstance(content, NoValue) else content


async def _given_up(tasks: Iterable[asyncio.Future[Any]]) -> None:
    """Cancel what still runs, and wait until it has ended."""
    waiting = list(tasks)
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
