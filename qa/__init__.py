"""Questions about Chinese policy documents, answered with exact citations.

``from qa import PolicyQA`` and the nouns around it. Names are loaded at first use, so that importing ``qa``
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.passage import Passage
    from qa.answer import Answer, Citation, Event
    from qa.bot import PolicyQA
    from qa.run_report import Report
    from qa.session import Session
    from qa.settings import Settings

__all__ = ["Answer", "Citation", "Event", "Passage", "PolicyQA", "Report", "Session", "Settings"]

_HOME = {
    "Answer": "qa.answer",
    "Citation": "qa.answer",
    "Event": "qa.answer",
    "Passage": "index.passage",
    "PolicyQA": "qa.bot",
    "Report": "qa.run_report",
    "Session": "qa.session",
    "Settings": "qa.settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
