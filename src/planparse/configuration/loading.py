"""From a file to settings; errors name the file and the line."""

from __future__ import annotations

import difflib
import re
import stat
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from pydantic import BaseModel, ValidationError

from planparse.configuration.places import Place, places
from planparse.model.findings import UsageError
from planparse.model.options import Options

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from planparse.configuration.settings import Settings

OWN, SHARED = "planparse.toml", "pyproject.toml"
SECTION = ("tool", "planparse")
SHOWN = 5
LARGEST = 1 << 20
_LONG = re.compile(r"[\d_]{20,}|[\[{][\[{ =\w.]{20,}")
_AT = re.compile(r"\s{0,20}\(at (?:line (?P<line>\d+), column \d+|end of document)\)")


@dataclass(frozen=True, slots=True)
class Configured:
    """Settings, and the file and lines that they come from; no file where nothing was set."""

    settings: Settings
    file: Path | None = None
    lines: tuple[tuple[Place, int], ...] = ()

    @property
    def options(self) -> Options:
        return self.settings.options()

    def origin(self, name: str) -> str:
        """Where a setting, by its dotted name, was set; blank for a default."""
        path = tuple(name.split("."))
        line = next((line for place, line in self.lines if place == path), None)
        return f"{self.file}:{line}" if line else ""


def configured(file: Path | None = None, folder: Path | None = None) -> Configured:
    """The settings in ``file``, or in the file that is found from ``folder`` (the current one) upward.

    Raises UsageError, with file and line, for what cannot be read or is not right.
    """
    from planparse.configuration.settings import Settings

    file = file or find(folder or Path.cwd())
    if file is None:
        return Configured(Settings())
    text = _read(file)
    told, prefix = _told(file, text)
    lines = {place[len(prefix) :]: line for place, line in places(text).items() if place[: len(prefix)] == prefix}
    try:
        settings = Settings.model_validate(told)
    except ValidationError as error:
        raise UsageError(_sentences(file, error.errors(), lines)) from None
    return Configured(settings, file, tuple(lines.items()))


def find(folder: Path) -> Path | None:
    """The nearest configuration: ``planparse.toml``, or a ``pyproject.toml`` that has a section for planparse."""
    for place in (folder.resolve(), *folder.resolve().parents):
        if (place / OWN).is_file():
            return place / OWN
        if (place / SHARED).is_file() and "[tool.planparse" in _read(place / SHARED):
            return place / SHARED
    return None


def _read(file: Path) -> str:
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            raise UsageError(f"{file} is no file that settings can be read from.")
        if about.st_size > LARGEST:
            raise UsageError(f"{file} is too large for a configuration file.")
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UsageError(f"{file}:{line}: this is not UTF-8.") from error


def _told(file: Path, text: str) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the file says of planparse, and under which keys."""
    import tomllib

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.search(str(error))
        line = found["line"] if found and found["line"] else text.count("\n") + 1
        raise UsageError(f"{file}:{line}: {_AT.sub('', str(error))}.") from None
    except (ValueError, RecursionError):  # tomllib reads neither numbers without end nor nesting without end
        raise UsageError(f"{file}:{_overlong(text)}: this is too long a number, or nested too deeply.") from None
    if file.name != SHARED:
        return whole, ()
    inner: Any = whole
    for key in SECTION:
        inner = inner.get(key, {}) if isinstance(inner, dict) else {}
    return inner, SECTION


def _overlong(text: str) -> int:
    """The line with the longest number or the most brackets, whichever made the file unreadable."""
    lines = text.split("\n")
    sizes = [max((len(run) for run in _LONG.findall(line)), default=0) for line in lines]
    return sizes.index(max(sizes)) + 1


def _sentences(file: Path, errors: Sequence[ErrorDetails], lines: dict[Place, int]) -> str:
    shown = [f"{file}:{_line(error['loc'], lines)}: {_name(error['loc'])}: {_what(error)}" for error in errors[:SHOWN]]
    more = [f"and {len(errors) - SHOWN} more"] if len(errors) > SHOWN else []
    return "\n".join([*shown, *more])


def _line(path: Place, lines: dict[Place, int]) -> int:
    """The line of the setting; of one that is missing, that of the entry it is missing from."""
    return next((lines[path[:size]] for size in range(len(path), 0, -1) if path[:size] in lines), 1)


def _name(path: Place) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path if part != "[key]").lstrip(".")


def _what(error: ErrorDetails) -> str:
    message = error["msg"].removeprefix("Value error, ")
    if error["loc"] == ("tool",):
        return "tool.planparse stands before names in pyproject.toml alone; leave it out here"
    unknown = error["type"] in ("extra_forbidden", "unexpected_keyword_argument")
    if unknown:
        known = _known(error["loc"][:-1])
        near = difflib.get_close_matches(str(error["loc"][-1]), known, 1)
        message = "there is no such setting" + (
            f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
        )
    value = error["input"]
    given = f" (it is {value!r})" if isinstance(value, (str, int, float)) and len(repr(value)) < 60 else ""
    return message + ("" if unknown else given)


def _known(path: Place) -> list[str]:
    """The settings that there are at a place."""
    from planparse.configuration.settings import Settings

    model: Any = Settings
    for part in path:
        if isinstance(part, int):
            continue
        if part not in _settings_of(model):
            return []
        model = next((kind for kind in _kinds(get_type_hints(model)[part]) if _settings_of(kind)), model)
    return _settings_of(model)


def _settings_of(kind: Any) -> list[str]:
    return list(kind.model_fields) if issubclass(kind, BaseModel) else [one.name for one in fields(kind)] if is_dataclass(kind) else []


def _kinds(annotation: Any) -> list[type]:
    inner = getattr(annotation, "__args__", ())
    return (
        [annotation] if isinstance(annotation, type) and not inner else [kind for arg in inner for kind in _kinds(arg)]
    )
