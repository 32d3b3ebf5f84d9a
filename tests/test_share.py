"""The page is never offered to the world through Gradio's tunnel, whatever the environment says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import ui
from fake_bot import FakeBot
from web import page
from web.quiet_gradio import gr


def test_the_page_is_not_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import gradio.networking

    tunnels: list[Any] = []
    made: list[gr.Blocks] = []

    class Kept(page.Page):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            made.append(self.blocks)

    monkeypatch.setenv("GRADIO_SHARE", "True")
    monkeypatch.setenv("GRADIO_TEMP_DIR", str(tmp_path / "uploads"))
    monkeypatch.setattr(gradio.networking, "setup_tunnel", lambda *asked, **more: tunnels.append(asked))
    monkeypatch.setattr(page, "Page", Kept)
    bot: Any = FakeBot()
    bot.settings = bot.settings.model_copy(update={"data_dir": tmp_path})
    server, address = ui.launch(bot, "127.0.0.1", 0)
    server.close()
    assert address.startswith("http://127.0.0.1:")
    assert tunnels == []
    (blocks,) = made
    assert not blocks.share and blocks.share_url is None
