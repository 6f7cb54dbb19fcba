#!/usr/bin/env python3
"""How many requests the preview answers, beside nginx serving the same site's files.

    bench/load.py [--pages 1000] [--seconds 10] [--runs 3]

Builds the site and starts bokworm's preview and nginx (with its files in memory, its file cache on and its
log off), then asks each in turn for all pages, over 64 connections that are kept open, with wrk.
Prints requests a second, how long answers took, what did not succeed, the server's processor time for each
request and its peak memory; medians of the runs. The preview renders a page when it is first asked for, so the
first run holds that, too. wrk runs on the same machine, so with two
cores a server has about one. nginx and wrk are those that are installed, or are taken out of Debian's
packages without installing them. The status is 1 if a request failed.
"""
import argparse
import contextlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import machine
import programs
from book import Book
from dialects import DIALECTS

NGINX = """
daemon off;
{user}
worker_processes auto;
error_log stderr crit;
pid {work}/nginx.pid;
events {{ worker_connections 1024; }}
http {{
  types {{ text/html html; text/css css; text/javascript js; image/png png; image/svg+xml svg; }}
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 100000000;
  open_file_cache max=100000 inactive=1h;
  open_file_cache_valid 1h;
  client_body_temp_path {work}/temp; proxy_temp_path {work}/temp; fastcgi_temp_path {work}/temp;
  uwsgi_temp_path {work}/temp; scgi_temp_path {work}/temp;
  server {{
    listen 127.0.0.1:{port};
    root {work}/out;
    location / {{ try_files $uri $uri.html $uri/index.html =404; }}
  }}
}}
"""

# Every connection asks for page after page.
WRK = """
local addresses = {{ {addresses} }}
local at = 0
request = function()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at])
end
done = function(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status + summary.errors.timeout
  io.write(string.format("figures %d %d %d %d %d %d\\n", summary.requests, summary.duration, failed,
    latency:percentile(50), latency:percentile(99), summary.bytes))
end
"""


def processes(parent):
    """A process and those that it started."""
    try:
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    except OSError:
        children = []
    return [parent, *(int(child) for child in children)]


def processor_time(parent):
    """Seconds of the processor that a server has taken so far."""
    ticks = 0
    for process in processes(parent):
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_memory(parent):
    texts = [Path(f"/proc/{process}/status").read_text() for process in processes(parent)]
    return sum(int(re.search(r"VmHWM:\s+(\d+)", text).group(1)) for text in texts) / 1024


class Server:
    def __init__(self, name, port, process):
        self.name, self.port, self.process = name, port, process
        self.runs = []

    def wait(self):
        client, begun = machine.Client(self.port), time.perf_counter()
        while client.get("/")[0] != 200:
            if self.process.poll() is not None or time.perf_counter() - begun > 120:
                sys.exit(f"{self.name} serves nothing")
            time.sleep(0.05)

    def load(self, wrk, script, seconds):
        program, environment = wrk
        before = processor_time(self.process.pid)
        argv = [str(program), "--threads", "1", "--connections", "64", "--duration", f"{seconds}s", "--script", str(script)]
        argv.append(f"http://127.0.0.1:{self.port}")
        said = subprocess.run(argv, env=environment, stdout=subprocess.PIPE, text=True, check=True).stdout
        requests, micros, failed, half, most, size = map(int, re.search(r"^figures (.*)$", said, re.M).group(1).split())
        taken = processor_time(self.process.pid) - before
        self.runs.append({
            "rate": requests / micros * 1e6, "half": half / 1000, "most": most / 1000, "failed": failed, "requests": requests,
            "cpu": taken / max(1, requests) * 1000 * 1000, "size": size / max(1, requests) / 1000,
        })

    def show(self):
        def of(key):
            return machine.median([run[key] for run in self.runs])
        print(f"{self.name:10}{of('rate'):12.0f}{of('half'):11.1f}{of('most'):11.1f}{of('cpu'):16.0f}{of('size'):12.1f}"
              f"{peak_memory(self.process.pid):10.0f}{sum(run['requests'] for run in self.runs):12}{sum(run['failed'] for run in self.runs):9}")


def start(stack, asked, work):
    """Both servers, ready to answer."""
    port = machine.free_port()
    yield Server("bokworm", port, stack.enter_context(machine.server([asked.bokworm, "-C", work / "bokworm", "serve", "--port", port])))
    port = machine.free_port()
    program, _ = programs.debian(asked.scratch, "nginx", ["nginx"])
    user = "user root root;" if os.geteuid() == 0 else ""
    (work / "nginx.conf").write_text(NGINX.format(work=work, port=port, user=user))
    yield Server("nginx", port, stack.enter_context(machine.server([program, "-p", work, "-e", "stderr", "-c", work / "nginx.conf"])))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=1000, metavar="N", help="size of the site (1000)")
    parser.add_argument("--seconds", type=int, default=10, metavar="N", help="how long each is asked at a time (10)")
    parser.add_argument("--runs", type=int, default=3, metavar="N", help="how often each is asked, in turn (3)")
    parser.add_argument("--bokworm", metavar="FILE", help="the program to measure (this repository's release build)")
    parser.add_argument("--scratch", type=Path, default=programs.SCRATCH, metavar="DIR",
                        help=f"where nginx and wrk are put if they aren't installed ({programs.SCRATCH})")
    asked = parser.parse_args()
    if not os.path.isdir("/proc/self/task"):
        sys.exit("what a server takes is read from /proc, which only Linux has")
    asked.bokworm = programs.bokworm(asked.bokworm)
    wrk = programs.debian(asked.scratch, "wrk", ["wrk", "libluajit-5.1-2"])
    with machine.workplace() as work, contextlib.ExitStack() as stack:
        machine.generate(asked.pages, ["bokworm"], work)
        built = machine.run([asked.bokworm, "-C", work / "bokworm", "build", "--quiet", "--out", work / "out"])
        if built.code:
            sys.exit(built.said)
        addresses = [DIALECTS["bokworm"].address(page) for page in Book(asked.pages).all()]
        script = work / "addresses.lua"
        script.write_text(WRK.format(addresses=", ".join(f'"{address}"' for address in addresses)))
        servers = list(start(stack, asked, work))
        for server in servers:
            server.wait()
        for _ in range(asked.runs):
            for server in servers:
                server.load(wrk, script, asked.seconds)
        print(f"{asked.pages} pages, 64 connections, medians of {asked.runs} times {asked.seconds} s; {machine.machine()}\n")
        print(f"{'':10}{'requests/s':>12}{'median ms':>11}{'99 of 100':>11}{'CPU µs/request':>16}"
              f"{'kB/answer':>12}{'peak MB':>10}{'requests':>12}{'failed':>9}")
        for server in servers:
            server.show()
        ours, theirs = (machine.median([run["rate"] for run in server.runs]) for server in servers)
        print(f"\nbokworm answers {ours / theirs:.2f} times as many as nginx")
        sys.exit(any(run["failed"] for server in servers for run in server.runs))


if __name__ == "__main__":
    main()
