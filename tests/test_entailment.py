"""Whether quotes bear a sentence in other words, read by the default model."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import embedder as embedder_module
from index.embedder import EmbedderUnavailable
from index.entailment import QUOTES, SENTENCE, Entailment, open_entailment
from qa.support import support

FERRY = "渡口应当每半年至少检修一次，检修结果应当在检修完成后5日内公示；渡船载客不得超过60人。"
AID = "渡船更新由县财政按造价的30%给予补助，每艘最高20万元，已经享受省级补助的除外。"


@pytest.fixture(scope="module")
def entailment() -> Entailment:
    found = open_entailment()
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("quote", "true", "false"),
    [
        (FERRY, "船上最多坐六十个人，多了不行。", "船上至少要坐满六十个人才开。"),
        (FERRY, "修完渡口，五天之内要把结果贴出来给大家看。", "修渡口之前，要提前五天把消息贴出来给大家看。"),
        (AID, "换新船县里给补三成，一艘顶多补20万。", "换新船省里给补三成，一艘起码补20万。"),
        (AID, "拿过省里补助的船，县里就不再补了。", "拿过省里补助的船，县里再加补一份。"),
    ],
)
def test_a_true_sentence_in_other_words_is_told_from_a_false_one(
    entailment: Entailment, quote: str, true: str, false: str
) -> None:
    assert entailment.odds([quote], ["渡口管理办法"], true) > entailment.odds([quote], ["渡口管理办法"], false)


def test_what_the_rules_leave_open_is_verified_by_reading(entailment: Entailment) -> None:
    freely = "换新渡船的，县财政补造价的三成，一艘最多补20万元。"
    assert support(freely, [AID]) != "verified"
    assert support(freely, [AID], ["渡口管理办法"], entailment) == "verified"


def test_much_and_odd_text_is_read_as_far_as_it_goes(entailment: Entailment) -> None:
    assert np.isfinite(entailment.odds(["码头。" * QUOTES, "\ud800"], ["办法" * 99, ""], "码头。" * SENTENCE))
    assert np.isfinite(entailment.odds([], [], ""))


def test_without_the_package_nothing_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> None:
        raise EmbedderUnavailable("没有")

    monkeypatch.setattr(embedder_module, "_nano_files", missing)
    assert open_entailment(tmp_path) is None
