"""Who leads what: responsibility notes of official documents, with the offsets that prove them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal, NamedTuple

from corpus.document import Section, SourceDocument
from corpus.labels import number_of
from corpus.lead_rules import FIRST_RULE, MARK_RULE, MARKS, first_rules, ruled_by
from corpus.sentences import sentence_spans

Basis = Literal["stated", "charged", "sole", "first_listed", "none"]
Form = Literal["note", "sentence", "row", "member"]
Parsed = tuple[tuple[str, ...], tuple[str, ...], bool]


@dataclass(frozen=True, slots=True)
class Duty:
    """One responsibility note. Offsets are into ``SourceDocument.text``."""

    doc_id: str
    section: int  #: index of the section that the note covers; its children inherit it
    departments: tuple[str, ...]  #: in the order of the note
    leads: tuple[str, ...]  #: empty when the note does not tell
    basis: Basis
    """"stated": the note says 牵头; "charged": it tells who is responsible (负责, 责任单位) from who only joins (配合, 参与);
    "sole": one department alone is responsible; "first_listed": by the document's rule 列第一位者为牵头部门; "none": nothing
    tells who leads."""
    open_ended: bool  #: the list ends in 等
    start: int  #: span of the note, brackets included
    end: int
    rule: tuple[int, int] | None  #: span of the rule, where it was used
    form: Form = "note"
    """A note of its own, a clause in running text (由…牵头), a row of a table, or a paragraph that tells what one member
    of a body does (市水利局：负责水情监测；…)."""
    covers: tuple[int, int] = (0, 0)  #: the text that the note speaks of
    item: tuple[int, int] = (0, 0)  #: of a row: the cell that names the task; else empty


# --- the language of notes ------------------------------------------------------------------------------------------

_ROLE = r"(?:牵头|主办|主责|责任|负责|承办|实施|配合|参与|参加|协办|协同|协助)"
_BODY = r"(?:单位|部门|机构|主体|[处科股]室|司局)"
#: Which of several: 主要责任单位, 市级牵头部门.
_WHICH = r"(?:主要|首要|第一|其他|其它|共同|[省市区县]级|[省市区县](?:直|属)?)"
#: 责任单位：, 牵头指导处室：, 【责任单位】, and the role alone where no other thing is called so: 牵头：.
_LABEL = re.compile(
    rf"{_WHICH}?(?P<role>总?{_ROLE}(?:{_ROLE}|指导|落实)?(?={_BODY})|(?:牵头|主办|协办|配合)(?=\s*[:：]))(?:{_BODY}(?:(?:[及和与、]|以及){_BODY})?)?(?:[（(](?:单位|部门|排[^）)]*)[)）])?\s*(?:[:：]|(?<=[\u4e00-\u9fff])[】\]](?:\s*[:：])?)"
)
#: Who runs a site or an event, on a line of its own.
_HOST = re.compile(r"(?:主办|协办|承办)\s*[:：]")
#: A person beside the departments: 责任领导：张某某, 分管负责人：李某某.
_PERSON = re.compile(
    r"(?:^|(?<=[；;，,\s]))[\u4e00-\u9fff]{0,4}(?:领导|责任人|负责人|联系人|联络员)\s*[:：][^；;，,。\n]{1,20}(?:[；;，,]\s*|$)"
)
#: Who acts told behind the names: 各区分局为实施单位.
_AS_BODY = re.compile(rf"(?P<who>[^为]+)(?:作)?为(?P<role>{_ROLE}){_BODY}$")
#: Until when a task is to be done, beside who does it.
_LIMIT = re.compile(
    r"(?:^|(?<=[；;，,（(【〔\[\s]))(?:(?:完成|办结|整改|落实)?(?:时限|期限|时间)|进度)(?:要求|节点|安排)?\s*[:：]\s*(?P<limit>[^；;，,。）)】〕\]\n|]{2,40})(?:[；;，,]\s*|(?=[）)】〕\]]|$))"
)
#: A piece of a note that tells only when: 2025年底前完成, 长期坚持.
_WHEN = re.compile(
    r"(?:(?:(?:20)?\d\d|今|明|本|次|当)年)?(?:(?:1?\d|[一二三四])(?:月|季度))?(?:[1-3]?\d日|[上下]半年|[上中下]旬|[年月]?[底末内]|全年)?(?:之?前|以前)?(?:基本|全面)?(?:完成|启动|取得[\u4e00-\u9fff]{0,4}(?:成效|进展)|见效)?"
    r"|(?:长期|持续|常态化?|全年|逐年|按年度|及时|立即)(?:地|长期|持续)?(?:坚持|推进|实施|开展|落实|执行|完成)?"
)
_LEAD = r"(?:牵头|主办|主责)"
_JOIN = r"(?:配合|参与|参加|协同|协助|协办|指导|督促|督导|督办|监督)"
_ACT = rf"(?:牵头|主办|负责|{_JOIN}|承办|落实|组织实施|具体实施|实施|组织|推进|推动|执行|承担|做好)"
#: Who is to answer for a task where others only join.
_CHARGE_OF = re.compile("负责|责任")
_HOW = (
    r"(?:分别|共同|联合|一起|(?:按照?|依据?|依照|根据)(?:各自|部门|单位|工作|法定)*的?(?:(?:职责|职能|任务|职权)(?:分工|范围)?|分工)+(?:要求)?|分工|各负其责"
    r"|总(?=牵头)|在(?:各自)?(?:的)?(?:职责|职能|职权)范围内|(?:结合|根据)(?:各自|本地|当地)?实际|各自|具体|主要|统筹|进行|予以|抓好)"
)
_TAIL = re.compile(rf"(?:{_HOW}*{_ACT})+$")
#: The part of the work that those named behind the lead have: 甲局牵头，乙局、丙局分别负责本领域创建工作.
_OWN_PART = re.compile(r"(?<=负责)(?!人)[^，,。；;、：:（()）]{2,16}(?=[，,。；;]|$)")
#: What the name of a department or group of departments ends in.
_UNIT = (
    r"(?:部|委|局|署|办|办公室|院|行|会|厅|社|中心|政府|机关|公司|集团|部门|单位|机构|地方|地区|[省市区县州盟旗乡镇]|街道|海关|小组|专班|联盟|联|团"
    r"|协|校|大学|企业|司|处|科|室|所|站|队|台|馆|法庭|社区|(?<=各)村|电力|电信|移动|联通|铁塔)"
)
#: The same of a body that is in charge of something by its office.
_ORGAN = re.compile(r"(?:[部委局署办院厅会处科室]|政府|机构|机关|部门|街道|中心)$")
#: How far an office reaches: 主管全国的…工作, 主管本行政区域内的….
_AREA = r"(?:全[国省市县区州]|本(?:行政)?[省市县区州辖]|辖区|所辖|其行政区域)"
_NAME = re.compile(rf"[\u4e00-\u9fff“”（）()〔〕·\d]{{1,29}}{_UNIT}")
_ASIDE = re.compile(r"[（(〔][^（()）〔〕]*[)）〕]$")
_LOOSE_NAME = re.compile(r"[\u4e00-\u9fff“”（）()〔〕·]{2,30}")
_NO_NAME = re.compile(r"[由请为将把对向使让]|根据|按照|负责|牵头|制定|建立|加强")
_MORE = re.compile(
    r"等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?(?:各)?(?:有关|相关)?(?:(?:行政|主管|管理|执法)*部门|单位|机构|地方|地区)?(?:和单位)?$"
)
#: What each of a list is: 文化、体育行政部门, 公安、物价等管理部门.
_KIND = re.compile(r"(?:(?<=等)(?:行政|主管|管理|执法)+|行政主管|行政|主管)?部门$")
_AND = re.compile(r"(?:(?<=[部委局署办院行会厅社府门位区市县])|(?<=中心))(?:和|与|及|以及)(?=[\u4e00-\u9fff]{2})")
_GROUP = re.compile(
    r"^(?:各|有关|相关|其他)|各?(?:有关|相关)[处科股]室$|(?:部门|单位|企业|机构|主体)$"
)  # 各有关部门: many, so that being named first does not make it the lead
#: Behind 第五条 the brackets 【】 hold the heading of the article.
_BRACKETED = re.compile(
    r"[（(](?:[^（()）]|[（(][^（()）]{0,60}[)）]){2,600}[)）]|(?<!条)(?<!条[ \u3000])【[^【】]{2,600}】|\[[^\[\]]{2,600}\]|〔[^〔〕]{2,600}〕"
)
_MORE_LABELS = _LABEL.pattern.replace("?P<role>", "")
_LABELLED = re.compile(
    rf"(?:^|(?<=[\n。；;！]))[ \t]*[【\[]?{_LABEL.pattern}[^\n。]{{2,300}}(?:\n?[【\[]?{_MORE_LABELS}[^\n。]{{2,300}})*"
)
_SOLE = (
    r"(?:[\u4e00-\u9fff]{1,12}(?<!单位)(?<!部门)(?<!机构)(?<!企业)[局委部厅办署会科处院府]|[\u4e00-\u9fff]{2,10}中心)"
)
_LIST = r"(?:[\u4e00-\u9fff、“”]|[（(][\u4e00-\u9fff、]{1,12}[)）]){2,120}?"  #: 各县（市、区）政府 among them
#: What follows those who act together: 甲会同乙制定…, 甲会同乙抓好落实.
_DOES = (
    r"(?:负责|牵头|落实|组织|实施|推进|推动|做好|抓好|研究|制定|制订|提出|开展|编制|编印|起草|出台|召开|举行|举办|建立|健全|完善|加强|指导|监督|管理|审查|审核|审批|确定"
    r"|认定|核定|核实|评估|公布|发布|印发|调查|查处|处置|统筹|统一|提供|细化|探索|定期|及时|依法|共同|联合|另行|每[年季月]|每半年)"
)
#: How they do it, before what they do: 会同乙按照某原则分配.
_BY = r"(?:按照?|根据|依据|依照|结合|对)"
#: Those who join, up to the end of a name: not 保密行政 of 保密行政管理部门.
_OTHERS = (
    rf"{_LIST}(?:等)?(?:各)?(?:有关|相关)?(?:部门|单位)?(?<=[部委局署办院行会厅社门位构心关司团府市区县处科室队组联])"
)
#: 甲会同乙, 甲商乙; not of 工商部门.
_WITH_THEM = r"(?:会同|会商|(?<=[部委局署办院厅])商(?![务业会标品]))"
#: A clause in running text: 由甲牵头，乙配合; 由甲牵头，会同乙制定; 由甲会同乙负责; 由甲负责，乙配合; 由甲负责。 at the end of a
#: sentence.
_CLAUSE = re.compile(
    rf"(?:由|(?<=[，。；;：\n])(?=[^由，。；;：\n]{{2,60}}牵头))(?P<who>{_LIST}(?:等)?(?:共同|联合|总)?牵头(?:负责)?[，,]?(?:并)?会同{_OTHERS}(?={_DOES})"
    rf"|{_LIST}(?:共同|联合|总)?牵头[，,]{_LIST}、{_OTHERS}(?={_HOW}*(?:{_DOES}|对))"
    rf"|{_LIST}(?:等)?(?:共同|联合|总)?牵头(?:负责)?(?:[，,]{_LIST}(?:共同)?(?:配合|参与|参加|协同|协助)(?:负责|推进|落实)?)?"
    rf"|{_LIST}会同{_LIST}(?:共同)?(?:负责|牵头|落实|组织实施|推进)(?=[，,。；;\n）)]|$)|{_LIST}{_WITH_THEM}{_OTHERS}(?={_DOES}|{_BY})"
    rf"|{_LIST}负责[，,]{_LIST}(?:配合|参与|参加|协同|协助)|{_SOLE}负责(?=[。；;\n])|{_LIST}、{_LIST}{_HOW}*负责(?=[，,。；;\n])|{_LIST}组织实施(?=[。；;\n]|$))(?=[，,。；;\n）)]|$|{_DOES}|{_BY})"
)
_LABEL_OF_ITEM = (
    r"[ \t\u3000]*(?:第[一二三四五六七八九十百千零\d]+条[ \t\u3000]*|\d{1,2}(?:\.\d{1,2})+[ \t\u3000]*"
    r"|[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．][ \t]*)?"
)
#: The same without 由, from the beginning of a clause: 甲会同乙制定…, 甲要会同乙抓好落实.
_TOGETHER = re.compile(
    rf"(?:^|(?<=[\n。；;，,：:])){_LABEL_OF_ITEM}(?:[\u4e00-\u9fff]{{2,8}}(?:责成|授权|委托))?(?P<lead>(?!由){_LIST})(?:应当?|要|须|负责)?{_WITH_THEM}(?P<others>{_OTHERS})(?={_DOES}(?!了|过)|按照?|根据|依据|依照)"
)
#: 责任单位为甲、乙；牵头单位是甲，配合单位是乙.
_IS_LABEL = rf"{_WHICH}?(?:{_ROLE}|牵头)(?:{_BODY})(?:分别)?[为是]"
_LABELLED_AS = re.compile(
    rf"(?:^|(?<=[\n。；;！，,]))[ \t]*(?P<said>{_IS_LABEL}{_LIST}等?(?:[，,；;]{_IS_LABEL}{_LIST}等?)*)(?=[。；;，,\n]|$)"
)

#: The departments before what they do: 甲牵头负责某项工作，乙、丙配合; 甲负责某项工作；乙、丙按职责分工予以配合。
_FIRST = re.compile(
    rf"(?:^|(?<=[\n。；;])){_LABEL_OF_ITEM}"
    rf"(?P<lead>{_LIST})(?:共同|联合)?(?:牵头(?:负责|组织|开展|做好|推进)?|负责牵头|(?P<charged>负责))(?P<what>[^，,。；;\n]{{2,60}})[，,；;]"
    rf"(?P<others>{_LIST})(?:{_HOW})*(?:积极|密切|做好)?(?:配合|参与|参加|协同|协助)(?:工作)?(?=[，,。；;\n]|$)"
)

#: A body that is to lead by its function: 省级甲部门要发挥指导协调和牵头抓总作用.
_FUNCTION = re.compile(
    rf"(?:^|(?<=[\n。；;，,]))[ \t\u3000]*(?:[（(]?[一二三四五六七八九十\d]{{1,3}}[)）.、．][ \t]*)?"
    rf"(?P<lead>{_LIST})(?:要|应当?|需|须)?(?:切实|充分|积极|进一步|更好地?)*(?:发挥好?|履行好?)[^，,。；;\n]{{0,12}}(?:牵头|抓总)[^，,。；;\n]{{0,8}}(?:作用|职责|职能|责任)"
)


def find_duties(document: SourceDocument) -> tuple[Duty, ...]:
    """All responsibility notes of a document, in order; none invented: each names at least one department."""
    document = document.plain
    notes = list(_notes(document.text))
    parts = [(part.start, part.end) for part in document.parts]
    rules = first_rules(document.text, [(start, end) for start, end, *_ in notes], parts)
    marked = None if rules else MARK_RULE.search(document.text)
    duties: list[Duty] = []
    places = [(start, end, form) for start, end, form, _, _ in notes]
    for start, end, form, item, (departments, leads, open_ended, charged, joins) in notes:
        section = _section_of(document, start, end, form, places)
        if section is None or section.kind != "body":
            continue
        basis: Basis = "stated" if leads else "none"
        used = None
        if form == "member" and leads:
            basis = "sole"
        alone = len(departments) == 1 and not open_ended and not _GROUP.search(departments[0])
        listed = form in ("note", "row") and not _GROUP.search(departments[0])
        rule = ruled_by(rules, start, end) if listed and not leads else None
        if rule is not None:
            leads, basis, used = departments[:1], "first_listed", rule.said
        elif not leads and marked and form == "note":
            leads = _before(document.text[start:end], MARKS[marked["mark"]])
            basis, used = "first_listed", marked.span()
        elif not leads and charged:
            leads, basis = charged, "charged"
        elif not leads and alone and not joins:
            leads, basis = departments, "sole"
        said = (departments, leads, basis, open_ended)
        for meant in _items_above(document, section, start, end, form, duties):
            covers = _covered(document, meant, start, end, form, duties)
            duties.append(Duty(document.doc_id, meant.index, *said, start, end, used, form, covers, item))
    return tuple(duties)


class _Told(NamedTuple):
    """What a note says."""

    departments: tuple[str, ...]
    leads: tuple[str, ...] = ()  #: of whom it says 牵头
    open_ended: bool = False
    charged: tuple[str, ...] = ()  #: who is responsible, where it says no 牵头 and others join
    joins: bool = False  #: whether some only join


def parse_note(body: str, *, strict: bool = False) -> Parsed | None:
    """(departments in order, leads, open-ended) of a note without its brackets; None if it is none.

    ``strict``: every piece must look like the name of a department. Else the first must, and the others follow it.

    >>> parse_note("教育部牵头，财政部、科技部等配合")
    (('教育部', '财政部', '科技部'), ('教育部',), True)
    """
    told = _told(body, strict=strict)
    return None if told is None else _parsed(told)


def _parsed(told: _Told) -> Parsed:
    return told.departments, told.leads or told.charged, told.open_ended


def _told(body: str, *, strict: bool = False) -> _Told | None:
    """What a note without its brackets says; None if it is none, see ``parse_note``."""
    body = _LEAD_TOGETHER.sub("共同牵头", body)
    marked = [m["name"] for m in _LEADS_ASIDE.finditer(body)]
    body = _bare(_LEADS_ASIDE.sub(r"\g<name>", body))
    labels = list(_LABEL.finditer(body))
    if labels and labels[0].start() == 0:
        ends = [m.start() for m in labels[1:]] + [len(body)]
        pieces = [(m.group("role"), body[m.end() : end]) for m, end in zip(labels, ends, strict=True)]
    else:
        pieces = [("", body)]
    departments: list[str] = []
    leads: list[str] = []
    charged: list[str] = []
    open_ended = acts = joins = False
    for role, text in pieces:
        for segment in re.split(r"[，,；;。]|(?<=牵头|负责|配合|参与|协助|协同)、" + (r"|\s+" if role else ""), text):
            segment = segment.strip()
            if not segment or segment in ("下同", "以下同") or _WHEN.fullmatch(segment):
                continue
            as_body = _AS_BODY.fullmatch(segment)
            acting, segment = (as_body["role"], as_body["who"]) if as_body else (role, segment)
            names, verb, more, joined = _names(segment, strict)
            if not names:
                return None
            open_ended |= more
            acts |= bool(acting or verb)
            departments += [n for n in names if n not in departments]
            if re.search(_LEAD, acting + verb) or joined:
                # 由甲会同乙负责: the first named acts, the others join.
                leads += names[: joined or len(names)]
            elif re.search(_JOIN, acting + verb):
                joins = True
            elif _CHARGE_OF.search(acting + verb):
                charged += names
        if role and not departments:
            return None
    if not departments or not (acts or marked):
        return None
    leads += [d for d in departments if any(name.endswith(d) for name in marked)]
    answers = charged if joins and not leads else ()
    return _Told(tuple(departments), tuple(dict.fromkeys(leads)), open_ended, tuple(dict.fromkeys(answers)), joins)


#: 甲局（牵头）、乙局: the lead of a list marked behind its name.
_LEADS_ASIDE = re.compile(r"(?P<name>[^、，,；;：:。\s（(]{2,30})[（(](?:总?牵头|主办|主责)(?:单位|部门)?[)）]")
#: The same of all before it: 甲局、乙局（并列牵头）.
_LEAD_TOGETHER = re.compile(r"[（(](?:并列|共同|联合|双)牵头(?:单位|部门)?[)）]")
#: Who belongs to the body named before: 各区政府（含新区管委会，下同）.
_WITH = re.compile(r"[（(](?:不?含|包括)[^（()）]*[)）]")


_EDGES = " 　，,；;。.（(【[\\"
_CLOSES = "）)】]"


def _bare(body: str) -> str:
    """A note without what it says of all notes, and of the time."""
    joined = _WITH.sub("", re.sub(r"\s*\n\s*", "", body))
    plain = _PERSON.sub("", _LIMIT.sub("", FIRST_RULE.sub("", MARK_RULE.sub("", joined))))
    plain = re.sub(rf"[【\[](?={_MORE_LABELS})|[（(][ \u3000，,；;]*[)）]", "", plain).strip(_EDGES)
    # A bracket that the name at the end has opened, 各乡镇（街道）, belongs to it.
    while plain and plain[-1] in _CLOSES and sum(map(plain.count, "（(【[")) < sum(map(plain.count, _CLOSES)):
        plain = plain[:-1].rstrip(_EDGES)
    return plain


_POINTS = re.compile(r"\s*\d{1,3}分\s*")


def _list_alone(body: str) -> _Told | None:
    """What a note says that is nothing but names of departments: 市公安局，市交通运输局、各区政府. None if it is none."""
    departments: list[str] = []
    open_ended = False
    for segment in re.split("[，,；;。]", _bare(body)):
        if _POINTS.fullmatch(segment) and not departments:
            continue  # what an item of an assessment is worth
        names, verb, more, joined = _names(segment.strip(), True)
        if not names or verb or joined:
            return None
        open_ended |= more
        departments += [name for name in names if name not in departments]
    return _Told(tuple(departments), (), open_ended) if departments else None


def _before(note: str, marks: str) -> tuple[str, ...]:
    """The departments of a list before the first of some marks; all of them where it has none."""
    return tuple(_names(re.split(f"[{marks}]", _bare(note[1:-1]))[0].strip(), True)[0])


def limit_in(note: str) -> str:
    """Until when a note says that its task is to be done; empty where it does not.

    >>> limit_in("（完成时限：持续推进；牵头单位：市人社局）")
    '持续推进'
    """
    found = _LIMIT.search(note)
    if found is not None:
        return found["limit"].strip()
    pieces = re.split(r"[，,；;]", note.strip(" \n。（）()【】〔〕[]"))
    return next((piece for piece in pieces if piece and _WHEN.fullmatch(piece)), "")


_LEVEL = r"(?:省|自治[区州县]|直辖市|设区的市|[市县区州盟旗乡镇])"
_LEVELS = re.compile(rf"(?:(?<=[^\u4e00-\u9fff])|^|各)(?:{_LEVEL}级?、)+(?={_LEVEL}|街道)|各街道、(?=[乡镇])")


def _names(segment: str, strict: bool) -> tuple[list[str], str, bool, int]:
    """(department names, verb at the end, ends in 等, how many stand before 会同) of one clause; no names: no list."""
    tail = _TAIL.search(segment)
    verb = tail.group() if tail else ""
    listed = re.sub(r"^(?:(?:以上|上述)[^由]{0,10}由|并?由|请|主要由|会同)", "", segment[: len(segment) - len(verb)])
    listed = re.sub("[（(]以下[简统]称[^（()）]*[)）]", "", listed)
    # 各市、县政府 is one name, and so is 省、自治区、直辖市民政部门.
    listed = _LEVELS.sub(lambda m: m[0].replace("、", "\0"), listed)
    # So is 各县（市、区）人民政府, and 乙局（分别负责港口、航道部分） behind 甲局.
    listed = re.sub(
        r"[（(〔](?:[^（()）〔〕]{1,12}|(?:分别|各自)[^（()）〔〕]{1,24})[)）〕]",
        lambda m: m[0].replace("、", "\0"),
        listed,
    )
    more = bool(_MORE.search(listed))
    kind = _KIND.search(listed)
    listed = _MORE.sub("", listed)
    before, *rest = listed.split("会同")
    pieces = [re.split(r"、|\s+", part) for part in (before, *rest)]
    groups = [[name for piece in part for name in _split_and(piece) if name] for part in pieces]
    if kind is not None:
        groups[-1] = [n if _is_name(n) else n + ("部门" if "行政" in n else kind[0]) for n in groups[-1]]
    names = [name.replace("\0", "、") for group in groups for name in group]
    good = [_is_name(n) and not _NO_NAME.search(_ASIDE.sub("", n)) for n in names]
    if not names or not good[0] or (strict and not all(good)) or sum(good) < len(good) / 2:
        return [], verb, False, 0
    if not all(_LOOSE_NAME.fullmatch(n.replace("、", "")) and not _NO_NAME.search(_ASIDE.sub("", n)) for n in names):
        return [], verb, False, 0
    return names, verb, more, len(groups[0]) if rest else 0


def _is_name(text: str) -> bool:
    """Whether a text ends like the name of a body; 、 inside it is that of 县（市、区）."""
    return bool(_NAME.fullmatch(re.sub("[、\0]", "", _ASIDE.sub("", text))))


def _split_and(piece: str) -> list[str]:
    """Cut at 和/与/及 only where both sides are names: 财政部和税务总局, but not 工业和信息化部."""
    for match in _AND.finditer(piece):
        left, right = piece[: match.start()], piece[match.end() :]
        if _NAME.fullmatch(left) and _NAME.fullmatch(right):
            return [left, *_split_and(right)]
    return [piece.strip()]


#: Several that each do their part: 甲局、乙局按照各自职责做好某项工作, 民政、财政等部门在各自职责范围内，负责某项工作.
_SHARED = re.compile(
    rf"(?:^|(?<=[\n。；;])){_LABEL_OF_ITEM}(?P<names>{_LIST}(?:等)?(?:有关|相关)?(?:部门|单位|机构)?)(?:应当?|要|须)?(?:按照?|依据?|依照|根据|在)"
    r"(?:(?:各自|部门|法定)+的?(?:职责|职能|职权|权限)(?:分工)?|(?:职责|职能)分工)(?:范围)?内?[，,]?(?:依法|共同|协同|分别|积极|认真)*"
    r"(?:做好|负责|承担|开展|落实|配合|组织|实施|推进|加强|指导|查处|履行|对)[^。；;\n]{2,}"
)

# --- where notes stand ----------------------------------------------------------------------------------------------


def notes_in(text: str) -> tuple[Parsed, ...]:
    """What the responsibility notes of a piece of text say, in order; rows of a table below their head included."""
    return tuple(_parsed(told) for *_, told in _notes(text))


#: A name in another script behind the Chinese one: 商务委 (Commission of Commerce), 海关（Customs）.
_FOREIGN = re.compile(
    r"(?<=[\u4e00-\u9fff])[ \u3000]*[（(](?=[^（()）]*[A-Za-z])[^（()）\n\u4e00-\u9fff]+[)）][ \u3000]*"
)


def _notes(text: str) -> Iterator[tuple[int, int, Form, tuple[int, int], _Told]]:
    """(start, end, form, cell that names the task, what it says) of each note, in order, none within another.

    They are read without the foreign names that stand among the Chinese ones.
    """
    foreign = [match.span() for match in _FOREIGN.finditer(text)]
    if not foreign:
        return _notes_of(text)
    ends = [0, *(end for _, end in foreign)]
    left = list(chain.from_iterable(map(range, ends, [*(start for start, _ in foreign), len(text)])))

    def place(start: int, end: int) -> tuple[int, int]:
        return (left[start], left[end - 1] + 1) if start < end else (0, 0)

    return (
        (*place(start, end), form, place(*item), told)
        for start, end, form, item, told in _notes_of("".join(map(text.__getitem__, left)))
    )


def _notes_of(text: str) -> Iterator[tuple[int, int, Form, tuple[int, int], _Told]]:
    """The same of a text without foreign names in brackets."""
    found: list[tuple[int, int, Form, tuple[int, int], _Told]] = []

    def add(start: int, end: int, form: Form, parsed: _Told | None, item: tuple[int, int] = (0, 0)) -> None:
        if parsed is not None and not any(s < end and start < e for s, e, *_ in found):
            found.append((start, end, form, item, parsed))

    lists: list[tuple[re.Match[str], _Told, bool]] = []
    brackets = 0
    for match in _BRACKETED.finditer(text):
        said = match.group()[1:-1]
        parsed = _told(_OWN_PART.sub("", said) if "牵头" in said else said)
        add(match.start(), match.end(), "note", parsed)
        brackets += parsed is not None
        behind = _ENDS.search(text, max(0, match.start() - 2), match.start())
        stands_apart = behind or text[match.end() : match.end() + 1] in ("", "\n")
        alone = _list_alone(match.group()[1:-1]) if stands_apart and parsed is None else None
        if alone is not None:
            lists.append((match, alone, bool(behind)))
    # A bracket with names alone is a note where the document writes its notes so; behind a sentence also where it has
    # other notes in brackets.
    ruled = MARK_RULE.search(text) or FIRST_RULE.search(text)
    several = sum(len(alone[0]) > 1 for _, alone, _ in lists)
    for match, alone, ends in lists:
        if ruled or several >= _LISTS_ALONE or (ends and brackets + several >= _LISTS_ALONE):
            add(match.start(), match.end(), "note", alone)
    for match in _LABELLED.finditer(text):
        if _HOST.match(match.group().strip()):
            continue
        start = match.start() + len(match.group()) - len(match.group().lstrip())
        add(start, match.end(), "note", _told(text[start : match.end()]))
    for start, end, item, parsed in _rows(text):
        add(start, end, "row", parsed, item)
    charges = _charges(text)
    for start, end, said in _members(text):
        add(start, end, "member", _member(said))
    for match in _FIRST.finditer(text):
        parsed = _told(f"{match['lead']}{match['charged'] or '牵头'}，{match['others']}配合", strict=True)
        add(match.start("lead"), match.end(), "sentence", parsed)
    for start, end in sentence_spans(text):
        if end - start <= 200 and re.search(r"牵头|负责|配合|落实", text[start:end]):
            # Behind what others are responsible for, it speaks of itself and not of its section.
            line = text.rfind("\n", 0, start) + 1
            label = _ITEM.match(text, start, end) if line == start and "牵头" in text[start:end] else None
            start = start if label is None else label.end()
            form: Form = "sentence" if any(line <= at < start for at, *_ in charges) else "note"
            add(start, end, form, _told(text[start:end].rstrip("。；;"), strict=True))
    for match in _SHARED.finditer(text):
        if not _NOT_NAMED.search(match["names"]):
            parsed = _told(f"{match['names']}分工负责", strict=True)
            several = parsed is not None and len(parsed.departments) > 1
            add(match.start("names"), match.end(), "sentence", parsed if several else None)
    for match in _FUNCTION.finditer(text):
        add(match.start("lead"), match.end(), "sentence", _told(f"{match['lead']}牵头", strict=True))
    for match in _LABELLED_AS.finditer(text):
        said = re.sub(rf"({_BODY})(?:分别)?[为是]", r"\1：", match["said"])
        add(match.start("said"), match.end("said"), "note", _told(said, strict=True))
    for match in _TOGETHER.finditer(text):
        if _EXPLAINS.match(text, match.end()):
            continue
        parsed = _told(f"{match['lead']}会同{match['others']}负责", strict=True)
        add(match.start("lead"), match.end(), "sentence", parsed)
    for match in _CLAUSE.finditer(text):
        if "会同" in match.group() and _EXPLAINS.match(text, match.end()):
            continue
        # 本部分任务由甲牵头 speaks of its section, not of a sentence.
        whole = _WHOLE.search(text, text.rfind("\n", 0, match.start()) + 1, match.start())
        who = re.sub("牵头(负责)?[，,]?并?会同", "牵头，会同", re.sub(_WITH_THEM, "会同", match.group("who")))
        parsed = _told(who + ("负责" if "会同" in who and not _TAIL.search(who) else ""), strict=True)
        if whole:
            add(whole.start(), match.end(), "note", parsed)
        else:
            add(match.start(), match.end(), "sentence", parsed)
    for start, end, said in charges:
        add(start, end, "member", _member(said))
    return iter(sorted(found))


def _member(said: str) -> _Told | None:
    """What is said of the body, or the bodies, that a paragraph or a clause begins with."""
    names, _, more, _ = _names(said, True)
    return _Told(tuple(names), tuple(names) if len(names) == 1 else (), more) if names else None


_EXPLAINS = re.compile("(?:负责)?(?:进行)?解释")
#: What a bracket of names alone stands behind, a whole sentence or a line, where it does not end a line itself.
_ENDS = re.compile(r"(?:[。；;！\n]|^)\s?$")
_LISTS_ALONE = 3  #: lists of names alone that a document has at least where they are its notes
_WHOLE = re.compile(r"(?:本(?:部分|章|节|项|条|方案|计划)|以上|上述)[^，,。；;]{0,10}$")
_EMPTY_CELL = re.compile(r"\s*(?:[-—–/／]*|无|暂无)\s*")
_MEMBER = re.compile(
    r"^[ \t]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．])?[ \t]*"
    rf"(?P<name>(?:[\u4e00-\u9fff（）()]{{1,18}}{_UNIT}、)*[\u4e00-\u9fff（）()]{{1,18}}{_UNIT}(?:[（(][\u4e00-\u9fff]{{2,12}}[)）])?)[：:](?P<what>[^\n]{{4,}})$",
    re.MULTILINE,
)
_DOES_SOMETHING = re.compile(r"负责|承担|做好|组织|协调|指导|参与|配合|落实|保障|督促|监督|开展|查处|加强|提供|协助")
#: A line with a name alone, and below it, in numbered lines or in one that begins so, what the body does.
_TASK_LINE = r"[ \t\u3000]*(?:\d{1,2}[.．、]|[（(]\d{1,2}[)）]|[①-⑳]|(?:主要|具体)?(?:负责|承担|牵头|配合|参与|组织|指导))[^\n]{3,}"
_HEADED = re.compile(
    r"^[ \t\u3000]*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．])?[ \t]*"
    rf"(?P<name>[\u4e00-\u9fff（）()]{{1,18}}{_UNIT})[：:]?[ \t]*(?P<what>(?:\n{_TASK_LINE})+)$",
    re.MULTILINE,
)
#: （一）甲局负责某项工作。; （一）甲局是主管部门，负责某项工作；
_CHARGED = re.compile(
    r"^[ \t\u3000]*[（(]?[一二三四五六七八九十\d]{1,3}[)）.、．][ \t\u3000]*"
    rf"(?P<name>(?:[\u4e00-\u9fff]|[（(][\u4e00-\u9fff]{{1,6}}[)）]){{1,18}}?{_UNIT}(?:[（(][\u4e00-\u9fff]{{1,6}}[)）])?)"
    r"(?:[为是][^，,。；;\n]{2,20}(?:部门|单位)[，,])?(?:主要|具体|牵头)?负责(?P<what>[^\n]{3,})$",
    re.MULTILINE,
)
#: 甲局负责拨付资金; 甲局是主管部门，负责审核; 县级以上民政部门主管本行政区域内的登记. No 负责人 (but 负责人员培训), and no name of
#: a body (负责登记的机构).
_CHARGE = re.compile(
    rf"(?P<name>(?:[\u4e00-\u9fff、]|[（(][\u4e00-\u9fff、]{{1,12}}[)）]){{1,40}}?(?<=[\u4e00-\u9fff）)]){_UNIT}(?:[（(][\u4e00-\u9fff]{{2,10}}[)）])?)(?:[是为][^，,。；;\n]{{2,20}}(?:部门|单位|机构)[，,])?"
    r"(?:在[^，,。；;\n]{2,20}(?:领导|指导)下[，,]?)?(?:按照?[^，,。；;\n]{2,20}(?:职责|规定)[，,])?"
    rf"(?:(?:主要|具体|统一|牵头)?负责(?!人(?![用员民口才力工类事居畜])|同志|解释|[^，,。；;\n]{{0,20}}的(?:机构|部门|单位|机关|人员))|主管(?={_AREA}))[^，,。；;\n]{{2}}"
)
#: No bodies of their own: 本局, 各部门, 有关单位; one that another has do it.
_NOT_NAMED = re.compile(
    r"(?:^|、)(?:[我该其每]|本(?:[局部委署办院厅会处科室省市县区镇乡]|单位|部门|机构|中心)|(?:各|其他)(?:部门|单位|机构|机关)$)"
    r"|(?:有关|相关)(?:行政|主管)*(?:部门|单位|机构|机关|方面)$|委托|授权|责成|会同|约谈"
)
_MEMBERS = 3  #: paragraphs that each begin with a member, of which a list has at least as many
_CHARGES = 2  #: the same of sentences or clauses of one paragraph, or paragraphs, that say 负责


def _members(text: str) -> list[tuple[int, int, str]]:
    """Paragraphs that each tell what one member of a body does, with the member's name."""
    paragraphs = [
        (m.start(), m.end(), m["name"])
        for m in _MEMBER.finditer(text)
        if _DOES_SOMETHING.search(m["what"]) and not _LABEL.match(m["name"] + "：")
    ]
    charged = [(m.start(), m.end(), m["name"]) for m in _CHARGED.finditer(text) if not _NO_NAME.search(m["name"])]
    headed = [
        (m.start(), m.end(), m["name"])
        for m in _HEADED.finditer(text)
        if not _NO_NAME.search(m["name"]) and not _GROUP.search(m["name"]) and _DOES_SOMETHING.search(m["what"])
    ]
    lists = [paragraphs, *_runs(charged)]
    found = [member for one in lists if len(one) >= _MEMBERS for member in one]
    return found + [member for run in _runs(headed) if len(run) >= _CHARGES for member in run]


