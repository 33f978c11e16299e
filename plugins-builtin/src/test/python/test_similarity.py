"""Similarity beside rapidfuzz, and n-grams counted in Python."""

import math
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, lit, upper
from rapidfuzz.distance import JaroWinkler, Levenshtein

# Few letters, so that texts have some in common; of one to four bytes in UTF-8, one of them a surrogate
# pair in UTF-16, and a letter with its accent behind it.
TEXTS = some.text(alphabet="ab \u00e9e\u0301\u0915\U0001f600'\\$\n", max_size=14)
PAIRS = some.lists(some.tuples(TEXTS, TEXTS), min_size=1, max_size=60)


def grams(text, length):
    if 0 < len(text) < length:
        return Counter([text])
    return Counter(text[i : i + length] for i in range(len(text) - length + 1))


def jaccard(left, right, length=2):
    first, second = set(grams(left, length)), set(grams(right, length))
    return len(first & second) / len(first | second) if first | second else 1.0


def cosine(left, right, length=2):
    if left == right:
        return 1.0
    first, second = grams(left, length), grams(right, length)
    norm = math.sqrt(sum(n * n for n in first.values()) * sum(n * n for n in second.values()))
    return sum(first[gram] * second[gram] for gram in first) / norm if norm else 0.0


MEASURES = {
    "LEVENSHTEIN": Levenshtein.normalized_similarity,
    "JARO_WINKLER": JaroWinkler.similarity,
    "JACCARD": jaccard,
    "COSINE": cosine,
}


def assert_alike(frame, answer, expected):
    compared = [(row.left, row.right, row.alike) for row in frame.select("left", "right", answer.alias("alike")).collect()]
    for left, right, alike in compared:
        assert alike == pytest.approx(expected(left, right), abs=1e-12), (left, right)


@pytest.mark.parametrize("measure", MEASURES)
@given(pairs=PAIRS)
def test_any_texts(spark, ext, measure, pairs):
    frame = spark.createDataFrame(pairs, "left string, right string")

    assert_alike(frame, ext.similarity("left", right="right", measure=measure), MEASURES[measure])


@pytest.mark.parametrize("measure", ["JACCARD", "COSINE"])
@given(pairs=PAIRS, length=some.integers(1, 5))
def test_n_grams_of_any_length(spark, ext, measure, pairs, length):
    frame = spark.createDataFrame(pairs, "left string, right string")

    alike = ext.similarity("left", right="right", measure=measure, gram_length=length)
    assert_alike(frame, alike, lambda left, right: MEASURES[measure](left, right, length))


@given(pairs=PAIRS, weight=some.floats(0, 0.25))
def test_the_weight_of_a_common_beginning(spark, ext, pairs, weight):
    frame = spark.createDataFrame(pairs, "left string, right string")

    alike = ext.similarity("left", right="right", measure="JARO_WINKLER", prefix_weight=weight)
    assert_alike(frame, alike, lambda left, right: JaroWinkler.similarity(left, right, prefix_weight=weight))


@pytest.mark.parametrize("measure", MEASURES)
def test_tail_numbers_of_aircraft(ext, flights, size, measure):
    planes = flights.spark(size).select(col("tailnum").alias("left"), col("dest").alias("code")).dropna().distinct()
    frame = planes.selectExpr("left", "concat(substring(left, 3, 9), code) right")

    assert_alike(frame, ext.similarity("left", right="right", measure=measure), MEASURES[measure])


@pytest.mark.parametrize("measure", MEASURES)
def test_null_and_nothing(spark, ext, measure):
    texts = [None, "", "a", "ab"]
    frame = spark.createDataFrame([(x, y) for x in texts for y in texts], "left string, right string")

    rows = frame.select("left", "right", ext.similarity("left", right="right", measure=measure).alias("alike"))
    for left, right, alike in rows.collect():
        if left is None or right is None:
            assert alike is None
        elif left == right:
            assert alike == 1.0
        elif not left or not right:
            assert alike == 0.0
        else:
            assert 0 <= alike < 1
    nothing = frame.limit(0).select(ext.similarity("left", right="right", measure=measure))
    assert (nothing.collect(), nothing.dtypes) == ([], [("similarity(left)", "double")])


def test_winklers_threshold(spark, ext):
    frame = spark.createDataFrame([("abcdxxxx", "abcdyyyy")], "left string, right string")

    def alike(**options):
        answer = ext.similarity("left", right="right", measure="JARO_WINKLER", **options)
        return frame.select(answer).first()[0]

    jaro = (4 / 8 + 4 / 8 + 1) / 3
    assert alike() == pytest.approx(jaro)
    assert alike(prefix_threshold=0.0) == pytest.approx(jaro + 4 * 0.1 * (1 - jaro))


def test_where_expressions_stand(spark, ext):
    frame = spark.createDataFrame([("a", "Ab", 1), ("b", "ab", 2)], "left string, right string, `odd.na``me` int")

    def alike(left, right, measure="JARO_WINKLER"):
        return ext.similarity(left, right=right, measure=measure)

    assert frame.where(alike(upper("right"), lit("AB")) == 1).count() == 2
    assert [row[0] for row in frame.orderBy(alike("right", lit("ab")).desc()).select("right").collect()] == ["ab", "Ab"]
    assert frame.groupBy(alike("left", "right", "LEVENSHTEIN") > 0.2).count().count() == 2
    assert [row[0] for row in frame.select(alike("`odd.na``me`", lit(1), "LEVENSHTEIN")).collect()] == [1.0, 0.0]
    # What is random is drawn once: a text is as its own copy is.
    both = frame.selectExpr("rand() as r").select(alike(col("r") * 3, col("r") * 3))
    assert [row[0] for row in both.collect()] == [1.0, 1.0]
    nested = alike(alike("left", "right").cast("string"), alike("left", "right").cast("string"), "LEVENSHTEIN")
    assert [row[0] for row in frame.select(nested).collect()] == [1.0, 1.0]


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"measure": 9}, "Similarity.measure is 9. Give one of LEVENSHTEIN, JARO_WINKLER, JACCARD, COSINE."),
        ({"measure": "COSINE", "gram_length": 0}, "Similarity.gram_length is 0. Give 1 to 16."),
        ({"gram_length": 2}, "Similarity.gram_length is 2. Leave it out, or measure JACCARD or COSINE."),
        ({"measure": "JARO_WINKLER", "prefix_weight": 0.3}, "Similarity.prefix_weight is 0.3. Give 0 to 0.25."),
        ({"measure": "JARO_WINKLER", "prefix_threshold": math.nan}, "Similarity.prefix_threshold is NaN. Give 0 to 1.0."),
        ({"prefix_weight": 0.1}, "Similarity.prefix_weight is 0.1. Leave it out, or measure JARO_WINKLER."),
    ],
)
def test_refused_options(spark, ext, options, text):
    frame = spark.createDataFrame([("a", "b")], "left string, right string")

    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        frame.select(ext.similarity("left", right="right", **options)).collect()
    assert text in str(refusal.value)
