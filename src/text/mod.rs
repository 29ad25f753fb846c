//! Text: documents as sentences and clauses of folded characters, each of which knows where it stands in the original.
