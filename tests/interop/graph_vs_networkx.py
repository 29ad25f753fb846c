"""Compares the graph's answers with those of networkx on the same multigraph.

Usage: graph_vs_networkx.py EXPORT ANSWERS

EXPORT is a folder that `ailand export` wrote; ANSWERS a JSON file that tests/graph_vs_networkx.rs wrote. Prints how many
answers were compared under each heading; ends with exit code 1 when any of them differs.
"""

import json
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import networkx as nx

compared = Counter()
differences = []


def check(heading, question, ours, theirs, tolerance=None):
    """Counts a comparison, and keeps it when the two differ."""
    compared[heading] += 1
    if tolerance is not None and ours is not None and theirs is not None:
        same = abs(ours - theirs) <= tolerance * max(1.0, abs(theirs))
    else:
        same = ours == theirs
    if not same:
        differences.append(f"{heading} {question}: {ours} here, {theirs} in networkx")


def read(folder):
    """The exported landscape as a directed multigraph, whose edge keys are the ids of the facts."""
    graph = nx.MultiDiGraph()
    for line in (folder / "entities.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        graph.add_node(record["entity"], labels=record["labels"])
    for line in (folder / "facts.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        properties = record.get("properties", {})
        graph.add_edge(
            record["subject"],
            record["object"],
            key=record["fact"],
            predicate=record["predicate"],
            date=properties.get("date", properties.get("from")),
            score=properties.get("score"),
        )
    return graph


def length(graph, pair):
    try:
        return nx.shortest_path_length(graph, pair["from"], pair["to"])
    except nx.NetworkXNoPath:
        return None


def shortest_by_facts(graph, start, end):
    """How many shortest paths there are when parallel facts count apart: counted level by level."""
    level, counts, seen = {start}, {start: 1}, {start}
    while level and end not in level:
        following = Counter()
        for node in level:
            for neighbor, facts in graph.adj[node].items():
                if neighbor not in seen:
                    following[neighbor] += counts[node] * len(facts)
        counts.update(following)
        seen |= following.keys()
        level = set(following)
    return counts[end] if end in level else 0


def compare_paths(answers, directed, both, simple):
    for pair in answers["pairs"]:
        question = (pair["from"], pair["to"])
        check("shortest path, either way", question, pair["both"], length(both, pair))
        check("shortest path, along the facts", question, pair["out"], length(directed, pair))
        if pair["both"] is None:
            continue
        together = sum(1 for _ in nx.all_shortest_paths(simple, *question))
        check("number of shortest paths", question, pair["together"], together)
        check("number of shortest paths by facts", question, pair["apart"], shortest_by_facts(both, *question))
    for pair in answers["best"]:
        paths = nx.shortest_simple_paths(simple, pair["from"], pair["to"])
        theirs = [len(path) - 1 for path in islice(paths, len(pair["lengths"]))]
        check("k shortest paths", (pair["from"], pair["to"]), pair["lengths"], theirs)
    for pair in answers["simple"]:
        question = (pair["from"], pair["to"])
        together = sum(1 for _ in nx.all_simple_paths(simple, *question, cutoff=pair["hops"]))
        check("simple paths", question, pair["together"], together)
        apart = sum(1 for _ in nx.all_simple_edge_paths(both, *question, cutoff=pair["hops"]))
        check("simple paths by facts", question, pair["apart"], apart)


def compare_filtered(answers, directed):
    kept = [
        (subject, object_, fact)
        for subject, object_, fact, data in directed.edges(keys=True, data=True)
        if data["predicate"] in answers["via"] and (data["date"] is None or data["date"][:4] <= answers["as_of"])
    ]
    graph = nx.MultiGraph()
    graph.add_nodes_from(directed)
    graph.add_edges_from(kept)
    for pair in answers["filtered"]:
        check("shortest path by some facts until a date", (pair["from"], pair["to"]), pair["length"], length(graph, pair))


def compare_weights(answers, both):
    def cost(_from, _to, facts):
        costs = [data["score"] for data in facts.values() if data["score"] is not None]
        return min(costs, default=None)

    for pair in answers["weighted"]:
        try:
            theirs = nx.dijkstra_path_length(both, pair["from"], pair["to"], weight=cost)
        except nx.NetworkXNoPath:
            theirs = None
        check("lightest path by score", (pair["from"], pair["to"]), pair["weight"], theirs, 1e-9)


def compare_neighborhoods(answers, directed, both):
    graphs = {"both": both, "out": directed, "in": directed.reverse()}
    for around in answers["around"]:
        for direction, graph in graphs.items():
            distances = nx.single_source_shortest_path_length(graph, around["of"])
            for hops, ours in enumerate(around[direction], start=1):
                theirs = sum(1 for distance in dict(distances).values() if 0 < distance <= hops)
                check(f"neighbourhood, {direction}", (around["of"], hops), ours, theirs)


def compare_measures(answers, directed, both, simple):
    def scores(heading, rows, theirs, tolerance=None):
        ours = {row["id"]: row["score"] for row in rows}
        check(f"{heading}: entities", "all", sorted(ours), sorted(theirs))
        for node, score in theirs.items():
            check(heading, node, ours.get(node), score, tolerance)

    rank = answers["rank"]
    precise = {"alpha": 0.85, "tol": 1e-13, "max_iter": 10_000}
    scores("degree", rank["degree"], dict(both.degree()))
    scores("PageRank, either way", rank["pagerank both"], nx.pagerank(both, **precise), 1e-8)
    scores("PageRank, along the facts", rank["pagerank out"], nx.pagerank(directed, **precise), 1e-8)
    scores("betweenness, either way", rank["betweenness both"], nx.betweenness_centrality(simple, normalized=False), 1e-9)
    along = nx.betweenness_centrality(nx.DiGraph(directed), normalized=False)
    scores("betweenness, along the facts", rank["betweenness out"], along, 1e-9)
    without_loops = nx.Graph(simple)
    without_loops.remove_edges_from(list(nx.selfloop_edges(simple)))
    scores("core number", rank["core"], nx.core_number(without_loops))

    ours = sorted(sorted(member["id"] for member in row["members"]) for row in rank["component"])
    check("components", "all", ours, sorted(sorted(group) for group in nx.connected_components(both)))
    groups = [{member["id"] for member in row["members"]} for row in rank["community"]]
    # Another implementation finds other groups; they must be groups, connected, and as dense as the best of several runs.
    check("communities: a partition", "all", nx.community.is_partition(both, groups), True)
    check("communities: connected", "all", all(nx.is_connected(both.subgraph(group)) for group in groups), True)
    best = max(
        nx.community.modularity(both, nx.community.louvain_communities(both, seed=seed)) for seed in range(10)
    )
    density = nx.community.modularity(both, groups)
    check("communities: modularity", f"{density:.4f} here, {best:.4f} there", density >= best - 0.01, True)

    invested = nx.DiGraph(
        (subject, object_) for subject, object_, data in directed.edges(data=True) if data["predicate"] == "INVESTED_IN"
    )
    for row in rank["co-investment"]:
        first, second = row["first"]["id"], row["second"]["id"]
        theirs = len(set(invested.successors(first)) & set(invested.successors(second)))
        check("co-investments", (first, second), row["shared"], theirs)
    pairs = Counter()
    for company in invested:
        investors = sorted(invested.predecessors(company))
        pairs.update((a, b) for at, a in enumerate(investors) for b in investors[at + 1 :])
    check("co-investments: pairs", "all", len(rank["co-investment"]), len(pairs))


def main():
    folder, answers = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    directed = read(folder)
    both = directed.to_undirected(as_view=False)
    simple = nx.Graph(both)
    compare_paths(answers, directed, both, simple)
    compare_filtered(answers, directed)
    compare_weights(answers, both)
    compare_neighborhoods(answers, directed, both)
    compare_measures(answers, directed, both, simple)
    for heading, count in compared.items():
        print(f"{count:6} {heading}")
    for difference in differences[:20]:
        print(f"different: {difference}")
    print(f"{sum(compared.values())} answers compared with networkx {nx.__version__}, {len(differences)} differ")
    return 1 if differences else 0


sys.exit(main())
