"""What the installed packages do with the Spark of the installed PySpark.

To be run in an environment that has both wheels; GRAFT_OWN_PLUGIN names the jar acme-frames.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

import graft
import graft_server
from graft_server import _command

# PySpark warns of settings that the session's server has, as if something were wrong.
pytestmark = pytest.mark.filterwarnings("error:Failed to set")
# Spark's UI and driver listen on this machine only.
os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"

ROWS = [("a", 3), ("b", 7), ("c", 5)]
OWN = os.environ.get("GRAFT_OWN_PLUGIN", "")
GRAFT = Path(sys.executable).with_name("graft")


@pytest.fixture
def started():
    """Starts sessions, and stops them, so that no test finds that of another."""
    made = []

    def start(builder):
        made.append(builder.getOrCreate())
        return made[-1]

    yield start
    for session in made:
        session.stop()


def local():
    return SparkSession.builder.remote("local[1]")


def best(spark):
    sales = spark.createDataFrame(ROWS, "customer string, amount int")
    ext = graft.extensions(spark)
    return [tuple(row) for row in ext.top_k(sales, k=1, order_by=[sales.amount.desc()]).collect()]


def test_home_is_all_there():
    assert (graft_server.home() / "bin" / "graft").is_file()
    assert graft_server.spark_jar().is_file()
    assert list(graft_server.builtin_plugins().glob("*.jar"))
    assert not list(graft_server.home().glob("lib/rocksdbjni*"))


def test_plugins_that_ship_with_graft_are_there_without_being_named(started):
    assert best(started(graft.configure(local()))) == [("b", 7)]


def test_own_plugins_stand_in_their_place_and_settings_of_the_builder_stay(started):
    builder = local().config("spark.plugins", "org.apache.spark.sql.connect.SparkConnectPlugin")

    spark = started(graft.configure(builder, [OWN]).config("spark.sql.shuffle.partitions", "3"))

    ext = graft.extensions(spark)
    assert "acme.frames.v1.TopK" in ext
    assert "graft.builtin.v1.TopK" not in ext
    assert spark.conf.get("spark.sql.shuffle.partitions") == "3"


def test_two_processes_have_a_server_each(started):
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 15002))
            other.listen()
        except OSError:
            pass  # somebody has it already, which is as good
        assert best(started(graft.configure(local()))) == [("b", 7)]


def test_plugin_that_is_refused_keeps_the_session_from_starting(tmp_path):
    jar = tmp_path / "broken.jar"
    jar.write_bytes(b"no zip")

    with pytest.raises(
        graft.LocalServerError, match=r"Spark has not started\. .*broken\.jar"
    ) as no:
        graft.configure(local(), [jar]).getOrCreate()

    assert no.value.code == "GRAFT_JAR_UNREADABLE"
    assert "\n" not in str(no.value)


def test_session_that_runs_already_is_not_taken_for_another(started):
    builder = graft.configure(local())
    spark = started(builder)

    assert builder.getOrCreate() is spark
    assert graft.configure(local()).getOrCreate() is spark
    with pytest.raises(graft.LocalServerError, match=r"without .*\.jar\. Stop it with") as refused:
        graft.configure(local(), [OWN]).getOrCreate()
    assert refused.value.code == "GRAFT_LOCAL_SESSION"


def test_classic_session_serves_clients_that_have_its_token(started):
    spark = started(graft.configure(SparkSession.builder.master("local[1]")))
    port = spark.conf.get("spark.connect.grpc.binding.port")
    code = f"""
import graft
from pyspark.sql.connect.session import SparkSession

spark = SparkSession.builder.remote("sc://localhost:{port}").create()
print(len(graft.extensions(spark)))
"""

    def client(environment):
        return subprocess.run(
            [sys.executable, "-"],
            input=code,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )

    with_token = client(dict(os.environ))
    stranger = dict(os.environ)
    del stranger["SPARK_CONNECT_AUTHENTICATE_TOKEN"]
    without = client(stranger)

    assert with_token.returncode == 0, with_token.stderr
    assert int(with_token.stdout) > 10
    assert without.returncode != 0
    assert "UNAUTHENTICATED" in without.stderr or "Unauthenticated" in without.stderr


def test_java_that_an_earlier_session_started_is_told():
    code = """
import graft
from pyspark.sql import SparkSession

SparkSession.builder.master("local[1]").getOrCreate().stop()
try:
    graft.configure(SparkSession.builder.remote("local[1]")).getOrCreate()
except graft.LocalServerError as refused:
    print(refused)
"""
    ran = subprocess.run([sys.executable, "-"], input=code, capture_output=True, text=True)

    assert "[GRAFT_LOCAL_SESSION] The Java of this process was started" in ran.stdout, ran.stderr


def test_command_takes_the_spark_of_the_installed_pyspark():
    made = _command.with_spark({"PATH": "/bin"})

    assert list(Path(made["SPARK_HOME"]).glob("jars/spark-connect_*.jar"))
    assert made["PYSPARK_PYTHON"] == sys.executable
    kept = {"SPARK_HOME": "/opt/spark", "PYSPARK_PYTHON": "python3.12"}
    assert _command.with_spark(kept) == kept


def test_command_is_grafts_own():
    ran = subprocess.run([GRAFT, "--version"], capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.startswith("graft ")


def test_demo_runs_on_the_installed_spark():
    # PySpark leaves the token of a local session in the environment, where a server would want it.
    others = ("SPARK_HOME", "SPARK_CONNECT_AUTHENTICATE_TOKEN")
    environment = {name: value for name, value in os.environ.items() if name not in others}
    ran = subprocess.run([GRAFT, "demo"], env=environment, capture_output=True, text=True)

    assert ran.returncode == 0, ran.stderr
    assert "Chinstrap" in ran.stdout
    assert "site-packages/pyspark)" in ran.stdout
