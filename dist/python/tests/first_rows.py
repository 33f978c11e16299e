"""From installed packages to rows of a plugin that ships with Graft, and of one's own.

``python -m venv ENV``, ``ENV/bin/pip install --find-links WHEELS "graft-connect[server]"`` and
``ENV/bin/python first_rows.py OWN_PLUGIN.jar``: these three commands are all.
"""

import os
import sys
import time

os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"  # Spark's UI and driver listen on this machine only
begin = time.monotonic()  # what is imported takes time as well

from pyspark.sql import SparkSession

import graft
import graft_server

plugins = [graft_server.builtin_plugins(), *sys.argv[1:]]
spark = graft.configure(SparkSession.builder.remote("local[2]"), plugins).getOrCreate()
try:
    ext = graft.extensions(spark)
    sales = spark.createDataFrame([("a", 3), ("b", 7), ("c", 5)], "customer string, amount int")

    top = ext["graft.builtin.v1.TopK"](sales, k=2, order_by=[sales.amount.desc()])
    rows = [tuple(row) for row in top.collect()]
    assert rows == [("b", 7), ("c", 5)], rows
    if len(sys.argv) > 1:
        own = ext["acme.frames.v1.TopK"](sales, k=1, order_by="amount", descending=True)
        rows = [tuple(row) for row in own.collect()]
        assert rows == [("b", 7)], rows
finally:
    spark.stop()
print(f"first rows after {time.monotonic() - begin:.1f} s")
