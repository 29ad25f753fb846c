#!/usr/bin/env python3
"""Cold start: one question as a whole process, beside sqlite3 and duckdb on the same facts.

Every engine gets the bundled facts (data/*.jsonl) on disk, with the indexes it wants, and answers "who invested in
月之暗面" with investors, rounds, dates and sources. Each command is started anew for every run; the runs take turns, so
that a change of the machine's speed meets all of them. Prints the minimum and median of the wall time of each.

    cargo build --release && python3 benches/cold_start.py [--runs 200]

Commands that are not installed are left out. sqlite3 is in Debian's package sqlite3, duckdb in PyPI's duckdb-cli.
"""

import argparse
import json
import os
import pathlib
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLES = """
create table entity(id text primary key, label text);
create table name(entity text, text text, language text, kind text);
create table fact(id text primary key, subject text, predicate text, object text, round text, date text, amount bigint,
                  currency text);
create table evidence(fact text, source text);
create table source(id text primary key, title text, publisher text, published text);
"""
INDEXES = """
create index name_text on name(text);
create index name_entity on name(entity);
create index fact_object on fact(object, predicate);
create index evidence_fact on evidence(fact);
"""
QUERY = """
select n.text, f.round, f.date, f.amount, f.currency, s.title, s.publisher
from name x join fact f on f.object = x.entity and f.predicate = 'INVESTED_IN'
join name n on n.entity = f.subject and n.language = 'en' and n.kind = 'canonical'
join evidence e on e.fact = f.id join source s on s.id = e.source
where x.text = '月之暗面' and x.language = 'zh-Hans';
"""


def lines(name):
    with open(ROOT / "data" / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def source_ids(evidence):
    return [one if isinstance(one, str) else one["source"] for one in evidence]


def records():
    """The rows of each table."""
    entities, facts, sources = lines("entities.jsonl"), lines("facts.jsonl"), lines("sources.jsonl")
    yield "entity", [(e["entity"], e["labels"][0]) for e in entities]
    yield "name", [(e["entity"], n["text"], n["language"], n["kind"]) for e in entities for n in e["names"]]
    columns = ("round", "date", "round_amount", "round_currency")
    yield "fact", [
        (f["fact"], f["subject"], f["predicate"], f["object"], *(f.get("properties", {}).get(c) for c in columns))
        for f in facts
    ]
    yield "evidence", [(f["fact"], s) for f in facts for s in source_ids(f["evidence"])]
    yield "source", [(s["source"], s["title"], s.get("publisher"), s.get("published")) for s in sources]


def literal(value):
    if value is None:
        return "null"
    return str(value) if isinstance(value, int) else "'" + str(value).replace("'", "''") + "'"


def script():
    """The facts as SQL, for engines that are filled through their command line."""
    parts = [TABLES]
    for table, rows in records():
        for start in range(0, len(rows), 500):
            values = ",".join("(" + ",".join(map(literal, row)) + ")" for row in rows[start : start + 500])
            parts.append(f"insert into {table} values {values};")
    return "\n".join(parts) + INDEXES


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--ailand", default=str(ROOT / "target/release/ailand"))
    parser.add_argument("--duckdb", default=shutil.which("duckdb"))
    parser.add_argument("--sqlite3", default=shutil.which("sqlite3"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        commands = {"ailand ask": [options.ailand, "--db", f"{folder}/ailand", "ask", "who invested in 月之暗面"]}
        subprocess.run(commands["ailand ask"], check=True, capture_output=True)
        if options.sqlite3:
            connection = sqlite3.connect(f"{folder}/facts.sqlite")
            connection.executescript(script())
            connection.close()
            commands["sqlite3"] = [options.sqlite3, f"{folder}/facts.sqlite", QUERY]
        if options.duckdb:
            subprocess.run([options.duckdb, f"{folder}/facts.duckdb"], input=script(), text=True, check=True,
                           capture_output=True)
            commands["duckdb"] = [options.duckdb, "-readonly", f"{folder}/facts.duckdb", "-c", QUERY]
        times = {name: [] for name in commands}
        for run in range(options.runs + 5):
            for name, command in commands.items():
                start = time.perf_counter()
                done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
                elapsed = time.perf_counter() - start
                assert done.returncode == 0, name
                if run >= 5:  # the first runs warm the page cache of all
                    times[name].append(elapsed * 1000)
        print(f"{options.runs} runs each, wall time in ms, {os.cpu_count()} cores")
        print(f"{'':12} {'min':>6} {'median':>7}")
        for name, values in times.items():
            print(f"{name:12} {min(values):6.2f} {statistics.median(values):7.2f}")


if __name__ == "__main__":
    main()
