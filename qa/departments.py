"""Names of departments: full, short and everyday ones (data/departments.tsv)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from index.tokens import fold, known_word, word_spans
from qa.abbreviations import in_order


@lru_cache(maxsize=1)
def _rows() -> Sequence[Sequence[str]]:
    text = (files("qa") / "data" / "departments.tsv").read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=1)
def canonical_names() -> Mapping[str, str]:
    """Every known name, folded -> the short name that official documents use."""
    names: dict[str, str] = {}
    for short, full, others, *_ in _rows():
        for name in (short, full, *others.split()):
            if name.strip("-"):
                names.setdefault(fold(name), short)
    return names


@lru_cache(maxsize=1)
def _successors() -> Mapping[str, tuple[str, ...]]:
    return {row[0]: tuple(name for name in row[4].split() if name != "-") for row in _rows()}


def successors(short: str) -> tuple[str, ...]:
    """Who does the work of a former department now, by short names; none for one that exists."""
    return _successors().get(short, ())


def predecessors(short: str) -> tuple[str, ...]:
    """Former departments whose work this one has taken over, by short names."""
    return tuple(old for old, now in _successors().items() if short in now)


def names_used(department: str, names: Collection[str]) -> tuple[str, ...]:
    """How a text that uses some names of departments calls one: its own name where the text has it; else the former
    departments whose work it took over, or the one that was made of a former one. Its own name, too, where the text
    has none of them.

    >>> names_used("市场监管总局", ["工商总局", "质检总局", "财政部"]), names_used("农业部", ["农业农村部"])
    (('工商总局', '质检总局'), ('农业农村部',))
    """
    meant = canonical(department)
    used = {canonical(name) for name in names}
    if meant in used or any(same_department(name, department) for name in names):
        return (department,)
    before = tuple(old for old in predecessors(meant) if old in used)
    # 海关总署 took over work of 质检总局 and stood beside it before: it is not that department.
    after = (now for now in successors(meant) if now in used and "" < _years(meant)[1] <= _years(now)[0])
    return before or tuple(after) or (department,)


def _years(short: str) -> tuple[str, str]:
    """The first and last year of a department of the table, empty where it names none."""
    years = next((row[3] for row in _rows() if row[0] == short), "-").split(";")[-1]
    first, _, last = years.partition("-")
    return first, last


def replaced_by(former: str) -> tuple[tuple[str, ...], str]:
    """Who took over the main work of a former department, by short names, and the plans of reform that say so; nothing
    for a department that nothing took over."""
    short = canonical(former)
    now = successors(short)
    said = next((row[5] for row in _rows() if row[0] == short), "") if now else ""
    return now, "、".join(dict.fromkeys(re.findall(r"\d{4}年《[^》]+》", said)))


def canonical(name: str) -> str:
    """The short name of a department; an unknown name as it is."""
    return canonical_names().get(fold(name), name)


def spellings(short: str) -> tuple[str, ...]:
    """All known names of a department, its short name first; of an unknown one that name alone."""
    return next(
        (tuple(n for n in (row[0], row[1], *row[2].split()) if n.strip("-")) for row in _rows() if row[0] == short),
        (short,),
    )


#: What stands before the name of a department and says whose it is: 市科技局, 青澜市科技局, 国家能源局.
_WHOSE = re.compile(
    r"^(?:[省市县区]?级?(?:以上)?(?:地方)?人民政府(?=[\u4e00-\u9fff]{2,}(?:部门|机构)$)|[省市县区]局(?=[\u4e00-\u9fff]{2,}[处科室])|[省市县区州旗]委(?!员)|[省市县区州盟旗镇乡校院]|[\u4e00-\u9fff]{2,6}?[省市县区州盟旗]|国家|中央)"
)
_OF_KIND = re.compile("(?:行政)?(?:主管)?部门$")
_COMMITTEE = "委员会"
#: What the name of a department ends in.
_ENDS = "部委局署办院行会厅社团处司科室队站府"


#: Bodies that notes name by their kind: 各乡镇人民政府.
_LOCAL_BODIES = re.compile(r"乡镇|街道|[县区]区|区县|县市区|市县|高校|院校")


def one_of(name: str) -> str:
    """What a group of like bodies is called as one of them, folded: 各区政府, 相关区政府 -> 区政府."""
    return re.sub(r"^(?:各|有关|相关)+(?=[省市县区州盟旗乡镇])", "", fold(name))


def own_name(name: str) -> str:
    """The name of a department without whose it is, folded: 青澜市科技局 -> 科技局; too short a rest is no name."""
    folded = one_of(name)
    bare = _WHOSE.sub("", folded)
    return bare if len(bare) >= 3 else folded


#: A town by its government: 龙山镇人民政府, 东街街道办事处.
_SEAT = re.compile("(?<=[乡镇村])(?:人民)?政府$|(?<=街道)(?:办事处|办)$")


def place_of(name: str) -> str:
    """The town or street, folded, that a name is of or whose government it is; empty for any other body.

    >>> place_of("龙山镇人民政府"), place_of("东街街道"), place_of("市财政局")
    ('龙山镇', '东街街道', '')
    """
    bare = _SEAT.sub("", fold(name))
    return bare if bare.endswith(("乡", "镇", "街道")) else ""


#: A county, a district or a city by its government: 青岩县人民政府.
_COUNTY_SEAT = re.compile("(?<=[\u4e00-\u9fff]{2}[县区市旗])(?:人民)?政府$")
#: What follows it where it is called without: 青岩县和柏坪县都要…, 云门区的任务; not 云门区教育局.
_ACTS = r"(?=[和与跟及、,，?？]|$|[都也还要得需应须该有是在共]|负责|牵头|参[与加]|配合|承担|的?(?:任务|工作|职责|事)|一起|同时)"
#: A body within another that goes by its own name: 市公安局交警支队.
_UNIT_WITHIN = re.compile("(?<=[局委厅])[\u4e00-\u9fff]{2,}(?:队|站|中心|所|处)$")
_TWO_NAMES = re.compile(rf"(?P<name>[^（()）]{{3,}})[（(](?P<other>[^（()）、]{{2,}}[{_ENDS}])[)）]")


def own_names(name: str) -> tuple[str, ...]:
    """The names of a body that has two, 县水利局（县河长办）, else its one.

    >>> own_names("县水利局（县河长办）"), own_names("各县（市、区）政府")
    (('县水利局', '县河长办'), ('各县（市、区）政府',))
    """
    two = _TWO_NAMES.fullmatch(name)
    return (name,) if two is None else (two["name"], two["other"])


def same_department(one: str, other: str) -> bool:
    """Whether two names mean one department: known names by the table, others in full or in short.

    >>> same_department("工信局", "市工业和信息化局"), same_department("科技部", "科学技术部")
    (True, True)
    >>> same_department("水利局", "水务局"), same_department("市教育局", "区教育局")
    (False, False)
    """
    if canonical(one) == canonical(other):
        return True
    pair = [(a, b) for a in own_names(one) for b in own_names(other)]
    if len(pair) > 1:
        return any(same_department(a, b) for a, b in pair)
    known = canonical_names()
    if fold(one) in known and fold(other) in known:
        return False
    if place_of(one) and place_of(one) == place_of(other):
        return True
    if one_of(one).replace("人民政府", "政府") == one_of(other).replace("人民政府", "政府"):
        return True
    whose = [m.group().removesuffix("委") for m in (_WHOSE.match(one_of(one)), _WHOSE.match(one_of(other))) if m]
    if len({name[-1] for name in whose}) > 1:
        return False  # 市教育局 and 区教育局, 市委宣传部 and 省委宣传部
    if len(set(whose)) > 1 and all(len(name) > 2 for name in whose):
        return False  # 东港区教育局 and 西港区教育局; but 青澜市教育局 may be called 市教育局
    short, long = sorted((own_name(one), own_name(other)), key=len)
    if short.endswith("部门") and len(short) > 4 and _OF_KIND.sub("", short) == _OF_KIND.sub("", long):
        return True  # 文化和旅游部门, 文化和旅游主管部门
    if short.endswith("委") and long.endswith("委员会"):
        long = long.removesuffix("员会")  # 卫健委 of 卫生健康委员会, but 管委会 of 管理委员会
    if short.endswith(_COMMITTEE) and long.endswith(_COMMITTEE) and short != long:
        return False  # 评审委员会, 评审复核委员会: written in full, neither is short for the other
    if len(short) < 3 or short[0] != long[0] or short[-1] != long[-1] or short[-1] not in _ENDS:
        return False
    return in_order(short, long)


def named_in(text: str, others: Collection[str] = ()) -> tuple[str, ...]:
    """Departments that a text names, by their short names, in order; ``others``: names that only the documents know,
    found in short or in full too (工信局 for 市工业和信息化局), given as the documents write them."""
    folded = fold(text)
    local = sorted({name for name in others if fold(name) not in canonical_names()})
    known = dict(canonical_names()) | {fold(name): canonical(name) for name in others}
    # A town may be called without its government.
    known |= {place: name for name in local if len(place := place_of(name)) > 2 and place not in known}
    known |= {own: name for name in local for own in map(fold, own_names(name)) if own not in known}
    known |= {m[0]: name for name in local if (m := _UNIT_WITHIN.search(fold(name))) and m[0] not in known}
    for name in local:
        county = _COUNTY_SEAT.sub("", fold(name))
        if county != fold(name) and county not in known and re.search(re.escape(county) + _ACTS, folded):
            known[county] = name
    spoken = {canonical(name) for name in others}
    taken: list[tuple[int, int, str]] = []
    for name in sorted((name for name in known if name in folded), key=len, reverse=True):
        at = folded.find(name)
        while at >= 0:
            # 省卫健委 is not 卫健委, and 市委宣传部 not 中央宣传部.
            theirs = bool(_THEIRS.search(folded[:at])) and name not in map(fold, others)
            # 评审委员会办公室 is another body than the committee.
            theirs = theirs or folded.startswith(_OFFICE, at + len(name))
            theirs = theirs or (name in _WITHIN_GOVERNMENT and folded.startswith(_GOVERNMENT, at - 1))
            # 全总 is none in 安全总监, made of the ends of two words.
            theirs = theirs or (len(name) == 2 and _across_words(folded, at, at + 2))
            if not theirs and not any(start < at + len(name) and at < end for start, end, _ in taken):
                written = name if name[-1] in _OWN_ENDS or name in _PARTY_BODIES else folded[at : at + len(name) + 1]
                own = _own_of(written, known[name], local) if written != name or known[name] not in spoken else None
                kind = (
                    name.removesuffix("部") + "部门"
                )  # 公安部门 is 公安机关 where the documents know that and no 公安部
                if known[name] not in spoken and folded.startswith(kind, at):
                    own = own or next((canonical(body) for body in local if _is_kind(kind, body)), None)
                taken.append((at, at + len(name), own or known[name]))
            at = folded.find(name, at + 1)
    for match in _LOCAL_BODIES.finditer(folded):
        body = next((name for name in local if match.group() in re.sub("[、（()）]", "", name)), None)
        if body is not None and not any(a < match.end() and match.start() < b for a, b, _ in taken):
            taken.append((*match.span(), canonical(body)))
    for start, end, piece in _pieces(folded) if local else ():
        if any(a < end and start < b for a, b, _ in taken):
            continue
        held = [name for name in local if same_department(piece, name) or _is_kind(piece, name)]
        if _LEVEL.fullmatch(folded, max(0, start - 1), start):  # 市气象局 is no 县气象局
            held = [name for name in held if same_department(folded[start - 1 : end], name)]
        meant = next((name for name in held if own_name(name) == own_name(piece)), held[0] if held else None)
        if meant is not None:
            taken.append((start, end, canonical(meant)))
    return tuple(dict.fromkeys(name for _, _, name in sorted(taken)))


def _across_words(text: str, start: int, end: int) -> bool:
    """Whether a stretch of a text begins inside a word and ends inside another, both of the dictionary."""
    words = [(a, b) for a, b in word_spans(text) if known_word(text[a:b])]
    return all(any(a < at < b for a, b in words) for at in (start, end))


_LEVEL = re.compile("[省市县区州旗]")
_OWN_ENDS = "局厅委办"
_PARTY_BODIES = frozenset("宣传部 组织部 统战部 社会工作部".split())  #: that each level has
_THEIRS = re.compile("[省市县区州旗校院]委?$")
_OFFICE = "办公室"
_GOVERNMENT, _WITHIN_GOVERNMENT = "人民政府", ("民政", "民政府")  #: that holds the short name of another body


def _own_of(written: str, meant: str, local: Sequence[str]) -> str | None:
    """The body of the documents themselves that a name in full means (民政局 is 区民政局 here, not 民政部)."""
    local_name = written[-1] in _OWN_ENDS or written in _PARTY_BODIES
    own = next((o for o in local if local_name and same_department(written, o)), None)
    return None if own is None or meant in local else canonical(own)


def _is_kind(piece: str, name: str) -> bool:
    """Whether 城管部门 may be said of 市城管局."""
    kind = piece.removesuffix("部门")
    return kind != piece and len(kind) >= 2 and own_name(name).startswith(kind)


def _pieces(folded: str) -> Iterator[tuple[int, int, str]]:
    """Pieces of a text that end like the name of a department, longest first."""
    ends = [m.end() for m in re.finditer(rf"[{_ENDS}](?!门|分|长|内|于|议|员|办公室)|部门", folded)]
    for length in range(12, 2, -1):
        for end in ends:
            piece = folded[max(0, end - length) : end]
            several = re.search(rf"[{_ENDS}][和与及跟]", piece)
            if len(piece) == length and re.fullmatch(r"[\u4e00-\u9fff]+", piece) and not several:
                yield end - length, end, piece
