"""The Python of the documents, as it stands there, gives what they say."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[5]
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.M | re.S)

# The plugins that a session brings along are tried by SessionPluginsIT.
OF_SESSIONS = "addArtifact"


def program(*documents):
    """Give the programs of documents as one, with this server's address."""
    blocks = [block for document in documents for block in BLOCK.findall((ROOT / document).read_text())]
    text = "\n".join(block for block in blocks if OF_SESSIONS not in block)
    assert "sc://localhost:15002" in text
    return text.replace("sc://localhost:15002", os.environ["GRAFT_SERVER"])


# The encoders' document has one program in Python, which imports the generated module.
@pytest.mark.parametrize(
    "documents",
    [("docs/call-extensions.md", "docs/commands.md"), ("encoders/README.md",)],
    ids=" ".join,
)
def test_runs(documents, tmp_path):
    file = tmp_path / "program.py"
    file.write_text(program(*documents))

    done = subprocess.run([sys.executable, file], capture_output=True, text=True, timeout=300)

    assert done.returncode == 0, done.stderr
    assert re.findall(r"(\*\*\w)\|\s*(\d+)", done.stdout) == [("**a", "30"), ("**d", "20")]
