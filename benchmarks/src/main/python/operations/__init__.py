"""Operations of plugins-builtin beside what one would write by hand in PySpark."""
