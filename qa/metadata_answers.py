"""Answers from a document's header: number, dates, issuer and so on, each cited where a file says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from corpus.dates import iso_date
from corpus.document import Header, SourceDocument
from corpus.fields import LABELS
from corpus.header import EMPTY_VALUE, find_numbers
from corpus.relations import Relation
from corpus.sentences import sentence_spans
from index.tokens import fold
from qa.address import part_named
from qa.editions import amends, bare_title
from qa.evidence import READ_TO_ANSWER, Candidate, Probe, foreign_terms
from qa.extractive import Draft, Line, Span, after_label, closed, title_of
from qa.label_answers import asked_of_document, labelled
from qa.patterns import DATE, IN_FORCE
from qa.untold import names_person


class Documents(Protocol):
    """The documents."""

    def document(self, doc_id: str) -> SourceDocument: ...
    def headers(self) -> Mapping[str, Header]: ...
    def relations_to(self, number: str) -> Sequence[Relation]: ...
    def relations_in(self, doc_id: str) -> Sequence[Relation]: ...
    def occurs(self, text: str) -> bool: ...


@dataclass(frozen=True)
class _Field:
    """Something that a header says: how a question asks for it and how an information table labels it."""

    name: str
    sure: re.Pattern[str]  #: words that only a question about document data has
    labels: tuple[str, ...]
    loose: re.Pattern[str] | None = None  #: words that ask for it where the question is about a document


_WHEN = r"(?:哪(?:一|几)?天|哪(?:一)?[年月日]|何时|什么时候|啥时候?|几月|(?<!第)几号(?!令|文|公告|通告|[\u4e00-\u9fff]{0,6}(?:政府|[部委局署院])令)|几日)"
_DAY = r"(?:日期|时间|日子|年月)"
_ISSUED = r"(?:发布|公布|公开|印发|印的|发出|发的|出的|出台|颁布|出版|上网|上线|挂|贴出|登出|放出|印出|批复)"
#: What is made known and is no document: 哪天公布入围名单.
_NO_DOCUMENT = "[\u4e00-\u9fff]{0,4}(?:名单|结果|成绩|数据|信息|答案|分数)"
_KIND = (
    r"(?:文件|通知|意见|决定|批复|答复(?!如下)|复函|函|公告|通告|通报|条例|规定|办法|细则|方案|规划|纲要|公报|命令|令|报告|解释|规章|规则|规程|守则|要点|汇总|法规|指南|须知"
    r"|[这该那本][份个篇]?(?:页|网页|文|件)|[这该那本](?:份|篇)|[新旧老]规(?![划模范])|政策)"
)
#: What is done to a document that makes it known, and who may do it, as people ask for them.
_WHO = (
    r"(?:谁(?:和谁)?|哪(?:一|[几二两三四五六七八九十\d]{1,2})?[个家些级]?(?:的)?(?:单位|部门|机关|机构|衙门|部委|部|委|厅|局|办|处室?|科室?|司)?)"
    r"(?:一起|联合|共同|合伙|牵头|出面|整理|汇总|汇编|起草|编制|负责|来)*(?:给)?"
)
_ISSUES = r"(?:[印下制颁]发(?!证)|发(?![现生展证挥放])|印(?!章|刷)|颁布|公布|发布|出台|出的|制定|制订|[下定]的(?!$)|搞出来|弄出来|推出)"
_WHOM = r"(?:谁|哪|什么)(?:[些几]?[个家]?(?:单位|部门|机关|机构|地方|人))?"
_DOCUMENT = re.compile(_KIND)


def _labels(usual: str, *others: str) -> tuple[str, ...]:
    """The labels by which documents call a field, the usual name first."""
    return (*LABELS[usual].split(), *others)


_FIELDS = (
    _Field("index_number", re.compile(r"索引号|索取号"), _labels("索引号", "索取号")),
    _Field(
        "number",
        re.compile(
            r"(?<!请示)(?<!请示的)(?<!批准)文号|(?<!数)字号(?![大最不小])|文件(?:编号|号)|(?:几|多少)号文|编的(?:什么|几)号"
        ),
        _labels("发文字号"),
        re.compile(rf"{_KIND}的?(?:编号|号码?)(?:是|为|叫)?(?:多少|几|什么|啥)"),
    ),
    _Field(
        "written",
        re.compile(
            rf"成文|落款(?!(?:的|写的)?(?:是|有|都有)?(?:谁|哪[几些个一]?[家个]))|(?:生成|签[发署]){_DAY}|(?:末尾?|最后|结尾)(?:落|署|写|标).{{0,3}}{_DAY}|{_WHEN}(?:签|写|落款|定稿)|(?:落款|签)(?:的|是)?{_WHEN}"
        ),
        _labels("成文日期"),
    ),
    _Field(
        "published",
        re.compile(rf"(?:发布|公布|公开|印发|上网)(?:(?:单位|机关|机构|部门)[和及、与])?{_DAY}"),
        _labels("发布日期"),
        re.compile(
            rf"{_WHEN}[^,，]{{0,6}}{_ISSUED}(?!{_NO_DOCUMENT})|{_ISSUED}[^,，]{{0,12}}{_WHEN}|{_ISSUED}[^,，。?？]{{2,60}}{_KIND}的?(?:是|在){_WHEN}[?？]?$"
        ),
    ),
    _Field(
        "issuer",
        re.compile(
            r"(?:发文|制发|印发)(?:机关|单位|部门|主体)|发布(?:机构|机关|单位)|落款(?:的|写的)?(?:是|有|都有)?(?:谁|哪[几些个一]?[家个])"
        ),
        _labels("发文机关"),
        re.compile(rf"{_WHO}{_ISSUES}|{_WHO}落的?款|{_WHO}的(?:文件|规定|政策)[?？]?$|以(?:谁|哪个\w{{0,4}})的?名义发"),
    ),
    _Field(
        "source",
        re.compile(r"信息来源|稿件来源|(?:网页|页面|网上|页).{0,6}来源|来源标"),
        ("信息来源", "来源", "稿源", "作者"),
        re.compile(rf"哪[^,，。?？]{{0,4}}转载|转载自?哪|{_KIND}[标写]?的?来源|(?:^|[,，、?？])来源[是在为]|转自哪"),
    ),
    _Field(
        "subject",
        re.compile(r"主题分类|归[在到入]?哪个?主题"),
        ("主题分类",),
        re.compile(rf"{_KIND}[^,，。?？]{{0,4}}[归分][在到入]?哪[个一]?类"),
    ),
    _Field("keywords", re.compile(r"主题词"), ("主题词",)),
    _Field(
        "recipients",
        re.compile(r"主送|收文(?:单位|机关|对象)|收件(?:人|单位|机关)|抬头"),
        ("主送机关", "主送"),
        re.compile(
            rf"(?:印发|下发|写|批)给(?:的|了)?(?:是)?{_WHOM}|(?:{_KIND}|号|》)[是都]?(?:发|给|下)给?了?{_WHOM}"
            rf"|(?:发|出|写|定)的[,，、?？]?(?:又|都|是)?发给了?{_WHOM}"
        ),
    ),
    _Field(
        "title",
        re.compile(r"文件(?:标题|全称|题目)|页面标题"),
        ("标题", "名称"),
        re.compile(rf"(?<!小)(?:标题|题目|题名)(?:是|叫|怎么)|{_KIND}[^。?？]{{0,16}}(?:全称|全名)"),
    ),
    _Field(
        "effective",
        re.compile(rf"(?:施行|实施|生效){_DAY}"),
        _labels("施行日期"),
        re.compile(
            rf"(?:{_WHEN}|自哪).{{0,6}}{IN_FORCE}|(?:施行|生效)(?:的)?[是在]?{_WHEN}|{_WHEN}(?:开始|起)(?:算|作数|管用|有效)"
        ),
    ),
    _Field(
        "validity",
        re.compile(r"(?!)"),  # never sure: what a rule speaks of has terms too
        ("有效期",),
        re.compile(
            rf"{_KIND}.{{0,12}}(?:有效期|管(?:几|多少)年|管(?:多久|到(?:哪|什么))|(?:到)?{_WHEN}(?:失效|到期|过期))|{IN_FORCE}.{{0,6}}(?:管几年|有效期)"
        ),
    ),
    _Field(
        "in_force",
        # 仲裁时效是多久: 时效 alone is the time in which a right may be claimed, that of a document is a state.
        re.compile(
            r"(?:时效性|有效性)(?:是|为|[怎标写]|一栏)|效力状态"
            rf"|(?:{_KIND}|》)的?时效(?:是|为)(?!多|几)|时效(?:(?:怎么)?[标写]|一栏)"
        ),
        ("时效性", "有效性", "效力状态", "文件状态", "时效"),
        re.compile(
            # 报告多久有效 asks for the term of a thing.
            rf"{_KIND}(?:(?![多几])[^,，。?？]){{0,6}}(?:有效|算数|作数|管用|能用)(?:吗|么|不|没|[,，?？])"
            rf"|{_KIND}(?:(?![多几])[^,，。?？]){{0,6}}(?:失效|作废)了?(?:吗|么|没|[?？]|$)"
        ),
    ),
    _Field(
        "replies_to",
        re.compile(r"(?!)"),  # never sure: a rule speaks of asking for approval too
        (),
        re.compile(
            r"(?:哪|什么|啥|谁)[^,，。?？]{0,10}的?请示|请示的?(?:文号|编号|标题|名称|全称)"
            r"|(?:回复|答复|批复)的?(?:是|给)?(?:谁|哪|什么)[^,，。?？]{0,8}(?:请示|来[文函]|$)"
        ),
    ),
    _Field(
        "reach",  # to whom it may be known
        re.compile(
            r"公开(?:方式|形式|属性|选项|类别)|公开不公开|(?:能不能|可不可以|是否|是不是)(?:主动)?公开(?!招|征)|(?:印发|传达|阅读)(?:范围|级别)"
        ),
        _labels("公开方式", "公开选项", "信息公开选项"),
        re.compile(
            rf"(?:(?:{_KIND}|》|此件)[^,，。?？]{{0,4}}|^)(?:公开|印发|下发|发|传达)[到至](?:哪|什么|啥)[^,，。?？]{{0,2}}(?:级|层|范围|程度)"
            rf"|(?:{_KIND}|》|此件)[^,，。?？]{{0,4}}(?:主动|依申请)公开"
        ),
    ),
    _Field("registration", re.compile(r"登记编?号|备案编?号"), ("登记号", "登记编号", "备案号", "备案编号")),
    _Field(
        "order",
        re.compile(
            r"(?:第?几|多少|哪一?)号[\u4e00-\u9fff]{0,8}?(?:公告|令(?!人)|通告|文告)|(?:公告|令|通告)[^,，。?？]{0,6}?第?(?:几|多少)号"
        ),
        (),
    ),
    _Field(
        "contact",
        re.compile(r"(?:联系|经办)人(?:的?(?:姓名|名字))?(?:是|叫|为|有)*(?:谁|哪|什么|啥|[,，、和?？]|$)"),
        ("联系人", "经办人"),
    ),
    _Field("copied", re.compile(r"抄送|抄报|分送"), ("抄送", "抄报", "分送", "送")),
    _Field(
        "secrecy", re.compile(r"密级|保密等级|(?:什么|哪种|几级)密(?![码封集度])"), ("密级", "秘密等级", "保密等级")
    ),
    _Field(
        "urgency", re.compile(r"紧急程度|缓急|急不急|(?:是|算|属于|不是)(?:[特加平]急|急件)"), ("紧急程度", "缓急程度")
    ),
    _Field(
        "author",
        re.compile(
            r"(?:(?:什么|哪[个位名]?|谁是?)[^,，。?？答]{0,4}|^|[的,，])记者(?:是|叫|写的?|采访)*(?:谁|什么|哪|[?？]|$)|撰稿|供稿|谁(?:写|采写|撰写|作)的(?!案)"
        ),
        ("作者", "撰稿", "撰文", "供稿", "采写"),
    ),
    _Field(
        "interviewed",
        re.compile(
            r"(?:接受|受)[^,，。?？]{0,6}(?:采访|访谈|专访)|受访|采访(?:的|了)(?:是)?(?:谁|哪)|专访(?:的|了)?(?:是)?(?:谁|哪)"
            r"|(?:答记者问|回答[^,，。?？]{0,6}提问)[^,，。?？]{0,4}(?:谁|哪[一个位])|谁[^,，。?？]{0,6}(?:答记者问|回答[^,，。?？]{0,6}提问)"
        ),
        (),
    ),
    _Field(
        "extent",
        re.compile(r"(?:多少|几)章[、和,，]?(?:(?:多少|几)节[、和,，]?)?(?:共|总共|一共)?(?:多少|几)条"),
        (),
    ),
    _Field(
        "signer",
        re.compile(r"签发人"),
        ("签发人",),
        re.compile(
            r"(?:谁|哪[一个位]?[\u4e00-\u9fff]{0,4}[长任理席])(?:来)?(?:签(?!到|约|收)|署名|落的款)|签(?:的)?(?:字|名|发|署)的?(?:人)?是(?:谁|哪)|签[发署][^,，。?？]{2,30}的[\u4e00-\u9fff]{0,3}[长理席任](?:是谁|叫(?:什么|啥))|(?:^|[,，、的])[省市县区州部]长(?:是|叫)(?:谁|什么|啥)"
        ),
    ),
    _Field(
        "updated",
        re.compile(rf"更新{_DAY}"),
        ("更新日期", "更新时间", "修订日期"),
        re.compile(rf"更新[^,，。?？]{{0,6}}{_WHEN}|{_WHEN}[^,，。?？]{{0,4}}更新"),
    ),
    _Field(
        "edition",
        re.compile(r"版本号"),
        ("版本", "版本号", "版次"),
        re.compile(rf"{_KIND}[^。?？]{{0,16}}(?:是|为|第)?(?:第几|哪一?)版(?:本|[?？，,了]|$)"),
    ),
    _Field(
        "passed",
        re.compile(r"(?!)"),  # never sure: other things are passed too
        (),
        re.compile(
            rf"(?:{_WHEN}|{_WHO}|(?:哪|什么|第几)一?次?[\u4e00-\u9fff]{{0,4}}会).{{0,6}}(?:通过|审议)|(?:通过|审议)的?(?:日期|时间|是{_WHEN})"
        ),
    ),
    _Field(
        "approved",
        re.compile(r"(?!)"),
        (),
        re.compile(rf"{_WHEN}[^,，。?？]{{0,12}}(?:批准|批下来|批的)|(?:批准|批下来)的?(?:日期|时间|是{_WHEN})"),
    ),
    _Field(
        "revised",
        re.compile(r"(?!)"),
        (),
        re.compile(
            rf"(?:最近|最后|最新|上)(?:的)?(?:一)?次[^,，。?？]{{0,4}}(?:修订|修正|修改|改)|{_WHEN}[^,，。?？]{{0,6}}(?:修订|修正|修改)过?的?"
        ),
    ),
    _Field(
        "interpreted",
        re.compile(r"(?!)"),  # never sure: a rule may speak of explaining other things
        ("解释机关", "解释单位"),
        re.compile(rf"{_KIND}[^,，。?？]{{0,6}}(?:由|归|是|找)?{_WHO}(?:来|作|做)?解释|解释权"),
    ),
    _Field(
        "repeals",
        re.compile(r"(?!)"),  # never sure: a rule may speak of repealing other things
        (),
        re.compile(
            rf"(?:哪|什么|啥)[一几些]?[份个部项]?[旧老]的?{_KIND}[^,，。?？]{{0,30}}(?:作废|废止|失效)"
            r"|(?:哪|什么|啥).{0,12}(?:作废|废止|失效|废掉|废了|不用了|替了|顶了)"
            r"|(?:作废|废止|废|顶替|取代|代替|替代|替换)(?:掉|了)*(?:的是)?(?:哪|什么|啥)"
            r"|被.{0,4}(?:顶替|取代|代替|替代|废止).{0,12}(?:哪|什么|文号)"
        ),
    ),
)
_NUMBER = next(f for f in _FIELDS if f.name == "number")
_COMPARES = re.compile(r"一致|一样|相同|不同|对得上|对不上|矛盾|同一天|有出入|吻合|冲突")
_DIFFERS = re.compile(
    r"不一样|不一致|对不上|到底|究竟|两种说法|说法|有出入|冲突|矛盾|哪个(?:对|准)|不是[这那]一?[天日]|两(?:边|处|头|份)[^,，。?？]{0,4}各[^,，。?？]{0,2}[写标署]"
)
_MEDIA = re.compile(r"公(?:布|开)|印发|发布|出台|下发|颁布")


def answer_metadata(
    probe: Probe, found: Sequence[Candidate], library: Documents, doc_ids: Sequence[str], *, plainly: bool = False
) -> Draft | None:
    """Number, dates, issuer and so on of the document meant; None where nothing of the kind is asked or known.

    ``doc_ids``: the documents that may be used; ``plainly``: only where a question asks for nothing else, in words that
    only document data have.
    """
    if plainly and probe.question.kinds & {"whether", "compare"}:
        return None
    asked = _asked(probe, found, library, doc_ids, plainly=plainly)
    if asked is None or _of_a_name_in_it(probe, asked.document):
        return None
    named = _of_one_it_names(probe, asked.document, library)
    if named is not None:
        told_there = any(f.name in ("number", "title") for f in asked.fields) and named.number
        return _sentences_of([named], library) if told_there else None
    core = fold(probe.question.core)
    compares = asked.dates_differ or bool(_COMPARES.search(core))
    told: dict[Span, str] = {}
    known_of: set[str] = set()
    for document in _copies(asked.document, library, doc_ids):
        for field in asked.fields:
            for text, span in _values(document, field, probe, both=compares, library=library, doc_ids=doc_ids):
                told.setdefault(span, text)
                known_of.add(field.name)
        if told:
            break
    # The day on which it was made known may stand in what others say of it alone.
    elsewhere = "published" not in known_of and any(field.name == "published" for field in asked.fields)
    if elsewhere or (asked.dates_differ and told):
        known = {iso_date(text) for text in told.values()}
        said = _dates_elsewhere(asked.document, library, doc_ids, found)
        others = [(text, span) for text, span in said if iso_date(text) not in known]
        told |= {span: text for text, span in (others[:1] if elsewhere else others)}
    if not told:
        return None
    lines = [Line(closed(text), (span,)) for span, text in told.items()]
    dates = {iso_date(text) for text in told.values()} - {None}
    if len(lines) > 1 and dates and (compares or (len(asked.fields) == 1 and len(dates) > 1)):
        lines[0] = replace(lines[0], text=f"{'一致' if len(dates) == 1 else '不一致'}：{lines[0].text}")
    lacking = [f for f in asked.fields if f.name not in known_of and f.labels and f.sure.search(core)]
    notes = (f"没有找到{_lack(asked.document, lacking)}。",) if lacking and not elsewhere else ()
    return Draft(tuple(lines[:5]), method="metadata", notes=notes)


def _lack(document: SourceDocument, fields: Sequence[_Field]) -> str:
    title = document.header.title
    return f"{title if '《' in title else f'《{title}》'}的{'、'.join(f.labels[0] for f in fields)}"


def _of_a_name_in_it(probe: Probe, document: SourceDocument) -> bool:
    """Whether a question is about something in a document that goes by a name in Latin letters: 报告里的PMI是谁发布的."""
    title = fold(document.header.title + document.file_name)
    text = fold(document.text)
    return any(term not in title and term in text for term in foreign_terms(probe.question))


def _of_one_it_names(probe: Probe, document: SourceDocument, library: Documents) -> Relation | None:
    """What a document says of another one, where a question names that by its title rather than this one."""
    if part_named(fold(probe.question.standalone), document) is not None:
        return None  # a part of this one
    topic = _topic(probe, ())
    total = sum(topic.values())

    def share(title: str) -> float:
        return sum(v for pair, v in topic.items() if pair in fold(title)) / total if total else 0.0

    core, own = fold(probe.question.core), share(document.header.title)
    titled = [r for r in library.relations_in(document.doc_id) if len(r.title) >= _NAME]
    of_kind = [r for r in titled if re.sub(r"[（(][^（）()]*[)）]$", "", fold(r.title))[-2:] in core]  # 办法, 方案
    named = [r for r in titled if fold(r.title) in core]
    named = named or [r for r in of_kind if share(r.title) >= max(_NAMED, own + _AHEAD)]
    return max(named, key=lambda r: (share(r.title), r.number is not None), default=None)


#: Share of what a question says that the title of a document has to hold that another one names, and how much more than
#: the title of that other one.
_NAMED, _AHEAD = 0.7, 0.2
_NAME = 6  #: characters of a title that nothing else is called by chance


def _copies(document: SourceDocument, library: Documents, doc_ids: Sequence[str]) -> Iterator[SourceDocument]:
    """A document, then others of its number: an excerpt may lack what the whole says, or the other way round."""
    yield document
    for doc_id, header in library.headers().items():
        if (
            doc_id != document.doc_id
            and doc_id in doc_ids
            and header.number
            and header.number == document.header.number
        ):
            yield library.document(doc_id).simplified


_ASKS_BASIS = re.compile(
    r"(?:根据|依据|按照?|照着|依照|贯彻|落实)[^,，。?？]{0,8}(?:哪|什么)[^,，。?？]{0,8}(?:文件|法|规定|意见|条例|办法|通知|制定|来的|出台|精神)"
    r"|(?:上位法|(?:制定|出台|政策|法律)(?:的)?依据)[^,，。?？]{0,4}(?:什么|哪)"
)


def answer_relation(
    probe: Probe, found: Sequence[Candidate], library: Documents, doc_ids: Sequence[str]
) -> Draft | None:
    """The sentence that names the basis of a document, where that is asked; of a document that is known only because
    others name it by its number, the sentences that do. None for other questions."""
    core = fold(probe.question.core)
    basis = _ASKS_BASIS.search(core)
    if basis and found:
        document = document_meant(probe, found, library, doc_ids, sure=bool(probe.hinted), everywhere=False)
        relations = library.relations_in(document.doc_id) if document else ()
        draft = _sentences_of([r for r in relations if r.kind in ("basis", "carries_out")][:2], library)
        if draft is None or document is None:
            return draft
        # What else is asked: 是谁发的，依据什么文件
        apart = re.split("[,，、]", f"{core[: basis.start()]},{core[basis.end() :]}")
        fields = [
            f for f in _FIELDS for clause in apart for p in (f.sure, f.loose) if p is not None and p.search(clause)
        ]
        data = {
            span: text
            for field in dict.fromkeys(fields)
            for text, span in _values(document, field, probe, both=False, library=library, doc_ids=doc_ids)
        }
        return replace(draft, lines=(*(Line(closed(t), (span,)) for span, t in data.items()), *draft.lines))
    numbers = [number for _, _, number in find_numbers(probe.question.standalone)]
    if len(numbers) != 1 or any(header.number == numbers[0] for header in library.headers().values()):
        return None
    told = [r for r in library.relations_to(numbers[0]) if r.doc_id in doc_ids][:2]
    return _sentences_of(told, library, named=True)


def _sentences_of(relations: Sequence[Relation], library: Documents, *, named: bool = False) -> Draft | None:
    """The sentences of some mentions, with ``named`` after the document and the heading that they stand below."""
    lines = []
    for doc_id, a, b in dict.fromkeys((r.doc_id, *r.sentence) for r in relations):
        document = library.document(doc_id).simplified
        section = document.section_at(a)
        above = None if section is None or section.parent is None else document.sections[section.parent]
        a = after_label(document, a)
        spans: list[Span] = [(doc_id, a, b)]
        lead = ""
        if named:
            lead = title_of(document)
            if above is not None and above.title and section is not None and section.label:
                lead += f"“{above.title}”"
                spans.insert(0, (doc_id, *above.heading))
            lead += "："
        lines.append(Line(f"{lead}{closed(document.text[a:b])}", tuple(spans)))
    return Draft(tuple(lines), method="relation") if lines else None


_ATTACHED = re.compile(r"(?:附件|附表|附录)(?![\d一二三四五六七八九十])")
_ATTACHMENTS = re.compile(
    r"^附件[:：][ \t]*(?P<first>[^\n]{2,80})(?P<rest>(?:\n[ \t]*\d{1,2}[.．、][^\n]{2,80})*)", re.MULTILINE
)


_ASKS_PARTS = re.compile(rf"(?:哪些|哪几[个部份]|几[个部份]|多少[个部份])(?:{_KIND}|管理办法|制度)")


def answer_attachments(
    probe: Probe, found: Sequence[Candidate], library: Documents, doc_ids: Sequence[str]
) -> Draft | None:
    """The attachments that a document lists, or the regulations that a file holds, where they are asked for; None for
    other questions."""
    core = fold(probe.question.core)
    if found and _ASKS_PARTS.search(core):
        holding = {
            c.document.doc_id: c.document for c in found if len([p for p in c.document.parts if not p.label]) > 1
        }
        inside = re.search(r"汇编|合集|文件|[这该那本][个份]", core)
        meant = [d for d in holding.values() if d.doc_id in probe.hinted or (inside and len(holding) == 1)]
        for whole in meant[:1]:
            parts = [p for p in whole.parts if not p.label]
            text = f"{title_of(whole)}共{len(parts)}个文件：{'；'.join(part.title for part in parts)}。"
            return Draft((Line(text, tuple((whole.doc_id, *part.heading) for part in parts)),), method="parts")
    if not found or not re.search(
        rf"(?:哪|几|多少|什么)[^,，。?？]{{0,6}}(?:{_ATTACHED.pattern})|(?:{_ATTACHED.pattern})[^,，。?？]{{0,4}}(?:有|是|叫|都|分别)?(?:哪|几|什么)",
        core,
    ):
        return None
    listing = {c.document.doc_id for c in found if _ATTACHMENTS.search(c.document.text)}
    doc_ids = [doc_id for doc_id in doc_ids if doc_id in listing] or doc_ids
    sure = bool(probe.hinted) or len(listing) == 1
    document = document_meant(probe, found, library, doc_ids, sure=sure, everywhere=False)
    listed = _ATTACHMENTS.search(document.text) if document is not None else None
    if document is None or listed is None:
        return None
    names = [
        re.sub(r"^\s*\d{1,2}[.．、]\s*", "", line).strip() for line in f"{listed['first']}{listed['rest']}".split("\n")
    ]
    text = f"附件共{len(names)}个：{'；'.join(names)}。"
    return Draft((Line(text, ((document.doc_id, *listed.span()),)),), method="attachments")


#: Questions for who issued or signed a document that can be for nothing else: the document is the subject.
_PLAINLY = re.compile(
    rf"(?P<kind>{_KIND})(?:到底|究竟|当时)?(?:是|由)(?:{_WHO}|哪[一位个]{{0,2}}[\u4e00-\u9fff]{{0,4}}[长任理席])(?:{_ISSUES}|签)"
)


def missing_metadata(
    probe: Probe, found: Sequence[Candidate], library: Documents, doc_ids: Sequence[str]
) -> str | None:
    """What a question asks of a document's header that the document does not say ("《…》的索引号"); else None."""
    asked = _asked(probe, found, library, doc_ids)
    only = ("index_number", "number", "written", "subject", "keywords", "contact", "copied", "secrecy", "urgency")
    core = fold(probe.question.core)
    plainly = _PLAINLY.search(core)
    best = next((c for c in found if c.tells), None)
    if best is not None and asked is not None and _tells(best, asked.fields):
        return None  # the text tells it, of what the document speaks of: 依据了哪份通知，文号是多少
    if asked is None or not all(
        (f.name in only and f.sure.search(core))
        or (f.name in ("issuer", "signer") and plainly)
        or (f.name == "signer" and "签发" in core and "签" not in asked.document.text)
        or (f.name == "effective" and probe.hinted)
        or f.name == "in_force"
        or (f.name == "interpreted" and "解释" not in asked.document.text)
        for f in asked.fields
    ):
        return None
    return _lack(asked.document, asked.fields)


