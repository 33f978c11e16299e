"""TopK beside pandas: groupby().rank() and sorting."""

import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col

from comparison import assert_same_rows, rows

SALES = "region string, amount int, day int"
RANK = {"BROKEN": "first", "KEPT": "min", "DENSE": "dense"}


def best(frame, by, order, k, ties):
    """The rows of which pandas says that they are the first, smallest first, nulls before them."""
    place = frame.groupby(by, dropna=False)[order].rank(method=RANK[ties], na_option="top")
    return frame[place <= k]


@given(
    data=some.lists(
        some.tuples(
            some.sampled_from(["n", "s", "", None]),
            some.one_of(some.none(), some.integers(-3, 3)),
            some.integers(0, 9),
        ),
        max_size=40,
    ),
    k=some.integers(1, 5),
    ties=some.sampled_from(["KEPT", "DENSE"]),
)
def test_ties_kept_as_pandas_ranks_them(spark, ext, data, k, ties):
    frame = spark.createDataFrame(data, SALES)
    table = pandas.DataFrame(data, columns=["region", "amount", "day"]).astype({"amount": "float"})

    top = ext.top_k(frame, k=k, order_by=["amount"], by=["region"], ties=ties)

    assert_same_rows(top, best(table, "region", "amount", k, ties))


@given(
    amounts=some.lists(some.tuples(some.sampled_from("ab"), some.integers(-9, 9)), max_size=40),
    k=some.integers(1, 5),
)
def test_ties_broken_give_k_rows_or_all_there_are(spark, ext, amounts, k):
    frame = spark.createDataFrame(amounts, "name string, amount int")

    top = ext.top_k(frame, k=k, order_by=[col("amount").desc()], by=["name"])

    expected = []
    for name in "ab":
        expected += sorted((each for each in amounts if each[0] == name), key=lambda row: -row[1])[
            :k
        ]
    assert_same_rows(top, expected)


@pytest.mark.parametrize("ties", ["BROKEN", "KEPT", "DENSE"])
def test_flights_with_the_longest_delays_of_each_carrier(ext, flights, size, ties):
    table = flights.pandas(size)[["carrier", "dep_delay", "flight", "time_hour", "tailnum"]]
    order = ["dep_delay", "flight", "time_hour", "tailnum"] if ties == "BROKEN" else ["dep_delay"]
    frame = flights.spark(size).select(*table.columns)
    directions = [col(order[0]).desc(), *order[1:]]

    top = ext.top_k(frame, k=3, order_by=directions, by=["carrier"], ties=ties)

    if ties == "BROKEN":
        by_order = table.sort_values(order, ascending=[False, True, True, True], na_position="last")
        expected = by_order.groupby("carrier").head(3)
    else:
        delays = table.assign(delay=-table["dep_delay"])
        place = delays.groupby("carrier")["delay"].rank(method=RANK[ties], na_option="bottom")
        expected = table[place <= 3]
    assert_same_rows(top, expected)


def test_without_groups_all_rows_are_one(ext, flights):
    frame = flights.spark(5_000).select("distance")

    def distances(ties):
        return sorted(
            row[0] for row in ext.top_k(frame, k=7, order_by=["distance"], ties=ties).collect()
        )

    longest_first = flights.pandas(5_000)["distance"].sort_values()
    assert distances("BROKEN") == list(longest_first[:7])
    assert distances("KEPT") == list(longest_first[longest_first <= longest_first.iloc[6]])


def test_place_as_a_column(spark, ext):
    frame = spark.createDataFrame(
        [("a", 1), ("a", 1), ("a", 2), ("b", None)], "name string, amount int"
    )

    top = ext.top_k(
        frame, k=3, order_by=["amount"], by=["name"], ties="KEPT", place_column="nächster `Platz`."
    )

    assert top.columns == ["name", "amount", "nächster `Platz`."]
    assert_same_rows(top, [("a", 1, 1), ("a", 1, 1), ("a", 2, 3), ("b", None, 1)])


def test_an_input_without_rows(spark, ext):
    nothing = spark.createDataFrame([], "name string, amount int")

    for by in ([], ["name"]):
        top = ext.top_k(nothing, k=1, order_by=["amount"], by=by)
        assert (top.columns, rows(top)) == (["name", "amount"], [])


def test_columns_that_share_a_name_stay(spark, ext):
    twice = spark.createDataFrame([("a", 1), ("a", 2), ("b", 3)], "name string, amount int")
    twice = twice.select("name", "amount", "name")

    top = ext.top_k(twice, k=1, order_by=["amount"])

    assert (top.columns, rows(top)) == (["name", "amount", "name"], [("a", 1, "a")])
    grouped = ext.top_k(twice, k=1, order_by=[col("amount").desc()], by=[col("amount") > 2])
    assert_same_rows(grouped, [("a", 2, "a"), ("b", 3, "b")])


def test_odd_names(spark, ext):
    odd = spark.createDataFrame([(1, "x"), (2, "x"), (3, "y")], "n int, g string").toDF(
        "größe.in `m`", "a b"
    )

    top = ext.top_k(odd, k=1, order_by=[col("`größe.in ``m```").desc()], by=["`a b`"])

    assert_same_rows(top, [(2, "x"), (3, "y")])


def test_columns_of_the_result_and_of_the_input(spark, ext):
    frame = spark.createDataFrame([("a", 1), ("a", 2), ("b", 3)], "name string, amount int")

    top = ext.top_k(frame, k=1, order_by=[frame["amount"].desc()], by=[frame["name"]])

    assert_same_rows(top.select(top["name"], frame["amount"]), [("a", 2), ("b", 3)])
    again = ext.top_k(top, k=1, order_by=[top["amount"]])
    assert_same_rows(again, [("a", 2)])


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"k": 0, "order_by": ["amount"]}, "TopK.k is 0. Give 1 or more."),
        ({"k": -2, "order_by": ["amount"]}, "TopK.k is -2. Give 1 or more."),
    ],
)
def test_refused_options(spark, ext, options, text):
    frame = spark.createDataFrame([("a", 1)], "name string, amount int")

    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        ext.top_k(frame, **options).collect()
    assert text in str(refusal.value)


def test_a_column_that_is_not_there_is_sparks_own_error(spark, ext):
    frame = spark.createDataFrame([("a", 1)], "name string, amount int")

    with pytest.raises(Exception, match="UNRESOLVED_COLUMN") as refusal:
        ext.top_k(frame, k=1, order_by=["amounts"], by=["name"]).collect()
    assert "GRAFT_" not in str(refusal.value)
