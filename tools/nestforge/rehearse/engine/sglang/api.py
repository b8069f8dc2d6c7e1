"""What the stand-in answers over HTTP: health, models, and chats, as SGLang shapes them."""

from __future__ import annotations

import hmac
import json
import time
import uuid
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from nestforge.rehearse.engine.sglang.answers import Answers
    from nestforge.rehearse.engine.sglang.settings import Settings

    Step = Callable[[], Awaitable[None]]
    from aiohttp.typedefs import Handler, Middleware

_OPEN = ("/health", "/health_generate")


class BadRequest(Exception):
    """A request that no model could answer."""


def application(settings: Settings, answers: Answers, step: Step) -> web.Application:
    """Return the API of rank 0; `step` computes once, on all ranks together."""
    app = web.Application(middlewares=[_with_key(settings.api_key)] if settings.api_key else [])
    chats = _Chats(settings, answers, step)

    async def health_generate(request: web.Request) -> web.Response:
        await step()
        return web.Response()

    async def models(request: web.Request) -> web.Response:
        card = {"id": settings.model, "object": "model", "created": int(time.time()), "owned_by": "sglang"}
        return web.json_response({"object": "list", "data": [{**card, "root": settings.model_path}]})

    app.router.add_get("/health", _health)
    app.router.add_get("/health_generate", health_generate)
    app.router.add_get("/v1/models", models)
    app.router.add_post("/v1/chat/completions", chats.answer)
    return app


def health_only() -> web.Application:
    """Return what the other ranks show once the world is complete."""
    app = web.Application()
    for path in _OPEN:
        app.router.add_get(path, _health)
    return app


async def _health(request: web.Request) -> web.Response:
    return web.Response()


def _with_key(key: str) -> Middleware:
    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if request.path not in _OPEN and not hmac.compare_digest(given.encode(), key.encode()):
            return web.json_response({"error": "Unauthorized"}, status=401)
        return await handler(request)

    return check


class _Chats:
    def __init__(self, settings: Settings, answers: Answers, step: Step) -> None:
        self._settings, self._answers, self._step = settings, answers, step

    async def answer(self, request: web.Request) -> web.StreamResponse:
        try:
            asked = await _object(request)
            prompt = self._answers.prompt_tokens(_messages(asked))
            limit = _limit(asked)
            self._check_length(prompt, limit)
        except BadRequest as error:
            return web.json_response({"object": "error", "message": str(error), "code": 400}, status=400)
        pieces, reason = self._answers.pieces(limit)
        usage = {
            "prompt_tokens": prompt,
            "completion_tokens": len(pieces),
            "total_tokens": prompt + len(pieces),
            "prompt_tokens_details": None,
        }
        if asked.get("stream"):
            return await self._stream(request, asked, pieces, reason, usage)
        for _ in pieces:
            await self._step()
        message = {"role": "assistant", "content": "".join(pieces), "tool_calls": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": reason}
        return web.json_response({**self._head("chat.completion"), "choices": [choice], "usage": usage})

    async def _stream(
        self,
        request: web.Request,
        asked: dict[str, object],
        pieces: list[str],
        reason: str,
        usage: Mapping[str, object],
    ) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream"})
        await response.prepare(request)
        head = self._head("chat.completion.chunk")

        async def say(delta: dict[str, object], finish: str | None) -> None:
            choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
            await _say(response, {**head, "choices": [choice], "usage": None})

        await say({"role": "assistant", "content": ""}, None)
        for piece in pieces:
            await self._step()
            await say({"content": piece}, None)
        await say({}, reason)
        options = asked.get("stream_options")
        if isinstance(options, dict) and options.get("include_usage"):
            await _say(response, {**head, "choices": [], "usage": usage})
        await response.write(b"data: [DONE]\n\n")
        return response

    def _head(self, kind: str) -> dict[str, object]:
        return {"id": uuid.uuid4().hex, "object": kind, "created": int(time.time()), "model": self._settings.model}

    def _check_length(self, prompt: int, limit: int | None) -> None:
        longest = self._settings.context_length
        if longest is not None and prompt + (limit or 0) > longest:
            raise BadRequest(f"{prompt} tokens and {limit or 0} to answer with are more than the context of {longest}")


async def _say(response: web.StreamResponse, chunk: dict[str, object]) -> None:
    await response.write(f"data: {json.dumps(chunk)}\n\n".encode())


async def _object(request: web.Request) -> dict[str, object]:
    try:
        asked = await request.json()
    except ValueError as error:
        raise BadRequest(f"the request is no JSON: {error}") from None
    if not isinstance(asked, dict):
        raise BadRequest("the request is no JSON object")
    return asked


def _messages(asked: dict[str, object]) -> list[dict[str, object]]:
    messages = asked.get("messages")
    if not isinstance(messages, list) or not messages or not all(isinstance(one, dict) for one in messages):
        raise BadRequest("'messages' is no list of messages")
    return messages


def _limit(asked: dict[str, object]) -> int | None:
    limit = asked.get("max_completion_tokens", asked.get("max_tokens"))
    if limit is not None and (not isinstance(limit, int) or limit < 1):
        raise BadRequest("'max_tokens' is no positive number")
    return limit