_TELLS_FORCE = re.compile(r"有效|废止|失效|停止执行")
_FROM_THEN = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?起")


def _tells(best: Candidate, fields: Sequence[_Field]) -> bool:
    """Whether a sentence tells a number, day or term that a question asks for, of something that the document speaks of."""
    name, text = fields[0].name, fold(best.text)
    if name == "in_force":
        return bool(_TELLS_FORCE.search(text))
    if name == "effective":
        return bool(_FROM_THEN.search(text))
    told = (
        bool(find_numbers(best.text)) if name == "number" else bool(DATE.search(text)) if name == "written" else False
    )
    return told and best.odds > READ_TO_ANSWER


@dataclass(frozen=True)
class _Asked:
    fields: tuple[_Field, ...]
    document: SourceDocument
    dates_differ: bool  #: the question says that sources give different dates


#: What has been repealed is asked about, not what is in force.
_ABOLISHED = re.compile(r"被(?:它|新的?)?(?:废|顶替|替代|代替|取代)[掉止了]{0,2}的|(?:废止|作废|废掉)了?的(?:那|旧|老)")
#: 旧的规定还有效吗: of a document that another has taken the place of, which says so.
_OLD = re.compile(rf"(?:[旧老]|原来|原先|以前|之前|过去)的?[^,，。?？]{{0,10}}?{_KIND}")
_IS_TO_ISSUE = re.compile(r"由[^，。；]{2,24}(?:印发|发布|公布|制发)")


