"""Time and memory of asking and indexing, beside the goals: python benchmarks/speed.py [--runs N] [PART ...]

Parts, all by default: cold, warm, eval, index, unchanged, memory, page (in Chromium, where there is one). Each run is a
process of its own with folders of its own; the figure is the median of the runs. Another busy process on the machine shows in every figure.
"""

from __future__ import annotations

import argparse
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import browser  # noqa: E402
from qa.measures import percentile  # noqa: E402

QUESTION = "“互联网+”协同制造由哪些部门负责？"
BUNDLED = ("policy_dev", "policy_more", "context_dev", "context_more")
OWN = ("pages_1",)  #: asked about the pages of this folder

_OPEN = "from qa import PolicyQA; bot = PolicyQA.open(data_dir=sys.argv[2])"
_RESIDENT = "int(open('/proc/self/statm').read().split()[1]) * os.sysconf('SC_PAGESIZE') / 1e6"


def child(code: str, *arguments: str | Path, cache: Path) -> str:
    """What a new Python prints that runs ``code`` with the project on its path."""
    probe = f"import json, os, sys, time; sys.path.insert(0, sys.argv[1])\n{code}"
    command = [sys.executable, "-c", probe, str(ROOT), *map(str, arguments)]
    environment = os.environ | {"POLICYQA_CACHE_DIR": str(cache)}
    return subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8").stdout


def prepare(cache: Path) -> float:
    """Seconds to unpack the embedding model into an empty cache, and to load it for the first time."""
    begun = time.perf_counter()
    child("from index.embedder import open_embedder; open_embedder().embed_query('第一个问题')", cache=cache)
    child("from index.tokens import known_word; known_word('政策')", cache=cache)
    return time.perf_counter() - begun


def index_seconds(folder: Path, cache: Path) -> float:
    """Seconds of ``PolicyQA.open`` over the bundled documents, imports of its process left out."""
    code = "import qa.bot\nbegun = time.perf_counter()\n" + _OPEN + "\nprint(time.perf_counter() - begun)"
    return float(child(code, folder, cache=cache))


def unchanged_seconds(folder: Path, cache: Path) -> float:
    """Seconds of adding the same files again, in a process that has opened the index."""
    code = _OPEN + "\nfrom corpus.load import bundled_documents\nbegun = time.perf_counter()"
    code += "\nassert not bot.add([bundled_documents()]).changed\nprint(time.perf_counter() - begun)"
    return float(child(code, folder, cache=cache))


def cold_seconds(folder: Path, cache: Path) -> float:
    """Wall time of ``policyqa ask`` from the start of its process to its end."""
    command = [sys.executable, "-m", "qa", "ask", QUESTION, "--json", "--data-dir", str(folder)]
    environment = os.environ | {"POLICYQA_CACHE_DIR": str(cache)}
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
    if done.returncode not in (0, 3):  # an answer, a refusal
        raise SystemExit(done.returncode)
    return time.perf_counter() - begun


def warm_milliseconds(folder: Path, pages: Path, cache: Path) -> list[float]:
    """Milliseconds of ``ask`` for each question of the sets, after one question before each set."""
    code = """
from pathlib import Path
from qa import PolicyQA
from qa.evaluation import load_cases
times = []
for data_dir, documents, sets in json.loads(sys.argv[2]):
    bot = PolicyQA.open(documents, data_dir)
    bot.ask("由哪个部门负责解释？")
    for path in sets:
        for case in load_cases(Path(path)):
            begun = time.perf_counter()
            bot.ask(case.question, history=case.history)
            times.append((time.perf_counter() - begun) * 1000)
print(json.dumps(times))
"""
    sets = [
        (str(folder), None, [str(HERE / "questions" / f"{name}.jsonl") for name in BUNDLED]),
        (str(pages), [str(HERE / "documents" / "1")], [str(HERE / "questions" / f"{name}.jsonl") for name in OWN]),
    ]
    times: list[float] = json.loads(child(code, json.dumps(sets), cache=cache))
    return times


_EVALUATED = 300  #: questions of one evaluation


