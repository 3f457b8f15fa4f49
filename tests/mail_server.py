"""A mail server on this machine that speaks SMTP over TLS with whatever certificate it is given."""

import socket
import ssl
import threading
from contextlib import ExitStack, suppress
from pathlib import Path


class MailServer:
    """``is_implicit``: TLS from the first byte; otherwise STARTTLS, or nothing at all without a certificate.

    ``got`` are the letters it has taken, as (recipients, text); ``answers`` replaces its answer to a command,
    ``strangers`` are the recipients that it does not know.
    """

    def __init__(self, certificate: tuple[Path, Path] | None, *, is_implicit: bool = False) -> None:
        self._context = None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*certificate)
        self.is_implicit, self.got, self.logins = is_implicit, [], []
        self.answers: dict[str, str] = {}
        self.strangers: set[str] = set()
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._let_in)]
        self._threads[0].start()

    def __enter__(self) -> "MailServer":
        return self

    def __exit__(self, *_: object) -> None:
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                guest, _ = self._door.accept()
                guest.settimeout(10)
                self._threads.append(threading.Thread(target=self._serve, args=(guest,)))
                self._threads[-1].start()

    def _serve(self, guest: socket.socket) -> None:
        with suppress(OSError), ExitStack() as open_lines:
            line = open_lines.enter_context(guest)
            if self.is_implicit and self._context:
                line = open_lines.enter_context(self._context.wrap_socket(guest, server_side=True))
            line.sendall(b"220 mail.test\r\n")
            if self._talk(line, is_safe=self.is_implicit) and self._context:
                self._talk(open_lines.enter_context(self._context.wrap_socket(line, server_side=True)), is_safe=True)

    def _talk(self, line: socket.socket, *, is_safe: bool) -> bool:
        """True: the guest wants TLS now."""
        recipients: list[str] = []
        with line.makefile("rb") as lines:
            while said := lines.readline().decode("latin-1").strip():
                word = said.split()[0].upper()
                answer = self.answers.get(word) or self._answer(word, said, is_safe=is_safe)
                line.sendall(answer.encode() + b"\r\n")
                if word == "STARTTLS":
                    return True
                if word == "RCPT" and answer.startswith("250"):
                    recipients.append(_address(said))
                if word == "DATA" and answer.startswith("354"):
                    self.got.append((tuple(recipients), _letter(lines)))
                    line.sendall(b"250 taken\r\n")
                if word == "QUIT":
                    return False
        return False

    def _answer(self, word: str, said: str, *, is_safe: bool) -> str:
        if word == "EHLO":
            return "250-mail.test\r\n" + (
                "250 AUTH PLAIN" if is_safe else "250 STARTTLS" if self._context else "250 OK"
            )
        if word == "RCPT" and _address(said) in self.strangers:
            return "550 nobody of that name"
        if word == "AUTH":
            self.logins.append(said)
            return "235 come in"
        return {"STARTTLS": "220 go", "DATA": "354 go on", "QUIT": "221 bye"}.get(word, "250 ok")


def _address(said: str) -> str:
    return said.partition("<")[2].partition(">")[0]


def _letter(lines) -> str:
    text = []
    while (one := lines.readline().decode("latin-1").rstrip("\r\n")) != ".":
        text.append(one)
    return "\n".join(text)
