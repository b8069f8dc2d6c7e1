"""The API of an engine that has nothing to say: health, models, and chats of a few tokens."""

from __future__ import annotations

import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = ("This ", "answer ", "is ", "made ", "up.")


def serve(host: str, port: int, model: str) -> None:
    """Answer until the process ends."""

    class Api(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/health":
                self._answer(200, b"")
            elif self.path == "/v1/models":
                self._answer(200, json.dumps({"object": "list", "data": [{"id": model, "object": "model"}]}).encode())
            else:
                self._answer(404, b"{}")

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))) or b"{}")
            if self.path != "/v1/chat/completions" or asked.get("model") != model:
                self._answer(404, b"{}")
                return
            count = min(len(WORDS), int(asked.get("max_tokens", len(WORDS))))
            if asked.get("stream"):
                parts = [{"choices": [{"index": 0, "delta": {"content": word}}]} for word in WORDS[:count]]
                body = "".join(f"data: {json.dumps(part)}\n\n" for part in parts) + "data: [DONE]\n\n"
                self._answer(200, body.encode(), "text/event-stream")
                return
            message = {"role": "assistant", "content": "".join(WORDS[:count])}
            answer = {
                "object": "chat.completion", "created": int(time.time()), "model": model,
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"completion_tokens": count, "prompt_tokens": 1, "total_tokens": count + 1},
            }  # fmt: skip
            self._answer(200, json.dumps(answer).encode())

        def _answer(self, status: int, body: bytes, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    ThreadingHTTPServer((host, port), Api).serve_forever()
