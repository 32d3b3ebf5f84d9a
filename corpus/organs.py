"""The names of organs: what is one, who issued a document by its title, and what rank an issuer has."""

from __future__ import annotations

import re

from corpus.document import AUTHORITY

HAN = "\u3400-\u9fff"

_ORGAN_END = (
    "(?:中央|小组|指挥部|政府|党组|海关|公司|集团|大学|研究所|交易所|中心|出版社|新华社|兵团"
    "|[总支大]队|调查队|[部委局署厅办室会院行处站])"
)
_ORGAN = re.compile(rf"[{HAN}（）()·“”]{{0,40}}?{_ORGAN_END}(?:等[{HAN}\d]{{0,4}}(?:部门|部委|单位|机关|部|委))?")
ORGANS = re.compile(rf"{_ORGAN.pattern}(?:[、，, \u3000\xa0]+{_ORGAN.pattern})*")
_NOT_ORGAN = re.compile(
    "[。；：！？;:!?《》\\d]|关于|印发|转发|批转|本(?:办法|规定|条例|通知|意见|市|省|县|区|部门|单位)|应当|负责"
)


def is_organ(text: str) -> bool:
    """Whether a text is the name of an organ, or of several, and nothing else."""
    text = text.strip()
    return 2 <= len(text) <= 120 and not _NOT_ORGAN.search(text) and ORGANS.fullmatch(text) is not None


def issuer_in_title(title: str) -> str | None:
    """国务院关于… -> 国务院; 教育部等五部门关于… as written; None when the title begins otherwise."""
    match = re.match(r"(.{2,120}?)\s*(?:关于|印发|转发|批转|公告|通告|令(?=\s*[（(第]|$)|对)", title)
    return short_organ(match[1]) if match and is_organ(match[1]) else None


def short_organ(organ: str) -> str:
    """中华人民共和国教育部 -> 教育部."""
    return re.sub(r"中华人民共和国(?=国务院|.{2,20}[部署局委会])", "", " ".join(organ.split()))


_CENTRAL = re.compile(
    r"(?:中共中央(?:办公厅)?|中国共产党中央委员会|中央办公厅)?(?:中华人民共和国)?(?:国务院(?:办公厅)?)?$"
    r"|(?:中华人民共和国)?(?:全国人民代表大会|全国人大)(?:常务委员会|常委会)?$|中央军委|中华人民共和国主席$"
)
# Place, then organ. 国家市场监督管理总局 and 住房和城乡建设部 hold signs of places too.
_LOCAL = re.compile(
    rf"(?:中共)?(?!国家|中国|中华|全国|中央|国务院)[{HAN}]{{1,9}}?"
    r"(?:省|自治区|特别行政区|(?<!城)市(?!场)|自治州|州(?!际)|县|盟|旗|[^城园社湾专]区|镇|街道)"
    r"|新疆生产建设兵团|国家税务总局.{2,12}税务局$|中国.{2,20}监管局$"
)
_MINISTRY = re.compile(
    rf"(?:国家|中国|中央|中共中央|全国|国务院|最高人民|中华人民共和国)[{HAN}]{{1,20}}"
    r"(?:委员会|委|部|总局|局|署|总署|办公室|办|银行|会|小组|法院|检察院|院)$"
    rf"|[{HAN}]{{2,12}}(?:部|总局|总署|署)$"
    "|(?:证监会|银监会|保监会|银保监会|国资委|发改委|发展改革委|卫生健康委|卫健委|卫计委|民委|网信办|人民银行|国管局)$"
)
_COMPANY = re.compile("公司|集团|大学|学院|医院|协会|学会|研究院|研究所|出版社|俱乐部|事业部|项目部|商会")


def rank_of(issuer: str) -> int:
    """Authority of an issuer; of several, that of the highest."""
    leading = re.sub(r"等[^、，,\s]{0,5}(?:部门|部委|单位|机关|部|委)$", "", issuer)
    organs = [short_organ(organ) for organ in re.split(r"[、，,\s]+", leading) if organ]
    return min((_organ_rank(organ) for organ in organs), default=AUTHORITY["unknown"])


def _organ_rank(organ: str) -> int:
    if _CENTRAL.match(organ):
        return AUTHORITY["state_council"]
    # An office or department within a ministry ranks as the ministry does.
    organ = re.sub(rf"(?<=[部委局署会厅])(?:办公厅|办公室|[{HAN}]{{2,6}}司)$", "", organ)
    if _COMPANY.search(organ):
        return AUTHORITY["unknown"]
    if _LOCAL.match(organ):
        return AUTHORITY["local"]
    if _MINISTRY.match(organ):
        return AUTHORITY["ministry"]
    if re.search("(?:人民政府|厅|省委|市委|县委|区委)(?:办公厅|办公室)?$", organ):
        return AUTHORITY["local"]
    return AUTHORITY["unknown"]
