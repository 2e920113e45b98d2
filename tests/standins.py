"""Stand-ins for the pipeline: they read a made-up format fast, and do on command what broken documents do."""

from __future__ import annotations

import hashlib
import os
import re
import signal
import time
from decimal import Decimal

from planparse.language.likeness import sketch
from planparse.model.findings import SEVERITY, Code
from planparse.model.options import Options
from planparse.model.records import Document, Finding, Records, SectionRecord, Source, Target
from planparse.pipeline import Stages


def process(data: bytes, path: str, options: Options) -> Stages:
    """Each line of the file is a section, each number in it a target. A first line such as ``DIE`` is obeyed."""
    text = data.decode("utf-8", "replace")
    command, _, argument = text.partition("\n")[0].partition(" ")
    if command == "DIE":
        os.kill(os.getpid(), signal.SIGKILL)
    elif command == "DIE_ONCE" and not os.path.exists(argument):
        open(argument, "w").close()
        os.kill(os.getpid(), signal.SIGSEGV)
    elif command == "EXIT":
        os._exit(3)
    elif command in ("HANG", "SPIN"):
        seconds, _, begun = argument.partition(" ")
        if begun:
            open(begun, "w").close()
        if command == "SPIN":
            re.match("(a+)+$", "a" * 60 + "b")
        time.sleep(float(seconds or 600))
    elif command == "TAKE":
        bytearray(int(argument) << 20)
    elif command == "MEMORY":
        raise MemoryError
    elif command == "FAULT":
        raise KeyError("a fault of the parser's own")
    elif not data:
        return Stages(records=[_refused(data, path)])
    return Stages(records=[_read(data, text, path)], seconds={"load": 0.001})


def process_anything(data: bytes, path: str, options: Options) -> Stages:
    """As ``process``, with commands also behind the first bytes of a PDF."""
    return process(data.removeprefix(b"%PDF "), path, options)


def _refused(data: bytes, path: str) -> Records:
    code = Code.EMPTY_DOCUMENT
    finding = Finding(
        doc_id=None, finding_id=_doc_id(data) + "-f0001", source_path=path, severity=SEVERITY[code], code=code,
        message="The file is empty.", source_start=None, source_end=None, page=None, section_id=None, excerpt_raw=None,
    )  # fmt: skip
    return Records(findings=[finding])


def _doc_id(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def _read(data: bytes, text: str, path: str) -> Records:
    doc_id = _doc_id(data)
    lines = text.splitlines()
    sections, targets = [], []
    for number, line in enumerate(lines, 1):
        row = {"doc_id": doc_id, "source_start": 0, "source_end": len(line), "section_id": f"{doc_id}-s{number:04d}"}
        sections.append(
            SectionRecord(
                **row,
                seq=number,
                level=1,
                number_raw=f"{number}.",
                title=line or "空",
                kind="tasks",
                path=str(number),
                text=line,
                trust=1.0,
            )
        )
        for word in (word for word in line.split() if word.isdigit()):
            targets.append(
                Target(
                    **row, target_id=f"{doc_id}-q{len(targets) + 1:04d}", seq=len(targets) + 1, context="task",
                    subject="数", quantity_raw=word, comparator="eq", value=Decimal(word), sentence=line,
                )
            )  # fmt: skip
    document = Document(
        doc_id=doc_id, source_path=path, source_sha256=hashlib.sha256(data).hexdigest(), source_bytes=len(data),
        media_type="text/plain", script="hans", plan_kind="other", title=lines[0] if lines else None,
        char_count=len(text), body_sketch=sketch(text), outline_trust=1.0, trust="sound",
    )  # fmt: skip
    return Records(documents=[document], sections=sections, targets=targets, sources=[Source(doc_id=doc_id, text=text)])
