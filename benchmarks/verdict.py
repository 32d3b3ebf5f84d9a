"""How often the rules of qa/verdict.py say yes or no, and rightly, to questions whose sentence is given.

    python benchmarks/verdict.py

Asked of the sentence that holds the gold quote: "natural" are the yes/no questions of benchmarks/reader, "pairs" those
of yesno.jsonl, two on a sentence, one to be affirmed and one to be denied.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.calibrate import READER  # noqa: E402
from corpus.load import load_documents  # noqa: E402
from corpus.sentences import sentence_spans  # noqa: E402
from qa.evaluation import Case, load_cases  # noqa: E402
from qa.verdict import verdict  # noqa: E402


def given(name: str) -> Iterator[tuple[Case, str]]:
    """The yes/no questions of the file ``name`` in each folder that stand by themselves, with their gold sentence."""
    for folder in sorted(READER.iterdir()):
        texts = {d.doc_id[:2]: d.text for d in load_documents([folder / "documents"])[0]}
        for case in load_cases(folder / name):
            if case.polarity is None or case.history:
                continue
            text, quote = texts[case.evidence[0].doc], case.evidence[0].quote
            at = text.find(quote)
            held = [text[start:end] for start, end in sentence_spans(text) if start <= at < end]
            yield case, held[0] if held else quote


def main() -> None:
    for label, name in (("natural", "questions.jsonl"), ("pairs", "yesno.jsonl")):
        counts: Counter[str] = Counter()
        for case, sentence in given(name):
            said = verdict(case.question, sentence)
            counts["none" if said is None else "right" if said[1] == (case.polarity == "no") else "wrong"] += 1
        spoken = counts["right"] + counts["wrong"]
        print(f"{label}: {counts.total()} questions, says something in {spoken / counts.total():.2f}, ", end="")
        print(f"of these right {counts['right'] / spoken:.2f}")


if __name__ == "__main__":
    main()
