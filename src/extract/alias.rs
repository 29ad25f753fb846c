//! Names that the text says are one: X(Y), 以下简称“Y”, "also known as Y".

use crate::names::is_han;

use super::reader::Reader;
use super::roster::Hint;

impl Reader<'_, '_> {
    /// Merges the names of this sentence that the text itself joins.
    pub(super) fn join_names(&mut self) {
        for place in 0..self.parts.len() {
            if self.parts.mark(place) == Some('(') {
                self.join_bracket(place);
            }
        }
    }

    fn join_bracket(&mut self, open: usize) {
        let close = self.behind_bracket(open).saturating_sub(1);
        if close <= open + 1 || self.parts.mark(close) != Some(')') {
            return;
        }
        let Some(front) = open.checked_sub(1) else { return };
        // 「澜泊智能」(LanBo AI): the quotation is the name in front.
        let front = if matches!(self.parts.mark(front), Some('”' | '"')) {
            let quote = self.before_bracket(front);
            if quote + 2 == front && self.parts.name(quote + 1).is_some() { quote + 1 } else { return }
        } else {
            front
        };
        let Some(name) = self.parts.name(front) else { return };
        // 安全超智慧（Safe Superintelligence，SSI）
        if (open + 1..close).any(|place| matches!(self.parts.mark(place), Some(',' | '、'))) {
            let names: Vec<usize> = (open + 1..close).filter_map(|place| self.parts.name(place)).collect();
            if let Some(short) = (open + 1..close).find(|place| self.is_word(*place, &["以下简称", "简称", "下称"]))
            {
                let range = self.trim_quotes(self.parts.start(short + 1)..self.parts.start(close));
                let surface = self.text.quote(range.clone());
                let words = self.text.folded(range.clone());
                if (2..=12).contains(&range.len())
                    && let Some(entry) = self.roster.enter(surface, &words)
                {
                    self.roster.merge(name, entry);
                }
            }
            let plain = (open + 1..close).take_while(|place| !self.is_word(*place, &["以下简称", "简称", "下称"])).all(
                |place| {
                    self.parts.name(place).is_some()
                        || self.parts.mark(place).is_some()
                        || self.is_word(place, &["简称", "以下简称"])
                },
            );
            if plain && self.has_han(self.parts.start(front)) {
                for other in names {
                    let both = self.roster.get(name).is_some_and(|entry| !entry.known.is_empty())
                        && self.roster.get(other).is_some_and(|entry| !entry.known.is_empty());
                    let alike = self.roster.kind(other).is_none_or(|kind| {
                        self.roster
                            .kind(name)
                            .is_none_or(|own| own == kind || own.is_organisation() && kind.is_organisation())
                    });
                    if !both && alike && self.is_english(open + 1) {
                        self.roster.merge(name, other);
                    }
                }
            }
            return;
        }
        let short = (open + 1..close).find(|place| {
            self.is_word(
                *place,
                &[
                    "以下简称", "简称", "下称", "以下称", "又称", "原名", "曾用名", "英文名", "英文名称", "now",
                    "formerly", "aka",
                ],
            )
        });
        let inner = short.map_or(open + 1, |short| short + 1);
        let inner_range = self.parts.start(inner)..self.parts.start(close);
        let trimmed = self.trim_quotes(inner_range);
        let words = self.text.folded(trimmed.clone());
        if words.is_empty() || words.contains([',', ':', '、', ';']) || trimmed.len() > 30 || is_ticker(&words) {
            return;
        }
        let other = if close == inner + 1 || short.is_some() {
            self.parts.name(inner).filter(|_| close <= inner + 1)
        } else {
            self.parts.name(inner).filter(|_| close == inner + 1)
        };
        let kind = self.roster.kind(name);
        if let Some(other) = other {
            let other_kind = self.roster.kind(other);
            let alike = kind.is_none()
                || other_kind.is_none()
                || kind == other_kind
                || kind.is_some_and(super::Kind::is_organisation)
                    && other_kind.is_some_and(super::Kind::is_organisation);
            let scripts = self.has_han(self.parts.start(front)) != self.has_han(trimmed.start);
            let both_known = self.roster.get(name).is_some_and(|entry| !entry.known.is_empty())
                && self.roster.get(other).is_some_and(|entry| !entry.known.is_empty());
            let acronym =
                is_acronym(&self.text.folded(self.parts.start(front)..self.parts.end_before(front + 1)), &words);
            if alike && (scripts || acronym || short.is_some()) && !both_known {
                self.roster.merge(name, other);
            }
        } else if short.is_some() && (2..=12).contains(&trimmed.len()) {
            let surface = self.text.quote(trimmed);
            if let Some(entry) = self.roster.enter(surface, &words) {
                if let Some(kind) = kind {
                    self.roster.hint(entry, Hint::Shape, kind);
                }
                self.roster.merge(name, entry);
            }
        }
    }

    fn trim_quotes(&self, mut range: std::ops::Range<usize>) -> std::ops::Range<usize> {
        while range.start < range.end && matches!(self.text.at(range.start), '“' | '"' | '”' | ' ' | ':' | '\'') {
            range.start += 1;
        }
        while range.start < range.end && matches!(self.text.at(range.end - 1), '“' | '"' | '”' | ' ' | '\'') {
            range.end -= 1;
        }
        range
    }

    fn has_han(&self, at: usize) -> bool {
        is_han(self.text.at(at))
    }
}

/// 0700.hk, baba-us, nvda, nasdaq: a place where shares are traded, not a name.
fn is_ticker(words: &str) -> bool {
    let end = words.rsplit(['.', '-', ' ']).next().unwrap_or_default();
    words.contains(['.', '-', ' '])
        && matches!(end, "hk" | "us" | "sz" | "sh" | "ss" | "tw" | "o" | "n" | "l" | "t" | "ks")
        || words.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// Whether one name is made of the first letters of the other: GLM and General Language Model.
fn is_acronym(short: &str, long: &str) -> bool {
    let initials: String = long.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
    short.len() > 1
        && (initials == short
            || short.split([' ', '-']).filter_map(|word| word.chars().next()).collect::<String>() == long)
}
