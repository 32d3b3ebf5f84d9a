"""Files on disk to documents: the one door through which text enters the system."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path

from corpus.archive import Member, Refused, is_archive, is_document, is_system, members
from corpus.breaks import with_breaks
from corpus.clean import clean
from corpus.document import SourceDocument, doc_id_of
from corpus.frames import PARTS, Beside, folders_of_pages, has_frames, is_page, read_saved_page
from corpus.header import header_of, header_of_collection
from corpus.outline import outline
from corpus.provenance import load_provenance
from corpus.raw import RawDocument, ReadError, Tell, silent
from corpus.read_html import decoded_page
from corpus.readers import FORMAT_NAMES, READERS, bytes_of, checked, read_bytes, refuse_empty
from corpus.sniff import sniffed_suffix
from corpus.traditional import is_traditional, simplified
from corpus.worker import WorkerError, shared_pool
from corpus.written import Written, header_as_written, raw_simplified, sections_as_written

Provenance = Mapping[str, object]  #: what is known about a file from elsewhere: an entry of sources.toml


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and what to do about it (Chinese)."""

    path: Path
    message: str
    damaged: bool = False  #: the file, cut short or broken, holds less than it should


def bundled_documents() -> Path:
    """The folder of the documents that come with the package."""
    return Path(__file__).resolve().parent / "documents"


# --- one file -------------------------------------------------------------------------------------------------------


def load_document(path: Path, doc_id: str | None = None, provenance: Provenance | None = None) -> SourceDocument:
    """The document in ``path``: cleaned, outlined, with its header data. Raises ReadError where there is no text.

    ``provenance``: what is known about the file from elsewhere (an entry of sources.toml); it wins over the text.
    """
    data = bytes_of(path)
    document = document_of(data, path.name, provenance)
    return replace(document, doc_id=doc_id or document.doc_id, source=_source(path))


def document_of(
    data: bytes,
    file_name: str,
    provenance: Provenance | None = None,
    tell: Tell = silent,
    beside: Beside | None = None,
) -> SourceDocument:
    """The document in the bytes of a file. Raises ReadError where there is no text.

    ``beside``: what stands at paths relative to the file, for pages that are made of frames.
    """
    fingerprint = hashlib.sha256(data)
    if beside is not None and is_page(file_name) and has_frames(data):
        raw = checked(read_saved_page(data, file_name, beside))
        fingerprint.update("\n".join(line.text for line in raw.lines).encode("utf-8", "replace"))
    else:
        raw = read_bytes(data, file_name, tell)
    written = Written(raw) if is_traditional("\n".join(line.text for line in raw.lines)) else None
    if written is not None:
        raw = _page_simplified(data, file_name, raw) if is_page(file_name) else raw_simplified(raw)
    raw = with_breaks(raw)
    text = clean(raw)
    if not text.text:  # nothing but page numbers and the like
        raise ReadError(f"“{file_name}”里没有找到正文；请打开文件确认它有文字内容。")
    sections, warnings = outline(text)
    header = header_of(raw, "\n".join(p.text for p in text.paragraphs if p.kind != "toc"), provenance)
    titles = [section.title for section in sections if section.is_part and not section.label]
    body, line_starts, left_out = text.text, text.line_starts, text.left_out
    if written is not None:
        read, body, left_out = body, written.text(text), written.left_out(left_out)
        header, sections = header_as_written(header, read, body), sections_as_written(sections, read, body)
    return SourceDocument(
        doc_id=doc_id_of(file_name, ()),
        file_name=file_name,
        fingerprint=fingerprint.hexdigest(),
        header=header_of_collection(header, titles),
        text=body,
        sections=sections,
        line_starts=line_starts,
        left_out=left_out,
        warnings=(*raw.warnings, *warnings),
        doubts=_doubts(raw, line_starts, len(body)),
    )


