"""policyqa beside what one would build instead, on the same documents and questions and with the same embedder.

    python benchmarks/peers.py                      # all systems, the development sets and those never looked at
    python benchmarks/peers.py --write              # and the tables into docs/benchmarks.md
    python benchmarks/peers.py --documents FOLDER --questions A.jsonl B.jsonl
    python benchmarks/peers.py --squad FILE.json    # retrieval over the paragraphs of a SQuAD or CMRC 2018 file

Each system runs in a process of its own, one after the other. The others need the extra "bench"; where it is missing
that is said, and the rest goes on. Measures are those of qa/measures.py, for every system alike.
"""

from __future__ import annotations

import argparse
import json
import shlex
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

import systems  # noqa: E402
from corpus.load import bundled_documents, load_documents  # noqa: E402
from corpus.sentences import sentence_spans  # noqa: E402
from qa import os_errors  # noqa: E402
from qa.evaluation import Case, Evidence, load_cases  # noqa: E402
from systems import DEPTHS, ROOT, SYSTEMS, Job, Measured  # noqa: E402

QUESTIONS = ROOT / "benchmarks" / "questions"
BUNDLED = "自带的五份文件"
PAGE = ROOT / "docs" / "benchmarks.md"


@dataclass(frozen=True)
class Topic:
    """Documents, and the sets of questions about them."""

    name: str
    paths: tuple[Path, ...]
    sets: tuple[tuple[str, tuple[Case, ...]], ...]


def standard() -> list[Topic]:
    """What is compared unless something is named: two collections, each with sets seen and unseen in development."""
    chosen = (
        (BUNDLED, bundled_documents(), ("policy_dev", "context_dev", "policy_unseen", "context_unseen")),
        ("benchmarks/documents/1", ROOT / "benchmarks/documents/1", ("pages_1",)),
        ("benchmarks/documents/7", ROOT / "benchmarks/documents/7", ("pages_7",)),
    )
    return [
        Topic(name, (folder,), tuple((stem, tuple(load_cases(QUESTIONS / f"{stem}.jsonl"))) for stem in stems))
        for name, folder, stems in chosen
    ]


