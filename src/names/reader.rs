//! Reading a text into its normal form: what is kept, what is dropped, and where names may begin and end.

use super::fold::{Role, is_katakana, is_wordlike, role, sheds_marks, stands_alone};
use super::han::is_han;
use super::normal::{Gap, Place};

/// Where a folded character comes from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Origin {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) first: usize,
    /// Whether its original character becomes several, such as ㈱.
    pub(super) compound: bool,
}

/// Builds a normal form character by character.
pub(super) struct Reader {
    text: String,
    places: Vec<Place>,
    gap: Gap,
    lines: usize,
    depth: i32,
    low: i32,
    outside: i32,
    /// The last character that is not a mark: marks take part in nothing.
    base: Option<char>,
    /// A full stop behind a digit, kept if a digit follows.
    stop: Option<Origin>,
    /// Whether the last character was a full stop that ends more than an initial.
    ended: bool,
}

impl Reader {
    pub(super) fn new(capacity: usize) -> Self {
        Self {
            text: String::with_capacity(capacity),
            places: Vec::with_capacity(capacity / 2),
            gap: Gap::Joined,
            lines: 0,
            depth: 0,
            low: 0,
            outside: 0,
            base: None,
            stop: None,
            ended: false,
        }
    }

    /// Takes the next folded character.
    pub(super) fn read(&mut self, c: char, origin: Origin) {
        let role = role(c);
        if role == Role::Nothing {
            return;
        }
        if let Some(stop) = self.stop.take() {
            if c.is_ascii_digit() {
                self.push('.', stop);
            } else {
                self.drop_stop();
            }
        }
        let ended = std::mem::take(&mut self.ended);
        match role {
            Role::Kept => self.push(c, origin),
            Role::Mark => self.mark(c, origin),
            Role::Plus if self.gap == Gap::Joined && self.last().is_some_and(|l| l == '+' || is_wordlike(l)) => {
                self.push(c, origin);
            }
            Role::Stop if ended => self.widen(Gap::Break),
            Role::Stop if self.gap == Gap::Joined && self.last().is_some_and(|last| last.is_ascii_digit()) => {
                self.stop = Some(origin);
            }
            Role::Stop => self.drop_stop(),
            Role::Line => {
                self.lines += 1;
                self.widen(if ended { Gap::Break } else { Gap::Joint });
            }
            Role::Joint => self.widen(if ended && c.is_whitespace() { Gap::Break } else { Gap::Joint }),
            Role::Open | Role::Quote | Role::Close if origin.compound => self.widen(Gap::Joint),
            Role::Quote => {
                self.depth += 1;
                self.widen(Gap::Joint);
            }
            Role::Open => {
                self.depth += 1;
                self.outside = self.depth;
                self.widen(Gap::Joint);
            }
            Role::Close => {
                self.depth -= 1;
                self.low = self.low.min(self.depth);
                self.outside = self.depth;
                self.widen(Gap::Joint);
            }
            Role::Plus | Role::Break | Role::Nothing => self.widen(Gap::Break),
        }
    }

    fn last(&self) -> Option<char> {
        self.places.last().map(|place| place.c)
    }

    fn widen(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Drops a full stop, and remembers it: before a space it ends a sentence, unless it ends an initial (J. Smith).
    fn drop_stop(&mut self) {
        let initial = match self.places.as_slice() {
            [] => false,
            [only] => is_wordlike(only.c) && only.c.is_alphabetic(),
            [.., before, last] => {
                is_wordlike(last.c) && last.c.is_alphabetic() && (last.gap > Gap::Joined || stands_alone(before.c))
            }
        };
        self.ended = !(initial && self.gap == Gap::Joined);
        self.widen(Gap::Joint);
    }

    fn mark(&mut self, c: char, origin: Origin) {
        if self.gap != Gap::Joined {
            return;
        }
        if self.last().is_some_and(|last| !sheds_marks(last)) {
            self.gap = Gap::Inside;
            self.push(c, origin);
        } else if let Some(last) = self.places.last_mut() {
            // The accent goes, but the letter still covers it in the original.
            last.end = origin.end;
            last.past = origin.first + 1;
        }
    }

    fn push(&mut self, c: char, origin: Origin) {
        let last = self.places.last().copied();
        let gap = match last {
            None => Gap::Break,
            Some(last) if last.first == origin.first => Gap::Inside,
            // A line break in a column of Latin text is a space. In Chinese it ends a paragraph or a heading.
            Some(last) if self.lines > 1 || (self.lines == 1 && (is_han(last.c) || is_han(c))) => Gap::Break,
            Some(_) => self.gap,
        };
        let boundary = match (gap, self.base) {
            (Gap::Inside, _) => false,
            (Gap::Joined, Some(base)) => !holds_together(base, c),
            _ => true,
        };
        self.places.push(Place {
            c,
            at: self.text.len(),
            start: origin.start,
            end: origin.end,
            first: origin.first,
            past: origin.first + 1,
            gap,
            depth: self.depth,
            low: self.low,
            outside: self.outside,
            boundary,
        });
        self.text.push(c);
        if role(c) != Role::Mark {
            self.base = Some(c);
        }
        self.gap = Gap::Joined;
        self.lines = 0;
        self.low = self.depth;
        self.outside = self.depth;
    }

    /// The normal form, its places, and the lowest number of open brackets behind the last one.
    pub(super) fn finish(mut self) -> (String, Vec<Place>, i32) {
        self.split_at_plus();
        (self.text, self.places, self.low)
    }

    /// A plus belongs to the word before it (A+, C++), except between two words (OpenAI+Microsoft).
    fn split_at_plus(&mut self) {
        let mut runs = self.places.as_mut_slice();
        while let Some(begin) = runs.iter().position(|place| place.c == '+') {
            let (_, from_plus) = runs.split_at_mut(begin);
            let length = from_plus.iter().take_while(|place| place.c == '+').count();
            let (run, rest) = from_plus.split_at_mut(length);
            let between = rest.first().is_some_and(|next| next.gap == Gap::Joined && is_wordlike(next.c));
            if let Some(first) = run.first_mut() {
                first.boundary = between && first.gap == Gap::Joined;
            }
            runs = rest;
        }
    }
}

/// Whether a name may neither begin nor end between two characters that stand directly beside each other.
fn holds_together(before: char, after: char) -> bool {
    if before == '+' {
        return after == '+';
    }
    !stands_alone(before) && !stands_alone(after) && is_katakana(before) == is_katakana(after)
}
