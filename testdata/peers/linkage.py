#!/usr/bin/env python3
"""Measures samehand against plain ways to link accounts, on the same world, in the same run.

Every side gets the observation files of a world that `samehand simulate` wrote, in a process of its own, and writes
which accounts belong together. One scorer, `samehand evaluate`, says what each found; the system says what it took. See
README.md.
"""

import argparse
import csv
import glob
import importlib.util
import json
import os
import platform
import subprocess
import sys
import tempfile
import time

SELF = os.path.abspath(__file__)
INSTALL = "python3 -m pip install -r testdata/peers/requirements-linkage.txt"
CAP = 10  # accounts that may share a value in the capped components
PAIRS_CAP = 200  # accounts that may share a value that is expanded into pairs, as samehand's own limit is
THRESHOLD = 0.95  # match probability from which Splink puts records together

# Names, employers and tags tie nobody; nor does whoever recruited or employs somebody. Everything else does.
SHARES = """
create table shares as
select distinct platform, account, kind || ' ' || regexp_replace(lower(trim(value)), '[^a-z0-9@.:]+', ' ', 'g') as value
from rows
where kind not in ('name', 'employer', 'tag') and relation not in ('recruiter', 'employed_by') and trim(value) <> ''
"""


# ---- worker: one side, one world ----


def observations(world):
    """Returns the observation files of a world: not what belongs to the truth."""
    files = sorted(glob.glob(os.path.join(world, "*.csv")))
    return [f for f in files if os.path.basename(f) != "edges.csv"]


def database(world):
    """Returns a DuckDB connection with the table rows, the table accounts with numbers, and the table shares."""
    import duckdb

    db = duckdb.connect()
    db.execute("create table rows as select * from read_csv(?, header=true, all_varchar=true)", [observations(world)])
    db.execute(
        "create table accounts as select platform, account, row_number() over (order by platform, account) - 1 as id "
        "from (select distinct platform, account from rows)"
    )
    db.execute(SHARES)
    db.execute("create table holders as select value, id from shares join accounts using (platform, account)")
    return db


def count(db):
    return db.execute("select count(*) from accounts").fetchone()[0]


def chained(db, cap):
    """Returns edges that chain the accounts of each value that no more than cap have."""
    return db.execute(
        """
        select id, next from (
            select id, lead(id) over (partition by value order by id) as next, count(*) over (partition by value) as n
            from holders
        ) where next is not null and n <= ?
        """,
        [cap],
    ).fetchnumpy()


def components(db, cap):
    import igraph
    import numpy as np

    edges = chained(db, cap)
    graph = igraph.Graph(n=count(db), edges=np.column_stack([edges["id"], edges["next"]]))
    return graph.connected_components().membership


def leiden(db, weight):
    """Returns igraph's communities of accounts that share values; weight is what one value is worth to a pair."""
    import igraph
    import numpy as np

    pairs = db.execute(
        f"""
        with counted as (select value, count(*) as d from holders group by value having count(*) between 2 and {PAIRS_CAP})
        select a.id as a, b.id as b, sum({weight}) as w
        from counted join holders a using (value) join holders b using (value)
        where a.id < b.id group by a.id, b.id
        """
    ).fetchnumpy()
    graph = igraph.Graph(n=count(db), edges=np.column_stack([pairs["a"], pairs["b"]]))
    igraph.set_random_number_generator(None)  # its own in C
    return graph.community_leiden(objective_function="modularity", weights=pairs["w"], n_iterations=2).membership


def side_components(db):
    return components(db, 1 << 60)


def side_capped(db):
    return components(db, CAP)


def side_leiden(db):
    return leiden(db, "1")


def side_leiden_rare(db):
    return leiden(db, f"log2({count(db)} / d)")


def side_splink(db):
    """Asks Splink which accounts are one person: that is what it is for. One record an account, with its commonest values."""
    import logging

    import splink.comparison_library as cl
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    logging.getLogger("splink").setLevel(logging.ERROR)
    kinds = ["name", "email", "phone", "payment", "address", "device", "ip"]
    columns = ", ".join(f"mode(lower(trim(value))) filter (kind = '{k}') as {k}" for k in kinds)
    db.execute(
        f"create table records as select id as unique_id, {columns} from rows join accounts using (platform, account) "
        "where relation not in ('recruiter', 'employed_by', 'referee') group by id"
    )
    exact = [k for k in kinds if k != "name"]
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[cl.JaroWinklerAtThresholds("name", [0.92]).configure(term_frequency_adjustments=True)]
        + [cl.ExactMatch(k).configure(term_frequency_adjustments=True) for k in exact],
        blocking_rules_to_generate_predictions=[block_on(k) for k in exact if k != "ip"] + [block_on("name"), block_on("ip", "address")],
    )
    linker = Linker("records", settings, DuckDBAPI(connection=db))
    linker.training.estimate_probability_two_random_records_match([block_on("email"), block_on("name", "phone")], recall=0.7)
    linker.training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("name"), block_on("email")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    predictions = linker.inference.predict(threshold_match_probability=THRESHOLD)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predictions, THRESHOLD)
    label = dict(clusters.as_duckdbpyrelation().project("unique_id, cluster_id").fetchall())
    return [label.get(i, -1 - i) for i in range(count(db))]


