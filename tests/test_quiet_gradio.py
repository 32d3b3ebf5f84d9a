"""Gradio as the page imports it: no statistics, no type stubs written into its folder."""

from __future__ import annotations

import subprocess
import sys

_PROBE = """
import ast, os, sys
parsed = []
parse = ast.parse
ast.parse = lambda source, *given, **more: parsed.append(source) or parse(source, *given, **more)
if sys.argv[1] == "quiet":
    import web.quiet_gradio
import gradio
print(sum("(Component)" in str(source) for source in parsed), os.environ.get("GRADIO_ANALYTICS_ENABLED"))
"""


def _imported(how: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", _PROBE, how], capture_output=True, encoding="utf-8", check=True
    ).stdout.split()


def test_importing_gradio_parses_no_component_for_a_stub_and_sends_no_statistics() -> None:
    assert _imported("quiet") == ["0", "False"]
    assert int(_imported("plainly")[0]) > 10  # else this test has lost what it looks for
