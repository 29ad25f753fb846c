//! The graph that a statement sees: the database, and on top of it what the statement has changed so far.
