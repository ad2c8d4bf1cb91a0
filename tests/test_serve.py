"""`readson serve` shows charts of what the files say now, to this machine alone, and nothing else of it."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from readson.serving import News, find_file, look, rebuild

PRODUCTS = Path(__file__).resolve().parents[1] / "data" / "products"
SLUG = "sparse-data-sheet"
PATIENCE = 60


@dataclass(frozen=True)
class Served:
    """A server in a process of its own, and the description that it follows."""

    process: subprocess.Popen[str]
    port: int
    description: Path

    def get(self, path: str, host: str = "") -> HTTPResponse:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host or f"127.0.0.1:{self.port}")
        connection.endheaders()
        return connection.getresponse()

    def page(self, path: str) -> str:
        return self.get(path).read().decode()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    shutil.copytree(PRODUCTS / SLUG, tmp_path / "products" / SLUG)
    command = [sys.executable, "-u", "-m", "readson", "serve", str(tmp_path / "products"), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout
        address = re.search(r"http://127\.0\.0\.1:(\d+)/", process.stdout.readline())
        assert address
        try:
            yield Served(process, int(address[1]), tmp_path / "products" / SLUG / "product.yaml")
        finally:
            process.kill()


def news(response: HTTPResponse) -> Iterator[dict[str, Any]]:
    """Read the events of a response as they come."""
    for line in response:
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


def built(events: Iterator[dict[str, Any]], version: int) -> None:
    assert next(e for e in events if e["version"] >= version) == {"version": version, "problems": ""}


def test_a_changed_description_is_charted_again_and_pages_are_told(served: Served) -> None:
    events = news(served.get("/.readson/events"))
    built(events, 1)
    before = served.page(f"/products/{SLUG}/")
    assert 'data-version="1"' in before and "connect-src 'self'" in before
    text = served.description.read_text("utf-8")
    renamed = re.sub(r"^product: .*$", "product: A new name", text, flags=re.MULTILINE)
    served.description.write_text(renamed, encoding="utf-8")
    built(events, 2)
    after = served.page(f"/products/{SLUG}/")
    assert '<h1 dir="auto">A new name</h1>' in after and "A new name" not in before

    served.description.write_text(renamed.replace("kind:", "knid:", 1), encoding="utf-8")
    failed = next(e for e in events if e["problems"])
    assert failed["version"] == 2 and "product.yaml" in failed["problems"]
    assert "A new name" in served.page(f"/products/{SLUG}/"), "the last site that could be built stays"

    served.description.write_text(renamed, encoding="utf-8")
    built(events, 3)


def test_only_files_of_the_site_are_served_and_only_to_this_machine(served: Served) -> None:
    built(news(served.get("/.readson/events")), 1)
    assert served.get("/index.html").status == 200
    paths = [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/.readson-site",
        "/nowhere",
        "/%00",
    ]
    assert [served.get(path).status for path in paths] == [404] * len(paths)
    assert served.get("/index.html", host=f"evil.example:{served.port}").status == 403
    assert served.get("/index.html", host=f"localhost:{served.port}").status == 200


def test_an_interrupt_ends_it_cleanly(served: Served) -> None:
    events = served.get("/.readson/events")
    built(news(events), 1)
    served.process.send_signal(signal.SIGINT)
    assert served.process.stdout and served.process.stdout.read().endswith("Ended.\n")
    assert served.process.wait(PATIENCE) == 0


def test_a_link_that_leads_out_of_the_site_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    (tmp_path / "site" / "link").symlink_to(tmp_path / "secret")
    (tmp_path / "site" / "page").write_text("page", encoding="utf-8")
    assert find_file(tmp_path / "site", "/link") is None
    assert find_file(tmp_path / "site", "/page") == (tmp_path / "site" / "page").resolve()


def test_the_site_itself_is_not_watched_but_all_else_beside_a_description_is(tmp_path: Path) -> None:
    names = ["product.yaml", "sources/sheet.txt", "site/index.html", ".site-x/new/index.html"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    for path in (tmp_path, tmp_path / "product.yaml"):
        found = {name for name in names if str(tmp_path / name) in look([path], tmp_path / "site")}
        assert found == {"product.yaml", "sources/sheet.txt"}


def test_a_disk_that_fails_is_told_like_any_problem(tmp_path: Path) -> None:
    def fail() -> None:
        raise OSError("the disk is full")

    told: list[str] = []
    latest = News()
    rebuild(tmp_path, fail, latest, told.append)
    assert told == ["the disk is full"]
    assert (latest.version, latest.problems) == (0, "the disk is full")
