"""``graft.configure`` with pyspark-client, which has no Spark that could be started."""

import pytest
from pyspark.sql import SparkSession

import graft


def test_package_that_is_a_client_alone_is_refused():
    with pytest.raises(graft.LocalServerError, match="which is a client alone") as refused:
        graft.configure(SparkSession.builder.remote("local[*]"), plugins=[])

    assert refused.value.code == "GRAFT_LOCAL_PACKAGE"
    assert 'pip install "pyspark[connect]==4' in str(refused.value)
