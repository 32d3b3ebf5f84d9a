"""Text from outside as HTML text, for the page; see qa.escape."""

from qa.escape import attribute, sent, shown

__all__ = ["attribute", "sent", "shown"]
