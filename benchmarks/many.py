"""Many documents: python benchmarks/many.py [--documents N] [--laws N]

Reading: made-up local laws in Markdown (章, 条, about 8 kB each), as text and as web pages too, are read, cleaned,
outlined, searched for duties, figures and document names, and cut into chunks and words, in the worker processes of
the program. Printed is how many megabytes of text (UTF-8) that takes a second, all that is done before embedding but
looking for copies; of a few hundred files, the workers started before.

Memory: all laws (--laws, 3,000) are indexed in a process of its own with an embedder that needs no model, and its
greatest resident memory is printed, sampled twenty times a second: what belongs to it alone (on Linux; elsewhere
this is left out), and with its workers. --laws 0 leaves reading and memory out.

Answers from structure: N plans of made-up cities (--documents, 1,000), each with duties, figures and lists, are indexed
likewise; printed are medians: rows of the API, and what writing an answer costs once the sentences are found
("compose"). --documents 0 leaves them out.
"""

from __future__ import annotations

import argparse
import html
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests"), str(ROOT / "benchmarks")]

import generate  # noqa: E402
from corpus.load import read_all, scan  # noqa: E402
from fakes import HashEmbedder  # noqa: E402
from index.prepare import prepared  # noqa: E402
from qa import PolicyQA  # noqa: E402
from systems import CountingEmbedder  # noqa: E402

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


# --- laws: reading and memory ---------------------------------------------------------------------------------------

_READ = 400  #: laws whose reading is timed
_CHAPTERS = "总则 规划与建设 运营与服务 申请与审核 监督管理 法律责任 附则".split()


def law(number: int) -> str:
    """A local law in Markdown: seven chapters of five articles, some with paragraphs or items."""
    city, subject, choose = generate.place(number)
    date = f"{choose.randint(2015, 2024)}年{choose.randint(1, 12)}月{choose.randint(1, 28)}日"
    blocks = [f"# {city}{subject}管理条例", f"（{date}{city}人民代表大会常务委员会通过）"]
    for at in range(35):
        if at % 5 == 0:
            blocks.append(f"## 第{generate.chinese(at // 5 + 1)}章 {_CHAPTERS[at // 5]}")
        article = f"**第{generate.chinese(at + 1)}条** {generate.provision(choose)}"
        if at % 7 == 2:
            items = [f"（{generate.chinese(i)}）{item}；" for i, item in enumerate(generate.conditions(choose), 1)]
            blocks += [f"{article}申请{subject}补助的单位，应当具备下列条件：", *items]
        else:
            blocks.append(f"{article}{generate.sentence(choose)}。")
            blocks += [f"{generate.sentence(choose)}。"] if at % 2 else []
    return "\n\n".join(blocks) + "\n"


def write_laws(count: int, folder: Path) -> Path:
    """The laws 1 to ``count`` as Markdown files in a new folder."""
    folder.mkdir()
    for number in range(1, count + 1):
        (folder / f"{number:05d}.md").write_text(law(number), encoding="utf-8")
    return folder


def write_formats(count: int, folder: Path) -> Path:
    """``count`` laws in a new folder, by turns as Markdown, text and web page."""
    folder.mkdir()
    for number in range(1, count + 1):
        text, suffix = law(number), ("md", "txt", "html")[number % 3]
        if suffix != "md":
            text = text.replace("**", "").replace("# ", "").replace("#", "")
        if suffix == "html":
            lines = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n\n"))
            text = (
                f"<!DOCTYPE html><meta charset='utf-8'><title>{text.partition(chr(10))[0]}</title><body>{lines}</body>"
            )
        (folder / f"{number:05d}.{suffix}").write_text(text, encoding="utf-8")
    return folder


def read_speed(folder: Path) -> tuple[float, float]:
    """(megabytes of text, seconds) of everything before embedding; the first hundred files, read before, start the workers."""
    found = scan([folder])
    paths = found.unread
    seconds = size = 0.0
    for found.unread in (paths[:100], paths):
        began = time.perf_counter()
        documents = [document for _, read, _ in read_all(found) for document in read]
        for _ in prepared(documents):
            pass
        seconds = time.perf_counter() - began
        size = sum(len(document.text.encode()) for document in documents) / 1e6
    return size, seconds


def private_memory(pid: int | str) -> float:
    """Megabytes of resident memory that belong to a process alone and to no file."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("RssAnon")), 0.0)


def _with_workers() -> float:
    total = private_memory("self")
    for child in Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii").split():
        try:
            total += private_memory(child)
        except OSError:  # it has just ended
            continue
    return total


def index_memory(folder: Path, data: Path) -> None:
    """Index the files of a folder and print seconds and the greatest memory; what the process of its own does."""
    peaks, done = [0.0, 0.0], threading.Event()

    def watch() -> None:
        while Path("/proc/self/status").exists() and not done.wait(0.05):
            peaks[0] = max(peaks[0], private_memory("self"))
            peaks[1] = max(peaks[1], _with_workers())

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    bot = PolicyQA.open([folder], data, embedder=CountingEmbedder())
    seconds = time.perf_counter() - began
    done.set()
    watcher.join()
    print(f"indexing {len(bot.doc_ids()):,} Markdown files             {seconds:8.1f} s")
    if peaks[0]:
        print(f"greatest memory, anonymous              {peaks[0]:8.0f} MB ({peaks[1]:.0f} MB with the workers)")


# --- plans: answers from structure ----------------------------------------------------------------------------------


def median(run: Callable[[], object], times: int = 9) -> float:
    """Median milliseconds."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        run()
        took.append(1000 * (time.perf_counter() - began))
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--laws", type=int, default=3000)
    parser.add_argument("--index", nargs=2, metavar=("FOLDER", "DATA"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.index:
        index_memory(*map(Path, given.index))
        return
    with tempfile.TemporaryDirectory() as folder:
        if given.laws:
            size, seconds = read_speed(write_formats(min(_READ, given.laws), Path(folder) / "formats"))
            print(
                f"before embedding, {os.cpu_count()} cores               {size / seconds:8.2f} MB of text/s", flush=True
            )
            laws = write_laws(given.laws, Path(folder) / "laws")
            command = [sys.executable, __file__, "--index", str(laws), str(Path(folder) / "data")]
            subprocess.run(command, check=True)
    if given.documents:
        answers(given.documents)


def answers(wanted: int) -> None:
    """Index plans and print how long answers from structure take."""
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
