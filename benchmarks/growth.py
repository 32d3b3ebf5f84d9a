"""How time, memory and quality change as the corpus grows, for policyqa and for LangChain's chain.

    python benchmarks/growth.py --embedder hash --sizes 1 10 100
    python benchmarks/growth.py --embedder builtin --sizes 1 10
    python benchmarks/growth.py --write --sizes                  # only the page: table and picture from what is kept

Size n is n times the characters of the bundled documents: these, and made-up ones (benchmarks/generate.py) for the
rest. Asked are the development questions about the bundled documents and, from size 10 on, forty questions about
planted clauses, the same at every size, so that only what stands around them grows. Each run is a process of its own;
its row is kept in benchmarks/growth.jsonl, in place of an older one. A run that by the pace of the one before would
not end within --minutes is left out and named.

The embedder "builtin" reads some 3,000 characters a second on two cores. "hash" needs no model: it shows what size
does to time and memory; its quality means nothing beside that of a model.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate  # noqa: E402
import systems  # noqa: E402
from corpus.load import bundled_documents  # noqa: E402
from peers import PAGE, QUESTIONS, put  # noqa: E402
from qa.evaluation import Case, load_cases  # noqa: E402
from systems import EXTRACT, ROOT, SENTENCES, SYSTEMS, Job, Measured  # noqa: E402

KEPT = ROOT / "benchmarks" / "growth.jsonl"
PICTURE = ROOT / "docs" / "growth.svg"
PLANTED = 40  #: questions about made-up documents, from among the first of them
#: Ways of answering that are measured.
WAYS = (EXTRACT, SENTENCES)
OWN, MADE = "own", "planted"


@dataclass(frozen=True)
class Row:
    """One run. Times in seconds (questions: milliseconds), memory in MB; what was not measured is None."""

    system: str
    embedder: str
    size: int
    documents: int
    characters: int
    index: float
    stages: Mapping[str, float]
    memory: Mapping[str, float]
    find_p50: float
    find_p95: float
    answer_p50: float
    answer_p95: float
    own_any5: float
    own_strict: float
    planted_any5: float | None
    planted_strict: float | None
    index_cpu: float | None = None  #: seconds of all threads, which other programs on the machine disturb little

    @property
    def key(self) -> tuple[str, str, int]:
        return self.embedder, self.system, self.size


def corpus(size: int, folder: Path) -> tuple[list[Path], list[Case], int]:
    """Documents of ``size`` times the bundled ones, made in an empty ``folder``: files, planted questions, characters.

    Raises ValueError where there are not as many different documents.
    """
    own = sorted(bundled_documents().glob("*.txt"))
    unit = sum(len(path.read_text(encoding="utf-8")) for path in own)
    paths, cases, characters = own, list[Case](), unit
    for made in generate.generate(generate.most()):
        if characters >= size * unit:
            break
        path = folder / made.name
        path.write_text(made.text, encoding="utf-8")
        paths.append(path)
        characters += len(made.text)
        cases.append(made.case)
    if characters < size * unit:
        raise ValueError(f"the made-up documents end at size {characters // unit}")
    return paths, cases[:PLANTED], characters


def grow(system: str, embedder: str, size: int) -> Row:
    """Measure one system at one size. Raises RuntimeError with what went wrong."""
    own = tuple(case for name in ("policy_dev", "context_dev") for case in load_cases(QUESTIONS / f"{name}.jsonl"))
    with tempfile.TemporaryDirectory() as scratch:
        folder, texts = Path(scratch) / "documents", Path(scratch) / "texts.jsonl"
        folder.mkdir()
        paths, planted, characters = corpus(size, folder)
        systems.write_texts({path.stem: path.read_text(encoding="utf-8") for path in paths}, texts)
        sets = ((OWN, own), *([(MADE, tuple(planted))] if planted else []))
        job = Job(
            system,
            embedder,
            (str(bundled_documents()), str(folder)),
            str(texts),
            sets,
            str(Path(scratch) / "index"),
            WAYS,
        )
        return row(systems.run(job), size, len(paths), characters)


def row(m: Measured, size: int, documents: int, characters: int) -> Row:
    """What is kept of a run. The times of questions are those of the slower set."""
    answers = {name: next(iter(ways.values())) for name, ways in m.answers.items()}

    def worst(table: Mapping[str, Mapping[str, float | None]], key: str) -> float:
        return max(float(values[key] or 0.0) for values in table.values())

    return Row(
        system=m.system,
        embedder=m.embedder,
        size=size,
        documents=documents,
        characters=characters,
        index=round(m.index_seconds, 2),
        index_cpu=round(m.index_cpu, 2),
        stages={stage: round(seconds, 1) for stage, seconds in m.stages.items()},
        memory={name: round(value) for name, value in m.memory.items()},
        find_p50=round(worst(m.find, "p50"), 1),
        find_p95=round(worst(m.find, "p95"), 1),
        answer_p50=round(worst(answers, "p50"), 1),
        answer_p95=round(worst(answers, "p95"), 1),
        own_any5=round(m.find[OWN]["any@5"], 3),
        own_strict=round(answers[OWN]["strict"] or 0.0, 3),
        planted_any5=round(m.find[MADE]["any@5"], 3) if MADE in m.find else None,
        planted_strict=round(answers[MADE]["strict"] or 0.0, 3) if MADE in answers else None,
    )


def read_kept(path: Path) -> dict[tuple[str, str, int], Row]:
    """The rows of earlier runs by embedder, system and size."""
    if not path.is_file():
        return {}
    rows = (Row(**json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines())
    return {row.key: row for row in rows}


def keep(path: Path, rows: Mapping[tuple[str, str, int], Row]) -> None:
    """Write all rows down, in order."""
    lines = (json.dumps(asdict(rows[key]), ensure_ascii=False) for key in sorted(rows))
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


# --- table and picture ------------------------------------------------------------------------------------------

HEAD = [
    "倍数",
    "文件",
    "万字",
    "系统",
    "建索引 秒 / 处理器秒",
    "峰值内存 全部 / 自有（MB）",
    "检索毫秒 p50 / p95",
    "回答毫秒 p50 / p95",
    "原有题 任一@5",
    "原有题 严格正确",
    "植入题 任一@5",
    "植入题 严格正确",
]
NAMES = {
    "builtin": "内置的向量模型（multilingual-e5-small）",
    "hash": "不用模型的计数向量（只看规模对时间和内存的影响，准确率没有意义）",
}


def table(rows: Sequence[Row]) -> str:
    """The rows in Markdown, a table for each embedder, and the stages of policyqa's indexing."""
    blocks = []
    for embedder, name in NAMES.items():
        chosen = [r for r in rows if r.embedder == embedder]
        if not chosen:
            continue
        lines = [
            HEAD,
            ["---"] * len(HEAD),
            *map(_cells, sorted(chosen, key=lambda r: (r.size, r.system != "policyqa"))),
        ]
        blocks += [f"### {name}", "\n".join(f"| {' | '.join(cells)} |" for cells in lines)]
        staged = [r for r in sorted(chosen, key=lambda r: r.size) if r.stages]
        if staged:
            stages = list(dict.fromkeys(stage for r in staged for stage in r.stages))
            lines = [["倍数", *stages], ["---"] * (1 + len(stages))]
            lines += [[f"{r.size}", *(f"{r.stages.get(stage, 0.0):.1f}" for stage in stages)] for r in staged]
            listed = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
            blocks.append(f"policyqa 建索引各步的秒数：\n\n{listed}")
    return "\n\n".join(blocks)


