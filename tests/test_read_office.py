"""Old Office files: converted by LibreOffice, here by a script in its place; what happens where it cannot."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation

import corpus.read_office
from corpus.raw import ReadError
from corpus.read_office import has_password, read_office, soffice
from corpus.readers import read_bytes
from office_files import book, container, par, table, word

SENTENCE = "灯塔应当昼夜亮着，由港务局负责看守。"
OLD_WORD, OLD_EXCEL = container("WordDocument", "1Table"), container("Workbook")

#: Stands in for LibreOffice: looks at how it is called, then does what the test says.
SCRIPT = """#!{python}
import os, pathlib, sys, time
arguments = sys.argv[1:]
profile = next(a for a in arguments if a.startswith("-env:UserInstallation=file://"))
out = pathlib.Path(arguments[arguments.index("--outdir") + 1])
source, target = pathlib.Path(arguments[-1]), arguments[arguments.index("--convert-to") + 1]
assert "--headless" in arguments and source.read_bytes() and pathlib.Path(os.environ["HOME"]) == source.parent
assert "DisableMacrosExecution" in (source.parent / "profile/user/registrymodifications.xcu").read_text()
pathlib.Path({seen!r}).write_text(f"{{source.suffix}} {{target}} {{source.parent}} {{os.getpid()}}")
{do}
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which alone programs are looked for."""
    folder = tmp_path / "programs"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setattr(corpus.read_office, "_USUAL_PLACES", ())
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return folder


def put(folder: Path, do: str) -> Path:
    """A soffice that does this; gives the file in which it tells how it was called."""
    seen = folder / "seen"
    script = folder / "soffice"
    script.write_text(SCRIPT.format(python=sys.executable, seen=str(seen), do=do), encoding="utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    return seen


def writes(folder: Path, data: bytes) -> str:
    (folder / "converted").write_bytes(data)
    return (
        f'out.mkdir(); (out / f"in.{{target}}").write_bytes(pathlib.Path({str(folder / "converted")!r}).read_bytes())'
    )


@pytest.mark.parametrize(
    ("name", "data", "called"),
    [
        ("通知.doc", OLD_WORD, ".doc docx"),
        ("通知.wps", OLD_WORD, ".wps docx"),
        ("通知.rtf", b"{\\rtf1 a}", ".rtf docx"),
        ("通知.docx", OLD_WORD, ".doc docx"),  # the content decides
        ("通知.ppt", OLD_WORD, ".doc docx"),
    ],
)
def test_text_is_converted_and_read(program: Path, name: str, data: bytes, called: str) -> None:
    seen = put(program, writes(program, word(par(SENTENCE))))
    document = read_bytes(data, name)
    assert [line.text for line in document.lines] == [SENTENCE]
    assert document.file_name == name
    assert seen.read_text().startswith(called)
    assert os.listdir(tempfile.gettempdir()) == []


def test_sheets_and_slides_are_converted_to_their_own_kind(program: Path) -> None:
    seen = put(program, writes(program, book(["港口", "座数"], ["东港", 3], ["西港", 4])))
    assert [line.text for line in read_bytes(OLD_EXCEL, "a.et").lines] == ["港口 | 座数", "东港 | 3", "西港 | 4"]
    assert seen.read_text().startswith(".et xlsx")
    put(program, "")
    with pytest.raises(ReadError, match=r"另存为 \.pptx"):
        read_bytes(container("PowerPoint Document"), "a.ppt")
    assert seen.read_text().startswith(".ppt pptx")


def test_without_libreoffice_the_message_says_what_to_do(program: Path) -> None:
    assert soffice() is None
    with pytest.raises(ReadError, match=r"“a\.wps”是 \.wps 格式.*安装 LibreOffice.*另存为 \.docx 后再试"):
        read_bytes(OLD_WORD, "a.wps")
    with pytest.raises(ReadError, match=r"另存为 \.xlsx"):
        read_bytes(OLD_EXCEL, "a.xls")


def test_libreoffice_is_found_where_it_usually_stands(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "opt" / "libreoffice7.6" / "program"
    place.mkdir(parents=True)
    put(place, "")
    monkeypatch.setattr(corpus.read_office, "_USUAL_PLACES", (str(tmp_path / "opt/libreoffice*/program/soffice"),))
    assert soffice() == str(place / "soffice")
    put(program, "")
    assert soffice() == str(program / "soffice")  # the one on the path comes first


@pytest.mark.parametrize(
    "do", ["sys.exit(77)", "os.kill(os.getpid(), 11)", "out.mkdir()", 'print("Error: source file could not be loaded")']
)
def test_a_file_that_cannot_be_converted_is_a_message(program: Path, do: str) -> None:
    put(program, do)
    with pytest.raises(ReadError, match=r"LibreOffice 转换不了“a\.doc”.*另存为 \.docx 再试"):
        read_office(OLD_WORD, "a.doc")
    assert os.listdir(tempfile.gettempdir()) == []


def test_a_program_that_does_not_start_is_a_message(program: Path) -> None:
    put(program, "")
    (program / "soffice").write_text("#!/no/such/interpreter\n")
    with pytest.raises(ReadError, match="启动不了.*请检查它的安装"):
        read_office(OLD_WORD, "a.doc")


def test_a_conversion_that_hangs_is_ended_with_what_it_started(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corpus.read_office, "TIME_LIMIT", 2)
    seen = put(
        program,
        "import subprocess\n"
        f"child = subprocess.Popen([{sys.executable!r}, '-c', 'import time; time.sleep(60)'])\n"
        f"pathlib.Path({str(program / 'child')!r}).write_text(str(child.pid))\n"
        "time.sleep(60)",
    )
    begin = time.monotonic()
    with pytest.raises(ReadError, match="超过 2 秒，已停止"):
        read_office(OLD_WORD, "a.doc")
    assert time.monotonic() - begin < 20
    for process in (int(seen.read_text().split()[3]), int((program / "child").read_text())):
        assert _ended(process)
    assert os.listdir(tempfile.gettempdir()) == []


def _ended(process: int) -> bool:
    """Whether a process is gone or waits only to be taken note of."""
    for _ in range(50):
        try:
            state = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


def test_what_the_conversion_gives_is_read_with_the_same_care(program: Path) -> None:
    put(program, writes(program, b"PK\x03\x04 no document"))
    with pytest.raises(ReadError, match=r"“a\.doc”.*损坏"):
        read_office(OLD_WORD, "a.doc")


def test_what_libreoffice_takes_for_text_is_looked_at(program: Path) -> None:
    put(program, writes(program, word(par("".join(chr(0x3400 + 37 * at) for at in range(60))))))
    with pytest.raises(ReadError, match=r"“a\.doc”的内容不是文档"):
        read_office(b"MZ\x90\x00" + bytes(range(256)), "a.doc")


# --- passwords -------------------------------------------------------------------------------------------------------

LOCKED_WORD = container("WordDocument", "1Table", flags={"WordDocument": bytes(11) + b"\x01"})
LOCKED_EXCEL = container("Workbook", flags={"Workbook": bytes.fromhex("0908 0400 0006 0500 2f00 0600 0000 0000 0000")})
LOCKED_NEW = container("EncryptedPackage", "EncryptionInfo")


def test_passwords_are_seen() -> None:
    assert has_password(LOCKED_WORD) and has_password(LOCKED_EXCEL) and has_password(LOCKED_NEW)
    open_excel = container("Workbook", flags={"Workbook": bytes.fromhex("0908 0400 0006 0500 0a00 0000")})
    assert not has_password(OLD_WORD) and not has_password(open_excel) and not has_password(b"{\\rtf1}")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.doc", LOCKED_WORD),
        ("a.xls", LOCKED_EXCEL),
        ("a.docx", LOCKED_NEW),
        ("a.xlsx", LOCKED_NEW),
        ("a.pptx", LOCKED_NEW),
        ("a.doc", LOCKED_NEW),
    ],
)
def test_a_password_is_a_message_whether_libreoffice_is_there_or_not(program: Path, name: str, data: bytes) -> None:
    with pytest.raises(ReadError, match=f"“{name}”有密码，读不出来；请去掉密码"):
        read_bytes(data, name)


# --- the real one ----------------------------------------------------------------------------------------------------


WITH_LIBREOFFICE = pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")


def old_formats(*forms: str) -> list[Any]:
    """The formats as parameters of a test that is slow and needs LibreOffice."""
    return [pytest.param(form, marks=[pytest.mark.slow, WITH_LIBREOFFICE]) for form in forms]


def written(new: bytes, suffix: str, form: str, folder: Path) -> list[str]:
    """The lines that are read of a file of today once LibreOffice has saved it in an old format."""
    program = soffice()
    assert program is not None
    (folder / f"in{suffix}").write_bytes(new)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    to = ["--headless", "--convert-to", form, "--outdir", str(folder), str(folder / f"in{suffix}")]
    subprocess.run([program, profile, *to], check=True, capture_output=True, timeout=120)
    return [line.text for line in read_bytes((folder / f"in.{form}").read_bytes(), f"in.{form}").lines]


@pytest.mark.parametrize("form", old_formats("doc", "odt", "rtf"))
def test_text_that_libreoffice_wrote_is_read_back(form: str, tmp_path: Path) -> None:
    rows = table(("月份", "点灯次数"), ("一月", "31"))
    lines = written(word(par("灯塔管理办法") + rows + par(SENTENCE)), ".docx", form, tmp_path)
    assert lines == ["灯塔管理办法", "月份 | 点灯次数", "一月 | 31", SENTENCE]


@pytest.mark.parametrize("form", old_formats("xls", "ods"))
def test_a_table_that_libreoffice_wrote_is_read_back(form: str, tmp_path: Path) -> None:
    lines = written(book(["灯塔", "看守"], ["东礁灯塔", "港务局"]), ".xlsx", form, tmp_path)
    assert lines == ["灯塔 | 看守", "东礁灯塔 | 港务局"]


@pytest.mark.parametrize("form", old_formats("ppt", "odp"))
def test_slides_that_libreoffice_wrote_are_read_back(form: str, tmp_path: Path) -> None:
    lines = written(slides("灯塔管理办法", SENTENCE), ".pptx", form, tmp_path)
    assert lines[:2] == ["灯塔管理办法", SENTENCE]


def slides(title: str, text: str) -> bytes:
    """A presentation of one slide."""
    made = Presentation()
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text, slide.placeholders[1].text = title, text
    made.save(data := BytesIO())
    return data.getvalue()


def test_a_mail_of_outlook_is_told_how_to_be_saved() -> None:
    with pytest.raises(ReadError, match=r"“通知.msg”是 Outlook 的邮件.*另存为 .eml"):
        read_office(container("__properties_version1.0", "__nameid_version1.0"), "通知.msg")
