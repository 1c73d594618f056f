"""One way to read XML: expat, streaming, UTF-8 (or UTF-16 with its mark), no DOCTYPE and so no entities, depth and
number of elements bounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from xml.parsers import expat

from workbook.receive.intake import limits
from workbook.receive.intake.unsafe import SAVE_AGAIN, Finding, Unsafe, damaged, too_large

XML_NAMES = (".xml", ".rels", ".vml", ".rdf")


class Listener:
    """What hears an XML document. path: the names of the elements that are open, the innermost last.

    Names carry the prefixes that `spaces` gives (address of a namespace -> prefix), whatever the document uses;
    names of other namespaces never equal one of these. root: the outermost element, where only one is right: a document
    in another namespace would seem to hold nothing.
    """

    spaces: Mapping[str, str] = {}
    root: str | None = None

    def __init__(self) -> None:
        self.path: list[str] = []

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element begins; it is not yet on the path."""

    def closed(self, name: str) -> None:
        """An element ends; it is no longer on the path."""

    def characters(self, text: str) -> None:
        """Text, in pieces."""


class _Names(dict[str, str]):
    """Names as expat gives them (address and name) -> with the listener's prefixes."""

    def __init__(self, spaces: Mapping[str, str]) -> None:
        super().__init__()
        self._spaces = spaces

    def __missing__(self, name: str) -> str:
        address, space, local = name.rpartition(" ")
        prefix = self._spaces.get(address) if space else None
        self[name] = made = f" {name}" if prefix is None else prefix + local
        return made


def listen(member: str, chunks: Iterable[bytes], listener: Listener) -> None:
    """Have the listener hear the member. Raises Unsafe for invalid XML, or for more than plain XML."""
    parser = _parser(member)
    names, path = _Names(listener.spaces), listener.path
    opened, closed = listener.opened, listener.closed
    left = limits.ELEMENTS

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal left
        left -= 1
        if len(path) >= limits.DEPTH or left < 0:
            raise _too_much(member, left < 0)
        name = names[name]
        if attributes and " " in "".join(attributes):
            attributes = {names[key] if " " in key else key: value for key, value in attributes.items()}
        if not path and name != (listener.root or name):
            raise damaged(member, f"it begins with {name.strip()[-80:]}, not with {listener.root}")
        opened(name, attributes)
        path.append(name)

    def end(name: str) -> None:
        closed(path.pop())

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = listener.characters
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise _invalid(member, error) from None


def well_formed(member: str, content: bytes) -> None:
    """Refuse a member that is invalid XML; what it says is not looked at."""
    try:
        _parser(member).Parse(content, True)
    except expat.ExpatError as error:
        raise _invalid(member, error) from None


class _ReachedError(Exception):
    """The root element was reached."""


def plain_start(member: str, chunks: Iterable[bytes]) -> None:
    """Refuse a member whose XML begins with a DOCTYPE; whatever follows the root element's start is not looked at."""
    parser = _parser(member)

    def start(name: str, attributes: dict[str, str]) -> None:
        raise _ReachedError

    parser.StartElementHandler = start
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
    except _ReachedError:
        return
    except expat.ExpatError as error:
        raise _invalid(member, error) from None


def _parser(member: str) -> expat.XMLParserType:
    # The encoding is given, not asked for: another could hide from this parser what a spreadsheet program sees.
    parser = expat.ParserCreate("UTF-8", " ")
    parser.buffer_text, parser.buffer_size = True, 64 * 1024

    def doctype(*_: object) -> None:
        raise Unsafe(Finding(member, "a DOCTYPE, which can hold entities that grow without end", SAVE_AGAIN))

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ("utf-8", "utf-16", "us-ascii"):
            raise damaged(member, f"XML in the encoding {encoding[:20]}")

    parser.XmlDeclHandler = declaration
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = doctype
    return parser


def _invalid(member: str, error: expat.ExpatError) -> Unsafe:
    return damaged(member, f"invalid XML, {expat.ErrorString(error.code)} at line {error.lineno}")


def _too_much(member: str, elements: bool) -> Unsafe:
    if elements:
        return too_large(member, "too many XML elements", f"{limits.ELEMENTS:,}")
    return too_large(member, "XML elements nested too deep", f"{limits.DEPTH} deep")