def _cells(r: Row) -> list[str]:
    def share(value: float | None) -> str:
        return "–" if value is None else f"{value:.2f}".removeprefix("0")

    return [
        f"{r.size}",
        f"{r.documents}",
        f"{r.characters / 10_000:.0f}",
        SYSTEMS[r.system][0],
        f"{r.index:.1f} / " + ("–" if r.index_cpu is None else f"{r.index_cpu:.1f}"),
        " / ".join(f"{r.memory[key]:.0f}" if key in r.memory else "–" for key in ("peak", "peak_own")),
        f"{r.find_p50:.0f} / {r.find_p95:.0f}",
        f"{r.answer_p50:.0f} / {r.answer_p95:.0f}",
        *map(share, (r.own_any5, r.own_strict, r.planted_any5, r.planted_strict)),
    ]


#: What is drawn: title, and the value of a row.
PANELS = (
    ("建索引（秒）", lambda r: r.index),
    ("内存峰值（MB）", lambda r: r.memory.get("peak")),
    ("检索 p50（毫秒）", lambda r: r.find_p50),
    ("回答 p50（毫秒）", lambda r: r.answer_p50),
    ("原有题 任一@5", lambda r: r.own_any5),
    ("植入题 任一@5", lambda r: r.planted_any5),
)
_COLOURS = {"policyqa": "#1f6feb", "langchain": "#d9730d", "llamaindex": "#2da44e", "llamaindex-512": "#8250df"}
_WIDTH, _HEIGHT, _LEFT, _TOP = 330, 230, 58, 34


