"""What an environment can be made of, and what is said of the rest."""

import io
import tarfile
import zipfile

import pytest

import graft
from graft.environments.archives import Archive
from graft.environments.preparing import title_of
from graft.environments.sources import Packages, Pex, recognised
from wheels import SITE


def archive(path, members):
    """Write an archive; what begins with an arrow is a link, and a bar is a pipe."""
    with tarfile.open(path, "w:gz") as file:
        for name, content in members.items():
            member = tarfile.TarInfo(name)
            if content.startswith("->"):
                member.type, member.linkname = tarfile.SYMTYPE, content[2:]
            elif content.startswith("=>"):
                member.type, member.linkname = tarfile.LNKTYPE, content[2:]
            elif content == "|":
                member.type = tarfile.FIFOTYPE
            member.size = len(content) if member.isreg() else 0
            file.addfile(member, io.BytesIO(content.encode()))
    return path


def refusal(source):
    with pytest.raises(graft.EnvironmentFailure) as failure:
        recognised(source)
    return f"{failure.value}"


def test_requirements_file(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("numpy\n")

    assert recognised(str(file)) == Packages((f"-r {file}",), (), tmp_path.name)


def test_list_of_packages_modules_and_wheels(tmp_path):
    module, wheel = tmp_path / "rates.py", tmp_path / "acme-1.0-py3-none-any.whl"
    module.write_text("")
    wheel.write_bytes(b"")

    source = recognised(["numpy==2.1.0", "acme @ file:///a.whl", str(module), wheel])

    assert source.requirements == ("numpy==2.1.0", "acme @ file:///a.whl", str(wheel))
    assert source.modules == (module,)


@pytest.mark.parametrize(
    ("text", "requirements"),
    [
        ('[project]\nname = "shop"\ndependencies = ["numpy", "acme>=1"]', ("numpy", "acme>=1")),
        ('[project]\nname = "shop"\n[build-system]\nrequires = []', None),
    ],
)
def test_project_is_installed_where_it_has_a_build_system(tmp_path, text, requirements):
    file = tmp_path / "pyproject.toml"
    file.write_text(text)

    source = recognised(file)

    assert source.requirements == (requirements or (str(tmp_path),))
    assert source.title == "shop"
    assert recognised(tmp_path) == source


def test_pex_is_told_by_what_is_in_it(tmp_path):
    for name in ("shop.pex", "shop.zip"):
        with zipfile.ZipFile(tmp_path / name, "w") as file:
            file.writestr("PEX-INFO", "{}")

        assert recognised(tmp_path / name) == Pex(tmp_path / name)


def test_archive_with_a_python_of_its_own(tmp_path):
    path = archive(
        tmp_path / "shop.tar.gz",
        {"bin/python": "->python3.11", "bin/python3.11": "", f"./{SITE}/acme.py": "", "a": "->/b"},
    )

    assert recognised(path) == Archive(path, "bin/python", SITE)


def test_archive_whose_python_is_on_the_machine_that_packed_it(tmp_path):
    path = archive(
        tmp_path / "shop.tgz", {"bin/python": "->/home/ada/bin/python", f"{SITE}/acme.py": ""}
    )

    assert recognised(path) == Archive(path, None, SITE)


def test_archive_of_another_python_is_refused(tmp_path):
    path = archive(
        tmp_path / "shop.tar.gz", {"bin/python": "", "lib/python3.2/site-packages/acme.py": ""}
    )

    said = refusal(path)
    assert said.startswith("[GRAFT_ENVIRONMENT_PYTHON] shop.tar.gz is of Python 3.2, and this cli")


@pytest.mark.parametrize(
    ("members", "why"),
    [
        ({"../../etc/passwd": ""}, "holds '../../etc/passwd', which would be written outside"),
        ({"/etc/passwd": ""}, "holds '/etc/passwd', which would be written outside"),
        ({"out": "->/etc", "out/passwd": ""}, "holds 'out/passwd', behind a link to '/etc'"),
        ({"a/out": "->../..", "a/out/b/c": ""}, "holds 'a/out/b/c', behind a link to '..'"),
        ({"pipe": "|"}, "holds 'pipe', which is neither file nor link"),
        ({"hard": "=>/etc/passwd"}, "holds 'hard', a link to what it does not hold"),
        ({"readme.md": ""}, "has no lib/python3.*/site-packages"),
        ({f"{SITE}/acme.py": ""}, "has no bin/python at its top"),
    ],
)
def test_archive_that_cannot_be_an_environment(tmp_path, members, why):
    said = refusal(archive(tmp_path / "shop.tar.gz", members))

    assert said.startswith("[GRAFT_ENVIRONMENT_ARCHIVE] The archive shop.tar.gz ")
    assert why in said


def test_archive_that_is_cut_off(tmp_path):
    whole = archive(tmp_path / "whole.tar.gz", {f"{SITE}/acme.py": "x" * 100_000})
    cut = tmp_path / "cut.tar.gz"
    cut.write_bytes(whole.read_bytes()[:90])

    assert "cut.tar.gz cannot be read" in refusal(cut)


def test_what_is_not_there_or_of_no_known_kind(tmp_path):
    (tmp_path / "shop.rpm").write_bytes(b"")
    (tmp_path / "broken.pex").write_bytes(b"")
    (tmp_path / "pyproject.toml").write_text("[project")

    assert 'If it is a package, put it into a list: ["numpy==2"]' in refusal("numpy==2")
    assert "If it is" not in refusal(tmp_path / "no such file")
    assert "There is no" in refusal(["numpy", str(tmp_path / "no.py")])
    assert "shop.rpm is of no kind" in refusal(tmp_path / "shop.rpm")
    assert "broken.pex is not a PEX" in refusal(tmp_path / "broken.pex")
    assert "cannot be read" in refusal(tmp_path)
    assert "the list is empty" in refusal([])
    assert "not made of a int" in refusal(7)
    assert "has a int in it" in refusal(["numpy", 7])
    assert "'numpy\\nacme' is not a package" in refusal(["numpy\nacme"])
    assert "broken.pex stands alone" in refusal([tmp_path / "broken.pex"])


@pytest.mark.parametrize("name", ["", "../up", "a/b", "a#b", ".hidden", "ä", "a" * 65, "a\n"])
def test_name_that_could_mean_something_else_to_a_server(name):
    with pytest.raises(graft.EnvironmentFailure, match="GRAFT_ENVIRONMENT_NAME"):
        title_of(name, Packages((), (), "shop"))


@pytest.mark.parametrize(
    ("title", "name"), [("shop", "shop"), ("../Läden & Co.", "L-den-Co"), ("äöü", "environment")]
)
def test_name_after_the_source(title, name):
    assert title_of(None, Packages((), (), title)) == name
