"""The examples in Python of the plugins' README, one test for each section, beside what those in Java got.

GRAFT_README is the README with its paths replaced by those of a server, GRAFT_JAVA a file with a line for each row that a Java
example got: the section, a tab and the row as JSON. GRAFT_TABLES names the DataFrames that examples use, global views of the server.
"""

import ast
import functools
import importlib.util
import inspect
import os
import re
import shutil
from pathlib import Path

import pytest
from pyspark.sql import DataFrame
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.functions import col, struct, to_json

import graft

README = Path(os.environ["GRAFT_README"]).read_text()
PARTS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", README, re.M | re.S))
OPERATIONS = re.findall(r"^\| \[(.+?)\]\(#(.+?)\) \|", README, re.M)
BEGINNING = README[: README.index("\n## ")]


def blocks(language, text):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.M | re.S)


def of_java(section):
    lines = (line.split("\t", 1) for line in Path(os.environ["GRAFT_JAVA"]).read_text().splitlines())
    return without_checkpoints(row for name, row in lines if name == section)


def without_checkpoints(rows):
    """Sort rows, and leave out the one setting that all sessions share, so that it depends on who came before."""
    return sorted(row for row in rows if '"setting":"checkpoint_folder"' not in row)


class Generated:
    """The operations as functions of the generated modules; those without an input take the session first."""

    def __init__(self, spark):
        self._spark = spark

    def __getattr__(self, name):
        for path in Path(importlib.util.find_spec("top_k").origin).parent.glob("*.py"):
            module = importlib.import_module(path.stem)
            if name in module.__all__:
                function = getattr(module, name)
                first = next(iter(inspect.signature(function).parameters))
                return functools.partial(function, self._spark) if first == "spark" else function
        raise AttributeError(name)


@pytest.fixture(scope="module")
def spark():
    session = SparkSession.builder.remote(f"{os.environ['GRAFT_SERVER']}/;user_id=ada").create()
    SparkSession._active_session.session = session  # as getOrCreate does, for functions that are made without a session
    return session


@pytest.fixture
def folder(tmp_path):
    """The server's folder, which is afterwards as it was."""
    opened = Path(os.environ["GRAFT_FOLDER"], "open")
    shutil.copytree(opened, tmp_path / "open")
    yield opened
    shutil.rmtree(opened)
    shutil.copytree(tmp_path / "open", opened)


@pytest.fixture(params=["from the server's list", "generated"])
def names(request, spark):
    """What the examples see."""
    found = {name: spark.table(f"global_temp.{name}") for name in os.environ["GRAFT_TABLES"].split(",")}
    found |= {"spark": spark, "salt": "sixteen bytes or more"}
    for block in blocks("python", BEGINNING):
        exec(block, found)
    if request.param == "generated":
        found["ext"] = Generated(spark)
    return found


def answers(block, names):
    """Run a block; the rows of each of its statements that is a DataFrame, as JSON."""
    found = []
    for statement in ast.parse(block).body:
        if not isinstance(statement, ast.Expr):
            exec(compile(ast.Module([statement], []), "README.md", "exec"), names)
            continue
        shown = isinstance(statement.value, ast.Call) and ast.unparse(statement.value.func).endswith(".show")
        value = eval(ast.unparse(statement.value.func.value if shown else statement.value), names)
        assert isinstance(value, DataFrame), ast.unparse(statement)
        rows = without_checkpoints(row[0] for row in value.select(to_json(struct(col("*")))).collect())
        assert rows, f"No rows from {ast.unparse(statement)}"
        found.append(rows)
    return found


def test_every_operation_has_a_section_with_an_example_in_each_language():
    assert len(OPERATIONS) == 13
    for name, link in OPERATIONS:
        assert link == name.lower().replace(" ", "-")
        assert len(blocks("python", PARTS[name])) == 1, name
        assert len(blocks("java", PARTS[name])) == 1, name


@pytest.mark.parametrize("section", [name for name, _ in OPERATIONS])
def test_example(section, names, folder):
    (block,) = blocks("python", PARTS[section])

    found = answers(block, names)

    assert of_java(section) in found