def eval_seconds(folder: Path, cache: Path) -> float:
    """Wall time of ``policyqa eval run`` over questions of the bundled sets, with the report, from the start of its
    process to its end."""
    with tempfile.TemporaryDirectory() as scratch:
        lines = [line for name in BUNDLED for line in (HERE / "questions" / f"{name}.jsonl").open(encoding="utf-8")]
        questions = Path(scratch) / "questions.jsonl"
        questions.write_text("".join(lines[:_EVALUATED]), encoding="utf-8")
        command = [sys.executable, "-m", "qa", "eval", "run", str(questions), "--data-dir", str(folder)]
        command += ["--out", str(Path(scratch) / "run")]
        environment = os.environ | {"POLICYQA_CACHE_DIR": str(cache)}
        begun = time.perf_counter()
        subprocess.run(
            command, cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        return time.perf_counter() - begun


def memory_megabytes(folder: Path, cache: Path) -> dict[str, float]:
    """Resident memory of a process that only asks, after each part of its start and after many questions."""
    code = f"""
from pathlib import Path
held = {{}}
def note(name):
    held[name] = {_RESIDENT}
note("Python")
import qa.bot, index.store, index.retriever, qa.settings
note("imports")
{_OPEN}
note("index opened")
bot.embed_query("第一个问题")
note("embedding model")
from index.tokens import known_word
known_word("政策")
note("dictionary of jieba")
from qa.evaluation import load_cases
cases = [case for path in json.loads(sys.argv[3]) for case in load_cases(Path(path))]
bot.ask(cases[0].question)
note("first question")
for case in cases:
    bot.ask(case.question, history=case.history)
note("all questions")
print(json.dumps(held))
"""
    paths = json.dumps([str(HERE / "questions" / f"{name}.jsonl") for name in BUNDLED])
    held: dict[str, float] = json.loads(child(code, folder, paths, cache=cache))
    return held


_TYPING = 3.0  #: seconds in which a question is typed
#: Clicks 提问, and gives the milliseconds until the answer is whole on the page.
_CLICK = """new Promise((done) => {
  const turns = () => document.querySelectorAll('#talk .turn').length, before = turns(), begun = performance.now();
  new MutationObserver((_, watching) => {
    if (turns() === before || document.querySelector('#live .turn')) return;
    watching.disconnect();
    requestAnimationFrame(() => done(performance.now() - begun));
  }).observe(document.body, { childList: true, subtree: true });
  document.querySelector('#send').click();
})"""


def page_seconds(folder: Path, cache: Path, scratch: Path) -> tuple[float, float, list[float]]:
    """Seconds from ``policyqa ui`` in a new process until the page can be used; of its first answer; of ten more."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qa", "ui", "--port", str(port), "--data-dir", str(folder)]
    environment = os.environ | {"POLICYQA_CACHE_DIR": str(cache)}
    asked = [case["question"] for case in map(json.loads, (HERE / "questions" / "policy_more.jsonl").open("rb"))]
    with browser.open_browser(scratch) as page:
        page.look(1440, 900)
        begun = time.perf_counter()
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
        try:
            ready = "document.documentElement?.lang === 'zh-CN' && document.querySelector('#documents .files')"
            while not page.run(f"Boolean({ready})"):
                if server.poll() is not None or time.perf_counter() - begun > 120:
                    raise SystemExit("the page did not come up")
                page.open(f"http://127.0.0.1:{port}/")
                until = time.perf_counter() + 5
                while time.perf_counter() < until and not page.run(f"Boolean({ready})"):
                    if page.run("document.location.href").startswith("chrome-error"):
                        time.sleep(0.1)
                        break
                    time.sleep(0.02)
            up = time.perf_counter() - begun
            waits = []
            for question in asked[:11]:
                page.type_into("#question", question)
                time.sleep(_TYPING)  # nobody clicks as soon as there is a page
                waits.append(page.run(_CLICK) / 1000)
            return up, waits[0], waits[1:]
        finally:
            server.terminate()
            server.wait(15)


def line(what: str, figure: str, goal: str = "") -> None:
    print(f"{what:<44} {figure:>12}   {goal}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts: Mapping[str, Callable[[], None]]
    with tempfile.TemporaryDirectory() as scratch:
        cache, folder, pages = (Path(scratch) / name for name in ("cache", "index", "pages"))

        def repeated(measure: Callable[[Path, Path], float], *, fresh: bool = False) -> float:
            runs = range(options.runs)
            return statistics.median(measure(Path(scratch) / f"run{n}" if fresh else folder, cache) for n in runs)

        def cold() -> None:
            line("policyqa ask, a new process", f"{repeated(cold_seconds):.2f} s", "≤ 2.5 s")

        def warm() -> None:
            times = warm_milliseconds(folder, pages, cache)
            line(f"ask, warm, {len(times)} questions: p50", f"{percentile(times, 50):.0f} ms", "≤ 40 ms")
            line("p95", f"{percentile(times, 95):.0f} ms", "≤ 120 ms")

        def evaluation() -> None:
            line(f"policyqa eval run, {_EVALUATED} questions", f"{repeated(eval_seconds):.1f} s", "≤ 30 s")

        def index() -> None:
            line("first index of the bundled documents", f"{repeated(index_seconds, fresh=True):.1f} s", "≤ 30 s")

        def unchanged() -> None:
            line("the same documents again", f"{repeated(unchanged_seconds):.2f} s", "≤ 0.5 s")

        def memory() -> None:
            before = 0.0
            held = memory_megabytes(folder, cache)
            for name, megabytes in held.items():
                line(f"  + {name}", f"{megabytes - before:.0f} MB")
                before = megabytes
            line("resident, a process that only asks", f"{before:.0f} MB", "≤ 600 MB")

        def page() -> None:
            if browser.CHROMIUM is None:
                line("page: no Chromium", "–")
                return
            runs = [page_seconds(folder, cache, Path(scratch) / f"profile{n}") for n in range(options.runs)]
            line("policyqa ui, until the page can be used", f"{statistics.median(r[0] for r in runs):.1f} s", "≤ 8 s")
            line("click to answer, the first", f"{statistics.median(r[1] for r in runs):.2f} s", "≤ 0.3 s")
            later = [wait for run in runs for wait in run[2]]
            line("click to answer, the next ten: p50", f"{percentile(later, 50):.2f} s")

        parts = {
            "index": index,
            "unchanged": unchanged,
            "cold": cold,
            "warm": warm,
            "eval": evaluation,
            "memory": memory,
            "page": page,
        }
        parser.add_argument("parts", nargs="*", metavar="PART", help="、".join(parts), default=list(parts))
        parser.add_argument("--runs", type=int, default=3, help="processes for each figure")
        options = parser.parse_args()
        if unknown := set(options.parts) - set(parts):
            parser.error(f"no part {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
        line("preparation of the model, empty cache", f"{prepare(cache):.1f} s", "≤ 60 s")
        index_seconds(folder, cache)
        for name in options.parts:
            parts[name]()


if __name__ == "__main__":
    main()
