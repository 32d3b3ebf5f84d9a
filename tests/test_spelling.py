"""Slips are mended against the words of the documents; what is right stays as it was typed, to the character."""

from __future__ import annotations

import time
from collections import Counter

import pytest

from index.tokens import fold, segment
from qa.spelling import from_pinyin, mend, typed_in_pinyin

TEXT = (
    "国务院发布关于发展智慧农业的指导意见。大力发展人工智能和云计算，鼓励电子商务企业下乡。"
    "普惠金融的目标是服务小微企业，融资服务平台由农业农村部牵头建设。"
    "共享经济孵化出独角兽企业。基础设施互联互通，提升信息安全保障能力和水平。"
    "高效物流行动由交通运输部负责。创新是引领发展的先导力量。总书记作出重要指示。"
    "鼓励社会资本参与，鼓励高校参与，鼓励企业参与。社会保障部负责解释。建设互联网络。"
)
VOCABULARY = Counter(word for word in segment(TEXT) if len(word) > 1 or word in "由是和的")


def occurs(text: str) -> bool:
    return fold(text) in fold(TEXT)


def mended(text: str) -> str:
    return mend(text, VOCABULARY, occurs)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("人工制能由谁牵头？", "人工智能由谁牵头？"),  # same sound
        ("总书寄作了什么指示", "总书记作了什么指示"),  # beside a word of its own
        ("电子尚务企业", "电子商务企业"),
        ("共享经挤有哪些毒角售企业？", "共享经济有哪些独角兽企业？"),
        ("融姿服务平台归谁管？", "融资服务平台归谁管？"),
        ("发展的先倒力量是什么？", "发展的先导力量是什么？"),  # two free characters, but in good company
        ("普惠金容的目标", "普惠金融的目标"),
        ("云记算和人工智能", "云计算和人工智能"),
        ("鼓历高校做什么？", "鼓励高校做什么？"),
        ("信息暗全怎么保障？", "信息安全怎么保障？"),
        ("智hui农业", "智慧农业"),  # a syllable inside a word
        ("基础sheshi", "基础设施"),
        ("gaoxiao wuliu xingdong由谁负责？", "高效物流行动由谁负责？"),
    ],
)
def test_a_slip_is_mended(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "question",
    [
        "水箱离污染源至少要隔多远？",
        "第二十一条是怎么规定的？",
        "哈尔滨申办运动会的钱谁出？",
        "陈砚秋原来干什么，现在干什么？",
        "什么情况下才用这个平台？",
        "要交什么钱？先是谁审，还能不能改？",
        "人力资源社会保障厅负责什么？",  # another office than the one in the documents
        "两场运动会，钱的出法有什么不一样？",
        "王晓峰是谁？",
        "China的GDP是多少？data center呢？",
        "A类人才公寓，面积“不超过”多少？",
        "國務院發佈了什麼？",
        "给企业补互联网课的是谁？",  # no slip for 互联网络: the character is another word
        "有几家？怎么办？",
        "",
    ],
)
def test_a_right_question_is_not_touched(question: str) -> None:
    assert mended(question) == question


def test_the_documents_own_sentences_are_not_touched() -> None:
    assert [s for s in TEXT.split("。") if mended(s) != s] == []


def test_punctuation_and_the_rest_keep_their_form() -> None:
    assert mended("“人工制能”，由谁牵头？（第1项）") == "“人工智能”，由谁牵头？（第1项）"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("rengong zhineng you shei qiantou?", "人工智能由谁牵头?"),
        ("puhui jinrong de mubiao shi shenme?", "普惠金融的目标是什么?"),
        ("gaoxiaowuliuyoushuifuze", "高效物流由谁负责"),
        ("zhihui nongye you naxie cuoshi?", "智慧农业有哪些措施?"),
    ],
)
def test_a_question_in_pinyin_is_read(typed: str, meant: str) -> None:
    assert mended(typed) == meant
    assert from_pinyin(typed, VOCABULARY, occurs) == meant


def test_a_space_typed_ends_a_syllable() -> None:
    # 西安 and 先 are typed with the same letters.
    vocabulary = {"西安": 5, "先": 5}
    assert from_pinyin("xi an", vocabulary) == "西安"


def test_pinyin_of_words_that_the_documents_lack_stays_as_typed() -> None:
    assert mended("hongshaorou jiachang?") == "hongshaorou jiachang?"


@pytest.mark.parametrize(
    ("text", "pinyin"),
    [
        ("xietong zhizao shi shenme", True),
        ("Which department leads?", False),
        ("人工智能", False),
        ("PPP", False),
    ],
)
def test_typed_in_pinyin(text: str, pinyin: bool) -> None:
    assert typed_in_pinyin(text) is pinyin


def test_a_question_without_slips_costs_next_to_nothing() -> None:
    question = "国务院在智慧农业方面提出了什么指导意见，由哪个部门牵头？"
    mended(question)
    started = time.perf_counter()
    for _ in range(20):
        mended(question)
    assert (time.perf_counter() - started) / 20 < 0.05


@pytest.mark.parametrize(
    ("held", "typed", "meant"),
    [
        ("启动Ⅱ级响应。", "二级响应多久报一次情况？", "Ⅱ级响应多久报一次情况？"),
        ("启动二级响应。", "Ⅱ级响应多久报一次？", "二级响应多久报一次？"),
        ("启动二级响应。", "II级响应多久报一次？", "二级响应多久报一次？"),
        ("启动二级响应和Ⅱ级响应。", "二级响应多久报一次？", "二级响应多久报一次？"),
        ("启动Ⅱ级响应。", "二级公路多久修一次？", "二级公路多久修一次？"),
        ("启动Ⅰ级响应。", "该进入哪一级响应？", "该进入哪一级响应？"),
        ("启动Ⅱ级响应。", "十二级响应多久报一次？", "十二级响应多久报一次？"),
    ],
)
def test_grades_are_numbered_as_in_the_documents(held: str, typed: str, meant: str) -> None:
    words = Counter(segment(fold(held + typed)))
    assert mend(typed, words, lambda text: fold(text) in fold(held)) == meant
