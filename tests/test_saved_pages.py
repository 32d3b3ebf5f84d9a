"""Pages saved with a folder of their parts: one document each, frames included, the parts none of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.load import document_paths, load_documents, scan
from packed import NOTICE, paragraphs, zipped

FIRST, SECOND = "\n".join(NOTICE.split("\n")[:5]), "\n".join(NOTICE.split("\n")[5:])


@pytest.mark.parametrize("folder", ["通知_files", "通知.files", "通知_文件"])
def test_the_folder_of_a_page_holds_no_documents(tmp_path: Path, folder: str) -> None:
    (tmp_path / "通知.html").write_text(f"<body>{paragraphs(NOTICE)}</body>", "utf-8")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "share.html").write_text("<p>分享到</p>", "utf-8")
    (tmp_path / folder / "logo.png").write_bytes(b"\x89PNG")
    assert document_paths([tmp_path]) == [tmp_path / "通知.html"]
    assert document_paths([tmp_path / folder / "share.html"]) == [tmp_path / folder / "share.html"], "asked for by name"


def test_a_folder_of_that_kind_without_its_page_is_an_ordinary_folder(tmp_path: Path) -> None:
    (tmp_path / "通知_files").mkdir()
    (tmp_path / "通知_files" / "一.html").write_text(f"<body>{paragraphs(NOTICE)}</body>", "utf-8")
    assert document_paths([tmp_path]) == [tmp_path / "通知_files" / "一.html"]


def frameset(folder: str, encoding: str) -> dict[str, bytes]:
    """A page of frames as a browser saves it, and its parts."""
    frames = f"<frame src='{folder}/top.htm'><frame src='./{folder}/一.htm'><frame src='{folder}/two.htm?id=3'>"
    frames += "<frame src='https://elsewhere.cn/x.htm'><frame src='../外.htm'><frame src='没有.htm'>"
    pages = {
        "通知.htm": f"<html><head><meta charset='gb2312'><title>通知</title></head><frameset>{frames}</frameset></html>",
        f"{folder}/top.htm": "<p>甲市人民政府网站</p><p>今天是星期一</p>",
        f"{folder}/一.htm": paragraphs(FIRST),
        f"{folder}/two.htm": "<frameset><frame src='three.htm'></frameset><frame src='../通知.htm'>",
        f"{folder}/three.htm": paragraphs(SECOND),
    }
    return {name: page.encode(encoding) for name, page in pages.items()}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_a_page_of_frames_and_the_pages_in_its_folder_are_one_document(tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / "库"
    for name, data in frameset("通知.files", encoding).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (tmp_path / "外.htm").write_text("<p>这一页在文件夹之外，不是它的一部分，也不应当读进来。</p>", "utf-8")
    (document,), failures = load_documents([folder])
    assert failures == []
    assert document.text == NOTICE
    assert document.header.number == "甲政发〔2021〕7号"
    assert {piece.text for piece in document.left_out} >= {"甲市人民政府网站", "今天是星期一"}


def test_a_page_whose_frame_has_changed_is_read_again(tmp_path: Path) -> None:
    for name, data in frameset("通知_files", "utf-8").items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    (before,), _ = load_documents([tmp_path])
    assert scan([tmp_path], {before.source: before.key}).unchanged == [before.source]
    (tmp_path / "通知_files" / "three.htm").write_text(paragraphs(SECOND.replace("每年", "每季度")), "utf-8")
    assert scan([tmp_path], {before.source: before.key}).unread == [tmp_path / "通知.htm"]
    (after,), _ = load_documents([tmp_path])
    assert after.fingerprint != before.fingerprint


def test_a_page_of_frames_in_an_archive(tmp_path: Path) -> None:
    packed = {f"网页/{name}": data for name, data in frameset("通知_files", "utf-8").items()}
    (tmp_path / "包.zip").write_bytes(zipped(packed | {"其他_files/二.txt": "第一条 码头夜间开放。"}))
    documents, failures = load_documents([tmp_path])
    assert failures == []
    assert [document.file_name for document in documents] == ["包.zip/网页/通知.htm", "包.zip/其他_files/二.txt"]
    assert documents[0].text == NOTICE


def test_frames_that_were_not_saved_are_named(tmp_path: Path) -> None:
    (tmp_path / "通知.htm").write_bytes(frameset("通知.files", "utf-8")["通知.htm"])
    documents, (failure,) = load_documents([tmp_path])
    assert documents == [] and "只是框架" in failure.message and "通知.files/一.htm" in failure.message
