"""Mask beside the same computed in Python with hmac and unicodedata."""

import hashlib
import hmac
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some
from pyspark.sql.connect.functions import col, lit

SALT = "0123456789abcdef-ä"
UNCASED = "一丁丂七丄丅丆万丈三上下丌不与丏丐丑丒专且丕世丗丘丙"
TEXTS = some.one_of(
    some.none(),
    some.text(alphabet="aZ09 -\u00e9\u00c9\u0301\u01c5\u0660\u0915\U0001d538\U0001f600", max_size=40),
    some.text(alphabet=some.characters(max_codepoint=0x4FF, exclude_characters="\0"), max_size=20),
)


def key(method):
    return hmac.new(SALT.encode(), f"graft.builtin.v1.Mask.{method}".encode(), "sha256").digest()


def hashed(text, method="HASH"):
    return hmac.new(key(method), text.encode(), "sha256").hexdigest()


def format_preserving(text):
    seed = hashed(text, "FORMAT_PRESERVING")
    masked = ""
    for i, character in enumerate(text):
        block = hashlib.sha256(f"{seed}{i // 16}".encode()).digest()
        number = int.from_bytes(block[i % 16 * 2 : i % 16 * 2 + 2], "big")
        category = unicodedata.category(character)
        if category == "Nd":
            masked += "0123456789"[number % 10]
        elif category == "Ll":
            masked += chr(ord("a") + number % 26)
        elif category == "Lu":
            masked += chr(ord("A") + number % 26)
        elif category[0] == "L":
            masked += UNCASED[number % 26]
        else:
            masked += character
    return masked


def kept_ends(text, first, last, with_="*"):
    if len(text) <= first + last:
        return with_ * len(text)
    return text[:first] + with_ * (len(text) - first - last) + text[len(text) - last :]


def assert_masked(spark, answer, texts, expected):
    frame = spark.createDataFrame([(text,) for text in texts], "text string")
    masked = [row[0] for row in frame.select(answer).collect()]
    assert masked == [None if text is None else expected(text) for text in texts]


@given(
    texts=some.lists(TEXTS, min_size=1, max_size=40),
    first=some.integers(0, 5),
    last=some.integers(0, 5),
    with_=some.sampled_from(["", "*", "xy", "\U0001f600"]),
)
def test_ends_are_kept(spark, ext, texts, first, last, with_):
    answer = ext.mask("text", keep_first=first, keep_last=last, **{"with": with_})
    assert_masked(spark, answer, texts, lambda text: kept_ends(text, first, last, with_ or "*"))


@given(texts=some.lists(TEXTS, min_size=1, max_size=40))
def test_the_format_is_preserved(spark, ext, texts):
    answer = ext.mask("text", method="FORMAT_PRESERVING", salt=SALT)
    assert_masked(spark, answer, texts, format_preserving)
    for text in filter(None, texts):
        masked = format_preserving(text)
        kinds = [unicodedata.category(character) for character in text]
        # A letter of title case becomes one without case, as there are no 26 of them.
        assert ["Lo" if kind in ("Lt", "Lm") else kind for kind in kinds] == [unicodedata.category(each) for each in masked]


@given(texts=some.lists(TEXTS, min_size=1, max_size=40))
def test_hashes(spark, ext, texts):
    assert_masked(spark, ext.mask("text", method="HASH", salt=SALT), texts, hashed)


def test_tail_numbers_of_aircraft(ext, flights, size):
    table = flights.pandas(size)["tailnum"].dropna().drop_duplicates()
    masked = flights.spark(size).select("tailnum").dropna().distinct()

    rows = masked.select(
        "tailnum",
        ext.mask("tailnum", keep_last=2),
        ext.mask("tailnum", method="FORMAT_PRESERVING", salt=SALT),
        ext.mask("tailnum", method="HASH", salt=SALT),
    ).collect()

    assert {row[0] for row in rows} == set(table)
    for tail, ends, shape, digest in rows:
        assert (ends, shape, digest) == (kept_ends(tail, 0, 2), format_preserving(tail), hashed(tail))


def test_the_salt_is_neither_in_plans_nor_in_names(spark, ext, capsys):
    frame = spark.createDataFrame([("a",)], "text string")
    masked = frame.select(ext.mask("text", method="HASH", salt=SALT), ext.mask("text", method="FORMAT_PRESERVING", salt=SALT))

    assert masked.columns == ["mask(text)", "mask(text)"]
    masked.explain(True)
    plan = capsys.readouterr().out
    assert "sha2" in plan
    for hidden in (SALT, SALT.encode().hex(), SALT.encode().hex().upper()):
        assert hidden not in plan


def test_values_that_are_no_texts(spark, ext):
    frame = spark.sql("select 4711 as number, date'2013-01-09' as day, array() as empty").limit(1)

    row = frame.select(
        ext.mask("number", keep_last=1),
        ext.mask("day", method="FORMAT_PRESERVING", salt=SALT),
        ext.mask(col("number") + 1, method="HASH", salt=SALT),
        ext.mask(lit(None), keep_last=1),
        ext.mask(lit(None), method="HASH", salt=SALT),
        ext.mask(lit(None), method="FORMAT_PRESERVING", salt=SALT),
    ).first()

    assert tuple(row) == ("***1", format_preserving("2013-01-09"), hashed("4712"), None, None, None)


def test_odd_names_and_places(spark, ext):
    frame = spark.createDataFrame([("abc", ["x", "yz"]), ("ab", [])], "`größe.in ``m``` string, texts array<string>")
    column = "`größe.in ``m```"

    assert frame.groupBy(ext.mask(column, method="HASH", salt=SALT)).count().count() == 2
    assert frame.where(ext.mask(column, keep_first=1) == "a**").count() == 1
    twice = frame.toDF("t", "texts").select("t", "t").select(lit("secret").alias("s"))
    assert twice.select(ext.mask("s", keep_first=1)).first()[0] == "s*****"
    assert frame.limit(0).select(ext.mask(column, method="HASH", salt=SALT)).collect() == []


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"keep_first": -1}, "Mask.keep_first is -1. Give 0 to 1000."),
        ({"keep_last": 1001}, "Mask.keep_last is 1001. Give 0 to 1000."),
        ({"with": "x" * 17}, "Mask.with is xxxxxxxxxxxxxxxxx. Give at most 16 code points."),
        ({"salt": SALT}, "Mask.method is KEEP_ENDS. A salt is for FORMAT_PRESERVING and HASH."),
        ({"method": "HASH"}, "Mask.HASH has no salt. Give either salt or salt_name."),
        ({"method": "HASH", "salt": "tooshort"}, "Mask.salt has 8 bytes. Give 16 to 1024"),
        ({"method": "HASH", "salt": SALT, "salt_name": "s"}, "Mask.HASH has a salt and the name of one."),
        ({"method": "HASH", "salt_name": "none"}, "Mask.salt_name is none. The server has no salt of that name"),
        ({"method": "HASH", "salt": SALT, "keep_last": 2}, "Mask.method is HASH. Ends are kept"),
        ({"method": 7}, "Mask.method is 7. Give one of KEEP_ENDS, FORMAT_PRESERVING, HASH."),
    ],
)
def test_refused_options(spark, ext, options, text):
    frame = spark.createDataFrame([("a",)], "text string")

    with pytest.raises(Exception, match="GRAFT_PLUGIN_REFUSED") as refusal:
        frame.select(ext.mask("text", **options)).collect()
    assert text in str(refusal.value)
    assert SALT not in str(refusal.value) and "tooshort" not in str(refusal.value)
