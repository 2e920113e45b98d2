"""The settings that are numbers: each with its default, its bounds and its meaning, from which the reference is written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from planparse.model.findings import UsageError
from planparse.model.options import USUAL, Limits, Scoring, Thresholds

_LIMITS, _SCORING = Limits(), Scoring()


STRICT = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)
"""What a part of a configuration file does not know is an error."""


MOST, MOST_BYTES, MOST_SECONDS = 1_000_000_000, 1 << 40, 1_000_000
"""The largest numbers that mean anything; systems count no further than some larger ones."""
MOST_DEPTH = 1_000
"""Deeper elements would be too many calls in one another."""


def number(default: Any, meaning: str, **bounds: float) -> Any:
    """A setting with a default, its meaning and its bounds (``ge``, ``gt``, ``le``)."""
    return Field(default, description=meaning, **bounds)  # type: ignore[call-overload]


def _share(default: float, meaning: str) -> Any:
    return number(default, meaning, ge=0, le=1)


class LimitSettings(BaseModel):
    """What a document may cost before it becomes a ``limit_exceeded`` finding."""

    model_config = STRICT

    max_bytes: int = number(_LIMITS.max_bytes, "Bytes of a file.", gt=0, le=MOST_BYTES)
    max_chars: int = number(_LIMITS.max_chars, "Characters of a document.", gt=0, le=MOST_BYTES)
    max_pages: int = number(_LIMITS.max_pages, "Pages of a PDF.", gt=0, le=MOST)
    max_depth: int = number(_LIMITS.max_depth, "Nesting of HTML or XML elements.", gt=0, le=MOST_DEPTH)
    max_members: int = number(_LIMITS.max_members, "Documents in one archive.", gt=0, le=MOST)
    max_ratio: int = number(_LIMITS.max_ratio, "Unpacked over packed size of an archive's member.", gt=0, le=MOST)
    max_archive_bytes: int = number(
        _LIMITS.max_archive_bytes, "Bytes of all members of an archive.", gt=0, le=MOST_BYTES
    )
    timeout: float = number(_LIMITS.timeout, "Seconds for one document; 0 for no limit.", ge=0, le=MOST_SECONDS)
    memory: int = number(
        _LIMITS.memory, "Bytes that reading may take of a process (on Linux); 0 for no limit.", ge=0, le=MOST_BYTES
    )

    def limits(self) -> Limits:
        return Limits(**self.model_dump())


def limits(told: Limits, given: Mapping[str, float]) -> Limits:
    """Limits with those of the command line, ``timeout`` and ``memory``, over them. Raises UsageError out of bounds."""
    for name, value in given.items():
        most = next(bound.le for bound in LimitSettings.model_fields[name].metadata if hasattr(bound, "le"))
        if not math.isfinite(value) or not 0 <= value <= most:
            raise UsageError(f"--{name} is out of bounds; give a number from 0, for no limit, on.")
    return replace(told, **{name: type(getattr(told, name))(value) for name, value in given.items()})


class ThresholdSettings(BaseModel):
    """Where a share, length or likeness decides what is read. A change reads the documents again."""

    model_config = STRICT

    garble_margin: float = number(
        USUAL.garble_margin,
        "By how much (natural logarithm) the best reading of a damaged passage must lead the second to be taken, in "
        "simplified text. Higher: fewer repairs and more `garbled_text` findings.",
        ge=0,
        le=100,
    )
    garble_margin_traditional: float = number(
        USUAL.garble_margin_traditional, "The same in traditional text.", ge=0, le=100
    )
    traditional_share: float = _share(
        USUAL.traditional_share, "Above this share of traditional-only characters `documents.script` is `hant`."
    )
    mixed_share: float = _share(USUAL.mixed_share, "Above this share it is `mixed`.")
    strange_share: float = _share(
        USUAL.strange_share,
        "Above this share of characters that plans do not use, a PDF page's text layer is broken, and not read.",
    )
    common_share: float = _share(
        USUAL.common_share, "The same below this share of common characters among a page's Chinese ones."
    )
    broken_share: float = _share(USUAL.broken_share, "Above this share of broken pages nothing of a PDF is read.")
    keywords: int = number(USUAL.keywords, "Terms in `documents.keywords`, at most.", ge=0, le=1000)
    excerpt_length: int = number(
        USUAL.excerpt_length, "Characters in `findings.excerpt_raw`, at most.", ge=0, le=100_000
    )
    copy_likeness: float = _share(
        USUAL.copy_likeness,
        "Least likeness (Jaccard, of clauses) of near-duplicates, beside `copy_share`. Below 0.4 fewer of the pairs are found.",
    )

    @model_validator(mode="after")
    def _mixed_below_traditional(self) -> ThresholdSettings:
        if self.mixed_share > self.traditional_share:
            raise ValueError(f"mixed_share {self.mixed_share} is above traditional_share {self.traditional_share}")
        return self

    def thresholds(self) -> Thresholds:
        return Thresholds(**self.model_dump())


def _alike(default: float, meaning: str) -> Any:
    return number(default, meaning, gt=0, le=1)


class ScoringSettings(BaseModel):
    """How ``planparse evaluate`` scores. It changes no record; figures scored otherwise are not to be compared."""

    model_config = STRICT

    title_alike: float = _alike(
        _SCORING.title_alike, "Least likeness at which titles and names of sections, tasks and projects are the same."
    )
    goal_alike: float = _alike(_SCORING.goal_alike, "The same of goals, by their labels.")
    indicator_alike: float = _alike(_SCORING.indicator_alike, "The same of indicators' names.")
    subject_alike: float = _alike(_SCORING.subject_alike, "The same of what a target measures.")
    resamples: int = number(
        _SCORING.resamples, "How often documents are drawn again for a 95% interval.", ge=100, le=100_000
    )
    seed: int = number(_SCORING.seed, "What the draws begin with; the same seed gives the same intervals.", ge=0, le=MOST)

    def scoring(self) -> Scoring:
        return Scoring(**self.model_dump())
