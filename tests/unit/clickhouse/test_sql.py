"""Where statements end and rows begin, whatever strings and comments hold."""

from __future__ import annotations

import pytest

from clickhouse.sql import InsertHead, SqlSyntaxError, insert_head, split_statements, tokens


class TestSplitting:
    def test_a_migration_file_falls_into_its_statements(self) -> None:
        text = """
            -- first; not yet a statement
            CREATE TABLE t (a String DEFAULT ';') ENGINE = MergeTree ORDER BY a; # the end; of it
            /* ; */ ;;
            INSERT INTO t VALUES ('it''s; \\'quoted\\''), ($tag$ ; ' $tag$);
            ALTER TABLE `t;` COMMENT COLUMN "a;" 'x' -- no semicolon after the last one
        """
        assert split_statements(text) == [
            "CREATE TABLE t (a String DEFAULT ';') ENGINE = MergeTree ORDER BY a",
            "INSERT INTO t VALUES ('it''s; \\'quoted\\''), ($tag$ ; ' $tag$)",
            "ALTER TABLE `t;` COMMENT COLUMN \"a;\" 'x'",
        ]

    @pytest.mark.parametrize("text", ["", "  \n", "-- only words;", "/* a; b */", ";;;"])
    def test_nothing_to_do_is_no_statement(self, text: str) -> None:
        assert split_statements(text) == []

    def test_comments_inside_of_a_statement_stay(self) -> None:
        assert split_statements("SELECT /* why; */ 1 -- because\n+ 1;") == [
            "SELECT /* why; */ 1 -- because\n+ 1"
        ]

    @pytest.mark.parametrize(
        ("text", "opened"),
        [("SELECT\n'oops", "'"), ("SELECT\n`a", "`"), ("SELECT\n/* a", "/*"), ("SELECT\n$x$ a", "$x$")],
    )
    def test_what_never_closes_is_named_with_its_line(self, text: str, opened: str) -> None:
        with pytest.raises(SqlSyntaxError) as refused:
            split_statements(text)
        assert str(refused.value) == f"line 2: {opened} is opened and never closed"


class TestTokens:
    def test_kinds(self) -> None:
        found = [
            (token.kind, token.text)
            for token in tokens("SELECT a1, 2.5 + 'x' AS `b` # no\n--no\n/* no */ $$y$$")
        ]
        assert found == [
            ("word", "SELECT"),
            ("word", "a1"),
            ("other", ","),
            ("number", "2"),
            ("other", "."),
            ("number", "5"),
            ("other", "+"),
            ("string", "'x'"),
            ("word", "AS"),
            ("quoted", "`b`"),
            ("string", "$$y$$"),
        ]


class TestInsertHead:
    @pytest.mark.parametrize(
        ("target", "rest", "format", "rows"),
        [
            ("INSERT INTO t ", "VALUES (1), (2)", "Values", " (1), (2)"),
            ("insert into d.t (a, b) ", "format JSONEachRow\n{}", "JSONEachRow", "{}"),
            ("INSERT INTO t ", "FORMAT CSV \t\r\n1,2\n", "CSV", "1,2\n"),
            ("INSERT INTO t ", "FORMAT TSV  \n\n1", "TSV", "\n1"),
            (
                "/* VALUES */ INSERT INTO `values` -- FORMAT x\n",
                "FORMAT Native\n\0\x01'",
                "Native",
                "\0\x01'",
            ),
            ("INSERT INTO TABLE FUNCTION file('FORMAT', 'CSV') (a) ", "VALUES (1)", "Values", " (1)"),
            ("INSERT INTO values ", "VALUES (1)", "Values", " (1)"),
            ("INSERT INTO {table:Identifier} ", "FORMAT CSV\n", "CSV", ""),
            ("INSERT INTO t (* EXCEPT(values)) ", "VALUES (1); SELECT 'x", "Values", " (1); SELECT 'x"),
        ],
    )
    def test_rows_are_told_from_the_statement(self, target: str, rest: str, format: str, rows: str) -> None:
        head = insert_head(target + rest)
        assert head is not None
        assert (head.target, head.settings, head.format) == (target, "", format)
        assert (target + rest)[head.data_start :] == rows

    def test_settings_stand_between_columns_and_format(self) -> None:
        text = "INSERT INTO t (a) SETTINGS x = 'FORMAT', y = 1 FORMAT CSV\n1"
        assert insert_head(text) == InsertHead(
            target="INSERT INTO t (a) ",
            settings="SETTINGS x = 'FORMAT', y = 1 ",
            format="CSV",
            data_start=len(text) - 1,
        )

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "SELECT 1 FORMAT CSV",
            "INSERT INTO t SELECT 1",
            "INSERT INTO t (a) WITH 1 AS x SELECT x FORMAT CSV",
            "INSERT INTO t FROM INFILE 'x' FORMAT CSV",
            "INSERT INTO t; VALUES (1)",
            "INSERT INTO t (a",
            "INSERT INTO t ('a VALUES (1)",
            "INSERT",
            "INSERT INTO",
            "INSERT INTO t FORMAT",
            "EXPLAIN INSERT INTO t VALUES (1)",
        ],
    )
    def test_other_statements_have_no_rows(self, text: str) -> None:
        assert insert_head(text) is None
