"""Draws programs from a seed: the same seed gives the same program, on any machine."""

from __future__ import annotations

import random
from typing import Any

from programs import Program, Step, parts_of

# Tables of a few columns that share names and numbers of columns, so that one in another's place
# is noticed only by what it holds.
TABLES = {
    "sales": "g string, n int, s string",
    "turned": "s string, g string, n int",
    "short": "n int, g string",
    "timed": "g string, n int, t string, s string",
}
SETTINGS = {
    "spark.sql.ansi.enabled": ("true", "false"),
    "spark.sql.session.timeZone": ("UTC", "Asia/Tokyo", "America/New_York"),
    "spark.sql.caseSensitive": ("true", "false"),
}
# What may be hit by them.
FRAMES_OF_SETTINGS = ("select_as", "with_column", "group_count", "select", "rename")
SHORTEST, LONGEST = 6, 14
EDGES = (-100.0, 0.0, 2.0, 4.0, 100.0)


def draw(seed: str, clones: bool) -> Program:
    """Draw a program.

    Parameters
    ----------
    clones
        Whether the sessions can be cloned (4.1 and later).
    """
    return _Drawing(seed, clones).program()


class _Drawing:
    """A program on its way, with what is believed about the columns of its frames.

    A view that was replaced or a setting may prove that wrong: then the step fails, and has to fail
    alike whichever way it is done.
    """

    def __init__(self, seed: str, clones: bool) -> None:
        self._seed = seed
        self._clones = clones
        self._random = random.Random(seed)  # which is the same for a text in every process
        self._steps: list[Step] = []
        self._columns: dict[int, dict[str, str]] = {}
        self._session_of: dict[int, int] = {}
        self._session = 0
        self._sessions = 1
        self._views: dict[int, dict[str, dict[str, str]]] = {0: {}}
        self._tables: dict[str, dict[str, str]] = {}
        self._cached: list[int] = []
        self._restless: set[int] = set()  # frames whose rows may be others each time
        self._asking: set[int] = set()  # frames with a subquery in their plans

    def program(self) -> Program:
        self._local()
        self._view()
        self._table()
        for _ in range(self._random.randint(SHORTEST, LONGEST)):
            self._step()
        # What was made early is looked at late: after all that has changed meanwhile.
        made = [number for number in self._columns if self._kind(number) != "local"]
        for number in self._random.sample(made, min(3, len(made))):
            self._add("columns", (number,), session=self._session_of[number])
            self._add("collect", (number,), session=self._session_of[number])
        return Program(self._seed, tuple(self._steps))

    def _step(self) -> None:
        kinds: dict[Any, int] = {
            self._local: 1,
            self._table: 7,
            self._plain: 12,
            self._extension: 17,
            self._view: 4,
            self._saved: 2,
            self._setting: 3,
            self._look: 5,
            self._cache: 4,
        }
        if self._clones:
            kinds[self._clone] = 1
        self._random.choices(list(kinds), list(kinds.values()))[0]()

    def _add(self, kind: str, inputs: tuple[int, ...] = (), /, **options: Any) -> int:
        session = options.pop("session", self._session)
        self._steps.append(Step(len(self._steps), kind, inputs, session, options))
        return len(self._steps) - 1

    def _make(
        self, believed: dict[str, str], kind: str, inputs: tuple[int, ...], /, **options: Any
    ) -> int:
        number = self._add(kind, inputs, **options)
        self._columns[number] = believed
        self._session_of[number] = self._session
        if self._restless & self._steps[number].needs():
            self._restless.add(number)
        subqueries = any(part[0] in ("most", "some") for part in parts_of(tuple(options.values())))
        if subqueries or self._asking & self._steps[number].needs():
            self._asking.add(number)
        return number

    def _kind(self, number: int) -> str:
        return self._steps[number].kind

    def _frame(self) -> int:
        """Return a frame of this session: late rather than early, and seldom mere rows."""
        frames = [each for each in self._columns if self._session_of[each] == self._session]
        if not frames:
            return self._local()
        made = [each for each in frames if self._kind(each) != "local"]
        if made and self._chance(0.85):
            frames = made
        return self._random.choice(frames[-3:] if self._chance(0.7) else frames)

    def _chance(self, probability: float) -> bool:
        return self._random.random() < probability

    def _name(self, frame: int, *types: str) -> str | None:
        names = [
            name for name, type_ in self._columns[frame].items() if type_ in types or not types
        ]
        if not names:
            return None
        name = self._random.choice(names)
        return name.swapcase() if self._chance(0.04) else name

    # Frames

    def _local(self) -> int:
        table = self._random.choice(list(TABLES))
        columns = dict(each.split() for each in TABLES[table].split(", "))
        return self._make(columns, "local", (), table=table)

    def _table(self) -> None:
        views = self._views[self._session]
        if self._tables and self._chance(0.4):
            name = self._random.choice(list(self._tables))
            self._make(dict(self._tables[name]), "saved_table", (), name=name)
        elif views:
            name = self._random.choice(list(views))
            self._make(
                dict(views[name]), self._random.choice(("table", "table", "sql")), (), name=name
            )

    def _plain(self) -> None:
        frame = self._frame()
        columns = self._columns[frame]
        names = list(columns)
        choice = self._random.choice(
            (
                "select",
                "turn",
                "filter",
                "with_column",
                "group",
                "union",
                "drop",
                "alias",
                "rename",
                "self_join",
                "input_column",
                "most_filter",
                "distinct",
            )
        )
        if not names:
            return
        if choice in ("select", "turn"):
            kept = self._random.sample(
                names, len(names) if choice == "turn" else self._random.randint(1, len(names))
            )
            self._make(
                {name: columns[name] for name in kept},
                "select",
                (frame,),
                columns=tuple(self._reference(frame, name) for name in kept),
            )
        elif choice == "filter":
            if name := self._name(frame, "int", "long"):
                self._make(
                    columns,
                    "filter_above",
                    (frame,),
                    column=self._reference(frame, name),
                    least=self._random.randint(-1, 4),
                )
        elif choice == "with_column":
            name = self._random.choice((*names, "c"))
            expression, type_ = self._expression(frame, 0)
            self._make(
                {**columns, name: type_}, "with_column", (frame,), name=name, column=expression
            )
        elif choice == "group":
            expression, type_ = self._expression(frame, 1)
            self._make({"k": type_, "count": "long"}, "group_count", (frame,), key=expression)
        elif choice == "union":
            others = [
                each
                for each in self._columns
                if self._session_of[each] == self._session
                and len(self._columns[each]) == len(columns)
            ]
            self._make(
                columns,
                self._random.choice(("union", "union_by_name")),
                (frame, self._random.choice(others)),
            )
        elif choice == "drop":
            name = self._name(frame)
            self._make(
                {each: type_ for each, type_ in columns.items() if each != name},
                "drop",
                (frame,),
                name=name,
            )
        elif choice == "alias":
            self._make(columns, "alias_all", (frame,), alias="a")
        elif choice == "rename":
            name = self._name(frame)
            self._make(
                {"r" if each == name else each: type_ for each, type_ in columns.items()},
                "rename",
                (frame,),
                name=name,
                to="r",
            )
        elif choice == "self_join":
            name = self._name(frame)
            self._make(
                {"x": columns.get(name, "string"), "y": columns[names[-1]]},
                "self_join",
                (frame,),
                on=name,
                other=names[-1],
            )
        elif choice == "input_column":
            self._input_column(frame)
        elif choice == "most_filter":
            subquery = self._most(self._frame())
            if subquery and (name := self._name(frame, "int", "long")):
                self._make(
                    columns, "filter_below", (frame,), column=("column", name), most=subquery
                )
        else:
            self._make(columns, "distinct", (frame,))

    def _input_column(self, frame: int) -> None:
        """Name a column of a frame by one that it was made of, as df["x"] does."""
        inputs = self._steps[frame].inputs
        if not inputs:
            return
        shared = [name for name in self._columns[inputs[0]] if name in self._columns[frame]]
        if shared:
            name = self._random.choice(shared)
            self._make(
                {name: self._columns[frame][name]},
                "select",
                (frame,),
                columns=(("of", inputs[0], name),),
            )

    def _reference(self, frame: int, name: str) -> tuple[Any, ...]:
        return ("of", frame, name) if self._chance(0.25) else ("column", name)

    def _most(self, frame: int) -> tuple[Any, ...] | None:
        # Spark groups by no subquery of which it thinks that it may tell another number each time.
        name = None if frame in self._restless else self._name(frame, "int", "long")
        return ("most", frame, name) if name else None

    # Extensions

    def _extension(self) -> None:
        frame = self._frame()
        columns = self._columns[frame]
        if not columns:
            return
        choice = self._random.choice(
            (
                "frames.top_k",
                "top_k",
                "top_k",
                "count_nulls",
                "row_number",
                "stamp",
                "numbered",
                "select",
                "select",
                "filter",
                "group",
            )
        )
        if choice == "frames.top_k":
            name = self._name(frame)
            if frame not in self._restless:
                self._make(
                    columns,
                    choice,
                    (frame,),
                    by=(self._name(frame),),
                    order_by=name,
                    k=self._random.randint(1, 3),
                    descending=self._chance(0.5),
                )
        elif choice == "top_k":
            ties = self._random.choice(("BROKEN", "KEPT", "DENSE"))
            order = (self._order(frame),)
            if ties == "BROKEN":  # so that it does not matter which of two rows comes first
                order += tuple(("column", name) for name in columns)
            by = () if self._chance(0.3) else (self._expression(frame, 1)[0],)
            self._make(
                columns,
                choice,
                (frame,),
                by=by,
                order_by=order,
                k=self._random.randint(1, 3),
                ties=ties,
            )
        elif choice == "count_nulls" and frame not in self._asking:
            # By hand the frame is asked for its columns, and Spark's cache keeps a plan with a
            # subquery only where it is the whole of what a client asks for.
            made = self._make({"column": "string", "nulls": "long"}, choice, (frame,))
            if self._chance(0.5):
                self._add(self._random.choice(("columns", "collect")), (made,))
        elif choice == "row_number":
            order = (self._order(frame), *(("column", name) for name in columns))
            tasks = 3 if frame not in self._restless and self._chance(0.2) else 1
            made = self._make(
                {**columns, "p": "long"}, choice, (frame,), order_by=order, column="p", tasks=tasks
            )
            if tasks > 1:  # it counts by partitions then, which Spark takes for a kind of chance
                self._restless.add(made)
        elif choice == "stamp":
            self._make({**columns, "stamp": "string"}, choice, (frame,), text="seen")
        elif choice == "numbered":
            self._restless.add(self._make({**columns, "i": "long"}, choice, (frame,), to="i"))
        elif choice == "select":
            expression, type_ = self._expression(frame, 2)
            other = self._random.choice(list(columns))
            self._make(
                {"e": type_, other: columns[other]},
                "select_as",
                (frame,),
                column=expression,
                other=other,
            )
        elif choice == "filter":
            expression, _ = self._masked(frame, 1)
            self._make(
                columns,
                "filter_like",
                (frame,),
                column=expression,
                pattern=self._random.choice(("*%", "%a", "**_")),
            )
        else:
            expression, type_ = self._expression(frame, 2)
            self._make({"k": type_, "count": "long"}, "group_count", (frame,), key=expression)

    def _order(self, frame: int) -> tuple[Any, ...]:
        most = self._most(self._frame()) if self._chance(0.25) else None
        name = self._name(frame, "int", "long")
        if most and name:
            return ("plus", ("column", name), most)
        return self._reference(frame, self._name(frame) or "n")

    def _expression(self, frame: int, depth: int) -> tuple[tuple[Any, ...], str]:
        """Draw an expression and its type; the deeper, the more extensions are in one another."""
        number = self._name(frame, "int", "long")
        choice = self._random.choice(("plain", "bucket", "mask", "hashed") if depth else ("plain",))
        if choice == "bucket" and number:
            inner: tuple[Any, ...] = self._reference(frame, number)
            most = self._most(self._frame()) if self._chance(0.3) else None
            return ("bucket", ("plus", inner, most) if most else inner, EDGES), "int"
        if choice == "mask":
            return self._masked(frame, depth)
        if choice == "hashed":
            return ("hashed", self._expression(frame, depth - 1)[0]), "long"
        text = self._name(frame, "string")
        if number and (text is None or self._chance(0.5)):
            return (
                "plus",
                self._reference(frame, number),
                ("literal", self._random.randint(-2, 2)),
            ), "int"
        reference = self._reference(frame, text or "s")
        return self._random.choice(
            [
                (reference, "string"),
                (reference, "string"),
                (("upper", reference), "string"),
                (("cast", reference, "int"), "int"),
                (("hour", reference), "int"),
            ]
        )

    def _masked(self, frame: int, depth: int) -> tuple[tuple[Any, ...], str]:
        subquery = self._chance(0.15) and self._most(self._frame())
        if subquery:
            inner: tuple[Any, ...] = self._random.choice(
                (subquery, ("some", subquery[1], "exists"))
            )
        else:
            inner = self._expression(frame, depth - 1)[0]
        if self._chance(0.5):
            return ("frames.mask", inner, self._random.randint(0, 2)), "string"
        return ("mask", inner, self._random.randint(0, 1), self._random.randint(0, 2)), "string"

    # Effects and looks

    def _view(self) -> None:
        views = self._views[self._session]
        frame = self._frame()
        if views and self._chance(0.75):
            frame = self._local() if self._chance(0.7) else frame
            name = self._random.choice(list(views))
        else:
            name = f"v{len(views)}"
        if frame not in self._restless:
            self._add("view", (frame,), name=name)
            views[name] = self._columns[frame]
            self._look_back("table", "sql")

    def _saved(self) -> None:
        frame = self._local() if self._chance(0.6) else self._frame()
        if frame not in self._restless:
            name = self._random.choice(list(self._tables) or ["t"])
            self._add("save", (frame,), name=name)
            self._tables[name] = self._columns[frame]
            self._look_back("saved_table")

    def _setting(self) -> None:
        name = self._random.choice(list(SETTINGS))
        self._add("set", (), name=name, value=self._random.choice(SETTINGS[name]))
        self._look_back(*FRAMES_OF_SETTINGS)

    def _look_back(self, *kinds: str) -> None:
        """Look at a frame that was made before something changed, and of what has changed."""
        touched: set[int] = set()
        for number in self._columns:
            if self._kind(number) in kinds or touched & self._steps[number].needs():
                touched.add(number)
        here = [number for number in sorted(touched) if self._session_of[number] == self._session]
        if here and self._chance(0.7):
            self._add(
                self._random.choice(("columns", "collect", "collect")), (self._random.choice(here),)
            )

    def _look(self) -> None:
        frame = self._frame()
        self._add(self._random.choice(("columns", "columns", "schema", "collect")), (frame,))

    def _cache(self) -> None:
        if self._cached and self._chance(0.4):
            frame = self._random.choice(self._cached)
            self._add("unpersist", (frame,), session=self._session_of[frame])
        else:
            frame = self._frame()
            self._cached.append(frame)
            self._add("cache", (frame,))

    def _clone(self) -> None:
        self._add("clone_session", (), to=self._sessions)
        self._views[self._sessions] = dict(self._views[self._session])
        if self._chance(0.8):
            self._session = self._sessions
        self._sessions += 1
