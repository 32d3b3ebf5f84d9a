"""An index that keeps up with its folder: what is new, changed, moved or gone since, and nothing else is read."""

from __future__ import annotations

import os
import shutil
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.load import read_all
from corpus.worker import Pool
from fakes import HashEmbedder
from index.prepare import prepare
from index.store import Index
from qa import cli, index_cli
from qa.bot import PolicyQA
from qa.take_over import FolderEmptied, NoDocuments

HARBOUR = "码头管理办法\n\n第一条 码头夜间开放。\n第二条 码头由港务局负责管理。\n"
FOREST = "林道管理办法\n\n第一条 林道每年修缮两次。\n第二条 林道由林业局负责管理。\n"
MARKET = "集市管理办法\n\n第一条 集市逢五开市。\n第二条 集市由商务局负责管理。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "文件"
    folder.mkdir()
    (folder / "码头.txt").write_text(HARBOUR, "utf-8")
    (folder / "林道.md").write_text(FOREST, "utf-8")
    return folder


@pytest.fixture
def bot(folder: Path, tmp_path: Path) -> PolicyQA:
    return PolicyQA.open([folder], tmp_path / "index", embedder=HashEmbedder())


def ids(bot: PolicyQA) -> list[str]:
    return [document.doc_id for document in bot.documents()]


def test_nothing_is_read_that_has_not_changed(bot: PolicyQA, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.load._READ_JOB", "no_module:that could read")
    (folder / "码头.txt").touch()
    summary = bot.add([folder])
    assert not bot.failures
    assert sorted(summary.unchanged) == ["林道", "码头"]
    assert not summary.changed


def test_a_changed_file_is_read_again_under_its_id(bot: PolicyQA, folder: Path) -> None:
    (folder / "码头.txt").write_text(HARBOUR.replace("夜间", "全天"), "utf-8")
    summary = bot.add([folder])
    assert (summary.replaced, summary.unchanged) == (("码头",), ("林道",))
    assert "全天开放" in bot.document("码头").text


def test_a_file_that_was_moved_and_renamed_keeps_its_id(bot: PolicyQA, folder: Path) -> None:
    (folder / "2024").mkdir()
    (folder / "码头.txt").rename(folder / "2024" / "港口.txt")
    summary = bot.add([folder])
    assert summary.moved == ("码头",)
    assert sorted(ids(bot)) == ["林道", "码头"]
    assert bot.add([folder]).changed is False, "the new place is known from now on"


def test_a_file_that_was_removed_leaves(bot: PolicyQA, folder: Path) -> None:
    (folder / "林道.md").unlink()
    summary = bot.add([folder])
    assert summary.removed == ("林道",)
    assert ids(bot) == ["码头"]


def held(bot: PolicyQA) -> dict[str, str]:
    """Id -> what the index holds of it and where it says that it stands."""
    return {
        entry.doc_id: f"{Path(entry.source).name} {bot.document(entry.doc_id).text[:4]}" for entry in bot.documents()
    }


def test_a_new_version_under_the_old_name_leaves_the_old_one_which_was_renamed(bot: PolicyQA, folder: Path) -> None:
    (folder / "码头.txt").rename(folder / "码头（旧）.txt")
    (folder / "码头.txt").write_text(MARKET, "utf-8")
    summary = bot.add([folder])
    assert (summary.moved, len(summary.added), summary.repeated, summary.removed) == (("码头",), 1, (), ())
    assert sorted(held(bot).values()) == ["林道.md 林道管理", "码头.txt 集市管理", "码头（旧）.txt 码头管理"]
    assert bot.add([folder]).changed is False


@pytest.mark.parametrize("exactly", [False, True])
@pytest.mark.parametrize("count", [2, 3])
def test_files_that_change_their_names_in_a_ring_keep_their_ids(tmp_path: Path, count: int, exactly: bool) -> None:
    texts = [HARBOUR, FOREST, MARKET][:count]
    files = [tmp_path / "文件" / f"{number}.txt" for number in range(count)]
    files[0].parent.mkdir()
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, "utf-8")
    bot = PolicyQA.open([files[0].parent], tmp_path / "index", embedder=HashEmbedder())
    for file, text in zip(files, texts[1:] + texts[:1], strict=True):
        file.write_text(text, "utf-8")
    if exactly:
        bot = PolicyQA.open([files[0].parent], tmp_path / "index", embedder=HashEmbedder())
    else:
        assert sorted(bot.add([files[0].parent]).moved) == sorted(ids(bot))
    expected = {str(number): f"{(number - 1) % count}.txt {texts[number][:4]}" for number in range(count)}
    assert held(bot) == expected
    files[0].unlink()
    assert bot.add([files[0].parent]).removed == ("1",)
    assert set(ids(bot)) == expected.keys() - {"1"}


