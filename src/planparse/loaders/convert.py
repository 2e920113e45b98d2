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
        message = "LibreOffice is needed to convert this document and was not found; install it or give a .docx."
        raise DocumentError(Code.UNSUPPORTED_FORMAT, message)
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
            message = f"LibreOffice took longer than {limits.timeout or LONGEST:g} seconds to convert this document."
            raise DocumentError(Code.LIMIT_EXCEEDED, message) from None
        except (subprocess.CalledProcessError, OSError):
            message = "LibreOffice could not convert this document; open it in Word or WPS and save it as .docx."
            raise DocumentError(Code.UNREADABLE_FILE, message) from None
