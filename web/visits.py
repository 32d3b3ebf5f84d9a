"""Who has the page open: the key and the model he has chosen, and the answer that is being written for him.

In memory only, by user and window; gone when the window is closed.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from web.model_choice import open_chosen, target
from web.quiet_gradio import gr

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from qa.settings import Settings


class StillAtWork(Exception):  # noqa: N818 - says what is the matter
    """An answer is being made for this window already."""


@dataclass(repr=False)
class _Visit:
    key: str = ""
    key_for: tuple[str, str] | None = None  #: the only service and address that it is sent to
    model: BaseChatModel | None = None
    model_of: Settings | None = None  #: the settings that the model was opened with
    working: threading.Event | None = None  #: set to end the answer that is being made


class Visits:
    """The open windows. May be shared by threads."""

    def __init__(self) -> None:
        self._visits: dict[tuple[str, str], _Visit] = {}
        self._lock = threading.Lock()

    @contextmanager
    def working(self, request: gr.Request | None) -> Iterator[threading.Event]:
        """While an answer is made: the event that ends it. Raises StillAtWork: one at a time."""
        cancel = threading.Event()
        with self._lock:
            visit = self._visits.setdefault(_name(request), _Visit())
            if visit.working is not None:
                raise StillAtWork
            visit.working = cancel
        try:
            yield cancel
        finally:
            with self._lock:
                visit.working = None
                if visit.model is None and not visit.key:
                    self._visits.pop(_name(request), None)

    def here(self, request: gr.Request | None) -> bool:
        """Whether the window for which an answer is being made is still open."""
        with self._lock:
            return _name(request) in self._visits

    def stop(self, request: gr.Request | None) -> None:
        """Ends the answer that is being made."""
        with self._lock:
            visit = self._visits.get(_name(request))
            if visit is not None and visit.working is not None:
                visit.working.set()

    def close(self, request: gr.Request) -> None:
        """The window is closed: its answer ends, its key is forgotten."""
        self.stop(request)
        with self._lock:
            self._visits.pop(_name(request), None)

    def keep_key(self, request: gr.Request | None, settings: Settings, key: str) -> None:
        """The key for the service of the settings. An empty one leaves that of the same service and address as it is;
        one of another is forgotten."""
        with self._lock:
            visit = self._visits.setdefault(_name(request), _Visit())
            if key or visit.key_for != target(settings):
                visit.key, visit.key_for = key, target(settings)
                visit.model = visit.model_of = None

    def key(self, request: gr.Request | None, settings: Settings) -> str:
        """The key that was given for the service of the settings; "" for none."""
        with self._lock:
            visit = self._visits.get(_name(request))
            return visit.key if visit is not None and visit.key_for == target(settings) else ""

    def model(self, request: gr.Request | None, settings: Settings) -> BaseChatModel:
        """The model that the settings name, opened once for a window. Raises ModelUnavailable."""
        key = self.key(request, settings)
        with self._lock:
            visit = self._visits.setdefault(_name(request), _Visit())
            if visit.model is not None and visit.model_of == settings:
                return visit.model
        model = open_chosen(settings, key)
        with self._lock:
            visit.model, visit.model_of = model, settings
        return model


def _name(request: gr.Request | None) -> tuple[str, str]:
    """A window: its user, so that nobody reaches another's, and Gradio's name for it."""
    return str(getattr(request, "username", None) or ""), str(getattr(request, "session_hash", None) or "")
