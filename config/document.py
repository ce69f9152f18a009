"""Reads YAML as plain data whose every value still knows its line and column.

One pass for both: the node tree that the parser builds holds the positions, so a file with mistakes needs no second
reading. Only plain types come out. Tags, merge keys and self-reference are refused, and depth and size are bounded,
whatever aliases multiply.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from config.problems import Problem, Wrong, quoted
from monitor.model.mendable import phrase

DEEPEST = 20  # levels; the deepest of our files has 5
MOST_NODES = 1_000_000  # values in a file, aliases counted each time they are used

_TAG = "tag:yaml.org,2002:"
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)", re.ASCII)

Loc = Sequence[str | int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One YAML document: its plain data, and the nodes that say where each value stands."""

    file: str
    data: object
    root: Node

    def place(self, loc: Loc, *, of_key: bool = False) -> tuple[int, int]:
        """Line and column, from 1, of the value at `loc`, or of its key; of the nearest parent when it is not there."""
        node, key = self.root, self.root
        for step in loc:
            inner = _child(node, step)
            if inner is None:
                break
            key, node = inner
        return _position(key if of_key or _is_absent(node) else node)


class _Refused(Exception):
    """A node that ends the reading of its text."""

    def __init__(self, node: Node, wrong: Wrong) -> None:
        super().__init__(str(wrong))
        self.node = node
        self.wrong = wrong


def parse(file: str, text: str) -> tuple[list[Document], list[Problem]]:
    """The documents of a YAML text, and what is wrong with it as YAML.

    What cannot be read ends the text; a key that stands twice or a tag does not, so that the rest is checked as well.
    """
    documents: list[Document] = []
    plain = _Plain(file)
    try:
        documents.extend(Document(file=file, data=plain.value(root), root=root) for root in _composed(text))
    except _Refused as refused:
        plain.report(refused.node, refused.wrong)
    except YAMLError as error:
        plain.problems.append(_syntax_problem(file, text, error))
    return documents, plain.problems


def _composed(text: str) -> Iterator[Node]:
    yaml = YAML(typ="safe", pure=True)  # one parser on every machine: the same marks, the same bounds
    yaml.max_depth = DEEPEST
    yaml.composer.warn_double_anchors = False  # the later one counts, as YAML says
    yield from yaml.compose_all(text)


class _Plain:
    """Turns nodes into plain data, and notes what may not stand in our files."""

    def __init__(self, file: str) -> None:
        self.problems: list[Problem] = []
        self._file = file
        self._left = MOST_NODES
        self._open: set[int] = set()  # collections being read: an alias to one of them refers to itself

    def report(self, node: Node, wrong: Wrong) -> None:
        line, column = _position(node)
        self.problems.append(Problem.of(self._file, wrong, line=line, column=column))

    def value(self, node: Node) -> object:
        self._left -= 1
        if self._left < 0:
            raise _Refused(node, Wrong(phrase("the file holds too many values"), phrase("split it into several files")))
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        if id(node) in self._open:
            raise _Refused(node, Wrong(phrase("an alias refers to itself"), phrase("write the value out")))
        self._open.add(id(node))
        try:
            return self._collection(node)
        finally:
            self._open.remove(id(node))

    def _collection(self, node: Node) -> object:
        match node:
            case MappingNode() if _tag(node) == "map":
                return self._mapping(node)
            case SequenceNode() if _tag(node) == "seq":
                return [self.value(item) for item in node.value]
            case _:
                self._tagged(node)
                return None

    def _mapping(self, node: MappingNode) -> dict[str, object]:
        held: dict[str, object] = {}
        for key, value in node.value:
            name = self._key(key)
            if name in held:
                self.report(
                    key, Wrong(phrase("key {key} stands here twice", key=quoted(name)), phrase("remove one of them"))
                )
            held[name] = self.value(value)
        return held

    def _key(self, node: Node) -> str:
        if isinstance(node, ScalarNode) and _tag(node) != "merge":
            return str(node.value)
        raise _Refused(
            node, Wrong(phrase("a key must be one plain word"), phrase("write the keys one by one, as “name: value”"))
        )

    def _scalar(self, node: ScalarNode) -> object:
        text = str(node.value)
        try:
            match _tag(node):
                case "str" | "timestamp":
                    return _date_or_text(node, text)
                case "null":
                    return None
                case "bool":
                    return text.casefold() == "true"
                case "int":
                    return int(text.replace("_", ""), 0 if text.lstrip("+-")[:2] in ("0x", "0o") else 10)
                case "float":
                    return float(text.replace("_", "").replace(".inf", "inf").replace(".nan", "nan"))
                case _:
                    self._tagged(node)
                    return None
        except ValueError:
            return text

    def _tagged(self, node: Node) -> None:
        what = phrase("the tag {tag} is not accepted", tag=quoted(node.tag))
        self.report(node, Wrong(what, phrase("remove the word with the “!”")))


def _tag(node: Node) -> str:
    return str(node.tag).removeprefix(_TAG)


def _date_or_text(node: ScalarNode, text: str) -> date | str:
    """A plain 2026-03-18 is a date; in quotes it is text, as is a day that no calendar has."""
    if node.style is None and (found := _DATE.fullmatch(text)):
        return date(*map(int, found.groups()))
    return text


def _child(node: Node, step: str | int) -> tuple[Node, Node] | None:
    """The key and the value at one step; of a sequence the item is both."""
    if isinstance(node, MappingNode):
        pairs = cast(list[tuple[Node, Node]], node.value)
        return next(((key, value) for key, value in pairs if key.value == step), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _is_absent(node: Node) -> bool:
    """Whether nothing stands after the colon: the parser then puts the value at the next word, wherever that is."""
    return isinstance(node, ScalarNode) and node.style is None and not node.value


def _position(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _syntax_problem(file: str, text: str, error: YAMLError) -> Problem:
    what = phrase("this is not valid YAML")
    mend = phrase("look at the indentation, the colons and the quotes of this line and the one before")
    line, column = 1, 1
    match error:
        case MarkedYAMLError(problem_mark=StringMark() as mark):
            line, column = mark.line + 1, mark.column + 1
            what = phrase("this is not valid YAML ({reason})", reason=error.problem or error.context or "")
        case ReaderError():
            before = text[: error.position]
            line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
            what, mend = phrase("a control character stands here"), phrase("delete it and type the line anew")
        case _:
            pass
    return Problem(file=file, line=line, column=column, what=what, mend=mend)
