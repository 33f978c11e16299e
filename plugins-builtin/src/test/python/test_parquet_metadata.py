"""ParquetMetadata beside what PyArrow reads from the same files."""

import contextlib
import shutil
import socket
from pathlib import Path

import pyarrow as arrow
import pyarrow.parquet as parquet
import pytest
from hypothesis import given
from hypothesis import strategies as some
from open_folder import open_folder

pytestmark = pytest.mark.native


@pytest.fixture(scope="module")
def folder():
    made = open_folder() / "parquet"
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    yield made
    shutil.rmtree(made, ignore_errors=True)


def place(file):
    return Path(file.removeprefix("file://").removeprefix("file:"))


def assert_as_pyarrow_says(ext, path):
    files = {place(row.file): row for row in ext.parquet_metadata(paths=[str(path)]).collect()}
    groups = {(place(row.file), row.row_group): row for row in ext.parquet_metadata(paths=[str(path)], level="ROW_GROUPS").collect()}
    chunks = ext.parquet_metadata(paths=[str(path)], level="COLUMN_CHUNKS").collect()
    by_place = {(place(row.file), row.row_group, ".".join(row.column)): row for row in chunks}
    assert len(by_place) == len(chunks)

    wanted_groups, wanted_chunks = 0, 0
    expected = [path] if path.is_file() else sorted(path.rglob("*.parquet"))
    assert sorted(files) == expected
    for file in expected:
        footer = parquet.read_metadata(file)
        row = files[file]
        assert (row.length, row.row_groups, row.rows, row.columns, row.created_by) == (
            file.stat().st_size,
            footer.num_row_groups,
            footer.num_rows,
            footer.num_columns,
            footer.created_by,
        )
        assert row.key_values == {key.decode(): value.decode() for key, value in (footer.metadata or {}).items()}
        for number in range(footer.num_row_groups):
            wanted_groups += 1
            group = footer.row_group(number)
            row = groups[file, number]
            assert (row.rows, row.length) == (group.num_rows, group.total_byte_size)
            for index in range(group.num_columns):
                wanted_chunks += 1
                assert_chunk(by_place[file, number, group.column(index).path_in_schema], group.column(index))
    assert (len(groups), len(chunks)) == (wanted_groups, wanted_chunks)


def assert_chunk(row, chunk):
    assert (row.compressed_length, row.length, row["values"]) == (
        chunk.total_compressed_size,
        chunk.total_uncompressed_size,
        chunk.num_values,
    )
    assert row.codec == chunk.compression
    assert sorted(set(row.encodings)) == sorted(set(chunk.encodings))
    assert row.type.split()[1].split("(")[0] == {"BYTE_ARRAY": "binary"}.get(chunk.physical_type, chunk.physical_type.lower())
    statistics = chunk.statistics
    assert row.nulls == (statistics.null_count if statistics is not None and statistics.has_null_count else None)
    if statistics is not None and statistics.has_min_max:
        low, high = statistics.min, statistics.max
        assert (row.min, row.max) == ((str(low), str(high)) if isinstance(low, int | str) and not isinstance(low, bool) else (row.min, row.max))
        assert row.min is not None and row.max is not None
    else:
        assert (row.min, row.max) == (None, None)


@given(
    rows=some.lists(some.tuples(some.one_of(some.none(), some.integers(-(2**31), 2**31 - 1)), some.one_of(some.none(), some.text(alphabet="abé😀", max_size=5))), max_size=40),
    group=some.integers(1, 20),
    codec=some.sampled_from(["none", "snappy", "gzip"]),
)
def test_any_file(ext, folder, rows, group, codec):
    table = arrow.table(
        {
            "näme.with `dots`": arrow.array([row[1] for row in rows], arrow.string()),
            "number": arrow.array([row[0] for row in rows], arrow.int32()),
            "nested": arrow.array([{"list": [row[0], row[0]]} for row in rows], arrow.struct([("list", arrow.list_(arrow.int32()))])),
        }
    )
    file = folder / "any file *.parquet"
    parquet.write_table(table, file, row_group_size=group, compression=codec)

    only = folder / "any"
    shutil.rmtree(only, ignore_errors=True)
    only.mkdir()
    shutil.copy(file, only / "x y.parquet")
    file.unlink()
    assert_as_pyarrow_says(ext, only)


def test_flights_written_by_spark(ext, flights, folder, size):
    written = folder / f"flights {size}"
    flights.spark(size).repartition(3).write.mode("overwrite").partitionBy("origin").parquet(str(written))

    assert_as_pyarrow_says(ext, written)
    frame = ext.parquet_metadata(paths=[str(written)])
    assert frame.selectExpr("sum(rows)").first()[0] == len(flights.pandas(size))


def test_patterns_and_several_paths(ext, spark, folder):
    for name in ("p1", "p2", "q"):
        spark.range(10).coalesce(1).write.mode("overwrite").parquet(str(folder / "several" / name))
    both = ext.parquet_metadata(paths=[f"{folder}/several/p*", f"file:{folder}/several/q"])

    assert [place(row.file).parent.name for row in both.collect()] == ["p1", "p2", "q"]
    assert both.where("rows = 10").groupBy("row_groups").count().collect()[0]["count"] == 3
    (folder / "empty").mkdir(exist_ok=True)
    for level in ("FILES", "ROW_GROUPS", "COLUMN_CHUNKS"):
        assert ext.parquet_metadata(paths=[str(folder / "empty")], level=level).collect() == []


def test_what_is_refused(ext, folder):
    (folder / "no.parquet").write_text("not a Parquet file")
    for options, text in [
        ({"paths": [f"{folder}/nothing"]}, "There is no such file or folder, or the server cannot read it"),
        ({"paths": ["ftp://127.0.0.1/x"]}, "Give a path with one of the schemes abfs,"),
        ({"paths": [f"{folder}/no.parquet"]}, "no.parquet cannot be read"),
        ({"paths": [""]}, "ParquetMetadata.paths[0] is not given. Give a file or folder."),
        ({"paths": [str(folder)], "level": 7}, "ParquetMetadata.level is 7. Give one of FILES, ROW_GROUPS, COLUMN_CHUNKS."),
    ]:
        with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
            ext.parquet_metadata(**options).collect()
        assert text in str(refusal.value)


def test_what_is_no_store_of_files_is_not_asked(ext):
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(1)
        port = listening.getsockname()[1]
        for path in (f"http://127.0.0.1:{port}/x", f"HTTP://127.0.0.1:{port}/x", f"har://http-127.0.0.1:{port}/x.har"):
            with pytest.raises(Exception, match="Give a path with one of the schemes"):
                ext.parquet_metadata(paths=[path]).collect()
        with contextlib.suppress(TimeoutError):
            asked.append(listening.accept())
    assert asked == []


def test_failures_say_nothing_of_ports(ext):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
    texts = set()
    for path in (f"webhdfs://127.0.0.1:{port}/x", "webhdfs://no-such-host.invalid:1/x", "s3n://no-class/x", "file:///no/such/file"):
        with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
            ext.parquet_metadata(paths=[path]).collect()
        texts.add(str(refusal.value).split("JVM stacktrace")[0].replace(path, "PATH"))
    assert len(texts) == 1, texts
