"""Which faults of the database are nobody's fault: to be tried again, or waited for."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError


class Unavailable(Exception):
    """The books cannot be reached or written now; what was handed in is not in them and may be handed in again."""


_COLLISIONS = frozenset({"40001", "40P01", "55P03", "57014"})
"""SQLSTATE of PostgreSQL: serialization failure, deadlock, a lock that did not come free, a statement that took too long."""


def is_collision(fault: Exception) -> bool:
    """Whether two transactions met and this one lost: doing it again will do."""
    return isinstance(fault, DBAPIError) and getattr(fault.orig, "sqlstate", None) in _COLLISIONS


def is_unavailable(fault: Exception) -> bool:
    """Whether the database itself failed, so that no part of the group can be kept."""
    return isinstance(fault, OperationalError | InterfaceError) or (
        isinstance(fault, DBAPIError) and fault.connection_invalidated
    )
