"""The commands on files, beside what Python sees of the same folder."""

import datetime
import os
import shutil

import pytest
from open_folder import open_folder

pytestmark = pytest.mark.native


@pytest.fixture
def folder():
    """An empty folder that may be read and changed."""
    made = open_folder() / "open" / "ours"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    yield made
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def closed():
    """A folder that is not open, with a file that nobody may touch."""
    folder = open_folder() / "closed"
    (folder / "secret").write_text("secret")
    return folder


def only(frame):
    (row,) = frame.collect()
    return row[0] if len(row) == 1 else tuple(row)


def listed(ext, path, **options):
    return [row.path.removeprefix("file:") for row in ext.list_files(path=str(path), **options).collect()]


def refused(call, text):
    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        call()
    assert text in str(refusal.value)


def test_what_a_folder_holds(ext, folder):
    (folder / "b").mkdir()
    (folder / "b" / "ü *.txt").write_text("four")
    (folder / "a?").write_text("")

    rows = ext.list_files(path=f"file:{folder}").collect()

    assert [(row.name, row.is_folder, row.length) for row in rows if not row.is_folder] == [("a?", False, 0)]
    assert [row.name for row in rows] == ["a?", "b"]
    changed = datetime.datetime.fromtimestamp((folder / "a?").stat().st_mtime)
    assert abs(rows[0].modified - changed) < datetime.timedelta(days=1)
    everything = sorted(str(path) for path in folder.rglob("*"))
    assert listed(ext, folder, recursive=True) == everything
    assert listed(ext, folder / "b" / "ü *.txt") == [everything[-1]]
    assert ext.list_files(path=str(folder)).columns == ["path", "name", "is_folder", "length", "modified"]


def test_no_character_of_a_path_is_a_pattern(ext, folder):
    (folder / "one").mkdir()

    assert only(ext.file_exists(path=f"{folder}/*")) == (False, False)
    assert only(ext.delete_file(path=f"{folder}/{{one,two}}", recursive=True)) is False
    refused(lambda: ext.list_files(path=f"{folder}/[o]ne").collect(), "There is no such file or folder")
    assert (folder / "one").is_dir()


def test_listings_are_bounded(ext, folder):
    for number in range(51):
        (folder / str(number)).mkdir()

    refused(lambda: ext.list_files(path=str(folder)), "It holds more than 50 files and folders.")
    refused(lambda: ext.list_files(path=str(folder), limit=51), "ListFiles.limit is 51. Give 1 to 50.")
    (folder / "50").rmdir()
    assert len(listed(ext, folder, limit=50)) == 50
    refused(lambda: ext.list_files(path=str(folder), limit=49), "It holds more than 49 files and folders.")


def test_folders_made_renamed_and_deleted(ext, folder):
    assert only(ext.make_folder(path=f"{folder}/a/b")) is True
    assert only(ext.make_folder(path=f"{folder}/a/b")) is False
    assert only(ext.file_exists(path=f"{folder}/a/b")) == (True, True)
    (folder / "a" / "b" / "file").write_text("x")

    assert only(ext.rename_file(path=f"{folder}/a", to=f"{folder}/ä b")) is True
    assert (folder / "ä b" / "b" / "file").read_text() == "x"
    refused(lambda: ext.delete_file(path=f"{folder}/ä b"), "The folder is not empty. Set recursive")
    assert only(ext.delete_file(path=f"{folder}/ä b/b/file")) is True
    assert only(ext.delete_file(path=f"{folder}/ä b", recursive=True)) is True
    assert only(ext.delete_file(path=f"{folder}/ä b", recursive=True)) is False
    assert list(folder.iterdir()) == []


