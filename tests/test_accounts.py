"""The file of accounts: what is kept of a password, who may do what, and what is said of a file that cannot be used."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from qa.accounts import Account, Accounts, AccountsError, add_account, list_accounts, remove_account

PASSWORD = "钥匙在左边的抽屉里"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "accounts.jsonl"
    add_account(path, "王芳", PASSWORD, "editor")
    return path


def test_the_right_password_opens_and_another_does_not(file: Path) -> None:
    accounts = Accounts.load(file)
    assert accounts.check("王芳", PASSWORD) == Account("王芳", "editor")
    assert accounts.check("王芳", PASSWORD + " ") is None
    assert accounts.check("李明", PASSWORD) is None


def test_no_password_stands_in_the_file_and_only_its_owner_can_read_it(file: Path) -> None:
    assert PASSWORD not in file.read_text(encoding="utf-8")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_the_same_password_is_kept_differently_for_everybody(file: Path) -> None:
    add_account(file, "李明", PASSWORD)
    first, second = file.read_text(encoding="utf-8").splitlines()
    assert first.split("scrypt")[1] != second.split("scrypt")[1]


@pytest.mark.parametrize(
    ("role", "may"),
    [("reader", {"reader"}), ("editor", {"reader", "editor"}), ("admin", {"reader", "editor", "admin"})],
)
def test_each_role_may_do_what_the_one_before_may(role: str, may: set[str]) -> None:
    account = Account("某", role)  # type: ignore[arg-type]
    assert {r for r in ("reader", "editor", "admin") if account.may(r)} == may  # type: ignore[arg-type]


def test_an_account_is_replaced_in_its_place_and_comments_stay(file: Path) -> None:
    file.write_text("# 研究室\n\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    add_account(file, "李明", PASSWORD)
    assert add_account(file, " 王芳 ", "另一个很长的密码", "admin") is True
    assert file.read_text(encoding="utf-8").startswith("# 研究室\n\n")
    assert [(a.name, a.role) for a in list_accounts(file)] == [("王芳", "admin"), ("李明", "reader")]
    assert Accounts.load(file).check("王芳", PASSWORD) is None


def test_a_removed_account_is_gone_and_an_unknown_one_is_named(file: Path) -> None:
    with pytest.raises(AccountsError, match="没有“李明”；里面有：王芳"):
        remove_account(file, "李明")
    remove_account(file, "王芳")
    with pytest.raises(AccountsError, match="里没有账号。用 policyqa users add"):
        Accounts.load(file)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"name": "甲", "role": "reader", "password": "hunter2hunter2"}', "明文密码不能用"),
        ('{"name": "甲", "role": "boss", "password": "x"}', "只能是 reader、editor、admin"),
        ('{"name": "甲", "role": "reader"}', "要恰好有 name、role、password"),
        ('{"name": "甲",', "不是有效的 JSON"),
    ],
)
def test_a_wrong_line_is_named_and_a_plain_password_is_not_repeated(file: Path, line: str, said: str) -> None:
    with file.open("a", encoding="utf-8") as lines:
        lines.write(line + "\n")
    with pytest.raises(AccountsError, match=said) as error:
        Accounts.load(file)
    assert "第 2 行" in str(error.value)
    assert "hunter2" not in str(error.value)


@pytest.mark.parametrize("hashed", ["scrypt$1$8$5$c2FsdHNhbHQ=$a2V5", "scrypt$1073741824$8$5$c2FsdHNhbHQ=$" + "a" * 44])
def test_a_hash_that_is_weak_or_takes_all_memory_is_no_hash(file: Path, hashed: str) -> None:
    file.write_text(f'{{"name": "甲", "role": "admin", "password": "{hashed}"}}\n', encoding="utf-8")
    with pytest.raises(AccountsError, match="不是加密后的密码"):
        Accounts.load(file)


@pytest.mark.parametrize(
    ("name", "password"), [("", PASSWORD), ("#甲", PASSWORD), ("甲\n乙", PASSWORD), ("甲", "short")]
)
def test_names_and_passwords_that_cannot_be_are_refused(tmp_path: Path, name: str, password: str) -> None:
    with pytest.raises(AccountsError):
        add_account(tmp_path / "accounts", name, password)
    assert not (tmp_path / "accounts").exists()


def test_a_file_that_is_not_there_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(AccountsError, match="找不到账号文件 .* policyqa users add"):
        Accounts.load(tmp_path / "none")
