"""The wording lives in files; a missing name or value is an error at once."""

import pytest

from prompts import UnknownWording, wording


def test_a_wording_is_filled_in() -> None:
    assert wording("refusal.not_in_corpus", what="2023年的情况") == "文件里没有提到2023年的情况。"


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(UnknownWording, match="what"):
        wording("refusal.not_in_corpus")


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(UnknownWording, match=r"refusal\.shrug"):
        wording("refusal.shrug")
