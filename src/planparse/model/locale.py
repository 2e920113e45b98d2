"""The two languages in which findings and the review site speak, and which of them is wanted."""

from __future__ import annotations

import os
from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    """In the order in which the vocabularies hold both."""

    ZH = "zh"
    EN = "en"


def chosen(given: str | None = None, surroundings: Mapping[str, str] = os.environ) -> Language:
    """What is asked for; else Chinese where the locale is (``LANG=zh_CN.UTF-8``), and English."""
    locale = next((said for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (said := surroundings.get(name))), "")
    return Language(given) if given else Language.ZH if locale.startswith("zh") else Language.EN
