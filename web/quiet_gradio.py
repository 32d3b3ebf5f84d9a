"""Gradio without its statistics: import it from here, before anything else has."""

from __future__ import annotations

import os

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read when gradio is imported: nothing calls home

import gradio as gr  # noqa: E402
from gradio.events import api  # noqa: E402

__all__ = ["api", "gr"]
