"""Who may use the page: names, roles and hashed passwords in a file, one account a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Role = Literal["reader", "editor", "admin"]
#: What each role may do, the next all that the one before may: reader asks; editor adds and removes documents; admin
#: changes settings.
ROLES: tuple[Role, ...] = ("reader", "editor", "admin")
ROLE_NAMES: Mapping[Role, str] = {"reader": "读者", "editor": "编辑", "admin": "管理员"}


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


class Accounts:
    """The accounts of a file. Make one with :meth:`load`."""

    @classmethod
    def load(cls, path: str | Path) -> Accounts:
        """The accounts as the file has them now; later changes count after the next load. Raises AccountsError."""
        raise NotImplementedError

    def check(self, name: str, password: str) -> Account | None:
        """The account, if the password is its own. Takes a quarter of a second, for a name that is not there too."""
        raise NotImplementedError

    def role(self, name: str) -> Role | None:
        """The role of a name, None when it is not there."""
        raise NotImplementedError


def add_account(path: str | Path, name: str, password: str, role: Role = "reader") -> bool:
    """Writes an account into a file, made (for its owner only) when it is not there; an account of that name is
    replaced. Gives whether there was one. Raises AccountsError."""
    raise NotImplementedError


def remove_account(path: str | Path, name: str) -> None:
    """Takes an account out of a file. Raises AccountsError."""
    raise NotImplementedError
