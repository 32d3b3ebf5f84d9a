"""What is known of files from elsewhere: the entries of the ``sources.toml`` beside them."""

from __future__ import annotations

import logging
import tomllib
from dataclasses import fields
from difflib import get_close_matches
from pathlib import Path

from corpus.document import Header

_log = logging.getLogger(__name__)

_KNOWN = {f.name for f in fields(Header)} | {"publisher", "relation", "note"}


def load_provenance(folder: Path) -> dict[str, dict[str, object]]:
    """Facts about the files of ``folder`` from its ``sources.toml``, by file name.

    Without the file: nothing. An entry or field that is none is left out with a warning in the log; a file that cannot
    be read raises OSError or ValueError, for the caller to report beside the documents.
    """
    path = folder / "sources.toml"
    try:
        entries = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    provenance: dict[str, dict[str, object]] = {}
    for name, entry in entries.items():
        if not isinstance(entry, dict):
            _log.warning('%s 里的“%s”不是 ["文件名"] 形式的一节，已略过。', path, name)
            continue
        if not (folder / name.split("/")[0]).exists():
            nearest = get_close_matches(name, sorted(path.name for path in folder.iterdir()), n=1)
            hint = f"是不是想写 {nearest[0]}？" if nearest else ""
            _log.warning("%s 里的“%s”在这个文件夹里没有，那一节没有用上。%s", path, name, hint)
        unknown = sorted(set(entry) - _KNOWN)
        if unknown:
            known = "、".join(sorted(_KNOWN))
            _log.warning("%s 里“%s”有不认识的字段 %s；可用的是 %s。", path, name, "、".join(unknown), known)
        provenance[name] = {key: value for key, value in entry.items() if key in _KNOWN}
    return provenance
