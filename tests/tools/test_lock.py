from __future__ import annotations

from pathlib import Path

import pytest

from tools import lock

PYPROJECT = """
[build-system]
requires = ["hatchling"]
[project]
requires-python = ">=3.11"
dependencies = ["click>=8", "jinja2"]
optional-dependencies = { dev = ["pytest"] }
"""


@pytest.fixture(autouse=True)
def a_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(lock, "PYPROJECT", tmp_path / "pyproject.toml")
    monkeypatch.setattr(lock, "LOCK", tmp_path / "requirements.lock")
    lock.PYPROJECT.write_text(PYPROJECT)
    lock.LOCK.write_text(lock.head() + "click==8.1\n")
    return tmp_path


def test_a_lock_made_from_this_pyproject_fits() -> None:
    assert lock.faults() == []


def test_comments_and_order_do_not_make_a_lock_stale() -> None:
    lock.PYPROJECT.write_text("# why\n" + PYPROJECT.replace('"click>=8", "jinja2"', '"jinja2", "click>=8"'))
    assert lock.faults() == []


@pytest.mark.parametrize(
    ("before", "after"),
    [("jinja2", "jinja2>=3"), ("pytest", "tox"), ("hatchling", "flit_core"), ("3.11", "3.12")],
)
def test_a_changed_requirement_makes_the_lock_stale(before: str, after: str) -> None:
    lock.PYPROJECT.write_text(PYPROJECT.replace(before, after))
    assert lock.faults() == ["requirements.lock does not fit pyproject.toml: run `make lock`"]


def test_a_lock_that_names_an_index_is_refused() -> None:
    lock.LOCK.write_text(lock.head() + "--index-url https://mirror.example/simple\nclick==8.1\n")
    assert [fault.partition(":")[0] for fault in lock.faults()] == ["requirements.lock names an address"]


def test_a_missing_lock_is_said_to_be_missing() -> None:
    lock.LOCK.unlink()
    assert lock.faults() == ["requirements.lock is missing: run `make lock`"]
