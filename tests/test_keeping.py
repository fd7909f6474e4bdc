"""Who may change the reports, which files are taken, and the process that does the work."""

import hashlib
import time
from pathlib import Path

import pytest
from pydantic import SecretStr

from assistant.keeping import admission
from assistant.keeping.admission import Admission, is_loopback
from assistant.keeping.job import Job, Jobs
from assistant.keeping.uploads import checked_upload, put_aside, renamed, safe_name
from corpus.errors import ReportError
from corpus.model import Metadata

TEXT = "全年疏浚航道72公里。".encode()


@pytest.mark.parametrize(
    ("address", "loopback"),
    [("localhost", True), ("127.0.0.1", True), ("127.8.0.1", True), ("::1", True), ("[::1]", True), (None, False),
     ("", False), ("0.0.0.0", False), ("::", False), ("10.0.0.7", False), ("localhost.example.org", False)],
)  # fmt: skip
def test_only_loopback_addresses_are_this_machine(address: str | None, loopback: bool) -> None:
    assert is_loopback(address) is loopback


@pytest.mark.parametrize(
    ("address", "password", "state"),
    [("localhost", "", "open"), ("localhost", "a", "open"), ("0.0.0.0", "a", "password"), (None, "", "closed")],
)
def test_elsewhere_a_password_is_needed_and_without_one_nothing_can_be_changed(
    address: str | None, password: str, state: str
) -> None:
    assert Admission(address=address, password=SecretStr(password)).state == state


def test_a_wrong_password_is_refused_after_a_delay_and_an_empty_one_never_admits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(admission, "FAILURE_SECONDS", 0.2)
    guarded = Admission(address="0.0.0.0", password=SecretStr("口令a1"))
    began = time.monotonic()
    assert not guarded.admits("口令a")
    assert time.monotonic() - began >= 0.2
    assert guarded.admits("口令a1")
    assert not Admission(address="0.0.0.0", password=SecretStr("")).admits("")


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("年报.txt", "年报.txt"),
        ("../../etc/年报.txt", "年报.txt"),
        ("C:\\Users\\me\\年报.pdf", "年报.pdf"),
        ("...年报.txt", "年报.txt"),
        ("--年报.txt", "年报.txt"),
        ("年\x00报\n.txt", "年报.txt"),
        ("<b>年报</b>.txt", "b.txt"),
        ("<b>年报.txt", "b年报.txt"),
    ],
)
def test_a_name_keeps_only_what_is_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe


@pytest.mark.parametrize("name", ["", "..", "/", "报" * 100 + ".txt"])
def test_a_name_that_cannot_be_used_is_refused_in_chinese(name: str) -> None:
    with pytest.raises(ReportError, match="请改"):
        safe_name(name)


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("年报.exe", TEXT, "格式"),
        ("年报.txt", b"  \n", "空的"),
        ("年报.txt", TEXT * 100, "超过上限"),
        ("年报.txt", b"%PDF-1.7 something", "PDF 文件"),
        ("年报.pdf", TEXT, "PDF 文件"),
        ("年报.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版"),
    ],
)
def test_a_file_that_is_no_report_is_refused_with_its_reason(name: str, data: bytes, told: str) -> None:
    with pytest.raises(ReportError, match=told):
        checked_upload(name, data, max_bytes=1000)


def test_an_upload_is_new_the_same_or_another_file_of_that_name() -> None:
    upload = checked_upload("年报.txt", TEXT, max_bytes=1000)
    held = Metadata(
        report="年报.txt", title="年报", issuer=None, place=None, data_year=None, issued_year=None,
        checksum=hashlib.sha256(TEXT).hexdigest(),
    )  # fmt: skip
    assert upload.standing([]) == "new"
    assert upload.standing([held]) == "same"
    assert checked_upload("年报.txt", TEXT + b"\n", max_bytes=1000).standing([held]) == "other"


def test_a_file_is_renamed_to_a_name_that_is_free() -> None:
    upload = checked_upload("年报.txt", TEXT, max_bytes=1000)
    assert renamed(upload, {"年报.txt", "年报（2）.txt"}).name == "年报（3）.txt"


def test_files_are_put_aside_whole_and_under_their_names(tmp_path: Path) -> None:
    upload = checked_upload("年报.txt", TEXT, max_bytes=1000)
    folder = put_aside([upload], tmp_path)
    assert (folder / "年报.txt").read_bytes() == TEXT
    assert folder != put_aside([upload], tmp_path)


def test_a_folder_that_cannot_be_written_is_a_chinese_sentence(tmp_path: Path) -> None:
    (tmp_path / "uploads").write_text("a file in the folder's place")
    with pytest.raises(ReportError, match="存不下来"):
        put_aside([checked_upload("年报.txt", TEXT, max_bytes=1000)], tmp_path)


def test_a_build_in_a_process_of_its_own_tells_its_stages_and_its_result(tmp_path: Path, small_report: Path) -> None:
    ended: list[str] = []
    store = ["--store", str(tmp_path / "store"), "--json"]
    job = Job("加入", ["index", "build", "--reports", str(small_report), *store], after=lambda: ended.append("yes"))
    state = job.wait(60)
    assert state.code == 0
    assert [stage.name for stage in state.stages] == ["读取报告", "计算向量", "写入索引"]
    assert all(stage.done == stage.total for stage in state.stages)
    assert state.result["reports"] == [small_report.name]
    assert ended == ["yes"]


def test_a_command_that_fails_says_so_in_its_last_line(tmp_path: Path) -> None:
    state = Job("删除", ["index", "remove", "无.txt", "--store", str(tmp_path / "store"), "--json"]).wait(60)
    assert state.code == 2
    assert "没有报告" in state.said[-1]


def test_a_second_job_is_refused_while_one_runs() -> None:
    jobs, cleaned = Jobs(), []
    assert jobs.start("一", ["timeit", "-n", "1", "-r", "1", "import time; time.sleep(3)"])
    assert not jobs.start("二", ["timeit", "pass"], after=lambda: cleaned.append("二"))
    assert cleaned == ["二"]
    state = jobs.state()
    assert state is not None
    assert state.title == "一"
    jobs.stop()
