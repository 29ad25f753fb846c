"""Bare rows beside other databases: 1 million entities with a name and a label, 3 million relations with a type and one
number, loaded from the same CSV files and asked one question in a new process, in one run.

Usage: bare.py [--entities N] [--relations N] [--only NAME,...]

For each database: seconds to load and close, bytes on disk, milliseconds from opening to the first answer (the relations
of one entity, found by its name) in a new process, and the most memory that process had resident. ailand is asked through
`cargo run --release --example bare`; the others through their Python packages, whose import is not counted in the time.
Every database must find as many relations as the others, else the run fails.
"""

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PREDICATES = ["INVESTED_IN", "RAISED", "FOUNDED_BY", "HAS_ROLE", "DEVELOPED_BY", "EVALUATED_ON", "LOCATED_IN", "DERIVED_FROM"]
LABELS = ["Startup", "Investor", "Person", "Model"]
ROOT = Path(__file__).resolve().parents[2]


def generate(folder, entities, relations):
    source = random.Random(7)
    with open(folder / "entities.csv", "w", encoding="ascii") as out:
        print("name,label", file=out)
        for number in range(entities):
            print(f"Entity {number},{source.choice(LABELS)}", file=out)
    with open(folder / "relations.csv", "w", encoding="ascii") as out:
        print("subject,object,type,number", file=out)
        for _ in range(relations):
            subject, object_ = source.randrange(entities), int(entities * source.random() ** 3)
            print(subject, object_, source.choice(PREDICATES), source.randrange(1_000_000), sep=",", file=out)


class Duckdb:
    package = "duckdb"

    def load(self, place, folder):
        import duckdb

        start = time.perf_counter()
        db = duckdb.connect(str(place))
        entities, relations = folder / "entities.csv", folder / "relations.csv"
        db.execute(f"CREATE TABLE entity AS SELECT row_number() OVER () - 1 AS id, * FROM read_csv('{entities}')")
        db.execute(f"CREATE TABLE relation AS SELECT * FROM read_csv('{relations}')")
        db.execute("CHECKPOINT")
        db.close()
        return time.perf_counter() - start

    def first(self, place, name):
        import duckdb

        start = time.perf_counter()
        db = duckdb.connect(str(place), read_only=True)
        rows = db.execute(
            "SELECT o.name, r.type, r.number FROM entity s JOIN relation r ON r.subject = s.id "
            "JOIN entity o ON o.id = r.object WHERE s.name = ?",
            [name],
        ).fetchall()
        return time.perf_counter() - start, len(rows)


class Ladybug:
    package = "ladybug"

    def load(self, place, folder):
        import ladybug

        numbered = folder / "numbered.csv"
        with open(folder / "entities.csv", encoding="ascii") as rows, open(numbered, "w", encoding="ascii") as out:
            for number, row in enumerate(rows):
                out.write(f"{'id' if number == 0 else number - 1},{row}")
        ordered = folder / "ordered.csv"
        shutil.copy(folder / "relations.csv", ordered)
        start = time.perf_counter()
        db = ladybug.Database(str(place))
        connection = ladybug.Connection(db)
        connection.execute("CREATE NODE TABLE Entity(id INT64, name STRING, label STRING, PRIMARY KEY(id))")
        connection.execute("CREATE REL TABLE Relation(FROM Entity TO Entity, type STRING, number INT64)")
        connection.execute(f"COPY Entity FROM '{numbered}' (HEADER=true)")
        connection.execute(f"COPY Relation FROM '{ordered}' (HEADER=true)")
        connection.close()
        db.close()
        return time.perf_counter() - start

    def first(self, place, name):
        import ladybug

        start = time.perf_counter()
        db = ladybug.Database(str(place), read_only=True)
        connection = ladybug.Connection(db)
        found = connection.execute(
            "MATCH (s:Entity {name: $name})-[r:Relation]->(o:Entity) RETURN o.name, r.type, r.number", {"name": name}
        )
        rows = 0
        while found.has_next():
            found.get_next()
            rows += 1
        return time.perf_counter() - start, rows


