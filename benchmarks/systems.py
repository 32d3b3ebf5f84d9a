"""Systems that find passages for a question, all with the same embedder, each measured in a process of its own.

policyqa, the chain of LangChain's tutorial and LlamaIndex's default pipeline get the same documents: the two others
are given the text that policyqa has read, so that reading and cleaning costs them nothing.
"""

from __future__ import annotations

import importlib.util
import json
import multiprocessing
import statistics
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from corpus.sentences import sentence_spans  # noqa: E402
from index.passage import Chunk, Passage  # noqa: E402
from qa import measures  # noqa: E402
from qa.answer import Answer, Citation  # noqa: E402
from qa.evaluation import Ask, Case  # noqa: E402
from qa.run_report import evaluate  # noqa: E402

Find = Callable[[str, int], list[Passage]]  #: the best passages for a question, best first

#: Name of a system: what people read, and the module that it needs beside policyqa's own.
SYSTEMS: dict[str, tuple[str, tuple[str, ...]]] = {
    "policyqa": ("policyqa", ()),
    "langchain": ("LangChain 500/50", ("langchain_text_splitters", "langchain_community")),
    "llamaindex": ("LlamaIndex 默认", ("llama_index.core",)),
    "llamaindex-512": ("LlamaIndex 512", ("llama_index.core",)),
}
#: Ways of answering without a language model.
EXTRACT, PASSAGE, SENTENCE, SENTENCES = "摘录（默认）", "最近的一段", "最近的一句", "最近的三句"
#: How many passages the tutorial chain hands on.
TOP = 4
DEPTHS = (1, 3, 5, 10)


def missing(system: str) -> str | None:
    """What to install for a system (Chinese); None where all is there."""
    lacking = [name for name in SYSTEMS[system][1] if not _there(name)]
    if not lacking:
        return None
    return f"缺少 {'、'.join(lacking)}，跳过 {SYSTEMS[system][0]}；请先运行 pip install 'policyqa[bench]'。"


def _there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except ModuleNotFoundError:  # of a package around it
        return False


# --- the embedder -----------------------------------------------------------------------------------------------


def open_named_embedder(name: str) -> Any:
    """The embedder "builtin" (policyqa's own model), or "hash" (counts characters; needs no model, means little)."""
    if name == "hash":
        return CountingEmbedder()
    from index.embedder import open_embedder

    return open_embedder()


class CountingEmbedder:
    """Embedder without a model: counts characters and pairs of them in hashed slots, as wide as the built-in one.

    Texts that share words are near, meaning it knows none: for the time and memory of large corpora, not for quality.
    """

    name = "hash"
    dimension = 384
    fingerprint = "counting-1"

    def embed_documents(self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None) -> np.ndarray:
        """See Embedder."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            vectors[row] = self.embed_query(text)
            if progress is not None and row % 256 == 255:
                progress(row + 1, len(texts))
        return vectors

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """See Embedder."""
        return self.embed_documents(texts)

    def embed_query(self, text: str) -> np.ndarray:
        """See Embedder."""
        codes = _codes(text)
        slots = np.concatenate([_slots(codes), _slots(codes[:-1] * np.uint64(65_599) + codes[1:])])
        counted = np.bincount(slots, minlength=self.dimension).astype(np.float32)
        norm = float(np.linalg.norm(counted))
        return counted / norm if norm else counted

    def embed_sentences(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        """See Embedder."""
        return self.embed_documents(texts, progress), [self.embed_tokens(text)[1] for text in texts]

    def embed_tokens(self, text: str) -> tuple[list[str], np.ndarray]:
        """See Embedder."""
        characters = "".join(text.lower().split()) or " "
        return list(characters), np.eye(self.dimension, dtype=np.float32)[_slots(_codes(characters, whole=True))]


def _codes(text: str, *, whole: bool = False) -> np.ndarray:
    kept = text if whole else "".join(text.lower().split())
    return np.frombuffer(kept.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)


def _slots(codes: np.ndarray) -> np.ndarray:
    # The high bits of a product with an odd constant are well mixed.
    mixed = (codes * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(40)
    return (mixed % np.uint64(CountingEmbedder.dimension)).astype(np.int64)


# --- the systems ------------------------------------------------------------------------------------------------


def langchain_chain(texts: Mapping[str, str], embedder: Any) -> Find:
    """The chain of LangChain's tutorial: recursive splitter 500/50, FAISS in memory."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of langchain-community as a whole
        from langchain_community.vectorstores import FAISS
    from langchain_core.documents import Document
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    from index.embedder import as_langchain

    splitter = RecursiveCharacterTextSplitter(chunk_size=500, chunk_overlap=50, add_start_index=True)
    documents = [Document(text, metadata={"source": doc_id}) for doc_id, text in texts.items()]
    store = FAISS.from_documents(splitter.split_documents(documents), as_langchain(embedder))

    def find(question: str, k: int) -> list[Passage]:
        return [
            _passage(found.metadata["source"], found.page_content, found.metadata["start_index"], -distance)
            for found, distance in store.similarity_search_with_score(question, k)
        ]

    return find


