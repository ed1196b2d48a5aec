"""Fixtures for every test: a settled environment, and a failure on any surprise."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
import pytest_asyncio

from tests.helpers import surroundings
from tests.helpers.guards import LogGuard, NetworkGuard, left_over_widgets

__all__ = ["surroundings"]

QT_FOLDERS = {"ui", "e2e"}
QT_RAN = pytest.StashKey[bool]()
"""Whether the test before this one had widgets"""
TESTS = Path(__file__).parent

hypothesis.settings.register_profile("ci", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("explore", max_examples=2000, deadline=None)
hypothesis.settings.load_profile("ci")


def wants_qt(item: pytest.Item) -> bool:
    """Tests of the window live in folders of their own; all others stay clear of Qt."""
    return item.path.relative_to(TESTS).parts[0] in QT_FOLDERS


def qt_loop() -> asyncio.AbstractEventLoop:
    from tests.helpers.loop import PatientLoop

    return PatientLoop()


def pytest_asyncio_loop_factories(
    item: pytest.Item,
) -> dict[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run the window's coroutine tests on Qt's loop, all others on the plain one."""
    return {"qt": qt_loop} if wants_qt(item) else {"plain": asyncio.new_event_loop}


def pytest_collection_finish() -> None:
    """Whatever is loaded by now stays: each collection of the tests' garbage passes it over.

    There is one before and one after every test of the window; this makes a third of their time.
    """
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make what was logged fit to be told between processes: lone surrogates are not."""
    report = yield
    report.sections = [
        (name, text.encode("utf-8", "backslashreplace").decode("utf-8"))
        for name, text in report.sections
    ]
    return report


@pytest.fixture(scope="session", autouse=True)
def _network() -> Iterator[NetworkGuard]:
    guard = NetworkGuard()
    with pytest.MonkeyPatch.context() as patch:
        guard.install(patch)
        yield guard


@pytest.fixture(autouse=True)
def _no_surprise(
    request: pytest.FixtureRequest, _network: NetworkGuard, caplog: pytest.LogCaptureFixture
) -> Iterator[None]:
    """Fail on an unannounced log message, a step onto the network, or a leaked task or widget.

    Set up before everything else, so that it looks when everything else has been put away.
    """
    log = LogGuard(caplog.handler)
    logging.getLogger().addHandler(log)
    _network.surprises.clear()
    # Collected by a thread of a server, Qt's objects crash (composer/ui/garbage.py). So there is no
    # automatic collection while they live, and none are left for the threads of the next test.
    if request.session.stash.get(QT_RAN, False):
        gc.collect()
        if not gc.get_freeze_count():  # an app that ended has thawed everything
            gc.freeze()
    request.session.stash[QT_RAN] = wants_qt(request.node)
    if wants_qt(request.node):
        request.getfixturevalue("qapp")
        gc.disable()
    if request.node.get_closest_marker("asyncio"):
        request.getfixturevalue("_no_task_left")
    yield
    logging.getLogger().removeHandler(log)
    surprises = [*log.surprises, *_network.surprises]
    if "qapp" in request.fixturenames:
        surprises += left_over_widgets()
    gc.enable()
    if surprises:
        pytest.fail("Surprises: " + "; ".join(surprises), pytrace=False)


@pytest_asyncio.fixture
async def _no_task_left() -> AsyncIterator[None]:
    """Fail when a coroutine test and its fixtures leave a task behind."""
    yield
    await asyncio.sleep(0)  # what was just cancelled may end
    left = asyncio.all_tasks() - {asyncio.current_task()}
    if left:
        names = ", ".join(sorted(task.get_name() for task in left if task))
        pytest.fail(f"Tasks left behind: {names}", pytrace=False)
