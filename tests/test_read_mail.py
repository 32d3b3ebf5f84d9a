"""Mails and saved pages in one file: what is read, in which order, and what is attached."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest

from corpus.load import document_of, load_documents
from corpus.raw import RawDocument, ReadError
from corpus.read_mail import attachments, read_mail, read_mhtml
from packed import NOTICE, mail, mhtml, paragraphs, zipped

TEXT = "各单位：\n请于3月31日前报送数据目录，联系人：孙七。"


def texts(document: RawDocument) -> list[str]:
    return [line.text for line in document.lines if line.role == "text"]


# --- mails ---------------------------------------------------------------------------------------------------------


def test_subject_people_and_date_stand_before_the_text() -> None:
    document = read_mail(mail(TEXT).as_bytes(), "函.eml")
    assert [(line.role, line.text) for line in document.lines][:4] == [
        ("heading", "关于报送数据目录的函"),
        ("meta", "发件人：王五 <w@a.cn>"),
        ("meta", "收件人：李四 <l@b.cn>"),
        ("meta", "发布日期：2021-03-05"),
    ]
    assert texts(document) == TEXT.split("\n")
    assert document.meta == {"标题": "关于报送数据目录的函", "发布日期": "2021-03-05"}
    assert [line.line for line in document.lines] == list(range(1, len(document.lines) + 1))


def test_the_plain_form_is_read_and_that_of_html_when_the_plain_one_says_next_to_nothing() -> None:
    html = paragraphs(NOTICE)
    assert texts(read_mail(mail(TEXT, html=f"<p>{TEXT}</p>").as_bytes(), "a.eml"))[1].endswith("联系人：孙七。")
    assert texts(read_mail(mail("请用网页方式查看。", html=html).as_bytes(), "a.eml")) == NOTICE.split("\n")


@pytest.mark.parametrize(
    ("said", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gbk"), ("big5", "big5"), ("utf-8", "utf-8"), ("utf-8", "gbk")],
)
def test_a_text_in_the_encoding_that_it_claims_or_in_another(said: str, encoding: str) -> None:
    text = "關於數據目錄" if encoding == "big5" else "关于数据目录的函" + ("㐂" if encoding == "gb18030" else "")
    head = f"Subject: =?{said}?B?{base64.b64encode(text.encode(encoding)).decode()}?=\r\n" if said != "utf-8" else ""
    head += f"From: a@b.cn\r\nContent-Type: text/plain; charset={said}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    document = read_mail(head.encode() + text.encode(encoding), "a.eml")
    assert texts(document) == [text]
    assert document.meta.get("标题", text) == text


@pytest.mark.parametrize("claimed", ["utf-8\x00", "idna", "punycode", "hex", "no-such-encoding", "\u00e9"])
def test_an_encoding_that_is_none_does_not_hide_the_text(claimed: str) -> None:
    head = b"Subject: x\r\nContent-Type: text/plain; charset=" + claimed.encode() + b"\r\n\r\n"
    assert texts(read_mail(head + TEXT.encode(), "函.eml")) == TEXT.split("\n")


def test_a_subject_in_bytes_that_nothing_explains() -> None:
    document = read_mail("Subject: 关于报送数据目录的函\r\nFrom: 王五\r\n\r\n正文。".encode("gbk"), "a.eml")
    assert document.meta["标题"] == "关于报送数据目录的函"


def test_attachments_with_chinese_names_are_documents_of_their_own() -> None:
    message = mail(TEXT, files={"数据目录.txt": b"1", "../../外.txt": b"2", "数据目录.txt ": b"3"})
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", cid="<logo>")
    assert [(one.name, one.data) for one in attachments(message.as_bytes())] == [
        ("数据目录.txt", b"1"),
        ("_.._外.txt", b"2"),
        ("数据目录(2).txt", b"3"),
    ]
    assert "有 3 个附件：数据目录.txt、" in read_mail(message.as_bytes(), "a.eml").warnings[0]


def test_a_mail_attached_to_a_mail_with_what_is_attached_to_it(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["Subject"], outer["From"] = "转发：关于报送数据目录的函", "赵六 <z@c.cn>"
    outer.set_content("请各单位按附件办理。")
    outer.add_attachment(mail(TEXT, files={"通知.txt": NOTICE.encode()}))
    (tmp_path / "转发.eml").write_bytes(outer.as_bytes())
    documents, failures = load_documents([tmp_path])
    assert [document.file_name for document in documents] == [
        "转发.eml",
        "转发.eml/关于报送数据目录的函.eml",
        "转发.eml/通知.txt",
    ]
    assert "附件办理" in documents[0].text and "孙七" in documents[1].text
    assert failures == []


def test_an_archive_attached_to_a_mail(tmp_path: Path) -> None:
    packed = zipped({"办法/开放办法.txt": NOTICE, "旧.rar": b"Rar!\x1a\x07\x01\x00"})
    (tmp_path / "函.eml").write_bytes(mail(TEXT, files={"通知.zip": packed}).as_bytes())
    documents, failures = load_documents([tmp_path])
    assert [document.file_name for document in documents] == ["函.eml", "函.eml/通知.zip/办法/开放办法.txt"]
    assert documents[1].header.number == "甲政发〔2021〕7号"
    assert [failure.path.name for failure in failures] == ["旧.rar"] and "请解压" in failures[0].message


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "是空的"), ("只有一行字".encode(), "不是邮件"), (b"X-A: 1\r\n\r\ntext", "没有发件人")]
)
def test_what_is_no_mail(data: bytes, said: str) -> None:
    with pytest.raises(ReadError, match=f"“a.eml”.*{said}.*"):
        read_mail(data, "a.eml")


# --- MHTML ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_page_saved_as_one_file_is_the_page(encoding: str) -> None:
    document = read_mhtml(mhtml([("https://a.gov.cn/1.html", f"<body>{paragraphs(NOTICE)}</body>")], encoding), "a.mht")
    assert texts(document) == NOTICE.split("\n")
    assert document.warnings == ()


def test_a_page_as_a_browser_saves_it() -> None:
    """Quoted-printable and base64 parts, pictures and styles between; the page is not the first part."""
    page = quopri.encodestring(f"<html><body>{paragraphs(NOTICE)}</body></html>".encode())
    parts = [
        (b"text/css", b"<s@x>", b"8bit", b".a{}"),
        (b"text/html", b"<main@x>", b"quoted-printable", page),
        (b"image/png", b"<p@x>", b"base64", base64.b64encode(b"\x89PNG")),
        (b"text/html", b"<ad@x>", b"8bit", "<p>点击分享，有礼相送。赶快行动，不要错过今天的活动！</p>".encode()),
    ]
    body = b"".join(
        b"--B\r\nContent-Type: %s\r\nContent-ID: %s\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n" % p for p in parts
    )
    head = b'MIME-Version: 1.0\r\nContent-Type: multipart/related; start="<main@x>"; boundary="B"\r\n\r\n'
    assert texts(read_mhtml(head + body + b"--B--\r\n", "a.mhtml")) == NOTICE.split("\n")


def test_the_pages_of_frames_stand_in_their_order_and_menus_are_left_out() -> None:
    frames = "<frameset><frame src='menu.html'><frame src=\"cid:none\"><frame src=two.html><frame src='/a/one.html'></frameset>"
    first, second = NOTICE.split("\n")[:5], NOTICE.split("\n")[5:]
    data = mhtml(
        [
            ("https://a.gov.cn/a/index.html", frames),
            ("https://a.gov.cn/a/one.html", paragraphs("\n".join(second))),
            ("https://a.gov.cn/a/two.html", paragraphs("\n".join(first)) + "<iframe src='index.html'></iframe>"),
            ("https://a.gov.cn/a/menu.html", "<p>机构职能</p><p>政策法规</p>"),
        ]
    )
    document = read_mhtml(data, "a.mht")
    assert texts(document) == [*first, *second]
    assert [piece.text for piece in document.left_out] == ["机构职能", "政策法规"]


def test_an_archive_without_a_page() -> None:
    with pytest.raises(ReadError, match="“a.mht”里没有网页.*另存"):
        read_mhtml(mail(TEXT).as_bytes(), "a.mht")


def test_a_document_pasted_into_a_mail_goes_before_its_subject_and_day() -> None:
    text = "云岭省海事局关于灯塔养护的通知\n各市海事局：\n请按时养护灯塔。\n云岭省海事局\n2031年6月1日\n"
    text += "云岭省海事局办公室  2031年6月2日印发"
    sent = mail(text)
    sent.replace_header("Subject", "转发：请查收通知")
    document = document_of(sent.as_bytes(), "信.eml")
    assert "发送日期：2021-03-05" in document.text
    header = document.header
    assert (header.title, header.written, header.published) == (
        "云岭省海事局关于灯塔养护的通知",
        "2031-06-01",
        "2031-06-02",
    )
