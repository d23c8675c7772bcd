"""Yes or no, as an answer to a question that has no other."""

from __future__ import annotations

from messages.understand.line import Kind, Line
from messages.understand.phrases import hits
from messages.understand.signs import Sign


def read_yes_no(text: str) -> bool | None:
    """Whether the answer is yes; None when it says neither, or both."""
    line = Line(text)
    found = list(hits(line))
    covered = {index for hit in found for index in range(hit.first, hit.after)}
    if any(i not in covered for i, token in enumerate(line.tokens) if token.kind is not Kind.MARK):
        return None
    yes = [hit for hit in found if Sign.YES in hit.signs]
    no = [hit for hit in found if Sign.NO in hit.signs]
    if any(not hit.signs & {Sign.YES, Sign.NO, Sign.POLITE} for hit in found) or bool(yes) == bool(no):
        return None
    return bool(yes)
