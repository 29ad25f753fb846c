"""Prints the texts of an SVG by Graphviz as JSON: for every node, by its title, the lines of its label."""

import json
import sys
from xml.etree import ElementTree

SVG = "{http://www.w3.org/2000/svg}"


def main():
    texts = {}
    for group in ElementTree.parse(sys.argv[1]).getroot().iter(SVG + "g"):
        if group.get("class") == "node":
            # Graphviz writes spaces that would be lost as U+00A0.
            lines = [(text.text or "").replace("\u00a0", " ") for text in group.iter(SVG + "text")]
            texts[group.find(SVG + "title").text] = lines
    json.dump(texts, sys.stdout, ensure_ascii=False)


if __name__ == "__main__":
    main()
