"""How often a question is refused that is about other documents: python benchmarks/strange.py [--questions N]

Each of the folders is asked the answerable questions of the others; nothing was fitted on them. Questions for header
data are left out: any document answers 哪天成文.
"""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from benchmarks.calibrate import bot_of  # noqa: E402
from qa.evaluation import load_cases  # noqa: E402

FOLDERS = {
    "5": ("pages_5",),
    "6": ("pages_6",),
    "7": ("pages_7",),
    "8": ("pages_8",),
    "9": ("pages_9",),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=60, help="put to each folder")
    parser.add_argument("--data-dir", type=Path, default=Path("build/calibration"))
    options = parser.parse_args()
    cases = {
        folder: [
            case
            for name in names
            for case in load_cases(HERE / "questions" / f"{name}.jsonl")
            if case.answerable and not case.history and case.type != "metadata"
        ]
        for folder, names in FOLDERS.items()
    }
    draw = random.Random(0)
    refused: list[bool] = []
    print("| 文件 | 别处的题 | 拒答 |\n| --- | --- | --- |")
    for folder in FOLDERS:
        others = [case for other in FOLDERS if other != folder for case in cases[other]]
        bot = bot_of((HERE / "documents" / folder,), options.data_dir)
        own = [bot.ask(case.question).refused for case in draw.sample(others, options.questions)]
        print(f"| benchmarks/documents/{folder} | {len(own)} | {sum(own) / len(own):.2f} |", flush=True)
        refused += own
    print(f"| 合计 | {len(refused)} | {sum(refused) / len(refused):.2f} |")


if __name__ == "__main__":
    main()
