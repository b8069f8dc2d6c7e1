"""The language server as an editor has it: a process, and messages over its pipes."""

from __future__ import annotations

import json
import re
import subprocess
from threading import Timer
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.process import command, environment
from tests.own_project import ROOT, copy_project
from tests.unit.lsp.marked import HEAD

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 60
"""Seconds after which a server that does not answer is ended: then the test fails, and does not hang."""

Message = dict[str, Any]  # as JSON has it
URI = "file:///project/template.yaml"


class Editor:
    """One session with a server."""

    def __init__(self, home: Path) -> None:
        self.process = subprocess.Popen(
            command("lsp", "--stdio"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment(home),
            cwd=home,
        )
        self._watch = Timer(PATIENCE, self.process.kill)
        self._watch.start()
        self._last = 0

    def raw(self, content: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(content)
        self.process.stdin.flush()

    def send(self, method: str, params: object = None, **more: object) -> None:
        body = json.dumps({"jsonrpc": "2.0", "method": method, "params": params, **more}).encode()
        self.raw(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def receive(self) -> Message:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline()) != b"\r\n":
            assert line, "the server has ended"
            name, _, value = line.partition(b":")
            length = int(value) if name == b"Content-Length" else length
        message: Message = json.loads(self.process.stdout.read(length))
        return message

    def ask(self, method: str, params: object = None) -> Message:
        """Return the answer to a request; what comes in between is none of it."""
        self._last += 1
        self.send(method, params, id=self._last)
        while (message := self.receive()).get("id") != self._last:
            pass
        return message

    def at(self, method: str, line: int, character: int, uri: str = URI) -> Any:
        place = {"line": line, "character": character}
        return self.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": place})["result"]

    def start(self) -> Message:
        answer: Message = self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})["result"]
        self.send("initialized", {})
        return answer

    def open(self, text: str, uri: str = URI) -> list[Message]:
        document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
        self.send("textDocument/didOpen", {"textDocument": document})
        return self.findings(uri)

    def change(self, text: str, uri: str = URI) -> list[Message]:
        params = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]}
        self.send("textDocument/didChange", params)
        return self.findings(uri)

    def findings(self, uri: str = URI) -> list[Message]:
        """Return the findings that the server publishes next for a file."""
        while True:
            message = self.receive()
            if message.get("method") == "textDocument/publishDiagnostics" and message["params"]["uri"] == uri:
                found: list[Message] = message["params"]["diagnostics"]
                return found

    def end(self) -> tuple[int, str]:
        """Shut the server down; return the exit code and what it said on standard error."""
        assert self.ask("shutdown")["result"] is None
        self.send("exit")
        return self.wait()

    def wait(self) -> tuple[int, str]:
        _, errors = self.process.communicate()
        return self.process.returncode, errors.decode()

    def close(self) -> None:
        self._watch.cancel()
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def editor(tmp_path: Path) -> Iterator[Editor]:
    session = Editor(tmp_path)
    yield session
    session.close()


