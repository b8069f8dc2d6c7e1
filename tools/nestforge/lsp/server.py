"""The protocol: what an editor sends is led to documents and projects, what they answer is sent in its terms."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from nestforge import __version__
from nestforge.lint.settings import settings_for
from nestforge.lsp.completion import MOST
from nestforge.lsp.document import Document
from nestforge.lsp.project import OpenProject, project_of
from nestforge.lsp.spot import Position
from nestforge.model.diagnostic import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nestforge.lsp.completion import Suggestion
    from nestforge.model.diagnostic import Diagnostic

_TEMPLATES = (".yaml", ".yml", ".json", ".template")
_TRIGGERS = [":", ".", "{", "[", " ", "!", '"']
MOST_NEW_OBJECTS = 200_000
"""A keystroke makes thousands, hardly any in a cycle: to look for cycles each time took a third of its time."""

_SEVERITIES = {
    "error": types.DiagnosticSeverity.Error,
    "warning": types.DiagnosticSeverity.Warning,
    "info": types.DiagnosticSeverity.Information,
}
_KINDS = {
    "property": types.CompletionItemKind.Property,
    "value": types.CompletionItemKind.EnumMember,
    "type": types.CompletionItemKind.Class,
    "attribute": types.CompletionItemKind.Field,
    "function": types.CompletionItemKind.Function,
    "resource": types.CompletionItemKind.Reference,
    "mapping": types.CompletionItemKind.Module,
    "condition": types.CompletionItemKind.Event,
}


class Server(LanguageServer):
    """The state of a session: the templates and the projects that are open."""

    def __init__(self) -> None:
        # The whole text at each change: pygls takes more signs for line ends than the protocol does, and would
        # put a part of a text that has one of them in the wrong place.
        super().__init__("nestforge", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.documents: dict[str, Document] = {}
        self.projects: dict[Path, OpenProject] = {}
        self.checking = asyncio.Lock()
        self.with_findings: dict[Path, set[str]] = {}
        self.was_shut_down = False
        self.has_ended = False

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:
        """Log what went wrong, without a window in front of whoever types."""
        message = f"{type(error).__name__}: {error}"
        self.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def publish(self, uri: str, lines: Sequence[str], findings: Iterable[Diagnostic]) -> None:
        """Show the findings of one file."""
        shown = [self.diagnostic(found, lines) for found in findings]
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, shown))

    def diagnostic(self, found: Diagnostic, lines: Sequence[str]) -> types.Diagnostic:
        """Return a finding in the protocol's terms."""
        return types.Diagnostic(
            range=self.range_of(found.span, lines),
            message=f"{found.message}\nhelp: {found.help}" if found.help else found.message,
            severity=_SEVERITIES[found.severity],
            code=found.code,
            source="nestforge",
        )

    def range_of(self, span: Span, lines: Sequence[str]) -> types.Range:
        """Return what of a span is on its first line, in the units of the client; all of it if the end is unknown."""
        row = min(span.line, len(lines)) - 1
        line = lines[row]
        start = min(span.column - 1, len(line))
        end = span.end_column - 1 if span.end_line == span.line else len(line.rstrip())
        codec = self.workspace.position_codec
        first, last = codec.client_num_units(line[:start]), codec.client_num_units(line[: max(start, end)])
        return types.Range(types.Position(row, first), types.Position(row, last))

    def position(self, asked: types.Position, lines: Sequence[str]) -> Position:
        """Return a position of the client in characters; one beyond the text is at its end."""
        row = min(asked.line, len(lines) - 1)
        found = self.workspace.position_codec.position_from_client_units(lines, types.Position(row, asked.character))
        return Position(row, min(found.character, len(lines[row])))

    async def check_project(self, root: Path) -> None:
        """Show what is wrong with a project, in each of its files; the session goes on meanwhile."""
        project = self.projects.setdefault(root, OpenProject(root))
        async with self.checking:
            findings = await asyncio.get_running_loop().run_in_executor(None, project.check)
        by_path: dict[str, list[Diagnostic]] = {path: [] for path in self.with_findings.get(root, ())}
        for found in findings:
            by_path.setdefault(found.span.path, []).append(found)
        self.with_findings[root] = {path for path, listed in by_path.items() if listed}
        for path, listed in by_path.items():
            file, uri = root / path, from_fs_path(str(root / path))
            if file.is_file() and uri is not None:
                self.publish(uri, _lines_of(_content(file)), listed)


def serve() -> int:
    """Answer an editor over standard input and output until it ends the session; return the exit code."""
    logging.getLogger("pygls").setLevel(logging.CRITICAL)  # the editor is told by report_server_error
    gc.set_threshold(MOST_NEW_OBJECTS)
    server = _server()
    with os.fdopen(os.dup(sys.stdout.fileno()), "wb") as out:  # pygls closes what it writes to
        server.start_io(sys.stdin.buffer, out)
    return int(server.has_ended and not server.was_shut_down)