def _page_simplified(data: bytes, file_name: str, raw: RawDocument) -> RawDocument:
    """A page of Traditional characters read again in Simplified ones: which of it is main text is told by words, too."""
    text, _ = decoded_page(data, file_name)
    return replace(read_bytes(simplified(text).encode(), file_name), warnings=raw.warnings)


#: Text with a character that recognition is less sure of is marked on the citations that show it. Characters that
#: are read rightly mostly have more than 0.99.
DOUBTFUL = 0.9


def _doubts(
    raw: RawDocument, line_starts: Sequence[tuple[int, int, int | None]], length: int
) -> tuple[tuple[int, int, float], ...]:
    """The stretches of the text that a picture shows badly: (start, end, confidence)."""
    unsure = {line.line: line.confidence for line in raw.lines if (line.confidence or 1.0) < DOUBTFUL}
    if not unsure:
        return ()
    ends = [start for start, _, _ in line_starts[1:]] + [length]
    return tuple(
        (start, end, round(unsure[line] or 0.0, 3))
        for (start, line, _), end in zip(line_starts, ends, strict=True)
        if line in unsure and start < end
    )


@dataclass(frozen=True, slots=True)
class _Job:
    """A file to read, and what is known of it and of the files inside it, by name."""

    path: str
    provenance: Mapping[str, Provenance]


@dataclass(slots=True)
class _Read:
    """What a file held: one document, or those of an archive; pickled by the worker."""

    documents: list[SourceDocument] = field(default_factory=list)
    failures: list[tuple[str, str]] = field(default_factory=list)  #: name, message
    damaged: bool = False  #: an archive that is not whole


def read_job(job: _Job, tell: Tell) -> _Read:
    """Read one file; what a worker does. Raises ReadError when the file itself cannot be read."""
    path = Path(job.path)
    data = bytes_of(path)
    key = _key(_with_parts(hashlib.sha256(data).hexdigest(), path), job.provenance)
    found = _Read()
    if not _is_packed(data, path):
        known = job.provenance.get(path.name)
        found.documents.append(document_of(data, path.name, known, _named(path.name, tell), _files_beside(path)))
    inside, refused = _inside(data, path)
    found.damaged = any(one.damaged for one in refused)
    found.failures += [(f"{path.name}/{one.name}".rstrip("/"), one.message) for one in refused]
    parts = _parts_of_pages([member.name for member in inside])
    held = {member.name: member.data for member in inside}
    for member in inside:
        if member.name in parts or not is_document(member.name):
            continue
        name = f"{path.name}/{member.name}"
        try:
            known, beside = job.provenance.get(name), _members_beside(member.name, held)
            document = document_of(member.data, name, known, _named(name, tell), beside)
            found.documents.append(document)
        except Exception as error:
            found.failures.append((name, _message(name, error)))
    if not found.documents and not found.failures:
        raise ReadError(f"“{path.name}”里没有能读的文件；能读的是 {FORMAT_NAMES}；请检查里面的文件。")
    found.documents = [replace(document, source=_source(path), key=key) for document in found.documents]
    return found


def _is_packed(data: bytes, path: Path) -> bool:
    """Whether a file is an archive, with nothing in it but other files."""
    suffix = sniffed_suffix(data, path.suffix.lower())
    return suffix not in READERS and (is_archive(path.name) or is_archive(suffix))


def _inside(data: bytes, path: Path) -> tuple[list[Member], list[Refused]]:
    """The files in an archive or attached to a mail, and those that are refused."""
    if _is_packed(data, path):
        return members(data, path.name)
    if path.suffix.lower() != ".eml":
        return [], []
    from corpus.read_mail import attachments

    inside: list[Member] = []
    refused: list[Refused] = []
    for one in attachments(data):
        if not is_archive(one.name):
            inside.append(one)
            continue
        unpacked, bad = members(one.data, one.name)
        inside += [replace(member, name=f"{one.name}/{member.name}") for member in unpacked]
        refused += [replace(member, name=f"{one.name}/{member.name}".rstrip("/")) for member in bad]
    return inside, refused


