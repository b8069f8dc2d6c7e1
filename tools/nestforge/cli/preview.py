"""Show a service before it exists: one HTML page with the buyer's form, and what the values in it make.

PATH is a project of nestforge, a folder with .computenest/, or a ROS template; without it, the project here.
The page needs no network: form, topology, resources, outputs, scripts, documents, and what the linter finds.
Errors make the exit code 1; the page shows them in their place.

example:
  nestforge preview --serve
"""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from nestforge.cli.here import here
from nestforge.model.errors import NestforgeError

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from nestforge.lint.subjects import Subject
    from nestforge.preview.build_page import Preview

NAME = "preview.html"
_MOST_NAMED = 3
_LARGEST_PORT = 65535


class NothingToPreview(NestforgeError):
    """A path leads to nothing that has a form, or to several things that do, or cannot be served or written."""

    exit_code = 2


def configure(parser: ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("path", nargs="?", metavar="PATH", help="what to show")
    parser.add_argument(
        "--output", metavar="FILE", help=f"where to write it (default: build/{NAME} of a project, else {NAME} here)"
    )
    parser.add_argument("--serve", action="store_true", help="serve the page here, and reload it after each change")
    parser.add_argument("--port", type=int, default=0, metavar="N", help="the port to serve at (default: a free one)")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")


def execute(options: Namespace) -> int:
    """Write the page, or serve it until Ctrl-C."""
    subject = _subject(options.path or here(options.project))
    if not 0 <= options.port <= _LARGEST_PORT:
        raise NothingToPreview(f"there is no port {options.port}", help=f"name one from 1 to {_LARGEST_PORT}, or 0")
    if options.serve:
        return _serve(subject, options)
    made = _make(subject)
    path = Path(options.output) if options.output else _place(subject)
    _write(path, made.html)
    _report(made, {"page": str(path.absolute()), "bytes": len(made.html.encode())}, f"{path}: ", options)
    gc.freeze()  # or Python would look through all of it once more before it ends
    return int(made.count("error") > 0)


def _subject(path: str) -> Subject:
    from nestforge.lint.subjects import subjects

    if not Path(path).exists():
        raise NothingToPreview(f"there is no '{path}'", help="name a folder or the file of a ROS template")
    found = subjects([path], lambda _: False)
    if len(found) == 1:
        return found[0]
    if not found:
        raise NothingToPreview(f"'{path}' has nothing to show", help="name a project, a package or a ROS template")
    names = ", ".join(subject.shown for subject in found[:_MOST_NAMED])
    more = f" and {len(found) - _MOST_NAMED} more" if len(found) > _MOST_NAMED else ""
    raise NothingToPreview(f"'{path}' has several to choose from", help=f"name one of them: {names}{more}")


def _make(subject: Subject, live: str = "") -> Preview:
    from nestforge.preview.build_page import build_page
    from nestforge.preview.material import material_of

    gc.disable()  # or Python looks through all that a large template makes again and again
    try:
        return build_page(material_of(subject), live=live)
    finally:
        gc.enable()


def _place(subject: Subject) -> Path:
    if subject.kind != "project":
        return Path(NAME)
    from nestforge.assemble.build_package import FOLDER

    place = Path(subject.path, FOLDER, NAME)
    return place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place


def _write(path: Path, html: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(html, encoding="utf-8", newline="\n")
    except OSError as error:
        raise NothingToPreview(f"'{path}' cannot be written: {error.strerror}", help="name another --output") from error


def _report(made: Preview, facts: dict[str, object], head: str, options: Namespace) -> None:
    counts = {severity: made.count(severity) for severity in ("error", "warning", "info")}
    if options.json:
        import json

        known = {"editions": made.editions, "documents": made.documents, "findings": counts}
        print(json.dumps({"schema": 1, **facts, **known}, ensure_ascii=False))
    elif not options.quiet:
        found = [f"{count} {severity}{'s' * (count != 1)}" for severity, count in counts.items() if count]
        print(f"{head}{made.editions} template{'s' * (made.editions != 1)}, {', '.join(found) or 'no findings'}")


def _serve(subject: Subject, options: Namespace) -> int:
    import asyncio

    from nestforge.cli.watch import looks_at
    from nestforge.preview.server import ADDRESS, PreviewServer, serve

    def ready(port: int) -> None:
        address = f"http://{ADDRESS}:{port}/"
        if options.json:
            import json

            print(json.dumps({"schema": 1, "address": address}), flush=True)
        else:
            print(f"{address} shows {subject.shown}; Ctrl-C ends", flush=True)

    async def run() -> None:
        server = PreviewServer(lambda version: _make(subject, version), lambda: looks_at([subject.path]))
        await serve(server, options.port, ready)

    try:
        asyncio.run(run())
    except KeyboardInterrupt:
        return 0
    except OSError as error:
        raise NothingToPreview(f"port {options.port}: {error.strerror}", help="name another --port, or none") from error
    return 0
