"""Every kind of source on a running server, each in two versions in two sessions at once."""

import subprocess
import sys
import tarfile
import venv
import zipfile
from concurrent.futures import ThreadPoolExecutor

import pytest

import graft
from wheels import SITE, prices, wheel

pytestmark = [pytest.mark.server, pytest.mark.artifacts, pytest.mark.breadth]


def requirements(folder, wheels, version):
    file = folder / "requirements.txt"
    file.write_text(f"--no-index\n--find-links={wheels}\nacme_prices=={version}\n")
    return file


def project(folder, wheels, version):
    wheel_of_it = f"{wheels}/acme_prices-{version}-py3-none-any.whl"
    money = f"{wheels}/acme_money-1.0-py3-none-any.whl"
    file = folder / "pyproject.toml"
    dependencies = [f"acme_prices @ file://{wheel_of_it}", f"acme_money @ file://{money}"]
    file.write_text(f'[project]\nname = "shop"\nversion = "1"\ndependencies = {dependencies}\n')
    return file


def environment_of(folder, wheels, version):
    """Make a virtual environment, without PySpark in it."""
    made = folder / "venv"
    venv.create(made, symlinks=True)
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-index", f"--find-links={wheels}"]
    subprocess.run([*pip, "--target", made / SITE, f"acme_prices=={version}"], check=True)
    return made


def venv_packed(folder, wheels, version):
    import venv_pack

    archive = folder / "venv.tar.gz"
    made = environment_of(folder, wheels, version)
    venv_pack.pack(prefix=str(made), output=str(archive), python_prefix="/where/ada/has/python")
    return archive


def conda_packed(folder, wheels, version):
    """Pack an environment whose Python comes with it; it runs the one of this client here."""
    made = environment_of(folder, wheels, version)
    for python in made.glob("bin/python*"):
        python.unlink()
    python = made / "bin/python3.11"
    python.write_text(
        '#!/bin/sh\nexport PYTHONPATH="$(cd "$(dirname "$0")" && pwd)"'
        f'"/../{SITE}:$PYTHONPATH"\nexec {sys.executable} "$@"\n'
    )
    python.chmod(0o755)
    (made / "bin/python").symlink_to("python3.11")
    with tarfile.open(folder / "conda.tar", "w") as file:
        file.add(made, ".")
    return folder / "conda.tar"


def pex(folder, wheels, version):
    file = folder / "shop.pex"
    command = [sys.executable, "-m", "pex", "--no-index", "--no-pypi", "-f", str(wheels)]
    subprocess.run([*command, f"acme_prices=={version}", "-o", str(file)], check=True)
    return file


def zipped(folder, wheels, version):
    file = folder / "modules.zip"
    with zipfile.ZipFile(file, "w") as modules:
        modules.writestr("acme_prices/__init__.py", f"VERSION = {version!r}\n")
    return file


def module(folder, wheels, version):
    file = folder / "acme_prices.py"
    file.write_text(f"VERSION = {version!r}\n")
    return [file]


KINDS = [requirements, project, venv_packed, conda_packed, pex, zipped, module]


@pytest.fixture(scope="module")
def wheels_folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheels")
    for version in ("1.0", "2.0"):
        prices(folder, version)
    return folder


@pytest.fixture(scope="module")
def pair(sessions):
    return sessions(), sessions()


@pytest.mark.parametrize("kind", KINDS)
def test_two_versions_in_two_sessions_that_change_at_once(
    kind,
    pair,
    environment,
    versions,
    wheels_folder,
    tmp_path,
):
    def change(spark, version):
        folder = tmp_path / version
        folder.mkdir()
        made = environment(spark, kind(folder, wheels_folder, version), check=["acme_prices"])
        return versions(spark), made

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(change, pair, ("1.0", "2.0"))

    assert (first[0], second[0]) == (["1.0"], ["2.0"])
    assert versions(pair[0]) == ["1.0"]
    if kind not in (zipped, module):
        assert second[1].packages["acme_prices"] == "2.0"


def test_python_that_does_not_run_on_executors_is_told_in_its_own_words(
    pair,
    environment,
    versions,
    tmp_path,
):
    before = versions(pair[0])
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").write_text("#!/bin/sh\necho 'GLIBC_2.99 not found' >&2\nexit 1\n")
    (tmp_path / "bin/python").chmod(0o755)
    (tmp_path / SITE).mkdir(parents=True)
    (tmp_path / SITE / "acme_prices.py").write_text("")
    with tarfile.open(tmp_path / "broken.tar.gz", "w:gz") as file:
        file.add(tmp_path / "bin", "bin")
        file.add(tmp_path / "lib", "lib")

    with pytest.raises(graft.EnvironmentFailure) as failure:
        environment(pair[0], tmp_path / "broken.tar.gz")

    assert failure.value.code == "GRAFT_ENVIRONMENT_PYTHON"
    assert "Executors cannot run functions of Python with it" in str(failure.value)
    assert versions(pair[0]) == before


def test_module_that_fails_on_executors_is_told_with_its_line(
    pair,
    environment,
    tmp_path,
):
    (tmp_path / "acme_taxes.py").write_text("RATE = 19\nRATE / 0\n")

    with pytest.raises(graft.EnvironmentFailure, match=r"acme_taxes: ZeroDivisionError: .*line 2"):
        environment(pair[0], [tmp_path / "acme_taxes.py"])


def test_python_of_the_executors_by_its_path(pair, environment, tmp_path):
    made = environment(pair[0], module(tmp_path, None, "3.0"), python=sys.executable)
    assert made.version == sys.version.split()[0]

    with pytest.raises(graft.EnvironmentFailure, match="GRAFT_ENVIRONMENT_PYTHON"):
        environment(pair[0], module(tmp_path, None, "4.0"), python="/no/such/python")


def test_wheel_for_itself(pair, environment, versions, tmp_path):
    file = wheel(tmp_path, "acme_prices", "5.0", {"acme_prices.py": "VERSION = '5.0'\n"})

    made = environment(pair[0], file)

    assert made.name.startswith("acme_prices-")
    assert versions(pair[0]) == ["5.0"]
