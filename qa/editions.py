"""Old and new versions of one document: which replaces which, and which of them a question asks about."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from corpus.document import Header
from corpus.relations import Relation
from index.tokens import fold
from qa.question import years_asked

#: What words parts of a rule anew is no version of it.
_PARTS_ANEW = re.compile(
    r"(?:修改|修订|修正|调整).*[》〉>](?:等)?.{0,4}(?:部分|个别|有关|若干|条款|第)|(?:修改|修订)[^》]*[》〉>]的决定"
)
#: What a title says of a rule that it only deals with, and does not put out anew: 关于修改《…》的通知, 关于贯彻《…》的通知,
#: 《…》解读.
_OF_ANOTHER = re.compile(
    r"关于(?!.*(?:印发|[发公颁]布|颁发|下[达发]|修订|转发|批转|出台|(?<!贯彻)实施(?=[《〈<])).*[《〈<]).*[《〈<]"
    r"|[》〉>](?!.*[》〉>])(?:[（(][^（()）]*[)）])?(?!的?(?:通知|公告|通告|决定|函|命?令)?(?:[（(].*)?$)"
)
_AMENDS = re.compile(rf"{_PARTS_ANEW.pattern}|关于修改[《〈<]")
_FORM = re.compile(
    r"^.*?关于(?:修订)?(?:印发|发布|公布|修订|修改)|的?(?:通知|公告|决定)$|[《》〈〉<>“”\"]|[（(](?:试行|暂行|修订|(?:19|20)\d\d年?.{0,4})[)）]"
)


def bare_title(title: str) -> str:
    """The name of a rule without the notice around it: 甲市民政局关于印发《甲市补贴办法（试行）》的通知 -> 甲市补贴办法."""
    inner = re.search(
        r"[《〈<]([^《》〈〉<>]{4,60})[》〉>](?!.*(?:情况|评估|调整))", title
    )  # a report on a plan is none
    return re.sub(r"\s|的$", "", _FORM.sub("", fold(inner.group(1) if inner else title)))


def amends(title: str) -> bool:
    """Whether a title is that of a document that words parts of another anew.

    >>> amends("甲市民政局关于修改《甲市补贴办法》的通知"), amends("甲市民政局关于印发《甲市补贴办法》的通知")
    (True, False)
    """
    return bool(_AMENDS.search(re.sub(r"\s", "", title)))


def superseded(headers: Mapping[str, Header], relations: Sequence[Relation]) -> dict[str, str]:
    """Documents that another one has replaced: {doc_id of the old one: doc_id of the one in force}.

    Replaced is what a later document says that it repeals, by number or title, and an earlier one of the same name
    from the same body.
    """
    newer = _repealed(headers, relations)
    for old, new in _renewed(headers).items():
        newer.setdefault(old, new)
    return {old: _last(old, newer) for old in newer}


def renewed(headers: Mapping[str, Header], relations: Sequence[Relation]) -> dict[str, str]:
    """The same of those only that no document says to be repealed: an earlier one of the same name from the same body
    may still hold for what it was made for."""
    repealed = _repealed(headers, relations)
    return {old: new for old, new in superseded(headers, relations).items() if old not in repealed}


def _earlier(one: Header, other: Header) -> bool:
    a, b = _date(one), _date(other)
    return bool(a and b and a < b)


def _repealed(headers: Mapping[str, Header], relations: Sequence[Relation]) -> dict[str, str]:
    """Documents that another one says to be repealed, by number or title: to the doc_id of the one that says so."""
    titles = {doc_id: bare_title(header.title) for doc_id, header in headers.items()}
    newer: dict[str, str] = {}
    for relation in relations:
        if relation.kind != "replaces" or relation.doc_id not in headers:
            continue
        name = bare_title(relation.title) if relation.title else ""
        for doc_id, header in headers.items():
            same = (relation.number and header.number == relation.number) or (
                name and name == titles[doc_id] and _is_whole(header) and _of_one_number(relation.number, header.number)
            )
            if same and doc_id != relation.doc_id and not _earlier(headers[relation.doc_id], header):
                newer[doc_id] = relation.doc_id
    return newer


def _is_whole(header: Header) -> bool:
    """Whether a document is a rule itself, and none that only amends or explains one."""
    return not _PARTS_ANEW.search(header.title) and not _OF_ANOTHER.search(re.sub(r"\s", "", header.title))


#: The number of an order without whose it is: 市政府令第67号 and 甲市人民政府令第67号.
_ORDER_NUMBER = re.compile(r"令?第(\d+)号$")


def _of_one_number(one: str | None, other: str | None) -> bool:
    """Whether two numbers of documents of one name do not tell two documents apart."""
    if not one or not other:
        return True
    orders = [_ORDER_NUMBER.search(number) for number in (one, other)]
    return all(orders) and len({order[1] for order in orders if order}) == 1


def _renewed(headers: Mapping[str, Header]) -> dict[str, str]:
    """Documents that a later one of the same name from the same body follows: to the doc_id of the next."""
    newer: dict[str, str] = {}
    by_name: dict[tuple[str, str | None], list[str]] = {}
    for doc_id, header in headers.items():
        name = bare_title(header.title)
        if _is_whole(header) and len(name) >= 6 and _date(header) and header.number:
            by_name.setdefault((name, header.issuer), []).append(doc_id)
    for group in by_name.values():
        ordered = sorted(group, key=lambda d: _date(headers[d]) or "")
        for old, new in zip(ordered, ordered[1:], strict=False):
            if _earlier(headers[old], headers[new]) and headers[old].number != headers[new].number:
                newer.setdefault(old, new)
    return newer


def _date(header: Header) -> str | None:
    if header.written or header.published:
        return header.written or header.published
    year = re.search(r"〔(\d{4})〕", header.number or "")
    return year.group(1) if year else None


def _last(doc_id: str, newer: Mapping[str, str]) -> str:
    seen = {doc_id}
    while doc_id in newer and newer[doc_id] not in seen:
        doc_id = newer[doc_id]
        seen.add(doc_id)
    return doc_id


# --- what a question asks about -------------------------------------------------------------------------------------

#: 以前 of what was so once; 施行以前, 2019年8月31日以前 are times of something else.
_BEFORE_NOW = r"(?<![年月日号岁行效生后])以前"
#: 过去 and 原来 of what was so once: in 转过去, 搬过去 somebody goes somewhere, and 回到原来的岗位 is to where he was.
_PAST = r"(?<![转走跑搬送寄调换带拿移飞开迁看])过去(?!一年)"
_FORMERLY = r"(?<![回到在])原(?:来|先)"
_OLD = re.compile(
    rf"旧(?:的|版|办法|规定|规|文件|标准|政策|制)|老(?:办法|规定|版|文件|政策|标准)|{_FORMERLY}的?|原(?:办法|规定|版|文件|标准)|(?:修订|修改|调整|废止|改)(?:之)?前"
    rf"|{_BEFORE_NOW}|从前|{_PAST}|之前的|(?:被|已经?)(?:废止|作废|失效)|(?:废止|作废|失效)的(?:那|办法|文件|规定)"
)
_NEW = re.compile(
    r"新(?:的|版|办法|规定|规|文件|政策)|现行|最新|目前|现在|如今|当前|有效的|(?:修订|修改|调整)(?:之)?后|在用|还管用"
)
_BOTH = re.compile(
    r"(?:19|20)\d\d年?(?:版|的?[^,，。?？\d]{0,8}(?:办法|规定|细则|条例))?[和与跟](?:(?:19|20)\d\d年?|现在|现行)的?(?:版|办法|规定|细则|条例|那份|那个)|新旧|新老|前后|两(?:版|个版本|个办法|份(?:办法|文件|规定))|变化|改动|修改了|改了(?:什么|哪|多少)|有(?:什么|啥|哪些)(?:不同|不一样|区别|调整)|差在哪|差(?:多少|别|异)|相比|对比"
)
_DISPUTES = re.compile(
    r"不一致|说法|讲法|对不上|对不拢|哪个(?:对|准|才对|说得对)|(?:以|按|照)哪|为准|到底|究竟|(?:有人|有的).{1,20}(?:有人|有的|也有|还有)|矛盾|冲突|打架"
    r"|有(?:出入|两个数|好几个数)|(?:查|看|见|听)到.{0,20}[和、跟与].{0,12}(?:两|三|几)[个种]|\d[^，,。?？]{0,8}还是[^，,。?？]{0,10}\d|都(?:出现|提到|有写)|该(?:信|用|采用|采信|引用)哪|哪个.{0,4}(?:可信|靠谱|该信)|不是这个数|官方(?:的)?(?:数据|数字|口径)|分别怎么(?:写|说)"
    r"|(?:各|每|几|两|不同)的?[个份]?的?(?:文件|规划|报告|计划|材料|公报|通知|办法)[^,，?？]{0,8}(?:一致|一样|相同)"
    r"|(?:报纸|晚报|日报|网上|媒体|新闻|解读|词条|百科)[^,，。?？]{0,6}(?:说|写|讲|称)"
    r"|都有人?(?:说|讲|写|提|传)|(?P<one>一[个份处家]|有)(?:人|的)?(?:说|写|讲).{1,20}(?P=one)(?:人|的)?(?:说|写|讲)|哪一?[个条种份]?(?:规定|标准)?(?:有效|算数|作数)"
)


def asks_before(core: str) -> bool:
    """Whether a question asks for what was so before a change, or for the change itself."""
    return bool(_OLD.search(core)) or asks_both(core) or disputes(core)


def disputes(core: str) -> bool:
    """Whether a question speaks of statements that differ."""
    return bool(_DISPUTES.search(core))


def undisputed(core: str) -> str:
    """A folded question without the clauses that speak of statements that differ, where any others are left.

    >>> undisputed("看守员每月补多少,两份文件说的不一样"), undisputed("有说补80元,到底补多少")
    ('看守员每月补多少', '有说补80元,补多少')
    """
    clauses = re.split(r"[,，;；。?？]+", re.sub("到底|究竟", "", core))
    kept = [clause for clause in clauses if clause.strip() and not disputes(clause)]
    return ",".join(kept) if sum(map(len, kept)) >= _LEAST else core


_LEAST = 6  #: characters of what is asked


def asks_both(core: str) -> bool:
    """Whether a question asks what differs between versions."""
    return bool(_BOTH.search(core))


def left_aside(
    core: str, scope: Collection[str], newer: Mapping[str, str], headers: Mapping[str, Header]
) -> frozenset[str]:
    """The documents of ``scope`` that a question does not ask about because it means another version of them.

    The version in force is meant unless the question speaks of the old one, names its year, or asks about both.
    """
    aside: set[str] = set()
    for old, new in newer.items():
        if old not in scope or new not in scope:
            continue
        asks_old, asks_new = _asks_old(core, headers[old], headers[new]), _asks_new(core, headers[old], headers[new])
        if disputes(core) or asks_both(core) or (asks_old and asks_new):
            continue
        aside.add(new if asks_old else old)
    return frozenset(aside)


def speaks_of_one(core: str, old: Header, new: Header) -> bool:
    """Whether a question says which of two versions it means."""
    return _asks_old(core, old, new) or _asks_new(core, old, new)


#: 2018年版, 2018年施行的那个办法: the year of a version, and of nothing that is asked of it.
_VERSION_YEAR = re.compile(
    r"(?<!\d)(?:19|20)\d\d年?(?:(?:施行|实施|出台|印发|发布|公布|修订|制定)的?)?(?:的|那|这)*[个份部版]?(?=(?:新|旧|老|现行)?的?(?:版|办法|规定|条例|细则))"
)


def without_version_year(text: str) -> str:
    """A question without the years by which it calls a version.

    >>> without_version_year("2018年的办法里2020年补多少"), without_version_year("2018年补多少")
    ('办法里2020年补多少', '2018年补多少')
    """
    return _VERSION_YEAR.sub("", text)


def _asks_old(core: str, old: Header, new: Header) -> bool:
    return bool(_OLD.search(core)) or _names_year(core, old, new)


def _asks_new(core: str, old: Header, new: Header) -> bool:
    return bool(_NEW.search(_OLD.sub("", core))) or _names_year(core, new, old)


def _names_year(core: str, header: Header, other: Header) -> bool:
    """Whether a question names the year of one version and not that of the other: 2018版, 2018年的办法."""
    years = set(
        re.findall(
            r"(?<!\d)((?:19|20)\d\d)(?=年?(?:[^\d月]{0,4}(?:版|办法|规定|文件|通知|标准|细则|方案|那|的)"
            r"|(?:签发|印发|发布|公布|出台|施行|实施|制定|通过)[^,，。?？\d]{2,20}(?:办法|规定|条例|细则)))",
            core,
        )
    )
    own, others = (_date(header) or "")[:4], (_date(other) or "")[:4]
    if own and others and not years:  # what is asked of a year is asked of the version that there was then
        years = {max(date for date in (own, others) if date <= y) for y in years_asked(core) if y >= min(own, others)}
    if own in years or others in years:
        return own in years and others not in years
    # 2017年施行的办法 is of one that was written the year before.
    return (header.effective or "")[:4] in years and (other.effective or "")[:4] not in years


#: 2021年，甲类补多少: the year in which all of a question is asked, and so the version that was in force then.
_THEN = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:的时候|那时候?|当时)?[，,]")


def asked_then(text: str) -> tuple[str, str]:
    """The year in which all of a question is asked, and the question without it; "" and the question for any other.

    >>> asked_then("2021年，甲类补多少？")
    ('2021', '甲类补多少？')
    """
    then = _THEN.match(text)
    return (then["year"], text[then.end() :]) if then else ("", text)


# --- a question about both versions, asked of one --------------------------------------------------------------------

_RULES = r"(?:办法|规定|文件|标准|政策|制度|条例|细则|方案|意见|通知|版本?)"
#: What was so once; not 原来已经在领的, who still have it.
_ONCE = rf"(?:{_BEFORE_NOW}|从前|{_PAST}|{_FORMERLY}|之前)(?!已|就已)"
_OLD_RULE = rf"(?:[旧老原]的?{_RULES}|旧的)"
_WAS = rf"(?:{_ONCE}|{_OLD_RULE})"
_IS = rf"(?:现在|如今|目前|当前|现行|眼下|新(?:的)?{_RULES})"
#: 比原来, 新办法和2019年的通知比: what sets one version beside another.
_BESIDE_OLD = re.compile(
    rf"(?:{_IS}的?)?(?:[和与跟同比较]|相比)(?:{_WAS}|(?:19|20)\d\d年?的?{_RULES})的?(?:相比|比较|来说|比起来|[相来]?比)?"
)
_MOVED = (
    r"(?:提高|上调|增加|增长|上升|下降|降低|下调|减少|延长|缩短|放宽|[涨升降减增加]|[变更]?[多少高低长短快慢大小严宽])"
)
#: 提高了多少, 少几天: how much the later version gives more or less.
_BY_HOW_MUCH = re.compile(rf"{_MOVED}(?:了|出)?(?=多少|几)")
_MOVED_ALONE = re.compile(rf"(?:是不是|有没有|是否)?(?:变|{_MOVED}){{1,2}}了?(?:没有?|吗|么|还是[^,?]*)$")
#: The clause that asks of the other version what another clause asks of one: 现在呢, 现在还要吗, 以前呢.
_OTHER_TIME = re.compile(rf"^(?:那么?|而)?(?P<when>{_IS}|{_WAS})")
_CHANGED_ASKED = re.compile(r"(?:提高|上调|降低|下调|延长|缩短|放宽)了(?:多少|几)")


def asks_beside(core: str) -> bool:
    """Whether a folded question asks for what was so before, alone or beside what is so now, or by how much that was
    changed.

    >>> asks_beside("补贴以前每月发,现在呢"), asks_beside("补贴提高了多少"), asks_beside("补贴多少")
    (True, True, False)
    """
    if _BESIDE_OLD.search(core) or _CHANGED_ASKED.search(core):
        return True
    # Who names the earlier document asks for its word: 旧办法里是多少.
    old, new = re.search(_WAS, core), re.search(_IS, core)
    return bool(old and new) or bool(re.search(_ONCE, core) and not re.search(_OLD_RULE, core))


def of_one_version(core: str) -> str:
    """What a folded question about two versions asks of each of them.

    >>> of_one_version("补贴以前是多少,现在呢?"), of_one_version("甲类补贴比原来提高了多少?")
    ('补贴是多少', '甲类补贴是多少')
    """
    clauses = [clause for clause in re.split(r"[,，;；。?？]+", core) if clause.strip()]
    kept: list[str] = []
    for clause in clauses:
        other = _OTHER_TIME.match(clause)
        told = "".join(kept)
        other_way = other and (_NEW if re.match(_WAS, other["when"]) else _OLD).search(told)
        if not other_way:
            kept.append(clause)
    bare = []
    for clause in kept:
        clause = _BY_HOW_MUCH.sub("是", _BESIDE_OLD.sub("", clause))
        clause = _MOVED_ALONE.sub("", re.sub(rf"(?:{_WAS}|{_IS})的?", "", clause))
        bare.append(clause.strip())
    return "".join(part for part in bare if part)
