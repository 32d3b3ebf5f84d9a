"""The command: what it prints, where, and with which exit code."""

from __future__ import annotations

import io
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from rich.console import Console

from answers import ANSWER
from fake_bot import TITLE, FakeBot
from qa import cli, opening, printing, progress
from qa.answer import Event
from qa.settings import Settings

ROOT = Path(__file__).parents[1]


class Result:
    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakeBot:
    """Every command of the test opens this bot."""
    bot = FakeBot()
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("POLICYQA_DEBUG", raising=False)
    monkeypatch.setattr(opening, "open_bot", lambda *args, **kwargs: bot)
    monkeypatch.setattr("index.store.is_index", lambda folder: True)
    return bot


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Any:
    def run(*arguments: str) -> Result:
        code = cli.main(arguments)
        printed = capsys.readouterr()
        return Result(code, printed.out, printed.err)

    return run


# --- ask


def test_an_answer_is_printed_with_its_numbered_sources(bot: FakeBot, run: Any) -> None:
    result = run("ask", "示范区几个？")
    assert result.code == 0
    assert result.out == (
        "到2025年，建成七个示范区。[1]\n"
        "\n"
        "出处\n"
        f"[1] 《{TITLE}》（甲政发〔2024〕7号） 一、总体要求，第 3 页\n"
        "    到2025年，建成七个示范区。\n"
        "    又见《转载页》正文\n"
    )
    assert result.err == ""


def test_a_refusal_shows_the_nearest_clause_and_exits_with_3(bot: FakeBot, run: Any) -> None:
    result = run("ask", "红烧肉放几勺糖？")
    assert result.code == 3
    assert result.out.startswith("所给文件中没有能够回答这个问题的内容。\n\n最接近的条款\n[1] 《")


def test_json_is_exactly_the_answer(bot: FakeBot, run: Any) -> None:
    result = run("ask", "谁牵头？", "--json")
    assert json.loads(result.out) == bot.ask("谁牵头？").to_dict()
    assert "牵头" in result.out, "Chinese is written as Chinese"
    assert run("ask", "红烧肉？", "--json").code == 3


def test_history_makes_a_follow_up(bot: FakeBot, run: Any, tmp_path: Path) -> None:
    path = tmp_path / "history.json"
    path.write_text('[{"q": "示范区", "a": "七个。"}, ["第二问", "第二答"]]', encoding="utf-8")
    result = run("ask", "谁牵头？", "--history", str(path))
    assert bot.asked == [("谁牵头？", (("示范区", "七个。"), ("第二问", "第二答")))]
    assert result.out.startswith("（理解为：第二问谁牵头？）\n")


def test_a_title_with_brackets_gets_no_second_pair() -> None:
    assert printing.titled("关于示范区的意见") == "《关于示范区的意见》"
    assert printing.titled("《某刊》2018年第2期论文") == "《某刊》2018年第2期论文"


def test_a_question_that_was_only_folded_is_not_said_again(bot: FakeBot) -> None:
    answer = bot.ask("谁牵头？")
    assert printing.understood_as(replace(answer, standalone_question="谁牵头?")) is None
    assert printing.understood_as(replace(answer, standalone_question="示范区谁牵头?")) == "示范区谁牵头?"


