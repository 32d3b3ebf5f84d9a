"""Answers from structure over many documents: python benchmarks/many.py [--documents N]

Makes N plans of made-up cities, each with duties, figures and lists, indexes them with an embedder that needs no model,
and prints medians: rows of the API, and what writing an answer costs once the sentences are found ("compose").
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fakes import HashEmbedder  # noqa: E402
from qa import PolicyQA  # noqa: E402

_DEPARTMENTS = (
    "教育局 科技局 工业和信息化局 财政局 发展改革委 民政局 住房城乡建设局 交通运输局 水利局 农业农村局 商务局".split()
)
_SUBJECTS = "智慧停车 海绵城市 冷链物流 数字乡村 普惠托育 绿色建筑 公交优先 河道治理 老旧管网 森林防火".split()
_SIGNS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥东西南北中金木水火土红橙黄绿蓝紫黑白"
_CITIES = [a + b + "市" for a in "青岚汐澜望临云松柏梧" for b in "州江川陵原溪阳山河海"]


def plan(city: str, subject: str, number: int, choose: random.Random) -> str:
    """One plan of three parts with six tasks each."""
    lines = [f"{city}人民政府办公室关于印发{subject}三年行动方案的通知", f"{city[0]}政办发〔2024〕{number}号"]
    for part, heading in zip("一二三", ("总体要求", "重点任务", "保障措施"), strict=True):
        lines.append(f"{part}、{heading}")
        for item in "一二三四五六":
            lead, *rest = choose.sample(_DEPARTMENTS, 3)
            where = "".join(choose.sample(_SIGNS, 9))
            lines.append(
                f"（{item}）推进{choose.choice(_SUBJECTS)}改造。在{where}一带，到2027年完成{choose.randint(3, 90)}个项目，"
                f"投资{choose.randint(1, 90)}亿元。（市{lead}牵头，市{rest[0]}、市{rest[1]}配合）"
            )
    return "\n".join(lines)


def median(run: Callable[[], object], times: int = 9) -> float:
    """Median milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=1000)
    wanted = parser.parse_args().documents
    choose = random.Random(5)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "documents"
        source.mkdir()
        pairs = [(city, subject) for city in _CITIES for subject in _SUBJECTS][:wanted]
        for number, (city, subject) in enumerate(pairs, 1):
            (source / f"{number:04d}.txt").write_text(plan(city, subject, number, choose), encoding="utf-8")
        bot = PolicyQA.open([source], Path(folder) / "data", embedder=HashEmbedder())
        one = [bot.doc_ids()[5]]
        city, subject = pairs[5]
        asked = f"{city}的{subject}三年行动方案里，市教育局牵头哪些任务？"
        listed = f"{city}{subject}三年行动方案的重点任务有哪些？"
        rows = (
            ("duties of one document", median(lambda: bot.duties(documents=one))),
            ("a department's duties in one document", median(lambda: bot.duties("教育局", documents=one))),
            ("a department's duties everywhere", median(lambda: bot.duties("教育局"))),
            ("figures of an indicator everywhere", median(lambda: bot.figures("投资", 2027))),
            ("a duty question: compose", 1000 * statistics.median(bot.ask(asked).timings["compose"] for _ in range(9))),
            ("a duty question: whole", median(lambda: bot.ask(asked))),
            (
                "a list question: compose",
                1000 * statistics.median(bot.ask(listed).timings["compose"] for _ in range(9)),
            ),
            ("a list question: whole", median(lambda: bot.ask(listed))),
        )
        print(f"{len(pairs)} documents, {len(bot.duties()):,} duties")
        for name, milliseconds in rows:
            print(f"{name:40} {milliseconds:8.1f} ms")


if __name__ == "__main__":
    main()
