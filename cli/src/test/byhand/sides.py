"""What the steps of a program do: by extension, and the same by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from graft.catalog import Extensions
from pyspark.sql.connect import functions as F
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.window import Window

from programs import Step, frames_of, is_expression, parts_of

ROWS = {
    "sales": [
        ("a", 1, "x"),
        ("a", 3, "12"),
        ("b", 2, None),
        ("b", 5, "zebra"),
        (None, 4, "2024-05-06 07:08:09"),
    ],
    "turned": [("u", "a", 7), ("13", "b", None), (None, "b", 2), ("2024-05-06 22:08:09", "c", 3)],
    "short": [(7, "a"), (None, "b"), (3, "c"), (3, None)],
    "timed": [
        ("a", 1, "2024-01-02 03:04:05", "x"),
        ("b", None, None, "y"),
        ("b", 8, "2024-07-02 23:04:05", "14"),
    ],
}
ZONE = "spark.sql.session.timeZone"

# Spark's planner analyses these itself, and keeps what came of it under their plan ids.
ANALYSED_AT_ONCE = {"with_column", "drop", "rename", "distinct"}


def same_plan(frame: DataFrame) -> DataFrame:
    """Return the frame's plan without what its client remembers of the answers so far."""
    return DataFrame(frame._plan, frame._session)


class Side:
    """One of the two ways in which a program is run, with sessions of its own.

    Frames are made once, and held. Some are made anew each time they are used, as somebody does
    who writes them then: those whose plan by hand hangs on its input's columns, or on a setting,
    and those that Spark itself keeps as they were analysed first, whatever becomes of a view below.
    """

    name: str
    made_anew = ANALYSED_AT_ONCE

    def __init__(self, session: Any, program: str, schemas: dict[str, str]) -> None:
        self.sessions = {0: session}
        self._program = program
        self._schemas = schemas
        self._recipes: dict[int, Step] = {}
        self._held: dict[int, DataFrame] = {}

    def begin(self, step: Step) -> None:
        """Take over a step that makes a frame."""
        self._recipes[step.number] = step
        if not self._is_made_anew(step):
            self._held[step.number] = self._made(step, {})

    def has(self, numbers: set[int]) -> bool:
        """Tell whether the frames are there: what failed as it was made is not."""
        return numbers <= self._recipes.keys()

    def forget(self, number: int) -> None:
        """Do without a frame."""
        self._recipes.pop(number, None)
        self._held.pop(number, None)

    def frame(self, number: int) -> DataFrame:
        """Return a frame, for one use."""
        return same_plan(self._frame(number, {}))

    def session(self, step: Step) -> Any:
        """Return the session of a step."""
        return self.sessions[step.session]

    def table_name(self, step: Step) -> str:
        """Return the name of a saved table, which all sessions of the server share."""
        return f"{step.options['name']}_{self.name}_{self._program}"

    def local(self, step: Step) -> DataFrame:
        """Return rows from the client, which the server's caches tell from the other side's."""
        table = step.options["table"]
        rows = self.session(step).createDataFrame(ROWS[table], self._schemas[table])
        mark = F.lit(f"{self.name} {self._program}")
        return rows.where(mark == mark)

    def _frame(self, number: int, made: dict[int, DataFrame]) -> DataFrame:
        if number in self._held:
            return self._held[number]
        if number not in made:
            made[number] = self._made(self._recipes[number], made)
        return made[number]

    def _made(self, step: Step, made: dict[int, DataFrame]) -> DataFrame:
        inputs = [self._frame(number, made) for number in step.inputs]
        frames = {
            number: self._frame(number, made) for number in frames_of(tuple(step.options.values()))
        }

        def column(expression: Any) -> Any:
            kind, *rest = expression
            if kind in ("of", "most", "some"):
                frame = frames[rest[0]]
                if kind == "of":  # as frame[rest[1]], which would ask the server first
                    return frame._col(rest[1])
                if kind == "most":
                    return frame.select(F.max(rest[1])).scalar()
                return frame.exists().cast("string")
            values = [column(each) if is_expression(each) else each for each in rest]
            return self.expression(kind, values, step)

        return FRAMES[step.kind](self, step, inputs, column)

    def _is_made_anew(self, step: Step) -> bool:
        # By hand this reads a setting as it is made.
        hashed = any(part[0] == "hashed" for part in parts_of(tuple(step.options.values())))
        return hashed or step.kind in self.made_anew or not step.needs() <= self._held.keys()

    def expression(self, kind: str, values: list[Any], step: Step) -> Any:
        """Return the column of an expression, whose inner ones are columns already."""
        if kind == "column":
            return F.col(values[0])
        if kind == "literal":
            return F.lit(values[0])
        if kind == "plus":
            return values[0] + values[1]
        if kind == "cast":
            return values[0].cast(values[1])
        if kind == "hour":
            return F.hour(values[0].cast("timestamp"))
        if kind == "upper":
            return F.upper(values[0])
        return getattr(self, "expression_" + kind.replace(".", "_"))(*values, step)