SIDES = {
    "components": (side_components, "DuckDB, igraph", "whatever hangs together over shared values"),
    "capped": (side_capped, "DuckDB, igraph", f"the same over values of at most {CAP} accounts"),
    "leiden": (side_leiden, "DuckDB, igraph", "igraph's Leiden for modularity over counts of shared values"),
    "leiden-rare": (side_leiden_rare, "DuckDB, igraph", "the same, rare values weighing more: log2(N / d)"),
    "splink": (side_splink, "Splink", f"one person by Splink, with term frequencies, at {THRESHOLD}"),
}
NEEDS = {"splink": ("duckdb", "splink")}


def worker(side, world, out):
    db = database(world)
    labels = SIDES[side][0](db)
    names = db.execute("select platform, account from accounts order by id").fetchall()
    with open(out, "w", newline="", encoding="utf-8") as f:
        w = csv.writer(f, lineterminator="\n")
        w.writerow(["platform", "account", "label"])
        for (p, a), label in zip(names, labels):
            w.writerow([p, a, label])


# ---- measuring ----


def measured(command):
    """Runs a command; returns its processor seconds, seconds on the clock and most memory in MB. Fails when it does."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            said.seek(0)
            raise RuntimeError(said.read().decode("utf-8", "replace")[-2000:])
    unit = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, KiB elsewhere
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start, usage.ru_maxrss / unit


def scores(command, column):
    """Returns what `samehand evaluate` says, by measure, in one column."""
    told = subprocess.run(command + ["--format", "json"], check=True, capture_output=True, encoding="utf-8").stdout
    return {row["measure"]: row[column] for row in json.loads(told)}


def ours(o, world, folder):
    base = [o.samehand, "-q", "--case", os.path.join(folder, "case")]
    took = [measured(base + ["ingest"] + observations(world)), measured(base + ["detect"])]
    found = scores(base + ["evaluate", "--truth", os.path.join(world, "truth.json")], "flagged")
    return found, (sum(t[0] for t in took), sum(t[1] for t in took), max(t[2] for t in took))


def theirs(o, world, folder, side):
    out = os.path.join(folder, side + ".csv")
    took = measured([sys.executable, "-W", "ignore", SELF, "--worker", side, "--out", out, world])
    found = scores([o.samehand, "-q", "evaluate", "--truth", os.path.join(world, "truth.json"), "--labels", out], "labels")
    return found, took


def wanted(o):
    """Yields the sides whose modules are there, and says which are not."""
    for side in o.peers.split(","):
        if side not in SIDES:
            sys.exit(f"there is no side {side}; there are {', '.join(SIDES)}")
        lacking = [m for m in NEEDS.get(side, ("duckdb", "igraph", "numpy")) if importlib.util.find_spec(m) is None]
        if lacking:
            print(f"{side}: NOT measured, python has no {' and no '.join(lacking)}: {INSTALL}", file=sys.stderr)
            continue
        yield side


COLUMNS = (
    ("rings", "rings", "{:.0f}"),
    ("recovered", "rings recovered", "{:.0f}"),
    ("pair precision", "pair precision", "{:.3f}"),
    ("pair recall", "pair recall", "{:.3f}"),
    ("B-cubed F1", "B-cubed F1", "{:.3f}"),
    ("false flags / 10,000", "false clusters per 10,000", "{:.2f}"),
    ("innocents / 10,000", "innocents per 10,000", "{:.1f}"),
    ("largest cluster", "largest cluster", "{:.0f}"),
    ("largest ring", "largest ring", "{:.0f}"),
)


def line(side, found, took):
    cells = [side] + [form.format(found[name]) for _, name, form in COLUMNS]
    return "| " + " | ".join(cells + [f"{took[0]:.2f}", f"{took[1]:.2f}", f"{took[2]:.0f}"]) + " |"


def measure(o, world):
    with open(os.path.join(world, "truth.json"), encoding="utf-8") as f:
        head = f.read(200).split("\n", 1)[0]
    size = sum(os.path.getsize(f) for f in observations(world))
    print(f"\n{head}... {size / 1e6:.1f} MB of observations\n")
    print("| side | " + " | ".join(c[0] for c in COLUMNS) + " | CPU s | clock s | peak MB |")
    print("|---|" + "---|" * (len(COLUMNS) + 3))
    with tempfile.TemporaryDirectory() as folder:
        print(line("samehand", *ours(o, world, folder)), flush=True)
        for side in wanted(o):
            try:
                print(line(side, *theirs(o, world, folder, side)), flush=True)
            except RuntimeError as e:
                print(f"{side}: FAILED\n{e}", file=sys.stderr)


def main():
    a = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    a.add_argument("worlds", nargs="+", help="folders that samehand simulate wrote")
    a.add_argument("--samehand", default="bin/samehand", help="path of the program")
    a.add_argument("--peers", default=",".join(SIDES))
    a.add_argument("--worker", help=argparse.SUPPRESS)
    a.add_argument("--out", help=argparse.SUPPRESS)
    o = a.parse_args()
    if o.worker:
        worker(o.worker, o.worlds[0], o.out)
        return
    o.samehand = os.path.abspath(o.samehand)
    print(f"{time.strftime('%Y-%m-%d')}, {platform.machine()}, {os.cpu_count()} processors, python {platform.python_version()}")
    for side, (_, by, what) in SIDES.items():
        print(f"- {side} ({by}): {what}")
    for world in o.worlds:
        measure(o, world)


if __name__ == "__main__":
    main()
