"""What the operating system says of a file, in Chinese."""

from __future__ import annotations

import errno
from collections.abc import Mapping

_WORDS: Mapping[int, str] = {
    errno.ENOENT: "没有这个文件或文件夹",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是一个文件夹",
    errno.ENOTDIR: "路径中间有一段是文件，不是文件夹",
    errno.EEXIST: "已经有了",
    errno.ENOSPC: "磁盘满了",
    errno.EROFS: "那里只能读，不能写",
    errno.ENAMETOOLONG: "名字太长",
}


def told(error: OSError) -> str:
    """Why a file could not be read or written; in the system's own words where it is something rare."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