def llamaindex_pipeline(texts: Mapping[str, str], embedder: Any, chunk_size: int | None = None) -> Find:
    """LlamaIndex's default pipeline: SentenceSplitter, vectors in memory. ``chunk_size`` in tokens, None for its own."""
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    class Embedding(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            vector: list[float] = embedder.embed_query(query).tolist()
            return vector

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed_documents(texts).tolist()
            return vectors

    splitter = SentenceSplitter() if chunk_size is None else SentenceSplitter(chunk_size=chunk_size)
    index = VectorStoreIndex.from_documents(
        [Document(text=text, id_=doc_id) for doc_id, text in texts.items()],
        transformations=[splitter],
        embed_model=Embedding(model_name=embedder.name),
    )

    def find(question: str, k: int) -> list[Passage]:
        return [
            _passage(found.node.ref_doc_id or "", found.text, found.node.start_char_idx or 0, found.score or 0.0)
            for found in index.as_retriever(similarity_top_k=k).retrieve(question)
        ]

    return find


def _passage(doc_id: str, text: str, start: int, score: float) -> Passage:
    """A passage of another system, which knows no sections."""
    chunk = Chunk("", doc_id, -1, (), "body", start, start + len(text), None, text, ())
    return Passage(chunk, doc_id, score)


PEERS: dict[str, Callable[[Mapping[str, str], Any], Find]] = {
    "langchain": langchain_chain,
    "llamaindex": llamaindex_pipeline,
    "llamaindex-512": lambda texts, embedder: llamaindex_pipeline(texts, embedder, chunk_size=512),
}


# --- answers without a model ------------------------------------------------------------------------------------


def passage_answer(find: Find) -> Ask:
    """Answers with the nearest passage as it is."""

    def ask(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        passages = find(joined(question, history), TOP)
        return _quoting(question, passages, [(p.doc_id, p.text, p.start) for p in passages[:1]])

    return ask


def sentence_answer(find: Find, embedder: Any, count: int) -> Ask:
    """Answers with the ``count`` sentences of the first passages that are nearest to the question, nearest first."""
    vectors: dict[str, np.ndarray] = {}  # a sentence is embedded once

    def ask(question: str, history: Sequence[tuple[str, str]]) -> Answer:
        asked = joined(question, history)
        passages = find(asked, TOP)
        sentences: dict[str, tuple[str, str, int]] = {}  # by text: passages overlap
        for passage in passages:
            for start, end in sentence_spans(passage.text):
                text = passage.text[start:end]
                sentences.setdefault(text, (passage.doc_id, text, passage.start + start))
        fresh = [text for text in sentences if text not in vectors]
        vectors.update(zip(fresh, embedder.embed_documents(fresh), strict=True))
        about = embedder.embed_query(asked)
        nearest = sorted(sentences, key=lambda text: float(-(vectors[text] @ about)))[:count]
        return _quoting(question, passages, [sentences[text] for text in nearest])

    return ask


def _quoting(question: str, passages: Sequence[Passage], quotes: Sequence[tuple[str, str, int]]) -> Answer:
    """An answer that says its quotes, each with its mark; none of these systems refuses."""
    citations = tuple(
        Citation(marker, doc_id, doc_id, None, (), text, start, start + len(text))
        for marker, (doc_id, text, start) in enumerate(quotes, 1)
    )
    text = "".join(f"{c.quote}[{c.marker}]" for c in citations)
    return Answer(question, text, citations=citations, passages=tuple(passages))


def joined(question: str, history: Sequence[tuple[str, str]]) -> str:
    """A question after the one it follows up on: what is searched where nothing rewrites it."""
    return " ".join([asked for asked, _ in history[-1:]] + [question])


# --- one system, measured ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Job:
    """What is measured in a process: a system over documents, asked sets of questions."""

    system: str
    embedder: str  #: "builtin" or "hash"
    paths: tuple[str, ...]  #: files and folders, for policyqa
    texts: str  #: file of the same documents as read, a JSON object a line, for the others
    sets: tuple[tuple[str, tuple[Case, ...]], ...]  #: name and questions
    scratch: str  #: an empty folder
    ways: tuple[str, ...] | None = None  #: ways of answering that are measured, None for all that the system has


@dataclass(frozen=True)
class Measured:
    """What came of it. Times in seconds, memory in MB (empty where the system does not tell)."""

    system: str
    embedder: str
    index_seconds: float
    index_cpu: float  #: seconds of all its threads; policyqa reads files in processes that are not counted
    stages: Mapping[str, float]  #: seconds of each stage of policyqa's indexing
    memory: Mapping[str, float]  #: "indexed", "resident" after all questions; "peak", "peak_own" while indexing
    find: Mapping[str, Mapping[str, float]]  #: by set: measures of the passages
    answers: Mapping[str, Mapping[str, Mapping[str, float | None]]]  #: by set and way of answering: table_of
    failures: tuple[str, ...] = field(default=())  #: files that policyqa could not read


def run(job: Job) -> Measured:
    """Measure in a new process, alone. Raises RuntimeError with what went wrong there."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        try:
            return pool.submit(_measured, job).result()
        except BrokenProcessPool as error:
            raise RuntimeError(f"{job.system}: 进程中途退出，多半是内存不够。") from error


def write_texts(texts: Mapping[str, str], path: Path) -> None:
    """Write documents down for the systems that do not read files themselves."""
    lines = (json.dumps([doc_id, text], ensure_ascii=False) for doc_id, text in texts.items())
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _read_texts(path: str) -> dict[str, str]:
    return dict(json.loads(line) for line in Path(path).read_text(encoding="utf-8").splitlines())


def _measured(job: Job) -> Measured:
    try:
        return _measure(job)
    except Exception as error:  # the exceptions of libraries do not all travel between processes
        raise RuntimeError(f"{job.system}: {''.join(traceback.format_exception(error))}") from None


def _measure(job: Job) -> Measured:
    embedder = open_named_embedder(job.embedder)
    embedder.embed_query("第一个问题")  # the model is loaded before the clock runs
    stages: dict[str, float] = {}
    failures: tuple[str, ...] = ()
    ways: dict[str, Ask]
    if job.system == "policyqa":
        from index.reader import open_reader
        from qa import PolicyQA

        reader = open_reader() if job.embedder == "builtin" else None
        trial = Path(job.scratch) / "trial.txt"
        trial.parent.mkdir(parents=True, exist_ok=True)
        trial.write_text("一、总则\n这是第一份文件。", encoding="utf-8")
        PolicyQA.open([trial], trial.parent / "trial", embedder=embedder).ask("第一份文件是什么？")  # imports
        with _watched() as peak, _staged(stages) as tell:
            began, cpu = time.perf_counter(), time.process_time()
            bot = PolicyQA.open(job.paths, trial.parent / "index", embedder=embedder, reader=reader, progress=tell)
            seconds, spent = time.perf_counter() - began, time.process_time() - cpu
        failures = tuple(str(failure.path) for failure in bot.failures)
        find: Find = bot.retrieve
        ways = {EXTRACT: bot.ask}
    else:
        texts = _read_texts(job.texts)
        PEERS[job.system]({"一": "第一份文件。"}, embedder)("第一份文件是什么？", 1)  # imports
        with _watched() as peak:
            began, cpu = time.perf_counter(), time.process_time()
            find = PEERS[job.system](texts, embedder)
            seconds, spent = time.perf_counter() - began, time.process_time() - cpu
        ways = {
            PASSAGE: passage_answer(find),
            SENTENCE: sentence_answer(find, embedder, 1),
            SENTENCES: sentence_answer(find, embedder, 3),
        }
    indexed = memory()
    find("第一个问题", 1)  # dictionaries and the like are loaded by the first question
    found = {name: _passages_table(find, cases) for name, cases in job.sets}
    resident = memory()
    answers: dict[str, dict[str, Mapping[str, float | None]]] = {}
    for name, cases in job.sets:
        answers[name] = {}
        for way, ask in ways.items():
            if job.ways is not None and way not in job.ways:
                continue
            for number in range(70):  # more than the vectors of questions that are remembered
                find(f"第{number}个问题", 1)
            answers[name][way] = evaluate(ask, cases).overall
    held = {"indexed": indexed.get("VmRSS"), "resident": resident.get("VmRSS"), **peak}
    kept = {key: value for key, value in held.items() if value is not None}
    return Measured(job.system, job.embedder, seconds, spent, stages, kept, found, answers, failures)


def _passages_table(find: Find, cases: Sequence[Case]) -> dict[str, float]:
    """Measures of the passages found for the questions that have evidence."""
    ranks, any_length, seconds, sizes = [], [], [], []
    for case in cases:
        if not (case.answerable and case.evidence):
            continue
        began = time.perf_counter()
        passages = [passage.text for passage in find(joined(case.question, case.history), max(DEPTHS))]
        seconds.append(time.perf_counter() - began)
        golds = [evidence.quote for evidence in case.evidence]
        ranks.append(measures.gold_ranks(passages, golds))
        any_length.append(any(_holds(passage, gold) for passage in passages[:5] for gold in golds))
        sizes.append(sum(len(passage) for passage in passages[:5]))
    if not ranks:
        return {"questions": 0.0}
    return {
        "questions": float(len(ranks)),
        **{f"any@{k}": statistics.fmean(measures.any_at(found, k) for found in ranks) for k in DEPTHS},
        **{f"all@{k}": statistics.fmean(measures.share_at(found, k) == 1.0 for found in ranks) for k in DEPTHS},
        "mrr@10": statistics.fmean(measures.reciprocal_rank(found) for found in ranks),
        "any@5 of any length": statistics.fmean(any_length),
        "characters@5": statistics.median(sizes),
        "p50": 1000 * measures.percentile(seconds, 50),
        "p95": 1000 * measures.percentile(seconds, 95),
    }


def _holds(passage: str, gold: str) -> bool:
    """``measures.holds_quote`` without its bound of length."""
    step = measures.LONGEST_PASSAGE // 2
    return any(
        measures.holds_quote(passage[start : start + 2 * step], gold)
        for start in range(0, max(1, len(passage) - step), step)
    )


# --- memory and stages ------------------------------------------------------------------------------------------


def memory() -> dict[str, float]:
    """VmRSS and RssAnon of this process in MB; empty where there is no /proc."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return {}
    fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return {name: int(fields[name].split()[0]) / 1024 for name in ("VmRSS", "RssAnon")}


@contextmanager
def _watched() -> Iterator[dict[str, float]]:
    """Fills what it gives with the peaks of memory meanwhile: "peak" resident, "peak_own" without mapped files."""
    peak: dict[str, float] = {}
    done = threading.Event()

    def look() -> None:
        now = memory()
        for key, name in (("peak", "VmRSS"), ("peak_own", "RssAnon")):
            if name in now:
                peak[key] = max(peak.get(key, 0.0), now[name])

    def watch() -> None:
        while not done.wait(0.05):
            look()

    look()
    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()
        look()


@contextmanager
def _staged(stages: dict[str, float]) -> Iterator[Callable[[str, int, int], None]]:
    """A progress function of ``PolicyQA.open`` that adds up the seconds of each stage in ``stages``.

    Time after a stage's last report belongs to the next one, which reports only once something of it is done.
    """
    last: list[tuple[str, bool, float]] = []  # stage, whether it was done, when

    def tell(stage: str, done: int, total: int) -> None:
        now = time.perf_counter()
        if last:
            before, finished, since = last.pop()
            spent_on = stage if finished else before
            stages[spent_on] = stages.get(spent_on, 0.0) + now - since
        last.append((stage, done >= total, now))

    try:
        yield tell
    finally:
        if last:
            tell(last[0][0], 1, 1)
