"""Who may use the page: names, roles and hashed passwords in a file, one account a line.

A line is JSON: ``{"name": "…", "role": "reader", "password": "scrypt$16384$8$5$salt$hash"}``; blank lines and lines
that begin with # are kept and ignored.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import os
import secrets
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

Role = Literal["reader", "editor", "admin"]
#: Each may do all that the one before may: reader asks; editor adds and removes documents; admin changes settings.
ROLES: tuple[Role, ...] = ("reader", "editor", "admin")
ROLE_NAMES: Mapping[Role, str] = {"reader": "读者", "editor": "编辑", "admin": "管理员"}

MIN_PASSWORD = 8  #: characters
_LONGEST_NAME = 64
#: Cost of scrypt: 16 MB of memory, a fifth of a second (OWASP's second choice of equal strength).
_N, _R, _P = 2**14, 8, 5
_MEMORY = 128 * 1024 * 1024  #: bytes that a hash in a file may ask for


class AccountsError(ValueError):
    """The file of accounts or a name or password cannot be used. The message is Chinese, names file and line and tells
    the next step."""


@dataclass(frozen=True)
class Account:
    """Somebody who has logged in."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether this account may do what ``role`` may."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True)
class _Hash:
    """A password as it is kept."""

    n: int
    r: int
    p: int
    salt: bytes
    key: bytes

    def __str__(self) -> str:
        salt, key = (base64.b64encode(part).decode() for part in (self.salt, self.key))
        return f"scrypt${self.n}${self.r}${self.p}${salt}${key}"

    def fits(self, password: str) -> bool:
        return hmac.compare_digest(_derive(password, self.n, self.r, self.p, self.salt, len(self.key)), self.key)


def _derive(password: str, n: int, r: int, p: int, salt: bytes, length: int) -> bytes:
    given = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=length)


def _hashed(password: str) -> _Hash:
    salt = secrets.token_bytes(16)
    return _Hash(_N, _R, _P, salt, _derive(password, _N, _R, _P, salt, 32))


def _read_hash(text: str) -> _Hash | None:
    """The hash that ``text`` writes down; None for anything else, a plain password above all."""
    method, *parts = text.split("$")
    if method != "scrypt" or len(parts) != 5:
        return None
    try:
        n, r, p = map(int, parts[:3])
        salt, key = (base64.b64decode(part, validate=True) for part in parts[3:])
    except (ValueError, binascii.Error):
        return None
    strong = len(salt) >= 8 and len(key) >= 16 and n >= 1024 and n & (n - 1) == 0 and r > 0 and 0 < p <= 64
    return _Hash(n, r, p, salt, key) if strong and 128 * r * (n + p + 2) <= _MEMORY else None


