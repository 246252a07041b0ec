"""XML as a tree whose elements know their line, without document types and entities."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from portal.errors import BrokenFileError

from .bounds import DEEPEST, LARGEST
from .tidy import tidied


@dataclass
class Element:
    """An element without its namespace: children are elements and pieces of text in their order."""

    name: str
    line: int
    attributes: dict[str, str]
    children: list["Element | str"] = field(default_factory=list)

    def __iter__(self) -> Iterator["Element"]:
        return (child for child in self.children if isinstance(child, Element))

    @property
    def where(self) -> str:
        return f"line {self.line}, {self.name}"

    @property
    def text(self) -> str:
        """All its words, with single spaces."""
        return tidied("".join(self._pieces()))

    def _pieces(self) -> Iterator[str]:
        for child in self.children:
            if isinstance(child, Element):
                yield from child._pieces()
            else:
                yield child

    def all(self, name: str) -> Iterator["Element"]:
        """Elements of this name, however deep, in the order of the file."""
        for child in self:
            if child.name == name:
                yield child
            yield from child.all(name)

    def first(self, name: str) -> "Element | None":
        return next(self.all(name), None)


class _Tree:
    """Takes what the parser finds; the elements that are still open lead to the innermost."""

    def __init__(self, file: str):
        self.file = file
        self.open = [Element("", 0, {})]
        self.line = lambda: 0

    def start(self, tag, attributes):
        named = {_local(key): value for key, value in attributes.items()}
        element = Element(_local(tag), self.line(), named)
        if len(self.open) > DEEPEST:
            raise BrokenFileError(self.file, element.where, "it is nested too deep")
        self.open[-1].children.append(element)
        self.open.append(element)

    def end(self, tag):
        self.open.pop()

    def data(self, words):
        self.open[-1].children.append(words)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def read(file: str, text: str) -> Element:
    """The root element.

    Raises BrokenFileError with the line and the element for what does not parse or is nested too
    deep, and for a file with a document type or entities, which a statute has no use for.
    """
    if len(text) > LARGEST:
        raise BrokenFileError(file, "", f"it has {len(text)} characters, and {LARGEST} is the most")
    tree = _Tree(file)
    parser = DefusedXMLParser(target=tree, forbid_dtd=True)
    tree.line = lambda: parser.parser.CurrentLineNumber
    try:
        parser.feed(text)
        parser.close()
    except ParseError as error:
        inside = tree.open[-1].name or "before the first element"
        where = f"line {error.position[0]}, {inside}"
        raise BrokenFileError(file, where, str(error).partition(":")[0]) from error
    except DefusedXmlException as error:
        problem = "a document type or an entity is not accepted"
        raise BrokenFileError(file, f"line {tree.line()}", problem) from error
    return next(iter(tree.open[0]))
