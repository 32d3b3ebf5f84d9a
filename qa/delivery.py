"""Who gave a report or speech, when and at what meeting: the two lines below its title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.document import SourceDocument
from index.tokens import fold
from qa.evidence import Probe
from qa.extractive import Draft, Line

_HEAD = 600  #: characters at the beginning of a document in which its title and these lines stand
#: ——2024年1月23日在甲省第十四届人民代表大会第二次会议上, then 省长 张某某.
_GIVEN = re.compile(
    r"^[—―－–\-]{1,4}\s*(?P<when>\d{4}年\d{1,2}月\d{1,2}日)(?P<where>在[^\n，。]{4,40}上)\n(?P<who>[\u4e00-\u9fff·]{3,24})$",
    re.MULTILINE,
)
_SPEECH = re.compile("报告|说明|讲话|致辞|发言")
_ASKS_WHO = re.compile(
    r"(?:谁|哪位[\u4e00-\u9fff]{0,4})(?:来|给|向|代表)?[^,，。?？]{0,6}(?:[作做讲](?:的|了|出)|[作做](?:政府)?(?:工作)?报告|宣读)"
    r"|(?:报告|说明|讲话|发言|作)(?:的)?人(?:是|叫)"
)
_ASKS_MEETING = re.compile(r"(?:哪|什么)一?[个次届场]?(?:会议?|大会)(?![计员])")


def answer_delivery(probe: Probe, documents: Sequence[SourceDocument]) -> Draft | None:
    """The person, the day and the meeting, where a question asks who gave a report or speech or at what meeting; of the
    documents pointed at, else of the only one of ``documents`` that tells them."""
    core = fold(probe.question.core)
    if not _SPEECH.search(core) or not (_ASKS_WHO.search(core) or _ASKS_MEETING.search(core)):
        return None
    told = [(d, m) for d in documents if (m := _GIVEN.search(d.text, 0, _HEAD)) is not None]
    told = [(d, m) for d, m in told if d.doc_id in probe.hinted] or told
    if len(told) != 1:
        return None
    document, match = told[0]
    speech = next(iter(_SPEECH.findall(document.header.title)), "报告")
    given = f"{match['who']}{match['when']}{match['where']}作的{speech}。"
    return Draft((Line(given, ((document.doc_id, *match.span()),), frame=f"作的{speech}"),), method="metadata")
