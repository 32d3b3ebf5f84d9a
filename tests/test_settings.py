"""Settings: where a value comes from, and what a wrong one is answered with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa.settings import Settings, SettingsError


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("POLICYQA_CONFIG", "POLICYQA_DATA_DIR", "POLICYQA_PASSAGES"):
        monkeypatch.delenv(name, raising=False)


def test_defaults_need_no_file_and_no_environment() -> None:
    settings = Settings.load()
    assert settings.engine == "extractive"
    assert settings.host == "127.0.0.1"
    assert settings.embedder is None
    assert settings.data_dir.name == "policyqa"


def test_argument_beats_environment_beats_file_beats_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert Settings.load().passages == 10
    (tmp_path / "policyqa.toml").write_text("passages = 3\n", encoding="utf-8")
    assert Settings.load().passages == 3
    monkeypatch.setenv("POLICYQA_PASSAGES", "4")
    assert Settings.load().passages == 4
    assert Settings.load(passages=5).passages == 5
    assert Settings.load(passages=None).passages == 4


def test_an_empty_environment_variable_is_not_a_value(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_PASSAGES", "")
    assert Settings.load().passages == 10


def test_the_settings_file_can_lie_elsewhere_and_its_folders_are_meant_from_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    there = tmp_path / "conf"
    there.mkdir()
    (there / "mine.toml").write_text('data_dir = "索引"\n', encoding="utf-8")
    monkeypatch.setenv("POLICYQA_CONFIG", str(there / "mine.toml"))
    assert Settings.load().data_dir == there / "索引"


def test_a_named_settings_file_that_is_missing_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_CONFIG", "nowhere.toml")
    with pytest.raises(SettingsError, match="找不到设置文件 nowhere.toml"):
        Settings.load()


def test_the_home_folder_is_expanded() -> None:
    assert Settings.load(data_dir="~/政策").data_dir == Path.home() / "政策"


def test_an_unknown_argument_is_answered_with_the_nearest_name() -> None:
    with pytest.raises(SettingsError, match="不认识的设置 data_dri。是不是想写 data_dir？"):
        Settings.load(data_dri="x")


def test_an_unknown_key_of_the_file_is_answered_with_the_nearest_name(tmp_path: Path) -> None:
    (tmp_path / "policyqa.toml").write_text("pasages = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"policyqa.toml里有不认识的设置 pasages。是不是想写 passages？"):
        Settings.load()


def test_an_unknown_environment_variable_is_answered_with_the_nearest_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_EMBEDER", "x")
    with pytest.raises(SettingsError, match="POLICYQA_EMBEDER。是不是想写 POLICYQA_EMBEDDER？"):
        Settings.load()


def test_a_key_like_nothing_known_lists_what_there_is() -> None:
    with pytest.raises(SettingsError, match="不认识的设置 zzz。可用的设置：data_dir、"):
        Settings.load(zzz=1)


def test_debug_is_no_setting_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POLICYQA_DEBUG", "1")
    assert Settings.load().engine == "extractive"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("engine", "gpt", "extractive 摘录原文"),
        ("passages", "many", "1 到 100"),
        ("passages", 0, "1 到 100"),
        ("port", 70000, "1 到 65535"),
        ("llm_base_url", "127.0.0.1:8000", "如 http://127.0.0.1:8000/v1"),
        ("llm_base_url", "http://[::1", "如 http://127.0.0.1:8000/v1"),
        ("llm_base_url", "http://127.0.0.1:99999/v1", "如 http://127.0.0.1:8000/v1"),
    ],
)
def test_a_wrong_value_is_answered_with_what_is_allowed(name: str, value: object, says: str) -> None:
    with pytest.raises(SettingsError, match=says) as caught:
        Settings.load(**{name: value})
    assert f"设置 {name} 的值 {value!r}" in str(caught.value)


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "policyqa.toml").write_text("passages = = 3\n", encoding="utf-8")
    with pytest.raises(SettingsError, match="policyqa.toml 不是有效的 TOML"):
        Settings.load()


def test_settings_do_not_change() -> None:
    with pytest.raises(Exception, match="frozen"):
        Settings.load().passages = 3


def test_every_setting_is_described_in_chinese() -> None:
    for name, field in Settings.model_fields.items():
        assert field.description and any("一" <= char <= "鿿" for char in field.description), name


def test_the_order_of_sources_is_written_with_commas_or_as_a_list(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    order = Settings.load().authority[::-1]
    for written in (",".join(order), "、".join(order), json.dumps(order)):
        monkeypatch.setenv("POLICYQA_AUTHORITY", written)
        assert Settings.load().authority == order
    monkeypatch.setenv("POLICYQA_AUTHORITY", "ministry,local")
    with pytest.raises(SettingsError, match="设置 authority 的值 .* 不能用.*八个都要写"):
        Settings.load()
    monkeypatch.delenv("POLICYQA_AUTHORITY")
    (tmp_path / "policyqa.toml").write_text(f"authority = {json.dumps(order)}\n", encoding="utf-8")
    assert Settings.load().authority == order
