"""Files of packed formats, made from text: ZIP, EPUB, OFD, mail, MHTML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from email.message import EmailMessage
from html import escape

NOTICE = """甲市人民政府关于印发《甲市数据开放办法》的通知
甲政发〔2021〕7号
各区人民政府：
现将《甲市数据开放办法》印发给你们，请认真执行。
一、总体要求
坚持依法开放、安全可控，到2025年开放数据集不少于300个。（市大数据局牵头，市财政局配合）
二、主要任务
（一）编制目录。市大数据局应当每年编制一次开放目录。
（二）统一平台。各部门不得自行新建开放平台。
甲市人民政府
2021年3月5日"""


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def epub(chapters: Sequence[str], metadata: str = "", extra: Mapping[str, str | bytes] | None = None) -> bytes:
    """``chapters``: HTML of the body of each; file n.xhtml stands at place n of the reading order."""
    items = "".join(
        f'<item id="c{n}" href="text/{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters))
    )
    # Packed from the last to the first: the spine tells the order, not the package.
    pages = {
        f"OEBPS/text/{n}.xhtml": f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>x</title><style>p {{}}</style></head><body>{chapter}</body></html>"
        for n, chapter in reversed(list(enumerate(chapters)))
    }
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'{metadata}</metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml"'
        f' properties="nav"/>{items}</manifest><spine><itemref idref="nav"/>'
        + "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
        + "</spine></package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
            '<rootfile full-path="OEBPS/content.opf"/></rootfiles></container>',
            "OEBPS/content.opf": opf,
            "OEBPS/nav.xhtml": "<html><body><nav><ol><li><a href='text/0.xhtml'>导航条目</a></li></ol></nav></body></html>",
            **pages,
            **(extra or {}),
        }
    )


def paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n"))


_OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(text: str, x: float, y: float, *, size: float = 4.2, deltas: str | None = None) -> str:
    """A line of text at (x, y) millimetres; ``deltas``: the DeltaX of its TextCode."""
    step = f"g {len(text) - 1} {size}" if deltas is None else deltas
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} 150 {size}" Font="1" Size="{size}">'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="{step}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(
    pages: Sequence[str], info: str = "", template: str = "", extra: Mapping[str, str | bytes] | None = None
) -> bytes:
    """``pages``: objects of each page (see :func:`text_object`); ``template``: objects that every page shows."""
    uses = '<ofd:Template TemplateID="9" ZOrder="Background"/>' if template else ""

    def page(objects: str, more: str = "") -> str:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {_OFD}>{more}<ofd:Content><ofd:Layer ID="2">{objects}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )

    listed = "".join(f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    return zipped(
        {
            "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {_OFD} Version="1.0" DocType="OFD"><ofd:DocBody>'
            f"<ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
            "</ofd:PhysicalBox></ofd:PageArea>"
            + ('<ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/>' if template else "")
            + f"</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
            **({"Doc_0/Tpls/Tpl_0/Content.xml": page(template)} if template else {}),
            **{f"Doc_0/Pages/Page_{n}/Content.xml": page(objects, uses) for n, objects in enumerate(pages)},
            **(extra or {}),
        }
    )


def ofd_of(text: str, width: int = 28) -> bytes:
    """A document as a word processor sets it: lines of ``width`` characters, paragraphs indented by two, in pages."""
    rows: list[tuple[str, float]] = []
    for paragraph in text.split("\n"):
        whole = "　　" + paragraph
        cut = [whole[at : at + width] for at in range(0, len(whole), width)]
        rows += [(piece.lstrip("　"), 30.0 if n or len(whole) <= 12 else 38.4) for n, piece in enumerate(cut)]
    pages = [rows[at : at + 25] for at in range(0, len(rows), 25)]
    return ofd(["".join(text_object(row, x, 30 + 9 * n) for n, (row, x) in enumerate(page)) for page in pages])


def mail(text: str, *, html: str | None = None, files: Mapping[str, bytes] | None = None) -> EmailMessage:
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "关于报送数据目录的函", "王五 <w@a.cn>", "李四 <l@b.cn>"
    message["Date"] = "Fri, 05 Mar 2021 10:00:00 +0800"
    message.set_content(text)
    if html is not None:
        message.add_alternative(html, subtype="html")
    for name, data in (files or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def mhtml(parts: Sequence[tuple[str, str]], encoding: str = "utf-8") -> bytes:
    """``parts``: (Content-Location, HTML); the first is the page itself."""
    body = b""
    for place, html in parts:
        head = f"--B\r\nContent-Type: text/html; charset={encoding}\r\nContent-Transfer-Encoding: 8bit\r\nContent-Location: {place}"
        body += head.encode() + b"\r\n\r\n" + html.encode(encoding) + b"\r\n"
    top = 'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    return top.encode() + body + b"--B--\r\n"
