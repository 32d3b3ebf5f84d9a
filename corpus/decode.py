"""Bytes to text, whatever encoding they are in."""

from __future__ import annotations

import codecs
import re

from corpus.raw import ReadError

# What a file holds if it begins like this, whatever its suffix says.
_MAGIC = {
    b"%PDF": "PDF 文档",
    b"PK\x03\x04": "Word（docx）或压缩文件",
    b"\xd0\xcf\x11\xe0": "旧版 Office（doc、xls）文件",
    b"{\\rtf": "RTF 文档",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"\x1f\x8b": "压缩文件",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GUESSES = ["gb18030", "big5", "utf_16_le", "utf_16_be"]
#: A larger file is refused before it is decoded: as text it would be several times as large.
MAX_BYTES = 100 << 20
# A damaged file is still read when no more than this share of its non-ASCII characters is lost.
_LOST = 0.01


def decode(data: bytes, file_name: str, declared: str | None = None) -> tuple[str, tuple[str, ...]]:
    """The text of ``data`` and warnings (Chinese). ``declared``: the encoding that the file claims, if it does."""
    if not data.strip(b"\x00\t\n\r\x0c\x1a "):
        raise ReadError(f"“{file_name}”是空的；请检查文件是否保存完整。")
    if len(data) > MAX_BYTES:
        raise ReadError(f"“{file_name}”有 {len(data) >> 20} MB，文本最多 {MAX_BYTES >> 20} MB；请按篇拆分后再试。")
    for magic, kind in _MAGIC.items():
        if data.startswith(magic):
            raise ReadError(f"“{file_name}”的内容其实是{kind}，不是文本；请另存为 .txt 或 .html（UTF-8）后再试。")
    text, warnings = _decoded(data, declared)
    if text is None or _is_binary(text):
        raise ReadError(f"“{file_name}”不是能识别的文本（可能是二进制文件或编码损坏）；请用 UTF-8 编码另存后再试。")
    return text.removeprefix("\ufeff").rstrip("\x1a"), warnings


def _decoded(data: bytes, declared: str | None) -> tuple[str | None, tuple[str, ...]]:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], encoding)
    # Chinese text of another encoding is next to never valid UTF-8, so this comes before what the file claims.
    for encoding in ("utf-8", widest(declared or "utf-8")):
        try:
            if b"\x00" not in data:
                return data.decode(encoding), ()
        except (ValueError, LookupError):  # also of a name that is no name, or a codec not for text
            continue
    text, warnings = _tolerant(data, "utf-8")
    if text is not None and b"\x00" not in data:
        return text, warnings
    from charset_normalizer import from_bytes  # only here: most files are UTF-8

    best = from_bytes(data, cp_isolation=_GUESSES).best()
    if best is not None:
        return str(best), ()
    return _tolerant(data, "gb18030")


def _tolerant(data: bytes, encoding: str) -> tuple[str | None, tuple[str, ...]]:
    text = data.decode(encoding, errors="replace")
    lost = text.count("\ufffd") - data.count("\ufffd".encode(encoding))
    if lost <= 0:
        return text, ()
    foreign = sum(c > "\x7f" for c in text)
    if lost > max(1, _LOST * foreign) or foreign < 50 * lost:
        return None, ()
    return text, (f"有 {lost} 处字节无法解码，显示为 \ufffd；请核对原文件。",)


def widest(encoding: str) -> str:
    """The encoding to read a claimed one by: pages claim gb2312 and use characters of GBK and GB18030."""
    return "gb18030" if encoding.lower() in {"gb2312", "gb_2312-80", "gbk", "x-gbk", "cp936"} else encoding


def _is_binary(text: str) -> bool:
    if "\x00" in text:
        return True
    return len(_CONTROL.findall(text)) > 0.005 * len(text)


_CONTROL = re.compile("[\0-\x08\x0e-\x19\x1c-\x1f]")


def split_lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return lines[:-1] if lines[-1] == "" else lines
