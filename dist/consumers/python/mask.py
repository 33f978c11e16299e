"""A program that uses the wheel: encodes a message, and prints its bytes."""

import sys
from pathlib import Path

from graft import Operations
from pyspark.sql.connect.proto import Expression

price = Expression()
price.unresolved_attribute.unparsed_identifier = "price"

operations = Operations(Path(sys.argv[1]).read_text().strip())
values = {"input": price.SerializeToString(), "keep": 4, "with": "•"}
print(operations.encode("acme.frames.v1.Mask", values).hex())
