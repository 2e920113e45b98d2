"""``README.md``: the dataset card."""

from __future__ import annotations

from planparse.dataset.describing.facts import ABOUT, LICENCE, TITLE, WRITTEN, Facts
from planparse.model.records import SCHEMA_VERSION, Document
from planparse.model.schema import columns, table_description

HEAD = """---
# {written} Delete this line, and the file is yours and is left alone.
pretty_name: {title}
language: [zh]
task_categories: [table-question-answering, text-classification]
tags: [policy, china, planning, text-as-data]
configs:
{configs}
---

# {title}

{about}
"""
FILES = """```python
import planparse

data = planparse.read(".")                # Arrow tables: data["targets"]
frame = data.pandas("indicators")         # data frames; values are floats
beside = data.joined("targets")           # each target with its goal, section and document
data.wording(frame["indicator_id"][0])    # a record in its source wording
```

Any reader of Parquet will do as well. `planparse export` writes CSV, JSON Lines, Excel, Stata, DuckDB and SQLite;
`planparse query` answers SQL."""
FOLDERS = """```text
targets = spark.read.parquet("targets")                  # or, without Spark:
targets = pyarrow.dataset.dataset("targets").to_table()
```

Each table is a folder of Parquet files; any reader that takes folders will do."""
USE = """## Use

{how} Every record carries the span of the source text that it was read from (`source_start`,
`source_end`, in Unicode code points of `sources.text`), so that each can be checked.

## What to know before counting

- A document whose `duplicate_of` is filled is a mirror or repost of another one: leave such rows out to count plans once.
- `documents.trust` says how far a document's rows can be trusted. Filter by it: of what is `poor` count nothing unseen; of what
  is `not_a_plan` there are no goals, tasks, projects and targets.
- What could not be read with certainty stands in `findings`, not in the tables; a null value beside a filled `_raw`
  column is a wording that was kept, and not read.
- Texts are normalised (simplified characters, half-width digits); `sources` has the wording as found.
- Quantities of change (`increase`, `decrease`) are in the unit that the text states, not in that of the level.

## Rights

{licence}
"""


def card(facts: Facts) -> str:
    """The dataset card, with the YAML head that dataset hubs read."""
    configs = "\n".join(f"  - {{config_name: {one.model.table}, data_files: {one.path}}}" for one in facts.tables)
    lines = [
        HEAD.format(written=WRITTEN, title=TITLE, about=ABOUT, configs=configs),
        _scope(facts),
        "",
        "## Tables",
        "",
    ]
    lines += ["| table | rows | columns | what a row is |", "| --- | ---: | ---: | --- |"]
    for table in facts.tables:
        model = table.model
        lines.append(f"| `{model.table}` | {table.rows:,} | {len(columns(model))} | {table_description(model)} |")
    use = USE.format(how=FOLDERS if facts.tables[0].folder else FILES, licence=LICENCE)
    lines += ["", "`datapackage.json` and `croissant.json` describe every column.", "", use]
    return "\n".join(lines)


def _scope(facts: Facts) -> str:
    documents = facts.rows(Document)
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in facts.kinds)
    span = f" Their periods reach from {facts.first_year} to {facts.last_year}." if facts.first_year else ""
    copies = f" {facts.copies:,} of them are near-duplicates of others." if facts.copies else ""
    return (
        f"{documents:,} documents of {facts.regions:,} regions ({kinds or 'none'}).{span}{copies}\n"
        f"Edition {facts.edition}: parser {facts.version}, schema {SCHEMA_VERSION}, corpus {facts.digest[:12]}."
    )
