"""The fitted weights and thresholds: read from the file that ``policyqa calibrate`` writes, or the package's."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qa.evidence import FEATURES
from qa.refusal import ABOUT_SIGNS, READ_SIGNS, SIGNS
from qa.verdict_signs import VERDICT_SIGNS, Weighing

if TYPE_CHECKING:
    from index.embedder import Embedder


class CalibrationMismatch(ValueError):
    """A calibration was fitted for other features or signs than the program has."""


@dataclass(frozen=True)
class About:
    """Where questions about these documents end and those meant for others begin."""

    weights: tuple[float, ...]  #: of ABOUT_SIGNS, and the constant
    threshold: float


@dataclass(frozen=True)
class Reading:
    """How much the reader's judgement counts, and the threshold with it."""

    reader: str  #: fingerprint of the reader
    rank: float  #: what its log odds count for in the score of a sentence
    weights: tuple[float, ...]  #: of READ_SIGNS, and the constant
    threshold: float
    about: About
    weighing: Weighing  #: how yes or no is said to a question, once it has found the clause that answers


@dataclass(frozen=True)
class Calibration:
    """Weights and thresholds that ``policyqa calibrate`` has fitted, and what they were fitted with."""

    sentence_weights: tuple[float, ...]
    answer_weights: tuple[float, ...]
    threshold: float
    fitted_with: Mapping[str, Any]
    reading: Reading | None = None  #: where they were fitted with a reader

    @classmethod
    def load(cls, path: Path | None = None) -> Calibration:
        """The calibration of a file, or the one that the package brings. Raises CalibrationMismatch."""
        source = path if path is not None else files("qa") / "data" / "calibration.json"
        data = json.loads(source.read_text(encoding="utf-8"))
        return cls(
            _in_order(data["sentence_weights"], FEATURES, "sentence_weights", source),
            _in_order(data["answer_weights"], (*SIGNS, "constant"), "answer_weights", source),
            float(data["threshold"]),
            data["fitted_with"],
            _reading(data["reading"], source) if data.get("reading") else None,
        )


def calibration_for(folders: Iterable[Path], embedder: Embedder) -> tuple[Calibration, tuple[str, ...]]:
    """The calibration that was fitted for an embedder in one of these folders, else the package's; and what the user should
    know of it (Chinese)."""
    warnings = []
    for folder in dict.fromkeys(folders):
        path = folder / "calibration.json"
        if not path.is_file():
            continue
        try:
            own = Calibration.load(path)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            warnings.append(f"{path} 不能用于这个版本，改用自带的；请用 policyqa calibrate 问题集.jsonl 重新校准。")
            continue
        if own.fitted_with.get("embedder") == embedder.fingerprint:
            return own, tuple(warnings)
    bundled = Calibration.load()
    if bundled.fitted_with.get("embedder") != embedder.fingerprint:
        warnings.append(
            f"拒答的界线不是用现在的向量模型“{embedder.name}”校准的，可能过严或过宽；"
            "请用带答案的问题集运行 policyqa calibrate 问题集.jsonl。"
        )
    return bundled, tuple(warnings)


def _reading(data: Mapping[str, Any], source: object) -> Reading:
    weights = _in_order(data["weights"], (*READ_SIGNS, "constant"), "reading", source)
    held = data["verdict"]
    weighing = Weighing(
        _in_order(held["weights"], (*VERDICT_SIGNS, "constant"), "verdict", source),
        float(held["least_yes"]),
        float(held["least_no"]),
    )
    about = About(
        _in_order(data["about"]["weights"], (*ABOUT_SIGNS, "constant"), "about", source),
        float(data["about"]["threshold"]),
    )
    return Reading(str(data["reader"]), float(data["rank"]), weights, float(data["threshold"]), about, weighing)


def _in_order(weights: Mapping[str, float], names: Sequence[str], key: str, source: object) -> tuple[float, ...]:
    """The weights in the order of ``names``, which have to be exactly theirs."""
    if set(weights) != set(names):
        raise CalibrationMismatch(
            f"{source}: {key} does not fit this program; missing: {sorted(set(names) - set(weights))}, "
            f"unknown: {sorted(set(weights) - set(names))}. Fit it again with benchmarks/calibrate.py --write "
            "or policyqa calibrate."
        )
    return tuple(float(weights[name]) for name in names)
