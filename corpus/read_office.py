"""Old Office and OpenDocument files: converted by LibreOffice where it is installed, then read as the new ones."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePath

from corpus.raw import RawDocument, ReadError
from corpus.read_pdf import is_sane
from corpus.sniff import ole_entries, sniffed_suffix

TIME_LIMIT = 120  #: seconds that a conversion may take

_TEXT = frozenset(".doc .dot .wps .wpt .rtf .odt".split())
_TABLE = frozenset(".xls .xlt .et .ods .xlsb".split())
_SLIDES = frozenset(".ppt .pps .dps .odp".split())
#: Where LibreOffice is when it is not on the path.
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/usr/lib64/libreoffice/program/soffice",
    "/opt/libreoffice*/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.com",
    "C:/Program Files (x86)/LibreOffice/program/soffice.com",
)
# No macros, no updates of links, no first-start pages, in a profile of its own.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""


def read_office(data: bytes, file_name: str) -> RawDocument:
    """The text of a file of an old Office format, of WPS or of OpenDocument.

    Raises ReadError where LibreOffice is not installed (with what to do instead), cannot read the file, or takes
    longer than TIME_LIMIT seconds.
    """
    if any(name.startswith("__properties_version") for name in ole_entries(data)):
        raise ReadError(
            f"“{file_name}”是 Outlook 的邮件（.msg），读不了；请在 Outlook 或别的邮件软件中打开，另存为 .eml 后再试。"
        )
    suffix = sniffed_suffix(data, PurePath(file_name).suffix.lower())
    if has_password(data):
        raise ReadError(f"“{file_name}”有密码，读不出来；请去掉密码（打开后另存，不设密码）后再试。")
    target = "pptx" if suffix in _SLIDES else "xlsx" if suffix in _TABLE else "docx"
    program = soffice()
    if program is None:
        raise ReadError(
            f"“{file_name}”是 {suffix or '旧版 Office'} 格式，要先由 LibreOffice 转换，这台机器上没有装；"
            f"请安装 LibreOffice（https://www.libreoffice.org），或用 Word 或 WPS 另存为 .{target} 后再试。"
        )
    with tempfile.TemporaryDirectory(prefix="policyqa-office-", ignore_cleanup_errors=True) as folder:
        converted = _converted(program, data, suffix, target, Path(folder), file_name)
    document = _reader(target)(converted, file_name)
    # LibreOffice takes whatever it does not know for text.
    if not data.startswith(_KNOWN) and not is_sane("".join(line.text for line in document.lines)):
        raise ReadError(f"“{file_name}”的内容不是文档（可能是程序，或文件已损坏）；请重新取得文件，确认能打开后再试。")
    return replace(document, file_name=file_name)


#: What the formats begin with: OLE, ZIP, RTF.
_KNOWN = (b"\xd0\xcf\x11\xe0", b"PK", b"{\\rtf")


def _reader(target: str) -> Callable[[bytes, str], RawDocument]:
    if target == "docx":
        from corpus.read_docx import read_docx

        return read_docx
    if target == "xlsx":
        from corpus.read_sheet import read_sheet

        return read_sheet
    from corpus.read_slides import read_slides

    return read_slides


def soffice() -> str | None:
    """The program of LibreOffice; None where it is not installed."""
    for name in ("soffice", "libreoffice"):
        if found := shutil.which(name):
            return found
    for place in _USUAL_PLACES:
        path = Path(place)
        for candidate in sorted(Path(path.anchor).glob(str(path.relative_to(path.anchor)))) if path.anchor else ():
            if os.access(candidate, os.X_OK):
                return str(candidate)
    return None


def has_password(data: bytes) -> bool:
    """Whether an OLE file says that its text is encrypted: that of Word, of Excel, or a new format in a wrapper."""
    entries = ole_entries(data)
    if "EncryptedPackage" in entries:
        return True
    if (at := entries.get("WordDocument")) is not None:
        return len(data) > at + 12 and bool(data[at + 11] & 1)
    at = entries.get("Workbook", entries.get("Book", len(data)))
    for _ in range(20):  # FILEPASS stands among the first records
        kind, length = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (0, 2))
        if kind == 0x2F:
            return True
        if kind in (0, 0x0A):
            return False
        at += 4 + length
    return False


def _converted(program: str, data: bytes, suffix: str, target: str, folder: Path, file_name: str) -> bytes:
    """What LibreOffice makes of ``data``; all that it writes stays in ``folder``."""
    profile, out = folder / "profile", folder / "out"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
    source = folder / f"in{suffix if suffix in _TEXT | _TABLE | _SLIDES else '.doc'}"
    source.write_bytes(data)
    command = [program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck"]
    command += ["--nologo", "--convert-to", target, "--outdir", str(out), str(source)]
    environment = {key: said for key, said in os.environ.items() if not key.startswith(("PYTHON", "LD_LIBRARY"))}
    environment |= {"HOME": str(folder), "TMPDIR": str(folder)}
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError(
            f"LibreOffice 启动不了（{error.strerror}），“{file_name}”没有读；请检查它的安装，或用 Word 或 WPS 另存为 .{target}。"
        ) from error
    try:
        process.wait(TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise ReadError(
            f"LibreOffice 转换“{file_name}”超过 {TIME_LIMIT} 秒，已停止；请用 Word 或 WPS 另存为 .{target} 后再试。"
        ) from error
    finally:
        _end(process)
    made = next(iter(sorted(out.glob(f"*.{target}"))), None) if out.is_dir() else None
    if made is None:
        raise ReadError(
            f"LibreOffice 转换不了“{file_name}”（文件可能已损坏、有密码，或缺少相应组件）；"
            f"请用 Word 或 WPS 打开后另存为 .{target} 再试。"
        )
    return made.read_bytes()


def _end(process: subprocess.Popen[bytes]) -> None:
    """The program and what it started are gone afterwards; soffice is a script around the real one."""
    if sys.platform == "win32":
        process.kill()
    else:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
