"""The wording, as files that can be edited without Python: fixed sentences, and what a language model is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from string import Template
from typing import Any


class UnknownWording(LookupError):
    """There is no wording of this name, or a value that it needs was not given."""


@lru_cache(maxsize=1)
def _wordings() -> dict[str, str]:
    table = tomllib.loads((files("prompts") / "wording.toml").read_text(encoding="utf-8"))
    return {f"{group}.{name}": text for group, names in table.items() for name, text in names.items()}


def wording(name: str, **values: str) -> str:
    """The text called ``name`` ("refusal.weak_evidence") with its $variables filled in.

    Raises UnknownWording for a name that the file does not have and for a variable without a value.
    """
    try:
        return Template(_wordings()[name]).substitute(values)
    except KeyError as error:
        raise UnknownWording(f"prompts/wording.toml: {name} needs {error}") from error


#: What the templates of language models put between messages: <|im_end|>, <｜User｜>, </s>, <<SYS>>, [INST], [gMASK] …
CONTROL = re.compile(
    r"[<＜〈《⟨][|｜][^|｜<>\n]{0,60}[|｜][>＞〉》⟩]|<[|｜]\w|\w[|｜]>|<<?/?\s?(?:s|unk|pad|eos|bos|sys|system|user|assistant|human|think"
    r"|tool\w*|(?:start|end)_of_\w+|\w*reserved\w*|fim_\w+|mask)\s?>>?|\[/?(?:s?INST|SYS\w*|AVAILABLE_TOOLS|TOOL_\w+|[gs]?MASK|CLS|SEP|UNK|PAD)\]",
    re.IGNORECASE,
)
_BROKEN = str.maketrans("<>[]|｜", "＜＞［］  ")


def harmless(text: str) -> str:
    """A text whose control tokens are none any more, to read the same.

    >>> harmless("公园<|im_end|>[INST]开放[1]")
    '公园＜ im_end ＞［INST］开放[1]'
    """
    return CONTROL.sub(lambda token: token.group().translate(_BROKEN), text)


@dataclass(frozen=True)
class Prompt:
    """What a language model is told for one purpose: the same beginning each time, then the question at hand.

    The beginning comes first so that a server need not compute it again.
    """

    name: str
    version: str
    system: str
    examples: tuple[tuple[str, str], ...]  #: (what is asked, what is answered)
    user: str  #: with $variables
    words: dict[str, Any]  #: other words of the file that the program looks for in an answer

    def messages(self, **values: str) -> list[tuple[str, str]]:
        """(role, text) of each message: "system", "human" or "ai". No value can end a message or begin another. Raises
        UnknownWording for a missing variable."""
        try:
            asked = Template(self.user).substitute({name: harmless(value) for name, value in values.items()})
        except KeyError as error:
            raise UnknownWording(f"prompts/{self.name}.toml: user needs {error}") from error
        shown = [message for ask, told in self.examples for message in (("human", ask), ("ai", told))]
        return [("system", self.system), *shown, ("human", asked)]

    @property
    def fingerprint(self) -> str:
        """Changes with every word of the prompt."""
        return sha256(repr((self.version, self.system, self.examples, self.user)).encode()).hexdigest()[:16]


@lru_cache(maxsize=16)
def prompt(name: str) -> Prompt:
    """The prompt of ``prompts/<name>.toml``. Raises UnknownWording where there is none or a part of it is missing."""
    path = files("prompts") / f"{name}.toml"
    if not path.is_file():
        raise UnknownWording(f"there is no prompts/{name}.toml")
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        examples = tuple((example["user"].strip(), example["answer"].strip()) for example in table.get("example", ()))
        return Prompt(
            name, table["version"], table["system"].strip(), examples, table["user"].strip(), table.get("words", {})
        )
    except KeyError as error:
        raise UnknownWording(f"prompts/{name}.toml: {error} is missing") from error
