"""Times of four other graph libraries and of ailand on one graph, in one run.

Usage: peers.py [--entities N] [--facts N] [--only NAME,...] [--markdown]

Generates a graph whose in-degrees are skewed (the first entity is the object of about 3 % of all facts), writes it once,
and asks every library the same questions through its Python package; ailand is asked by `cargo bench --bench peers --
FOLDER`, which loads the same file. Times are medians in microseconds. A peer that is not installed is named. Every
library must find as much as the others, else the run fails.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

QUESTIONS = ["one hop", "one hop, incoming", "two hops, distinct", "shortest path, directed", "shortest path", "pagerank"]
PREDICATES = 8


def generate(folder, entities, facts):
    """Writes `facts.txt` (subject, object, predicate on a line) and `pairs.txt` (two entities on a line)."""
    source = random.Random(7)
    with open(folder / "facts.txt", "w", encoding="ascii") as out:
        print(entities, file=out)
        for _ in range(facts):
            subject, object_ = source.randrange(entities), int(entities * source.random() ** 3)
            print(subject, object_, source.randrange(PREDICATES), file=out)
    with open(folder / "pairs.txt", "w", encoding="ascii") as out:
        for _ in range(1001):
            print(source.randrange(entities), source.randrange(entities), file=out)


def read(folder):
    lines = (folder / "facts.txt").read_text(encoding="ascii").splitlines()
    facts = [tuple(map(int, line.split())) for line in lines[1:]]
    pairs = [tuple(map(int, line.split())) for line in (folder / "pairs.txt").read_text(encoding="ascii").splitlines()]
    return int(lines[0]), facts, pairs


class Igraph:
    package = "igraph"

    def __init__(self, entities, facts, _folder):
        import igraph

        self.graph = igraph.Graph(n=entities, edges=[fact[:2] for fact in facts], directed=True)

    def hops(self, start, hops, mode):
        return self.graph.neighborhood(start, order=hops, mode=mode, mindist=1)

    def path(self, start, end, directed):
        return self.graph.get_shortest_path(start, end, mode="out" if directed else "all")

    def pagerank(self):
        return self.graph.pagerank()


class Rustworkx:
    package = "rustworkx"

    def __init__(self, entities, facts, _folder):
        import rustworkx

        self.rx = rustworkx
        self.graph = rustworkx.PyDiGraph()
        self.graph.add_nodes_from(range(entities))
        self.graph.add_edges_from([(subject, object_, 1) for subject, object_, _ in facts])

    def hops(self, start, hops, mode):
        step = self.graph.successor_indices if mode == "out" else self.graph.predecessor_indices
        # It has no neighbourhoods of several hops; this is what its users write.
        near = set(step(start))
        found = set(near)
        if hops == 2:
            for node in near:
                found.update(step(node))
        found.discard(start)
        return found

    def path(self, start, end, directed):
        if start == end:
            return [start]
        paths = self.rx.dijkstra_shortest_paths(self.graph, start, target=end, as_undirected=not directed)
        return paths[end] if end in paths else []

    def pagerank(self):
        return self.rx.pagerank(self.graph)


class Overgraph:
    package = "overgraph"

    def __init__(self, entities, facts, folder):
        from overgraph import OverGraph

        self.graph = OverGraph.open(str(folder / "overgraph"))
        nodes = [{"labels": ["Entity"], "key": str(number)} for number in range(entities)]
        self.ids = list(self.graph.batch_upsert_nodes(nodes))
        edges = [
            {"from_id": self.ids[subject], "to_id": self.ids[object_], "label": f"P{predicate}"}
            for subject, object_, predicate in facts
        ]
        for start in range(0, len(edges), 10_000):
            self.graph.batch_upsert_edges(edges[start : start + 10_000])
        self.graph.flush()
        self.graph.compact()

    def hops(self, start, hops, mode):
        direction = "outgoing" if mode == "out" else "incoming"
        if hops == 1:
            return {entry.node_id for entry in self.graph.neighbors(self.ids[start], direction=direction)} - {self.ids[start]}
        return self.graph.traverse(self.ids[start], hops, direction=direction).items

    def path(self, start, end, directed):
        found = self.graph.shortest_path(self.ids[start], self.ids[end], direction="outgoing" if directed else "both")
        return list(found.nodes) if found else []

    def pagerank(self):
        # It ranks from seeds only; all entities as seeds are the ordinary PageRank.
        return self.graph.personalized_pagerank(self.ids, max_iterations=100, epsilon=1e-9).scores


class Kglite:
    package = "kglite"

    def __init__(self, entities, facts, _folder):
        import kglite
        import pandas

        self.graph = kglite.KnowledgeGraph()
        self.graph.add_nodes(pandas.DataFrame({"id": range(entities)}), "Entity", "id")
        frame = pandas.DataFrame(facts, columns=["subject", "object", "predicate"])
        for predicate, rows in frame.groupby("predicate"):
            self.graph.add_relationships(rows, f"P{predicate}", "Entity", "subject", "Entity", "object")

    def hops(self, start, hops, mode):
        arrows = ("-", "->") if mode == "out" else ("<-", "-")
        length = "" if hops == 1 else f"[*1..{hops}]"
        query = f"MATCH (a:Entity {{id: $id}}){arrows[0]}{length}{arrows[1]}(b) WHERE b.id <> $id RETURN DISTINCT b.id"
        return list(self.graph.cypher(query, params={"id": start}))

    def path(self, start, end, directed):
        if start == end:
            return [start]
        direction = "outgoing" if directed else None
        return self.graph.shortest_path_ids("Entity", start, "Entity", end, direction=direction) or []

    def pagerank(self):
        return list(self.graph.pagerank())


def measure(name, library, pairs):
    """The median time of each question, and how much was found altogether."""
    def ask(questions, answer, warm=3):
        for question in questions[:warm]:
            answer(question)
        times, found = [], 0
        for question in questions:
            start = time.perf_counter()
            result = answer(question)
            times.append((time.perf_counter() - start) * 1e6)
            found += len(result)
        return {"median_us": statistics.median(times), "found": found}

    slow = 201
    asked = {
        "one hop": lambda: ask(pairs, lambda pair: library.hops(pair[0], 1, "out")),
        "one hop, incoming": lambda: ask(pairs, lambda pair: library.hops(pair[0], 1, "in")),
        "two hops, distinct": lambda: ask(pairs, lambda pair: library.hops(pair[0], 2, "out")),
        "shortest path, directed": lambda: ask(pairs[:slow], lambda pair: library.path(*pair, True)),
        "shortest path": lambda: ask(pairs[:slow], lambda pair: library.path(*pair, False)),
        "pagerank": lambda: ask(range(5), lambda _: library.pagerank(), warm=1),
    }
    results = {}
    for question in QUESTIONS:
        try:
            results[question] = asked[question]()
        except Exception as error:  # A peer that refuses a question is shown as such.
            print(f"{name}: {question}: {type(error).__name__}: {error}", file=sys.stderr)
    return results


def ailand(folder):
    """Runs the benchmark of the library; the graph has no Python between it and the clock."""
    root = Path(__file__).resolve().parents[2]
    command = ["cargo", "bench", "--quiet", "--bench", "peers", "--", str(folder)]
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    return json.loads(done.stdout[done.stdout.index("{") :])


def main():
    # Unconnected pairs and equal facts are meant.
    warnings.simplefilter("ignore")
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--entities", type=int, default=50_000)
    arguments.add_argument("--facts", type=int, default=300_000)
    arguments.add_argument("--only", default="ailand,igraph,rustworkx,overgraph,kglite")
    arguments = arguments.parse_args()
    results, wanted = {}, arguments.only.split(",")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        generate(folder, arguments.entities, arguments.facts)
        entities, facts, pairs = read(folder)
        for peer in (Igraph, Rustworkx, Overgraph, Kglite):
            if peer.package not in wanted:
                continue
            try:
                label = f"{peer.package} {version(peer.package)}"
                start = time.perf_counter()
                library = peer(entities, facts, folder)
            except (ImportError, PackageNotFoundError) as error:
                print(f"not to be had: {peer.package} ({error})", file=sys.stderr)
                continue
            print(f"{label}: loaded in {time.perf_counter() - start:.1f} s", file=sys.stderr)
            results[label] = measure(label, library, pairs)
            del library
        if "ailand" in wanted:
            results["ailand"] = ailand(folder)
    print(f"| median in µs, {arguments.entities:,} entities, {arguments.facts:,} facts | " + " | ".join(results) + " |")
    print("|---|" + "---:|" * len(results))
    different = False
    for question in QUESTIONS:
        row = [library.get(question) for library in results.values()]
        cells = [f"{one['median_us']:,.1f}" if one else "-" for one in row]
        print(f"| {question} | " + " | ".join(cells) + " |")
        found = {label: library[question]["found"] for label, library in results.items() if question in library}
        if question != "pagerank" and len(set(found.values())) > 1:
            different = True
            print(f"different answers to {question}: {found}", file=sys.stderr)
    sys.exit(1 if different else 0)


main()
