"""Serve a site on this machine while it is worked on: build, watch, build again, and have open pages reload.

Files are watched by looking at them: there are some hundred, so a look takes milliseconds, and what has
really changed is decided by content when the site is built. Only this machine is served, and only files
of the site.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from jinja2 import TemplateError

from readson.errors import ReadsonError, UsageError
from readson.manifest import MARKER
from readson.resources import FOLDERS, content_folder

HOST = "127.0.0.1"
LOOK = 0.5
"""Seconds between two looks at the files."""
ALIVE = 10.0
"""Seconds after which an open page is told that there is no news."""
EVENTS, SCRIPT = "/.readson/events", "/.readson/reload.js"
POLICY, RELAXED = b"default-src 'none'", b"default-src 'none'; connect-src 'self'"
RELOAD = """"use strict";
const shown = document.currentScript.dataset.version;
new EventSource("/.readson/events").addEventListener("built", (event) => {
  const news = JSON.parse(event.data);
  document.getElementById("readson-problems")?.remove();
  if (news.problems) {
    const box = document.createElement("pre");
    box.id = "readson-problems";
    box.setAttribute("role", "alert");
    box.textContent = news.problems;
    Object.assign(box.style, { position: "fixed", inset: "auto 0 0 0", margin: 0, padding: "1rem",
      maxHeight: "50vh", overflow: "auto", whiteSpace: "pre-wrap", background: "#7a1f1f", color: "#fff" });
    document.body.append(box);
  } else if (String(news.version) !== shown) {
    location.reload();
  }
});
"""
NO_SITE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>readson</title>
<body><h1>Not built</h1><pre>{}</pre></body>"""
Stamp = dict[str, tuple[int, int]]


class News:
    """Say to all open pages what the last build came to."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.version, self.problems, self.open = 0, "", True

    def tell(self, problems: str = "", changed: bool = True) -> None:
        """Tell that a build is done: a new version where pages changed, or the problems it had."""
        with self._changed:
            self.version += changed and not problems
            self.problems = problems
            self._changed.notify_all()

    def close(self) -> None:
        """Tell that there will be no more."""
        with self._changed:
            self.open = False
            self._changed.notify_all()

    @property
    def event(self) -> str:
        """Write the news as the data of an event."""
        return json.dumps({"version": self.version, "problems": self.problems})

    def events(self) -> Iterator[str]:
        """Give the news now and whenever they change, and "" when there have been none for a while."""
        told = ""
        while self.open:
            with self._changed:
                if self.event == told:
                    self._changed.wait(ALIVE)
                event = self.event
            yield event if event != told else ""
            told = event


# What is served


@contextmanager
def serving(site: Path, news: News, port: int) -> Iterator[str]:
    """Serve a site from another thread, and give its address. Raise UsageError if the port is taken."""
    handler = type("SiteHandler", (Handler,), {"site": site, "news": news})
    try:
        server = ThreadingHTTPServer((HOST, port), handler)
    except OSError as error:
        message = f"port {port} cannot be used: {error.strerror}; choose another with --port"
        raise UsageError(message) from error
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield f"http://{HOST}:{server.server_address[1]}/"
    finally:
        news.close()
        server.shutdown()
        server.server_close()


class Handler(BaseHTTPRequestHandler):
    """Answer requests for files of one site, and for its news."""

    site: Path
    news: News

    def do_GET(self) -> None:
        """Answer with a file, with the script that reloads pages, or with the news."""
        path = unquote(urlsplit(self.path).path)
        if not self._is_local():
            self._send(HTTPStatus.FORBIDDEN, b"Only this machine is served.", "text/plain")
        elif path == EVENTS:
            self._send_news()
        elif path == SCRIPT:
            self._send(HTTPStatus.OK, RELOAD.encode(), "text/javascript")
        elif (file := find_file(self.site, path)) is not None:
            self._send_file(file)
        elif not (self.site / MARKER).is_file():
            page = NO_SITE.format(escape(self.news.problems)).encode(errors="replace")
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, self._live(page), "text/html")
        else:
            self._send(HTTPStatus.NOT_FOUND, b"There is no such page.", "text/plain")

    def _is_local(self) -> bool:
        """Tell whether a page was asked for by a name of this machine: others may lead here unasked."""
        return self.headers.get("Host", "").rpartition(":")[0] in (HOST, "localhost")

    def _send_file(self, file: Path) -> None:
        kind, content = guess_type(file.name)[0] or "application/octet-stream", file.read_bytes()
        self._send(HTTPStatus.OK, self._live(content) if kind == "text/html" else content, kind)

    def _live(self, page: bytes) -> bytes:
        """Have a page reload when there is a newer one."""
        script = f'<script src="{SCRIPT}" data-version="{self.news.version}"></script>\n</body>'
        before, found, after = page.replace(POLICY, RELAXED, 1).rpartition(b"</body>")
        return before + script.encode() + after if found else page

    def _send(self, status: HTTPStatus, content: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _send_news(self) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            for event in self.news.events():
                self.wfile.write(
                    f"event: built\ndata: {event}\n\n".encode() if event else b": still here\n\n"
                )
                self.wfile.flush()
        except OSError:  # the page was closed
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing of requests: the terminal is for builds."""


