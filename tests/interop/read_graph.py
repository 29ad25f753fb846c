"""Reads an exported graph with a tool of its format's own world and prints what it holds as JSON.

read_graph.py FORMAT FILE: graphml, gexf and node-link need networkx, turtle needs rdflib, cytoscape and csv nothing.

The result: {"nodes": {id: {"name", "labels"}}, "edges": {id: {"source", "target", "predicate", "modality", "confidence",
"round", "date"}}}. Keys that a node or an edge does not have are left out.
"""

import csv
import json
import sys

EDGE_KEYS = ("predicate", "modality", "confidence", "round", "date")


def text_labels(labels):
    return labels if isinstance(labels, list) else labels.split(";")


def of_networkx(graph):
    nodes = {
        node: {"name": data["name"], "labels": text_labels(data["labels"])} for node, data in graph.nodes(data=True)
    }
    edges = {
        key: {"source": source, "target": target, **{name: data[name] for name in EDGE_KEYS if name in data}}
        for source, target, key, data in graph.edges(keys=True, data=True)
    }
    return nodes, edges


def read_graphml(path):
    import networkx

    return of_networkx(networkx.read_graphml(path, force_multigraph=True))


def read_gexf(path):
    import networkx
    from networkx.readwrite.gexf import GEXF

    # networkx knows the namespace of version 1.3 since 3.6; what it reads below it is the same as before.
    space = {"NS_GEXF": "http://gexf.net/1.3", "NS_VIZ": "http://gexf.net/1.3/viz", "VERSION": "1.3"}
    older = GEXF.versions["1.2draft"]
    GEXF.versions.setdefault("1.3", {**older, **space})
    graph = networkx.read_gexf(path, version="1.3")
    if not graph.is_multigraph():
        # Without parallel edges networkx keeps the id as an attribute only.
        multi = networkx.MultiDiGraph()
        multi.add_nodes_from(graph.nodes(data=True))
        multi.add_edges_from((a, b, data["id"], data) for a, b, data in graph.edges(data=True))
        graph = multi
    return of_networkx(graph)


def read_node_link(path):
    import networkx

    with open(path, encoding="utf-8") as file:
        return of_networkx(networkx.node_link_graph(json.load(file), edges="edges"))


def read_cytoscape(path):
    with open(path, encoding="utf-8") as file:
        elements = json.load(file)["elements"]
    nodes = {node["data"]["id"]: {key: node["data"][key] for key in ("name", "labels")} for node in elements["nodes"]}
    edges = {
        edge["data"]["id"]: {
            key: edge["data"][key] for key in ("source", "target", *EDGE_KEYS) if key in edge["data"]
        }
        for edge in elements["edges"]
    }
    return nodes, edges


def read_csv(folder):
    with open(f"{folder}/nodes.csv", encoding="utf-8", newline="") as file:
        nodes = {
            row["id:ID"]: {"name": row["name"], "labels": row[":LABEL"].split(";")}
            for row in csv.DictReader(file, strict=True)
        }
    edges = {}
    with open(f"{folder}/edges.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, strict=True):
            edge = {"source": row[":START_ID"], "target": row[":END_ID"], "predicate": row[":TYPE"]}
            edge["confidence"] = float(row["confidence:double"])
            edge.update({key: row[key] for key in ("modality", "round", "date") if row.get(key)})
            edges[row["id"]] = edge
    return nodes, edges


def read_turtle(path):
    import rdflib
    from rdflib.namespace import RDF, RDFS

    graph = rdflib.Graph().parse(path, format="turtle")
    vocabulary, properties = "urn:ailand:vocabulary:", "urn:ailand:property:"

    def shorten(term, prefix):
        assert str(term).startswith(prefix), term
        return str(term)[len(prefix):]

    entities = {subject for subject in graph.subjects(RDF.type) if str(subject).startswith("urn:ailand:entity:")}
    nodes = {}
    for entity in entities:
        names = sorted(str(name) for name in graph.objects(entity, RDFS.label))
        labels = sorted(shorten(label, vocabulary) for label in graph.objects(entity, RDF.type))
        nodes[shorten(entity, "urn:ailand:entity:")] = {"names": names, "labels": labels}
    edges = {}
    for fact in graph.subjects(RDF.type, RDF.Statement):
        source, predicate, target = (graph.value(fact, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        edge = {
            "source": shorten(source, "urn:ailand:entity:"),
            "target": shorten(target, "urn:ailand:entity:"),
            "predicate": shorten(predicate, vocabulary),
            "modality": str(graph.value(fact, rdflib.URIRef(vocabulary + "modality"))),
            "confidence": float(graph.value(fact, rdflib.URIRef(vocabulary + "confidence"))),
        }
        # What is asserted, and nothing else, is a triple of its own; parallel facts may share it.
        edge["plain"] = (source, predicate, target) in graph
        for key in ("round", "date"):
            value = graph.value(fact, rdflib.URIRef(properties + key))
            if value is not None:
                edge[key] = str(value)
        edges[shorten(fact, "urn:ailand:fact:")] = edge
    return nodes, edges


READERS = {
    "graphml": read_graphml,
    "gexf": read_gexf,
    "node-link": read_node_link,
    "cytoscape": read_cytoscape,
    "csv": read_csv,
    "turtle": read_turtle,
}


def main():
    kind, path = sys.argv[1:]
    nodes, edges = READERS[kind](path)
    json.dump({"nodes": nodes, "edges": edges}, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
