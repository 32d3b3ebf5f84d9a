"""What an answer names: the things that it lists, and the name that it gives first."""

from __future__ import annotations

import re

from qa.topics import NUMERAL, QUOTED, UNIT, lone_quotes

_NUMBERED = re.compile(
    r"(?:^|[：:；;。\n，,])\s*(?:[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十\d]+[、.．)）](?!\d)|"
    r"[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、是])\s*"
)
_TOTAL = re.compile(
    rf"(?:等)?(?:这|共)?(?:{NUMERAL}(?:大|个|条|项|方面|种|类|块|家|点|部分)?[\u4e00-\u9fff]{{0,2}}|等)$"
)


#: The first clause of an item; with the next one where it only tells when or for whom: 超载时，立即停航.
_ITEM_NAME = re.compile(r"\s*(?:[^；;。\n，,：:]{2,20}[时的后][，,])?[^；;。\n，,：:]+")


def listed(answer: str) -> list[str]:
    """The things that an answer lists: numbered, quoted, or set beside each other with 、."""
    counted = _COUNTED_OFF.search(answer)  # the number of what is told goes before: （三）…共4项：1.…
    starts = list(_NUMBERED.finditer(answer, counted.end() - 1 if counted else 0))
    if len(starts) >= 2:
        ends = [m.start() for m in starts[1:]] + [len(answer)]
        named = [_ITEM_NAME.match(answer[m.end() : end]) for m, end in zip(starts, ends, strict=True)]
        return [item.group().strip() for item in named if item and item.group().strip()]
    quoted = lone_quotes(answer)
    if len(quoted) < 2:
        # “甲”服务企业，“乙”服务农户: names that open a clause each.
        quoted = re.findall(r"(?:^|[，；。、])“([^”]{2,30})”", answer)
    if len(quoted) >= 2:
        return list(dict.fromkeys(quoted))
    runs = re.findall(r"[^，。；：:,;\n、]+(?:、[^，。；：:,;\n、]+)+", answer)
    if runs:
        items = max(runs, key=lambda run: run.count("、")).split("、")
        items[-1:] = re.split(r"(?<=[^、]{2})(?:以及|和|及)(?=[^、]{2})", items[-1], maxsplit=1)
    else:
        pair = re.search(
            r"([\u4e00-\u9fff\w]{2,12}?)(?:和|与|以及)([\u4e00-\u9fff\w]{2,12}?)" + rf"(?:这|那)?(?:两|二){UNIT}",
            answer,
        )
        if not pair:
            return []
        items = [pair.group(1), pair.group(2)]
    if re.search("在|于|符合|具有", items[0]) and (k := next((k for k, i in enumerate(items) if k and "的" in i), 0)):
        # 住在甲区、乙区的渔民、船员: a list within what tells of one item.
        items[: k + 1] = [items[k].rpartition("的")[2]]
    items[0] = re.sub(r"^.*(?:包括|分为|分成|有(?!关)|是|为|涵盖|即|坚持|涉及|分别|提出了?|存在)(?=..)", "", items[0])
    items[-1] = _TOTAL.sub("", re.sub(r"(?<=..)(?:共同)?(?:负责|牵头|参与|承担)$", "", items[-1]))
    items[-1] = re.sub(r"等[\u4e00-\u9fff]{0,4}$", "", items[-1])
    return [item.strip("“”《》 ") for item in items if item.strip("“”《》 ")]


_COUNTED_OFF = re.compile(r"共\d+[项条个](?:[:：])(?=\W*[（(]?[一1])")
HEAD_NOISE = re.compile(
    r"^(?:答[:：])?(?:主要|应当?|将|已|已经|分别)?(?:由|是|为|叫做?|有|归|属于|包括|分别是|分别为|指的是|即|在|"
    r"设在|任命|同意|依托|通过)?\s*"
)
_ACTS = re.compile(
    r"(?:共同)?(?:牵头|负责|承担|主管|组织实施|实施|审批|制定|发布|印发|提出|担任|兼任|出资|参与|审核|会同|办理|"
    r"具体).*$"
)
_VERB = re.compile(
    r"^(?:组织|正式|专门)?(?:成立|建立|设立|组建|建成|建|设|举|推出|发布|出台|印发|提出|指定|确定|选定|选|依托|"
    r"采用|使用|通过|提到|提)了?"
)
BODY = re.compile(r"[\u4e00-\u9fff]{1,14}[部局委厅办署院会]")
_NO_NAME = re.compile(r"[的时]$|之一|只有|共?\d+[项条个家]")
#: 于某是谁: the one that is asked about has a name already.
_WHO_IS = re.compile(r"(?P<name>[\u4e00-\u9fff·]{2,12})(?:是|叫)(?:谁|什么人|何人|哪位|[做干]什么的)[?？]?")


def first_name(question: str, answer: str) -> str:
    """The name that an answer to a question gives first; "" where it begins with none."""
    named = _WHO_IS.fullmatch(question)
    if named and not re.search(r"的|[长员人家]$", named["name"]):
        return named["name"]
    head = HEAD_NOISE.sub("", answer.strip())
    quoted = QUOTED.match(head)
    if quoted and lone_quotes(head[: quoted.end() + 2]):
        return next(group for group in quoted.groups() if group)
    head = re.split(r"[，,。；;：:（(]", head)[0]
    head = _VERB.sub("", head)
    if re.search(r"谁|哪|什么(?:部门|单位|人)", question):
        head = _ACTS.sub("", head)
    head = re.split(r"、|(?<=[\u4e00-\u9fff]{4})等$", head)[0].strip()
    one, _, other = head.partition("和")
    if other and (BODY.fullmatch(one) or not BODY.fullmatch(other)):
        head = one  # two names, and no 工业和信息化部
    head = re.sub(r"(?<=..)(?:首次|率先|最早|最先|正式|分别|已经|共同)$", "", head.strip())
    if not 2 <= len(head) <= 30 or re.match(r"没有|不|未|无|的|可以|应当|\d|下列|以下", head) or _NO_NAME.search(head):
        return ""
    # An answer in a full sentence repeats the subject: 首家民营银行是微众银行.
    if "是" in head[2:-2] and not head.startswith("“"):
        head = head.rsplit("是", 1)[1]
    return head