def test_renaming_replaces_nothing(ext, folder):
    (folder / "one").write_text("1")
    (folder / "two").write_text("2")
    (folder / "into").mkdir()

    refused(lambda: ext.rename_file(path=f"{folder}/one", to=f"{folder}/two"), "There is one already.")
    refused(lambda: ext.rename_file(path=f"{folder}/one", to=f"{folder}/into"), "There is one already.")
    refused(lambda: ext.rename_file(path=f"{folder}/one", to=f"{folder}/none/one"), "Make it first.")
    refused(lambda: ext.rename_file(path=f"{folder}/none", to=f"{folder}/three"), "There is no such file")
    refused(lambda: ext.rename_file(path=f"{folder}/into", to=f"{folder}/into/within"), "cannot be moved into itself")
    refused(lambda: ext.make_folder(path=f"{folder}/one"), "is a file")
    refused(lambda: ext.make_folder(path=f"{folder}/one/below"), "is a file")
    assert (folder / "one").read_text() + (folder / "two").read_text() == "12"


@pytest.mark.parametrize(
    "path",
    [
        "{closed}/secret",
        "file:{closed}/secret",
        "FILE:{closed}/secret",
        "file://{closed}/secret",
        "file://localhost{closed}/secret",
        "{open}/../closed/secret",
        "{open}/./../closed/secret",
        "{open}/..\\closed",
        "{open}//../closed/secret",
        "{open}/%2e%2e/closed/secret",
        "{open}/%2e%2e%2fclosed/secret",
        "{open}/..%2fclosed/secret",
        "{open}-not/x",
        "{open}/\u2025/closed",
        "{open}/\0/../closed",
        "{open}\n",
        "/",
        "//etc/passwd",
        "closed/secret",
        "hdfs://nowhere{open}/x",
        "http://localhost{open}/x",
        "har:///{open}",
        ":",
        "/" + "x" * 5_000,
    ],
)
def test_nothing_beside_the_open_folder_can_be_reached(ext, closed, path):
    path = path.format(open=closed.parent / "open", closed=closed)
    inside = f"{closed.parent}/open"
    calls = [
        lambda: ext.delete_file(path=path, recursive=True),
        lambda: ext.list_files(path=path).collect(),
        lambda: ext.rename_file(path=path, to=f"{inside}/stolen"),
        lambda: ext.rename_file(path=f"{inside}/archive", to=path),
    ]
    for call in calls:
        with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED"):
            result = call()
            assert only(result) is False  # a strange name within the folder, of which there is no file
            raise ValueError("GRAFT_PLUGIN_REFUSED")
    assert (closed / "secret").read_text() == "secret"
    assert not (closed.parent / "open" / "stolen").exists()


def test_symbolic_links_do_not_lead_out(ext, folder, closed):
    (folder / "out").symlink_to(closed)
    (folder / "up").symlink_to(folder.parent.parent)
    (folder / "gone").symlink_to(closed / "nothing")
    (folder / "real").mkdir()
    (folder / "in").symlink_to(folder / "real")

    for name in ("out", "out/secret", "out/new", "up/closed/secret", "gone"):
        refused(lambda path=f"{folder}/{name}": ext.list_files(path=path), "A symbolic link leads out of the open folder")
        refused(lambda path=f"{folder}/{name}": ext.delete_file(path=path, recursive=True), "A symbolic link leads out")
        refused(lambda path=f"{folder}/{name}": ext.make_folder(path=path), "A symbolic link leads out")
    assert [os.path.basename(path) for path in listed(ext, folder, recursive=True)] == ["in", "real"]
    assert only(ext.delete_file(path=str(folder), recursive=True)) is True
    assert (closed / "secret").read_text() == "secret"


def test_folders_that_the_operator_opened_stay(ext, folder):
    root = folder.parent
    for path in (root, root / "team"):
        refused(lambda path=path: ext.delete_file(path=f"{path}/", recursive=True), "It is, or holds, a folder that the operator")
        refused(lambda path=path: ext.rename_file(path=str(path), to=f"{folder}/x"), "It is, or holds, a folder that the operator")
    refused(lambda: ext.make_folder(path=f"{root}/archive/x"), "is open for reading only")
    refused(lambda: ext.delete_file(path=f"{root}/archive"), "is open for reading only")
    refused(lambda: ext.rename_file(path=str(folder), to=f"{root}/archive/x"), "is open for reading only")
    assert only(ext.file_exists(path=f"{root}/archive")) == (True, True)