def test_a_copy_that_comes_earlier_in_the_alphabet_does_not_push_the_document_out(bot: PolicyQA, folder: Path) -> None:
    shutil.copy(folder / "码头.txt", folder / "a.txt")
    summary = bot.add([folder])
    assert (summary.repeated, summary.removed, sorted(ids(bot))) == (("a.txt",), (), ["林道", "码头"])


def test_a_zip_that_is_cut_short_leaves_what_was_read_of_it(bot: PolicyQA, folder: Path) -> None:
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("集市.txt", MARKET)
        archive.writestr("渡口.txt", MARKET.replace("集市", "渡口"))
    bot.add([folder])
    before, whole = held(bot), (folder / "包.zip").read_bytes()
    (folder / "包.zip").write_bytes(whole[: len(whole) // 2])
    assert bot.add([folder]).changed is False
    assert held(bot) == before
    assert bot.failures[-1].message.endswith("索引里仍是它原来的内容。")
    (folder / "包.zip").write_bytes(whole)
    assert bot.add([folder]).changed is False
    assert not bot.failures


def test_what_is_read_slowly_is_written_every_minute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 40))  # each file takes 40 seconds
    monkeypatch.setattr("qa.bot.time.monotonic", lambda: next(clock))
    (tmp_path / "文件").mkdir()
    for number in range(6):
        (tmp_path / "文件" / f"{number}.txt").write_text(HARBOUR.replace("码头", f"{number}号码头"), "utf-8")

    def read_and_stop(found: Any, tell: Any) -> Iterator[Any]:
        for number, read in enumerate(read_all(found, tell)):
            if number == 4:
                raise KeyboardInterrupt
            yield read

    monkeypatch.setattr("corpus.load.read_all", read_and_stop)
    with pytest.raises(KeyboardInterrupt):
        PolicyQA.open([tmp_path / "文件"], tmp_path / "index", embedder=HashEmbedder())
    assert len(PolicyQA.open(data_dir=tmp_path / "index", embedder=HashEmbedder()).doc_ids()) >= 2


def test_a_line_of_fifty_thousand_figures_is_read_beside_a_good_file(folder: Path, tmp_path: Path) -> None:
    (folder / "统计.txt").write_text("标题\n\n" + "增长3%，" * 50_000, "utf-8")
    begun = time.monotonic()
    bot = PolicyQA.open([folder], tmp_path / "index", embedder=HashEmbedder())
    assert time.monotonic() - begun < 60
    assert set(ids(bot)) == {"林道", "码头", "统计"}


def end_at_harbours(document: Any, tell: Any) -> Any:
    if "码头" in document.text:
        os.abort()
    return prepare(document, tell)


def test_a_document_that_ends_its_worker_is_told_and_the_rest_is_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.path.dirname(__file__))
    pool = Pool(size=1)  # its worker starts with that path
    monkeypatch.setattr("index.prepare.shared_pool", lambda: pool)
    monkeypatch.setattr("index.prepare._MANY", 0)
    monkeypatch.setattr("index.prepare._PREPARE", "test_keep_up:end_at_harbours")
    bot = PolicyQA.open([folder], tmp_path / "index", embedder=HashEmbedder())
    pool.end()
    assert ids(bot) == ["林道"]
    assert "没有加进索引" in bot.failures[0].message and bot.failures[0].path == folder / "码头.txt"