def picture(rows: Sequence[Row]) -> str:
    """The growth as SVG: a panel for each of PANELS, sizes and amounts on logarithmic axes, shares on a plain one.

    A line is a system with an embedder: whole with the model, dashed without.
    """
    columns = 2
    lines = len({(r.system, r.embedder) for r in rows})
    width, height = columns * _WIDTH + 20, math.ceil(len(PANELS) / columns) * _HEIGHT + 20 * lines + 20
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
    ]
    for at, (title, value) in enumerate(PANELS):
        x, y = at % columns * _WIDTH, at // columns * _HEIGHT
        points = [(r, float(v)) for r in rows if (v := value(r))]
        parts.append(f'<g transform="translate({x} {y})">{_panel(title, points, share="@" in title)}</g>')
    for at, (system, embedder) in enumerate(sorted({(r.system, r.embedder) for r in rows})):
        y = height - 20 * (lines - at)
        parts.append(_line([(20.0, y), (60.0, y)], system, embedder))
        parts.append(f'<text x="70" y="{y + 4}">{SYSTEMS[system][0]}，{NAMES[embedder].partition("（")[0]}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _panel(title: str, points: Sequence[tuple[Row, float]], share: bool) -> str:
    parts = [f'<text x="{_LEFT}" y="20" font-weight="bold">{title}</text>']
    if not points:
        return parts[0]
    inner_width, inner_height = _WIDTH - _LEFT - 20, _HEIGHT - _TOP - 34
    decades = max(1, math.ceil(math.log10(max(r.size for r, _ in points))))
    if share:
        low, high = 0.0, 1.0
        ticks = [0.0, 0.5, 1.0]
    else:
        low, high = (
            f(math.log10(v))
            for f, v in ((math.floor, min(v for _, v in points)), (math.ceil, max(v for _, v in points)))
        )
        high = max(high, low + 1)
        ticks = [10.0**n for n in range(int(low), int(high) + 1)]

    def place(size: float, value: float) -> tuple[float, float]:
        level = value if share else math.log10(value)
        across, up = math.log10(size) / decades, (level - low) / (high - low)
        return _LEFT + across * inner_width, _TOP + (1 - up) * inner_height

    for tick in ticks:
        x, y = place(1, tick)
        parts.append(f'<path d="M{x} {y:.1f}h{inner_width}" stroke="#ddd"/>')
        parts.append(f'<text x="{x - 6}" y="{y + 4:.1f}" text-anchor="end" fill="#555">{tick:g}</text>')
    for decade in range(decades + 1):
        x, _ = place(10**decade, ticks[0])
        parts.append(
            f'<text x="{x:.1f}" y="{_TOP + inner_height + 18}" text-anchor="middle" fill="#555">{10**decade}×</text>'
        )
    for system, embedder in sorted({(r.system, r.embedder) for r, _ in points}):
        chosen = sorted((r.size, v) for r, v in points if (r.system, r.embedder) == (system, embedder))
        places = [place(size, v) for size, v in chosen]
        parts.append(_line(places, system, embedder))
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_COLOURS[system]}"/>' for x, y in places]
    return "".join(parts)


def _line(places: Sequence[tuple[float, float]], system: str, embedder: str) -> str:
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dashes = "" if embedder == "builtin" else ' stroke-dasharray="5 4"'
    return f'<polyline points="{drawn}" fill="none" stroke="{_COLOURS[system]}" stroke-width="2"{dashes}/>'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="*", type=int, default=[1, 10, 100, 1000])
    parser.add_argument("--embedder", choices=list(NAMES), default="hash")
    parser.add_argument("--systems", nargs="+", choices=list(SYSTEMS), default=["policyqa", "langchain"])
    parser.add_argument(
        "--minutes", type=float, default=20, help="most minutes for each system, all its sizes together"
    )
    parser.add_argument("--write", action="store_true", help=f"put table and picture into {PAGE.parent.name}/")
    options = parser.parse_args()
    for system in options.systems if options.sizes else ():
        if lacking := systems.missing(system):
            print(lacking, file=sys.stderr)
            continue
        began, pace, before = time.perf_counter(), 0.0, 1
        for size in sorted(options.sizes):
            left = 60 * options.minutes - (time.perf_counter() - began)
            if pace * size / before > left:
                print(
                    f"{size} 倍没有测：按上一档的速度约要 {pace * size / before / 60:.0f} 分钟，"
                    f"超过所给的 {options.minutes:g} 分钟；可以用 --minutes 放宽。",
                    file=sys.stderr,
                )
                break
            print(f"{SYSTEMS[system][0]}，{size} 倍 ……", file=sys.stderr, flush=True)
            start = time.perf_counter()
            try:
                measured = grow(system, options.embedder, size)
            except (RuntimeError, ValueError) as error:
                print(f"{size} 倍没有跑完：{error}", file=sys.stderr)
                break
            pace, before = time.perf_counter() - start, size
            keep(KEPT, {**read_kept(KEPT), measured.key: measured})
    rows = [row for _, row in sorted(read_kept(KEPT).items())]
    print(table(rows))
    if options.write:
        PICTURE.write_text(picture(rows), encoding="utf-8")
        put(PAGE, "growth", f"![增长]({PICTURE.name})\n\n{table(rows)}")


if __name__ == "__main__":
    main()
