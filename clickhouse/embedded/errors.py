"""Errors as a ClickHouse server reports them: code, name, text, and the HTTP status that goes with the code."""

from __future__ import annotations

import re

_CODE = re.compile(r"Code: (\d+)\. DB::Exception: ")

_STATUS = {
    status: frozenset(codes)
    for status, codes in {
        401: (194,),  # REQUIRED_PASSWORD
        # UNKNOWN_USER, WRONG_PASSWORD, AUTHENTICATION_FAILED, SET_NON_GRANTED_ROLE, ACCESS_DENIED
        403: (192, 193, 516, 512, 497),
        # BAD_ARGUMENTS, CANNOT_COMPILE_REGEXP, CANNOT_PARSE_*, *_COLUMN, *_AST*, SYNTAX_ERROR, INCORRECT_DATA,
        # TYPE_MISMATCH, VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE
        400: (
            36,
            427,
            6,
            25,
            26,
            38,
            41,
            72,
            441,
            675,
            676,
            27,
            376,
            15,
            44,
            37,
            123,
            8,
            167,
            168,
            223,
            62,
            117,
            53,
            321,
        ),
        # UNKNOWN_*: table, function, identifier, type, storage, database, setting, sort direction, aggregate
        # function, format, database engine, query type, role
        404: (60, 46, 47, 50, 56, 81, 115, 152, 63, 73, 336, 78, 511),
        408: (159,),  # TIMEOUT_EXCEEDED
        411: (381,),  # HTTP_LENGTH_REQUIRED
        413: (229,),  # QUERY_IS_TOO_LARGE
        415: (779,),  # UNSUPPORTED_MEDIA_TYPE
        501: (48,),  # NOT_IMPLEMENTED
        503: (209, 76, 439),  # SOCKET_TIMEOUT, CANNOT_OPEN_FILE, CANNOT_SCHEDULE_TASK
    }.items()
}


class QueryError(Exception):
    """A query that failed, with ClickHouse's code and text."""

    def __init__(self, code: int, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text

    @classmethod
    def of(cls, code: int, name: str, message: str) -> QueryError:
        """An error of our own in ClickHouse's form, as of(516, "AUTHENTICATION_FAILED", ...)."""
        return cls(code, f"Code: {code}. DB::Exception: {message} ({name})")

    @classmethod
    def from_engine(cls, message: str) -> QueryError:
        """An error of the engine; what chDB wraps around ClickHouse's text is left out."""
        match = _CODE.search(message)
        if match is None:
            return cls.of(1002, "UNKNOWN_EXCEPTION", message)
        return cls(int(match.group(1)), message[match.start() :].strip())

    @property
    def status(self) -> int:
        """The HTTP status that a server answers with."""
        return next((status for status, codes in _STATUS.items() if self.code in codes), 500)
