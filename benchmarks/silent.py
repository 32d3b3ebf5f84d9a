"""Which functions of qa/ never come to anything: python benchmarks/silent.py [--most N] [--data-dir DIR] SET:FOLDER[,FOLDER] ...

SET is a question set (JSONL), FOLDER what it is asked about. Every question is asked, and for each function is counted how
often it was called and how often it gave something: not None, False, nothing or an empty text. Printed are those that gave
something at most N times (0), with their lines: rules to be looked at, not yet to be deleted. What the sets hold no question
for, such as a kind of document, is silent, too.
"""

from __future__ import annotations

import argparse
import ast
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from qa import PolicyQA  # noqa: E402
from qa.question_sets import load_cases  # noqa: E402

#: Modules that asking has no part in, or that only a language model, the page or a batch uses.
ASIDE = frozenset(
    "accounts answer assistant calibrate cli command completions conversations csv_output database draft escape eval_cli "
    "evaluation export facts feedback generate history index_cli judge langchain_adapters library local_model marks measures "
    "memory model_answer model_cli model_store models opening os_errors plots printing process progress question_sets "
    "report_html run run_diff run_report session settings significance starters support take_over trial users_cli "
    "writer".split()
)


@dataclass
class Count:
    """How often a function was called, and gave something."""

    called: int = 0
    told: int = 0


@contextmanager
def counted(folder: Path, counts: dict[CodeType, Count]) -> Iterator[None]:
    """While it is open, what the functions of the files in a folder give is counted, by their code."""
    inside = str(folder)

    def watch(frame: FrameType, event: str, given: Any) -> None:
        if event == "return" and frame.f_code.co_filename.startswith(inside):
            count = counts.setdefault(frame.f_code, Count())
            count.called += 1
            try:
                count.told += bool(given)
            except ValueError:  # an array
                count.told += 1

    sys.setprofile(watch)
    try:
        yield
    finally:
        sys.setprofile(None)


@dataclass(frozen=True, order=True)
class Function:
    """A function where it is defined, without the functions inside it."""

    module: str
    name: str
    line: int
    lines: int


def functions_of(path: Path) -> Iterator[Function]:
    """The functions and methods of a file that are no protocol's and no property of a dataclass alone."""

    def below(node: ast.Module | ast.ClassDef, within: str) -> Iterator[Function]:
        for child in node.body:
            if isinstance(child, ast.ClassDef) and not any(ast.unparse(base) == "Protocol" for base in child.bases):
                yield from below(child, f"{within}{child.name}.")
            elif isinstance(child, ast.FunctionDef):
                first = min([child.lineno, *(d.lineno for d in child.decorator_list)])
                lines = (child.end_lineno or child.lineno) - first + 1
                yield Function(path.stem, within + child.name, first, lines)

    yield from below(ast.parse(path.read_text(encoding="utf-8")), "")


def silent(folder: Path, counts: dict[CodeType, Count], most: int = 0) -> list[tuple[Function, Count]]:
    """The functions of a folder that gave something at most ``most`` times, with what was counted of them."""
    known = {(Path(code.co_filename).stem, code.co_firstlineno): count for code, count in counts.items()}
    found = [f for path in sorted(folder.glob("*.py")) if path.stem not in ASIDE for f in functions_of(path)]
    told = [(function, known.get((function.module, function.line), Count())) for function in found]
    return [(function, count) for function, count in told if count.told <= most and not function.name.endswith("__")]


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="SET:FOLDER[,FOLDER]")
    parser.add_argument("--most", type=int, default=0)
    parser.add_argument("--data-dir", type=Path, default=Path("build/ablation"))
    options = parser.parse_args(arguments)
    counts: dict[CodeType, Count] = {}
    asked = 0
    for named in options.sets:
        path, _, folders = named.partition(":")
        place = options.data_dir / folders.replace("/", "_").replace(",", "-")
        with PolicyQA.open([Path(folder) for folder in folders.split(",")], place) as bot:
            for case in load_cases(path):
                with counted(ROOT / "qa", counts):
                    bot.ask(case.question, history=case.history)
                asked += 1
    found = silent(ROOT / "qa", counts, options.most)
    print(f"{asked} questions\n| function | lines | called | gave something |\n|---|---|---|---|")
    for function, count in found:
        print(f"| {function.module}.{function.name} | {function.lines} | {count.called} | {count.told} |")
    print(f"{len(found)} functions, {sum(function.lines for function, _ in found)} lines")


if __name__ == "__main__":
    main()