#: A second question that leaves out what was done: 是谁印发的，什么时候？
_LEFT_OUT = re.compile(
    r"(?P<done>印发|发布|制定|出台|下发|公布|颁布)的?[,，;；](?P<asks>(?:是)?(?:什么时候|何时|哪[天年]|哪[个家]?(?:单位|部门|机关)|谁))(?=[的呢]?[?？]?$)"
)


#: What is given to people, and no document: 补贴由哪个部门发.
_HANDED_OUT = re.compile(
    r"(?:补贴|补助|津贴|补偿|奖励|奖金|工资|资金|养老金|救助金|[钱款券证牌卡费])(?:都|又|到底|究竟)*(?:是|由|归|让)?"
    rf"{_WHO}(?:发|出)(?![台版])"
)


def _asked(
    probe: Probe, found: Sequence[Candidate], library: Documents, doc_ids: Sequence[str], *, plainly: bool = False
) -> _Asked | None:
    core = _LEFT_OUT.sub(r"\g<done>的,\g<asks>\g<done>", fold(probe.question.core))
    pointed = bool(_DOCUMENT.search(core)) or bool(probe.hinted) or len(doc_ids) == 1
    fields = [f for f in _FIELDS if f.sure.search(core) or (pointed and f.loose is not None and f.loose.search(core))]
    known = {label for f in _FIELDS for label in f.labels if f.name != "contact"}
    near = [*dict.fromkeys(c.document for c in found if c.document.doc_id in probe.hinted)]
    near = near or [*dict.fromkeys(c.document for c in found)][:_NEAR]
    labels = {d.doc_id: {n: w for n, w in asked_of_document(core, d) if n not in known} for d in near}
    own = [
        _Field(name, words, (name,)) for name, words in {n: w for of in labels.values() for n, w in of.items()}.items()
    ]
    if plainly and not own and not any(f.sure.search(core) for f in fields):
        return None
    fields += own
    issues = any(_IS_TO_ISSUE.search(c.text) for c in [c for c in found if c.tells][:2] if c.odds > 0)
    who = _PLAINLY.search(core)
    titles = [library.headers()[doc_id].title for doc_id in probe.named] if who else []
    handed_out = _HANDED_OUT.search(core) is not None
    if handed_out or (issues and not (who and any(who["kind"] in title for title in titles))):
        fields = [f for f in fields if f.name != "issuer" or f.sure.search(core)]  # who is to send out something else
    differ = (
        pointed
        and bool(_DIFFERS.search(core))
        and bool(re.search(rf"{_WHEN}|{_DAY}|[月日号]还是.{{0,6}}[月日号]", core))
    )
    if differ and not any(f.name in ("written", "published", "effective") for f in fields):
        fields += [f for f in _FIELDS if f.name in ("written", "published")]
    if not fields or not found:
        return None
    if gone := _ABOLISHED.search(core):  # its data are where it is repealed, and those of the header are of another
        fields = [f for f in fields if _asked_at(f, core) < gone.start()]
        fields += [f for f in _FIELDS if f.name == "repeals" and f not in fields]
    elif _OLD.search(core) and any(f.name == "in_force" for f in fields):
        kept = [f for f in fields if f.name not in ("in_force", "repeals")]
        fields = [*kept, *(f for f in _FIELDS if f.name == "repeals")]
    fields.sort(key=lambda f: _asked_at(f, core))
    sure = any(f.sure.search(core) for f in fields if f not in own) and not plainly
    document = document_meant(
        probe,
        found,
        library,
        [doc_id for doc_id, of in labels.items() if of] or doc_ids,  # only these have it
        sure=sure,
        everywhere=differ,
        enough=_ENOUGH if len(fields) == 1 and (own or not plainly) else _ENOUGH / 2,
        words=[f.sure for f in own],
    )
    if document is None and len(doc_ids) == 1 and not _topic(probe, [f.sure for f in own]):
        document = library.document(doc_ids[0]).simplified  # nothing else can be meant
    if document is None and plainly and not own:
        # Whatever a document is called, the best sentence is in the one that tells what only documents have.
        first = found[0].document
        told = (_values(first, f, probe, both=False, library=library, doc_ids=doc_ids) for f in fields)
        document = first if all(next(values, None) for values in told) else None
    return None if document is None else _Asked(tuple(fields), document, differ)


