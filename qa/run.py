"""Runs of question sets in folders: every row is on disk when its question is done, and a run that broke off goes on."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from itertools import islice
from multiprocessing import get_context, parent_process
from pathlib import Path
from time import perf_counter
from typing import IO, TYPE_CHECKING, Any

from qa.answer import Citation
from qa.evaluation import Ask, Case, Row, Surroundings, failed, judge
from qa.feedback import program_version
from qa.measures import without_marks
from qa.question_sets import CaseError, Problem, count_cases, digest, read_cases

if TYPE_CHECKING:
    from qa.bot import PolicyQA
    from qa.settings import Settings

HEAD, ROWS, LABELS, JUDGEMENTS = "run.json", "rows.jsonl", "labels.jsonl", "judgements.jsonl"
#: What is made of the rows, beside them.
REPORTS = ("report.html", "report.json", "report.md", "rows.csv")
#: Told after each question: done, total.
Progress = Callable[[int, int], None]
#: Which question: name of its set, number in it from 1.
Key = tuple[str, int]

#: Settings that change no answer.
_NO_MATTER = frozenset(
    ("data_dir", "cache_dir", "host", "port", "llm_timeout", "llm_retries", "llm_requests_per_minute", "llm_cache")
)
#: What has to be the same when a run goes on, and how it is called.
_SAME: Mapping[str, str] = {
    "sets": "问题集",
    "limit": "题数（--limit）",
    "settings": "设置",
    "documents": "索引里的文件",
    "embedder": "向量模型",
    "reader": "阅读模型",
    "calibration": "校准",
    "program": "程序版本",
    "code": "程序",
    "prompts": "提示词",
}
#: Packages whose code answers depend on.
_PACKAGES = ("corpus", "index", "qa")
_AROUND = 140  #: characters kept before and after a citation


class RunError(ValueError):
    """A folder is no run, or another one. The message is Chinese and names the next step."""


class OtherRunError(RunError):
    """A run was made with something else. ``others``: with what, in Chinese."""

    def __init__(self, folder: Path, others: str) -> None:
        super().__init__(f"{folder} 里的评测用的是另外的{others}，不能接着做。请换一个文件夹重新运行。")
        self.others = others


class BusyRunError(RunError):
    """Another process, or another thread, is writing a run."""


# --- what a run was made with ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class QuestionSet:
    """A file of questions and the name under which its rows go."""

    path: Path
    name: str
    count: int


def question_sets(paths: Sequence[Path], limit: int | None = None) -> list[QuestionSet]:
    """The sets, all of them read once and found whole; ``limit``: the first questions of each only. Raises CaseError."""
    sets: list[QuestionSet] = []
    for path in paths:
        count = count_cases(path)
        name = path.stem
        if any(name == other.name for other in sets):
            raise CaseError(f"有两个问题集都叫 {name}。请给其中一个改名，报告里才分得清。")
        sets.append(QuestionSet(path, name, count if limit is None else min(limit, count)))
    return sets


def head_of(bot: PolicyQA, sets: Sequence[QuestionSet], limit: int | None = None) -> dict[str, Any]:
    """What a run is made with: sets, settings, and fingerprints of all that answers depend on."""
    entries = sorted((entry.doc_id, entry.fingerprint) for entry in bot.documents())
    return {
        "sets": [{"name": s.name, "sha256": digest(s.path), "questions": s.count} for s in sets],
        "limit": limit,
        "settings": told_settings(bot.settings),
        "documents": {"count": len(entries), "sha256": _sha256(entries)},
        "embedder": bot.embedder.fingerprint,
        "reader": bot.reader.fingerprint if bot.reader is not None else None,
        "calibration": _sha256(repr(bot.calibration)),
        "program": program_version(),
        **_program(),
    }


@cache
def _program() -> Mapping[str, str]:
    """Fingerprints of the program as it lies on disk: "code" with its data, and "prompts"."""
    above = Path(__file__).resolve().parents[1]
    code = [path for name in _PACKAGES for path in (*above.glob(f"{name}/*.py"), *above.glob(f"{name}/data/*"))]
    return {"code": _sha256_of(code), "prompts": _sha256_of(above.glob("prompts/*.toml"))}


def _sha256_of(files: Iterable[Path]) -> str:
    digest = sha256()
    for path in sorted(filter(Path.is_file, files)):
        digest.update(f"{path.parent.name}/{path.name}\0".encode() + sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def told_settings(settings: Settings) -> dict[str, Any]:
    """The settings that may change an answer, without secrets, as plain data."""
    kept = {
        name: value
        for name, value in settings.model_dump(mode="json").items()
        if name not in _NO_MATTER and not any(word in name for word in ("key", "secret", "password"))
    }
    return dict(sorted(kept.items()))


def _sha256(value: object) -> str:
    return sha256(json.dumps(value, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass")).hexdigest()


# --- a run on disk ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """A run on disk. Make one with :func:`open_run` or :func:`start`."""

    folder: Path
    head: Mapping[str, Any]

    @property
    def name(self) -> str:
        """The names of its question sets."""
        return "、".join(s["name"] for s in self.head["sets"])

    @property
    def total(self) -> int:
        """How many questions it has when it is whole."""
        return sum(s["questions"] for s in self.head["sets"])

    @property
    def whole(self) -> bool:
        """Whether every question was asked."""
        return bool(self.head.get("finished"))

    def rows(self) -> Iterator[Row]:
        """The rows, read one at a time; a line that was cut off when the run broke off is passed over."""
        for _, row in self.placed_rows():
            yield row

    def placed_rows(self) -> Iterator[tuple[int, Row]]:
        """The rows, each with where it begins in its file."""
        for place, line in _placed_lines(self.folder / ROWS):
            yield place, Row.from_json(line)

    def row_at(self, place: int) -> Row:
        """The row that begins there, read again."""
        with (self.folder / ROWS).open("rb") as file:
            file.seek(place)
            return Row.from_json(json.loads(file.readline()))


def open_run(folder: str | Path) -> Run:
    """The run in a folder. Raises RunError."""
    folder = Path(folder)
    try:
        head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
        return Run(folder, {**head, "sets": list(head["sets"])})
    except OSError as error:
        raise RunError(f"{folder} 里没有评测结果（{HEAD}）。请写 policyqa eval run --out 时给的文件夹。") from error
    except (ValueError, KeyError, TypeError) as error:
        raise RunError(f"{folder / HEAD} 坏了，读不出来。请重新运行这次评测。") from error


def start(folder: str | Path, head: Mapping[str, Any], *, resume: bool = False) -> tuple[Run, set[Key]]:
    """A new run in a folder, or with ``resume`` the one that broke off there, and the questions already done.

    What a crash left of a last line is cut off; questions that ended in an error are asked again. Raises RunError where
    the folder holds a run and ``resume`` is not given, where it was made with something else, or is being written, and
    where it is no run and holds files that a run would write over.
    """
    folder = Path(folder)
    if not (folder / HEAD).exists():
        must_be_free(folder)
        folder.mkdir(parents=True, exist_ok=True)
        new = {**head, "started": _now(), "finished": None}
        _write(folder / ROWS, "")
        _write(folder / HEAD, json.dumps(new, ensure_ascii=False, indent=1))
        return Run(folder, new), set()
    run = open_run(folder)
    if not resume:
        raise RunError(f"{folder} 里已经有一次评测。加 --resume 接着做，或换一个文件夹。")
    known = json.loads(json.dumps(dict(head)))
    # A run of an older version of the program does not know all of them.
    others = [words for name, words in _SAME.items() if name in run.head and run.head[name] != known.get(name)]
    if others:
        raise OtherRunError(folder, "、".join(others))
    kept, done = [], set[Key]()
    with alone(folder):  # who is writing it would go on writing into the file that is replaced here
        for line in lines(folder / ROWS):
            key = (line["set"], line["number"])
            if not line["error"] and key not in done:
                done.add(key)
                kept.append(key)
        _rewrite(folder / ROWS, kept)
    return run, done


def must_be_free(folder: Path) -> None:
    """Raises RunError where a folder holds files that a run would write over."""
    names = (HEAD, ROWS, LABELS, JUDGEMENTS, *REPORTS)
    there = [name for name in names if (folder / name).is_file() and (folder / name).stat().st_size]
    if there:
        lacks = "" if HEAD in there else f"，却没有 {HEAD}，不是一次完整的评测"
        raise RunError(f"{folder} 里已经有 {'、'.join(there)}{lacks}；没有动它们。请换一个文件夹，或先把这些文件移走。")


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a file of JSON that are whole; none where there is no file."""
    return (line for _, line in _placed_lines(path))


