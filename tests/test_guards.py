"""The guards that fail a test on a surprise do see the surprise."""

import logging
import socket
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.guards import LogGuard, NetworkGuard, left_over_widgets
from tests.helpers.surroundings import settle


@pytest.fixture
def network() -> Iterator[NetworkGuard]:
    guard = NetworkGuard()
    with pytest.MonkeyPatch.context() as patch:
        guard.install(patch)
        yield guard


@pytest.fixture
def log() -> Iterator[logging.Logger]:
    """A logger that the guard of this very test does not see."""
    logger = logging.getLogger("somewhere")
    logger.propagate = False
    yield logger
    logger.propagate = True
    logger.handlers.clear()


def test_a_warning_that_no_test_announced_is_remembered(log: logging.Logger) -> None:
    guard = LogGuard(announced=logging.NullHandler())
    log.addHandler(guard)
    log.info("all is well")
    log.warning("the disk is %s", "full")
    assert guard.surprises == ["WARNING somewhere: the disk is full"]


def test_an_announced_warning_is_none_but_an_error_beside_it_is(log: logging.Logger) -> None:
    guard = LogGuard(announced=logging.NullHandler(logging.WARNING))
    log.addHandler(guard)
    log.warning("expected")
    log.error("not expected")
    assert guard.surprises == ["ERROR somewhere: not expected"]


@pytest.mark.parametrize("address", ["192.0.2.1", "::ffff:192.0.2.1", "2001:db8::1"])
def test_a_connection_beyond_this_machine_is_refused_and_remembered(
    address: str, network: NetworkGuard
) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as sock, pytest.raises(ConnectionRefusedError):
        sock.connect((address, 9))
    assert network.surprises == [f"connection to {address}"]


def test_a_look_up_of_a_public_name_fails_and_is_remembered(network: NetworkGuard) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("posthog.example", 443)
    assert network.surprises == ["look-up of posthog.example"]


def test_a_name_that_can_never_exist_fails_without_surprise(network: NetworkGuard) -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("nowhere.invalid", 443)
    assert network.surprises == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_connections_within_this_machine_go_through(host: str, network: NetworkGuard) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection((host, server.getsockname()[1])).close()
    assert network.surprises == []


class Stubborn(QWidget):
    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()


def test_a_window_that_refuses_to_close_is_gone_all_the_same(qapp: QApplication) -> None:
    window = Stubborn()
    window.show()
    assert window in qapp.topLevelWidgets()
    assert left_over_widgets() == []
    assert qapp.topLevelWidgets() == []


def test_proxies_and_trust_stores_of_the_machine_are_dropped() -> None:
    variables = {"https_proxy": "a", "NO_PROXY": "b", "SSL_CERT_FILE": "c", "PATH": "d"}
    with settle(variables):
        assert {"https_proxy", "NO_PROXY", "SSL_CERT_FILE"} & variables.keys() == set()
    assert variables["PATH"] == "d"
    assert variables["QT_QPA_PLATFORM"] == "offscreen"


def test_a_platform_that_was_asked_for_is_kept() -> None:
    variables = {"QT_QPA_PLATFORM": "xcb"}
    with settle(variables):
        assert variables["QT_QPA_PLATFORM"] == "xcb"