def _asked_at(field: _Field, core: str) -> int:
    """Where a folded question asks for a field."""
    places = [m.start() for m in (p.search(core) for p in (field.sure, field.loose) if p is not None) if m]
    return min(places, default=len(core))


_NEAR = 2  #: documents found first, whose own labels a question may name
#: Share of what a question says of its topic that title and header data of the document must hold; half of it where
#: two data are asked for, as nobody asks for two of anything else.
_ENOUGH = 0.3


def document_meant(
    probe: Probe,
    found: Sequence[Candidate],
    library: Documents,
    doc_ids: Sequence[str],
    *,
    sure: bool,
    everywhere: bool,
    enough: float = 0.3,
    words: Sequence[re.Pattern[str]] = (),
) -> SourceDocument | None:
    """The document whose header is asked about: pointed at, or with the question's words in title and text.

    None where the words of the question point at no document and are not words for document data alone. ``words``: what
    else asks for data.
    """
    best: dict[str, float] = {}
    for candidate in found:
        best.setdefault(candidate.document.doc_id, candidate.score)
    headers = library.headers()
    if everywhere:
        # Where sources are said to differ, the document is the one that others speak of: it has a number or a day.
        allowed = [d for d in doc_ids if headers[d].number or headers[d].written] or list(doc_ids)
    else:
        allowed = [d for d in doc_ids if not probe.hinted or d in probe.hinted] or list(doc_ids)
    core = fold(probe.question.core)
    # Who issued a rule and when is not asked of what explains it.
    if probe.hinted:
        unasked = [kind for kind in _EXPLAINS if kind not in core]
        allowed = [d for d in allowed if headers[d].kind not in unasked] or allowed
    # 某某方案的文号 is that of the plan, and not of what words a part of it anew.
    names = {d: bare_title(headers[d].title) for d in allowed}
    whole = [d for d in allowed if not amends(headers[d].title)]
    if not _OF_CHANGE.search(core) and {names[d] for d in allowed} == {names[d] for d in whole}:
        allowed = whole
    years = [*probe.question.years, *(f"19{year}" for year in _LAST_CENTURY.findall(probe.question.core))]

    def of_year(doc_id: str) -> bool:
        header = headers[doc_id]
        return any(y in said for y in years for said in (header.number, header.written, header.published) if said)

    if not any(map(of_year, allowed)):  # what words point at is not of the year that the question gives
        allowed += [d for d in doc_ids if of_year(d)]
    low = min(best.values()) - 1.0
    topic = _topic(probe, words)
    if probe.hinted and _DOCUMENT.search(core):
        # 那部规定: it has been pointed at; what no document says (管预付卡) speaks of nothing else that one says.
        topic = {pair: weight for pair, weight in topic.items() if library.occurs(pair)}
    total = sum(topic.values())

    named = {c.document.doc_id: "".join(part.title for part in c.document.parts) for c in found}

    def share(doc_id: str) -> float:
        header = headers[doc_id]
        data = (header.title, header.number or "", header.issuer or "", header.kind or "", named.get(doc_id, ""))
        said = fold("".join(data))
        # A name for short has no pairs of its own with the title: what it stands for has.
        official = "".join(word for word, others in probe.expansions.items() if any(o in said for o in others))
        return sum(v for pair, v in topic.items() if pair in said or pair in official) / total if total else 0.0

    def shortened(doc_id: str) -> float:
        """The share of the pairs that may be short for words of the title: 限塑 for 限制生产销售使用塑料购物袋."""
        title = fold(headers[doc_id].title)
        return sum(v for pair, v in topic.items() if pair[1] in title.partition(pair[0])[2]) / total if total else 0.0

    def value(doc_id: str) -> float:
        told = 10.0 * share(doc_id) + 3.0 * shortened(doc_id) + 2.0 * of_year(doc_id)
        return told + best.get(doc_id, low) - 0.2 * headers[doc_id].authority

    chosen = max(sorted(allowed), key=value)
    # A question that speaks of more than the document asks for what it says: 黄色预警由谁发布.
    said = share(chosen) + (shortened(chosen) if of_year(chosen) else 0.0)
    if sure or not total or said >= enough or (everywhere and probe.hinted):
        return library.document(chosen).simplified
    return None


