"""An answer about a sibling of what a question names."""

from __future__ import annotations

from qa.sibling import sibling_asked


def test_what_a_number_tells_apart_is_not_answered_from_another_number() -> None:
    told = "1号至6号楼、8号楼23点锁门。"
    assert sibling_asked("9号楼几点锁门?", told, "", bool) == "9号楼"
    assert sibling_asked("7号楼几点锁门?", told, "", bool) == "7号楼", "a run goes from its first to its last"
    assert sibling_asked("5号楼几点锁门?", told, "", bool) is None
    assert sibling_asked("单人间住一年多少钱?", "二人间每年900元。", "", bool) == "单人间"
    assert sibling_asked("飞云3号能坐多少人?", "“飞云1号”载客9人,“飞云2号”载客12人。", "", bool) == "飞云3号"
    assert sibling_asked("丁栋住的是谁?", "甲栋住男工,乙栋住女工。", "", bool) == "丁栋"
    assert sibling_asked("b座几点开门?", "a座、b座9点开门。", "", bool) is None
    assert sibling_asked("3号馆租金多少?", "租金每天9元。", "1号馆面积500平方米,", bool) == "3号馆", "of its sentence"


def test_classes_are_told_apart_where_two_are_told() -> None:
    assert sibling_asked("四类区域收多少?", "一类区域9元,二类区域6元。", "", bool) == "四类"
    assert sibling_asked("一类叫什么?", "共分为7类。", "", bool) is None
    assert sibling_asked("四年级谁带队?", "三至六年级由一人带队。", "", bool) is None
    assert sibling_asked("二级的多少?", "一至三级的每月90元。", "", bool) is None


def test_what_stands_by_a_body_is_no_name_of_it() -> None:
    assert sibling_asked("挨着医院的音量上限多少?", "毗邻医院的不得超过90分贝。", "", bool) is None


def test_a_body_or_place_is_not_answered_from_another_of_its_kind() -> None:
    assert sibling_asked("东湖中学有多少学生?", "西山中学有学生900人。", "", bool) == "东湖中学"
    assert sibling_asked("菊花厅坐得下多少人?", "荷花厅可坐90人。", "", bool) == "菊花厅"
    assert sibling_asked("中医院去年看了多少病人?", "门诊9万人次。", "临河县人民医院工作总结", bool) == "中医院"
    assert sibling_asked("临河医院去年看了多少病人?", "门诊9万人次。", "临河县人民医院工作总结", bool) is None, (
        "shortened"
    )
    assert sibling_asked("东湖中学有多少学生?", "每校不超过900人。", "", bool) is None, "said of no other one"
    text = "渔民所办学校由举办者管。东湖中学由渔民办。"
    assert sibling_asked("私立学校谁来管?", "渔民所办学校由举办者管。", "", text.__contains__) is None, "maybe that one"
    assert sibling_asked("东湖中学谁来管?", "西山中学由渔民管。", "", text.__contains__) == "东湖中学"


def test_a_measure_of_another_sort_and_another_kind_of_thing() -> None:
    text = "海洋捕捞产量9万吨,淡水养殖产量6万吨,贝类3万吨。"
    assert sibling_asked("淡水捕捞产量多少?", "淡水养殖产量6万吨。", "", text.__contains__) == "捕捞产量"
    assert sibling_asked("渔民捕捞产量多少?", "全市产量15万吨。", "", text.__contains__) is None, "of no other sort"
    assert sibling_asked("虾类多少吨?", "贝类3万吨。", "", text.__contains__) == "虾类"
    assert sibling_asked("产量分几种类?", "贝类3万吨。", "", text.__contains__) is None


def test_the_figure_of_a_whole_is_not_that_of_a_place() -> None:
    text = "全市安排补贴9亿元。云河区窗口设在车站路。"
    assert sibling_asked("云河区补贴了多少?", "全市安排补贴9亿元。", "", text.__contains__) == "云河区"
    assert sibling_asked("分到云河区的补贴多少?", "三年安排补贴9亿元。", "", text.__contains__) == "云河区"
    assert sibling_asked("住云河区每月补多少?", "每人每月补贴90元。", "", text.__contains__) is None, (
        "what holds everywhere"
    )


def test_a_body_named_by_its_rank_is_not_answered_from_another_of_its_name() -> None:
    asked = "东港第一中学的校门几点关？"
    assert sibling_asked(asked, "校门22点关。", "东港市第二中学作息规定", bool) == "第一中学"
    assert sibling_asked("第一中学的校门可以翻吗？", "校门22点关。", "东港市第二中学作息规定", bool) == "第一中学"
    assert sibling_asked(asked, "校门22点关。", "东港市第一高级中学作息规定", bool) is None, "a word may be left out"
    assert sibling_asked(asked, "校门22点关。", "东港市中学作息规定", bool) is None, "a rule for all of them"


def test_what_asks_for_a_class_names_none() -> None:
    assert sibling_asked("灯塔分几级，哪一级最亮？", "灯塔分为A级灯塔、B级灯塔。", "", bool) is None