def _server() -> Server:
    server = Server()
    for method, handler, options in (
        (types.TEXT_DOCUMENT_DID_OPEN, _opened, None),
        (types.TEXT_DOCUMENT_DID_CHANGE, _changed, None),
        (types.TEXT_DOCUMENT_DID_SAVE, _saved, None),
        (types.TEXT_DOCUMENT_DID_CLOSE, _closed, None),
        (types.TEXT_DOCUMENT_HOVER, _hover, None),
        (types.TEXT_DOCUMENT_DEFINITION, _definition, None),
        (types.TEXT_DOCUMENT_COMPLETION, _completion, types.CompletionOptions(trigger_characters=_TRIGGERS)),
        (types.SHUTDOWN, _shut_down, None),
        (types.EXIT, _exited, None),
    ):
        server.feature(method, options)(handler)
    return server


async def _opened(server: Server, params: types.DidOpenTextDocumentParams) -> None:
    uri, text = params.text_document.uri, params.text_document.text
    path, root = _file(uri)
    if path.suffix in _TEMPLATES:
        document = server.documents[uri] = Document(path.name, text, settings_for(str(path.parent), []))
        if root is None:
            server.publish(uri, document.template.lines, document.check())
    if root is not None:
        await server.check_project(root)


def _changed(server: Server, params: types.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    document = server.documents.get(uri)
    if document is not None:
        findings = document.change(server.workspace.get_text_document(uri).source)
        if _file(uri)[1] is None:
            server.publish(uri, document.template.lines, findings)


async def _saved(server: Server, params: types.DidSaveTextDocumentParams) -> None:
    uri = params.text_document.uri
    document, root = server.documents.get(uri), _file(uri)[1]
    if root is not None:
        await server.check_project(root)
    elif document is not None:
        server.publish(uri, document.template.lines, document.check())


def _closed(server: Server, params: types.DidCloseTextDocumentParams) -> None:
    uri = params.text_document.uri
    if server.documents.pop(uri, None) is not None and _file(uri)[1] is None:
        server.publish(uri, [""], [])


def _hover(server: Server, params: types.HoverParams) -> types.Hover | None:
    uri = params.text_document.uri
    document, source, lines = server.documents.get(uri), _source(server, uri), _open_lines(server, uri)
    position = server.position(params.position, lines)
    if document is not None:
        found = document.hover(position)
        span = server.range_of(found.span, lines) if found is not None else None
    else:
        found = source[0].hover(source[1], "\n".join(lines), position) if source is not None else None
        span = None
    return types.Hover(types.MarkupContent(types.MarkupKind.Markdown, found.text), span) if found is not None else None


def _definition(server: Server, params: types.DefinitionParams) -> types.Location | None:
    uri = params.text_document.uri
    document, source, lines = server.documents.get(uri), _source(server, uri), _open_lines(server, uri)
    position = server.position(params.position, lines)
    if document is not None:
        span = document.definition(position)
        return types.Location(uri, server.range_of(span, lines)) if span is not None else None
    span = source[0].definition(source[1], "\n".join(lines), position) if source is not None else None
    if source is None or span is None:
        return None
    file = source[0].root / span.path
    target = from_fs_path(str(file))
    if target is None or not file.is_file():
        return None
    return types.Location(target, server.range_of(span, _lines_of(_content(file))))


def _completion(server: Server, params: types.CompletionParams) -> types.CompletionList:
    document = server.documents.get(params.text_document.uri)
    if document is None:
        return types.CompletionList(is_incomplete=False, items=[])
    lines = document.template.lines
    position = server.position(params.position, lines)
    found = document.complete(position)
    items = [_item(server, suggestion, position, lines, rank) for rank, suggestion in enumerate(found)]
    return types.CompletionList(is_incomplete=len(found) == MOST, items=items)


def _item(
    server: Server, suggestion: Suggestion, position: Position, lines: Sequence[str], rank: int
) -> types.CompletionItem:
    line, column = position.line + 1, position.column + 1
    begun = Span("", line, column - len(suggestion.begun), line, column)
    text = suggestion.text
    return types.CompletionItem(
        label=suggestion.label,
        kind=_KINDS.get(suggestion.kind, types.CompletionItemKind.Variable),
        detail=suggestion.detail or None,
        documentation=types.MarkupContent(types.MarkupKind.Markdown, text) if text else None,
        sort_text=f"{rank:04}",
        filter_text=suggestion.label,
        text_edit=types.TextEdit(server.range_of(begun, lines), suggestion.insert),
    )


def _shut_down(server: Server, params: None) -> None:
    server.was_shut_down = True


def _exited(server: Server, params: None) -> None:
    server.has_ended = True


def _file(uri: str) -> tuple[Path, Path | None]:
    """Return the path of a file, and the root of the project that it is a source of."""
    path = Path(to_fs_path(uri) or uri)
    return path, project_of(path)


def _source(server: Server, uri: str) -> tuple[OpenProject, str] | None:
    """Return the project that a file is a source of, and the file's path in it."""
    path, root = _file(uri)
    project = server.projects.get(root) if root is not None else None
    return (project, path.relative_to(project.root).as_posix()) if project is not None else None


def _open_lines(server: Server, uri: str) -> list[str]:
    """Return the lines of a file that the editor has open; an empty one for a file that it has not."""
    opened = server.workspace.text_documents.get(uri)
    return _lines_of(opened.source if opened is not None else "")


def _content(file: Path) -> str:
    return file.read_bytes().decode("utf-8", "replace")


def _lines_of(text: str) -> list[str]:
    return text.replace("\r\n", "\n").split("\n")