#: What a question calls a document that words a part of another anew.
_OF_CHANGE = re.compile("修改|修订|修正|调整")
_EXPLAINS = ("解读", "问答", "答记者问")  #: kinds of documents that explain another
#: A year of the last century as people say it; only to tell documents apart: 98年那份通知.
_LAST_CENTURY = re.compile(r"(?<![\d第满近每])(9\d)年(?![代\d])")
_ASKING = re.compile(
    rf"{_WHEN}|发给了?{_WHOM}|出来|{_DAY}|哪[个家些](?:单位|部门|机关)|(?:什么|啥)(?:职务|身份)|谁|网页|页面|(?:信息)?表(?:格)?里|登记|标(?:的|了)|写(?:的|了)|正文|末尾|文末|叫什么|是什么|多少|各是|分别|[这那该本](?:一)?[份篇部个][\u4e00-\u9fff]{{0,2}}(?=[是的，,])|[这那份个篇页的是在从起被了吗呢到上里]"
)


def _topic(probe: Probe, words: Sequence[re.Pattern[str]]) -> dict[str, float]:
    """The pairs of characters, with their weight, that tell which document is meant: not those that ask for data."""
    left = fold(probe.question.core)
    for pattern in [p for f in _FIELDS for p in (f.sure, f.loose) if p is not None] + [_ASKING, *words]:
        left = pattern.sub(" ", left)
    return {pair: weight for pair, weight in probe.pairs.items() if pair in left}


