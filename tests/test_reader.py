"""A question and a sentence read together: the default reader, and what its judgement does to ranks and refusals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from fakes import HashEmbedder, OverlapReader
from index import embedder as embedder_module
from index.embedder import EmbedderUnavailable
from index.nano_unpack import Adapter, smoothing
from index.reader import QUESTION, SENTENCE, Reader, open_reader
from outlined import outlined
from qa import PolicyQA
from qa.calibration import About, Reading
from qa.evidence import Candidate, before, reread
from qa.finding import Found, answering_clause
from qa.refusal import ABOUT_SIGNS, READ_SIGNS, read_signs
from qa.settings import Settings
from qa.verdict_signs import VERDICT_SIGNS, Weighing
from searched import asked, searched

PLAN = outlined(
    "一、灯塔管护\n灯塔由海事局看守。灯塔每座补助20万元。\n二、码头开放\n码头夜间开放。码头门票每张20元。\n",
    "规划",
    title="海岸保护规划",
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    found = open_reader()
    assert found is not None
    return found


# --- the default reader


def test_a_sentence_that_answers_is_told_from_one_on_the_same_topic(reader: Reader) -> None:
    sentences = ("养老机构护理补贴每人每月260元。", "养老机构应当公示收费项目。", "护理补贴由市民政局按月发放。")
    said = [("养老服务补贴办法 | ", sentence) for sentence in sentences]
    for question, right in (
        ("护理补贴一个月给多少钱？", 0),
        ("收费要不要贴出来给人看？", 1),
        ("护理补贴哪个部门发？", 2),
    ):
        assert int(np.argmax(reader.odds(question, said))) == right


def test_what_no_sentence_tells_has_lower_odds(reader: Reader) -> None:
    said = [("城市供水条例 | ", "供水企业停水应当提前24小时通知用户。")]
    told, untold = (reader.odds(q, said)[0] for q in ("停水要提前多久通知？", "停水的通知是谁批准的？"))
    assert told > 0 > untold or told > untold + 1


def test_the_clause_that_answers_is_found(reader: Reader) -> None:
    sentence = "抽检每年不少于两次，抽检费用由本级财政承担，结果向社会公开。"
    for question, clause in (
        ("检测的钱谁来掏？", "抽检费用由本级财政承担，"),
        ("抽检完了告不告诉大家？", "结果向社会公开。"),
    ):
        assert answering_clause(reader, question, "供水条例 | ", sentence) == clause
    assert answering_clause(reader, "谁来掏钱？", "供水条例 | ", "费用自理。") == "费用自理。"


def test_a_sentence_is_judged_the_same_alone_and_in_company(reader: Reader) -> None:
    said = [("甲 | ", "灯塔由海事局看守。"), ("乙 | ", "码头夜间开放，" * 30)]
    together = reader.odds("灯塔由谁看守？", said)
    alone = [reader.odds("灯塔由谁看守？", [one])[0] for one in said]
    assert together == pytest.approx(alone, abs=0.01)


def test_nothing_to_read_and_too_much(reader: Reader) -> None:
    assert reader.odds("灯塔由谁看守？", []).shape == (0,)
    assert np.isfinite(
        reader.odds("灯塔？" * QUESTION * 4, [("前文" * 200, "码头。" * SENTENCE * 4), ("", "\ud800")])
    ).all()


def test_without_the_package_there_is_no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> None:
        raise EmbedderUnavailable("没有")

    monkeypatch.setattr(embedder_module, "_nano_files", missing)
    assert open_reader(tmp_path) is None


def test_an_adapter_is_read_back(tmp_path: Path) -> None:
    arrays = {"down.l0.q": np.ones((2, 4)), "up.l0.q": np.ones((3, 2)), "down.l1.q": np.ones((2, 4))}
    peaks = {"peak.l0.q": np.arange(4)}
    np.savez(tmp_path / "a.npz", head=np.ones((1, 8)), bias=np.zeros(1), types=np.zeros((2, 4)), **arrays, **peaks)
    adapter = Adapter.load(tmp_path / "a.npz")
    assert (adapter.layers, adapter.bias.tolist(), adapter.head.shape) == (2, [0.0], (1, 8))
    assert adapter.down["l0.q"].shape == (2, 4) and adapter.up["l0.q"].shape == (3, 2)
    assert adapter.peaks["l0.q"].tolist() == [0, 1, 2, 3]


def test_smoothing_makes_channels_alike_and_changes_no_product() -> None:
    inputs, weights = np.array([[1.0, -100.0, 0.5]]), np.array([[0.2, 0.1, -0.3], [0.1, -0.2, 0.3]])
    scales = smoothing(np.abs(inputs).max(axis=0), [weights])
    assert (inputs / scales) @ (weights * scales).T == pytest.approx(inputs @ weights.T, rel=1e-5)
    spread = np.abs(inputs / scales).max() / np.abs(inputs / scales).min()
    assert spread < np.abs(inputs).max() / np.abs(inputs).min() / 10


# --- ranks


def found(question: str) -> list[Candidate]:
    return searched(asked(question), PLAN)


def test_a_sentence_is_read_with_what_stands_above_and_before() -> None:
    fee = next(c for c in found("码头门票多少钱？") if c.text.startswith("码头门票"))
    assert before(fee) == f"海岸保护规划 二、码头开放 | {PLAN.text[fee.start - 30 : fee.start]}"


def test_what_was_not_read_counts_as_the_least_likely_that_was() -> None:
    ranked = found("码头门票多少钱？")
    assert len(ranked) > 2
    first, second, *rest = ranked
    odds = {("规划", first.start): -2.0, ("规划", second.start): 3.0}
    again = reread(ranked, odds, 10.0)
    assert again[0].text == second.text
    assert {c.odds for c in again if c.start in {r.start for r in rest}} == {-2.0}
    assert [c.text for c in reread(ranked, odds, 0.0)] == [c.text for c in ranked]


# --- refusals


def test_signs_of_what_was_read() -> None:
    ranked = [replace(c, odds=float(i)) for i, c in enumerate(found("码头门票多少钱？"))]
    signs = dict(zip(READ_SIGNS, read_signs([1.0], [2.0, 0.5], ranked, True), strict=True))
    assert signs == {"signs": 2.5, "most": len(ranked) - 1.0, "lack": 1.0}


def opened(
    tmp_path: Path,
    weights: Mapping[str, float],
    reader: Reader | None = None,
    about: Mapping[str, float] | None = None,
) -> PolicyQA:
    (tmp_path / "海岸保护规划.txt").write_text(PLAN.text, encoding="utf-8")
    reader = reader or OverlapReader()
    bot = PolicyQA.open([tmp_path / "海岸保护规划.txt"], tmp_path / "data", embedder=HashEmbedder(), reader=reader)
    weighing = Weighing(tuple(float(name == "clause") for name in (*VERDICT_SIGNS, "constant")), 0.7, 0.7)
    bound = About(tuple((about or {}).get(name, 0.0) for name in (*ABOUT_SIGNS, "constant")), 0.5)
    reading = Reading(
        "overlap-1", 0.5, tuple(weights.get(name, 0.0) for name in (*READ_SIGNS, "constant")), 0.5, bound, weighing
    )
    bot.calibration = replace(bot.calibration, threshold=0.0, reading=reading)
    return bot


def test_what_was_read_decides_whether_to_answer(tmp_path: Path) -> None:
    bot = opened(tmp_path, {"most": 1.0})
    assert not bot.ask("码头门票每张多少元？").refused
    assert bot.ask("码头的吊车归谁检修保养？").refused


def test_a_question_meant_for_other_documents_is_refused_whatever_would_answer_it(tmp_path: Path) -> None:
    assert not opened(tmp_path, {"constant": 9.0}).ask("雪场门票每张多少元？").refused
    bot = opened(tmp_path, {"constant": 9.0}, about={"unknown": -9.0, "constant": 4.0})
    assert bot.ask("雪场门票每张多少元？").refused
    assert not bot.ask("码头门票每张多少元？").refused
    named = bot.find("《海岸保护规划》里雪场门票每张多少元？")
    assert bot.about(named), "one that names a document of theirs is about them"


def test_a_clause_found_to_answer_decides_yes_or_no(tmp_path: Path) -> None:
    bot = opened(tmp_path, {"most": 1.0})
    assert bot.ask("码头夜间开放吗？").text.startswith("是的，码头夜间开放")
    assert bot.ask("码头夜间不开放吗？").text.startswith("不是，码头夜间开放")


def test_a_reader_that_nothing_was_fitted_to_is_not_asked(tmp_path: Path) -> None:
    class Other(OverlapReader):
        fingerprint = "other"

    bot = opened(tmp_path, {"constant": -9.0}, Other())
    assert bot.reading is None
    assert not bot.ask("码头门票每张多少元？").refused


def test_the_reader_can_be_left_out(tmp_path: Path) -> None:
    (tmp_path / "海岸保护规划.txt").write_text(PLAN.text, encoding="utf-8")
    settings = Settings.load(data_dir=tmp_path / "data", reader=False)
    assert PolicyQA.open([tmp_path / "海岸保护规划.txt"], settings=settings).reader is None


def test_each_part_of_a_question_is_answered(tmp_path: Path) -> None:
    bot = opened(tmp_path, {"constant": 5.0})
    text = bot.ask("灯塔由谁看守？码头门票每张多少元？").text
    assert "灯塔由海事局看守" in text
    assert "码头门票每张20元" in text


def test_what_an_answer_says_already_is_not_added_for_a_part(tmp_path: Path) -> None:
    bot = opened(tmp_path, {"constant": 5.0})
    text = bot.ask("灯塔每座补助多少？补助多少万元？").text
    assert text.count("灯塔每座补助20万元") == 1


def test_documents_and_things_that_are_compared_are_asked_one_by_one(tmp_path: Path) -> None:
    (tmp_path / "灯塔办法.txt").write_text(
        "灯塔管理办法\n第一条 看守灯塔每人补助30元。\n第二条 灯塔夜间关闭。\n", encoding="utf-8"
    )
    (tmp_path / "码头办法.txt").write_text(
        "码头管理办法\n第一条 看守码头每人补助90元。\n第二条 码头夜间开放。\n", encoding="utf-8"
    )
    base = opened(tmp_path, {"constant": 5.0})
    bot = PolicyQA.open(
        [tmp_path / "灯塔办法.txt", tmp_path / "码头办法.txt"],
        tmp_path / "both",
        embedder=HashEmbedder(),
        reader=OverlapReader(),
    )
    bot.calibration = base.calibration
    text = bot.ask("《灯塔管理办法》和《码头管理办法》各自的看守补助有什么不同？").text
    assert "《灯塔管理办法》" in text and "30元" in text
    assert "《码头管理办法》" in text and "90元" in text


def test_before_a_refusal_the_next_sentences_are_read(tmp_path: Path) -> None:
    rules = "灯塔管理办法\n" + "".join(
        f"第{n}条 码头{name}。\n" for n, name in zip("一二三四", "早中晚夜", strict=True)
    )
    (tmp_path / "灯塔办法.txt").write_text(f"{rules}第五条 看守灯塔每人补助30元。\n", encoding="utf-8")
    bot = PolicyQA.open([tmp_path / "灯塔办法.txt"], tmp_path / "more", embedder=HashEmbedder(), reader=OverlapReader())
    bot.calibration = opened(tmp_path, {"constant": 5.0}).calibration

    def last_of(question: str) -> Found:
        """What is found for a question, the sentence that answers it set last."""
        found = bot.find(question)
        return replace(found, candidates=tuple(sorted(found.candidates, key=lambda c: "30元" in c.text)))

    again = bot.read_on(last_of("看守灯塔每人补助多少元？"))
    assert again is not None
    assert "30元" in again.candidates[0].text
    assert bot.read_on(last_of("渔船保险费由哪家公司收取？")) is None
    # ... but where the nearest are read to be far off, what is farther is not read.
    far = last_of("看守灯塔每人补助多少元？")
    assert bot.read_on(replace(far, candidates=tuple(c.changed(odds=-9.0) for c in far.candidates))) is None
