"""Archives of packages, as pip and the files beside them make them."""

import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from dataclasses import replace

import pytest

import graft
from graft.environments import archives, building, launcher
from graft.environments.executors import Python, _unusable
from graft.environments.sources import recognised
from wheels import prices, wheel

pytestmark = pytest.mark.breadth

HERE = Python(sys.executable, sys.version.split()[0], sysconfig.get_platform(), ("", ""), {})


@pytest.fixture
def shop(tmp_path):
    """A folder of wheels, and the lines by which pip finds no others."""
    prices(tmp_path / "wheels", "1.0")
    prices(tmp_path / "wheels", "2.0")
    return ["--no-index", f"--find-links={tmp_path / 'wheels'}"]


@pytest.fixture
def build(tmp_path):
    def made(source, rebuild=False, report=lambda _: None):
        builder = building.Builder(tmp_path / "cache", rebuild, report)
        return builder.build(recognised(source), HERE)

    return made


def content(archive):
    with tarfile.open(archive) as file:
        return {member.name: member for member in file}


def test_packages_with_what_they_need_and_modules_beside_them(shop, build, tmp_path):
    (tmp_path / "rates.py").write_text("RATE = 2\n")
    with zipfile.ZipFile(tmp_path / "more.zip", "w") as file:
        file.writestr("more/__init__.py", "")
        file.writestr("more/deep/__init__.py", "")

    built = build([*shop, "acme_prices==1.0", tmp_path / "rates.py", tmp_path / "more.zip"])

    assert {"acme_prices/__init__.py", "acme_money.py", "rates.py", "more/deep/__init__.py"} <= set(
        content(built.archive)
    )
    # What was asked for, and not what that needs.
    assert built.modules == ("acme_prices", "more", "rates")


def test_archive_tells_nothing_of_who_made_it_and_is_the_same_each_time(shop, build):
    told = []
    first = build([*shop, "acme_prices==1.0"], report=told.append)
    bytes_of_first = first.archive.read_bytes()

    assert build([*shop, "acme_prices==1.0"], report=told.append) == first
    assert told[-1].endswith("is built already")
    again = build([*shop, "acme_prices==1.0"], rebuild=True)
    assert again.archive.read_bytes() == bytes_of_first
    for member in content(again.archive).values():
        assert (member.uid, member.gid, member.uname, member.gname) == (0, 0, "", "")
        assert member.mode in (0o644, 0o755)


def test_what_files_of_requirements_name_decides_on_the_archive(shop, build, tmp_path):
    included, file = tmp_path / "pins.txt", tmp_path / "requirements.txt"
    file.write_text("\n".join([*shop, "-c pins.txt", "acme_prices"]))
    included.write_text("acme_prices==1.0\n")
    first = build(file)
    included.write_text("acme_prices==2.0\n")

    second = build(file)

    assert first.archive != second.archive
    assert "acme_prices-1.0.dist-info/METADATA" in content(first.archive)
    assert "acme_prices-2.0.dist-info/METADATA" in content(second.archive)


def test_pyspark_and_programs_stay_behind(build, tmp_path):
    wheel(tmp_path, "pyspark", "4.9", {"pyspark/__init__.py": "", "pyspark_tools.py": ""})

    built = build([tmp_path / "pyspark-4.9-py3-none-any.whl"])

    assert set(content(built.archive)) == {"pyspark_tools.py"}


@pytest.mark.parametrize(
    ("line", "named", "reason"),
    [
        ("acme_prices==9", "acme_prices==9", "from versions: 1.0, 2.0"),
        ("no-such-thing", "no-such-thing", "from versions: none"),
        ("acme prices", "acme", "Invalid requirement"),
    ],
)
def test_package_that_pip_cannot_install_is_named_with_the_reason(shop, build, line, named, reason):
    with pytest.raises(graft.EnvironmentFailure) as failure:
        build([*shop, line])

    assert str(failure.value).startswith("[GRAFT_ENVIRONMENT_PACKAGE] pip cannot install " + named)
    assert reason in str(failure.value)
    assert named in failure.value.names


def test_packages_that_do_not_go_together(shop, build):
    with pytest.raises(graft.EnvironmentFailure) as failure:
        build([*shop, "acme_prices==1.0", "acme_prices==2.0"])

    assert failure.value.names == ("acme_prices==1.0", "acme_prices==2.0")


def test_zip_that_writes_outside_of_its_folder(build, tmp_path):
    with zipfile.ZipFile(tmp_path / "evil.zip", "w") as file:
        file.writestr("../evil.py", "")

    with pytest.raises(graft.EnvironmentFailure, match=r"evil.zip holds '../evil.py'"):
        build([tmp_path / "evil.zip"])
    assert not list(tmp_path.rglob("evil.py"))


def test_cache_is_where_the_user_has_caches(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert building.cache_folder() == tmp_path / "graft/environments"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative paths are to be ignored")
    assert building.cache_folder().parts[-3:] == (".cache", "graft", "environments")


def test_pip_is_told_for_which_machine_it_installs():
    other = replace(HERE, version="3.12.1", platform="linux-s390x", libc=("glibc", "2.19"))

    options = building._platform(other)

    platforms = [options[at + 1] for at, word in enumerate(options) if word == "--platform"]
    assert platforms == [
        "linux_s390x",
        "manylinux2014_s390x",
        "manylinux_2_17_s390x",
        "manylinux_2_18_s390x",
        "manylinux_2_19_s390x",
    ]
    assert options[-4:] == ["--python-version", "3.12", "--only-binary", ":all:"]
    assert building._platform(HERE) == []


def test_launcher_puts_packages_first_whatever_they_are_called(tmp_path):
    for folder in ('it\'s $(odd) "here"', "second"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "rates.py").write_text(f"FOLDER = {folder!r}\n")
    program = launcher.of_packages('it\'s $(odd) "here"', sys.executable)
    (tmp_path / "start.sh").write_bytes(program)

    said = subprocess.run(
        ["sh", str(tmp_path / "start.sh"), "-c", "import rates; print(rates.FOLDER)"],
        env={"PYTHONPATH": str(tmp_path / "second")},
        capture_output=True,
        text=True,
        cwd="/",
        check=True,
    ).stdout

    assert said == 'it\'s $(odd) "here"\n'


@pytest.mark.parametrize(
    "text",
    [
        "RuntimeError: Python in worker has different version (3, 12) than that in driver 3.11, …",
        "[PYTHON_VERSION_MISMATCH] Python in worker has different version: 3.12 than that in "
        "driver: 3.11, PySpark cannot run with different minor versions.",
    ],
)
def test_other_python_on_executors_is_named_by_its_version(text):
    failure = _unusable(Exception(text))

    assert failure.code == "GRAFT_ENVIRONMENT_PYTHON"
    assert "The Python of the executors is 3.12, and this client runs 3." in str(failure)


def test_digest_is_that_of_the_bytes(tmp_path):
    (tmp_path / "a").write_bytes(b"abc")

    assert archives.digest(tmp_path / "a").startswith("ba7816bf8f01cfea")