def squad(path: Path, folder: Path) -> Topic:
    """A topic of a SQuAD-style file: every paragraph a document, written into ``folder``.

    The gold quote of a question is the sentence in which its answer stands. Both layouts of CMRC 2018 are read: that
    of SQuAD, and its own (``context_text``, ``query_text``). Raises ValueError where the file has another layout or no
    question, and OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    try:
        paragraphs = list(_paragraphs(json.loads(path.read_text(encoding="utf-8-sig"))))
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ValueError(
            f"{path} 读不出来。文件要按 SQuAD 或 CMRC 2018 的格式；policyqa eval check 说哪里不对。"
        ) from error
    cases: list[Case] = []
    for number, (context, questions) in enumerate(paragraphs, 1):
        name = f"p{number:05d}"
        (folder / f"{name}.txt").write_text(context + "\n", encoding="utf-8")
        for identity, question, answers in questions:
            golds = [gold for text, start in answers if (gold := _sentence_around(context, text, start))]
            if golds:
                evidence = (Evidence(name, golds[0]),)
                cases.append(Case(identity, "squad", question, answers[0][0], evidence=evidence))
    if not cases:
        raise ValueError(f"{path} 里没有带答案的问题。文件要按 SQuAD 或 CMRC 2018 的格式。")
    return Topic(path.name, (folder,), ((path.stem, tuple(cases)),))


_Question = tuple[str, str, list[tuple[str, int]]]  # id, question, answers with their places (-1 where not said)


def _paragraphs(data: Any) -> Iterable[tuple[str, list[_Question]]]:
    if isinstance(data, dict):
        for article in data.get("data", []):
            for paragraph in article["paragraphs"]:
                yield (
                    paragraph["context"],
                    [
                        (
                            str(qa["id"]),
                            qa["question"],
                            [(a["text"], a.get("answer_start", -1)) for a in qa.get("answers", [])],
                        )
                        for qa in paragraph["qas"]
                    ],
                )
    else:
        for paragraph in data:
            yield (
                paragraph["context_text"],
                [
                    (str(qa["query_id"]), qa["query_text"], [(text, -1) for text in qa["answers"]])
                    for qa in paragraph["qas"]
                ],
            )


def _sentence_around(context: str, answer: str, start: int) -> str:
    """The sentence of the context that holds the answer; empty where none does."""
    if context[max(start, 0) : max(start, 0) + len(answer)] != answer or start < 0:
        start = context.find(answer)
    if start < 0 or not answer:
        return ""
    return next((context[a:b] for a, b in sentence_spans(context) if a <= start < b), "")


def compare(topic: Topic, names: Sequence[str], embedder: str, answers: bool = True) -> list[Measured]:
    """Each system over the topic, in turn. A system that fails is reported on stderr and left out."""
    documents, failures = load_documents(topic.paths)
    for failure in failures:
        print(failure.message, file=sys.stderr)
    measured = []
    with tempfile.TemporaryDirectory() as scratch:
        texts = Path(scratch) / "texts.jsonl"
        systems.write_texts({document.doc_id: document.text for document in documents}, texts)
        paths = tuple(map(str, topic.paths))
        for name in names:
            print(f"{topic.name}: {SYSTEMS[name][0]} ……", file=sys.stderr, flush=True)
            ways = None if answers else ()
            job = Job(name, embedder, paths, str(texts), topic.sets, str(Path(scratch) / name), ways)
            try:
                measured.append(systems.run(job))
            except RuntimeError as error:
                print(f"{SYSTEMS[name][0]} 没有跑完：{error}", file=sys.stderr)
    return measured


# --- tables -----------------------------------------------------------------------------------------------------


def tables(topic: Topic, measured: Sequence[Measured]) -> str:
    """The tables of a topic in Markdown: cost, passages, answers."""
    blocks = [f"### {topic.name}", _table(COST, [cost_row(m) for m in measured])]
    head = [
        "问题集（题数）",
        "系统",
        *(f"任一@{k}" for k in DEPTHS),
        *(f"全部@{k}" for k in DEPTHS),
        "MRR@10",
        "不限长 任一@5",
        "前 5 段字数",
        "每问毫秒 p50 / p95",
    ]
    rows = [passage_row(name, m) for name, _ in topic.sets for m in measured if m.find[name]["questions"]]
    blocks.append("找到的段落：\n\n" + _table(head, rows))
    rows = [
        answer_row(name, m, way, table)
        for name, _ in topic.sets
        for m in measured
        for way, table in m.answers.get(name, {}).items()
    ]
    if rows:
        blocks.append("不用语言模型的回答：\n\n" + _table(ANSWERS, rows))
    return "\n\n".join(blocks)


COST = ["系统", "建索引（秒）", "其中处理器秒", "建索引时内存峰值（MB）", "提问后常驻内存（MB）"]
ANSWERS = [
    "问题集（题数）",
    "系统和回答方式",
    "严格正确",
    "要点召回",
    "拒答（应拒的）",
    "误拒（可答的）",
    "引文精度 全部 / 答对的",
    "引文召回",
    "每问毫秒 p50 / p95",
]


def cost_row(m: Measured) -> list[str]:
    """What a system costs."""
    held = [f"{m.memory[key]:.0f}" if key in m.memory else "–" for key in ("peak", "resident")]
    return [SYSTEMS[m.system][0], f"{m.index_seconds:.1f}", f"{m.index_cpu:.1f}", *held]


def passage_row(name: str, m: Measured) -> list[str]:
    """How well a system finds the gold quotes of a set."""
    found = m.find[name]
    shares = [_share(found[f"{kind}@{k}"]) for kind in ("any", "all") for k in DEPTHS]
    return [
        f"{name}（{found['questions']:.0f}）",
        SYSTEMS[m.system][0],
        *shares,
        _share(found["mrr@10"]),
        _share(found["any@5 of any length"]),
        f"{found['characters@5']:.0f}",
        f"{found['p50']:.0f} / {found['p95']:.0f}",
    ]


def answer_row(name: str, m: Measured, way: str, table: Mapping[str, float | None]) -> list[str]:
    """How well a way of answering does on a set."""
    return [
        f"{name}（{table['questions']:.0f}）",
        f"{SYSTEMS[m.system][0]}：{way}",
        *(_share(table[key]) for key in ("strict", "point_recall", "refusal", "false_refusal")),
        f"{_share(table['citation_precision'])} / {_share(table['citation_precision_right'])}",
        _share(table["citation_recall"]),
        f"{table['p50']:.0f} / {table['p95']:.0f}",
    ]


def _share(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".removeprefix("0")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def put(page: Path, section: str, text: str) -> None:
    """Replace what stands between the comments ``<!-- section -->`` and ``<!-- /section -->`` of a page.

    Raises ValueError where the page has no such place.
    """
    whole = page.read_text(encoding="utf-8")
    first, last = f"<!-- {section} -->", f"<!-- /{section} -->"
    begin, end = whole.find(first), whole.find(last)
    if not 0 <= begin < end:
        raise ValueError(f"{page} has no place for {section}: write {first} and {last} where it belongs")
    page.write_text(whole[: begin + len(first)] + "\n" + text.strip() + "\n" + whole[end:], encoding="utf-8")


def command(name: str, arguments: Sequence[str]) -> str:
    """The command that made a table, as one would type it."""
    shown = [argument for argument in arguments if argument != "--write"]
    return shlex.join(["python", f"benchmarks/{name}.py", *shown])


def _topics(options: argparse.Namespace, scratch: Path) -> list[Topic]:
    """What the options name; paragraphs of a SQuAD file are written into ``scratch``. Raises ValueError, OSError."""
    if options.squad:
        return [squad(options.squad, scratch / "paragraphs")]
    if options.questions:
        sets = tuple((path.stem, tuple(load_cases(path))) for path in options.questions)
        paths = tuple(options.documents or [bundled_documents()])
        name = "、".join(map(str, options.documents)) if options.documents else BUNDLED
        return [Topic(name, paths, sets)]
    return standard()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--systems", nargs="+", choices=list(SYSTEMS), default=list(SYSTEMS))
    parser.add_argument("--embedder", choices=["builtin", "hash"], default="builtin", help="hash: only to try it out")
    parser.add_argument("--documents", nargs="+", type=Path, help="files and folders, with --questions")
    parser.add_argument("--questions", nargs="+", type=Path, help="sets about --documents, in place of the usual ones")
    parser.add_argument("--squad", type=Path, help="a SQuAD or CMRC 2018 file, in place of the usual sets")
    parser.add_argument("--write", action="store_true", help=f"put the tables into {PAGE.relative_to(ROOT)}")
    options = parser.parse_args()
    names = []
    for name in options.systems:
        if lacking := systems.missing(name):
            print(lacking, file=sys.stderr)
        else:
            names.append(name)
    with tempfile.TemporaryDirectory() as scratch:
        try:
            topics = _topics(options, Path(scratch))
        except OSError as error:
            sys.exit(f"读不了 {error.filename}：{os_errors.told(error)}。请检查路径。")
        except ValueError as error:
            sys.exit(str(error))
        blocks = [f"`{command('peers', sys.argv[1:])}`"]
        for topic in topics:
            blocks.append(tables(topic, compare(topic, names, options.embedder, answers=not options.squad)))
            print(blocks[-1], flush=True)
    if options.write:
        put(PAGE, "squad" if options.squad else "peers", "\n\n".join(blocks))


if __name__ == "__main__":
    main()