def inside_job(path: str, _: Tell) -> frozenset[str]:
    """The fingerprints of the files in an archive or attached to a mail; what a worker does."""
    inside, _refused = _inside(bytes_of(Path(path)), Path(path))
    return frozenset(hashlib.sha256(member.data).hexdigest() for member in inside)


def _named(name: str, tell: Tell) -> Tell:
    """``tell`` with the name of the file in what it tells: several are read at the same time."""
    return lambda stage, done, total: tell(f"{stage}：{name}", done, total)


def _files_beside(page: Path) -> Beside:
    """The files that were saved with a page; nothing outside its folder."""
    folder = page.parent.resolve()

    def beside(path: str) -> bytes | None:
        found = folder.joinpath(path)
        with suppress(OSError, ValueError, ReadError):
            if found.resolve().is_relative_to(folder):
                return bytes_of(found)
        return None

    return beside


def _members_beside(page: str, held: Mapping[str, bytes]) -> Beside:
    folder = page.rpartition("/")[0]
    return lambda path: held.get(f"{folder}/{path}" if folder else path)


def _parts_of_pages(names: Sequence[str]) -> set[str]:
    """The files of an archive that are parts of a saved page."""
    inside: dict[str, set[str]] = {}  # folder -> names in it
    for name in names:
        steps = name.split("/")
        for depth in range(len(steps)):
            inside.setdefault("/".join(steps[:depth]), set()).add(steps[depth])
    of_pages = {folder: folders_of_pages(list(there)) for folder, there in inside.items()}
    return {
        name
        for name in names
        for steps in [name.split("/")]
        if any(steps[depth] in of_pages["/".join(steps[:depth])] for depth in range(len(steps) - 1))
    }


def _message(name: str, error: Exception) -> str:
    if isinstance(error, ReadError):
        return str(error)
    if isinstance(error, WorkerError):
        return f"“{name}”：{error}；已跳过。请检查该文件，或拆小、另存后再试。"
    if isinstance(error, RecursionError):
        return f"“{name}”里的内容一层套一层，太深，没有读；请用生成它的程序打开后另存，或转成 PDF 再试。"
    return f"读取“{name}”时出错（{type(error).__name__}: {error}）；已跳过，请检查该文件。"


# --- many files -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Scan:
    """What stands in files and folders, beside what is known of them already. All but ``failures`` in order."""

    paths: list[Path] = field(default_factory=list)  #: all files
    unread: list[Path] = field(default_factory=list)  #: new ones, and those whose content or provenance changed
    unchanged: list[str] = field(default_factory=list)  #: sources of known documents that stay as they are
    moved: dict[str, Path] = field(default_factory=dict)  #: known source -> where the same content stands now
    gone: list[str] = field(default_factory=list)  #: known sources below the folders that are there no more
    repeated: list[Path] = field(default_factory=list)  #: files with the same content as another one
    failures: list[Failure] = field(default_factory=list)
    provenance: dict[Path, Mapping[str, Provenance]] = field(default_factory=dict)  #: of each folder