def test_the_command_in_the_readme_is_the_one_that_starts_the_server() -> None:
    found = re.search(r"cmd = \{ (.*) \}", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert found is not None
    assert json.loads(f"[{found[1]}]") == ["nestforge", *command("lsp")[3:]]


def test_a_session_from_the_first_message_to_the_last(editor: Editor) -> None:
    capabilities = editor.start()["capabilities"]
    assert capabilities["hoverProvider"] is True
    assert capabilities["positionEncoding"] == "utf-16"
    right = (
        HEAD
        + "  It:\n    Type: ALIYUN::ECS::VSwitch\n    Properties: {ZoneId: !Ref Zone, VpcId: !Ref Vpc, CidrBlock: x}\n"
    )
    (found,) = editor.open(right.replace("!Ref Zone", "!Ref Zoone"))
    assert found["range"] == {"start": {"line": 16, "character": 25}, "end": {"line": 16, "character": 35}}
    assert (found["code"], found["severity"], found["source"]) == ("R3001", 1, "nestforge")
    assert found["message"].endswith("\nhelp: did you mean 'Zone'?")
    assert editor.change(right) == []
    hover = editor.at("hover", 16, 17)
    assert "**ZoneId**: string, required" in hover["contents"]["value"]
    assert hover["range"]["start"] == {"line": 16, "character": 17}
    target = editor.at("definition", 16, 31)
    assert target == {"uri": URI, "range": {"start": {"line": 2, "character": 2}, "end": {"line": 2, "character": 6}}}
    (syntax,) = editor.change(right + "  Next:\n    Type: x\n    Con")
    assert syntax["code"] == "R1101"
    completion = editor.at("completion", 19, 7)
    assert completion["items"][0]["textEdit"] == {
        "range": {"start": {"line": 19, "character": 4}, "end": {"line": 19, "character": 7}},
        "newText": "Condition: ",
    }
    editor.send("textDocument/didClose", {"textDocument": {"uri": URI}})
    assert editor.findings() == []
    assert editor.end() == (0, "")


def test_positions_count_utf_16_units(editor: Editor) -> None:
    editor.start()
    line = "  🦙模型: {Value: !Sub '😀${Zone}${Nobody}', Description: 🚀}\n"
    (found,) = editor.open(HEAD + "Outputs:\n" + line)
    start = line[: line.index("${Nobody}")].encode("utf-16-le")
    assert found["range"]["start"] == {"line": 15, "character": len(start) // 2}
    assert found["range"]["end"]["character"] == len(start) // 2 + len("${Nobody}")
    zone = len(line[: line.index("Zone}")].encode("utf-16-le")) // 2
    assert editor.at("definition", 15, zone)["range"]["start"]["line"] == 2
    assert "pseudo" not in editor.at("hover", 15, zone)["contents"]["value"]


def test_the_slow_rules_are_asked_when_the_file_is_saved(editor: Editor) -> None:
    editor.start()
    run = "  Run:\n    Type: ALIYUN::ECS::RunCommand\n    Properties: {Type: RunShellScript, InstanceIds: [i], "
    assert editor.open(HEAD + run + "CommandContent: echo yes}\n") == []
    assert editor.change(HEAD + run + "CommandContent: if true}\n") == []
    editor.send("textDocument/didSave", {"textDocument": {"uri": URI}})
    assert [found["code"] for found in editor.findings()] == ["R7011"]


def test_the_sources_of_a_project_are_checked_where_they_are_edited(editor: Editor, tmp_path: Path) -> None:
    source = copy_project(tmp_path / "shop") / "ros_templates" / "parts" / "network.yaml.j2"
    text = source.read_text(encoding="utf-8")
    source.write_text(text.replace("{Ref: VpcCidrBlock}", "{Ref: Nobody}", 1), encoding="utf-8")
    editor.start()
    uri = source.as_uri()
    found = editor.open(source.read_text(encoding="utf-8"), uri)
    assert ("R3001", 4) in {(one["code"], one["range"]["start"]["line"]) for one in found}
    source.write_text(text, encoding="utf-8")
    editor.send(
        "textDocument/didChange", {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": text}]}
    )
    editor.send("textDocument/didSave", {"textDocument": {"uri": uri}})
    assert editor.findings(uri) == []
    target = editor.at("definition", 4, text.split("\n")[4].index("VpcCidrBlock") + 3, uri)
    assert target["uri"].endswith("/shop/ros_templates/parts/parameters_network.yaml.j2")
    assert editor.at("completion", 4, 8, uri)["items"] == []
    assert editor.end() == (0, "")


@pytest.mark.parametrize(
    "text",
    [
        "ROSTemplateFormatVersion: '2015-09-01'\n" + "".join(f"a{n}:\n" for n in range(20_000)),
        "ROSTemplateFormatVersion: '2015-09-01'\nA: " + "${" * 50_000,
        "ROSTemplateFormatVersion: '2015-09-01'\nA: x" + " x &a" * 100_000,
        "ROSTemplateFormatVersion: '2015-09-01'\n" + "# x\n" * 1_000_000,
        "ROSTemplateFormatVersion: '2015-09-01'\nResources: " + "x" * 1_000_000,
        "ROSTemplateFormatVersion: '2015-09-01'\nResources: " + "[" * 100_000,
        "ROSTemplateFormatVersion: '2015-09-01'\n" + "".join(" " * n + "a:\n" for n in range(1500)),
        "ROSTemplateFormatVersion: '2015-09-01'\nA: &a [*a, *a]\nResources: *a\n",
        "ROSTemplateFormatVersion\0\x01\x02\ud83d\x7f\x85\u2028: x",
        "\ufeffROSTemplateFormatVersion: '2015-09-01'\r\nResources: {A: {Type: [}",
    ],
    ids=[
        "many-keys",
        "many-variables",
        "many-anchors",
        "too-large",
        "long-line",
        "deep",
        "deep-block",
        "cycle",
        "binary",
        "bom",
    ],
)
def test_whatever_a_file_holds_the_server_goes_on(editor: Editor, text: str) -> None:
    editor.start()
    editor.open(text)
    editor.change(text + "\n")
    for method in ("hover", "completion", "definition"):
        for line, character in ((0, 5), (1, 12), (9_999, 9_999)):
            editor.at(method, line, character)
    assert editor.change("ROSTemplateFormatVersion: '2015-09-01'\nResources: {}\n") == []
    assert editor.end() == (0, "")


def test_messages_that_make_no_sense_are_refused_and_no_more(editor: Editor) -> None:
    editor.start()
    assert editor.ask("nestforge/unknown", {})["error"]["code"] == -32601
    editor.send("nestforge/unknown", {})
    editor.raw(b"Content-Length: 4\r\n\r\n\xff\x00\xfe{")
    deep = b"[" * 100_000
    editor.raw(b"Content-Length: %d\r\n\r\n%s" % (len(deep), deep))
    assert editor.at("hover", 0, 0, "file:///nobody/opened.yaml") is None
    assert editor.end() == (0, "")


def test_an_editor_that_goes_away_ends_the_server(editor: Editor) -> None:
    editor.start()
    assert editor.process.stdin is not None
    editor.process.stdin.close()
    editor.process.stdin = None
    assert editor.wait() == (0, "")


def test_an_exit_without_a_shutdown_is_told_by_the_exit_code(editor: Editor) -> None:
    editor.start()
    editor.send("exit")
    assert editor.wait() == (1, "")
