"""Files in, raw lines out: one reader per format, in one table.

A reader decodes and takes the format apart (Markdown marks, HTML tags, site chrome around the text); it changes
no word. Joining broken lines, page headers and the outline come later and work on what is returned here.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from corpus.raw import RawDocument, ReadError, Tell, silent
from corpus.sniff import sniffed_suffix


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read. Its reader is imported when the first file of it comes."""

    name: str  #: as users call it
    suffixes: tuple[str, ...]
    reader: str  #: "module:function"; the function takes (data, file name) and gives a RawDocument
    slow: bool = False  #: the reader takes a third argument, a Tell, and tells how far it is

    def read(self, data: bytes, file_name: str, tell: Tell = silent) -> RawDocument:
        """The raw lines of a file of this format. Raises ReadError with the next step when there is none to have."""
        module, _, function = self.reader.partition(":")
        reader: Callable[..., RawDocument] = getattr(import_module(module), function)
        return reader(data, file_name, tell) if self.slow else reader(data, file_name)


FORMATS = (
    Format("纯文本", (".txt", ".text"), "corpus.read_text:read_text"),
    Format("Markdown", (".md", ".markdown"), "corpus.read_text:read_markdown"),
    Format("网页", (".html", ".htm", ".xhtml", ".shtml"), "corpus.read_html:read_html"),
    Format("PDF", (".pdf",), "corpus.read_pdf:read_pdf", slow=True),
    Format(
        "图片",
        (".png", ".jpg", ".jpeg", ".jfif", ".gif", ".tif", ".tiff", ".bmp", ".webp"),
        "corpus.ocr:read_image",
        slow=True,
    ),
    Format("Word", (".docx", ".docm", ".dotx", ".dotm"), "corpus.read_docx:read_docx"),
    Format("演示文稿", (".pptx", ".pptm"), "corpus.read_slides:read_slides"),
    Format("表格", (".xlsx", ".xlsm", ".xltx", ".xltm"), "corpus.read_sheet:read_sheet"),
    Format("CSV", (".csv", ".tsv"), "corpus.read_sheet:read_csv"),
    Format(
        "旧版 Office 和 ODF（需要 LibreOffice）",
        (".doc", ".wps", ".rtf", ".odt", ".xls", ".et", ".ods", ".ppt", ".dps", ".odp"),
        "corpus.read_office:read_office",
    ),
    Format("网页归档", (".mht", ".mhtml"), "corpus.read_mail:read_mhtml"),
    Format("邮件", (".eml",), "corpus.read_mail:read_mail"),
    Format("EPUB", (".epub",), "corpus.read_epub:read_epub"),
    Format("OFD", (".ofd",), "corpus.read_ofd:read_ofd"),
)

#: Suffix -> format.
READERS = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}


FORMAT_NAMES = "、".join(format_.name for format_ in FORMATS)  #: for messages

#: A larger file is refused: it is no document, and reading it would fill the memory.
MAX_BYTES = 1 << 30
#: A longer text is refused: its outline and its index would fill the memory.
MAX_CHARACTERS = 10_000_000


def bytes_of(path: Path) -> bytes:
    """The content of a file. Raises ReadError with the next step when it cannot be had."""
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            os.listdir(path)  # a folder that may not be opened is told apart
        if not stat.S_ISREG(status.st_mode):
            kind = "文件夹" if stat.S_ISDIR(status.st_mode) else "设备或管道"
            raise ReadError(f"“{path.name}”是{kind}，不是普通文件；请给出文件的路径。")
        if status.st_size > MAX_BYTES:
            raise ReadError(f"“{path.name}”有 {status.st_size >> 20} MB，超过上限 {MAX_BYTES >> 20} MB；请拆分后再试。")
        data = path.read_bytes()
        after = path.stat()
        if (after.st_size, after.st_mtime_ns) != (status.st_size, status.st_mtime_ns):
            raise ReadError(f"“{path.name}”在读取时被改动了（可能还在保存或下载）；请等它写完后再试。")
        return data
    except FileNotFoundError as error:
        if path.is_symlink():
            raise ReadError(f"“{path.name}”是断开的链接，指向的文件不在了；请找回那个文件，或删去链接。") from error
        raise ReadError(f"找不到文件“{path.name}”；请检查路径。") from error
    except PermissionError as error:
        raise ReadError(f"没有权限读取“{path.name}”；请修改文件权限，或换一个有权限的用户运行。") from error
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise ReadError(f"“{path.name}”是指向自己的链接；请删去它，换成文件本身。") from error
        raise ReadError(f"读取“{path.name}”失败（{error.strerror}）；请检查磁盘或路径后再试。") from error


def refuse_empty(data: bytes, file_name: str) -> None:
    """Raises ReadError when a file holds nothing."""
    if not data.strip(b"\x00\t\n\r\x0c\x1a "):
        raise ReadError(f"“{file_name}”是空的；请检查文件是否保存完整。")


def read_bytes(data: bytes, file_name: str, tell: Tell = silent) -> RawDocument:
    """The raw lines and header fields of a file's content. Raises ReadError when there is no text to have.

    Where content and suffix disagree (a page named .doc) the content decides.
    """
    refuse_empty(data, file_name)
    given = Path(file_name).suffix.lower()
    found = sniffed_suffix(data, given)
    format_ = READERS.get(found)
    if format_ is None:
        what = f"后缀 {given}" if given else "没有后缀的文件"
        told = f"内容其实是 {found}，这种格式还不能读" if found != given else f"不认识{what}"
        raise ReadError(f"“{file_name}”：{told}；能读的是 {FORMAT_NAMES}；请转换格式，或改成对的后缀再试。")
    document = checked(format_.read(data, file_name, tell))
    if found == given or not given:
        return document
    what = "纯文本" if found == ".txt" else f"{found} 格式"
    warning = f"后缀是 {given}，内容其实是{'' if found == '.txt' else ' '}{what}，照内容读的；读得不对请看看原文件是不是损坏了"
    return replace(document, warnings=(*document.warnings, warning))


def checked(document: RawDocument) -> RawDocument:
    """The document. Raises ReadError when it holds no text, or more than the rest of the program can bear."""
    file_name = document.file_name
    length = sum(len(line.text) for line in document.lines)
    if length > MAX_CHARACTERS:
        raise ReadError(
            f"“{file_name}”有 {length // 10_000} 万字，最多 {MAX_CHARACTERS // 10_000} 万；请按篇拆分后再试。"
        )
    if not any(c.isalnum() for line in document.lines if line.role != "meta" for c in line.text):
        raise ReadError(f"“{file_name}”里没有找到正文；请打开文件确认它有文字内容。")
    return document


def read_file(path: Path) -> RawDocument:
    """The raw lines and header fields of a file. Raises ReadError with the next step when there is no text to have."""
    return read_bytes(bytes_of(path), path.name)
