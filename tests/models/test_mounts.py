"""A file on another computer is refused with the reason."""

from pathlib import Path

import pytest

from app.core.clock import system_clock
from app.models import mounts
from app.models.database import Database
from app.models.mounts import NetworkShareError, demand_local, is_unc, kind_at

TABLE = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/shared nfs4 rw 0 0
//files/ward /srv/ward\\040share cifs rw 0 0
me@host: /media/far fuse.sshfs rw 0 0
tmpfs /srv/shared/here tmpfs rw 0 0
host /mnt/host 9p rw 0 0
""".splitlines()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/var/lib/recalldesk.db", ""),
        ("/srv/shared/recalldesk.db", "nfs4"),
        ("/srv/shared-not/recalldesk.db", ""),
        ("/srv/shared/here/recalldesk.db", ""),
        ("/srv/ward share/recalldesk.db", "cifs"),
        ("/media/far/recalldesk.db", "fuse.sshfs"),
        ("/mnt/host/a/b/recalldesk.db", "9p"),
    ],
)
def test_the_deepest_mount_decides(path, kind):
    assert kind_at(Path(path), TABLE) == kind
    if kind:
        with pytest.raises(NetworkShareError) as refused:
            demand_local(Path(path), TABLE)
        assert refused.value.values["kind"] == kind
    else:
        demand_local(Path(path), TABLE)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (r"\\server\share\a.db", True),
        (r"C:\a.db", False),
        (r"\\?\UNC\server\share\a.db", True),
        (r"\\?\C:\a.db", False),
    ],
)
def test_a_path_that_names_a_server_is_a_share(path, expected):
    assert is_unc(path) is expected


def test_the_database_refuses_before_anything_is_written(tmp_path, monkeypatch):
    monkeypatch.setattr(mounts, "_lines", lambda: [f"server:/x {tmp_path} nfs rw 0 0"])
    with pytest.raises(NetworkShareError):
        Database(f"sqlite:///{tmp_path / 'ward.db'}", system_clock)
    assert list(tmp_path.iterdir()) == []
