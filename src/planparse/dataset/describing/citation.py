"""``CITATION.cff``: how to cite the dataset."""

from __future__ import annotations

import json

from planparse.dataset.describing.facts import ABOUT, KEYWORDS, TITLE, WRITTEN, Facts


def citation(facts: Facts) -> str:
    """Citation File Format 1.2.0. Strings are quoted as JSON, which YAML reads alike."""
    entries = [
        ("cff-version", "1.2.0"),
        ("message", "If you use this dataset, cite it as below, and the plans by their titles and document numbers."),
        ("type", "dataset"),
        ("title", f"{TITLE} ({facts.edition})"),
        ("abstract", ABOUT),
        ("version", facts.edition),
    ]
    lines = [f"# {WRITTEN} Delete this line, and the file is yours and is left alone: put your name under authors."]
    lines += [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in entries]
    lines += ["authors:", '  - name: "The makers of this corpus, with planparse"', "keywords:"]
    lines += [f"  - {json.dumps(word, ensure_ascii=False)}" for word in KEYWORDS]
    lines += [
        "identifiers:",
        "  - type: other",
        f'    value: "sha256:{facts.digest}"',
        '    description: "Digest of the corpus"',
    ]
    return "\n".join(lines) + "\n"