class ByExtension(Side):
    """Sends extensions."""

    name = "extension"

    def __init__(self, session: Any, program: str, schemas: dict[str, str], listed: Any) -> None:
        super().__init__(session, program, schemas)
        self._listed = listed

    def _of(self, step: Step) -> Extensions:
        return Extensions(self.session(step), self._listed)

    def relation_frames_top_k(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        given = {**step.options, "by": list(step.options["by"])}
        return self._of(step)["acme.frames.v1.TopK"](frame, **given)

    def relation_top_k(self, step: Step, frame: DataFrame, column: Any) -> DataFrame:
        by, order = ([column(each) for each in step.options[name]] for name in ("by", "order_by"))
        k, ties = step.options["k"], step.options["ties"]
        return self._of(step)["graft.builtin.v1.TopK"](frame, by=by, order_by=order, k=k, ties=ties)

    def relation_count_nulls(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        return self._of(step)["acme.frames.v1.CountNulls"](frame)

    def relation_row_number(self, step: Step, frame: DataFrame, column: Any) -> DataFrame:
        given = {**step.options, "order_by": [column(each) for each in step.options["order_by"]]}
        return self._of(step)["graft.builtin.v1.RowNumber"](frame, **given)

    def relation_stamp(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        return self._of(step)["acme.legacy.v1.Stamp"](input=frame, text=step.options["text"])

    def relation_numbered(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        return self._of(step)["acme.nativeplans.v1.Numbered"](frame, **{"as": step.options["to"]})

    def expression_frames_mask(self, text: Any, keep: int, step: Step) -> Any:
        return self._of(step)["acme.frames.v1.Mask"](text, keep=keep)

    def expression_mask(self, text: Any, first: int, last: int, step: Step) -> Any:
        return self._of(step)["graft.builtin.v1.Mask"](text, keep_first=first, keep_last=last)

    def expression_bucket(self, number: Any, edges: tuple[float, ...], step: Step) -> Any:
        return self._of(step)["graft.builtin.v1.Bucket"](number, edges=list(edges))

    def expression_hashed(self, value: Any, step: Step) -> Any:
        return self._of(step)["acme.nativeplans.v1.Hashed"](value, salt_setting=ZONE)


class ByHand(Side):
    """Writes what extensions stand for."""

    name = "hand"

    made_anew = ANALYSED_AT_ONCE | {"count_nulls", "numbered"}

    def relation_frames_top_k(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        order = F.col(step.options["order_by"])
        order = order.desc() if step.options["descending"] else order.asc_nulls_last()
        place = F.row_number().over(Window.partitionBy(*step.options["by"]).orderBy(order))
        placed = frame.select("*", place.alias("acme_frames_place"))
        kept = placed.where(F.col("acme_frames_place") <= step.options["k"])
        return kept.select(F.expr("* EXCEPT (acme_frames_place)"))

    def relation_top_k(self, step: Step, frame: DataFrame, column: Any) -> DataFrame:
        by, order = ([column(each) for each in step.options[name]] for name in ("by", "order_by"))
        k, ties = step.options["k"], step.options["ties"]
        if not by and ties == "BROKEN":
            return frame.sort(*order).limit(k)
        place = {"BROKEN": F.row_number, "KEPT": F.rank, "DENSE": F.dense_rank}[ties]()
        placed = frame.select(
            "*", place.over(Window.partitionBy(*by).orderBy(*order)).alias("__place")
        )
        return placed.where(F.col("__place") <= k).select(F.expr("* EXCEPT (__place)"))

    def relation_count_nulls(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        names = same_plan(frame).columns
        if not names:
            return self.session(step).createDataFrame([], "column string, nulls bigint")
        places = [f"c{place}" for place in range(len(names))]
        counts = (
            frame.toDF(*places)
            .groupBy()
            .agg(*(F.count_if(F.col(c).isNull()).alias(c) for c in places))
        )
        rows = [
            F.named_struct(F.lit("column"), F.lit(name), F.lit("nulls"), F.col(place))
            for name, place in zip(names, places, strict=True)
        ]
        return counts.select(F.inline(F.array(*rows)))

    def relation_row_number(self, step: Step, frame: DataFrame, column: Any) -> DataFrame:
        order = [column(each) for each in step.options["order_by"]]
        number = F.row_number().over(Window.orderBy(*order)) + F.lit(0).cast("bigint")
        return frame.select("*", number.alias(step.options["column"]))

    def relation_stamp(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        return frame.select("*", F.lit(step.options["text"]).alias("stamp"))

    def relation_numbered(self, step: Step, frame: DataFrame, _: Any) -> DataFrame:
        return frame.withColumn(step.options["to"], F.monotonically_increasing_id())

    def expression_frames_mask(self, text: Any, keep: int, _: Step) -> Any:
        text = text.cast("string")
        hidden = F.greatest(F.char_length(text) - F.lit(keep), F.lit(0))
        return F.concat(F.repeat(F.lit("*"), hidden), F.right(text, F.lit(keep)))

    def expression_mask(self, text: Any, first: int, last: int, _: Step) -> Any:
        text = text.cast("string")
        length = F.char_length(text)
        everything = F.repeat(F.lit("*"), length)
        ends = F.concat(
            F.substring(text, 1, first),
            F.repeat(F.lit("*"), length - F.lit(first + last)),
            F.substring(text, length - F.lit(last - 1), F.lit(last)),
        )
        return F.when(length <= first + last, everything).otherwise(ends)

    def expression_bucket(self, number: Any, edges: tuple[float, ...], _: Step) -> Any:
        number = number.cast("double")
        place = F.when(number < edges[1], 0)
        for bucket, edge in enumerate(edges[2:-1], start=1):
            place = place.when(number < edge, bucket)
        place = place.otherwise(len(edges) - 2)
        return F.when(number.isNotNull() & number.between(edges[0], edges[-1]), place)

    def expression_hashed(self, value: Any, step: Step) -> Any:
        return F.xxhash64(value, F.lit(self.session(step).conf.get(ZONE)))


def _self_join(frame: DataFrame, on: str, other: str) -> DataFrame:
    left, right = frame.alias("l"), frame.alias("r")
    joined = left.join(right, F.col(f"l.{on}") == F.col(f"r.{on}"))
    return joined.select(F.col(f"l.{on}").alias("x"), F.col(f"r.{other}").alias("y"))


def _by_name(kind: str) -> Callable[..., DataFrame]:
    method = "relation_" + kind.replace(".", "_")
    return lambda side, step, inputs, column: getattr(side, method)(step, inputs[0], column)


# Each makes a frame of the side, the step, its inputs and a function from expressions to columns.
FRAMES: dict[str, Callable[..., DataFrame]] = {
    "local": lambda side, step, _, __: side.local(step),
    "table": lambda side, step, _, __: side.session(step).table(step.options["name"]),
    "sql": lambda side, step, _, __: side.session(step).sql(
        f"SELECT * FROM {step.options['name']}"
    ),
    "saved_table": lambda side, step, _, __: side.session(step).table(side.table_name(step)),
    "select": lambda _, step, f, column: f[0].select(*(column(c) for c in step.options["columns"])),
    "select_as": lambda _, step, f, column: f[0].select(
        column(step.options["column"]).alias("e"), F.col(step.options["other"])
    ),
    "filter_above": lambda _, step, f, column: f[0].where(
        column(step.options["column"]) > step.options["least"]
    ),
    "filter_below": lambda _, step, f, column: f[0].where(
        column(step.options["column"]) < column(step.options["most"])
    ),
    "filter_like": lambda _, step, f, column: f[0].where(
        column(step.options["column"]).like(step.options["pattern"])
    ),
    "with_column": lambda _, step, f, column: f[0].withColumn(
        step.options["name"], column(step.options["column"])
    ),
    "group_count": lambda _, step, f, column: (
        f[0].groupBy(column(step.options["key"]).alias("k")).count()
    ),
    "union": lambda _, step, f, __: f[0].union(f[1]),
    "union_by_name": lambda _, step, f, __: f[0].unionByName(f[1]),
    "drop": lambda _, step, f, __: f[0].drop(step.options["name"]),
    "alias_all": lambda _, step, f, __: (
        f[0].alias(step.options["alias"]).select(step.options["alias"] + ".*")
    ),
    "rename": lambda _, step, f, __: f[0].withColumnRenamed(
        step.options["name"], step.options["to"]
    ),
    "distinct": lambda _, step, f, __: f[0].distinct(),
    "self_join": lambda _, step, f, __: _self_join(f[0], step.options["on"], step.options["other"]),
    **{
        kind: _by_name(kind)
        for kind in ("frames.top_k", "top_k", "count_nulls", "row_number", "stamp", "numbered")
    },
}


def _clone(side: Side, step: Step) -> None:
    side.sessions[step.options["to"]] = side.session(step).cloneSession()


# Each changes something on the server.
EFFECTS: dict[str, Callable[[Side, Step], Any]] = {
    "view": lambda side, step: side.frame(step.inputs[0]).createOrReplaceTempView(
        step.options["name"]
    ),
    "save": lambda side, step: (
        side.frame(step.inputs[0]).write.mode("overwrite").saveAsTable(side.table_name(step))
    ),
    "set": lambda side, step: side.session(step).conf.set(
        step.options["name"], step.options["value"]
    ),
    "clone_session": _clone,
    "cache": lambda side, step: side.frame(step.inputs[0]).cache() and None,
    "unpersist": lambda side, step: side.frame(step.inputs[0]).unpersist() and None,
}


def _rows(frame: DataFrame) -> Any:
    rows = frame.collect()
    names = list(rows[0].__fields__) if rows else None
    return names, sorted((tuple(row) for row in rows), key=repr)


# Each tells something that the two sides must tell alike.
LOOKS: dict[str, Callable[[DataFrame], Any]] = {
    "columns": lambda frame: frame.columns,
    "schema": lambda frame: frame.dtypes,
    "collect": _rows,
}