def scan(sources: Iterable[Path], known: Mapping[str, str] | None = None, *, exactly: bool = False) -> Scan:
    """The files in ``sources`` and what has become of them. ``known``: source -> key of documents read before.
    ``exactly``: nothing beyond ``sources`` counts, so a document read elsewhere has moved here, also when it is still
    there.

    Content decides, not names or times: a file is unchanged when its bytes and what sources.toml says of it are.
    """
    sources = [Path(source) for source in sources]
    known = known or {}
    found = Scan(paths=document_paths(sources))
    keys: dict[Path, str] = {}  # of all files, before what has become of one is decided by another
    holding: dict[tuple[str, str], Path] = {}  # content -> the file that stands for it
    for path in found.paths:
        if path.parent not in found.provenance:
            found.provenance[path.parent] = {}
            try:
                found.provenance[path.parent] = load_provenance(path.parent)
            except Exception as error:  # a broken sources.toml must not hide the documents
                message = f"sources.toml 读不出来（{error}）；请检查格式。"
                found.failures.append(Failure(path.parent / "sources.toml", message))
        with suppress(OSError):  # reading it says what is wrong
            digest = _digest(path)
            key = _key(_with_parts(digest, path), _job(path, found.provenance[path.parent]).provenance)
            keys[path] = key
            # Under another suffix the same bytes may be read by another reader; an empty file is told each time.
            if digest != _EMPTY and ((key, path.suffix.lower()) not in holding or known.get(_source(path)) == key):
                holding[key, path.suffix.lower()] = path
    here = {_source(path): keys.get(path) for path in found.paths}

    def has_left(source: str) -> bool:
        """Whether the content that a known document was read from is no more where it was."""
        if source in here:
            return here[source] not in (None, known[source])
        return exactly or not os.path.exists(source)

    holders: dict[str, list[str]] = {}
    for source, key in known.items():
        holders.setdefault(key, []).append(source)
    for path in found.paths:
        source, key = _source(path), keys.get(path, "")
        if key and known.get(source) == key and holding.get((key, path.suffix.lower()), path) == path:
            found.unchanged.append(source)
        elif holding.get((key, path.suffix.lower()), path) != path:
            found.repeated.append(path)
        elif earlier := [other for other in holders.get(key, ()) if other not in found.moved]:
            left = next((other for other in earlier if has_left(other)), None)
            if left is not None:
                found.moved[left] = path
            else:
                found.repeated.append(path)
        else:
            found.unread.append(path)
    folders = tuple(os.path.join(_source(source), "") for source in sources if source.is_dir())
    closed = tuple(os.path.join(_source(path), "") for path in found.paths if path.is_dir())  # who knows what is there
    staying = {*found.unchanged, *found.moved, *map(_source, found.unread)}
    found.gone += [
        source
        for source in known
        if source not in staying
        if source in here or (source.startswith(folders) and not source.startswith(closed))
    ]
    return found


def read_all(found: Scan, tell: Tell = silent) -> Iterator[tuple[Path, list[SourceDocument], list[Failure]]]:
    """The documents of each unread file, in order, and what in it could not be read. Nothing stops the rest."""
    jobs = [_job(path, found.provenance.get(path.parent, {})) for path in found.unread]
    for done, (path, (read, error)) in enumerate(
        zip(found.unread, shared_pool().map(_READ_JOB, jobs, tell), strict=True)
    ):
        tell("读取文件", done, len(jobs))
        if error is not None:
            yield path, [], [Failure(path, _message(path.name, error))]
        else:
            failures = [Failure(path.parent / name, message, read.damaged) for name, message in read.failures]
            yield path, read.documents, failures
    if jobs:
        tell("读取文件", len(jobs), len(jobs))


_READ_JOB, _INSIDE_JOB = "corpus.load:read_job", "corpus.load:inside_job"


def read_for_copies(found: Scan, leaving: Collection[str]) -> None:
    """Have the unchanged archives and mails read again that hold one of the documents that are ``leaving``, by their
    fingerprints: as a copy of these their own was left out."""
    unchanged = set(found.unchanged)
    packed = [path for path in found.paths if is_archive(path.name) or path.suffix.lower() == ".eml"]
    packed = [path for path in packed if leaving and _source(path) in unchanged]
    outcomes = shared_pool().map(_INSIDE_JOB, [str(path) for path in packed])
    again = {path for path, (held, _) in zip(packed, outcomes, strict=True) if held and not held.isdisjoint(leaving)}
    unread = {*found.unread, *again}
    found.unread = [path for path in found.paths if path in unread]
    found.unchanged = [source for source in found.unchanged if source not in set(map(_source, again))]


def _job(path: Path, provenance: Mapping[str, Provenance]) -> _Job:
    own = {n: entry for n, entry in provenance.items() if n == path.name or n.startswith(path.name + "/")}
    return _Job(str(path), own)


