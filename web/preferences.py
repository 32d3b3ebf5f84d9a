"""The tab of settings: what can be set for this session, and what the program runs with."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

import gradio as gr

from qa.settings import Strictness
from web.chat import Talk
from web.desk import Desk, bridge, html, listen, number, problem, sent_with, tell, text
from web.escape import sent, shown
from web.words import AUTHORITY_WORDS

MOST_PASSAGES = 50
STRICTNESS_WORDS: dict[Strictness, str] = {
    "lenient": "宽：尽量回答，答错的多一些",
    "normal": "适中",
    "strict": "严：没有把握就不答，拒答的多一些",
}


class Preferences:
    """The handlers of the tab; :meth:`build` makes its components."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def change(self, talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Talk, str]:
        """Other settings for this session: the state, and the tab."""
        self.desk.need(request, "admin")
        data = sent_with(event)
        passages, strictness = number(data, "passages"), text(data, "strictness")
        if not 1 <= passages <= MOST_PASSAGES or strictness not in get_args(Strictness):
            raise problem(f"段落数要在 1 到 {MOST_PASSAGES} 之间。请改好再保存。")
        talk = replace(talk, choices={"passages": passages, "strictness": strictness})
        tell("已保存，从下一问起用新的设置。")
        return talk, self.tab_html(talk)

    def tab_html(self, talk: Talk) -> str:
        """What can be set, and what the program runs with."""
        bot = self.desk.bot_with(talk.choices)
        settings = bot.settings
        options = "".join(
            f'<option value="{name}"{" selected" if name == settings.strictness else ""}>{word}</option>'
            for name, word in STRICTNESS_WORDS.items()
        )
        rows = {
            "回答方式": "摘录原文（不自己编写内容，不用密钥）",
            "向量模型": getattr(getattr(bot, "embedder", None), "name", "") or "内置",
            "阅读模型": "开" if settings.reader else "关",
            "重排模型": settings.reranker or "不重排",
            "来源的先后": " › ".join(AUTHORITY_WORDS[name] for name in settings.authority),
            "索引所在": str(settings.data_dir),
        }
        lines = "".join(f'<tr><th scope="row">{name}</th><td>{shown(value)}</td></tr>' for name, value in rows.items())
        warnings = "".join(f'<p class="note">{shown(warning)}</p>' for warning in getattr(bot, "warnings", ()))
        return sent(
            '<h2>设置</h2><form class="settings" data-do="settings"><h3>这个会话</h3>'
            '<p class="hint">只在这个窗口里有效，关掉就恢复。</p>'
            f'<label><span>每个问题取回的段落数</span><input type="number" name="passages" min="1" max="{MOST_PASSAGES}" '
            f'value="{settings.passages}" required></label>'
            f'<label><span>拒答的松紧</span><select name="strictness">{options}</select></label>'
            '<button type="submit" class="go">保存</button></form>'
            f'<h3>程序</h3>{warnings}<div class="table"><table class="program"><tbody>{lines}</tbody></table></div>'
            '<p class="hint">这些写在 policyqa.toml 或环境变量里，改后重新打开网页生效；说明见 README 的“设置”。</p>'
        )

    def build(self, talk: gr.State) -> gr.HTML:
        """The components of the tab, wired; gives the one that :meth:`tab_html` fills."""
        tab = html("", elem_id="settings")
        listen(bridge("settings"), self.change, talk, [talk, tab])
        return tab
