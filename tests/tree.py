"""A page as a tree of the standard library, so that tests ask for what a reader sees: links, rows, marks."""

from html.parser import HTMLParser
from xml.etree import ElementTree

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.builder, self.open = ElementTree.TreeBuilder(), []

    def handle_starttag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        if tag in VOID:
            self.builder.end(tag)
        else:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.builder.start(tag, {name: value or "" for name, value in attrs})
        self.builder.end(tag)

    def handle_endtag(self, tag):
        while tag in self.open:
            last = self.open.pop()
            self.builder.end(last)
            if last == tag:
                break

    def handle_data(self, data):
        if self.open:
            self.builder.data(data)


def read(html):
    """Return the root Element of a page's bytes."""
    reader = _Reader()
    reader.feed(html.decode())
    return reader.builder.close()


def words(element):
    """Return the text of an element in single spaces."""
    return " ".join("".join(element.itertext()).split())


def classed(tree, name, tag="*"):
    """Return the elements that have a class."""
    return [each for each in tree.iter() if tag in ("*", each.tag) and name in each.get("class", "").split()]


def rows(table):
    """Return the texts of the rows in a table's body."""
    return [[words(cell) for cell in row if cell.tag in ("th", "td")] for row in table.findall("./tbody/tr")]