#: How long a document is in force: what there is to say to both how long and whether it still is.
_TERM = re.compile(rf"(?:本{_KIND}|施行|实施|执行|生效)[^。]{{0,20}}有效期")
#: What a sentence says that tells a field.
_SENTENCES = {
    "effective": re.compile(
        r"(?<!各)自[^，。；]{2,24}(?:起|日)[^，。；]{0,4}(?:施行|实施|执行|生效)|于[^，。；]{4,14}日起?(?:正式)?(?:施行|实施|执行|生效)"
    ),
    "validity": _TERM,
    "interpreted": re.compile(
        rf"(?:本{_KIND}|^|[，。；、起行])[^，。；]{{0,12}}由[^，。；]{{2,40}}(?:负责)?解释|解释权"
    ),
    "repeals": re.compile(
        r"(?:同时|予以|即行)废止|》(?:[（(][^（()）]*[)）])?(?:同时|即行|自行|一律)?(?:废止|失效|不再执行|停止执行|作废)"
    ),
    "in_force": _TERM,
    "interviewed": re.compile(
        r"回答了?[^。；]{0,8}(?:提问|问题)|接受[^。；]{0,20}(?:采访|专访)|(?:专访|采访|访)了[^。；]{2,30}|[—―-]访[^。；]{4,30}|就[^。；]+答记者问"
    ),
    "extent": re.compile(
        r"[一二三四五六七八九十百\d]+章[、，,]?(?:[一二三四五六七八九十百\d]+节[、，,]?)?(?:共)?[一二三四五六七八九十百\d]+条"
    ),
    "reach": re.compile(
        r"^[ \t\u3000]*(?:[（(]?(?:此件|本件)[^，。；]{0,16}(?:发至|公开|传达)|[（(](?:主动|依申请|不予)公开[)）])"
    ),
    "source": re.compile(r"转载"),
    "replies_to": re.compile(r"收悉|收到"),
    "updated": re.compile(r"(?:更新|修订)(?:日期|时间)[:：]\s*\d"),
    "edition": re.compile(r"版(?:本号?|次)[:：]\s*\S"),
    "passed": re.compile(
        r"\d[ ]*日[^。；]{0,60}(?:会议?|委员会|审议)[^。；]{0,12}通过|[经由][^。；]{2,30}第[^。；]{1,6}次[^。；]{0,12}会议?[^。；]{0,8}通过"
    ),
    "approved": re.compile(r"\d[ ]*日[^。；]{0,60}批准"),
    "revised": re.compile(r"\d[ ]*日[^。；]{0,90}(?:修订|修正|修改)"),
}
_IN_FORCE_LINE = re.compile(r"^\d{4}年\d{1,2}月\d{1,2}日起?(?:施行|实施|生效)$")  #: below the title
_HEAD = 600  #: characters in which an order or announcement says its number
_ORDER = re.compile(
    r"^[^\n。]{0,40}(?:公告|令|通告)[ \t　]*\n?[ \t　]*[（(]?[ \t　]*(?:[〔\[]?\d{4}[〕\]]?年?[ \t　]*)?"
    r"第?[ \t　]*[〇○零一二三四五六七八九十百\d]+[ \t　]*号[）)]?[ \t　]*$"
    r"|^[ \t　]*第[ \t　]*[〇○零一二三四五六七八九十百\d]+[ \t　]*号[ \t　]*$",
    re.MULTILINE,
)
#: Who signed an order, below it: 市长：某某, or 部长　某某 on a line of its own.
_SIGNED = re.compile(
    r"^[ \t　]*(?:[\u4e00-\u9fff]{0,12}(?:省|市|区|县|州|部|局|署|院|厅)[ \t　]*长|主[ \t　]*[任席]|总[ \t　]*理|行[ \t　]*长)"
    r"(?:(?:[ \t　]*[:：][ \t　]*|[ \t　]+)[\u4e00-\u9fff][\u4e00-\u9fff·  　]{1,8}$|[\u4e00-\u9fff]{2,3}$(?=\n[ \t　]*\d{4}年))",
    re.MULTILINE,
)


def _values(
    document: SourceDocument, field: _Field, probe: Probe, *, both: bool, library: Documents, doc_ids: Sequence[str]
) -> Iterator[tuple[str, Span]]:
    """What files say of a field, in words, and where: a row of the information table, else the text itself.

    Of the day of writing the table's and the one below the text are both given when they are compared or differ.
    """
    introduced = _of_explained(document, field, fold(probe.question.core))
    if introduced is not None:
        yield introduced
        return
    row = row_of(document, field.labels)
    issuers = re.split(r"[、\s]+", document.header.issuer or "")
    if row is not None and field.name == "issuer" and not all(name in row[0] for name in issuers):
        row = None  # the table of a page names one of several
    if field.name == "published" and not _ON_THE_PAGE.search(fold(probe.question.core)):
        # The day that the text itself names goes before the day on which a site put it up.
        row = _made_known(document) or row
    if row is not None:
        yield row
    if field.name == "written":
        closing = _closing_date(document)
        closing = closing or _printed_line(document)
        if closing is not None and (row is None or both or iso_date(closing[0]) != iso_date(row[0])):
            yield closing
    if row is not None:
        return
    value = getattr(document.header, field.name, None)
    if field.name == "number" and value:
        numbers = list(_number(document, value, library, doc_ids))
        decree = _decree(document)
        yield from numbers or ([decree] if decree is not None else [])
    elif field.name == "issuer" and (decree := _decree(document)) is not None:
        yield decree
    elif field.name == "issuer":
        named = (_closing_issuer(document, value) or _line_of_issuer(document, value)) if value else None
        source = named or row_of(document, next(f for f in _FIELDS if f.name == "source").labels)
        if source is not None:
            yield source
    elif field.name == "recipients" and not value and (addressed := _ADDRESSED.search(document.text[:_HEAD])):
        yield addressed[1], (document.doc_id, *addressed.span(1))
    elif field.name in ("recipients", "title") and value and (at := document.text.find(value)) >= 0:
        yield value, (document.doc_id, at, at + len(value))
    elif field.name == "published" and not value:
        # The day below the text is all that most documents say of when they were sent out.
        closing = _closing_date(document)
        if closing is not None:
            yield closing
    elif field.name == "published" and (printed := _printed_line(document)) is not None:
        yield printed
    elif field.name == "published":
        lines = re.finditer(r"[^\n]+", document.text)
        told = [m for m in lines if re.search("出版|发布|公布|印发", m.group()) and iso_date(m.group()) == value]
        if told and len(told[0].group()) <= 200:
            yield told[0].group(), (document.doc_id, *told[0].span())
    elif field.name == "order" and (line := _ORDER.search(document.text[:_HEAD])):
        yield re.sub(r"\s*\n\s*", "", line.group().strip()), (document.doc_id, *line.span())
    elif field.name == "order" and (decree := _decree(document)) is not None:
        yield decree
    elif field.name == "order" and (numbered := row_of(document, _NUMBER.labels)) and "第" in numbered[0]:
        yield numbered
    elif field.name == "signer" and (line := _SIGNED.search(document.text)):
        yield line.group().strip(), (document.doc_id, *line.span())
    elif field.name in ("secrecy", "urgency"):
        mark = re.search(_MARKS[field.name], "\n".join(document.text[:_HEAD].split("\n")[:_MARKED]))
        if mark is not None:
            yield mark[0], (document.doc_id, *mark.span())
    elif field.name == "author" and (
        writer := _REPORTER.search(document.text) or _SPEAKER.search(document.text[:_HEAD])
    ):
        yield writer[0].strip("（）() "), (document.doc_id, *writer.span())
    elif field.name == "extent" and (counted := _counted(document)) is not None:
        yield counted
    elif field.name in _SENTENCES:
        pattern = _SENTENCES[field.name]
        part = part_named(fold(probe.question.standalone), document)
        within = sentence_spans(document.text, part.start, part.end) if part else sentence_spans(document.text)
        spans = [s for s in within if pattern.search(document.text[slice(*s)])]
        if not spans and field.name == "effective":
            spans = [s for s in within if _IN_FORCE_LINE.search(document.text[slice(*s)])]
        if spans:
            # Said in the order that puts a rule into force and in the rule itself: the shorter sentence says it alone.
            start, end = min(spans, key=lambda s: s[1] - s[0])
            if field.name in ("approved", "extent"):
                start, end = spans[0]  # what was approved later is a change
            elif field.name == "interviewed":
                start, end = next((s for s in spans if names_person(fold(document.text[slice(*s)]))), spans[0])
            elif field.name == "revised":
                start, end = max(spans, key=lambda s: iso_date(document.text[slice(*s)]) or "")
            start = after_label(document, start)
            if field.name == "reach" and document.text[start] in "（(" and document.text[end - 1] in ")）":
                start, end = start + 1, end - 1
            if end - start > _LONG_NUMBER and (event := _event(document.text[start:end], field.name)):
                start, end = start + event[0], start + event[1]
            yield document.text[start:end], (document.doc_id, start, end)
            if field.name == "effective" and re.search("(?:公布|发布|印发|颁布)之日", document.text[start:end]):
                published = next(f for f in _FIELDS if f.name == "published")
                yield from _values(document, published, probe, both=False, library=library, doc_ids=doc_ids)


