# SPDX-License-Identifier: GPL-2.0-or-later
"""The text of the benchmark: the HTML of documentation that Debian packages.

Only HTML is kept, so that every program reads the same files: what else a package holds (pictures,
scripts, reStructuredText) some programs read and others do not.
"""
import gzip
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

from . import say

PACKAGES = (
    "rust-doc python3.11-doc cppreference-doc-en-html openjdk-17-doc linux-doc-6.1 "
    "postgresql-doc-15 python-django-doc python-pandas-doc debian-handbook"
).split()
ENDINGS = (".html", ".htm", ".xhtml")
RECORD = "packages.json"  # in DIR: package -> version, files, bytes


def html_folder(top):
    return top / "html"


def read_record(top):
    try:
        return json.loads((top / RECORD).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        say.fail(f"cannot read {top / RECORD}: {error}")


def write_record(top, record):
    """Atomically: what it names is whole."""
    beside = top / (RECORD + ".new")
    beside.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    os.replace(beside, top / RECORD)


def run(command, folder):
    try:
        done = subprocess.run(
            command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
    except OSError as error:
        say.fail(f"cannot run {command[0]}: {error.strerror}; fetching needs Debian")
    return done.returncode, done.stdout.rstrip()


def download(package, folder):
    """The package's file in `folder`."""
    os.chmod(folder, 0o755)  # apt-get may download as a user of its own
    status, said = run(
        ["apt-get", "-q", "-o", "Acquire::http::Timeout=60", "download", package], folder
    )
    found = list(folder.glob("*.deb"))
    if status != 0 or len(found) != 1:
        say.fail(
            f"cannot fetch {package}. apt-get says:\n{said}\n"
            "Is there a network? Are the lists fresh (apt-get update)? Is it Debian 12?"
        )
    return found[0]


def is_html(name):
    return name.lower().removesuffix(".gz").endswith(ENDINGS)


def html_files(tree):
    """Regular HTML files below `tree`, links left out: what they lead to is there itself."""
    for folder, folders, names in os.walk(tree):
        folders.sort()
        for name in sorted(names):
            path = pathlib.Path(folder, name)
            if is_html(name) and not path.is_symlink() and path.is_file():
                yield path


def move_html(tree, target):
    """Moves the HTML of an unpacked package to `target`, unpacked; (files, bytes)."""
    files = list(html_files(tree))
    if not files:
        return 0, 0
    above = os.path.commonpath([path.parent for path in files])
    count = size = 0
    for path in files:
        place = target / path.relative_to(above)
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.suffix == ".gz":
            place = place.with_suffix("")
            place.write_bytes(gzip.decompress(path.read_bytes()))
        else:
            os.rename(path, place)
        count += 1
        size += place.stat().st_size
    return count, size


def fetch_package(package, top):
    """Downloads and unpacks one package into html/PACKAGE; what to record of it."""
    with tempfile.TemporaryDirectory(prefix=".fetch-", dir=top) as name:
        work = pathlib.Path(name)
        deb = download(package, work)
        version = deb.name.split("_")[1].replace("%3a", ":")
        status, said = run(["dpkg", "-x", deb.name, "unpacked"], work)
        if status != 0:
            say.fail(f"cannot unpack {deb.name}. dpkg says:\n{said}")
        (work / "html").mkdir()
        files, size = move_html(work / "unpacked", work / "html")
        target = html_folder(top) / package
        if target.exists():  # of a run that was stopped: it is not in the record
            shutil.rmtree(target)
        os.rename(work / "html", target)
    return {"version": version, "files": files, "bytes": size}


def fetch(top, packages):
    """Makes DIR hold the HTML of `packages`; what is there is not fetched again."""
    html_folder(top).mkdir(parents=True, exist_ok=True)
    for package in packages:
        record = read_record(top)
        if package not in record:
            say.note(f"fetching {package}")
            record[package] = fetch_package(package, top)
            write_record(top, record)
    record = read_record(top)
    for package, entry in sorted(record.items()):
        print(
            f"{package} {entry['version']}: {entry['files']:,} files, {entry['bytes'] / 1e6:,.1f} MB"
        )
    files = sum(entry["files"] for entry in record.values())
    size = sum(entry["bytes"] for entry in record.values())
    print(f"{files:,} HTML files, {size / 1e6:,.1f} MB in {html_folder(top)}")
