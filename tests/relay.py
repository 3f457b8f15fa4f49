"""A line to a PostgreSQL of this machine that can fall silent: nothing passes any more, and nothing is closed."""

import socket
import threading
from contextlib import suppress


class Relay:
    """Listens on ``port``; ``fall_silent`` until ``speak_again``, for lines that stand and for new ones alike."""

    def __init__(self, server: str) -> None:
        self._server, self._open = server, threading.Event()
        self._open.set()
        self._ends: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._let_in)]
        self._threads[0].start()

    def fall_silent(self) -> None:
        self._open.clear()

    def speak_again(self) -> None:
        self._open.set()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                guest, _ = self._door.accept()
                server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                server.connect(self._server)
                self._ends += [guest, server]
                for source, target in ((guest, server), (server, guest)):
                    self._threads.append(threading.Thread(target=self._pass_on, args=(source, target)))
                    self._threads[-1].start()

    def _pass_on(self, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while piece := source.recv(65536):
                self._open.wait()
                target.sendall(piece)
        with suppress(OSError):
            target.shutdown(socket.SHUT_WR)

    def close(self) -> None:
        self._open.set()
        for end in (self._door, *self._ends):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in (self._door, *self._ends):
            end.close()
