"""Starts the desktop on an empty database in this process and writes down whom it tried to reach."""

import contextlib
import ipaddress
import json
import os
import pkgutil
import sys

REACHED: list[str] = []
ASKING = {"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}


def listen(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook: Python tells it of every connection and every name looked up."""
    if event not in ASKING:
        return
    target = arguments[-1] if event in {"socket.connect", "socket.sendto"} else arguments[0]
    host = target[0] if isinstance(target, tuple) else target
    if not is_here(host):
        REACHED.append(f"{event} {target!r}")


def is_here(host: object) -> bool:
    """A path is a socket of this machine; so are localhost and 127.0.0.1."""
    if host is None or isinstance(host, bytes) or str(host).startswith("/") or host in {"", "localhost"}:
        return True
    with contextlib.suppress(ValueError):
        return ipaddress.ip_address(str(host)).is_loopback
    return False


def main(url: str) -> None:
    sys.addaudithook(listen)
    import app

    for module in pkgutil.walk_packages(app.__path__, "app."):
        __import__(module.name)
    from PySide6.QtCore import QDeadlineTimer
    from PySide6.QtWidgets import QApplication

    from app import bootstrap

    def for_a_moment(*_: object) -> int:
        """An event loop that ends by itself."""
        deadline = QDeadlineTimer(300)
        while not deadline.hasExpired():
            QApplication.processEvents()
        return 0

    QApplication.exec = for_a_moment  # type: ignore[method-assign] the window opens and nobody sits there
    code = bootstrap.desktop(url)
    told = {"code": code, "reached": REACHED, "network": sorted(name for name in sys.modules if "QtNetwork" in name)}
    print(json.dumps(told), flush=True)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
