"""Asks for chats, many at once, and prints what came: runs on its own wherever a command can be run.

Called as `python3 - URL MODEL CLIENTS SECONDS MAX_TOKENS MOST_REQUESTS`, with the key in the variable KEY. With the
standard library alone: it is sent to a host that has nothing else.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from urllib.parse import urlsplit


class Probe:
    """The clients of one measurement. Times are in seconds."""

    def __init__(self, url: str, model: str, max_tokens: int, deadline: float, most: int) -> None:
        self.address = urlsplit(url)
        self.deadline, self.left = deadline, most
        asked = {
            "model": model,
            "stream": True,
            "stream_options": {"include_usage": True},
            "max_tokens": max_tokens,
            "messages": [{"role": "user", "content": "Say hello."}],
        }
        body = json.dumps(asked).encode()
        head = [
            f"POST {self.address.path.rstrip('/')}/v1/chat/completions HTTP/1.1",
            f"Host: {self.address.netloc}",
            "Content-Type: application/json",
            f"Authorization: Bearer {os.environ.get('KEY', '')}",
            f"Content-Length: {len(body)}",
            "Connection: close",
        ]
        self.request = "\r\n".join([*head, "", ""]).encode() + body
        self.first: list[float] = []
        self.whole: list[float] = []
        self.tokens = 0
        self.failures: list[str] = []

    async def client(self) -> None:
        """Ask one chat after the other until the time or the number of requests is used up."""
        while time.monotonic() < self.deadline and self.left > 0:
            self.left -= 1
            try:
                await self.chat()
            except (OSError, ValueError, asyncio.IncompleteReadError) as error:
                self.failures.append(f"{type(error).__name__}: {error}")
                return

    async def chat(self) -> None:
        """Ask for one chat and read its stream to the end. Raises ValueError for what is no stream of tokens."""
        begin, first, tokens = time.monotonic(), None, 0
        reader, writer = await asyncio.open_connection(self.address.hostname, self.address.port or 80)
        try:
            writer.write(self.request)
            status = (await reader.readline()).decode().strip()
            if status.split(" ")[1:2] != ["200"]:
                raise ValueError(status or "no answer")
            async for line in reader:
                if not line.startswith(b"data: ") or line.startswith(b"data: [DONE]"):
                    continue
                chunk = json.loads(line[6:])
                if first is None and any(choice["delta"].get("content") is not None for choice in chunk["choices"]):
                    first = time.monotonic() - begin
                tokens = (chunk.get("usage") or {}).get("completion_tokens", tokens)
        finally:
            writer.close()
        if first is None or not tokens:
            raise ValueError("a stream without tokens")
        self.first.append(first)
        self.whole.append(time.monotonic() - begin)
        self.tokens += tokens


async def main(url: str, model: str, clients: int, seconds: float, max_tokens: int, most: int) -> dict[str, object]:
    """Return the measurements of so many clients at once."""
    begin = time.monotonic()
    probe = Probe(url, model, max_tokens, begin + seconds, most)
    await asyncio.gather(*(probe.client() for _ in range(clients)))
    return {
        "seconds": time.monotonic() - begin,
        "first": probe.first,
        "whole": probe.whole,
        "tokens": probe.tokens,
        "failures": probe.failures,
    }


if __name__ == "__main__":
    words = sys.argv[1:]
    found = asyncio.run(main(words[0], words[1], int(words[2]), float(words[3]), int(words[4]), int(words[5])))
    print(json.dumps(found))
