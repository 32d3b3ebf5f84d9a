"""Gradio without its statistics: import it from here, before anything else has.

It tells nobody outside; and it does not sum up all earlier calls after each one, which takes longer than an answer.
"""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing calls home
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # calls between two of its own summaries

import gradio as gr  # noqa: E402
from gradio.events import api  # noqa: E402

__all__ = ["api", "gr"]
