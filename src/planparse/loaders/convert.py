"""Old Office formats → .docx, by LibreOffice where it is installed. Only run where the options ask for it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from planparse.model.findings import Code, DocumentError
from planparse.model.options import Limits

PROGRAMS = ("soffice", "libreoffice")
LONGEST = 600.0
"""Seconds for a conversion where the limits set none; LibreOffice may otherwise wait for ever."""


def to_docx(data: bytes, suffix: str, limits: Limits) -> bytes:
    """The document as .docx. ``suffix`` (.doc, .rtf, …) is the format that was recognised.

    LibreOffice runs without a window, with a profile of its own that is thrown away; macros are not run.
    Raises DocumentError where LibreOffice is missing, fails, or takes longer than ``limits.timeout``.
    """
    program = next((found for name in PROGRAMS if (found := shutil.which(name))), None)
    if program is None:
        raise DocumentError(Code.UNSUPPORTED_FORMAT, "no_converter")
    with tempfile.TemporaryDirectory(prefix="planparse-") as folder:
        source = Path(folder, f"document{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        command = [program, "--headless", "--norestore", "--nolockcheck", f"-env:UserInstallation={profile}"]
        command += ["--convert-to", "docx", "--outdir", str(Path(folder, "out")), str(source)]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=limits.timeout or LONGEST)
            return Path(folder, "out", "document.docx").read_bytes()
        except subprocess.TimeoutExpired:
            seconds = f"{limits.timeout or LONGEST:g}"
            raise DocumentError(Code.LIMIT_EXCEEDED, "conversion", seconds=seconds) from None
        except (subprocess.CalledProcessError, OSError):
            raise DocumentError(Code.UNREADABLE_FILE, "conversion") from None