def _runs(lines: Sequence[tuple[int, int, str]]) -> list[list[tuple[int, int, str]]]:
    """Lines that follow one another, together."""
    runs: list[list[tuple[int, int, str]]] = []
    for line in lines:
        if runs and line[0] - runs[-1][-1][1] <= 1:
            runs[-1].append(line)
        else:
            runs.append([line])
    return runs


_ITEM = re.compile(_LABEL_OF_ITEM)
_SAYS_CHARGE = re.compile("负责|主管")


def _charges(text: str) -> list[tuple[int, int, str]]:
    """Sentences, or clauses of one, that each tell what a body is responsible for: at least two in a paragraph, or at
    the beginning of paragraphs that follow one another; or one that begins an article."""
    found: list[tuple[int, int, str]] = []
    opening: list[tuple[int, int, str]] = []
    beside: list[tuple[int, int]] = []  # paragraphs that tell of several bodies
    for line in re.finditer(r"[^\n]+", text):
        if not _SAYS_CHARGE.search(line.group()):
            continue
        label = _ITEM.match(text, line.start(), line.end())
        begin = line.start() if label is None else label.end()
        told = _charges_of(text, begin, line.end())
        opens = bool(told) and told[0][0] == begin and bool(_ORGAN.search(_ASIDE.sub("", told[0][2])))
        if len(told) >= _CHARGES or opens and label is not None and "条" in label.group():
            found += told
            beside.append(line.span())
        elif opens and "|" not in line.group():
            opening.append((line.start(), line.end(), told[0][2]))
    edges = {start - 1 for start, _ in beside} | {end + 1 for _, end in beside}
    runs = [
        run
        for run in _runs(opening)
        if len(run) >= _CHARGES
        or run[0][2].endswith("主管部门")
        or (text.startswith(run[0][2], run[0][0]) and edges & {run[0][0], run[-1][1]})
    ]
    return found + [one for run in runs for one in run]


