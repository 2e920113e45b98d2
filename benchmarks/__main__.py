"""All benchmarks: ``python -m benchmarks [TEXTS] [DOCUMENTS]``. Prints ratios; holds nothing to them."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import formats, memory, startup, throughput
from benchmarks.measuring import Figure

CORPUS = Path(__file__).parents[1] / "corpus"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path, nargs="?", default=CORPUS, help="folder of .txt and .md (default: the sample documents)")
    parser.add_argument("documents", type=Path, nargs="?", default=CORPUS, help="folder of .html, .docx and .pdf")
    parser.add_argument("--copies", type=int, default=throughput.COPIES, help="how often each text is read")
    parser.add_argument("--many", type=int, default=memory.MANY, help="how often for the growth of memory")
    parser.add_argument("--only", choices=["text", "memory", "start", "formats"], help="only some of them")
    options = parser.parse_args()
    texts = throughput.texts_in(options.texts)
    if not texts:
        parser.error(f"no texts in {options.texts}")
    parts: dict[str, Callable[[], Sequence[Figure]]] = {
        "text": lambda: [throughput.to_outlines(texts), throughput.to_records(texts), throughput.to_parquet(texts, options.copies)],
        "memory": lambda: memory.peaks(texts, options.many),
        "start": lambda: [startup.help_time(), startup.document_time()],
        "formats": lambda: [figure for read in (formats.html, formats.docx, formats.pdf) for figure in read(options.documents)],
    }
    for name, measured in parts.items():
        if options.only in (None, name):
            for figure in measured():
                print(figure, flush=True)


if __name__ == "__main__":
    main()
