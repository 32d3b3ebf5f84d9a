"""The XML of Office documents: parts of a package, the one namespace of Word, values of small elements."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.raw import ReadError
from corpus.sniff import part

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
# “Strict” documents name the same elements by other addresses.
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", _RELATIONSHIP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


@dataclass(frozen=True)
class Package:
    """A checked package with the way from part to part."""

    archive: zipfile.ZipFile
    file_name: str
    _names: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, archive: zipfile.ZipFile, file_name: str) -> Package:
        # Some writers put parts under other letter case or with backslashes.
        names = {name.replace("\\", "/").lstrip("/").lower(): name for name in archive.namelist()}
        return cls(archive, file_name, names)

    def root(self, name: str) -> Any:
        """The root element of a part; None when there is no such part. Raises ReadError when it is broken."""
        from lxml import etree

        real = self._names.get(name.lower())
        if real is None:
            return None
        source = part(self.archive, real, self.file_name)
        for strict, usual in _STRICT:
            source = source.replace(strict, usual)
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True)
        try:
            root = etree.fromstring(source, parser)
        except etree.XMLSyntaxError:
            root = None
        if root is None:
            raise ReadError(f"“{self.file_name}”已损坏（{name} 读不出来）；请用 Word/WPS 打开后另存再试。")
        return root

    def targets(self, name: str) -> dict[str, tuple[str, str]]:
        """Where a part points inside the package: relationship id -> (last word of its type, name of the target)."""
        folder, base = posixpath.split(name)
        root = self.root(f"{folder}/_rels/{base}.rels".lstrip("/"))
        found: dict[str, tuple[str, str]] = {}
        for node in root if root is not None else ():
            if node.get("TargetMode") == "External" or not isinstance(node.tag, str):
                continue
            target = node.get("Target", "").replace("\\", "/")
            target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            found[node.get("Id", "")] = (node.get("Type", "").rsplit("/", 1)[-1], posixpath.normpath(target))
        return found


def related(node: Any) -> str:
    """The relationship id that an element names, "" for none."""
    return str(node.get(_RELATIONSHIP + "id") or "")


def value(node: Any, name: str) -> str | None:
    """w:val of a child element of ``node``; None where there is no such child."""
    child = node.find(W + name) if node is not None else None
    return None if child is None else child.get(W + "val")


def switch(node: Any, name: str) -> bool | None:
    """Whether a property (w:b, w:vanish …) is on; None where nothing is said."""
    child = node.find(W + name) if node is not None else None
    return None if child is None else child.get(W + "val", "1") not in ("0", "false", "off", "none")


def number_in(text: str | None, otherwise: int) -> int:
    """The whole number that an attribute holds."""
    try:
        return int(text) if text is not None else otherwise
    except ValueError:
        return otherwise
