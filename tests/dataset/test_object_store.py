"""Datasets at URLs are read as those of a folder are: ``file://``, and S3 as a small server on this machine speaks it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape

import pyarrow.fs
import pytest
from datasets import document, source, target, write
from typer.testing import CliRunner

import planparse
from planparse.cli import app
from planparse.dataset.stored import NAMES
from planparse.model.findings import UsageError
from planparse.model.records import Records


class Store(BaseHTTPRequestHandler):
    """What Arrow asks of S3 to read: whether there is an object, a part of one, what lies below a prefix."""

    root: Path

    def answer(self, status: int, body: bytes = b"", length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body) if length is None else length)}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    @property
    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/bucket").strip("/")

    def do_HEAD(self) -> None:
        file = self.root / self.key
        if self.key and not file.is_file():
            return self.answer(404)
        return self.answer(200, length=file.stat().st_size if self.key else 0, Last_Modified="Mon, 01 Jan 2024 00:00:00 GMT")

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        if "list-type" in asked:
            return self.answer(200, self.listed(asked.get("prefix", [""])[0]).encode(), Content_Type="application/xml")
        file = self.root / self.key
        if not file.is_file():
            return self.answer(404)
        content = file.read_bytes()
        first, _, last = self.headers.get("Range", "bytes=0-").removeprefix("bytes=").partition("-")
        part = content[int(first) : int(last) + 1 if last else None]
        return self.answer(206, part, Content_Range=f"bytes {first}-{int(first) + len(part) - 1}/{len(content)}")

    def listed(self, prefix: str) -> str:
        keys = [path.relative_to(self.root).as_posix() for path in sorted(self.root.rglob("*")) if path.is_file()]
        found = "".join(
            f"<Contents><Key>{escape(key)}</Key><LastModified>2024-01-01T00:00:00Z</LastModified>"
            f"<Size>{(self.root / key).stat().st_size}</Size></Contents>"
            for key in keys
            if key.startswith(prefix) and "/" not in key.removeprefix(prefix)
        )
        count = f"<Name>bucket</Name><KeyCount>{found.count('<Key>')}</KeyCount><IsTruncated>false</IsTruncated>"
        return f"<ListBucketResult>{count}{found}</ListBucketResult>"

    def log_message(self, *told: object) -> None: ...


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("store")
    rows = [target("a1", n, f"场所{n}", value=n) for n in (1, 2, 3)]
    write(place / "单 one", Records(documents=[document("a1")], targets=rows, sources=[source("a1", "原文。")]))
    for name in NAMES:  # the same as a folder of files for each table
        (place / "many" / name).mkdir(parents=True)
        (place / "many" / name / "_SUCCESS").touch()
        (place / "many" / name / "part-0.parquet").write_bytes((place / "单 one" / f"{name}.parquet").read_bytes())
    return place


@pytest.fixture(scope="module")
def store(root: Path) -> Iterator[str]:
    """The address of the store, to be put behind the URL of a dataset in it."""
    if not hasattr(pyarrow.fs, "S3FileSystem"):
        pytest.skip("this PyArrow is built without S3")
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Here", (Store,), {"root": root}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"?scheme=http&region=us-east-1&endpoint_override=127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.mark.parametrize("name", ["单 one", "many"])
def test_a_dataset_in_a_store_is_that_of_the_folder(root: Path, store: str, name: str) -> None:
    url = f"s3a://someone:secret@bucket/{name}{store}"
    here, there = planparse.read(root / name), planparse.read(url)
    assert there.counts == here.counts
    assert all(there.table(one).equals(here.table(one)) for one in NAMES)
    assert there.search("场所").equals(here.search("场所"))
    shown = CliRunner().invoke(app, ["query", "SELECT subject, value FROM targets", "--outputs", url, "--csv"])
    assert shown.stdout == CliRunner().invoke(app, ["query", "SELECT subject, value FROM targets", "--outputs", str(root / name), "--csv"]).stdout
    assert shown.stdout.count("场所") == 3


@pytest.mark.parametrize(("place", "told"), [("nothing", "There is no dataset in s3://bucket/nothing,"), ("a:b?x=^y", "cannot be reached")])
def test_what_is_not_there_is_one_sentence_without_the_secret(store: str, place: str, told: str) -> None:
    with pytest.raises(UsageError, match=re.escape(told)) as raised:
        planparse.read(f"s3://someone:secret@bucket/{place}{store if place == 'nothing' else ''}")
    assert "secret" not in str(raised.value)


def test_a_dataset_is_shown_without_the_secret(store: str) -> None:
    found = planparse.read(f"s3://someone:secret@bucket/many{store}")
    assert repr(found).startswith("Dataset('s3://bucket/many': ")
    assert "secret" not in found._repr_html_()


@pytest.mark.parametrize("name", ["单 one", "many"])
def test_a_file_uri_is_the_folder(root: Path, name: str) -> None:
    for url in ((root / name).as_uri(), f"file://{root / name}"):
        assert planparse.read(url).counts == planparse.read(root / name).counts
