"""Files on disk to documents: the one door through which text enters the system."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.clean import clean
from corpus.document import SourceDocument
from corpus.header import header_of, load_provenance
from corpus.outline import outline
from corpus.raw import ReadError
from corpus.readers import READERS, read_file


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do about it (Chinese)."""

    path: Path
    message: str


def bundled_documents() -> Path:
    """The folder of the documents that come with the package."""
    return Path(__file__).resolve().parent / "documents"


def load_document(
    path: Path, doc_id: str | None = None, provenance: Mapping[str, object] | None = None
) -> SourceDocument:
    """The document in ``path``: cleaned, outlined, with its header data. Raises ReadError where there is no text.

    ``provenance``: what is known about the file from elsewhere (an entry of sources.toml); it wins over the text.
    """
    raw = read_file(path)
    text = clean(raw)
    sections, warnings = outline(text)
    return SourceDocument(
        doc_id=doc_id or doc_id_of(path.name, ()),
        file_name=path.name,
        fingerprint=hashlib.sha256(path.read_bytes()).hexdigest(),
        header=header_of(raw, text.text, provenance),
        text=text.text,
        sections=sections,
        line_starts=text.line_starts,
        left_out=text.left_out,
        warnings=(*raw.warnings, *warnings),
    )


def load_documents(sources: Iterable[Path]) -> tuple[list[SourceDocument], list[Failure]]:
    """The documents of all files and folders in ``sources``, and the files that could not be read.

    One bad file never stops the rest. A ``sources.toml`` beside a file gives its header data.
    """
    documents: list[SourceDocument] = []
    failures: list[Failure] = []
    provenances: dict[Path, Mapping[str, Mapping[str, object]]] = {}
    taken: set[str] = set()
    for path in document_paths(sources):
        folder = path.parent
        if folder not in provenances:
            provenances[folder] = {}
            try:
                provenances[folder] = load_provenance(folder)
            except Exception as error:  # a broken sources.toml must not hide the documents
                failures.append(Failure(folder / "sources.toml", f"sources.toml 读不出来（{error}）；请检查格式。"))
        try:
            document = load_document(path, doc_id_of(path.name, ()), provenances[folder].get(path.name))
        except ReadError as error:
            failures.append(Failure(path, str(error)))
            continue
        except Exception as error:  # whatever a file holds, the others are still read
            failures.append(
                Failure(path, f"读取“{path.name}”时出错（{type(error).__name__}: {error}）；已跳过，请检查该文件。")
            )
            continue
        if any(document.fingerprint == other.fingerprint for other in documents):
            continue
        if document.doc_id in taken:
            document = replace(document, doc_id=doc_id_of(path.name, taken, document.fingerprint))
        taken.add(document.doc_id)
        documents.append(document)
    return documents, failures


#: Formats of documents that are not read yet. In a folder they are named as not read; pictures and the like are not.
_OTHER_FORMATS = frozenset(".pdf .ofd .epub .mht .mhtml .eml .zip .rar .7z .xlsb .pptm".split())


def document_paths(sources: Iterable[Path]) -> list[Path]:
    """The files in ``sources``; folders recursively: documents by their suffix, sorted, hidden ones skipped.

    A file named directly is always in the list, whatever its suffix, so that reading it can say what is wrong.
    """
    found: dict[Path, None] = {}
    for source in sources:
        source = Path(source)
        paths = sorted(_files_below(source, set())) if source.is_dir() else [source]
        for path in paths:
            found.setdefault(path, None)
    unique: dict[Path, Path] = {}
    for path in found:
        unique.setdefault(path.resolve(), path)
    return list(unique.values())


def _files_below(folder: Path, seen: set[Path]) -> list[Path]:
    real = folder.resolve()
    if real in seen:  # a link that leads back up
        return []
    seen.add(real)
    found: list[Path] = []
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return []
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            found.extend(_files_below(entry, seen))
        elif entry.is_file() and entry.suffix.lower() in (READERS.keys() | _OTHER_FORMATS):
            found.append(entry)
    return found


def doc_id_of(file_name: str, taken: Collection[str], salt: str = "") -> str:
    """A short name for a file: its stem with Han characters, letters, digits, _ and -; a hash suffix only if taken."""
    stem = re.sub(r"\.[A-Za-z]\w{0,8}$", "", file_name)
    slug = re.sub(r"[^\w-]+", "-", stem).strip("-")[:80] or "document"
    if slug not in taken:
        return slug
    digest = hashlib.sha256((file_name + salt).encode()).hexdigest()
    return next(f"{slug}-{digest[:n]}" for n in range(6, 65) if f"{slug}-{digest[:n]}" not in taken)
