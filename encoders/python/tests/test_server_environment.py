"""Two sessions of a running server at once, each with packages of its own."""

import tarfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyspark.sql.connect.functions import col, udf
from pyspark.sql.types import StringType

import graft
from graft.environments.executors import ask
from wheels import SITE, prices

pytestmark = [pytest.mark.server, pytest.mark.artifacts]


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    """A folder with wheels of acme_prices, and modules of the same name."""
    folder = tmp_path_factory.mktemp("shop")
    for version in ("1.0", "2.0"):
        prices(folder, version)
    (folder / "acme_prices.py").write_text("VERSION = 'a file'\n")
    return folder


def wheels(shop, version):
    return ["--no-index", f"--find-links={shop}", f"acme_prices=={version}"]


def packed(shop, target):
    """Pack what is in a wheel as venv-pack does: Python is a link to where there is none."""
    with tarfile.open(target, "w:gz") as file:
        link = tarfile.TarInfo("bin/python")
        link.type, link.linkname = tarfile.SYMTYPE, "/where/ada/has/her/python3"
        file.addfile(link)
        file.add(shop / "acme_prices.py", f"{SITE}/acme_prices.py")
    return target


def test_two_sessions_with_two_versions_of_which_one_changes_while_it_runs(
    sessions, environment, versions, shop, tmp_path
):
    ada, bob = sessions(), sessions()
    first = environment(ada, wheels(shop, "1.0"), name="prices")
    environment(bob, wheels(shop, "2.0"), name="prices")
    assert (versions(ada), versions(bob)) == (["1.0"], ["2.0"])
    assert first.packages["acme_prices"] == "1.0"
    begun, end = str(tmp_path / "begun"), str(tmp_path / "end")

    @udf(StringType(), useArrow=False)
    def slowly(_):
        Path(begun).touch()
        deadline = time.monotonic() + 120
        while not Path(end).exists() and time.monotonic() < deadline:
            time.sleep(0.05)
        import acme_prices

        return acme_prices.VERSION

    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(ada.range(0, 3, 1, 1).select(slowly("id")).collect)
        try:
            while not Path(begun).exists() and not running.done():
                time.sleep(0.05)
            second = first.replace(wheels(shop, "2.0"))
            assert (versions(ada), versions(bob)) == (["2.0"], ["2.0"])
            archive = packed(shop, tmp_path / "packed.tar.gz")
            third = second.replace(archive, check=["acme_prices"])
            assert (versions(ada), versions(bob)) == (["a file"], ["2.0"])
            assert not running.done()
        finally:
            Path(end).touch()
        assert {row[0] for row in running.result()} == {"1.0"}
    assert len({each.digest for each in (first, second, third)}) == 3
    assert all(each.name == f"prices-{each.digest[:16]}" for each in (first, second, third))
    third.remove()
    with pytest.raises(Exception, match="No module named 'acme_prices'"):
        versions(ada)


def test_what_executors_cannot_import_leaves_the_session_as_it_was(
    sessions, environment, versions, shop
):
    spark = sessions()
    environment(spark, [shop / "acme_prices.py"])
    told = []

    with pytest.raises(graft.EnvironmentFailure) as failure:
        environment(spark, wheels(shop, "1.0"), check=["acme_prices", "acme_taxes"])

    assert failure.value.names == ("acme_taxes",)
    assert str(failure.value).startswith(
        "[GRAFT_ENVIRONMENT_IMPORT] Executors cannot import acme_taxes: ModuleNotFoundError: No "
        "module named 'acme_taxes'. The session keeps the Python that it had"
    )
    assert versions(spark) == ["a file"]
    # What has been sent need not be sent again, whoever asks.
    environment(spark, wheels(shop, "1.0"), report=told.append)
    assert sum(line.startswith("the server has archives/acme_prices-") for line in told) == 1
    assert versions(spark) == ["1.0"]


@pytest.mark.breadth
def test_session_that_has_a_python_by_hand_gets_it_back(sessions, environment, shop):
    spark = sessions()
    setting = "spark.sql.execution.pyspark.python"
    python = ask(spark).executable
    spark.conf.set(setting, python)

    made = environment(spark, [shop / "acme_prices.py"])
    assert spark.conf.get(setting) == made.python
    made.remove()

    assert spark.conf.get(setting) == python
    assert spark.range(1).select(col("id")).count() == 1


@pytest.mark.breadth
def test_session_of_another_client_with_the_same_id_goes_on_with_what_is_there(
    sessions, environment, versions, shop
):
    spark = sessions()
    made = environment(spark, wheels(shop, "1.0"))
    told = []

    other = sessions(spark.client._session_id)

    assert versions(other) == ["1.0"]
    assert environment(other, wheels(shop, "1.0"), report=told.append).python == made.python
    assert sum(line.startswith("the server has ") for line in told) == 2
