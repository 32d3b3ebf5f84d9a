"""What is packed in an archive: its documents, each with its bytes, and what was refused, with the reason.

Nothing is ever written to disk. Limits are counted while the data is unpacked: what a header claims is not believed.
"""

from __future__ import annotations

import gzip
import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import IO

from corpus.readers import READERS

#: Suffixes of archives that can be opened.
ARCHIVES = frozenset({".zip", ".tar", ".tgz", ".gz"})
_CLOSED = frozenset({".rar", ".7z", ".tbz2", ".bz2", ".txz", ".xz", ".zst"})
#: What no reader takes and may yet hold documents: named as not read, in folders and archives alike; films and the
#: like are passed over.
_UNREAD = _CLOSED | set(".xlsb .caj .ceb .pages .numbers .mobi .azw3 .djvu .msg".split())

MAX_TOTAL = 1 << 30  #: bytes unpacked from one archive, nested ones included
MAX_MEMBER = 200 << 20
MAX_MEMBERS = 10_000
MAX_RATIO = 200  #: of a member that unpacks to more than MIN_BOMB
MIN_BOMB = 10 << 20
MAX_DEPTH = 3  #: archives within archives
_PIECE = 1 << 20
_DAMAGED = "已损坏或不完整，没有读；请重新下载压缩包后再试。"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive (or an attachment of a mail)."""

    name: str  #: its path inside, parted by "/"; that of a nested archive's file: "内.zip/文件.txt"
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """What was not unpacked, why, and what to do about it."""

    name: str  #: its path inside; "" for the archive as a whole
    message: str  #: Chinese
    damaged: bool = False  #: it is cut short or broken


@dataclass(slots=True)
class _Run:
    """What was unpacked so far, over all nested archives."""

    name: str
    found: list[Member] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    total: int = 0
    count: int = 0

    def refuse(self, name: str, why: str, *, damaged: bool = False) -> None:
        where = f"“{self.name}”里的“{name}”" if name else f"“{self.name}”"
        self.refused.append(Refused(name, f"{where}{why}", damaged))


class _Refusal(Exception):
    """Why a member is not unpacked (Chinese). ``whole``: nothing more of the archive is."""

    def __init__(self, why: str, *, whole: bool = False) -> None:
        super().__init__(why)
        self.whole = whole


class _Broken(Exception):
    """Data that ends too early or is damaged."""


def is_archive(name: str) -> bool:
    """Whether :func:`members` is the one to take a file of this name, be it only to say that it cannot be opened."""
    return name.lower().endswith((*ARCHIVES, *_CLOSED))


def is_document(name: str) -> bool:
    """Whether a file is to be read or, where that cannot be done, named as not read."""
    return name.lower().endswith((*READERS, *ARCHIVES, *_UNREAD))


def members(data: bytes, name: str) -> tuple[list[Member], list[Refused]]:
    """The documents in the archive ``name`` (ZIP, TAR, GZ), in its order, and what was refused.

    Files of formats that are no documents, hidden files and system files are passed over in silence. Never raises:
    an archive that cannot be opened at all is one refusal.
    """
    run = _Run(name)
    try:
        _unpack(run, data, name, "", 1)
    except _Refusal as error:
        run.refuse("", str(error))
    return run.found, run.refused


def _unpack(run: _Run, data: bytes, name: str, above: str, depth: int) -> None:
    """Add what ``data`` holds to ``run``; ``above``: the path of the archive inside the outermost one, or ""."""
    suffix = PurePosixPath(name.lower()).suffix
    if data.startswith((b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")) or suffix in _CLOSED:
        run.refuse(above, "是不能直接打开的压缩格式；请解压后再试。")
    elif data.startswith(b"\x1f\x8b"):
        _gzip(run, data, name, above, depth)
    elif data.startswith(b"PK") or zipfile.is_zipfile(io.BytesIO(data)):
        _zip(run, data, above, depth)
    elif data[257:262] == b"ustar" or suffix == ".tar":
        _tar(run, io.BytesIO(data), len(data), above, depth)
    else:
        why = "是空的" if not data.strip(b"\x00\t\n\r ") else "不是压缩文件（可能下载不完整，或后缀不对）"
        run.refuse(above, f"{why}；请重新下载，或解压后再试。", damaged=True)


def _take(run: _Run, name: str, above: str, depth: int, pieces: Iterator[bytes], packed: int | None) -> None:
    """Unpack one member of the archive ``above`` and keep it, if it is a document; ``packed``: its packed size."""
    path = _inside(name)
    full = f"{above}/{path or name}" if above else path or name
    run.count += 1
    if run.count > MAX_MEMBERS:
        raise _Refusal(f"里的文件超过 {MAX_MEMBERS:,} 个，后面的没有读；请解压后挑出需要的文件再试。", whole=True)
    if path is None:
        run.refuse(full, "的路径指向压缩包之外，已拒绝；请确认来源可靠，解压后直接添加需要的文件。")
        return
    suffix = PurePosixPath(path.lower()).suffix
    if is_system(path) or suffix not in READERS.keys() | ARCHIVES | _UNREAD:
        return
    if suffix not in READERS and suffix not in ARCHIVES:
        what = "是压缩包" if suffix in _CLOSED else f"是还不能读的格式 {suffix}"
        run.refuse(full, f"{what}；请{'解压' if suffix in _CLOSED else '转换格式'}后再试。")
        return
    if suffix in ARCHIVES and depth >= MAX_DEPTH:
        run.refuse(full, f"在第 {depth + 1} 层压缩包里，最多打开 {MAX_DEPTH} 层；请把它单独解压后再试。")
        return
    try:
        data = _joined(run, pieces, packed)
    except _Refusal as error:
        if error.whole:
            raise
        run.refuse(full, str(error))
    except _Broken:
        run.refuse(full, _DAMAGED, damaged=True)
    else:
        if suffix in ARCHIVES:
            _unpack(run, data, path, full, depth + 1)
        else:
            run.found.append(Member(full, data))


def _joined(run: _Run, pieces: Iterator[bytes], packed: int | None) -> bytes:
    done = bytearray()
    for piece in pieces:
        done += piece
        run.total += len(piece)
        if run.total > MAX_TOTAL:
            raise _Refusal(f"解压后超过 {_size(MAX_TOTAL)}，已停止；请解压后挑出需要的文件再试。", whole=True)
        if len(done) > MAX_MEMBER:
            raise _Refusal(f"解压后超过 {_size(MAX_MEMBER)}，没有读；请把它拆小后再试。")
        if packed is not None and len(done) > MIN_BOMB and len(done) > MAX_RATIO * packed:
            raise _Refusal(f"的压缩比超过 {MAX_RATIO} 倍，像是压缩炸弹，没有读；请确认来源可靠，解压后再试。")
    return bytes(done)


def _size(count: int) -> str:
    return f"{count >> 30} GB" if count >= 1 << 30 else f"{count >> 20} MB"


def _inside(name: str) -> str | None:
    """The path with "/" only and without "." steps; None when it leads out of the archive."""
    steps = [step for step in name.replace("\\", "/").split("/") if step not in ("", ".")]
    outside = name[:1] in "/\\" or re.match(r"[A-Za-z]:", name) is not None or ".." in steps
    return None if outside or not steps else "/".join(steps)


def is_system(path: str) -> bool:
    """Whether a path (parted by "/") is that of a hidden file, or of one that a program keeps for itself."""
    steps = path.split("/")
    return (
        any(step.startswith(".") or step == "__MACOSX" for step in steps)
        or steps[-1].lower() in ("thumbs.db", "desktop.ini")
        or steps[-1].startswith("~$")  # what Word leaves beside an open document
    )


def _file_name(raw: bytes) -> str:
    """A name without the mark of UTF-8: today's programs write UTF-8 all the same, old Chinese ones GBK."""
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