@pytest.mark.parametrize("content", ["{", '{"q": 1}', '["甲"]', '[{"q": "甲"}]'])
def test_a_wrong_history_says_how_to_write_it(bot: FakeBot, run: Any, tmp_path: Path, content: str) -> None:
    path = tmp_path / "history.json"
    path.write_text(content, encoding="utf-8")
    result = run("ask", "谁牵头？", "--history", str(path))
    assert result.code == 2
    assert '要写成 [{"q": "问题", "a": "回答"}, …]' in result.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["ask"], "还缺少 问题。运行 policyqa ask --help"),
        (["ask", "  "], "问题是空的"),
        (["ask", "甲", "--jsno"], "没有选项 --jsno。是不是想写 --json？"),
        (["aks", "甲"], "没有命令 aks。是不是想写 ask？"),
        (["documents", "lst"], "没有命令 lst。是不是想写 list？"),
        (["ask", "甲", "--history", "nowhere.json"], "读不了对话记录 nowhere.json"),
        (["index"], "还缺少要加进索引的文件或文件夹"),
        (["index", "nowhere"], "找不到 nowhere"),
        (["ask", "甲", "--engine", "gpt"], "--engine 写得不对：只能是 extractive、llm。"),
        (["ask", "甲", "--engine"], "--engine 后面要写一个值。"),
        (["ask", "甲", "--data-dir", __file__], f"--data-dir 写得不对：{__file__} 是文件，这里要写一个文件夹。"),
        (["chat", "--session", "/"], "--session 写得不对：/ 是文件夹，这里要写一个文件。"),
        (["ask", "甲", "乙"], "多写了 乙；含空格的话请用引号括起来。"),
        (["eval", "run", "a.jsonl", "--workers", "many"], "--workers 写得不对：要写一个整数，最少 1，最多 64。"),
        (["ui", "--port", "abc"], "设置 port 的值 'abc' 不能用"),
        (["ui", "--auth", "nowhere"], "找不到账号文件 nowhere。用 policyqa users add nowhere"),
        (["eval", "run", "nowhere.jsonl"], "读不了问题集 nowhere.jsonl"),
    ],
)
def test_bad_input_exits_with_2_and_a_chinese_line(bot: FakeBot, run: Any, arguments: list[str], says: str) -> None:
    result = run(*arguments)
    assert result.code == 2
    assert says in result.err
    assert "Traceback" not in result.err
    assert result.out == ""


def test_a_missing_document_is_named_before_anything_is_opened(run: Any) -> None:
    result = run("ask", "谁牵头？", "--documents", "nowhere")
    assert result.code == 2
    assert "找不到 nowhere。请检查路径" in result.err


