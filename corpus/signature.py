"""Who signed a document and when: 落款, a date that nobody signed, the day on which a report was given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.dates import CN, is_date, iso_date
from corpus.labels import label_of
from corpus.organs import HAN, is_organ


@dataclass(frozen=True, slots=True)
class Signature:
    """落款: who and when, at the end of a document."""

    issuer: str | None
    date: str | None


_SIGNATORY = re.compile(rf"(?:总\s*理|主\s*席|主\s*任|[部局署省市行州县区院]\s*长)(?:[\s:：]*[{HAN}\s·]{{2,8}})?")


_SIGNED = re.compile(rf"(.{{2,60}}?)[ \u3000\xa0]*((?:(?:19|20)\d\d|二[{CN}]{{3}})\s*年.*)$")


def signed(line: str) -> tuple[str, str] | None:
    """The organ and the date of a line that holds both and nothing else: 某市统计局　2023年11月2日."""
    found = _SIGNED.match(line)
    return (found[1].strip(), found[2]) if found and is_date(found[2]) and is_organ(found[1]) else None


def dates_unsigned(above: str, line: str, below: str) -> bool:
    """Whether a line dates the letter above it though no organ has signed: the date stands between the end of a sentence,
    or who has signed for the organ, and the title of what the letter sends out."""
    ends = above.endswith("。") or _SIGNATORY.fullmatch(above) is not None
    return ends and _DAY_ALONE.fullmatch(iso_date(line) or "") is not None and is_date(line) and _heads(below)


_DAY_ALONE = re.compile(r"\d{4}-\d\d-\d\d")


def _heads(line: str) -> bool:
    """Whether a line heads what follows: a title or its beginning, 附件1."""
    return (
        4 <= len(line) <= 60
        and not re.search("[，。；：！？]|^[（(]", line)
        and label_of(line) is None
        or (re.match("附件", line) is not None)
    )


def signature_of(lines: Sequence[str]) -> Signature:
    """The first 落款: lines with organs, then a line with a date; a date alone above what is sent out; else one at the
    very end."""
    for at, line in enumerate(lines):
        if len(line) > 200:  # a paragraph
            continue
        together = signed(line)
        if together and (at > 2 or (at and _titles(lines[at - 1]))):  # or below the title, as in reports of figures
            return Signature(together[0], iso_date(together[1]))
        if not is_date(line) or at == 0:
            continue
        if at >= 2 and dates_unsigned(lines[at - 1], line, "".join(lines[at + 1 : at + 2])):
            return Signature(None, iso_date(line))
        organs: list[str] = []
        for above in reversed(lines[max(0, at - 15) : at]):
            if _SIGNATORY.fullmatch(above):
                continue
            if not is_organ(above):
                break
            organs.append(above)
        if organs and at >= 2:  # or below the title, as in statistical bulletins
            return Signature("、".join(" ".join(o.split()) for o in reversed(organs)), iso_date(line))
    for line in reversed(lines[-5:]):
        if is_date(line) and len(lines) > 3:
            return Signature(None, iso_date(line))
    return Signature(None, None)


def _titles(line: str) -> bool:
    """Whether a line at the top is a title, of whatever kind."""
    return 4 <= len(line) <= 60 and not re.search("[，。；：！？|]", line) and not is_organ(line)


_DELIVERED = re.compile(
    rf"[—―–－\-\s（(]*(?P<date>\d{{4}}年\d{{1,2}}月\d{{1,2}}日)在(?P<place>[{HAN}]{{2,12}}?)第[{CN}十百\d]+届[{HAN}\d]{{4,30}}会议上?[）)]?"
)
_SPEAKS_FOR = re.compile(rf"我(?:受|谨)?代表(?P<organ>[{HAN}]{{2,20}}?)[，,]?(?:向|作)")


def delivery_of(lines: Sequence[str], begin: int) -> Signature:
    """When a report was given to an assembly, and the organ for which it was: of the place where a bare name (市人民政府)
    stands."""
    found = next(filter(None, map(_DELIVERED.fullmatch, lines[begin : begin + 3])), None)
    if found is None:
        return Signature(None, None)
    said = next(filter(None, map(_SPEAKS_FOR.search, lines[begin : begin + 8])), None)
    organ = said["organ"] if said and is_organ(said["organ"]) else None
    if organ and NAMELESS.fullmatch(organ):
        organ = found["place"] + organ[1:]
    return Signature(organ, iso_date(found["date"]))


NAMELESS = re.compile("[省市县区州旗](?:人民)?政府")


def closing_organs(lines: Sequence[str]) -> list[str]:
    """The organs on lines of their own that a text without a date below it ends in."""
    organs: list[str] = []
    for line in reversed(lines[-8:]):
        if not is_organ(line):
            break
        organs.insert(0, line)
    return organs
