"""Typed access to a parsed TOML table; every complaint names the file and the key."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from minerals.excel.addresses import column_index, position, split_cell
from minerals.excel.errors import LayoutError


class TomlTable:
    """One table of a layout file. ``path`` is the key that leads to it."""

    def __init__(self, values: dict[str, Any], file: str, path: str = "") -> None:
        self.values = values
        self.file = file
        self.path = path

    def error(self, key: str, problem: str) -> LayoutError:
        return LayoutError(f"{self.file}: {self._key(key)} {problem}")

    def _key(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def only(self, *allowed: str) -> None:
        """Refuse keys nobody reads: a misspelt key must not go unnoticed."""
        for key in self.values:
            if key not in allowed:
                raise self.error(key, "is not a known key")

    def text(self, key: str, default: str | None = None) -> str:
        return cast(str, self._typed(key, str, default))

    def number(self, key: str, default: int | None = None) -> int:
        value = cast(int, self._typed(key, int, default))
        if value < 1:
            raise self.error(key, "must be 1 or more")
        return value

    def flag(self, key: str, default: bool | None = None) -> bool:
        return cast(bool, self._typed(key, bool, default))

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        return self._list(key, str, default)

    def numbers(self, key: str, default: tuple[int, ...] | None = None) -> tuple[int, ...]:
        return self._list(key, int, default)

    def choice(self, key: str, allowed: tuple[str, ...], default: str) -> str:
        value = self.text(key, default)
        if value not in allowed:
            raise self.error(key, f"must be one of {', '.join(allowed)}")
        return value

    def address(self, key: str, default: str | None = None) -> str:
        return self._checked(key, self.text(key, default), position)

    def cell(self, key: str) -> str:
        return self._checked(key, self.text(key), split_cell)

    def cells(self, key: str) -> tuple[str, ...]:
        return tuple(self._checked(key, cell, split_cell) for cell in self.texts(key, ()))

    def column(self, key: str) -> str:
        return self._checked(key, self.text(key), column_index)

    def row_ranges(self, key: str) -> tuple[tuple[int, int], ...]:
        ranges = self._list(key, list, None)
        for item in ranges:
            if len(item) != 2 or not all(isinstance(end, int) for end in item):
                raise self.error(key, "must be a list of [first row, last row]")
        return tuple((first, last) for first, last in ranges)

    def table(self, key: str) -> TomlTable:
        return TomlTable(self._typed(key, dict, None), self.file, self._key(key))

    def tables(self, key: str) -> Iterator[TomlTable]:
        for number, values in enumerate(self._list(key, dict, ()), start=1):
            yield TomlTable(values, self.file, f"{self._key(key)}[{number}]")

    def _typed(self, key: str, kind: type, default: Any) -> Any:
        value = self.values.get(key, default)
        if value is None:
            raise self.error(key, "is missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(key, f"must be of type {kind.__name__}")
        return value

    def _list(self, key: str, kind: type, default: Any) -> tuple[Any, ...]:
        value = self.values.get(key, default)
        if value is None:
            raise self.error(key, "is missing")
        if not isinstance(value, list | tuple) or not all(isinstance(v, kind) for v in value):
            raise self.error(key, f"must be a list of {kind.__name__}")
        return tuple(value)

    def _checked(self, key: str, value: str, check: Any) -> str:
        try:
            check(value)
        except ValueError as problem:
            raise self.error(key, str(problem)) from problem
        return value