# --- ZIP -----------------------------------------------------------------------------------------------------------


def _zip(run: _Run, data: bytes, above: str, depth: int) -> None:
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error, OSError):
        _salvage(run, data, above, depth)
        return
    for info in entries:
        name = info.filename if info.flag_bits & 0x800 else _file_name(info.orig_filename.encode("cp437", "replace"))
        if name.endswith(("/", "\\")):
            continue
        if (info.external_attr >> 16) & 0o170000 == 0o120000:
            pieces = _refusing("是符号链接，没有读；请把它指向的文件本身放进压缩包。")
        elif info.flag_bits & 1:
            pieces = _refusing("有密码，读不了；请用密码解压后再试。")
        else:
            pieces = _of_zip(archive, info)
        _take(run, name, above, depth, pieces, info.compress_size)


def _refusing(why: str) -> Iterator[bytes]:
    raise _Refusal(why)
    yield b""


def _of_zip(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as file:
            while piece := file.read(_PIECE):
                yield piece
    except Exception as error:  # zipfile and the decompressors raise a dozen kinds
        raise _Broken from error


_LOCAL = struct.Struct("<4s5H3I2H")


def _salvage(run: _Run, data: bytes, above: str, depth: int) -> None:
    """The members of a ZIP whose directory at the end is missing, by the headers before each of them."""
    at, count = data.find(b"PK\x03\x04"), len(run.found)
    while 0 <= at <= len(data) - _LOCAL.size:
        _, _, flags, method, _, _, _, packed, _, name_length, extra = _LOCAL.unpack_from(data, at)
        begin = at + _LOCAL.size + name_length + extra
        raw = data[at + _LOCAL.size : at + _LOCAL.size + name_length]
        name = raw.decode("utf-8", "replace") if flags & 0x800 else _file_name(raw)
        end = begin + packed
        following = data.find(b"PK\x03\x04", max(end, at + 4))
        if not flags & 1 and name and not name.endswith(("/", "\\")):
            # Without its size in front (bit 3) a stored member cannot be told from what follows it.
            body = data[begin:end] if packed else data[begin:]
            complete = end <= len(data) and (packed > 0 or method == 8)
            if method == 8:
                _take(run, name, above, depth, _inflated(body), packed or None)
            else:
                whole = complete and method == 0
                _take(run, name, above, depth, iter([body]) if whole else _refusing(_DAMAGED), packed)
        at = following
    read = len(run.found) - count
    told = f"读出了其中完整的 {read} 个文件" if read else "没有读出文件"
    run.refuse(above, f"不完整或已损坏（缺少目录），{told}；请重新下载后再试。", damaged=True)


def _inflated(body: bytes) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while not unpacker.eof:
            piece = unpacker.decompress(body, _PIECE)
            body = unpacker.unconsumed_tail
            if not piece and not body:
                raise _Broken
            yield piece
    except zlib.error as error:
        raise _Broken from error


# --- TAR and GZ ----------------------------------------------------------------------------------------------------


class _Counted(io.RawIOBase):
    """A stream that ends with an error when more was unpacked than an archive may hold, read or skipped."""

    def __init__(self, source: gzip.GzipFile) -> None:
        self._source, self._left = source, MAX_TOTAL

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(_PIECE if size < 0 else size)
        self._left -= len(piece)
        if self._left < 0:
            raise _Refusal(f"解压后超过 {_size(MAX_TOTAL)}，已停止；请解压后挑出需要的文件再试。", whole=True)
        return piece


def _gzip(run: _Run, data: bytes, name: str, above: str, depth: int) -> None:
    stream = gzip.GzipFile(fileobj=io.BytesIO(data))
    inner = re.sub(r"\.gz$", "", PurePosixPath(name).name, flags=re.IGNORECASE)
    if name.lower().endswith((".tgz", ".tar.gz")):
        _tar(run, _Counted(stream), len(data), above, depth)
    elif PurePosixPath(inner).suffix:
        _take(run, inner, above, depth, _of_stream(stream), len(data))
    else:
        run.refuse(above, "看不出里面是什么格式的文件；请解压后再试。")


def _of_stream(stream: IO[bytes] | gzip.GzipFile | None) -> Iterator[bytes]:
    try:
        while piece := stream.read(_PIECE) if stream else b"":
            yield piece
    except (OSError, EOFError, zlib.error, tarfile.TarError) as error:
        raise _Broken from error


def _tar(run: _Run, stream: IO[bytes] | _Counted, packed: int, above: str, depth: int) -> None:
    """``packed``: size of the file as it lies there; a ratio is judged over the whole archive only."""
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for info in archive:
                name = _file_name(info.name.encode("utf-8", "surrogateescape"))
                if info.issym() or info.islnk():
                    pieces = _refusing("是链接，没有读；请把它指向的文件本身放进压缩包。")
                elif info.isfile():
                    pieces = _of_stream(archive.extractfile(info))
                else:
                    continue
                _take(run, name, above, depth, pieces, None)
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError):
        run.refuse(above, "不完整或已损坏，后面的文件没有读出；请重新下载后再试。", damaged=True)
