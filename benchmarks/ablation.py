"""Which ways of answering earn their keep: every question is asked again without each one that had a say in its answer.

    python benchmarks/ablation.py --out FILE [--module qa.compose ...] [--data-dir DIR] SET:FOLDER[,FOLDER] ...

SET is a question set (JSONL), FOLDER what it is asked about. A way is a function that a module calls, its own or another's,
that gives an answer, a candidate or a reason to refuse, or nothing; or that gives back what it was given, changed or not.
Without it, it gives nothing or changes nothing. FILE gets one JSON line for each question and way: whether the answer was
right with it and without. The table: how many questions it had a say in, how many are right only with it, only without.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from qa import PolicyQA  # noqa: E402
from qa.evaluation import judge  # noqa: E402
from qa.question_sets import Case, load_cases  # noqa: E402

MODULES = ("qa.compose", "qa.by_structure", "qa.by_sentences")
#: What the modules are there for; without one of these there is no answer at all.
KEPT = frozenset("compose answer_found by_structure by_sentences answer_sentences decline explain".split())
_SAME = object()  #: what a way without effect gives: the argument of the type of its result


@dataclass
class Way:
    """A function as one module calls it."""

    name: str
    off: Any  #: what it gives without effect
    same: tuple[int, str] = (0, "")  #: the argument that it gives back, where ``off`` is _SAME: its place and name
    seconds: float = 0.0


def ways(module: ModuleType) -> Iterator[tuple[str, FunctionType, Way]]:
    """The functions that a module calls by a name of its own, with what each gives when it has nothing to say."""
    for name, function in vars(module).copy().items():
        if not isinstance(function, FunctionType) or name in KEPT or not function.__module__.startswith("qa."):
            continue
        signature = inspect.signature(function)
        told = str(signature.return_annotation)
        kinds = [str(p.annotation) for p in signature.parameters.values()]
        label = f"{module.__name__.removeprefix('qa.')}.{name}"
        if told in kinds and told not in ("str", "bool"):
            at = kinds.index(told)
            yield name, function, Way(label, _SAME, (at, [*signature.parameters][at]))
        elif told.endswith("| None"):
            yield name, function, Way(label, None)
        elif told in ("str", "bool"):
            yield name, function, Way(label, "" if told == "str" else False)


def _changed(way: Way, given: Any, result: Any) -> bool:
    if way.off is not _SAME:
        return bool(result != way.off) if isinstance(way.off, (str, bool)) else result is not None
    if hasattr(result, "candidates") and hasattr(given, "candidates"):
        given, result = given.candidates, result.candidates
    if isinstance(result, (tuple, list)) and isinstance(given, (tuple, list)):
        return len(given) != len(result) or any(a is not b for a, b in zip(given, result, strict=True))
    return result is not given and bool(result != given)


class Ablation:
    """The ways of some modules, watched, and left out one at a time."""

    def __init__(self, modules: Sequence[str]) -> None:
        self.ways: dict[str, Way] = {}
        self.without = ""
        self._said: set[str] = set()
        for module in map(importlib.import_module, modules):
            for name, function, way in ways(module):
                self.ways[way.name] = way
                setattr(module, name, self._watched(function, way))

    def _watched(self, function: Callable[..., Any], way: Way) -> Callable[..., Any]:
        @wraps(function)
        def called(*arguments: Any, **named: Any) -> Any:
            place, keyword = way.same
            given = arguments[place] if place < len(arguments) else named.get(keyword)
            if self.without == way.name:
                return given if way.off is _SAME else way.off
            begun = time.perf_counter()
            result = function(*arguments, **named)
            way.seconds += 0.0 if self.without else time.perf_counter() - begun
            if not self.without and way.name not in self._said and _changed(way, given, result):
                self._said.add(way.name)
            return result

        return called

    def ask(self, bot: PolicyQA, case: Case, without: str = "") -> tuple[dict[str, Any], set[str]]:
        """How a question is answered without a way, and which ways had a say."""
        self.without, self._said = without, set()
        answer = bot.ask(case.question, history=case.history)
        row = judge(case, answer, 0.0)
        right = row.right
        if case.answerable and not case.key_points:  # nothing but a quote to go by
            right = not answer.refused and any(row.golds_cited) and row.polarity_right is not False
        told = {"right": right, "refused": answer.refused, "text": answer.text, "cited": row.citation_precision}
        return told, self._said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET:FOLDER[,FOLDER]")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--module", action="append", dest="modules", help=f"default: {', '.join(MODULES)}")
    parser.add_argument("--data-dir", type=Path, default=Path("build/ablation"))
    options = parser.parse_args()
    bots: dict[str, PolicyQA] = {}
    for folders in dict.fromkeys(named.partition(":")[2] for named in options.sets):
        place = options.data_dir / folders.replace("/", "_").replace(",", "-")
        bots[folders] = PolicyQA.open([Path(folder) for folder in folders.split(",")], place)
    ablation = Ablation(options.modules or MODULES)
    asked = 0
    with options.out.open("w", encoding="utf-8") as file:
        for named in options.sets:
            path, _, folders = named.partition(":")
            for case in load_cases(path):
                whole, said = ablation.ask(bots[folders], case)
                asked += 1
                for name in sorted(said):
                    less, _ = ablation.ask(bots[folders], case, without=name)
                    row = {"set": Path(path).stem, "id": case.id, "question": case.question, "way": name}
                    file.write(json.dumps({**row, "with": whole, "without": less}, ensure_ascii=False) + "\n")
                file.flush()
    print(table(options.out, ablation.ways.values(), asked))


def table(out: Path, watched: Iterable[Way], asked: int) -> str:
    """The ways, those that cost most answers first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for row in map(json.loads, out.open(encoding="utf-8")):
        count = counts[row["way"]]
        count[0] += 1
        count[1] += row["with"]["text"] != row["without"]["text"]
        count[2] += bool(row["with"]["right"]) and not row["without"]["right"]
        count[3] += bool(row["without"]["right"]) and not row["with"]["right"]
    lines = [
        f"{asked} questions",
        "| way | had a say | other text | right only with it | only without | ms an ask |",
        "|---|---|---|---|---|---|",
    ]
    for way in sorted(watched, key=lambda w: (counts[w.name][2] - counts[w.name][3], counts[w.name][0])):
        said, other, better, worse = counts[way.name]
        lines.append(
            f"| {way.name} | {said} | {other} | {better} | {worse} | {way.seconds / max(asked, 1) * 1000:.1f} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
