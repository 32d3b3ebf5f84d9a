"""Files in, raw lines out: one reader per format, in one table.

A reader decodes and takes the format apart (Markdown marks, HTML tags, site chrome around the text); it changes
no word. Joining broken lines, page headers and the outline come later and work on what is returned here.
"""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from corpus.raw import RawDocument, ReadError


@dataclass(frozen=True, slots=True)
class Format:
    """A format that can be read. Its reader is imported when the first file of it comes."""

    name: str  #: as users call it
    suffixes: tuple[str, ...]
    reader: str  #: "module:function"; the function takes (data, file name) and gives a RawDocument

    def read(self, data: bytes, file_name: str) -> RawDocument:
        """The raw lines of a file of this format. Raises ReadError with the next step when there is none to have."""
        module, _, function = self.reader.partition(":")
        reader: Callable[[bytes, str], RawDocument] = getattr(import_module(module), function)
        return reader(data, file_name)


FORMATS = (
    Format("纯文本", (".txt", ".text"), "corpus.read_text:read_text"),
    Format("Markdown", (".md", ".markdown"), "corpus.read_text:read_markdown"),
    Format("网页", (".html", ".htm"), "corpus.read_html:read_html"),
    Format("PDF", (".pdf",), "corpus.read_pdf:read_pdf"),
    Format("图片", (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"), "corpus.ocr:read_image"),
)

#: Suffix -> format.
READERS = {suffix: format_ for format_ in FORMATS for suffix in format_.suffixes}


def read_file(path: Path) -> RawDocument:
    """The raw lines and header fields of a file. Raises ReadError with the next step when there is no text to have."""
    format_ = READERS.get(path.suffix.lower())
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            kind = "文件夹" if stat.S_ISDIR(mode) else "设备或管道"
            raise ReadError(f"“{path.name}”是{kind}，不是普通文件；请给出文件的路径。")
        if format_ is None:
            suffix = f"后缀 {path.suffix}" if path.suffix else "没有后缀的文件"
            raise ReadError(
                f"“{path.name}”：不认识{suffix}；能读的格式是 {'、'.join(READERS)}，请转换格式或改后缀后再试。"
            )
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise ReadError(f"找不到文件“{path.name}”；请检查路径。") from error
    except PermissionError as error:
        raise ReadError(f"没有权限读取“{path.name}”；请修改文件权限，或换一个有权限的用户运行。") from error
    except OSError as error:
        raise ReadError(f"读取“{path.name}”失败（{error.strerror}）；请检查磁盘或路径后再试。") from error
    document = format_.read(data, path.name)
    if not any(c.isalnum() for line in document.lines if line.role != "meta" for c in line.text):
        raise ReadError(f"“{path.name}”里没有找到正文；请打开文件确认它有文字内容。")
    return document
