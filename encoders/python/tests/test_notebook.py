"""``%load_ext graft`` and help on extensions, in a real IPython."""

import re

import pytest

from graft.catalog import Extensions
from test_extensions import FRAMES, enums, listed

STACK = "TABLE_OR_VIEW_NOT_FOUND\n\nJVM stacktrace:\nGRAFT_IN_A_STACK"

# IPython is the same on every line, and installed for the newest.
pytestmark = pytest.mark.breadth


@pytest.fixture
def shell(spark, tmp_path, monkeypatch):
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "nocolor"
    made = InteractiveShell(config=config)
    made.push(
        {
            "spark": spark,
            "ext": Extensions(
                spark,
                [
                    listed(FRAMES + "TopK", "top_k", documentation="The first k rows.\n\nMore."),
                    listed(FRAMES + "Mask", "mask", "expression"),
                    listed("e.Outer", "outer", descriptors=enums(), documentation="<b>Orders"),
                ],
            ),
        }
    )
    yield made
    made.restore_sys_module_state()


@pytest.fixture
def run(shell, capsys):
    def cell(code):
        capsys.readouterr()
        result = shell.run_cell(code, store_history=True)
        return result, capsys.readouterr().out

    return cell


def test_refusal_is_three_lines_with_the_place_in_the_cell(run):
    run("%load_ext graft")
    run("rows = spark.range(3)\ndef first(**values):\n    return ext.top_k(rows, **values)")

    result, out = run("x = 1\nfirst(order_by='id')")

    assert out.splitlines() == [
        f"GRAFT_FIELD_REQUIRED: The field 'k' of {FRAMES}TopK must be given, and was not given",
        "  Cell In[2], line 3: return ext.top_k(rows, **values)",
        "  %tb shows the whole stack.",
    ]
    assert not result.success
    assert result.error_in_exec.code == "GRAFT_FIELD_REQUIRED"


def test_whole_stack_is_there_when_it_is_asked_for(run):
    run("%load_ext graft")
    run("ext.top_k(spark.range(3), order_by='id')")

    _, out = run("%tb")

    assert "Traceback (most recent call last)" in out
    assert "operations.py" in out


def test_refusal_by_a_server_is_three_lines_without_its_stack(run):
    run("%load_ext graft")
    run("from pyspark.errors import PySparkException")

    for before in ("(org.apache.spark.sql.AnalysisException) ", ""):
        for after in ("\n\nJVM stacktrace:\ndev.graft.Some\n\tat dev.graft.Other", ""):
            text = f"{before}[GRAFT_EXTENSION_DECLINED] k is 0.\nGive 1 or more.{after}"
            _, out = run(f"raise PySparkException(message={text!r})")

            assert out.splitlines()[0] == "GRAFT_EXTENSION_DECLINED: k is 0. Give 1 or more."
            assert len(out.splitlines()) == 3


def test_other_errors_keep_their_stacks(run):
    run("%load_ext graft")
    run("from pyspark.errors import PySparkException")

    for code in ("1 / 0", f"raise PySparkException(message={STACK!r})"):
        _, out = run(code)
        assert "Traceback (most recent call last)" in out
        assert "%tb shows" not in out


def test_handlers_of_others_still_handle(shell, run):
    shell.set_custom_exc((ZeroDivisionError,), lambda *_, **__: print("theirs"))
    run("%load_ext graft")

    assert run("1 / 0")[1] == "theirs\n"
    assert "%tb shows" in run("ext.top_k(spark.range(3))")[1]

    run("%unload_ext graft")

    assert run("1 / 0")[1] == "theirs\n"
    assert "Traceback" in run("ext.top_k(spark.range(3))")[1]


def test_loading_twice_is_loading_once(run):
    run("%load_ext graft")
    run("%reload_ext graft")
    run("import graft; graft.load_ipython_extension(get_ipython())")
    run("%unload_ext graft")

    assert "Traceback" in run("ext.top_k(spark.range(3))")[1]


def test_names_arguments_and_messages_are_completed(shell):
    from IPython.core.completer import provisionalcompleter

    def completed(text):
        with provisionalcompleter():
            return {found.text for found in shell.Completer.completions(text, len(text))}

    assert completed("ext.") >= {"dataframe", "mask", "outer", "top_k"}
    assert "order_by=" in completed("ext.top_k(o")
    assert FRAMES + "TopK" in completed("ext['")


def test_question_mark_shows_signature_and_documentation(shell):
    shown = shell.inspector.info(shell.user_ns["ext"].top_k, "ext.top_k")

    assert shown["definition"].startswith("ext.top_k(")
    assert "order_by: str" in shown["definition"]
    assert shown["docstring"].startswith("The first k rows.")


def test_extension_alone_in_a_cell_is_its_help(shell):
    data, _ = shell.display_formatter.format(shell.user_ns["ext"].outer)

    html = data["text/html"]
    assert "<code>outer(order=&#x27;ORDER_UP&#x27;, ties=()) -&gt; DataFrame</code>" in html
    assert "&lt;b&gt;Orders" in html
    assert "<b>" not in html
    assert "<li><code>ORDER_DOWN</code>: The greatest first.</li>" in html
    assert "<li><code>ORDER_UP</code></li>" in html
    assert re.search(r"<code>ties</code></td>.*<li><code>KEPT</code>: All of them\.</li>", html)


def test_text_of_an_extension_in_a_terminal(run):
    run("%load_ext graft")

    assert run("ext.top_k")[1].startswith(
        "Out[2]: \ntop_k(input, order_by, k, by=(), descending=False) -> DataFrame\n\nThe first k"
    )
    assert "<function __main__.own()>" in run("def own(): pass\nown")[1]
    run("%unload_ext graft")
    assert "<function graft.catalog.top_k(" in run("ext.top_k")[1]


def test_catalogue_is_a_table(shell):
    data, _ = shell.display_formatter.format(shell.user_ns["ext"])

    assert data["text/plain"] == "Extensions(mask, outer, top_k)"
    rows = data["text/html"].split("<tr>")[1:]
    assert len(rows) == 4
    assert "<code>top_k</code>" in rows[1]
    assert "The first k rows." in rows[1]
    assert "More" not in rows[1]
    assert FRAMES + "TopK" in rows[1]
    assert "p.jar" in rows[1]
