"""Names of people as they are written down."""

from __future__ import annotations


def proper_name(typed: str) -> str:
    """A name with its capitals, as it is written down when it was typed in one case: «nguyen thi hoa», «HOA»."""
    if typed not in (typed.lower(), typed.upper()):
        return typed
    return " ".join(word[:1].upper() + word[1:].lower() for word in typed.split())
