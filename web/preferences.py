"""The tab of settings: what can be set for this session, and what the program runs with."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import gradio as gr

from web.chat import Talk
from web.desk import Desk, html, tell
from web.escape import shown
from web.words import AUTHORITY_WORDS


class Preferences:
    """The handlers of the tab; :meth:`build` makes its components."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def set_passages(self, talk: Talk, passages: float, request: gr.Request) -> Talk:
        """Another number of passages, for this session."""
        self.desk.need(request, "admin")
        chosen = max(1, min(100, int(passages)))
        tell(f"这个会话里每问取回 {chosen} 段。")
        return replace(talk, passages=chosen)

    def about_html(self) -> str:
        """What the program runs with."""
        settings, bot = self.desk.bot.settings, self.desk.bot
        engine = {"extractive": "摘录原文（不自己编写内容，不用密钥）"}.get(settings.engine, settings.engine)
        rows = {
            "回答方式": engine,
            "向量模型": getattr(getattr(bot, "embedder", None), "name", "") or "内置",
            "阅读模型": "开" if settings.reader else "关",
            "重排模型": settings.reranker or "不重排",
            "来源的先后": " › ".join(AUTHORITY_WORDS[name] for name in settings.authority),
            "索引所在": str(settings.data_dir),
        }
        lines = "".join(f"<tr><th scope='row'>{name}</th><td>{shown(value)}</td></tr>" for name, value in rows.items())
        return (
            f"<h3>现在的设置</h3><div class='table'><table class='about'><tbody>{lines}</tbody></table></div>"
            "<p class='hint'>这些写在 policyqa.toml 或环境变量里，改后重新打开网页生效；说明见 README 的“设置”。</p>"
        )

    def build(self, talk: gr.State) -> gr.HTML:
        """The components of the tab, wired; gives the one that :meth:`about_html` fills."""
        html("<h2>设置</h2>")
        passages = gr.Slider(
            1,
            50,
            value=self.desk.bot.settings.passages,
            step=1,
            label="每个问题取回的段落数（只在这个会话里）",
            elem_id="passages",
        )
        private: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
        passages.release(self.set_passages, [talk, passages], talk, **private)
        return html("", elem_id="about")
