"""TLS before a PostgreSQL that has none: certificates made on the spot, and a gate that greets as the server would."""

import socket
import ssl
import subprocess
import threading
from contextlib import suppress
from pathlib import Path

_CA = """
[ca]
default_ca = house
[house]
database = {folder}/index.txt
serial = {folder}/serial
new_certs_dir = {folder}
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
"""


class Authority:
    """A hospital's own CA in ``folder``; needs the openssl command."""

    def __init__(self, folder: Path, name: str = "Test Hospital CA") -> None:
        self.folder = folder
        folder.mkdir()
        (folder / "ca.cnf").write_text(_CA.format(folder=folder))
        (folder / "index.txt").write_text("")
        (folder / "serial").write_text("01\n")
        self.file = folder / "ca.crt"
        _openssl(*_new_key(folder / "ca.key"), "-x509", "-days", "3650", "-subj", f"/CN={name}", "-out", str(self.file))

    def certificate(
        self, name: str, begins: str = "20200101000000Z", ends: str = "20491231000000Z"
    ) -> tuple[Path, Path]:
        """Certificate and key for a host or a login."""
        made = f"{name}-{len(list(self.folder.iterdir()))}"
        certificate, key, asked = (self.folder / f"{made}.{kind}" for kind in ("crt", "key", "csr"))
        _openssl(*_new_key(key), "-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}", "-out", str(asked))
        common = ("-batch", "-notext", "-config", str(self.folder / "ca.cnf"), "-cert", str(self.file))
        keys = ("-keyfile", str(self.folder / "ca.key"), "-in", str(asked), "-out", str(certificate))
        _openssl("ca", *common, *keys, "-startdate", begins, "-enddate", ends)
        key.chmod(0o600)
        return certificate, key


def _new_key(key: Path) -> tuple[str, ...]:
    return ("req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", str(key))


def _openssl(*arguments: str) -> None:
    subprocess.run(["openssl", *arguments], check=True, capture_output=True)


class Gate:
    """Listens on this machine and passes on to the server's socket; without a certificate it offers no TLS."""

    def __init__(self, server: str, certificate: tuple[Path, Path] | None, clients: Path | None = None) -> None:
        self._server, self._context = server, None
        if certificate is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(*certificate)
            if clients is not None:
                self._context.load_verify_locations(clients)
                self._context.verify_mode = ssl.CERT_REQUIRED
        self._lines: list[socket.socket] = []
        self._door = socket.create_server(("127.0.0.1", 0))
        self.port = self._door.getsockname()[1]
        self._threads = [threading.Thread(target=self._let_in)]
        self._threads[0].start()

    def _let_in(self) -> None:
        with suppress(OSError):
            while True:
                plain, _ = self._door.accept()
                self._lines.append(plain.dup())
                self._threads.append(threading.Thread(target=self._greet, args=(plain,)))
                self._threads[-1].start()

    def _greet(self, plain: socket.socket) -> None:
        with suppress(OSError), plain:
            plain.recv(8)
            plain.sendall(b"S" if self._context else b"N")
            if self._context is None:
                return
            with (
                self._context.wrap_socket(plain, server_side=True) as guest,
                socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server,
            ):
                server.connect(self._server)
                back = threading.Thread(target=_pass_on, args=(server, guest))
                back.start()
                _pass_on(guest, server)
                back.join()

    def cut(self) -> None:
        """Whoever is inside is out; who knocks is asked for a certificate again."""
        while self._lines:
            with suppress(OSError), self._lines.pop() as line:
                line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.cut()
        self._door.shutdown(socket.SHUT_RDWR)
        self._door.close()
        for thread in self._threads:
            thread.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)