class Kglite:
    package = "kglite"

    def load(self, place, folder):
        import kglite
        import pandas

        start = time.perf_counter()
        entities = pandas.read_csv(folder / "entities.csv")
        entities["id"] = range(len(entities))
        graph = kglite.KnowledgeGraph()
        graph.add_nodes(entities, "Entity", "id", "name")
        relations = pandas.read_csv(folder / "relations.csv")
        for predicate, rows in relations.groupby("type"):
            graph.add_relationships(
                rows[["subject", "object", "number"]], predicate, "Entity", "subject", "Entity", "object", columns=["number"]
            )
        graph.save(str(place))
        return time.perf_counter() - start

    def first(self, place, name):
        import kglite

        start = time.perf_counter()
        graph = kglite.load(str(place))
        query = "MATCH (s:Entity {title: $name})-[r]->(o) RETURN o.title, type(r), r.number"
        rows = list(graph.cypher(query, params={"name": name}))
        return time.perf_counter() - start, len(rows)


class Ailand:
    package = "ailand"

    @staticmethod
    def build():
        told = subprocess.run(
            ["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=ROOT, check=True, capture_output=True, text=True
        )
        subprocess.run(["cargo", "build", "--quiet", "--release", "--example", "bare"], cwd=ROOT, check=True)
        os.environ["AILAND_BARE"] = str(Path(json.loads(told.stdout)["target_directory"]) / "release/examples/bare")

    def run(self, *arguments):
        command = [os.environ["AILAND_BARE"], *map(str, arguments)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def load(self, place, folder):
        return self.run("load", place, folder / "entities.csv", folder / "relations.csv")["seconds"]

    def first(self, place, name):
        told = self.run("first", place, name)
        return told["seconds"], told["found"]


PEERS = {"duckdb": Duckdb, "ladybug": Ladybug, "kglite": Kglite, "ailand": Ailand}


def size(place):
    if place.is_file():
        return place.stat().st_size
    return sum(file.stat().st_size for file in place.rglob("*") if file.is_file())


def alone(*arguments):
    """Runs one step in a process of its own, so that memory and caches are its own."""
    done = subprocess.run([sys.executable, __file__, "--step", *map(str, arguments)], capture_output=True, text=True)
    if done.returncode != 0:
        raise RuntimeError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "it ended without a word")
    return json.loads(done.stdout.strip().splitlines()[-1])


def step(peer, what, place, rest):
    peer = PEERS[peer]()
    told = peer.load(Path(place), Path(rest)) if what == "load" else peer.first(Path(place), rest)
    who = resource.RUSAGE_CHILDREN if isinstance(peer, Ailand) else resource.RUSAGE_SELF
    print(json.dumps({"told": told, "megabytes": resource.getrusage(who).ru_maxrss / 1024}))


def release(name):
    if name == "ailand":
        return "ailand"
    return f"{name} {version(name)}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--entities", type=int, default=1_000_000)
    arguments.add_argument("--relations", type=int, default=3_000_000)
    arguments.add_argument("--only", default="duckdb,ladybug,kglite,ailand")
    arguments.add_argument("--step", nargs=4, help=argparse.SUPPRESS)
    arguments = arguments.parse_args()
    if arguments.step:
        return step(*arguments.step)
    if "ailand" in arguments.only.split(",") and "AILAND_BARE" not in os.environ:
        Ailand.build()
    found = {}
    print("| database | load s | load MB | disk MB | first answer ms | answering MB |\n|---|---:|---:|---:|---:|---:|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, arguments.entities, arguments.relations)
        asked = f"Entity {arguments.entities // 3}"
        for peer in arguments.only.split(","):
            place = folder / f"{peer}.database"
            try:
                label = release(peer)
                loaded = alone(peer, "load", place, folder)
                answers = [alone(peer, "first", place, asked) for _ in range(5)]
            except (PackageNotFoundError, RuntimeError) as error:
                print(f"not to be had: {peer} ({error})", file=sys.stderr)
                continue
            best = min(answers, key=lambda answer: answer["told"][0])
            found[peer] = best["told"][1]
            print(
                f"| {label} | {loaded['told']:.1f} | {loaded['megabytes']:.0f} | {size(place) / 1e6:.0f} "
                f"| {best['told'][0] * 1e3:.1f} | {best['megabytes']:.0f} |",
                flush=True,
            )
    if len(set(found.values())) > 1:
        sys.exit(f"different answers: {found}")
    return None


main()
