#!/usr/bin/env python3
"""Measures `samehand communities` against python-igraph, leidenalg and NetworKit on the same files, in the same run.

Every side runs in a process of its own, which reads the graph once. Then the sides take turns, and who begins changes
from round to round, so that a machine that gets slower hits all alike. Only the algorithm is timed: samehand says its
seconds itself (seconds_run), the others are timed around the one call. What a partition is worth is reckoned by one
function for all (`judge`), from the file's own edges; no side's own figure is believed. See README.md.
"""

import argparse
import importlib.util
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time

SELF = os.path.abspath(__file__)
PEERS = ("igraph", "leidenalg", "plm", "parallelleiden")
NEEDS = {"igraph": "igraph", "leidenalg": "leidenalg", "plm": "networkit", "parallelleiden": "networkit"}
INSTALL = "python3 -m pip install -r testdata/peers/requirements.txt"


# ---- worker: one side, one graph ----


def load(folder):
    """Returns the number of nodes, the ends of all edges (m x 2) and their weights (float64)."""
    import numpy as np

    ends = np.load(os.path.join(folder, "ends.npy"))
    return int(ends.max()) + 1, ends, np.load(os.path.join(folder, "weights.npy"))


def igraph_graph(folder):
    import igraph

    igraph.set_random_number_generator(None)  # its own in C: the default asks Python for each number, and is slower
    n, ends, weights = load(folder)
    graph = igraph.Graph(n=n, edges=ends.astype("int64"))
    graph.es["weight"] = weights
    return graph


def side_igraph(folder, o):
    graph = igraph_graph(folder)
    name = {"cpm": "CPM", "modularity": "modularity"}[o.objective]

    def run(_):
        p = graph.community_leiden(objective_function=name, weights="weight", resolution=o.resolution, n_iterations=o.iterations or -1)
        return lambda: p.membership

    return run


def side_leidenalg(folder, o):
    import leidenalg

    graph = igraph_graph(folder)
    kind = {"cpm": leidenalg.CPMVertexPartition, "modularity": leidenalg.RBConfigurationVertexPartition}[o.objective]

    def run(turn):
        p = leidenalg.find_partition(
            graph, kind, weights="weight", n_iterations=o.iterations or -1, seed=turn + 1, resolution_parameter=o.resolution
        )
        return lambda: p.membership

    return run


def networkit_graph(folder, o):
    import networkit

    networkit.setNumberOfThreads(o.threads)
    n, ends, weights = load(folder)
    return networkit, networkit.GraphFromCoo((weights, (ends[:, 0].copy(), ends[:, 1].copy())), n=n, weighted=True)


def side_plm(folder, o):
    networkit, graph = networkit_graph(folder, o)

    def run(_):
        a = networkit.community.PLM(graph, gamma=o.resolution)
        a.run()
        return lambda: a.getPartition().getVector()

    return run


def side_parallelleiden(folder, o):
    networkit, graph = networkit_graph(folder, o)

    def run(_):
        a = networkit.community.ParallelLeiden(graph, iterations=o.iterations or 100, gamma=o.resolution)
        a.run()
        return lambda: a.getPartition().getVector()

    return run


