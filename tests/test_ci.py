"""What .ci/run does where there is no browser or no LibreOffice: it does not pass without the tests that need them."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

CI = Path(__file__).parents[1] / ".ci" / "run"
pytestmark = pytest.mark.skipif(not shutil.which("bash"), reason="no bash")


@pytest.mark.parametrize(
    ("there", "missing"), [(("chromium", "soffice"), ""), (("soffice",), "Chromium"), (("chromium",), "LibreOffice")]
)
def test_the_run_fails_where_tests_would_be_skipped(tmp_path: Path, there: tuple[str, ...], missing: str) -> None:
    commands = tmp_path / "commands"
    commands.mkdir()
    for name in ("bash", "dirname"):
        (commands / name).symlink_to(str(shutil.which(name)))
    for name in ["make", *there]:
        (commands / name).write_text(f'#!{shutil.which("bash")}\necho "$@" >>"{tmp_path}/made"\n', encoding="utf-8")
        (commands / name).chmod(0o755)
    done = subprocess.run(
        [str(commands / "bash"), str(CI)], env={"PATH": str(commands)}, capture_output=True, text=True
    )
    made = (tmp_path / "made").read_text("utf-8").split("\n")[:-1]
    if not missing:
        assert (done.returncode, made[-1]) == (0, "test-slow")
    else:
        assert (done.returncode, made[-1]) == (1, "browser office")
        assert f"no {missing}" in done.stderr
