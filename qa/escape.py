"""Text from outside as HTML, Markdown or plain text: no markup in it works, and nothing in it is invisible or turns the
writing round."""

from __future__ import annotations

import re
from html import escape

#: Control characters, zero-width characters, those that set the direction of writing, byte order marks, noncharacters,
#: and halves of characters.
_ODD = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)


def shown(text: str) -> str:
    """The text for a place between tags. Characters that nobody sees are shown by their number."""
    return _ODD.sub(lambda match: f'<span class="odd">U+{ord(match.group()):04X}</span>', escape(text))


def attribute(text: str) -> str:
    """The text for a place between the quotes of an attribute; characters that nobody sees are left out."""
    return _ODD.sub("", escape(text))


def sent(text: str) -> str:
    """The text as it can be sent: without halves of characters, which no encoding holds."""
    return text.encode("utf-8", "replace").decode("utf-8")


#: What no file of text may hold or what moves the characters around it: controls, halves of characters, directions.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_MARKUP = re.compile(r"([\\`*_\[\]<>|~$&#])|(?<=:)(?=//)")


def visible(text: str) -> str:
    """The text without what nobody sees, a terminal obeys or no file can hold; lines and tabs stay."""
    return _UNSEEN.sub("", text)


def markdown(text: str) -> str:
    """The text as one paragraph of Markdown that shows just these characters."""
    line = _MARKUP.sub(lambda m: f"\\{m.group(1) or ''}", " ".join(visible(text).split()))
    return re.sub(r"^(\d*)([-+=.)])", r"\1\\\2", line)  # no list, rule or heading at the beginning