def refusal(path: Path) -> Failure | None:
    """Why a file will not be read, as far as that shows without reading its text: it is empty or may not be opened."""
    try:
        refuse_empty(bytes_of(path), path.name)
    except ReadError as error:
        return Failure(path, str(error))
    return None


def load_documents(sources: Iterable[Path]) -> tuple[list[SourceDocument], list[Failure]]:
    """The documents of all files and folders in ``sources``, and the files that could not be read.

    One bad file never stops the rest. A ``sources.toml`` beside a file gives its header data.
    """
    found = scan(sources)
    documents: list[SourceDocument] = []
    failures = found.failures
    for _, read, failed in read_all(found):
        documents += read
        failures += failed
    return with_ids(documents, ()), failures


def with_ids(documents: Iterable[SourceDocument], taken: Collection[str]) -> list[SourceDocument]:
    """The documents, the same bytes once, under ids that neither they nor ``taken`` hold twice."""
    kept: list[SourceDocument] = []
    ids, seen = set(taken), set[str]()
    for document in documents:
        if document.fingerprint in seen:
            continue
        seen.add(document.fingerprint)
        if document.doc_id in ids:
            document = replace(document, doc_id=doc_id_of(document.file_name, ids, document.fingerprint))
        ids.add(document.doc_id)
        kept.append(document)
    return kept


_EMPTY = hashlib.sha256().hexdigest()


def _source(path: Path) -> str:
    return str(path.absolute())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _with_parts(digest: str, path: Path) -> str:
    """The digest of a file, with those of the pages that a browser saved as its frames."""
    folders = [path.with_name(path.stem + ending) for ending in PARTS] if is_page(path.name) else []
    parts = sorted(part for folder in folders if folder.is_dir() for part in folder.iterdir() if is_page(part.name))
    return hashlib.sha256("\n".join([digest, *map(_digest, parts)]).encode()).hexdigest() if parts else digest


def _key(digest: str, provenance: Mapping[str, Provenance]) -> str:
    """What a file's documents depend on: its bytes, what is known of it, and the code that reads it."""
    known = json.dumps(provenance, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(f"{digest}\n{known}\n{_code()}".encode()).hexdigest()


@cache
def _code() -> str:
    """A fingerprint of this package's code and data: what was read by other code is read anew."""
    here = Path(__file__).resolve().parent
    digest = hashlib.sha256()
    for path in sorted([*here.glob("*.py"), *here.joinpath("data").glob("*")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


# --- paths ----------------------------------------------------------------------------------------------------------


def document_paths(sources: Iterable[Path]) -> list[Path]:
    """The files in ``sources``; folders recursively: documents by their suffix, sorted, hidden ones skipped.

    What a browser saved with a page is a part of that page. A folder that cannot be opened is in the list itself.
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
        unique.setdefault(Path(os.path.realpath(path)), path)  # resolve() raises for a link to itself
    return list(unique.values())


def passed_over(sources: Iterable[Path]) -> list[Path]:
    """The files in the folders of ``sources`` that no reader takes; not hidden ones and those that a program keeps."""
    paths = [path for source in sources if source.is_dir() for path in _files_below(source, set(), _is_other)]
    return [path for path in dict.fromkeys(paths) if path.is_file()]


def _is_other(name: str) -> bool:
    return not is_document(name) and name != "sources.toml"


def _files_below(folder: Path, seen: set[Path], wanted: Callable[[str], bool] = is_document) -> list[Path]:
    real = folder.resolve()
    if real in seen:  # a link that leads back up
        return []
    seen.add(real)
    try:
        entries = sorted(folder.iterdir())
    except OSError:
        return [folder]  # reading it says what is wrong
    of_pages = folders_of_pages([entry.name for entry in entries])
    found: list[Path] = []
    for entry in entries:
        if is_system(entry.name):
            continue
        if entry.is_dir():
            if entry.name not in of_pages:
                found.extend(_files_below(entry, seen, wanted))
        elif wanted(entry.name) and (entry.is_file() or entry.is_symlink()):  # also a link that leads nowhere
            found.append(entry)
    return found
