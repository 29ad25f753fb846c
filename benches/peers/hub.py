"""Writes a landscape with two hubs as JSON Lines: 100,000 investors of one company, every other one also of a second."""

import json


def write(record):
    print(json.dumps(record))


def entity(identifier, label, name):
    write({"entity": identifier, "labels": [label], "names": [{"text": name, "language": "en", "kind": "canonical"}]})


def invested(fact, investor, company):
    write({"fact": fact, "subject": investor, "predicate": "INVESTED_IN", "object": company, "evidence": ["s"]})


write({"source": "s", "kind": "page", "title": "A page", "reliability": "A"})
entity("company:hub", "Company", "Hub")
entity("company:hub2", "Company", "Hub2")
for number in range(100_000):
    entity(f"investor:i{number}", "Investor", f"Investor {number}")
    invested(f"f{number}", f"investor:i{number}", "company:hub")
    if number % 2 == 0:
        invested(f"g{number}", f"investor:i{number}", "company:hub2")
