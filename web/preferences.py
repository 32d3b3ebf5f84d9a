"""The tab of settings: what can be set for this session, and what the program runs with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, get_args

from qa.assistant import open_assistant
from qa.model_store import installed, size_text
from qa.models import ModelUnavailable
from qa.settings import Settings, Strictness, Unverified
from qa.trial import CLAUSES, QUESTION, Trial, try_out
from qa.writer import Cancelled
from web.chat import Talk
from web.desk import Desk, bridge, html, listen, number, problem, sent_with, tell, text
from web.escape import attribute, sent, shown
from web.model_choice import (
    EXAMPLES,
    SERVICE_NAMES,
    Service,
    chosen_key,
    chosen_model,
    open_chosen,
    service_of,
)
from web.quiet_gradio import gr
from web.visits import StillAtWork
from web.words import AUTHORITY_WORDS

MOST_PASSAGES = 50
ENGINE_WORDS = {"extractive": "摘录原文：不编写，最快", "llm": "语言模型写，逐句核对；用不上时摘录"}
UNVERIFIED_WORDS: dict[Unverified, str] = {"mark": "留下，标“未核实”", "drop": "不显示"}
STRICTNESS_WORDS: dict[Strictness, str] = {
    "lenient": "宽：尽量回答，答错的多一些",
    "normal": "适中",
    "strict": "严：没有把握就不答，拒答的多一些",
}
_FIELDS = ("service", "local", "model", "address", "key")


class Preferences:
    """The handlers of the tab; :meth:`build` makes its components."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def change(self, talk: Talk, event: gr.EventData, request: gr.Request) -> tuple[Talk, str, str]:
        """Other settings for this session: the state, the form, and nothing of a trial."""
        self.desk.need(request, "admin")
        choices, key = self._chosen(sent_with(event))
        self.desk.visits.keep_key(request, self.desk.settings_with(choices), key)
        talk = replace(talk, choices=choices)
        tell("已保存，从下一问起用新的设置。")
        return talk, self.form_html(talk, request), ""

    def _chosen(self, data: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
        """The settings that a form names, and the key. Raises gradio.Error."""
        passages, strictness = number(data, "passages"), text(data, "strictness")
        engine, unverified = text(data, "engine"), text(data, "unverified")
        if not 1 <= passages <= MOST_PASSAGES or strictness not in get_args(Strictness):
            raise problem(f"段落数要在 1 到 {MOST_PASSAGES} 之间。请改好再保存。")
        if engine not in ENGINE_WORDS or unverified not in get_args(Unverified):
            raise problem("没有这种回答方式。请刷新页面再选。")
        choices = {"engine": engine, "passages": passages, "strictness": strictness, "unverified": unverified}
        if engine == "extractive":
            return choices, ""
        fields = {name: text(data, name) for name in _FIELDS}
        try:
            return {**choices, **chosen_model(fields, self.desk.bot.settings)}, chosen_key(fields)
        except ValueError as error:
            raise problem(error) from error

    def try_model(self, event: gr.EventData, request: gr.Request) -> Iterator[str]:
        """Asks the model of a form, saved or not, and tells what comes of it."""
        self.desk.need(request, "admin")
        choices, key = self._chosen({**sent_with(event), "engine": "llm"})
        settings, visits = self.desk.settings_with(choices), self.desk.visits
        yield trying_html()
        try:
            with visits.working(request) as cancel:
                if "llm" in choices:
                    chat = open_chosen(settings, key or visits.key(request, settings))
                    assistant = open_assistant(settings, chat)
                else:
                    assistant = self.desk.bot.with_settings(settings).assistant
                yield sent(trial_html(assistant.name, try_out(assistant, cancel)))
        except StillAtWork:
            yield failed_trial_html("上一个问题还在回答；请等它答完再测试。")
        except Cancelled:
            yield failed_trial_html("测试停下了。")
        except ModelUnavailable as error:
            yield sent(failed_trial_html(str(error)))

    def form_html(self, talk: Talk, request: gr.Request | None) -> str:
        """What can be set. A key is not in it: only that there is one."""
        settings = self.desk.settings_with(talk.choices)
        keyed = bool(self.desk.visits.key(request, settings))
        return sent(form_html(settings, talk.choices, self.desk.bot.settings, keyed))

    def program_html(self) -> str:
        """What the program runs with."""
        bot = self.desk.bot
        settings = bot.settings
        rows = {
            "向量模型": getattr(getattr(bot, "embedder", None), "name", "") or "内置",
            "阅读模型": "开" if settings.reader else "关",
            "重排模型": settings.reranker or "不重排",
            "来源的先后": " › ".join(AUTHORITY_WORDS[name] for name in settings.authority),
            "索引所在": str(settings.data_dir),
        }
        lines = "".join(f'<tr><th scope="row">{name}</th><td>{shown(value)}</td></tr>' for name, value in rows.items())
        warnings = "".join(f'<p class="note">{shown(warning)}</p>' for warning in getattr(bot, "warnings", ()))
        return sent(
            f'<h3>程序</h3>{warnings}<div class="table"><table class="program"><tbody>{lines}</tbody></table></div>'
            '<p class="hint">这些写在 policyqa.toml 或环境变量里，改后重新打开网页生效；说明见 README 的“设置”。</p>'
        )

    def build(self, talk: gr.State) -> tuple[gr.HTML, gr.HTML]:
        """The components of the tab, wired; gives those that :meth:`form_html` and :meth:`program_html` fill."""
        form = html("", elem_id="settings")
        tried = html("", elem_id="tried")
        program = html("", elem_id="program")
        listen(bridge("settings"), self.change, talk, [talk, form, tried])
        listen(bridge("try-model"), self.try_model, None, tried).then(None, js="() => policyqa.tried()")
        return form, program


# --- the form ---------------------------------------------------------------------------------------------------------


def form_html(settings: Settings, choices: Mapping[str, Any], own: Settings, keyed: bool) -> str:
    """``settings``: those of the session; ``choices``: what of them was chosen here; ``own``: the program's; ``keyed``:
    there is a key. page.js shows the fields of the service that is chosen."""
    service = service_of(choices)
    name = settings.llm.partition(":")[2]
    services = "".join(
        f'<option value="{each}" data-example="{EXAMPLES.get(each, "")}" data-keyless="{_keyless(each)}"'
        f"{' selected' if each == service else ''}>"
        f"{word}{f'（{shown(own.llm)}）' if each == 'own' else ''}</option>"
        for each, word in SERVICE_NAMES.items()
    )
    models = {one.name: f"{one.name}（{size_text(one.size)}）" for one in installed(own.cache_dir)}
    here = (
        f'<select name="local">{_options(models, name)}</select>'
        if models
        else '<span class="hint">还没有。运行 policyqa model fetch 下载一个，再刷新页面。</span>'
    )
    typed, address = ("", "") if service in ("own", "local") else (name, settings.llm_base_url or "")
    key_hint = "已填，留空就不变" if keyed else _keyless(service)
    return (
        f'<h2>设置</h2><form class="settings" data-do="settings" data-engine="{settings.engine}" data-service="{service}" '
        'autocomplete="off"><h3>这个会话</h3><p class="hint">只在这个窗口里有效，关掉就恢复。</p>'
        f'<label><span>回答方式</span><select name="engine">{_options(ENGINE_WORDS, settings.engine)}</select></label>'
        f'<fieldset><label><span>语言模型</span><select name="service">{services}</select></label>'
        f'<label data-for="local"><span>本机的模型</span>{here}</label>'
        '<label data-for="dashscope deepseek zhipu moonshot openai compatible ollama"><span>模型名</span>'
        f'<input name="model" maxlength="120" spellcheck="false" value="{attribute(typed)}" '
        f'placeholder="例如 {EXAMPLES.get(service, "")}"></label>'
        '<label data-for="compatible ollama"><span>地址</span><input name="address" maxlength="300" spellcheck="false" '
        f'value="{attribute(address)}" placeholder="例如 http://127.0.0.1:8000/v1"></label>'
        '<label data-for="dashscope deepseek zhipu moonshot openai compatible"><span>密钥</span>'
        f'<input type="password" name="key" maxlength="400" autocomplete="new-password" placeholder="{key_hint}"></label>'
        '<p class="hint" data-for="dashscope deepseek zhipu moonshot openai compatible">密钥只在这个窗口里用，不存下来；'
        "关掉窗口就没有了。问题和找到的几句原文会发给这个服务。</p>"
        f'<label><span>核对不上的话</span><select name="unverified">{_options(UNVERIFIED_WORDS, settings.unverified)}</select></label>'
        '<button type="button" data-do="try-model">测试连接</button></fieldset>'
        f'<label><span>每个问题取回的段落数</span><input type="number" name="passages" min="1" max="{MOST_PASSAGES}" '
        f'value="{settings.passages}" required></label>'
        f'<label><span>拒答的松紧</span><select name="strictness">{_options(STRICTNESS_WORDS, settings.strictness)}</select></label>'
        '<button type="submit" class="go">保存</button></form>'
    )


def _keyless(service: Service) -> str:
    """What happens where no key is typed."""
    return "服务不要密钥就不填" if service == "compatible" else "不填就用环境变量里的"


def _options(words: Mapping[Any, str], chosen: str) -> str:
    return "".join(
        f'<option value="{attribute(name)}"{" selected" if name == chosen else ""}>{shown(word)}</option>'
        for name, word in words.items()
    )


# --- a model tried out ------------------------------------------------------------------------------------------------


def trying_html() -> str:
    """While the model is asked."""
    return (
        '<div class="trial" role="status"><span class="spin"></span> 正在问它一个小问题……'
        '本机的模型头一次要先装进内存。<button type="button" class="quiet" data-do="stop">停止</button></div>'
    )


def trial_html(name: str, trial: Trial) -> str:
    """What the model has answered, and how fast."""
    speed = f"，之后每秒约 {trial.speed:.0f} 个 token" if trial.speed else ""
    loading = f"装进内存 {trial.loading:.1f} 秒；" if trial.loading >= 0.1 else ""
    if trial.right and trial.marked:
        verdict = '<p class="good">能用：答对了，也写明了出处的编号。</p>'
    elif trial.right:
        verdict = '<p class="note">能用：答对了，没有写出处的编号，核对时会自己去找。</p>'
    else:
        verdict = '<p class="note">连得上，但这个小问题没有答对；写的话可能多半核对不上，建议换一个模型。</p>'
    clauses = "".join(f"<li>{shown(clause)}</li>" for clause in CLAUSES)
    return (
        f'<div class="trial" role="status">{verdict}<p>{shown(name)}：{loading}第一个字 {trial.first:.1f} 秒{speed}。</p>'
        f"<p>问：{QUESTION}<br>答：{shown(trial.text[:1000])}</p>"
        f"<details><summary>给它看的三条（自拟的）</summary><ul>{clauses}</ul></details></div>"
    )


def failed_trial_html(message: str) -> str:
    """What is wrong, with the next step."""
    return f'<div class="trial" role="alert"><p class="bad">没有连上</p><p>{shown(message)}</p></div>'