def test_files_elsewhere_stay_when_a_folder_is_taken_over(bot: PolicyQA, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "别处.txt"
    other.write_text(MARKET, "utf-8")
    bot.add([other])
    assert bot.add([folder]).removed == ()
    assert sorted(ids(bot)) == sorted(["林道", "码头", "别处"])


def test_a_copy_of_the_folder_takes_its_place_where_nothing_else_is_wanted(
    bot: PolicyQA, folder: Path, tmp_path: Path
) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    again = PolicyQA.open([tmp_path / "copy"], tmp_path / "index", embedder=HashEmbedder())
    assert sorted(ids(again)) == ["林道", "码头"]
    assert all(entry.source.startswith(str(tmp_path / "copy")) for entry in again.documents())


def test_a_file_that_can_no_longer_be_read_stays_as_it_was(bot: PolicyQA, folder: Path) -> None:
    (folder / "码头.txt").write_bytes(b"")
    bot.add([folder])
    assert [failure.path.name for failure in bot.failures] == ["码头.txt"]
    assert "夜间开放" in bot.document("码头").text


def test_a_zip_holds_documents_and_leaves_with_them(bot: PolicyQA, folder: Path) -> None:
    archive = folder / "批次.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("集市.txt", MARKET)
        packed.writestr("说明.bin", b"\x00")
    assert len(bot.add([folder]).added) == 1
    (doc_id,) = set(ids(bot)) - {"林道", "码头"}
    assert "逢五开市" in bot.document(doc_id).text
    assert bot.add([folder]).changed is False
    archive.unlink()
    assert bot.add([folder]).removed == (doc_id,)


@pytest.mark.parametrize("change", ["removed", "changed"])
def test_a_copy_in_a_zip_takes_the_place_of_a_file_that_has_left(bot: PolicyQA, folder: Path, change: str) -> None:
    single = folder / "集市.txt"
    single.write_text(MARKET, encoding="utf-8")
    with zipfile.ZipFile(folder / "其他.zip", "w") as packed:
        packed.writestr("桥梁.txt", "桥梁限重二十吨。")
    bot.add([folder])
    with zipfile.ZipFile(folder / "批次.zip", "w") as packed:
        packed.writestr("集市.txt", MARKET)
        packed.writestr("渡口.txt", "渡口每日六时开船。")
    assert len(bot.add([folder]).added) == 1, "the market is there already"
    if change == "removed":
        single.unlink()
    else:
        single.write_text(MARKET.replace("逢五", "逢十"), encoding="utf-8")
    bot.add([folder])
    texts = [bot.document(doc_id).text for doc_id in ids(bot)]
    assert sum("逢五开市" in text for text in texts) == 1
    assert sum("六时开船" in text for text in texts) == sum("限重二十吨" in text for text in texts) == 1
    assert bot.add([folder]).changed is False


def test_what_was_read_before_an_interruption_is_not_read_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.take_over._FIRST_BATCH", 10)

    def interrupted(*arguments: Any) -> Iterator[Any]:
        yield next(iter(read_all(*arguments)))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("corpus.load.read_all", interrupted)
        PolicyQA.open([folder], tmp_path / "index", embedder=HashEmbedder())
    begun = PolicyQA.open(data_dir=tmp_path / "index", embedder=HashEmbedder())
    assert ids(begun) == ["林道"]
    summary = begun.add([folder])
    assert (summary.added, summary.unchanged) == (("码头",), ("林道",))


def test_an_empty_folder_changes_nothing(bot: PolicyQA, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    with pytest.raises(NoDocuments):
        PolicyQA.open([tmp_path / "空"], tmp_path / "index", embedder=HashEmbedder())
    assert sorted(ids(PolicyQA.open(data_dir=tmp_path / "index", embedder=HashEmbedder()))) == ["林道", "码头"]


def test_files_that_are_deleted_afterwards_are_told_apart_by_name_and_content(bot: PolicyQA, tmp_path: Path) -> None:
    def sent(name: str, text: str) -> Any:
        path = tmp_path / name
        path.write_text(text, "utf-8")
        summary = bot.add([path], names={path: name})
        path.unlink()
        return summary

    assert sent("集市.txt", MARKET).added == ("集市",)
    assert sent("市场.txt", MARKET).repeated == ("市场.txt",), "the same content stays as it was named first"
    assert sent("集市.txt", MARKET + "第三条 集市禁止占道。\n").replaced == ("集市",)
    assert not sent("码头.txt", HARBOUR).changed


@pytest.mark.parametrize("other", ["2024/集市.txt", "2023-集市.txt", "2023/集市.md"])
def test_files_of_different_names_are_different_documents(bot: PolicyQA, tmp_path: Path, other: str) -> None:
    def sent(name: str, text: str) -> Any:
        path = tmp_path / f"sent{Path(name).suffix}"
        path.write_text(text, "utf-8")
        return bot.add([path], names={path: name})

    assert sent("2023/集市.txt", MARKET).added == ("2023-集市",)
    (new,) = sent(other, MARKET.replace("逢五", "逢十")).added
    assert sent(other, MARKET.replace("逢五", "逢九")).replaced == (new,), "the same name again is an update"
    texts = {entry.file_name: bot.document(entry.doc_id).text for entry in bot.documents()}
    assert "逢五" in texts["2023/集市.txt"]
    assert "逢九" in texts[other]


def test_what_came_from_an_archive_stays_when_a_file_of_it_is_sent(tmp_path: Path) -> None:
    folder, sent = tmp_path / "文件", tmp_path / "码头.txt"
    folder.mkdir()
    with zipfile.ZipFile(folder / "包.zip", "w") as archive:
        archive.writestr("码头.txt", HARBOUR)
        archive.writestr("林道.txt", FOREST)
    bot = PolicyQA.open([folder], tmp_path / "index", embedder=HashEmbedder())
    sent.write_text(HARBOUR, "utf-8")
    assert not bot.add([sent], names={sent: "码头.txt"}).changed
    assert ids(bot) == ["包-zip-码头", "包-zip-林道"]


# --- the command


def test_a_dry_run_says_what_would_be_done_and_does_nothing(
    bot: PolicyQA, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "码头.txt").rename(folder / "港口.txt")
    (folder / "林道.md").write_text(FOREST + "第三条 林道禁止放牧。\n", "utf-8")
    (folder / "集市.txt").write_text(MARKET, "utf-8")
    shutil.copy(folder / "集市.txt", folder / "集市（副本）.txt")
    before = sorted(path.name for path in (tmp_path / "index").rglob("*"))
    assert cli.main(["index", str(folder), "--data-dir", str(tmp_path / "index"), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "会新增 1 份：集市.txt",
        "会更新 1 份：林道.md",
        "会改名或移动 1 份：码头.txt → 港口.txt",
        "会移出 0 份",
        "未变 0 份",
        "重复 1 份：集市（副本）.txt",
        "失败 0 份",
    ]
    assert sorted(path.name for path in (tmp_path / "index").rglob("*")) == before


def test_a_dry_run_names_what_cannot_be_read_and_what_a_rebuild_does(
    bot: PolicyQA, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "空.txt").write_text("", "utf-8")
    (folder / "林道.md").unlink()
    place = ["--data-dir", str(tmp_path / "index"), "--dry-run"]
    cli.main(["index", str(folder), *place])
    told = capsys.readouterr()
    assert "会新增 0 份\n" in told.out and "失败 1 份" in told.out and "“空.txt”是空的" in told.err
    cli.main(["index", str(folder), "--rebuild", *place])
    told = capsys.readouterr()
    assert "会更新 1 份：码头.txt\n" in told.out and "会移出 1 份：林道.md" in told.out


class Watch:
    """A watch whose rounds are functions that change the folder, the first one before anything is told; then Ctrl-C."""

    def __init__(self, *rounds: Callable[[], object]) -> None:
        self.rounds = rounds

    def __call__(self, *paths: Path, **options: Any) -> Iterator[set[object]]:
        for number, change in enumerate(self.rounds):
            change()
            yield {change} if number else set()
        raise KeyboardInterrupt


def test_a_watch_takes_over_what_came_before_it_and_changes_and_ends_with_ctrl_c(
    bot: PolicyQA, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rounds = Watch(
        lambda: (folder / "集市.txt").write_text(MARKET, "utf-8"),
        lambda: (folder / "集市.txt").write_text(MARKET + "第三条 集市禁止占道。\n", "utf-8"),
        lambda: (folder / "集市.txt").rename(folder / "市场.txt"),
        lambda: (folder / "空.txt").write_text("", "utf-8"),
        lambda: (folder / "市场.txt").unlink(),
    )
    monkeypatch.setattr("watchfiles.watch", rounds)
    index_cli._watch(bot, [folder], tmp_path / "index")
    out, err = capsys.readouterr()
    lines = [line for line in out.splitlines() if not line.endswith(" 0 份") and not line.startswith("未变")]
    assert lines == [
        "新增 1 份：集市",
        "更新 1 份：集市",
        "改名或移动（编号不变） 1 份：集市",
        "失败 1 份",
        "移出 1 份：集市",
        "失败 1 份",
    ]
    assert err.count("“空.txt”是空的") == 2 and err.endswith("不再守着；索引保持现在的样子。\n")


def test_an_empty_folder_can_be_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = tmp_path / "空"
    empty.mkdir()
    monkeypatch.setattr("index.embedder.open_embedder", lambda *_: HashEmbedder())
    monkeypatch.setattr("index.reader.open_reader", lambda *_: None)
    monkeypatch.setattr(
        "watchfiles.watch", Watch(lambda: None, lambda: (empty / "集市.txt").write_text(MARKET, "utf-8"))
    )
    assert cli.main(["index", str(empty), "--watch", "--data-dir", str(tmp_path / "index")]) == 0
    assert "新增 1 份：集市" in capsys.readouterr().out


def test_a_watched_folder_is_taken_over_as_it_changes(
    bot: PolicyQA, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The watcher of the file system is real; it ends when the new file has been taken over."""
    import watchfiles

    stop, changes = threading.Event(), watchfiles.watch
    monkeypatch.setattr(
        watchfiles, "watch", lambda *paths, **kw: changes(*paths, **{**kw, "debounce": 50}, step=20, stop_event=stop)
    )
    add = bot.add

    def added(*arguments: Any, **options: Any) -> Any:
        summary = add(*arguments, **options)
        if summary.changed:
            stop.set()
        return summary

    monkeypatch.setattr(bot, "add", added)
    write = threading.Timer(0.5, lambda: (folder / "集市.txt").write_text(MARKET, "utf-8"))
    write.start()
    giving_up = threading.Timer(20, stop.set)
    giving_up.start()
    index_cli._watch(bot, [folder], folder.parent / "index")
    giving_up.cancel()
    assert "新增 1 份：集市" in capsys.readouterr().out
    assert "集市" in ids(bot)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Runs a command with the small embedder: its exit code, and all that it says."""
    monkeypatch.setattr("index.embedder.open_embedder", lambda *_: HashEmbedder())
    monkeypatch.setattr("index.reader.open_reader", lambda *_: None)

    def run(*arguments: str | Path) -> tuple[int, str]:
        code = cli.main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return code, said.out + said.err

    return run


def kept(tmp_path: Path) -> list[str]:
    return sorted(ids(PolicyQA.open(data_dir=tmp_path / "index", embedder=HashEmbedder())))


def test_a_folder_that_has_become_empty_is_not_taken_over_unasked(
    bot: PolicyQA, folder: Path, tmp_path: Path, command: Any
) -> None:
    shutil.rmtree(folder)
    assert command("index", folder, "--data-dir", tmp_path / "index")[0] == 2
    folder.mkdir()
    code, said = command("index", folder, "--data-dir", tmp_path / "index")
    assert code == 2 and "索引里有 2 份来自它" in said and "--allow-empty" in said
    assert kept(tmp_path) == ["林道", "码头"]
    code, said = command("index", folder, "--data-dir", tmp_path / "index", "--allow-empty")
    assert code == 0 and "移出 2 份" in said
    assert kept(tmp_path) == []


def test_the_interface_too_takes_nothing_out_for_an_emptied_folder(
    bot: PolicyQA, folder: Path, tmp_path: Path, command: Any
) -> None:
    """A drive that is not mounted: a folder that is empty, or that is not there at all."""
    other = tmp_path / "别处"
    other.mkdir()
    (other / "集市.txt").write_text(MARKET, "utf-8")
    bot.add([other])
    for name in ("林道.md", "码头.txt"):
        (folder / name).unlink()
    for there in (True, False):
        if not there:
            folder.rmdir()
        with pytest.raises(FolderEmptied, match="2 份来自它.*allow_empty=True"):
            bot.add([folder])
        with pytest.raises(FolderEmptied):
            PolicyQA.open([folder, other], tmp_path / "index", embedder=HashEmbedder())
        assert kept(tmp_path) == ["林道", "码头", "集市"]
    folder.mkdir()
    code, said = command("index", folder, "--dry-run", "--data-dir", tmp_path / "index")
    assert code == 2 and "--allow-empty" in said
    assert sorted(bot.add([folder], allow_empty=True).removed) == ["林道", "码头"]


def test_a_folder_without_a_file_is_told_beside_one_that_has_some(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    bot = PolicyQA.open([folder, tmp_path / "空"], tmp_path / "index", embedder=HashEmbedder())
    assert [(failure.path.name, failure.message) for failure in bot.failures] == [
        ("空", "这个文件夹里没有可以读的文件。")
    ]


def test_an_index_of_nothing_has_nothing_to_answer_from(bot: PolicyQA, tmp_path: Path, command: Any) -> None:
    for doc_id in ids(bot):
        bot.remove(doc_id)
    answer = bot.ask("码头由谁管理？")
    assert answer.refused and answer.text.startswith("索引是空的")
    code, said = command("ask", "码头由谁管理？", "--data-dir", tmp_path / "index")
    assert code == 2 and "索引是空的" in said and "自带" not in said


def test_a_folder_of_documents_is_no_place_for_an_index(folder: Path, command: Any) -> None:
    for asked in (("ask", "码头由谁管理？"), ("documents", "list"), ("index", "--rebuild")):
        code, said = command(*asked, "--data-dir", folder)
        assert code == 2 and f"--documents {folder}" in said
    assert sorted(path.name for path in folder.iterdir()) == ["林道.md", "码头.txt"]


def test_what_only_looks_makes_no_index_wherever_the_place_was_set(
    tmp_path: Path, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(tmp_path / "typo"))
    code, said = command("documents", "list")
    assert code == 2 and f"{tmp_path / 'typo'} 里没有索引" in said
    code, said = command("feedback", "list")
    assert code == 2 and f"没有文件夹 {tmp_path / 'typo'}" in said
    assert not (tmp_path / "typo").exists()


def test_the_bundled_files_are_announced_and_named_beside_ones_own(
    folder: Path, tmp_path: Path, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundled = tmp_path / "自带"
    bundled.mkdir()
    (bundled / "集市.txt").write_text(MARKET, "utf-8")
    monkeypatch.setattr("corpus.load.bundled_documents", lambda: bundled)
    monkeypatch.setenv("POLICYQA_DATA_DIR", str(tmp_path / "index"))
    _, said = command("ask", "集市由谁管理？")
    assert f"{tmp_path / 'index'} 里还没有索引；正在那里为自带的文件新建一个" in said
    assert "还没有索引" not in command("ask", "集市由谁管理？")[1]
    code, said = command("index", folder)
    assert code == 0 and "索引里还有自带的 1 份文件" in said and f"policyqa index --rebuild '{folder}'。" in said
    _, said = command("index", "--rebuild", folder)
    assert "自带" not in said and kept(tmp_path) == ["林道", "码头"]


def test_files_that_were_not_read_show_in_the_exit_code(folder: Path, tmp_path: Path, command: Any) -> None:
    (folder / "空白.txt").write_text("", "utf-8")
    assert command("index", folder, "--data-dir", tmp_path / "own")[0] == 4
    (folder / "空白.txt").unlink()
    assert command("index", folder, "--data-dir", tmp_path / "own")[0] == 0


def test_what_a_removal_does_not_stop_is_told(bot: PolicyQA, folder: Path, tmp_path: Path, command: Any) -> None:
    _, said = command("documents", "remove", "码头", "--data-dir", tmp_path / "index")
    assert f"原文件还在（{folder / '码头.txt'}）" in said
    (folder / "林道.md").unlink()
    _, said = command("documents", "remove", "林道", "--data-dir", tmp_path / "index")
    assert "原文件" not in said


def test_a_damaged_pointer_is_no_dead_end(bot: PolicyQA, tmp_path: Path, command: Any) -> None:
    (tmp_path / "index" / "CURRENT").write_text("xxx", "utf-8")
    code, said = command("documents", "list", "--data-dir", tmp_path / "index")
    assert code == 0 and "码头" in said
    assert command("index", "--rebuild", "--data-dir", tmp_path / "index")[0] == 0


def test_a_batch_is_as_much_as_a_minute_does_vectors_and_all(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slow vectors of a first batch make the next ones smaller, though reading takes no time."""
    clock = [0.0]
    written: list[int] = []

    class Slow(HashEmbedder):
        def embed_documents(self, texts: Any, *rest: Any) -> Any:
            clock[0] += 600
            return super().embed_documents(texts, *rest)

    monkeypatch.setattr("qa.take_over.time.monotonic", lambda: clock[0])
    monkeypatch.setattr("qa.take_over._FIRST_BATCH", 200)
    for number in range(12):
        (folder / f"{number}.txt").write_text(f"第{number}号办法\n\n第一条 {number}号码头夜间开放。\n" * 2, "utf-8")
    add = Index.add

    def noted(self: Index, documents: Any, *rest: Any, **options: Any) -> Any:
        written.append(len(documents))
        return add(self, documents, *rest, **options)

    monkeypatch.setattr(Index, "add", noted)
    bot = PolicyQA.open([folder], tmp_path / "index", embedder=Slow())
    assert len(bot.doc_ids()) == 14
    assert written[0] > 1 and set(written[1:]) == {1}


def test_a_watched_folder_that_becomes_empty_is_waited_for(
    bot: PolicyQA, folder: Path, tmp_path: Path, command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unmounted(*_: Any, **__: Any) -> Iterator[set[Any]]:
        shutil.rmtree(folder)
        folder.mkdir()
        yield set()

    monkeypatch.setattr("watchfiles.watch", unmounted)
    assert "没有改动索引" in command("index", folder, "--data-dir", tmp_path / "index", "--watch")[1]
    assert kept(tmp_path) == ["林道", "码头"]


def test_other_documents_leave_the_index_of_a_place_as_it_is(bot: PolicyQA, tmp_path: Path, command: Any) -> None:
    other = tmp_path / "集市.txt"
    other.write_text(MARKET, "utf-8")
    place = ("--documents", other, "--data-dir", tmp_path / "index")
    assert command("ask", "集市逢几开市？", *place)[0] in (0, 3)
    code, said = command("outline", "集市", *place)
    assert code == 0 and "第一条" in said
    assert kept(tmp_path) == ["林道", "码头"]


@pytest.mark.parametrize(
    "arguments", [["documents", "list"], ["documents", "show", "甲"], ["duties"], ["outline", "甲"]]
)
def test_looking_makes_no_index_where_none_is(tmp_path: Path, command: Any, arguments: list[str]) -> None:
    code, said = command(*arguments, "--data-dir", tmp_path / "indx")
    assert code == 2
    assert f"{tmp_path / 'indx'} 里没有索引" in said and "policyqa index 我的文件夹 --data-dir" in said
    assert not (tmp_path / "indx").exists()


def test_gaps_in_the_numbers_are_told_when_a_document_is_indexed(tmp_path: Path, command: Any) -> None:
    for name in "甲乙丙丁戊己庚":
        text = f"{name}县通知\n一、渔港\n（一）修码头。\n（二）修航道。\n（四）修灯塔。\n二、林道\n修林道。\n"
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
    code, said = command("index", tmp_path / "甲.txt", "--data-dir", tmp_path / "index")
    assert code == 0 and "注意：甲：编号不连续" in said and "（四）" in said
    said = command("index", tmp_path, "--data-dir", tmp_path / "index")[1]
    assert said.count("编号不连续") == 5 and "还有 1 处" in said
    assert "编号不连续" not in command("index", tmp_path, "--data-dir", tmp_path / "index")[1], "only of what is new"
