"""Documents that are a ZIP of XML files (EPUB, OFD): opened within limits, parsed without entities."""

from __future__ import annotations

import io
import struct
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.archive import MAX_MEMBER, MAX_RATIO, MAX_TOTAL, MIN_BOMB
from corpus.raw import ReadError

if TYPE_CHECKING:
    from lxml.etree import _Element


@dataclass(slots=False)
class Package:
    """The files of a document. Paths are compared without regard to case, as the programs that write them do."""

    file_name: str
    _zip: zipfile.ZipFile
    _read: int = 0

    @cached_property
    def _paths(self) -> dict[str, zipfile.ZipInfo]:
        return {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in self._zip.infolist()}

    @property
    def names(self) -> list[str]:
        """The paths of all files, in the order in which they are packed."""
        return [info.filename.replace("\\", "/").lstrip("/") for info in self._zip.infolist()]

    def find(self, path: str) -> bytes | None:
        """The file at ``path``; None when there is none. Raises ReadError for one that is damaged or too large."""
        info = self._paths.get(path.lstrip("/").lower())
        if info is None:
            return None
        if info.flag_bits & 1:
            raise ReadError(f"“{self.file_name}”有密码，读不了；请去掉密码后再试。")
        try:
            with self._zip.open(info) as file:
                data = file.read(MAX_MEMBER + 1)
        except MemoryError:
            raise
        except Exception as error:  # zipfile and the decompressors raise a dozen kinds
            raise ReadError(f"“{self.file_name}”里的“{path}”已损坏；请重新下载后再试。") from error
        self._read += len(data)
        bomb = len(data) > MIN_BOMB and len(data) > MAX_RATIO * info.compress_size
        if len(data) > MAX_MEMBER or self._read > MAX_TOTAL or bomb:
            raise ReadError(f"“{self.file_name}”解压后过大，像是压缩炸弹，没有读；请确认来源可靠。")
        return data

    def read(self, path: str) -> bytes:
        """The file at ``path``. Raises ReadError when there is none."""
        data = self.find(path)
        if data is None:
            raise ReadError(f"“{self.file_name}”不完整（缺少“{path}”）；请重新下载后再试。")
        return data


def open_package(data: bytes, file_name: str, kind: str) -> Package:
    """``kind``: what the file should be (Chinese). Raises ReadError when it is no ZIP."""
    if not data.strip(b"\x00\t\n\r "):
        raise ReadError(f"“{file_name}”是空的；请检查文件是否保存完整。")
    try:
        return Package(file_name, zipfile.ZipFile(io.BytesIO(data)))
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError) as error:
        what = "不完整或已损坏" if data.startswith(b"PK") else f"不是 {kind}（后缀可能不对）"
        raise ReadError(f"“{file_name}”{what}；请重新下载后再试。") from error


def parse(data: bytes, file_name: str) -> _Element:
    """The root element. Entities are not expanded and nothing outside is loaded; small damage is mended."""
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(f"“{file_name}”里的 XML 已损坏；请重新下载后再试。") from error
    if root is None:
        raise ReadError(f"“{file_name}”里的 XML 是空的；请重新下载后再试。")
    return root