def _charges_of(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The sentences of a paragraph that begin with who is responsible for what, and the clauses in them that do so too."""
    found: list[tuple[int, int, str]] = []
    for sentence in re.compile("[^。；;]+").finditer(text, start, end):
        own: list[tuple[int, int, str]] = []
        for clause in re.compile("[^，,]+").finditer(text, *sentence.span()):
            charge = _CHARGE.match(text, clause.start(), sentence.end())
            if charge and not _NO_NAME.search(charge["name"]) and not _NOT_NAMED.search(charge["name"]):
                own.append((*clause.span(), charge["name"]))
            elif clause.group().strip() == "其中" and not own:
                continue
            elif own:
                own[-1] = (own[-1][0], clause.end(), own[-1][2])
            else:
                break
        found += own
    return found


_TASK_HEAD = re.compile(r"任务|事项|内容|措施|工作|项目|名称|举措|目标|指标")
_GROUP_HEAD = re.compile(r"类别|类型|分类|领域|板块$")  #: of a column that groups tasks


def _rows(text: str) -> Iterator[tuple[int, int, tuple[int, int], _Told | None]]:
    """Rows of tables (cells parted by |) whose head names a column of responsible departments."""
    head: list[str] = []
    lines = list(re.finditer(r"[^\n]+", text))
    for at, match in enumerate(lines):
        cells = match.group().split("|")
        if len(cells) < 2:
            head = []
            continue
        if any(_LABEL.fullmatch(cell.strip() + "：") for cell in cells):
            head = [cell.strip() for cell in cells]
            continue
        if not head or len(cells) > len(head):
            continue
        roles = [(i, m.group("role")) for i, name in enumerate(head) if (m := _LABEL.fullmatch(name + "："))]
        said = "；".join(
            f"{role}单位：{cells[i].strip()}"
            for i, role in roles
            if i < len(cells) and not _EMPTY_CELL.fullmatch(cells[i])
        )
        parsed = _told(said)
        named = [i for i in range(len(cells)) if i not in dict(roles)]
        # 类别|承办处室|协办处室: where no column is called the task, the kind of cases is.
        tasks = [i for i in named if _TASK_HEAD.search(head[i])] or [i for i in named if _GROUP_HEAD.search(head[i])]
        if parsed is None or not tasks:
            continue
        # A cell that the rows beside this one have too names a group of tasks.
        beside = [line.group().split("|") for line in (*lines[max(0, at - 1) : at], *lines[at + 1 : at + 2])]
        own = [
            i
            for i in tasks
            if not (_GROUP_HEAD.search(head[i]) and len(tasks) > 1)
            and not any(row[i : i + 1] == [cells[i]] for row in beside)
        ]
        task = (own or tasks)[0]
        start = match.start() + sum(len(c) + 1 for c in cells[:task])
        yield match.start(), match.end(), (start, start + len(cells[task])), parsed


def _section_of(
    document: SourceDocument, start: int, end: int, form: Form, notes: list[tuple[int, int, Form]]
) -> Section | None:
    """The section that a note covers.

    It is the innermost that holds it. A note that closes the last of several items, none of which has one of its own,
    speaks of all of them: the section above is meant. So it is with a line of its own and with items inside a sentence.
    """
    section = document.section_at(start)
    text = document.text
    while section is not None and section.parent is not None and form == "note":
        own_line = start == 0 or text[start - 1] == "\n"
        inline = section.start > 0 and text[section.start - 1] != "\n"
        siblings = document.children(document.sections[section.parent])
        inside = [n for n in notes if siblings[0].start <= n[0] < siblings[-1].end and n[2] == "note"]
        last = section is siblings[-1] and len(siblings) > 1 and not text[end : section.end].strip(" \n。；;")
        if not (own_line or inline) or not last or inside != [(start, end, form)]:
            break
        section = document.sections[section.parent]
    return section


#: Of which of the items above a note speaks: 以上8—10项任务由, 上述三项工作由, 以上任务由.
_ABOVE = re.compile(
    r"[（(【\s]*(?:以上|上述)第?(?:(?P<first>[\d一二三四五六七八九十]+)项?(?:[—–\-~～至到]+第?(?P<last>[\d一二三四五六七八九十]+))?)?(?:各?[项条个])?"
    r"(?:重点|改革|主要)?(?:任务|工作|事项|措施|项目)"
)


def _items_above(
    document: SourceDocument, section: Section, start: int, end: int, form: Form, before: Sequence[Duty]
) -> list[Section]:
    """The items that a note of several items speaks of, its own the last: those that it counts, or those above it that
    have no note. The section of the note alone where it speaks of no others."""
    above = _ABOVE.match(document.text, start, end) if form == "note" else None
    if above is None or section.parent is None:
        return [section]
    siblings = [s for s in document.children(document.sections[section.parent]) if s.index <= section.index]
    first, last = (number_of(above[name]) if above[name] else None for name in ("first", "last"))
    if first is not None and last is not None:
        return [s for s in siblings if s.number is not None and first <= s.number <= last] or [section]
    if first is not None:
        return siblings[-first:]
    noted = [s for s in siblings[:-1] if any(s.start <= d.start < s.end for d in before if d.form == "note")]
    return siblings[siblings.index(noted[-1]) + 1 :] if noted else [section]


def _covered(
    document: SourceDocument, section: Section, start: int, end: int, form: Form, before: list[Duty]
) -> tuple[int, int]:
    """The text that a note speaks of: its section, from the last note in it; its sentences; its row."""
    if form in ("row", "member"):
        return start, end
    if form == "sentence":
        line = max(document.text.rfind("\n", 0, start) + 1, section.start + len(section.label))
        spans = sentence_spans(document.text, line, section.end)
        met = [(s, e) for s, e in spans if s < end and start < e]  # more than one where it goes on behind a semicolon
        return (met[0][0], met[-1][1]) if met else (start, end)
    last = max((d.end for d in before if d.section == section.index and d.form == "note"), default=section.start)
    return max(section.start, last), section.end


def covering(document: SourceDocument, duties: tuple[Duty, ...], offset: int) -> Duty | None:
    """The note that speaks of a place in the text: its own sentence's or row's, else that of the section around it,
    or of the nearest section above."""
    for duty in duties:
        if duty.form != "note" and duty.covers[0] <= offset < duty.covers[1]:
            return duty
    for section in document.upwards(document.section_at(offset)):
        held = [d for d in duties if d.form == "note" and d.section == section.index]
        if held:
            # Of several notes in a section each speaks of what stands before it; the last also of what follows.
            return next((d for d in held if offset < d.end), held[-1])
    return None