def _placed_lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        with path.open("rb") as file:
            place = 0
            for line in file:
                try:
                    data = json.loads(line.decode("utf-8", "replace"))
                except ValueError:
                    data = None
                if isinstance(data, dict):
                    yield place, data
                place += len(line)
    except FileNotFoundError:
        return


def _rewrite(path: Path, order: Sequence[Key]) -> None:
    """Puts the rows of a file into an order, and leaves out those that are not in it. The file is there whole at any
    moment; the rows are copied one at a time."""
    places: dict[Key, tuple[int, int]] = {}
    with path.open("rb") as source:
        at = 0
        for line in source:
            with suppress(ValueError, KeyError, TypeError):  # what a crash has left of a line
                data = json.loads(line)
                places[data["set"], data["number"]] = at, len(line)
            at += len(line)
        part = path.with_suffix(".part")
        with part.open("wb") as file:
            for key in order:
                source.seek(places[key][0])
                file.write(source.read(places[key][1]))
            file.flush()
            os.fsync(file.fileno())
    os.replace(part, path)


def _write(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def append(path: Path, data: Mapping[str, Any]) -> None:
    """Adds a line of JSON to a file; it is on disk when this returns."""
    with path.open("a+b") as file:
        _append(file, data)


def _append(file: IO[bytes], data: Mapping[str, Any]) -> None:
    file.write(json.dumps(data, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
    file.flush()
    os.fsync(file.fileno())


# --- asking ----------------------------------------------------------------------------------------------------------

#: Opens what answers, in the process that asks: how to ask, and what stands around a citation.
Opener = Callable[[], tuple[Ask, Surroundings | None]]


def asker(bot: PolicyQA) -> tuple[Ask, Surroundings]:
    """How a bot is asked, and where its citations stand."""

    def ask(question: str, history: Sequence[tuple[str, str]]) -> Any:
        return bot.ask(question, history)

    return ask, lambda citation: around(bot, citation)


def warmed(bot: PolicyQA) -> PolicyQA:
    """The bot with its models loaded: loading them is not the first question's time."""
    bot.retrieve("文件", k=1)
    return bot


def around(bot: PolicyQA, citation: Citation) -> tuple[str, str]:
    """The text before and after a citation in its document, within its section."""
    document = bot.document(citation.doc_id)
    section = document.section_at(citation.start)
    low, high = (section.start, section.end) if section is not None else (0, len(document.text))
    before = document.text[max(low, citation.start - _AROUND) : citation.start]
    return before, document.text[citation.end : max(citation.end, min(high, citation.end + _AROUND))]


def cores() -> int:
    """The processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def reopened(bot: PolicyQA, workers: int) -> Opener:
    """Opens the same index with the same settings in each of so many other processes."""
    return partial(_reopen, bot.index.data_dir, bot.settings, max(1, cores() // workers))


def _reopen(data_dir: Path, settings: Settings, threads: int) -> tuple[Ask, Surroundings]:
    from qa.bot import PolicyQA

    # Its share of the cores: threads of two processes on one core only wait for one another. What the user sets holds.
    os.environ.setdefault("POLICYQA_THREADS", str(threads))
    return asker(warmed(PolicyQA.open(data_dir=data_dir, settings=settings)))


def ask_all(
    run: Run,
    done: set[Key],
    sets: Sequence[QuestionSet],
    opened: Opener,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Run:
    """Asks every question of a run that is not done, one row on disk after the other, and gives the run when it is
    whole. ``workers``: processes that ask, each of which opens its own; 1 asks in this process. Cases and rows are
    held a few at a time. Raises RunError where another process writes this run, or where a worker dies."""
    return ask_cases(run, done, _cases(sets), opened, workers=workers, progress=progress)


def ask_cases(
    run: Run,
    done: set[Key],
    cases: Iterable[tuple[Key, Case]],
    opened: Opener,
    *,
    workers: int = 1,
    progress: Progress | None = None,
) -> Run:
    """The same of cases that need not lie in files; they are those that the head of the run names."""
    with alone(run.folder):
        finished = len(done)
        if progress is not None and finished:
            progress(finished, run.total)
        waiting = ((key, case) for key, case in cases if key not in done)
        with (run.folder / ROWS).open("ab") as file:
            for row in _asked(waiting, opened, workers):
                _append(file, row)
                finished += 1
                if progress is not None:
                    progress(finished, run.total)
        # Rows of several workers come as they are done: in the order of the questions two runs can be laid side by side.
        _rewrite(run.folder / ROWS, [(s["name"], n) for s in run.head["sets"] for n in range(1, s["questions"] + 1)])
        head = {**run.head, "finished": _now()}
        _write(run.folder / HEAD, json.dumps(head, ensure_ascii=False, indent=1))
        return Run(run.folder, head)


def _cases(sets: Sequence[QuestionSet]) -> Iterator[tuple[Key, Case]]:
    for s in sets:
        rows = (row for row in read_cases(s.path) if not isinstance(row, Problem))
        yield from (((s.name, number), case) for number, case in enumerate(islice(rows, s.count), 1))


def _asked(waiting: Iterable[tuple[Key, Case]], opened: Opener, workers: int) -> Iterator[dict[str, Any]]:
    if workers == 1:
        ask, surroundings = opened()
        for key, case in waiting:
            yield _row(ask, surroundings, key, case)
        return
    # Not forked: threads of the models do not live on in a fork.
    pool = ProcessPoolExecutor(workers, get_context("spawn"), initializer=_begin_work, initargs=(opened,))
    try:
        running: set[Future[dict[str, Any]]] = set()
        for key, case in waiting:
            running.add(pool.submit(_work, key, case))
            if len(running) >= 2 * workers:
                ended, running = wait(running, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in ended)
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            yield from (future.result() for future in ended)
    except RuntimeError as error:  # BrokenProcessPool
        raise RunError(
            "一个工作进程中途结束了（常见的是内存不够）。已有的结果都在；加 --resume 接着做，--workers 写小一些。"
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


_opened: tuple[Ask, Surroundings | None]  #: of a worker process


def _begin_work(opened: Opener) -> None:
    global _opened
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends its workers
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _opened = opened()


def _end_with_parent() -> None:
    """A parent that was killed ends nobody: without this its workers would wait for work forever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(key: Key, case: Case) -> dict[str, Any]:
    return _row(*_opened, key, case)


def _row(ask: Ask, surroundings: Surroundings | None, key: Key, case: Case) -> dict[str, Any]:
    started = perf_counter()
    try:
        answer = ask(case.question, case.history)
        row = judge(case, answer, perf_counter() - started, surroundings)
    except Exception as error:  # one question must not end a run of thousands
        row = failed(case, error, perf_counter() - started)
    return {**row.to_json(), "set": key[0], "number": key[1]}


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """As long as this is open nobody else writes the run in a folder. Raises BusyRunError where somebody does."""
    from filelock import FileLock, Timeout

    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise BusyRunError(f"另一个程序正在写 {folder}。等它做完，或换一个文件夹。") from None
    try:
        yield
    finally:
        lock.release()


# --- for other programs ----------------------------------------------------------------------------------------------


def export_ragas(run: Run, path: str | Path) -> int:
    """Writes the rows as RAGAS reads them (an EvaluationDataset of SingleTurnSample, JSON lines); gives how many. The
    contexts retrieved are the passages, those of reference the gold quotes. A follow-up stands behind what it follows:
    alone it cannot be judged."""
    count = 0
    with Path(path).open("w", encoding="utf-8") as file:
        for row in run.rows():
            sample = {
                "user_input": _with_history(row),
                "response": without_marks(row.text),
                "retrieved_contexts": [passage.text for passage in row.passages],
                "reference": row.reference,
                "reference_contexts": [gold.quote for gold in row.golds],
            }
            file.write(json.dumps(sample, ensure_ascii=False) + "\n")
            count += 1
    return count


def _with_history(row: Row) -> str:
    turns = "".join(f"问：{question}\n答：{without_marks(answer)}\n" for question, answer in row.history)
    return f"{turns}问：{row.question}" if turns else row.question
