"""Small pictures drawn with the page: no font has to have them, and nothing is asked of the network."""

from __future__ import annotations

from collections.abc import Mapping

_PATHS: Mapping[str, str] = {
    "left": '<rect x="3" y="4" width="18" height="16" rx="2.5"/><path d="M9 4v16"/>',
    "right": '<rect x="3" y="4" width="18" height="16" rx="2.5"/><path d="M15 4v16"/>',
    "theme": '<circle cx="12" cy="12" r="8.5"/><path d="M12 3.5v17a8.5 8.5 0 0 0 0-17z" fill="currentColor"/>',
    "good": '<path d="M7 11v9H4v-9zM7 11l4-8a2.5 2.5 0 0 1 2.5 2.6L13 9h5.4a2 2 0 0 1 2 2.4l-1.4 7a2 2 0 0 1-2 1.6H7"/>',
    "bad": '<path d="M7 13V4H4v9zM7 13l4 8a2.5 2.5 0 0 0 2.5-2.6L13 15h5.4a2 2 0 0 0 2-2.4l-1.4-7a2 2 0 0 0-2-1.6H7"/>',
    "copy": '<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M15 9V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h3"/>',
    "save": '<path d="M12 4v11m-4.5-4.5L12 15l4.5-4.5M4 19.5h16"/>',
    "keep": '<path d="M12 5v14M5 12h14"/>',
    "logo": '<path d="M5 4.5h14v15H5z"/><path d="M8.5 9h7M8.5 12.5h7M8.5 16h4"/>',
}


def icon(name: str) -> str:
    """A picture as SVG, as large as the text and in its colour, passed over by screen readers."""
    return f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{_PATHS[name]}</svg>'
