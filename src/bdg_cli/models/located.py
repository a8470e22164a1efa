"""The base of all models: frozen, no unknown keys, and each model knows the mapping it was made from."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, model_validator

from bdg_cli.findings import Place
from bdg_cli.nodes import Mapping, Scalar, Sequence


class Located(BaseModel):
    """A model made from a mapping of a file. A key left blank counts as a key not written."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    _node: Mapping | None = PrivateAttr(default=None)

    @model_validator(mode="wrap")
    @classmethod
    def _remember(cls, value: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        if not isinstance(value, Mapping):
            return handler(value)
        written = {key: entry for key, entry in value.items() if entry is not None or key not in cls._keys()}
        model = handler(written)
        model._node = value
        return model

    @classmethod
    @cache
    def _keys(cls) -> frozenset[str]:
        return frozenset(info.alias or name for name, info in cls.model_fields.items())

    @property
    def node(self) -> Mapping | None:
        """The mapping it was made from; None for models made in code."""
        return self._node

    def at(self, field: str) -> Place:
        """Where the value of a field stands; a missing one at the mapping's first key."""
        # Asked for more often than anything else: pydantic takes a long way to a private attribute.
        private = self.__pydantic_private__
        node = private["_node"] if private else None
        return node.at(field) if node is not None else Place("")

    def at_entry(self, field: str, value: str) -> Place:
        """Where one entry of a list of ids stands; the list where it is not found."""
        entries = self._node.get(field) if self._node is not None else None
        for entry in entries if isinstance(entries, Sequence) else ():
            if isinstance(entry, Scalar) and entry == value:
                return entry.place()
        return self.at(field)

    def here(self) -> Place:
        """Where the mapping begins."""
        return self._node.place() if self._node is not None else Place("")

    def says(self, field: str) -> bool:
        """Whether the key was written, even if left blank."""
        return self._node is not None and field in self._node.keys_at

    @classmethod
    def term(cls, field: str) -> str:
        """The Vietnamese term of a field."""
        return cls.model_fields[field].title or field


class Term(str, Enum):  # noqa: UP042 - StrEnum cannot carry the term beside the value
    """A closed value as it is written in files, with the Vietnamese words people read."""

    term: str

    def __new__(cls, value: str, term: str = "") -> Self:
        """Keep the written value as the member's value, and its term beside it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.term = term or value
        return member

    def __str__(self) -> str:
        return str(self.value)
