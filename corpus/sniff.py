"""What a file really is, told by its bytes, and zip containers opened with care."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator

from corpus.raw import ReadError

_MAGIC = (
    (b"%PDF-", ".pdf"),
    (b"{\\rtf", ".rtf"),
    (b"\x89PNG\r\n\x1a\n", ".png"),
    (b"\xff\xd8\xff", ".jpg"),
    (b"GIF87a", ".gif"),
    (b"GIF89a", ".gif"),
    (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"),
    (b"\x1f\x8b", ".gz"),
    (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"Rar!\x1a\x07", ".rar"),
)
PAGES = (".html", ".htm", ".xhtml", ".shtml")  #: suffixes of web pages
# Suffixes of one kind of file: content of the kind never changes one into another.
_KINDS = (
    (".docx", ".docm", ".dotx", ".dotm"),
    (".xlsx", ".xlsm", ".xltx", ".xltm"),
    (".pptx", ".pptm", ".ppsx", ".potx"),
    (".doc", ".dot", ".wps", ".wpt"),
    (".xls", ".xlt", ".et"),
    (".ppt", ".pps", ".dps"),
    (".jpg", ".jpeg", ".jfif"),
    (".tif", ".tiff"),
    PAGES,
)
_KIND = {suffix: kind for kind in _KINDS for suffix in kind}
_SHEETS = frozenset(".xls .xlt .et .xlsx .xlsm .xlsb .xltx .xltm .ods".split())
#: Suffixes of formats that are binary or marked: text under one of these names is something else.
_MARKED = frozenset(
    _SHEETS
    | {suffix for suffix in _KIND if suffix not in PAGES}
    | set(".pdf .rtf .odt .odp .ofd .epub .zip .png .gif .bmp .webp .gz .7z .rar".split())
)
#: Forms in which programs save a page, and the one that is often under its name instead.
_MISTAKEN = {".mht": ".html", ".mhtml": ".html", ".eml": ".html", ".html": ".mht", ".htm": ".mht"}
_ZIPPED = frozenset(".docx .docm .dotx .xlsx .xlsm .xlsb .pptx .pptm .odt .ods .odp .epub .ofd .zip".split())
_OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
    "application/epub+zip": ".epub",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|p)\b", re.I | re.S
)


def sniffed_suffix(data: bytes, suffix: str) -> str:
    """The suffix that the content of a file calls for; the one given (lower case) where it fits or nothing is known.

    Text under the name of a text format keeps its suffix, whatever text it is: HTML source in a .txt is meant as
    such. Text under the name of a binary format is told apart: a page, rows, or plain text.
    """
    found = _by_magic(data, suffix)
    if found is None and suffix in _MARKED:
        found = _text_suffix(data, suffix)
    elif found is None and suffix in _MISTAKEN and _text_suffix(data, suffix) == _MISTAKEN[suffix]:
        found = _MISTAKEN[suffix]
    if found is None or suffix in _KIND.get(found, (found,)):
        return suffix
    return found


def _by_magic(data: bytes, suffix: str) -> str | None:
    head = data[:16]
    for magic, found in _MAGIC:
        if head.startswith(magic):
            return found
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zip_suffix(data, suffix)
    if head.startswith(_OLE):
        return _ole_suffix(data, suffix)
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    if head.startswith(b"BM") and len(data) > 26 and struct.unpack("<I", data[14:18])[0] in (12, 40, 108, 124):
        return ".bmp"
    # Some writers put a few stray bytes before the mark of a PDF.
    return ".pdf" if suffix == ".pdf" and b"%PDF-" in data[:1024] else None


def _zip_suffix(data: bytes, suffix: str) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            kind = archive.read("mimetype")[:100].decode("ascii", "replace").strip() if "mimetype" in names else ""
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, ValueError, zlib.error):
        # Cut off: the directory at the end is missing, the names stand before each member too.
        return suffix if suffix in _ZIPPED else _suffix_of_parts(_local_names(data)) or ".zip"
    return _OPEN_DOCUMENT.get(kind) or _suffix_of_parts(names) or ".zip"


def _suffix_of_parts(names: list[str]) -> str | None:
    if "[Content_Types].xml" in names:
        if "xl/workbook.bin" in names:
            return ".xlsb"
        for folder, found in (("word/", ".docx"), ("xl/", ".xlsx"), ("ppt/", ".pptx")):
            if any(name.startswith(folder) for name in names):
                return found
    marks = {"OFD.xml": ".ofd", "META-INF/container.xml": ".epub"}
    return next((found for mark, found in marks.items() if mark in names), None)


def _local_names(data: bytes) -> list[str]:
    names = []
    for match in re.finditer(rb"PK\x03\x04", data):
        header = data[match.start() : match.start() + 30]
        if len(header) == 30:
            length = struct.unpack("<H", header[26:28])[0]
            names.append(data[match.start() + 30 : match.start() + 30 + length].decode("utf-8", "replace"))
    return names


# --- OLE, the container of old Office files --------------------------------------------------------------------------


def _ole_suffix(data: bytes, suffix: str) -> str:
    names = set(ole_entries(data))
    for entry, found in (
        ("WordDocument", ".doc"),
        ("Workbook", ".xls"),
        ("Book", ".xls"),
        ("PowerPoint Document", ".ppt"),
    ):
        if entry in names:
            return found
    if "EncryptedPackage" in names and suffix in _ZIPPED:
        return suffix  # its reader says that there is a password
    return suffix if suffix in _MARKED else ".doc"


def ole_entries(data: bytes) -> dict[str, int]:
    """The streams at the top of an OLE file, by name, with the offset at which each begins; empty when it is none.

    Those of embedded objects, which may be of another format, are not among them.
    """
    if not data.startswith(_OLE) or len(data) < 512:
        return {}
    size = 1 << struct.unpack("<H", data[30:32])[0]
    if size not in (512, 4096):
        return {}
    directory = b"".join(_sectors(data, size, struct.unpack("<I", data[48:52])[0]))
    entries = [directory[at : at + 128] for at in range(0, len(directory) - 127, 128)]
    found: dict[str, int] = {}
    seen = {0}
    waiting = [struct.unpack("<I", entries[0][76:80])[0]] if entries else []
    while waiting:
        index = waiting.pop()
        if index in seen or index >= len(entries):
            continue
        seen.add(index)
        entry = entries[index]
        length = min(64, struct.unpack("<H", entry[64:66])[0])
        name = entry[: max(0, length - 2)].decode("utf-16-le", "replace")
        found[name] = (struct.unpack("<I", entry[116:120])[0] + 1) * size
        waiting += struct.unpack("<II", entry[68:76])  # its siblings on either side
    return found


def _sectors(data: bytes, size: int, sector: int) -> Iterator[bytes]:
    """The sectors of a chain, to its end or as far as the file goes."""
    table: list[int] = []
    for place in struct.unpack("<109I", data[76:512]):
        piece = data[(place + 1) * size : (place + 2) * size] if place < 0xFFFFFFFA else b""
        table += struct.unpack(f"<{len(piece) // 4}I", piece[: len(piece) // 4 * 4])
    seen: set[int] = set()
    while sector not in seen and sector < len(table):
        seen.add(sector)
        yield data[(sector + 1) * size : (sector + 2) * size]
        sector = table[sector]


# --- text ------------------------------------------------------------------------------------------------------------


def _text_suffix(data: bytes, suffix: str) -> str | None:
    """What text is that stands under the name of a binary format; None when it is no text."""
    head = data[:4096]
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(head[:2])
    text = head.decode(wide or "latin-1", "replace").lstrip("\ufeff\xef\xbb\xbf \t\r\n")
    control = sum(c < " " and c not in "\t\n\r\f\x1a" for c in text)
    if not text or "\x00" in text or control > 0.005 * len(text):
        return None
    if re.match(r"MIME-Version:|From: <|Content-Type: multipart/", text, re.I) and "multipart/" in text.lower():
        return ".mht"
    if _PAGE.match(text):
        return ".html"
    if text.startswith("<?xml"):
        return None if "progid=" in text or "schemas-microsoft-com" in text else ".html" if "<html" in text else None
    return ".csv" if suffix in _SHEETS else ".txt"


# --- zip containers ---------------------------------------------------------------------------------------------------

#: Limits on what a file may unpack to: bytes in all; how many times its own size, from so many bytes on.
MOST_UNPACKED, MOST_RATIO, RATIO_FROM = 500_000_000, 200, 50_000_000
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_PROLOG = 65_536  #: bytes within which the root element of a part begins


def open_package(data: bytes, file_name: str) -> zipfile.ZipFile:
    """The zip container of an Office document, checked before anything of it is unpacked or parsed.

    Raises ReadError when it is damaged, has a password, would unpack to more than the limits, or when one of its
    parts declares XML entities, which no Office program writes and which can grow without bounds.
    """
    if data.startswith(_OLE) and "EncryptedPackage" in ole_entries(data):
        raise ReadError(f"“{file_name}”有密码，读不出来；请去掉密码（打开后另存，不设密码）后再试。")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError(
            f"“{file_name}”不完整或已损坏（打不开压缩包）；请重新下载，或用 Word/WPS 打开后另存再试。"
        ) from error
    if any(member.flag_bits & 1 for member in members):
        raise ReadError(f"“{file_name}”有密码，读不出来；请去掉密码后再试。")
    total = sum(member.file_size for member in members)
    if total > MOST_UNPACKED or (total > RATIO_FROM and total > MOST_RATIO * len(data)):
        raise ReadError(
            f"“{file_name}”解压后有 {total // 1_000_000} MB，大得不正常，没有打开；"
            "请确认来源可靠，用 Office 或 WPS 打开后另存（删去大图和空白行列）再试。"
        )
    described = [name for member in members if (name := member.filename).lower().endswith((".xml", ".rels", ".vml"))]
    if any(_may_declare_entities(part(archive, name, file_name, _PROLOG)) for name in described):
        raise ReadError(f"“{file_name}”里的 XML 带有实体定义，可能有害，没有打开；请用 Word/WPS 打开后另存再试。")
    return archive


def _may_declare_entities(beginning: bytes) -> bool:
    """Whether a part of XML has a DTD, or so much before its root element that nobody can tell."""
    bare = re.sub(rb"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", b"", beginning.replace(b"\x00", b""), flags=re.S)
    root = re.search(rb"<[A-Za-z_]", bare)
    if root is None:
        return len(beginning) >= _PROLOG or _DTD.search(bare) is not None
    return _DTD.search(bare, 0, root.start()) is not None


def part(archive: zipfile.ZipFile, name: str, file_name: str, most: int = -1) -> bytes:
    """A member of ``archive``, or its first ``most`` bytes. Raises ReadError when it is damaged."""
    try:
        with archive.open(name) as stream:
            return stream.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ReadError(f"“{file_name}”已损坏（{name} 解不开）；请重新下载，或用 Word/WPS 打开后另存再试。") from error