#: What stands above a red head, alone or beside one another: 秘密★3年　特急.
_MARKS = {
    "secrecy": r"(?m)^[^\n。]{0,8}?(?:绝密|机密|秘密|内部(?:资料|文件)?)(?:★[^\n]{0,8}?)?(?=[ \t]|特急|加急|平急|特提|急件|$)",
    "urgency": r"(?m)(?:特急|加急|平急|特提|急件)(?=$|[ \t])",
}
#: Who gave a report, below its title: 某市人民法院院长　某某.
_SPEAKER = re.compile(r"(?<=会上\n|议上\n|上）\n)[^\n。，：:；]{4,40}$", re.MULTILINE)
_MARKED = 5  #: lines in which they stand
#: Who wrote an article: 本报记者　某某, 《某报》记者 某某, （某网记者某某）.
_REPORTER = re.compile(
    r"(?:(?<=[\s》）])|^)(?:记者|通讯员)[:：][ \t]*[\u4e00-\u9fff]{2,4}?(?=[ \t\n]|通讯员|编辑|责编|审核|$)"
    r"|^[^\n。，：:？?]{0,20}?(?<!答)(?<!问)(?:记者|通讯员)[ \t]*[:：]?[ \t]*[\u4e00-\u9fff]{2,4}(?![\u4e00-\u9fff])[^\n。：:？?]{0,20}$",
    re.MULTILINE,
)


def _counted(document: SourceDocument) -> tuple[str, Span] | None:
    """How many chapters and articles a statute has, by its outline; the span is that of its last article's label."""
    chapters = [s for s in document.sections if s.kind == "body" and s.label.endswith("章")]
    articles = [s for s in document.sections if s.kind == "body" and re.fullmatch("第.+条", s.label)]
    numbers = [s.number for s in articles]
    if len(articles) < 2 or numbers != list(range(1, len(articles) + 1)):
        return None
    last = articles[-1]
    told = f"共{len(chapters)}章{len(articles)}条" if chapters else f"共{len(articles)}条"
    return told, (document.doc_id, last.start, last.start + len(last.label))


#: What a document that explains another says of it where it speaks of it first.
_OF_IT = {
    "number": re.compile(r"[（(][^（）()《》]{0,40}?号"),
    "order": re.compile(r"[（(][^（）()《》]{0,40}?号"),
    "published": _MEDIA,
    "issuer": _MEDIA,
}
_SAYS_IT_EXPLAINS = re.compile(r"解读|问答|答记者问|访谈|采访|专访|报道|文章|记者|网页|这篇|那篇")


def _of_explained(document: SourceDocument, field: _Field, core: str) -> tuple[str, Span] | None:
    """The title of the document that this one explains (答记者问, 解读), or the sentence that brings it in, where that tells the
    field; None where this document itself is meant, or none is explained."""
    if document.header.kind not in _EXPLAINS or _SAYS_IT_EXPLAINS.search(core) or field.name not in (*_OF_IT, "title"):
        return None
    title = re.search(r"《[^《》]+》", document.header.title)
    if title is None:
        return None
    for start, end in sentence_spans(document.text):
        at = document.text.find(title[0], start, end)
        said = document.text[at + len(title[0]) : end] if at >= 0 else ""
        if at < 0 or not re.match(r"[（(]", said):
            continue
        if field.name == "title":
            return title[0], (document.doc_id, at, at + len(title[0]))
        if field.name in ("number", "order"):
            number = _OF_IT[field.name].match(said)
            begin = at + len(title[0]) + 1
            return (number[0][1:], (document.doc_id, begin, begin + len(number[0]) - 1)) if number else None
        return (
            (document.text[start:end], (document.doc_id, start, end))
            if _MEDIA.search(document.text[start:at])
            else None
        )
    return None


#: What is told one behind the other in the note below a title: from its day to the word for it.
_EVENTS = {
    name: re.compile(rf"\d{{4}}年\d{{1,2}}月\d{{1,2}}日(?:(?!\d{{4}}年\d{{1,2}}月)[^。；\n]){words}")
    for name, words in (("passed", "*?通过"), ("approved", "*?批准"), ("revised", "*(?:修订|修正|修改)"))
}


def _event(note: str, name: str) -> tuple[int, int] | None:
    """Where a note that tells several events tells one: the first of its kind, the last time that a text was revised."""
    pattern = _EVENTS.get(name)
    events = [m.span() for m in pattern.finditer(note)] if pattern is not None else []
    return (events[-1] if name == "revised" else events[0]) if events else None


#: 2003年8月5日 某某令第386号公布, on a line of its own near the title.
_MADE_KNOWN = re.compile(
    r"^[（(]?[^\n。；]{0,60}\d{4}[ \t]*年[ \t]*\d{1,2}[ \t]*月[ \t]*\d{1,2}[ \t]*日[^\n。；]{0,60}(?:公布|发布|颁布)[^\n。；]{0,40}$",
    re.MULTILINE,
)
_ON_THE_PAGE = re.compile(r"网|挂|登出|贴出|放出|页")
#: To whom a document is addressed, on a line of its own above the text: 局属各单位：
_ADDRESSED = re.compile(
    r"^[ \t　]*((?:各|[^\n。；：:]{1,20}各|[^\n。；：:]{2,20}(?:政府|[部委厅局]))[^\n。；：:]{0,200})[:：]$",
    re.MULTILINE,
)


def _decree(document: SourceDocument) -> tuple[str, Span] | None:
    """The line near the title that names the decree whose number is the document's: 某某令第386号公布."""
    number = re.search(r"令(?:第|〔\d{4}〕)[^号]+号$", document.header.number or "")
    lines = re.finditer(r"[^\n]*令[ \t]*\n[^\n]+|[^\n]+", document.text[:_HEAD])
    line = next((m for m in lines if number and fold(number[0]) in re.sub(r"\s", "", fold(m.group()))), None)
    if line is None or len(line.group()) > _LONG_NUMBER:
        return None
    return re.sub(r"\s*\n\s*", "", line.group().strip("（）() ")), (document.doc_id, *line.span())


def _made_known(document: SourceDocument) -> tuple[str, Span] | None:
    """The line near the title that says when a text was made known."""
    line = _MADE_KNOWN.search(document.text[:_HEAD])
    return (line.group().strip("（）() "), (document.doc_id, *line.span())) if line else None


def row_of(document: SourceDocument, labels: Sequence[str]) -> tuple[str, Span] | None:
    """The row of an information table, or the piece of a short line, that has one of the labels, its date written out."""
    for label in labels:
        row = re.search(
            rf"^(?:[【\[]?{label}[】\]]?[ \t　]*[:：]|(?:\d{{1,2}}[.．、][ \t　]*)?[【\[]{label}[】\]])[ \t　—-]*([^\s|].*)$"
            rf"|(?:^|(?<=\|))[ \t　]*{label}[ \t　]*[:：][ \t　]*\|[ \t　]*([^\n|]*[^\s|])",
            document.text,
            re.MULTILINE,
        )
        value = (row[1] or row[2]) if row else ""
        if row and row[1] and (after := _NEXT_LABEL.search(value)):
            value = value[: after.start()].rstrip("| \t　")
        if row and len(value) <= 200 and not EMPTY_VALUE.fullmatch(value):
            end = row.end() if row[2] else row.start(1) + len(value.rstrip())
            return f"{label}：{_plain_date(value)}", (document.doc_id, row.start(), end)
        field = next(
            (i for i in labelled(document) if i.label == label and "|" in document.text[i.start : i.end]), None
        )
        if field is not None:  # a form that is a table
            value = document.text[field.start : field.end].rpartition("|")[2]
            return f"{label}：{_plain_date(value)}", (document.doc_id, field.start, field.end)
        inline = _in_line(label).search(document.text) if len(label) > 1 else None
        # 教育科 123-456（联系人：某某） is the datum of what stands before it.
        beside = inline and document.text[inline.start() - 1 : inline.start()] in ("（", "(")
        if inline and not (beside and inline[1][-1:] in "）)") and not EMPTY_VALUE.fullmatch(inline[1]):
            end = inline.end() + (inline[1].count("（") > inline[1].count("）"))
            value = document.text[inline.start(1) : end]
            return f"{label}：{_plain_date(value)}", (document.doc_id, inline.start(), end)
    return None


