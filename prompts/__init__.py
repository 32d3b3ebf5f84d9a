"""The wording, as files that can be edited without Python."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from string import Template


class UnknownWording(LookupError):
    """There is no wording of this name, or a value that it needs was not given."""


_FILES = ("wording.toml", "judge.toml", "draft.toml")


@lru_cache(maxsize=1)
def _wordings() -> dict[str, str]:
    found: dict[str, str] = {}
    for file in _FILES:
        table = tomllib.loads((files("prompts") / file).read_text(encoding="utf-8"))
        found |= {f"{group}.{name}": text for group, names in table.items() for name, text in names.items()}
    return found


def wording(name: str, **values: str) -> str:
    """The text called ``name`` ("refusal.weak_evidence") with its $variables filled in.

    Raises UnknownWording for a name that no file has and for a variable without a value.
    """
    try:
        return Template(_wordings()[name]).substitute(values)
    except KeyError as error:
        raise UnknownWording(f"prompts/*.toml: {name} needs {error}") from error
