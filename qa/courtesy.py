"""What people say to whoever answers them: greetings, thanks, farewells and questions about it. It asks nothing of the
documents, by itself or around a question, and a talk is never about it."""

from __future__ import annotations

import re

from prompts import wording
from qa.answer import REFUSAL

_ENDS = r"(?:你们?|您|大家|了|啦|啊|呀|哦|噢|吧|哈|的|滴|呢|嘞)*"
_THANKS = rf"(?:非常|十分|太|真的?|很|好的?)*(?:谢谢|多谢|感谢|谢了|辛苦|麻烦(?:你|您)?了|thanks|thank\s*you){_ENDS}(?:的?(?:回答|解答|帮助|回复|耐心))?"
_GREETS = (
    r"(?:你|您|大家|早上|上午|中午|下午|晚上)们?好(?:啊|呀)?|早安?|嗨|哈喽|hi|hello|hey|(?:在吗|在不在|有人吗)[?？]?"
)
_PARTS = r"再见|拜拜|回见|回头见|下次见|晚安|(?:那么?|今天|暂时)*(?:先|就)+(?:这样|到这(?:里|儿)?)(?:了?吧|了)?|bye"
_NOTHING_MORE = r"(?:我|暂时|目前|那|就|也|都)*没(?:有?(?:别的|其他|其它)(?:问题|事|(?:要|想)问的)?|(?:有|什么|啥)*(?:问题|事|(?:要|想)问的))"
_HEARD = (
    rf"(?:好|行|嗯|哦|噢|喔|okay|ok|收到|不用|不客气|{_NOTHING_MORE}|原来如此|原来是?这样|这样啊"
    rf"|(?:我|都|全)?(?:很|挺|非常)?(?:明白|知道|懂|清楚|了解|理解)|(?:你|您)?(?:真|太|很|挺)(?:棒|好|厉害|不错)){_ENDS}"
)
_MARKS = r"[\s,，。.;；!！~～、]*"
_SAID = rf"(?:{_THANKS}|{_GREETS}|{_PARTS}|{_HEARD})"
#: 你是谁, 你能做什么: of whoever answers, and of no document.
_OF_YOU = (
    r"(?:请问)?(?:你|您)(?:们)?(?:是|叫)(?:谁|什么(?:名字)?|啥|哪位|机器人|人工智能|真人|ai)(?:吗|呢|啊)?"
    r"|(?:请问)?(?:你|您)(?:们)?(?:都|到底)?(?:能|可以|会)(?:帮我|为我)?(?:做|干|回答|查|问|帮)?(?:些|一些)?(?:什么|啥|哪些)(?:问题|事情?|忙)?(?:呢|啊|呀)?"
)
# Each courtesy is matched once and for all (?>…): a long run of 嗯 or 哦 can be parted in a great many ways.
_COURTESY = re.compile(rf"(?>{_SAID}{_MARKS})++|(?>{_SAID}{_MARKS})*+(?:{_OF_YOU})[?？]*{_MARKS}", re.IGNORECASE)
_BREAK = r"[\s,，。.;；!！~～]+"
_ASKING = r"(?:(?:我|俺)?(?:就|还|再|又)?想(?:请)?(?:问|咨询|请教|了解|知道)(?!的|题)(?:一?下|问)?|(?:麻烦|请)问(?:一?下)?)[\s,，:：]*"
#: 换个问题，渡船几点开: that it is another question.
_ANOTHER = r"(?:那|我|我们)?(?:换一?个(?:问题|话题)|(?:再|另外|顺便)(?:再|想)?问(?:一?下|一?个(?:别的|其他)?(?:问题|事情?)?))(?:吧|啊)?[\s,，:：]+"
_BEFORE = re.compile(rf"(?>(?>{_SAID})++(?:{_BREAK}|(?={_ASKING}))|(?:{_ANOTHER}|{_ASKING})(?=..))++", re.IGNORECASE)
_AFTER = re.compile(rf"(?<=[\s,，。;；!！?？])(?:{_THANKS}){_MARKS}$", re.IGNORECASE)


def is_courtesy(text: str) -> bool:
    """Whether a turn asks nothing of the documents.

    >>> is_courtesy("好的，谢谢你！"), is_courtesy("你是谁？"), is_courtesy("谢谢，那谁牵头？")
    (True, True, False)
    """
    return bool(_COURTESY.fullmatch(text.strip()))


def reply_to(text: str) -> str:
    """What a courtesy is answered with, by what of it wants an answer most.

    >>> reply_to("好的，谢谢你！")
    '不客气。还有问题请直接问，回答都带出处。'
    """
    if re.search(_OF_YOU, text, re.IGNORECASE):
        return REFUSAL + wording("refusal.courtesy")
    kinds = {"thanks": _THANKS, "parting": _PARTS, "greeting": _GREETS}
    kind = next((kind for kind, said in kinds.items() if re.search(said, text, re.IGNORECASE)), "heard")
    more = {"greeting": "refusal.courtesy", "parting": ""}.get(kind, "refusal.ask_on")
    return wording(f"refusal.{kind}") + (wording(more) if more else "")


def without_courtesy(question: str) -> str:
    """A question without the courtesies before and behind it; one that is nothing else stays as it is.

    >>> without_courtesy("你好，请问渡船几点开？谢谢！")
    '渡船几点开？'
    """
    text = question.strip()
    if is_courtesy(text):
        return text
    before = _BEFORE.match(text)
    bare = text[before.end() :] if before else text
    return _AFTER.sub("", bare).strip() or text