#: The label of the next piece of a line: behind a gap any, glued to what stands before it one that is known.
_NEXT_LABEL = re.compile(
    r"[ \t\u3000]+[\u4e00-\u9fff]{2,8}[:：]"
    rf"|[,，;；]?(?:{'|'.join(sorted({n for f in _FIELDS for n in f.labels if len(n) > 2}, key=len, reverse=True))}"
    r"|(?:联系|咨询|办公|投诉|监督)?(?:电话|处室)|联系人|传真|邮编|(?:电子)?邮箱|地址|网址|审核|编辑)[:：]"
)


@lru_cache(maxsize=256)
def _in_line(label: str) -> re.Pattern[str]:
    """A label inside a line, behind other data: （公开类别：主动公开　索引号：…）."""
    before = r"(?<=[\s（(,，;；|])" if len(label) < 3 else ""
    return re.compile(
        rf"{before}{label}[ \t]*[:：][ \t]*([^\n|;；]{{1,80}}?)(?=[）)]?[。]?(?:\n|$)|[;；|]|{_NEXT_LABEL.pattern})",
        re.MULTILINE,
    )


def _plain_date(text: str) -> str:
    """A value that is no more than a date (2019-05-16 09:32) in words: 2019年5月16日; another as it is."""
    date = iso_date(text)
    if date is None or not re.fullmatch(r"[\d\s年月日号./:：时分秒-]+", text):
        return text.strip()
    return "".join(f"{int(part)}{unit}" for part, unit in zip(date.split("-"), "年月日", strict=False))


def _closing_date(document: SourceDocument) -> tuple[str, Span] | None:
    """The date under the text (or in the document's head where none stands below), on a line of its own."""
    lines = [m for m in re.finditer(r"\S[^\n]*", document.text) if len(m.group()) <= 40]
    body = max((s.heading[0] for s in document.sections if s.label and s.kind == "body" and s.title), default=0)
    dated = [m for m in lines if iso_date(m.group()) and not re.search(r"[:：。|]", m.group())]
    own = [m for m in dated if iso_date(m.group()) == document.header.written]  # not that of a text sent on with it
    for match in [*own, *(m for m in dated if m.start() >= body), *reversed(dated)]:
        bare = re.sub(r"[\s（）()]", "", match.group())
        if re.search(r"[日号]$", bare) and len(bare) <= 30:
            return f"落款日期：{match.group().strip()}", (document.doc_id, match.start(), match.end())
    return None


_PRINTED = re.compile(
    r"^.{0,40}?\d{4}[ \t]*年[ \t]*\d{1,2}[ \t]*月[ \t]*\d{1,2}[ \t]*日[ \t]*(?:印发|发布|公布)$", re.MULTILINE
)


def _printed_line(document: SourceDocument) -> tuple[str, Span] | None:
    """甲省人民政府办公厅 2021年11月18日印发, on a line of its own."""
    line = _PRINTED.search(document.text)
    return (line.group().strip(), (document.doc_id, *line.span())) if line else None


def _closing_issuer(document: SourceDocument, issuer: str) -> tuple[str, Span] | None:
    """The line under the text that names the issuer, or the lines that name those of a joint document, one or several each."""
    names = re.split(r"[、\s]+", issuer)
    lines = list(re.finditer(r"[^\n]+", document.text))
    folded = [re.sub(r"[、\s]", "", fold(line.group())) for line in lines]
    said = "".join(re.sub(r"\s", "", fold(name)) for name in names)
    for at in range(len(lines) - 1, -1, -1):
        last, joined = at, folded[at]
        while said.startswith(joined) and joined != said and last + 1 < len(lines):
            last += 1
            joined += folded[last]
        if joined == said:
            return f"发文机关：{'、'.join(names)}", (document.doc_id, lines[at].start(), lines[last].end())
    return None


def _line_of_issuer(document: SourceDocument, issuer: str) -> tuple[str, Span] | None:
    """The first line near the title that names the issuer, or all of several: 某某令第5号公布, 某某会议通过, the title."""
    names = [fold(name) for name in re.split(r"[、\s]+", issuer)]
    # A note in brackets that tells of several acts is looked at one by one.
    for line in re.finditer(r"[（(]\d{4}年[^\n]*?(?:通过|批准|公布|发布)|[^\n]+", document.text[:_HEAD]):
        said = fold(line.group())
        loose = re.sub(r"第[一二三四五六七八九十百\d]+届", "", said)  # the assembly is named with its number
        if len(said) <= 120 and all(name in said or name in loose for name in names):
            return line.group().strip("（）() "), (document.doc_id, *line.span())
    return None


_LONG_NUMBER = 80  #: characters of a sentence beyond which a number is told without it


def _number(
    document: SourceDocument, number: str, library: Documents, doc_ids: Sequence[str]
) -> Iterator[tuple[str, Span]]:
    """Where a document's number stands: in itself, else in the shortest sentence of another that gives it."""
    same = [d for d, header in library.headers().items() if d in doc_ids and header.number == number]
    own = sorted({document.doc_id, *same}, key=lambda d: d != document.doc_id)
    texts = ((d, library.document(d).simplified.text) for d in own)
    numbers = ([(d, a, b) for a, b, normal in find_numbers(text) if normal == number] for d, text in texts)
    places = next(filter(None, numbers), [])
    if not places:
        places = [(r.doc_id, r.start, r.end) for r in library.relations_to(number) if r.doc_id in doc_ids]
    found: list[tuple[int, Span]] = []
    for doc_id, start, end in places:
        text = library.document(doc_id).simplified.text
        spans = sentence_spans(text, text.rfind("\n", 0, start) + 1, min(len(text), end + 400))
        around = next(((s, e) for s, e in spans if s <= start and end <= e), (start, end))
        found.append((around[1] - around[0], (doc_id, *around)))
    if found:
        span = min(found)[1]
        if places and span[2] - span[1] > _LONG_NUMBER and places[0][0] == document.doc_id:
            span = places[0]  # glued to the title: the number alone
        yield library.document(span[0]).simplified.text[span[1] : span[2]], span


def _dates_elsewhere(
    document: SourceDocument, library: Documents, doc_ids: Sequence[str], found: Sequence[Candidate]
) -> Iterator[tuple[str, Span]]:
    """What other documents say of the day on which a document was issued."""
    # Others call it by its title without the issuer, and without what a file adds in brackets.
    title = re.sub(r"^.*?(?=关于)|[（(][^（）()]*[)）]$", "", fold(document.header.title))
    others = dict.fromkeys(c.document.doc_id for c in found)
    for doc_id in [*others, *(d for d in doc_ids if d not in others)]:
        if doc_id == document.doc_id or doc_id not in doc_ids:
            continue
        other = library.document(doc_id).simplified
        if other.header.number and other.header.number == document.header.number:
            continue
        for start, end in sentence_spans(other.text):
            said = other.text[start:end]
            if title in fold(said) and _MEDIA.search(said) and re.search(r"\d日", said) and iso_date(said):
                name = other.header.title if "《" in other.header.title else f"《{other.header.title}》"
                yield f"{name}：{said}", (doc_id, start, end)
                break
