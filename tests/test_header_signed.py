"""Who issued a document and when, where its title is broken over lines, nobody signed, or a site posted it again."""

from __future__ import annotations

import pytest

from test_header import header

LETTER = "云政办发〔2022〕4号\n各县区人民政府：\n现转发给你们，请认真贯彻执行。\n"


@pytest.mark.parametrize(
    ("lines", "title", "issuer"),
    [
        (
            "云州市人民政府办公室转发市教育局\n市财政局关于进一步加强学前教育工作\n意见的通知\n"
            + LETTER
            + "云州市人民政府办公室\n2022年5月19日",
            "云州市人民政府办公室转发市教育局市财政局关于进一步加强学前教育工作意见的通知",
            "云州市人民政府办公室",
        ),
        (  # nobody has signed, but offices issue together
            "中共云州市委办公室\n云州市人民政府办公室\n关于加强社区工作的意见\n" + LETTER + "2022年5月19日",
            "中共云州市委办公室 云州市人民政府办公室关于加强社区工作的意见",
            "中共云州市委办公室 云州市人民政府办公室",
        ),
        (  # the site above, not in the signature
            "云州市人民政府\n云州市教育局\n关于加强学前教育的通知\n" + LETTER + "云州市教育局\n2022年5月19日",
            "云州市教育局关于加强学前教育的通知",
            "云州市教育局",
        ),
        (  # the name of the page, then organ and title
            "云州市中考管理规定（2005年）\n云州市人民政府\n关于批转云州市中考管理规定的通知\n" + LETTER,
            "云州市人民政府关于批转云州市中考管理规定的通知",
            "云州市人民政府",
        ),
    ],
)
def test_a_title_over_lines_keeps_its_organs(lines: str, title: str, issuer: str) -> None:
    found = header(lines)
    assert (found.title, found.issuer) == (title, issuer)


RULES = "\n云州市停车办法\n第一条 为规范停车，制定本办法。\n第二条 本办法自{}之日起施行。\n"


@pytest.mark.parametrize("signed", ["二○○八年九月二十二日", "二OO八年九月二十二日", "市长\n2008年9月22日"])
def test_a_date_that_nobody_signed_dates_the_letter_above_what_it_sends_out(signed: str) -> None:
    text = f"云州市人民政府关于印发停车办法的通知\n{LETTER}{signed}" + RULES.format("印发")
    assert header(text).written == header(text).effective == "2008-09-22"


def test_a_day_in_the_text_signs_nothing() -> None:
    assert (
        header(
            "云州市大事记\n二〇〇八年的大事如下。\n2008年9月22日\n停车场建成，投入使用。\n其他事项。\n再无。\n完。\n末。\n"
        ).written
        is None
    )


@pytest.mark.parametrize(
    ("posted", "said", "published", "effective"),
    [
        ("2008-09-25", "发布", "2008-09-25", "2008-09-25"),
        ("2008-09-25", "印发", "2008-09-25", "2008-09-22"),
        ("2009-07-24", "发布", "2009-07-24", "2008-09-22"),  # posted once more
    ],
)
def test_rules_are_in_force_from_the_day_that_they_say(posted: str, said: str, published: str, effective: str) -> None:
    text = f"云州市人民政府关于印发停车办法的通知\n发布时间：{posted} 来源：市公安局\n{LETTER}云州市人民政府\n2008年9月22日"
    found = header(text + RULES.format(said))
    assert (found.written, found.published, found.effective) == ("2008-09-22", published, effective)


def test_the_day_on_which_some_site_posted_an_old_document_is_not_its_publication() -> None:
    bar = "作者:某某资料网 时间:2024-07-24 02:42:10 浏览:9313 来源:某某资料网\n"
    text = f"云州市人民政府关于印发停车办法的通知\n{bar}{LETTER}云州市人民政府\n2008年9月22日" + RULES.format("发布")
    assert (header(text).published, header(text).effective) == (None, "2008-09-22")


@pytest.mark.parametrize(
    "delivered",
    [
        "——2024年1月23日在云州市第十六届人民代表大会第二次会议上\n云州市市长 殷某",
        "（2024年1月23日在云州市第十六届人民代表大会第二次会议上）\n市长 林某某",
    ],
)
def test_a_report_is_of_the_day_and_the_organ_for_which_it_was_given(delivered: str) -> None:
    text = f"政府工作报告\n{delivered}\n各位代表：\n现在，我代表市人民政府，向大会报告工作。\n一、工作回顾\n过去一年增长5.2%。\n"
    assert (header(text).written, header(text).issuer) == ("2024-01-23", "云州市人民政府")
    unsaid = header(text.replace("我代表市人民政府，向大会报告工作", "请予审议"))
    assert (unsaid.written, unsaid.issuer) == ("2024-01-23", None)


@pytest.mark.parametrize(
    ("below", "issuer"),
    [
        ("云州市统计局\n国家统计局云州调查队\n2012年3月19日", "云州市统计局、国家统计局云州调查队"),
        ("云州市统计局  2012年3月19日", "云州市统计局"),
    ],
)
def test_organs_and_date_below_a_title_sign_it(below: str, issuer: str) -> None:
    found = header(f"2011年云州市经济运行情况\n{below}\n2011年，全市实现良好开局。\n一、综合\n总值增长5%。\n")
    assert (found.issuer, found.written) == (issuer, "2012-03-19")
