//! Words that the database does not know: no mistakes, but probably not what was meant.
