"""What the check of sentences against their quotes lets through: wrong sentences made by rule and by hand, true ones.

    python benchmarks/checker.py            the table
    python benchmarks/checker.py --rules    without the model that reads sentences in other words
    python benchmarks/checker.py --misses   and what went wrong in the development group

Wrong by rule: sentences of documents with one thing changed (mutations.py). True: sentences as they stand, and those
of checker/paraphrases.jsonl, written by hand, truthful and false. Half of the sentences are checked against the
sentence that they come from, half against the passage of three sentences around it. "development" are the documents
on which the rules of qa/support.py and qa/alignment.py were written; on "held out" they were only counted. What is in
other words ("换了说法") was on neither learned from by index.entailment; its bound was set on the development group.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

from corpus.document import SourceDocument  # noqa: E402
from corpus.load import load_documents  # noqa: E402
from index.entailment import Entailment, open_entailment  # noqa: E402
from mutations import MUTATIONS, PAIRED, mutated, sentences_of  # noqa: E402
from qa.answer import Support  # noqa: E402
from qa.support import support  # noqa: E402

ROOT = HERE.parent
WRITTEN = HERE / "checker" / "paraphrases.jsonl"
#: Folders of documents; the others of benchmarks/documents are held out.
DEVELOPMENT = ("corpus/documents", *(f"benchmarks/documents/{n}" for n in (*range(1, 8), 10, 13, 14, 16)))
HELD_OUT = (*(f"benchmarks/documents/{n}" for n in (8, 9, 11, 15, 17)), "benchmarks/checker/documents")
GROUPS = {"development": DEVELOPMENT, "held out": HELD_OUT}
AS_IT_STANDS, TRUTHFUL, FALSE = "原句", "手写：如实转述", "手写：说错"
FREE, FREE_FALSE = "手写：换了说法", "手写：换了说法，说错"  #: far from the words of the quotes
ECHO, ECHO_FALSE = (
    "手写：照着问题答",
    "手写：照着问题答，说错",
)  #: words of a question with something of the quotes hung on them
#: By what rows say of themselves: true sentences and false ones.
STYLES = {"near": (TRUTHFUL, FALSE), "free": (FREE, FREE_FALSE), "echo": (ECHO, ECHO_FALSE)}
TRUE_KINDS, FALSE_KINDS = (AS_IT_STANDS, TRUTHFUL, FREE, ECHO), (FALSE, FREE_FALSE, ECHO_FALSE)
_SEED = 11


@dataclass(frozen=True)
class Case:
    """A sentence to check, of one kind."""

    kind: str
    sentence: str
    quotes: tuple[str, ...]
    headings: tuple[str, ...] = ()  #: title of the document and path of the section
    what: str = ""  #: of a false one written by hand: in what way

    @property
    def true(self) -> bool:
        return self.kind in TRUE_KINDS


@lru_cache(maxsize=2)
def documents_of(group: str) -> tuple[SourceDocument, ...]:
    return tuple(d for folder in GROUPS[group] for d in load_documents([ROOT / folder])[0])


def cases(group: str, each: int) -> list[Case]:
    """``each`` cases of every kind at most, drawn with a fixed seed, and all that are written by hand."""
    draw = random.Random(_SEED)
    found: dict[str, list[Case]] = {kind: [] for kind in (AS_IT_STANDS, *MUTATIONS, *PAIRED)}
    for document in documents_of(group):
        said = sentences_of(document)

        def around(quotes: tuple[str, ...], said: Sequence[str] = said) -> tuple[str, ...]:
            if len(quotes) > 1 or quotes[0] not in said or draw.random() < 0.5:
                return quotes
            at = said.index(quotes[0])
            return ("".join(said[max(0, at - 1) : at + 2]),)

        title = (document.header.title,)
        found[AS_IT_STANDS] += [Case(AS_IT_STANDS, s, around((s,)), title) for s in said]
        for wrong in mutated(document):
            found[wrong.kind].append(Case(wrong.kind, wrong.sentence, around(wrong.quotes), title))
    sampled = [c for of_kind in found.values() for c in draw.sample(of_kind, min(each, len(of_kind)))]
    return sampled + list(written(group))


def written(group: str) -> Iterator[Case]:
    """What is written by hand over the documents of a group."""
    yield from rows_of(WRITTEN, GROUPS[group])


def rows_of(path: Path, folders: Sequence[str] = ()) -> Iterator[Case]:
    """The sentences of a file of rows by hand, over documents of these folders or of any. A row has one sentence, or
    lists of them, true and false."""
    for row in map(json.loads, path.read_text(encoding="utf-8").splitlines()):
        if folders and str(Path(row["doc"]).parent) not in folders:
            continue
        document = document_at(row["doc"])
        place = document.text.find(row["quotes"][0])  # a row of a table may stand otherwise in the text
        path_to = document.path(document.section_at(place)) if place >= 0 else ()
        headings, quotes = (document.header.title, *path_to), tuple(row["quotes"])
        true, false = STYLES[row.get("style", "near")]
        sentences = [(true, s) for s in row.get("true", ())] + [(false, s) for s in row.get("false", ())]
        if "sentence" in row:
            sentences = [(true if row["truthful"] else false, row["sentence"])]
        yield from (Case(kind, sentence, quotes, headings, row.get("kind", "")) for kind, sentence in sentences)


@lru_cache(maxsize=64)
def document_at(path: str) -> SourceDocument:
    return load_documents([ROOT / path])[0][0]


def checked(all_cases: Sequence[Case], entailment: Entailment | None = None) -> list[Support]:
    """What the checker says of each: the rules alone, or with what reads sentences in other words."""
    return [support(case.sentence, case.quotes, case.headings, entailment) for case in all_cases]


def table(results: dict[str, tuple[list[Case], list[Support]]]) -> list[str]:
    """Lines of a Markdown table, a kind in each."""
    head = "| | " + " | ".join(f"{g}：数 | 未核实 | 未通过" for g in results) + " |"
    lines = [head, "| --- " * (1 + 3 * len(results)) + "|"]
    made = (*MUTATIONS, *PAIRED)
    for name, kinds in (*((k, (k,)) for k in made), ("按规则改错，合计", made), *((k, (k,)) for k in FALSE_KINDS)):
        cells = []
        for group_cases, said in results.values():
            own = [s for c, s in zip(group_cases, said, strict=True) if c.kind in kinds]
            cells += [str(len(own)), _share([s == "unverified" for s in own]), _share([s != "verified" for s in own])]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines += ["", "| | " + " | ".join(f"{g}：数 | 已核对 | 未核实" for g in results) + " |"]
    lines.append("| --- " * (1 + 3 * len(results)) + "|")
    for kind in TRUE_KINDS:
        cells = []
        for group_cases, said in results.values():
            own = [s for c, s in zip(group_cases, said, strict=True) if c.kind == kind]
            cells += [str(len(own)), _share([s == "verified" for s in own]), _share([s == "unverified" for s in own])]
        lines.append(f"| {kind} | " + " | ".join(cells) + " |")
    return lines


def _share(values: Sequence[bool]) -> str:
    return f"{sum(values) / len(values):.3f}" if values else "–"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--each", type=int, default=150, help="cases of a kind of mutation, at most")
    parser.add_argument("--rules", action="store_true", help="the rules alone")
    parser.add_argument("--misses", action="store_true", help="print what went wrong in the development group")
    arguments = parser.parse_args()
    entailment = None if arguments.rules else open_entailment()
    results = {}
    drawn = {group: cases(group, arguments.each) for group in GROUPS}
    begun = time.perf_counter()
    for group, group_cases in drawn.items():
        results[group] = (group_cases, checked(group_cases, entailment))
    each = (time.perf_counter() - begun) / sum(map(len, drawn.values()))
    print("\n".join(table(results)))
    print(f"\n每句 {1000 * each:.1f} 毫秒")
    if arguments.misses:
        for case, said in zip(*results["development"], strict=True):
            if (said == "verified") != case.true:
                print(f"\n{case.kind} {case.what} {said}\n  {case.sentence}\n  " + "\n  ".join(case.quotes))


if __name__ == "__main__":
    main()
