"""Programs themselves: what they are drawn from, and how they become shorter."""

from drawing import draw
from programs import Program, Step
from sides import EFFECTS, FRAMES, LOOKS


def test_a_seed_gives_the_same_program_each_time():
    assert draw("seed", True) == draw("seed", True) != draw("another", True)


def test_every_step_is_drawn_and_can_be_run():
    kinds = {step.kind for number in range(300) for step in draw(f"{number}", True).steps}

    assert kinds == FRAMES.keys() | EFFECTS.keys() | LOOKS.keys()


def test_sessions_are_cloned_only_where_they_can_be():
    steps = [step for number in range(100) for step in draw(f"{number}", False).steps]

    assert not [step for step in steps if step.kind == "clone_session" or step.session]


def test_a_step_takes_those_along_that_need_it():
    program = Program(
        "by hand",
        (
            Step(0, "local", options={"table": "sales"}),
            Step(1, "local", options={"table": "short"}),
            Step(2, "select", (0,), options={"columns": (("column", "n"),)}),
            Step(
                3,
                "filter_below",
                (1,),
                options={"column": ("column", "n"), "most": ("most", 2, "n")},
            ),
            Step(4, "clone_session", options={"to": 1}),
            Step(5, "table", session=1, options={"name": "v0"}),
            Step(6, "columns", (5,), 1),
        ),
    )

    assert [step.number for step in program.without(0).steps] == [1, 4, 5, 6]
    assert [step.number for step in program.without(4).steps] == [0, 1, 2, 3]
    assert str(program).splitlines() == [
        "# seed by hand",
        "f0 = local(table='sales')",
        "f1 = local(table='short')",
        "f2 = select(f0, columns=[col('n')])",
        "f3 = filter_below(f1, column=col('n'), most=f2['n'].most())",
        "f4 = clone_session(to=1)",
        "f5 = table(name='v0')  # session 1",
        "f6 = columns(f5)  # session 1",
    ]
