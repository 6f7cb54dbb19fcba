"""What all benchmarks need of the machine: a folder in memory to work in, programs that are run
and measured, servers that are started, asked and ended.
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
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None


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


def machine(work=None):
    """A line that says what was measured on; `work` is a folder that was named to work in."""
    where = f"in {work}" if work else "on a file system in memory" if MEMORY else "on a disk, whose moods the times hold as well"
    names = [line.split(":", 1)[1].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{cores} cores ({names[0] if names else 'of an unknown kind'}){load}, {where}"


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
