"""Names of departments: known ones by the table, local ones in full or in short."""

from __future__ import annotations

from qa.departments import canonical, named_in, names_used, own_name, replaced_by, same_department, spellings


def test_known_names() -> None:
    assert canonical("工信部") == "工业和信息化部"
    assert "工信部" in spellings("工业和信息化部")
    assert spellings("某某局") == ("某某局",)


def test_a_local_department_in_full_and_in_short() -> None:
    assert same_department("工信局", "市工业和信息化局")
    assert same_department("青澜市教育局", "教育局")
    assert same_department("县住房和城乡建设局", "住建局")


def test_different_departments() -> None:
    assert not same_department("市教育局", "区教育局")
    assert not same_department("财政部", "教育部")
    assert not same_department("水利局", "水务局")


def test_departments_that_a_question_names() -> None:
    local = ["市工业和信息化局", "市城市管理局", "各乡镇人民政府", "省卫生健康委"]
    assert named_in("市工信局牵头哪些任务", local) == ("市工业和信息化局",)
    assert named_in("城管部门要做什么", local) == ()
    assert named_in("乡镇要配合吗", local) == ("各乡镇人民政府",)
    assert named_in("省卫健委牵头什么", local) == ("省卫生健康委",), "not the national one"
    assert named_in("卫健委牵头什么") == ("国家卫生健康委",)


def test_the_ends_of_two_words_are_no_department() -> None:
    assert named_in("船厂的安全总监由谁派？") == ()
    assert named_in("船厂的安全由全总管吗？") == ("全国总工会",)


def test_whose_department_it_is_is_no_part_of_its_name() -> None:
    assert own_name("青澜市科技局") == "科技局"
    assert own_name("国家能源局") == "能源局"


def test_a_body_of_the_documents_goes_before_the_national_one_of_that_name() -> None:
    assert named_in("民政局牵头什么", ["区民政局"]) == ("区民政局",)
    assert named_in("民政部牵头什么", ["区民政局"]) == ("民政部",)
    assert named_in("民政局牵头什么") == ("民政部",)
    assert named_in("档案局牵头什么", ["区档案局"]) == ("区档案局",)
    assert named_in("档案局牵头什么", ["区档案局", "国家档案局"]) == ("国家档案局",), "both are spoken of"


def test_a_government_is_not_the_body_whose_name_it_holds() -> None:
    assert named_in("乡镇人民政府负责什么") == ()
    assert named_in("人民政府的民政部门负责什么") == ("民政部",)


def test_a_department_by_its_kind_and_as_the_one_in_charge() -> None:
    assert same_department("文化和旅游部门", "县人民政府文化和旅游主管部门")
    assert not same_department("文化和旅游部门", "县人民政府自然资源主管部门")


def test_committees_in_full_are_not_short_for_one_another() -> None:
    assert not same_department("评审委员会", "评审复核委员会")
    assert named_in("评审委员会办公室负责什么", ["评审委员会", "评审复核委员会"]) == ()
    assert named_in("评审委员会负责什么", ["评审委员会", "评审复核委员会"]) == ("评审委员会",)


def test_two_departments_joined_by_a_word_are_two() -> None:
    assert named_in("水务局和渔港局要做什么", ["市水务局", "区渔港局"]) == ("市水务局", "区渔港局")
    assert named_in("自然资源规划局牵头什么", ["市自然资源和规划局"]) == ("市自然资源和规划局",)


def test_a_party_body_is_that_of_its_own_level() -> None:
    assert not same_department("市委宣传部", "省委宣传部")
    assert not same_department("市委宣传部", "中央宣传部")
    assert same_department("宣传部", "市委宣传部")
    assert named_in("宣传部参与哪一项", ["市委宣传部", "市教育局"]) == ("市委宣传部",)
    assert named_in("市委宣传部牵头什么", ["市委宣传部"]) == ("市委宣传部",)
    assert named_in("市委宣传部牵头什么") == ()
    assert named_in("宣传部管什么") == ("中央宣传部",)


def test_a_department_is_found_by_all_names_that_it_had_before() -> None:
    old = ["工商总局", "质检总局", "食品药品监管总局", "农业部", "银监会", "保监会", "财政部"]
    assert names_used("市场监督管理总局", old) == ("工商总局", "质检总局", "食品药品监管总局")
    assert set(names_used("金融监管总局", old)) == {"中国银监会", "中国保监会"}
    assert names_used("农业农村部", old) == ("农业部",)
    assert names_used("财政部", old) == ("财政部",)
    assert names_used("农业农村部", [*old, "农业农村部"]) == ("农业农村部",), "its own name goes first"
    assert names_used("教育部", old) == ("教育部",)


def test_a_former_department_is_found_by_the_one_that_was_made_of_it() -> None:
    assert names_used("环保部", ["生态环境部"]) == ("生态环境部",)
    assert names_used("质检总局", ["海关总署"]) == ("质检总局",), "which stood beside it before"
    assert names_used("人事部", ["中央组织部"]) == ("人事部",)


def test_who_took_over_is_told_with_its_source() -> None:
    assert replaced_by("农业部") == (("农业农村部",), "2018年《深化党和国家机构改革方案》")
    assert replaced_by("国家质检总局")[0] == ("市场监管总局", "海关总署")
    assert replaced_by("财政部") == replaced_by("某某局") == ((), "")


def test_a_commission_goes_by_its_short_name() -> None:
    assert same_department("市卫健委", "市卫生健康委员会")
    assert same_department("开发区管委会", "开发区管理委员会")
    assert not same_department("市卫健委", "市住建委员会")


def test_a_kind_of_body_is_the_documents_own_where_they_have_one() -> None:
    assert named_in("公安部门管什么？", ["公安机关", "市港航局"]) == ("公安机关",)
    assert named_in("公安部门管什么？", ["公安部", "公安机关"]) == ("公安部",)
    assert named_in("公安部门管什么？", ["市港航局"]) == ("公安部",)


def test_bodies_of_two_places_are_two() -> None:
    assert not same_department("东港区人民政府", "西港区人民政府")
    assert not same_department("东港区教育局", "西港区教育局")
    assert same_department("青澜市教育局", "市教育局")


def test_a_district_and_a_body_within_another_go_by_their_own_names() -> None:
    known = ["东港区人民政府", "西港区人民政府", "市公安局水警支队"]
    assert named_in("东港区和西港区都要参与的任务", known) == ("东港区人民政府", "西港区人民政府")
    assert named_in("东港区教育局负责什么", known) != ("东港区人民政府",)
    assert named_in("水警支队牵头哪些任务", known) == ("市公安局水警支队",)