class Accounts:
    """The accounts of a file. Make one with :meth:`load`."""

    def __init__(self, accounts: Mapping[str, tuple[Account, _Hash]]) -> None:
        self._accounts = accounts
        self._nobody = _Hash(_N, _R, _P, secrets.token_bytes(16), secrets.token_bytes(32))

    @classmethod
    def load(cls, path: str | Path) -> Accounts:
        """The accounts as the file has them now; later changes count after the next load. Raises AccountsError."""
        path = Path(path)
        accounts = {account.name: (account, hashed) for _, account, hashed in _accounts(path, _lines(path))}
        if not accounts:
            raise AccountsError(f"账号文件 {path} 里没有账号。用 policyqa users add {path} 名字 添加。")
        return cls(accounts)

    def __len__(self) -> int:
        return len(self._accounts)

    def __iter__(self) -> Iterator[Account]:
        """The accounts in the order of the file."""
        return (account for account, _ in self._accounts.values())

    def check(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own. Takes about a fifth of a second, as long for a name that is not
        there, so that the time does not tell which names are."""
        account, hashed = self._accounts.get(_plain_name(name), (None, self._nobody))
        fits = hashed.fits(password)
        return account if fits and account is not None else None

    def role(self, name: str) -> Role | None:
        """The role of a name, None when it is not there."""
        found = self._accounts.get(_plain_name(name))
        return None if found is None else found[0].role


def add_account(path: str | Path, name: str, password: str, role: Role = "reader") -> bool:
    """Writes an account into a file, made (for its owner only) when it is not there; an account of that name is
    replaced. Gives whether there was one. Raises AccountsError."""
    path, name = Path(path), _plain_name(name)
    if role not in ROLES:
        raise AccountsError(f"没有“{role}”这个角色；可用的是 {'、'.join(ROLES)}。")
    if not name or len(name) > _LONGEST_NAME or not name.isprintable() or name.startswith("#"):
        raise AccountsError(f"名字要写 1 到 {_LONGEST_NAME} 个看得见的字，不以 # 开头。")
    if len(password) < MIN_PASSWORD:
        raise AccountsError(f"密码太短，至少要 {MIN_PASSWORD} 个字符。请换一个长些的。")
    lines = _lines(path) if path.exists() else []
    old = next((number for number, account, _ in _accounts(path, lines) if account.name == name), None)
    line = json.dumps({"name": name, "role": role, "password": str(_hashed(password))}, ensure_ascii=False)
    if old is None:
        lines.append(line)
    else:
        lines[old - 1] = line
    _write(path, lines)
    return old is not None


def remove_account(path: str | Path, name: str) -> None:
    """Takes an account out of a file. Raises AccountsError."""
    path, name = Path(path), _plain_name(name)
    lines = _lines(path)
    known = {account.name: number for number, account, _ in _accounts(path, lines)}
    if name not in known:
        raise AccountsError(f"账号文件 {path} 里没有“{name}”；里面有：{'、'.join(known) or '（没有账号）'}。")
    del lines[known[name] - 1]
    _write(path, lines)


def list_accounts(path: str | Path) -> list[Account]:
    """The accounts of a file in order; none for one without accounts. Raises AccountsError."""
    path = Path(path)
    return [account for _, account, _ in _accounts(path, _lines(path))]


def _plain_name(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip()


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError as error:
        raise AccountsError(f"找不到账号文件 {path}。用 policyqa users add {path} 名字 新建。") from error
    except OSError as error:
        raise AccountsError(f"读不了账号文件 {path}：{error.strerror}。请检查路径和权限。") from error
    except UnicodeDecodeError as error:
        raise AccountsError(f"账号文件 {path} 不是 UTF-8 编码。请另存为 UTF-8。") from error


def _accounts(path: Path, lines: list[str]) -> Iterator[tuple[int, Account, _Hash]]:
    """(1-based line, account, hash) of every account. Raises AccountsError."""
    seen: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        where = f"账号文件 {path} 第 {number} 行"
        try:
            record = json.loads(line)
        except json.JSONDecodeError as error:
            raise AccountsError(
                f"{where}第 {error.colno} 列不是有效的 JSON。每行写一个账号，用 policyqa users add 添加。"
            ) from error
        if not isinstance(record, dict) or set(record) != {"name", "role", "password"}:
            raise AccountsError(f"{where}要恰好有 name、role、password 三项。用 policyqa users add 添加。")
        name, role, password = (record[key] for key in ("name", "role", "password"))
        if not isinstance(name, str) or not _plain_name(name):
            raise AccountsError(f"{where}的 name 要是一个非空的字符串。")
        if role not in ROLES:
            raise AccountsError(f"{where}的 role 是 {role!r}；只能是 {'、'.join(ROLES)}。")
        hashed = _read_hash(password) if isinstance(password, str) else None
        if hashed is None:  # the message must not repeat what may be somebody's password
            raise AccountsError(
                f"{where}的 password 不是加密后的密码；明文密码不能用。请删掉这一行，"
                f"用 policyqa users add {path} {_plain_name(name)} --role {role} 重新添加。"
            )
        name = _plain_name(name)
        if name in seen:
            raise AccountsError(f"{where}的名字“{name}”与第 {seen[name]} 行相同。请删掉一行。")
        seen[name] = number
        yield number, Account(name, cast(Role, role)), hashed


def _write(path: Path, lines: list[str]) -> None:
    """Puts the lines into the file at once, readable for its owner only."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # made with mode 600
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write("".join(f"{line}\n" for line in lines))
                file.flush()
                os.fsync(file.fileno())
            os.replace(name, path)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise AccountsError(f"写不了账号文件 {path}：{error.strerror}。请检查文件夹的权限和磁盘空间。") from error
