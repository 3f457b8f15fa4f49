"""A saved web page as text: what a reader sees, table cells between tabs."""

from html.parser import HTMLParser

_SILENT = frozenset({"script", "style", "head", "noscript", "template", "svg"})
_BLOCKS = frozenset({"p", "div", "br", "li", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "section", "dd", "dt"})
_CELLS = frozenset({"td", "th"})


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _CELLS:
            self.pieces.append("\t")
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.pieces.append(" ".join(data.split()) + (" " if data[-1:].isspace() else ""))


def page_text(markup: str) -> str:
    """Never raises; blank lines are taken together."""
    page = _Page()
    page.feed(markup)
    page.close()
    lines = (line.strip(" ").rstrip("\t ") for line in "".join(page.pieces).split("\n"))
    return "\n".join(line for line in lines if line)
