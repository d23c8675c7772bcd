"""A process is called dead only when it surely is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot.process_name import is_dead, new_name


@pytest.fixture
def ended():
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def named(number, host=None):
    ours, _, _ = new_name().rsplit("-", 2)
    return f"{host or ours}-{number}-abc123"


@pytest.mark.skipif(sys.platform == "win32", reason="there a process cannot be asked whether it runs")
def test_a_process_of_this_machine_that_has_ended_is_dead(ended):
    assert is_dead(named(ended), new_name())


def test_a_process_that_had_our_number_is_dead():
    assert is_dead(named(os.getpid()), new_name())


def test_we_and_whoever_runs_are_not_dead():
    own = new_name()
    assert not is_dead(own, own)
    assert not is_dead(named(os.getppid()), own)


@pytest.mark.parametrize("name", ["", "stage", "a-b-c", "-1-", "x-999999999999999999999-y"])
def test_of_a_name_that_says_nothing_nothing_is_known(name):
    assert not is_dead(name, new_name())


def test_of_another_machine_nothing_is_known(ended):
    assert not is_dead(named(ended, host="elsewhere"), new_name())


def test_no_two_names_are_alike():
    assert new_name() != new_name()
