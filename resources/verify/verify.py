"""Checks an evidence pack of RecallDesk. Needs only Python 3.8 or newer, reads only, asks no network.

    python3 verify.py PACK.zip        or, in the unpacked folder:  python3 verify.py .

Every file must be what manifest.json says; every entry of audit.jsonl must carry the hash of its own content and follow
the entry before it; every seal must follow the seal before it and hold heads that stand in the chains; every paper must
be the one whose hash was put on record when it was made. What does not fit is named; the exit code is 1 then.
"""

import hashlib
import json
import sys
import zipfile
from pathlib import Path

FIELDS = ("previous", "person", "sequence", "at", "table", "row", "action", "before", "after")


def link(*fields):
    """SHA-256 over length-prefixed fields: the link of a chain."""
    body = "".join(f"{len(str(field))}:{field}," for field in fields)
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


def files_of(place):
    """Name to bytes; a part of an archive that cannot be read is None."""
    if place.is_dir():
        return {p.relative_to(place).as_posix(): p.read_bytes() for p in sorted(place.rglob("*")) if p.is_file()}
    found = {}
    with zipfile.ZipFile(str(place)) as archive:
        for name in archive.namelist():
            try:
                found[name] = archive.read(name)
            except Exception:
                found[name] = None
    return found


def check_files(files, faults):
    """Every file against the manifest, the manifest against itself."""
    manifest = json.loads(files["manifest.json"].decode("utf-8"))
    itself = dict(manifest, itself="")
    told = hashlib.sha256(json.dumps(itself, sort_keys=True, ensure_ascii=False).encode("utf-8")).hexdigest()
    if told != manifest.get("itself"):
        faults.append("manifest.json: changed")
    for name in sorted(set(files) | set(manifest["files"])):
        if name == "manifest.json":
            continue
        if name not in files:
            faults.append(name + ": missing")
        elif name not in manifest["files"]:
            faults.append(name + ": not part of the pack")
        elif files[name] is None or hashlib.sha256(files[name]).hexdigest() != manifest["files"][name]:
            faults.append(name + ": changed")
    return manifest


def check_chains(files, anchors, faults):
    """Returns each person's hashes by sequence, and the papers' hashes by number."""
    ends = {int(person): tuple(end) for person, end in anchors.items()}
    chains = {person: {end[0]: end[1]} for person, end in ends.items()}
    papers = {}
    for line in files["audit.jsonl"].decode("utf-8").splitlines():
        entry = json.loads(line)
        person, sequence = entry["person"], entry["sequence"]
        name = f"audit entry {person}/{sequence}"
        before = ends.get(person, (0, ""))
        if sequence != before[0] + 1:
            faults.append(name + ": an entry is missing before it")
        elif entry["previous"] != before[1]:
            faults.append(name + ": does not follow the entry before it")
        if "after" in entry:
            if link(*(entry[key] for key in FIELDS)) != entry["hash"]:
                faults.append(f"{name}: {entry['table']} row {entry['row']} changed")
            if entry["table"] == "document" and entry["after"]:
                row = json.loads(entry["after"])
                papers[row.get("number")] = row.get("content_hash")
        ends[person] = (sequence, entry["hash"])
        chains.setdefault(person, {})[sequence] = entry["hash"]
    return chains, papers


def check_seals(files, chains, faults):
    """Each seal against the one before, its heads against the chains."""
    before = None
    for seal in json.loads(files["seals.json"].decode("utf-8")):
        name = f"seal {seal['n']}"
        if before is not None:
            if seal["n"] != before["n"] + 1 or link(before["hash"], seal["n"], seal["heads"]) != seal["hash"]:
                faults.append(name + ": does not follow the seal before it")
            for person, sequence, its_hash in json.loads(seal["heads"]):
                known = chains.get(person, {})
                if known and sequence >= min(known) and known.get(sequence) != its_hash:
                    faults.append(f"{name}: entry {person}/{sequence} is another one")
        before = seal


def check_papers(files, papers, faults):
    """Each paper against the hash on record."""
    for name, content in sorted(files.items()):
        number = name.rpartition("/")[2].rpartition(".")[0]
        on_record = papers.get(number) if name.startswith("papers/") and content is not None else None
        if on_record and on_record != hashlib.sha256(content).hexdigest():
            faults.append(name + ": not the paper that was put on record")


def main(place):
    """Says what does not fit; 1 if anything does not."""
    faults = []
    try:
        files = files_of(place)
        manifest = check_files(files, faults)
        chains, papers = check_chains(files, manifest["anchors"], faults)
        check_seals(files, chains, faults)
        check_papers(files, papers, faults)
    except Exception as error:
        faults.append(f"cannot be read: {type(error).__name__}: {error}")
        manifest = {}
    beside = Path(str(place) + ".sha256")
    told = beside.read_text().split()[0] if place.is_file() and beside.exists() else ""
    if told and hashlib.sha256(place.read_bytes()).hexdigest() != told:
        faults.append(place.name + ": not the file whose hash lies beside it")
    if not faults:
        sys.stdout.write(f"sound: case {manifest['case']}, {len(files)} files, seal {manifest['seal']}\n")
    sys.stdout.writelines(fault + "\n" for fault in faults)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
