"""The turns of a talk, each with its question made to stand alone, and what the talk is about with it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa.answer import is_refusal
from qa.followup_topics import about, thing_named
from qa.topics import NUMERAL, UNIT

_NTH_OF = re.compile(rf"(?<=..)的?(?:倒数)?第{NUMERAL}{UNIT}$")


_LONGEST_THING = 12  #: characters of an item that names something that one goes on to ask about
_LEAST_THING = 4  #: characters with which a question names a thing that the talk goes on about


@dataclass(frozen=True)
class Said:
    """A turn whose question has been made to stand alone."""

    question: str
    answer: str
    items: tuple[str, ...] = ()  #: the list that the talk is about
    place: int | None = None  #: which of ``items`` was asked for
    of_list: str = ""  #: what ``items`` are a list of, where the question is about one of them
    entity: str = ""  #: what a pronoun of the question stood for
    filled: str = ""  #: what was put in the place of its like
    carried: str = ""  #: what the talk is about, where the question begins with that and a comma
    leaned: bool = False  #: whether the question was not said in full
    scope: str = ""  #: the place that the talk is of, where what it is about is a case there
    told: str = ""  #: what was told of the answer when something was asked of that
    source: str = ""  #: what the document is called that the answer was taken from
    over: str = ""  #: what the talk was about before it

    @property
    def refused(self) -> bool:
        return is_refusal(self.answer)

    @property
    def about(self) -> str:
        """What the talk is about with this turn: the list, where an item of it is told that is a clause and no thing."""
        if self.of_list and len(self.entity) > _LONGEST_THING:
            return self.of_list
        topic = self.carried or thing_named(about(self.question)) or self.over or about(self.question)
        return _NTH_OF.sub("", topic) if "没有第" in self.answer else topic

    @property
    def list_topic(self) -> str:
        return self.of_list or self.about

    @property
    def parted(self) -> tuple[str, str]:
        """What the question carries over, with its comma, and what it asks itself."""
        lead = f"{self.carried}，" if self.carried else ""
        return lead, self.question.removeprefix(lead)