def test_an_error_of_ours_is_bad_input_and_any_other_a_fault_of_the_program(
    bot: FakeBot, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_with(error: Exception) -> None:
        def ask(*args: Any, **kwargs: Any) -> Any:
            raise error

        monkeypatch.setattr(bot, "ask", ask)

    fail_with(KeyError("索引里没有这份文件。请运行 policyqa documents list。"))
    ours = run("ask", "甲")
    assert (ours.code, ours.err) == (2, "索引里没有这份文件。请运行 policyqa documents list。\n")
    fail_with(ZeroDivisionError("division by zero"))
    fault = run("ask", "甲")
    assert fault.code == 1
    assert "ZeroDivisionError: division by zero" in fault.err
    assert "POLICYQA_DEBUG=1" in fault.err
    monkeypatch.setenv("POLICYQA_DEBUG", "1")
    shown = run("ask", "甲")
    assert shown.code == 1 and "Traceback" in shown.err


def printed(bot: FakeBot, question: str, **console: Any) -> str:
    out = Console(highlight=False, soft_wrap=True, width=200, **console)
    with out.capture() as captured:
        printing.print_answer(bot.ask(question), out)
    return captured.get()


def test_colours_only_on_a_terminal(bot: FakeBot) -> None:
    assert "\x1b[" not in printed(bot, "示范区几个？")
    coloured = printed(bot, "示范区几个？", force_terminal=True, color_system="standard")
    assert "建成七个\x1b[1;32m示范区\x1b[0m。" in coloured, "the match is emphasised"


def test_brackets_of_a_document_are_no_markup(bot: FakeBot) -> None:
    answer = replace(bot.ask("谁牵头？"), text="见[bold]附件[/bold]。[1]")
    out = Console(highlight=False, width=200)
    with out.capture() as captured:
        printing.print_answer(answer, out)
    assert "见[bold]附件[/bold]。[1]" in captured.get()


@pytest.mark.parametrize(
    ("quote", "question", "runs"),
    [
        ("建成七个示范区。", "示范区有几个？", ["示范区"]),
        ("由市财政局牵头", "市财政局牵头什么？", ["市财政局牵头"]),
        ("这个文件的", "哪个文件的？", []),
        ("发展5G网络", "5g网络怎么发展？", ["发展", "5G网络"]),
        ("甲乙", "丙丁", []),
    ],
)
def test_what_quote_and_question_share(quote: str, question: str, runs: list[str]) -> None:
    assert [quote[start:end] for start, end in printing.shared_runs(quote, question)] == runs


# --- chat


def test_chat_keeps_the_history_until_a_new_conversation(
    bot: FakeBot, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = iter(["示范区几个？", "", "谁牵头？", "/new", "谁牵头？"])

    def typed(_prompt: str) -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", typed)
    assert run("chat").code == 0
    assert [len(history) for _question, history in bot.asked] == [0, 1, 0]


# --- documents


def test_the_list_of_documents(bot: FakeBot, run: Any) -> None:
    heading, row = run("documents", "list").out.splitlines()
    assert heading.split() == ["编号", "标题", "发文字号", "发文机关", "日期"]
    assert row.split() == ["010_shifanqu", TITLE, "甲政发〔2024〕7号", "甲市人民政府", "2024-03-05"]


def test_a_document_is_shown_by_the_beginning_of_its_number(bot: FakeBot, run: Any) -> None:
    out = run("documents", "show", "010").out
    assert f"标题：{TITLE}\n发文字号：甲政发〔2024〕7号\n" in out
    assert "略去 1 处" in out
    assert "注意：第三章缺号" in out
    assert out.endswith(bot.document("010_shifanqu").text + "\n")


def test_the_outline_and_what_was_left_out(bot: FakeBot, run: Any) -> None:
    assert run("documents", "show", "010", "--outline").out == "一、总体要求\n二、保障措施\n"
    assert run("documents", "show", "010", "--left-out").out == "第 9 行\t页码\t- 1 -\n"


def test_the_outline_as_a_table_for_other_programs(bot: FakeBot, run: Any) -> None:
    lines = run("outline", "010", "--csv").out.splitlines()
    assert lines[0] == "\ufeff层级,编号,标题,类别,起,止"
    assert lines[1].startswith("0,一、,总体要求,body,0,")
    assert len(lines) == 3


def test_a_number_that_no_document_has_is_answered_with_the_nearest(bot: FakeBot, run: Any) -> None:
    result = run("documents", "show", "10_shifanqu")
    assert result.code == 2
    assert "没有编号为 10_shifanqu 的文件。是不是想写 010_shifanqu？" in result.err


def test_a_document_is_removed(bot: FakeBot, run: Any) -> None:
    assert run("documents", "remove", "010").out == "已移除 010_shifanqu。\n"
    assert bot.documents() == []


# --- index


class Opened:
    """Stands in for PolicyQA: notes how it was opened."""

    def __init__(self, bot: FakeBot) -> None:
        self.bot, self.calls = bot, cast("list[tuple[Any, ...]]", [])

    def open(
        self, documents: Any = None, data_dir: Any = None, *, rebuild: bool = False, progress: Any, **_: Any
    ) -> FakeBot:
        self.calls.append((documents, Path(data_dir), rebuild))
        return self.bot


@pytest.fixture
def opened(bot: FakeBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    opened = Opened(bot)
    monkeypatch.setattr("qa.bot.PolicyQA", opened)
    for name in ("甲.txt", "乙.bin"):
        (tmp_path / name).write_text("内容", encoding="utf-8")
    return opened


def test_a_first_index_holds_just_what_was_asked_for(opened: Opened, run: Any) -> None:
    result = run("index", "甲.txt", "--data-dir", "store")
    assert result.code == 0
    assert opened.calls == [([Path("甲.txt")], Path("store"), False)]
    assert result.out == "新增 1 份：010_shifanqu\n失败 0 份\n"


def test_files_are_added_to_an_index_and_failures_are_named(
    opened: Opened, run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.store.holds_documents", lambda folder: True)
    result = run("index", "甲.txt", "乙.bin", "--data-dir", "store")
    assert result.code == 4, "not all could be read"
    assert opened.calls == [(None, Path("store"), False)]
    assert result.out == "新增 1 份：甲\n更新 0 份\n未变 0 份\n失败 1 份\n"
    assert result.err == "读取文件……\n没有读进来：乙.bin：不认识的格式\n注意：甲：第三章缺号\n"
    assert run("index", "乙.bin", "--data-dir", "store").code == 2, "nothing could be read"


def test_an_index_is_rebuilt_with_the_same_documents_or_with_others(opened: Opened, run: Any) -> None:
    assert run("index", "--rebuild", "--data-dir", "store").code == 0
    assert run("index", "--rebuild", "甲.txt", "--data-dir", "store").code == 0
    assert opened.calls == [(None, Path("store"), True), ([Path("甲.txt")], Path("store"), True)]


# --- progress


def test_progress_goes_to_stderr_one_line_a_stage(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.reporting() as report:
        for done in range(3):
            report("计算向量", done, 3)
        report("写入", 1, 1)
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "计算向量……\n写入……\n"


def test_long_work_tells_its_pace_and_what_is_left(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = iter(range(0, 1000, 20))  # each look at the clock is 20 seconds after the last
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.reporting() as report:
        for done in range(5):
            report("识别文字：公报.pdf", done, 31)
    assert capsys.readouterr().err.splitlines() == [
        "识别文字：公报.pdf……",
        "识别文字：公报.pdf 2/31，每分钟 3.0，约剩 10 分钟",
        "识别文字：公报.pdf 4/31，每分钟 3.0，约剩 9 分钟",
    ]


def test_the_pace_of_the_next_batch_is_its_own(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 40.0, 1000.0, 1040.0])
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    with progress.reporting() as report:
        for done in (0, 40, 0, 10):
            report("切分", done, 80 if done else 20)
    assert capsys.readouterr().err.splitlines()[-1] == "切分 10/80，每分钟 15，约剩 5 分钟"


# --- what the README says


def readme_commands() -> list[str]:
    """Every policyqa command of the README's shell blocks, without comments."""
    blocks = re.findall(r"```sh\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    lines = [line.partition("#")[0].strip() for block in blocks for line in block.splitlines()]
    return [line[line.index("policyqa ") :] for line in lines if "policyqa " in line]


@pytest.mark.parametrize("command", readme_commands())
def test_every_command_of_the_readme_exists(run: Any, command: str) -> None:
    assert run(*shlex.split(command)[1:], "--help").code == 0


def test_the_readme_shows_every_command_and_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = {command.split()[1] for command in readme_commands()}
    assert shown >= {"ask", "chat", "index", "documents", "eval", "ui"}
    rows = re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE)
    assert rows == list(Settings.model_fields)


# --- as a process


def policyqa(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=180,
    )


@pytest.mark.parametrize(
    "environment",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"},
        {"PYTHONIOENCODING": "ascii"},
        {"PYTHONIOENCODING": "gbk"},
    ],
    ids=["C", "C-strict", "ascii", "gbk"],
)
def test_output_is_utf8_whatever_the_locale(environment: dict[str, str]) -> None:
    done = policyqa("--help", **environment)
    assert done.returncode == 0
    assert "就中文政策文件提问" in done.stdout.decode("utf-8")
    done = policyqa("aks", **environment)
    assert done.returncode == 2
    assert "是不是想写 ask" in done.stderr.decode("utf-8")


@pytest.mark.parametrize(
    ("command", "code"), [("--help", 0), ("feedback list --json", 3), ("index qa/data --dry-run", 0)]
)
def test_a_reader_that_stops_early_leaves_the_exit_code(tmp_path: Path, command: str, code: int) -> None:
    with _closed_pipe() as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "qa", *command.split()], cwd=ROOT, stdout=pipe, stderr=subprocess.PIPE, timeout=60,
            env={**os.environ, "POLICYQA_DATA_DIR": str(tmp_path)},
        )  # fmt: skip
    assert b"Traceback" not in done.stderr
    assert b"BrokenPipe" not in done.stderr
    assert done.returncode == code


def test_a_model_that_still_writes_does_not_outlive_the_command() -> None:
    """Python's own end would wait for such a thread, or stop it in the middle of C++."""
    program = (
        "import atexit, sys, threading, time; from qa import cli; sys.argv = ['policyqa', '--version']\n"
        "atexit.register(print, 'put away')\n"
        "threading.Thread(target=time.sleep, args=(50,), name='policyqa-model').start()\n"
        "cli._run = lambda arguments: 3\n"
        "sys.exit(cli.main())"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (3, b"put away\n", b"")


def test_debugging_shows_where_and_keeps_the_code(bot: FakeBot, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_DEBUG", "1")
    result = run("ask", " ")
    assert result.code == 2 and "Traceback" in result.err and "问题是空的" in result.err


@contextmanager
def _closed_pipe() -> Iterator[int]:
    reading, writing = os.pipe()
    os.close(reading)
    yield writing
    os.close(writing)


@pytest.mark.slow
def test_the_first_question_with_network_off_and_empty_caches(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:9"
    done = policyqa(
        "ask",
        "哪些部门负责协同制造？",
        "--json",
        POLICYQA_DATA_DIR=str(tmp_path / "data"),
        POLICYQA_CACHE_DIR=str(tmp_path / "cache"),
        HF_HOME=str(tmp_path / "hf"),
        HTTP_PROXY=nowhere,
        HTTPS_PROXY=nowhere,
        ALL_PROXY=nowhere,
    )
    assert done.returncode == 0, done.stderr.decode("utf-8")
    answer = json.loads(done.stdout)
    assert answer["citations"]
    for citation in answer["citations"]:
        show = policyqa("documents", "show", citation["doc_id"], POLICYQA_DATA_DIR=str(tmp_path / "data"))
        assert citation["quote"] in show.stdout.decode("utf-8")


# --- the page, and who may use it


def test_the_page_is_served_as_the_options_say(bot: FakeBot, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    import ui

    given: list[Any] = []
    monkeypatch.setattr(ui, "serve", lambda bot, **options: given.append((bot, options)))
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password\n"))
    assert run("users", "add", "accounts.jsonl", "王芳", "--role", "editor").out.startswith("已添加 王芳（编辑）")
    assert run("users", "list", "accounts.jsonl").out == "王芳\teditor\t编辑\n"
    assert run("ui", "--port", "8001", "--auth", "accounts.jsonl", "--root-path", "/policy", "--mcp").code == 0
    assert given == [
        (bot, {"host": "127.0.0.1", "port": 8001, "auth": Path("accounts.jsonl"), "root_path": "/policy", "mcp": True})
    ]
    assert "已删去 王芳" in run("users", "remove", "accounts.jsonl", "王芳").out


def test_feedback_is_listed_and_becomes_a_question_set(run: Any, tmp_path: Path) -> None:
    from answers import ANSWER
    from qa.evaluation import load_cases
    from qa.feedback import FILE_NAME, FeedbackStore

    data = ("--data-dir", str(tmp_path))
    assert run("feedback", "list", *data).code == run("feedback", "export", str(tmp_path / "x"), *data).code == 3
    FeedbackStore(tmp_path / FILE_NAME).add("王芳", ANSWER, "bad", "缺内容", "没有期限")
    shown = run("feedback", "list", *data).out
    assert "王芳" in shown and "👎" in shown and "缺内容" in shown
    assert "1 条" in run("feedback", "export", str(tmp_path / "set.jsonl"), *data).out
    assert load_cases(tmp_path / "set.jsonl")[0].question == ANSWER.question


# --- a language model at work, on a terminal


def watched(text: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int = 20) -> str:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(printing, "get_terminal_size", lambda: (columns, 10))
    printing.watched(iter([Event("token", text[:3]), Event("token", text[3:]), Event("answer", ANSWER)]))
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "up"),
    [
        ("甲负责。", ""),
        ("甲负责。\n乙参与。\n", "\x1b[2A"),
        ("甲" * 25, "\x1b[2A"),  # ten of them fill a row
        ("甲\n" * 30, "\x1b[9A"),  # above stands what has left the screen
    ],
)
def test_what_was_streamed_is_erased_whole(
    text: str, up: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert watched(text, monkeypatch, capsys).endswith(f"\r{up}\x1b[J")


def test_a_model_does_not_command_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = watched("\x1b]0;title\x07\x1b[31m甲负责。\ud800", monkeypatch, capsys, columns=80)
    assert "\x1b]0" not in shown and "\x07" not in shown and "\x1b[31m" not in shown and "甲负责" in shown


def test_what_the_model_wrote_and_is_not_shown_is_told(bot: FakeBot, run: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    written = replace(ANSWER, engine="llm", dropped=("资金共90亿元。",))
    monkeypatch.setattr(bot, "stream", lambda *_, **__: iter([Event("answer", written)]))
    assert "没有采用：“资金共90亿元。”" in run("ask", "示范区几个？").out