def peak_memory():
    """Most memory this process ever held, in bytes: not that of the process that started it, which getrusage may count."""
    try:
        with open("/proc/self/status", encoding="ascii") as f:
            for line in f:
                if line.startswith("VmHWM:"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def worker(side, folder, o):
    """Reads the graph, then makes a partition for each line it is sent: a number of the turn and where to save it."""
    import numpy as np

    run = globals()["side_" + side](folder, o)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        turn, path = line.rstrip("\n").split(" ", 1)
        start = time.perf_counter()
        membership = run(int(turn))
        seconds = time.perf_counter() - start
        memory = peak_memory()
        np.save(path, np.asarray(membership(), dtype=np.int64))
        print(json.dumps({"seconds": seconds, "peak_memory_bytes": memory}), flush=True)


# ---- judge: reads files, says what partitions are worth ----


def read_text(path, folder):
    """Reads lines `u v` or `u v w` of numbers, any names from 0 on, and saves edges by position of the name."""
    import numpy as np

    with open(path, encoding="ascii") as f:
        columns = len(f.readline().split())
    if columns not in (2, 3):
        sys.exit(f"{path}: line 1 has {columns} columns, must be 2 or 3 numbers; this script reads no other edge lists")
    table = np.fromfile(path, sep=" ", dtype=np.float64)
    if table.size % columns:
        sys.exit(f"{path}: not all lines have {columns} numbers")
    table = table.reshape(-1, columns)
    names, ends = np.unique(table[:, :2].astype(np.int64), return_inverse=True)
    ends = ends.reshape(-1, 2).astype(np.uint32)
    weights = np.ascontiguousarray(table[:, 2]) if columns == 3 else np.ones(len(table))
    np.save(os.path.join(folder, "ends.npy"), ends)
    np.save(os.path.join(folder, "weights.npy"), weights)
    np.save(os.path.join(folder, "names.npy"), names)
    return {"nodes": len(names), "edges": len(weights), "weight": float(weights.sum())}


def objective(n, ends, weights, group, kind, gamma):
    """The one function that says what a partition is worth.

    cpm: weight inside groups - gamma * pairs inside groups (Traag et al. 2011).
    modularity: share of the weight inside - gamma * sum of squared shares of degree (Reichardt and Bornholdt 2006).
    """
    import numpy as np

    inside = weights[group[ends[:, 0]] == group[ends[:, 1]]].sum()
    if kind == "cpm":
        size = np.bincount(group).astype(np.float64)
        return float(inside - gamma * (size * (size - 1) / 2).sum())
    total = weights.sum()
    degree = np.bincount(ends[:, 0], weights, n) + np.bincount(ends[:, 1], weights, n)
    share = np.bincount(group, degree) / (2 * total)
    return float(inside / total - gamma * (share * share).sum())


def disconnected(n, ends, group):
    """Counts groups that fall into two or more parts when only edges inside of groups are left."""
    import numpy as np

    a, b = ends[:, 0], ends[:, 1]
    same = group[a] == group[b]
    a, b = a[same], b[same]
    part = np.arange(n)
    while True:
        x, y = part[a], part[b]
        apart = x != y
        if not apart.any():
            break
        a, b, x, y = a[apart], b[apart], x[apart], y[apart]
        np.minimum.at(part, np.maximum(x, y), np.minimum(x, y))
        while not np.array_equal(part, part[part]):
            part = part[part]
    return int((np.bincount(group[part == np.arange(n)]) > 1).sum())


def read_labels(path, names):
    """Returns the group of each name from `node,community` lines, whose names are numbers; a heading is passed over."""
    import numpy as np

    with open(path, encoding="utf-8") as f:
        heading = not f.readline().split(",")[0].strip('"').isdigit()
    table = np.loadtxt(path, delimiter=",", dtype=np.int64, skiprows=int(heading), usecols=(0, 1), quotechar='"')
    table = table.reshape(-1, 2)
    at = np.searchsorted(names, table[:, 0])
    if len(table) != len(names) or not np.array_equal(names[np.sort(at)], names):
        sys.exit(f"{path}: {len(table)} nodes, the graph has {len(names)}")
    group = np.full(len(names), -1, dtype=np.int64)
    group[at] = table[:, 1]
    return group


def judge(o):
    """Answers requests, one JSON object a line: {"read", "folder"} or {"partition", "folder", "objective", "resolution"}."""
    import numpy as np

    graph, at = None, None
    for line in sys.stdin:
        ask = json.loads(line)
        if "read" in ask:
            print(json.dumps(read_text(ask["read"], ask["folder"])), flush=True)
            continue
        if at != ask["folder"]:
            graph, at = load(ask["folder"]), ask["folder"]
        n, ends, weights = graph
        if ask["partition"].endswith(".csv"):
            group = read_labels(ask["partition"], np.load(os.path.join(ask["folder"], "names.npy")))
        else:
            group = np.load(ask["partition"])
        _, group = np.unique(group, return_inverse=True)
        sizes = np.bincount(group)
        print(
            json.dumps(
                {
                    "objective": objective(n, ends, weights, group, ask["objective"], ask["resolution"]),
                    "communities": len(sizes),
                    "of_two_or_more": int((sizes > 1).sum()),
                    "largest": int(sizes.max()),
                    "disconnected": disconnected(n, ends, group),
                }
            ),
            flush=True,
        )


# ---- the run: small itself, so that no process it starts inherits a large peak ----


class Process:
    """A worker or the judge: one line in, one line out."""

    def __init__(self, *args):
        self.p = subprocess.Popen([sys.executable, SELF, *args], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def answer(self):
        line = self.p.stdout.readline()
        if not line:
            raise RuntimeError(f"ended with code {self.p.wait()}")
        return json.loads(line)

    def ask(self, line):
        self.p.stdin.write(line + "\n")
        self.p.stdin.flush()
        return self.answer()

    def end(self):
        self.p.stdin.close()
        self.p.wait()


class Peer:
    """A library in a worker."""

    def __init__(self, side, folder, o):
        self.name, self.folder = side, folder
        self.p = Process("--worker", side, folder, *options(o))
        self.p.answer()

    def run(self, turn):
        path = os.path.join(self.folder, self.name + ".npy")
        return self.p.ask(f"{turn} {path}"), path

    def end(self):
        self.p.end()


class Samehand:
    """The command, started for each turn."""

    def __init__(self, path, folder, o):
        self.name, self.folder = "samehand", folder
        self.out = os.path.join(folder, "samehand.csv")
        self.args = [o.samehand, "communities", path, "--method", "leiden", "-o", self.out, "--stats", *options(o)]

    def run(self, turn):
        if os.path.exists(self.out):
            os.remove(self.out)
        r = subprocess.run(self.args, capture_output=True, text=True, check=False)
        if r.returncode:
            raise RuntimeError(f"{' '.join(self.args)}: code {r.returncode}: {r.stderr.strip()}")
        lines = [x for x in (r.stdout + "\n" + r.stderr).splitlines() if x.startswith("{")]
        if not lines:
            raise RuntimeError(f"{' '.join(self.args)}: no JSON line of --stats")
        stats = json.loads(lines[-1])
        return dict(stats, seconds=stats["seconds_run"]), self.out

    def end(self):
        pass


def options(o):
    return [
        "--objective", o.objective, "--resolution", repr(o.resolution),
        "--iterations", str(o.iterations), "--threads", str(o.threads),
    ]  # fmt: skip


def wanted(o):
    """The peers that are asked for, are there, and know the objective."""
    out = []
    for side in o.peers.split(","):
        if side not in PEERS:
            sys.exit(f"--peers: no peer of that name; there are {','.join(PEERS)}")
        if importlib.util.find_spec(NEEDS[side]) is None:
            print(f"{side}: not measured, python has no {NEEDS[side]}: {INSTALL}", file=sys.stderr)
        elif o.objective == "cpm" and NEEDS[side] == "networkit":
            print(f"{side}: not measured, it knows modularity only", file=sys.stderr)
        else:
            out.append(side)
    return out


def turns(sides, o, judge_process, folder):
    """Lets the sides take turns; returns the results of each by name."""
    results, out = {s.name: [] for s in sides}, set()
    for turn in range(o.repetitions):
        k = turn % max(1, len(sides))
        for s in sides[k:] + sides[:k]:
            if s.name in out:
                continue
            try:
                r, path = s.run(turn)
            except (RuntimeError, BrokenPipeError) as e:
                print(f"{s.name}: given up: {e}", file=sys.stderr)
                out.add(s.name)
                continue
            ask = {"partition": path, "folder": folder, "objective": o.objective, "resolution": o.resolution}
            verdict = judge_process.ask(json.dumps(ask))
            if "value" in r and abs(r["value"] - verdict["objective"]) > 1e-6 * max(1, abs(verdict["objective"])):
                print(f"{s.name}: says its objective is {r['value']}, it is {verdict['objective']}", file=sys.stderr)
            results[s.name].append(dict(verdict, seconds=r["seconds"], peak_memory_bytes=r["peak_memory_bytes"]))
            if r["seconds"] > o.limit:
                out.add(s.name)  # once is enough
    return results


def table(results, edges, o):
    """Prints a line a side; ratios are to samehand where it ran, of best to best and median to median."""
    ours = results.get("samehand")
    head = f"{'side':15}{'runs':>5}{'best s':>9}{'median s':>10}{'Medge/s':>9}{'objective':>16}{'vs ours':>12}"
    print(head + f"{'groups':>9}{'largest':>9}{'broken':>8}{'peak MB':>9}{'ratio best':>12}{'median':>8}")
    for name, rs in results.items():
        if not rs:
            continue
        seconds = [r["seconds"] for r in rs]
        best, middle = min(seconds), statistics.median(seconds)
        worth = statistics.median(r["objective"] for r in rs)
        ratio, gap = ("", ""), ""
        if ours:
            mine, base = [r["seconds"] for r in ours], statistics.median(r["objective"] for r in ours)
            ratio = (f"{best / min(mine):.2f}x", f"{middle / statistics.median(mine):.2f}x")
            gap = f"{base - worth:+.6f}" if o.objective == "modularity" else f"{(base - worth) / max(1e-9, abs(worth)):+.4%}"
        print(
            f"{name:15}{len(rs):5}{best:9.3f}{middle:10.3f}{edges / best / 1e6:9.2f}{worth:16.8g}{gap:>12}"
            f"{rs[0]['communities']:9}{rs[0]['largest']:9}{max(r['disconnected'] for r in rs):8}"
            f"{max(r['peak_memory_bytes'] for r in rs) / 1e6:9.0f}{ratio[0]:>12}{ratio[1]:>8}"
        )


def measure(path, o, judge_process):
    with tempfile.TemporaryDirectory() as folder:
        facts = judge_process.ask(json.dumps({"read": os.path.abspath(path), "folder": folder}))
        print(
            f"\n{os.path.basename(path)}: {facts['nodes']} nodes, {facts['edges']} edges; {o.objective}, resolution {o.resolution:g}, "
            f"{o.iterations} iterations, {o.threads} threads where a side has them"
        )
        sides = [Samehand(path, folder, o)] if o.samehand else []
        sides += [Peer(side, folder, o) for side in wanted(o)]
        try:
            results = turns(sides, o, judge_process, folder)
        finally:
            for s in sides:
                s.end()
        table(results, facts["edges"], o)
        sys.stdout.flush()
        if o.json:
            with open(o.json, "a", encoding="utf-8") as f:
                line = {"file": os.path.basename(path), **facts, "results": results}
                line.update({k: getattr(o, k) for k in ("objective", "resolution", "iterations", "threads")})
                f.write(json.dumps(line) + "\n")


def arguments():
    a = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    a.add_argument("files", nargs="*", help="edge lists: lines `u v` or `u v w` of numbers")
    a.add_argument("--samehand", help="path of the program; without it only the peers are measured")
    a.add_argument("--objective", choices=("modularity", "cpm"), default="modularity")
    a.add_argument("--resolution", type=float, default=1.0)
    a.add_argument("--iterations", type=int, default=2, help="of Leiden, each side's own kind; 0 is until nothing is gained")
    a.add_argument("--threads", type=int, default=os.cpu_count() or 1)
    a.add_argument("--repetitions", type=int, default=3)
    a.add_argument("--limit", type=float, default=120, help="seconds above which a side is not run again")
    a.add_argument("--peers", default=",".join(PEERS))
    a.add_argument("--json", help="file to which a line for each graph is added")
    a.add_argument("--worker", nargs=2, help=argparse.SUPPRESS)
    a.add_argument("--judge", action="store_true", help=argparse.SUPPRESS)
    return a.parse_args()


def main():
    o = arguments()
    if o.worker:
        worker(o.worker[0], o.worker[1], o)
        return
    if o.judge:
        judge(o)
        return
    if not o.files:
        sys.exit("name one or more edge lists; `make bench-community` makes some")
    for needed in ("numpy", "igraph"):
        if importlib.util.find_spec(needed) is None:
            sys.exit(f"python has no {needed}: {INSTALL}")
    if o.samehand:
        o.samehand = os.path.abspath(o.samehand)
    print(f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} processors, python {platform.python_version()}")
    judge_process = Process("--judge")
    for path in o.files:
        measure(path, o, judge_process)
    judge_process.end()


if __name__ == "__main__":
    main()