def find_file(site: Path, path: str) -> Path | None:
    """Find the file of a site that a path leads to; none outside it, none that is hidden."""
    if "\0" in path or any(part.startswith(".") for part in path.split("/")):
        return None
    root, file = site.resolve(), (site / path.lstrip("/")).resolve()
    file = file / "index.html" if file.is_dir() else file
    return file if file.is_relative_to(root) and file.is_file() else None


# What is watched


def watch(
    paths: Iterable[Path], site: Path, build: Callable[[], object], news: News, tell: Callable[[str], object]
) -> Iterator[None]:
    """Build the site now and again when a file has changed; go on after each look at the files."""
    seen: Stamp | None = None
    while True:
        stamp = look(paths, site)
        if stamp != seen:
            seen = stamp
            rebuild(site, build, news, tell)
        yield
        time.sleep(LOOK)


def rebuild(site: Path, build: Callable[[], object], news: News, tell: Callable[[str], object]) -> None:
    """Build the site; problems are told, on the terminal and on open pages, and the old site stays."""
    before = _marker(site)
    try:
        build()
    except (ReadsonError, TemplateError, OSError) as error:
        tell(str(error))
        news.tell(str(error))
    else:
        changed = _marker(site) != before
        tell("Built." if changed else "Nothing changed.")
        news.tell(changed=changed or bool(news.problems))


def _marker(site: Path) -> bytes:
    try:
        return (site / MARKER).read_bytes()
    except OSError:
        return b""


def look(paths: Iterable[Path], site: Path) -> Stamp:
    """Give for every file that a site is made from when it was written, and how long it is."""
    folders = (content_folder(name) for name in FOLDERS if name != "data")
    files = [file for folder in folders for file in folder.rglob("*")]
    files += (file for path in paths for file in _beside(path))
    found: Stamp = {}
    for file in files:
        try:
            state = file.stat()
        except OSError:
            continue
        if not _is_of(site, file):
            found[str(file)] = (state.st_mtime_ns, state.st_size)
    return {name: found[name] for name in sorted(found)}


def _beside(path: Path) -> Iterator[Path]:
    """List the files of a folder, or a file with what stands beside it, such as its sources."""
    if path.is_dir():
        yield from path.rglob("*")
    else:
        yield from (path, *path.parent.glob("*"), *path.parent.glob("*/*"))


def _is_of(site: Path, file: Path) -> bool:
    """Tell whether a file is of the site, or of one that is being written, or a folder above it."""
    site, file = site.absolute(), file.absolute()
    if site.is_relative_to(file):
        return True
    part = file.relative_to(site.parent).parts[0] if file.is_relative_to(site.parent) else ""
    return part == site.name or part.startswith(f".{site.name}-")
