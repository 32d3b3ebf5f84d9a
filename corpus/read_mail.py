"""Mails (EML) and saved pages in one file (MHTML) to raw lines; what is attached to a mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import count
from urllib.parse import urljoin

from corpus.archive import Member
from corpus.decode import decode, widest
from corpus.frames import numbered, read_framed
from corpus.header import plain_title
from corpus.raw import RawDocument, RawLine, ReadError
from corpus.read_html import page_lines
from corpus.read_text import read_text

_POLICY = policy.default.clone(utf8=True)
# The header fields of a mail and what Chinese programs call them.
_FIELDS = {"From": "发件人", "To": "收件人", "Cc": "抄送"}
_FOREIGN = re.compile("[\ud800-\udfff]")  #: bytes that the header gives no encoding for
_DEEPEST = 5  #: mails attached to mails


def read_mail(data: bytes, file_name: str) -> RawDocument:
    """A mail: its subject as heading, sender, receivers and date as header lines, then its text; no attachments.

    Raises ReadError for what is no mail. Lines are numbered through the mail as it is read.
    """
    mail = _parsed(data, file_name)
    names = {field: _field(mail, field) for field in ("Subject", *_FIELDS)}
    date = _date(mail)
    if not date and not any(names.values()):
        raise ReadError(f"“{file_name}”不是邮件（没有发件人、主题或日期）；请用邮件软件另存为 .eml 后再试。")
    said = {label: names[field] for field, label in _FIELDS.items() if names[field]}
    body, wrapped, warnings = _body(mail, file_name)
    # A document that was pasted into a mail says itself what it is and of which day.
    own = plain_title([line.text for line in body[:20]])
    subject = names["Subject"]
    lines = [RawLine(subject, 1, role="heading", level=1)] if subject and own is None else []
    said = {"主题": subject, **said} if subject and own is not None else said
    said |= {"发布日期" if own is None else "发送日期": date} if date else {}
    lines += [RawLine(f"{label}：{value}", 1, role="meta") for label, value in said.items()]
    files = [member.name for member in attachments(data)]
    if files:
        warnings = (*warnings, f"有 {len(files)} 个附件：{'、'.join(files)}。")
    warnings = (*warnings, *_cut_off(mail))
    meta = {"标题" if own is None else "网页标题": subject} if subject else {}
    if date:
        meta["发布日期" if own is None else "文件日期"] = date
    return RawDocument(file_name, numbered([*lines, *body]), meta, wrapped, warnings=warnings)


def attachments(data: bytes) -> list[Member]:
    """The files attached to a mail, those of mails attached to it included, by name; pictures of its layout are none."""
    found: list[Member] = []
    taken: set[str] = set()
    for part in _files(_mail(data), 0):
        payload = _payload(part)
        if not payload:
            continue
        name = re.sub(r"[\\/\x00-\x1f]", "_", _file_name(part)).strip(" .") or "附件"
        stem, dot, suffix = name.rpartition(".")
        for number in count(2):
            if name not in taken:
                break
            name = f"{stem}({number}).{suffix}" if dot else f"{suffix}({number})"
        taken.add(name)
        found.append(Member(name, payload))
    return found


def read_mhtml(data: bytes, file_name: str) -> RawDocument:
    """A page saved as one file: its main page as :func:`read_html` reads it; frames one after the other."""
    mail = _parsed(data, file_name)
    pages = [part for part in _leaves(mail) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise ReadError(f"“{file_name}”里没有网页；请在浏览器中打开原网页，另存为“网页，仅 HTML”后再试。")
    start = str(mail.get_param("start", "") or "")
    main = next((part for part in pages if start and str(part.get("Content-ID", "")).strip() == start), pages[0])
    by_place = {str(part.get("Content-Location", "")).strip(): part for part in reversed(pages)}
    by_place |= {f"cid:{str(part.get('Content-ID', '')).strip().strip('<>')}": part for part in reversed(pages)}

    def shown_by(page: EmailMessage, source: str) -> EmailMessage | None:
        base = str(page.get("Content-Location", "")).strip()
        try:
            return by_place.get(source) or by_place.get(urljoin(base, source))
        except ValueError:
            return None

    document = read_framed(main, lambda page: _text(page).encode("utf-8-sig", "replace"), shown_by, file_name)
    return replace(document, warnings=(*document.warnings, *_cut_off(mail)))


def _cut_off(mail: EmailMessage) -> tuple[str, ...]:
    """A warning when the end is missing: that of a part which is nothing but the mark of its end."""
    broken = any(isinstance(defect, CloseBoundaryNotFoundDefect) for part in mail.walk() for defect in part.defects)
    return ("没有结尾，可能没有下载完；请核对原文件是否完整。",) if broken else ()


# Headers, like texts, claim gb2312 and use what only GB18030 has: "=?gb2312?B?…?=", "filename*=gb2312''…".
_TOO_NARROW = re.compile(rb"(=\?|\*=)(?:gb2312|gbk|x-gbk|cp936)(?=\?|'')", re.IGNORECASE)


def _mail(data: bytes) -> EmailMessage:
    return message_from_bytes(_TOO_NARROW.sub(rb"\1gb18030", data.lstrip(b"\xef\xbb\xbf\r\n")), policy=_POLICY)


def _parsed(data: bytes, file_name: str) -> EmailMessage:
    if not data.strip(b"\x00\t\n\r\x0c\x1a "):
        raise ReadError(f"“{file_name}”是空的；请检查文件是否保存完整。")
    mail = _mail(data)
    if not mail.keys():
        raise ReadError(f"“{file_name}”不是邮件或网页归档；请检查后缀，或重新另存后再试。")
    return mail


def _leaves(part: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    if not part.is_multipart():
        yield part
    elif depth < 50:
        for inner in part.get_payload():
            if isinstance(inner, EmailMessage):
                yield from _leaves(inner, depth + 1)


def _body(mail: EmailMessage, file_name: str) -> tuple[list[RawLine], bool, tuple[str, ...]]:
    """The text of a mail, of several forms the plain one unless it holds next to nothing; whether its lines are broken."""
    forms = {"text/plain": list[RawLine](), "text/html": list[RawLine]()}
    warnings: list[str] = []
    for part in _parts_of_text(mail):
        text = _text(part)
        if not text.strip():
            continue
        kind = part.get_content_type()
        if kind == "text/html":
            forms[kind] += page_lines(text)
        else:
            read = read_text(text.encode("utf-8-sig", "replace"), file_name)
            forms[kind] += read.lines
            warnings += read.warnings
    plain, html = forms.values()
    sizes = [sum(len(line.text.strip()) for line in lines) for lines in (plain, html)]
    wrapped = sizes[0] >= 0.5 * sizes[1]
    return (plain if wrapped else html), wrapped, tuple(warnings)


def _parts_of_text(part: EmailMessage, depth: int = 0) -> Iterator[EmailMessage]:
    if part.is_multipart():
        if part.get_content_type() != "message/rfc822" and depth < 50:
            for inner in part.get_payload():
                if isinstance(inner, EmailMessage):
                    yield from _parts_of_text(inner, depth + 1)
    elif part.get_content_type() in ("text/plain", "text/html") and not _is_file(part):
        yield part


def _files(part: EmailMessage, mails: int, depth: int = 0) -> Iterator[EmailMessage]:
    if part.get_content_type() == "message/rfc822":
        if mails < _DEEPEST:
            yield part
            for inner in part.get_payload() if part.is_multipart() else []:
                if isinstance(inner, EmailMessage):
                    yield from _files(inner, mails + 1, depth + 1)
    elif part.is_multipart():
        for inner in part.get_payload() if depth < 50 else []:
            if isinstance(inner, EmailMessage):
                yield from _files(inner, mails, depth + 1)
    elif part.get_content_maintype() == "image" and part.get("Content-ID"):
        return  # a picture that the text shows
    elif _is_file(part) or part.get_content_maintype() != "text":
        yield part


def _is_file(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment" or bool(_file_name(part))


def _file_name(part: EmailMessage) -> str:
    if part.get_content_type() == "message/rfc822":
        inner = next(iter(part.get_payload()), None) if part.is_multipart() else None
        return f"{_field(inner, 'Subject') if isinstance(inner, EmailMessage) else ''}.eml".lstrip(".") or "邮件.eml"
    try:
        name = part.get_filename() or ""
    except (ValueError, LookupError, TypeError, IndexError, AttributeError):
        return ""
    return _told(name)


def _payload(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = next(iter(part.get_payload()), None) if part.is_multipart() else None
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _text(part: EmailMessage) -> str:
    """The text of a part. What its header says of its encoding is often too narrow, and sometimes wrong."""
    payload = _payload(part)
    try:
        return payload.decode(widest(part.get_content_charset() or "utf-8"))
    except (ValueError, LookupError):  # also of a name that is no name, or a codec not for text
        pass
    try:
        return decode(payload, "")[0]
    except ReadError:
        return payload.decode("gb18030", "replace")


def _field(mail: EmailMessage, name: str) -> str:
    raw = next((str(v) for k, v in mail.raw_items() if k.lower() == name.lower()), "")
    try:
        value = raw if _FOREIGN.search(raw) else str(mail.get(name, "") or "")
    except (ValueError, LookupError, TypeError, IndexError, AttributeError):  # the parser of addresses meets its match
        value = raw
    return " ".join(_told(value).split())


def _told(value: str) -> str:
    """A header with bytes of an encoding that it does not name, as old Chinese programs write them."""
    if not _FOREIGN.search(value):
        return value
    raw = value.encode("utf-8", "surrogateescape")
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")


def _date(mail: EmailMessage) -> str:
    try:
        return parsedate_to_datetime(_field(mail, "Date")).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""
