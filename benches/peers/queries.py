"""Times of Cypher statements in KGLite, LadybugDB and ailand on one graph, in one run.

Usage: queries.py [--entities N] [--facts N] [--only NAME,...] [--markdown]

Generates the graph of peers.py with a name on every entity and a weight on every fact, and asks each database the same
statements; ailand is asked by `cargo bench --bench queries -- FOLDER`, which loads the same file. Times are medians in
microseconds of the whole call, parse and plan included; each statement is asked once to warm up. Names are parameters, and
the peers have their indexes on them: LadybugDB a primary key, KGLite its title index. Every database must find as much as
the others, else the run fails.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

TYPES = 8

# Text of ailand and KGLite, text of LadybugDB where it differs, and how often each is asked.
STATEMENTS = {
    "one hop by name": ("MATCH (a:Node {name: $a})-->(b) RETURN b.name", None, 1000),
    "two hops, distinct count": ("MATCH (a:Node {name: $a})-->()-->(c) RETURN count(DISTINCT c)", None, 1000),
    "shortest path": (
        "MATCH p = shortestPath((a:Node {name: $a})-[*]-(b:Node {name: $b})) RETURN length(p)",
        "MATCH p = (a:Node {name: $a})-[* SHORTEST 1..30]-(b:Node {name: $b}) RETURN length(p)",
        200,
    ),
    "top 20 by degree": (
        "MATCH (a:Node)<-[r]-() RETURN a.name AS name, count(r) AS degree ORDER BY degree DESC, name LIMIT 20",
        None,
        5,
    ),
    "three hops, filtered": (
        "MATCH (a:Node {name: $a})-[r:T1]->(b)-[s]->(c)-[t]->(d) WHERE s.weight < 50 AND t.weight > 20 "
        "RETURN avg(t.weight) AS mean, count(*) AS ways",
        None,
        200,
    ),
    "triangles": ("MATCH (a:Node)-->(b:Node)-->(c:Node)-->(a) RETURN count(*) AS triangles", None, 3),
}


def generate(folder, entities, facts):
    source = random.Random(7)
    with open(folder / "facts.txt", "w", encoding="ascii") as out:
        print(entities, file=out)
        for _ in range(facts):
            print(source.randrange(entities), int(entities * source.random() ** 3), source.randrange(TYPES), file=out)
    with open(folder / "pairs.txt", "w", encoding="ascii") as out:
        for _ in range(1000):
            print(source.randrange(entities), source.randrange(entities), file=out)
    asked = {name: {"text": text, "times": times} for name, (text, _, times) in STATEMENTS.items()}
    (folder / "queries.json").write_text(json.dumps(asked), encoding="utf-8")


def read(folder):
    lines = (folder / "facts.txt").read_text(encoding="ascii").splitlines()
    facts = [tuple(map(int, line.split())) for line in lines[1:]]
    pairs = [tuple(map(int, line.split())) for line in (folder / "pairs.txt").read_text(encoding="ascii").splitlines()]
    return int(lines[0]), facts, pairs


class Kglite:
    package = "kglite"

    def __init__(self, entities, facts, _folder):
        import kglite
        import pandas

        self.graph = kglite.KnowledgeGraph()
        nodes = pandas.DataFrame({"id": range(entities), "name": [f"node {n}" for n in range(entities)]})
        self.graph.add_nodes(nodes, "Node", "id", "name")
        frame = pandas.DataFrame(
            [(s, o, t, n % 100) for n, (s, o, t) in enumerate(facts)], columns=["subject", "object", "type", "weight"]
        )
        for kind, rows in frame.groupby("type"):
            self.graph.add_relationships(rows, f"T{kind}", "Node", "subject", "Node", "object", columns=["weight"])

    def ask(self, name, parameters):
        text = STATEMENTS[name][0]
        return [list(row.values()) for row in self.graph.cypher(text, params=parameters)]


class Ladybug:
    package = "ladybug"

    def __init__(self, entities, facts, folder):
        import ladybug

        self.connection = ladybug.Connection(ladybug.Database(str(folder / "ladybug")))
        with open(folder / "nodes.csv", "w", encoding="ascii") as out:
            out.writelines(f"node {n}\n" for n in range(entities))
        self.connection.execute("CREATE NODE TABLE Node(name STRING PRIMARY KEY)")
        self.connection.execute(f"COPY Node FROM '{folder / 'nodes.csv'}'")
        for kind in range(TYPES):
            place = folder / f"t{kind}.csv"
            with open(place, "w", encoding="ascii") as out:
                rows = ((n, f) for n, f in enumerate(facts) if f[2] == kind)
                out.writelines(f"node {f[0]},node {f[1]},{n % 100}\n" for n, f in rows)
            self.connection.execute(f"CREATE REL TABLE T{kind}(FROM Node TO Node, weight INT64)")
            self.connection.execute(f"COPY T{kind} FROM '{place}'")
        self.prepared = {}

    def ask(self, name, parameters):
        if name not in self.prepared:
            text, own, _ = STATEMENTS[name]
            self.prepared[name] = self.connection.prepare(own or text)
        text = STATEMENTS[name][1] or STATEMENTS[name][0]
        wanted = {key: value for key, value in parameters.items() if f"${key}" in text}
        return self.connection.execute(self.prepared[name], wanted).get_all()


def measure(library, pairs):
    answers = {}
    for name, (_, _, times) in STATEMENTS.items():
        taken, found = [], 0
        for round_ in range(2):
            for a, b in pairs[:times]:
                start = time.perf_counter()
                rows = library.ask(name, {"a": f"node {a}", "b": f"node {b}"})
                if round_ == 1:
                    taken.append((time.perf_counter() - start) * 1e6)
                    single = len(rows) == 1 and isinstance(rows[0][-1], int)
                    found += rows[0][-1] if single else len(rows)
        answers[name] = {"median_us": statistics.median(taken), "found": found}
    return answers


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--entities", type=int, default=50_000)
    parser.add_argument("--facts", type=int, default=300_000)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    only = [name for name in options.only.lower().split(",") if name]
    results, missing = {}, []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, options.entities, options.facts)
        if not only or "ailand" in only:
            root = Path(__file__).parents[2]
            command = ["cargo", "bench", "--quiet", "--bench", "queries", "--", str(folder)]
            results["ailand"] = json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True).stdout)
        entities, facts, pairs = read(folder)
        for library in (Kglite, Ladybug):
            if only and library.package not in only:
                continue
            try:
                label = f"{library.package} {version(library.package)}"
            except PackageNotFoundError:
                missing.append(library.package)
                continue
            results[label] = measure(library(entities, facts, folder), pairs)
    print(f"| median in µs, {options.entities:,} entities, {options.facts:,} facts |", " | ".join(results), "|")
    print("|---|" + "---:|" * len(results))
    different = []
    for question in STATEMENTS:
        answers = [result.get(question) for result in results.values()]
        print(f"| {question} |", " | ".join(f"{answer['median_us']:,.1f}" for answer in answers), "|")
        if len({answer["found"] for answer in answers}) > 1:
            different.append((question, [answer["found"] for answer in answers]))
    for package in missing:
        print(f"not installed: {package}", file=sys.stderr)
    for question, found in different:
        print(f"different answers to {question}: {found}", file=sys.stderr)
    sys.exit(1 if different else 0)


main()
