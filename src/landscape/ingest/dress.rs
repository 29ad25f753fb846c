//! What names of organisations wear: legal forms, trades, places, generic words. The words are data/lexicon/organisations.tsv.

use crate::names::name_key;

/// The words that names of organisations wear.
#[derive(Debug, Default)]
pub(super) struct Dress {
    /// In normal form, the longest first; so are all others.
    company: Vec<String>,
    trade: Vec<String>,
    place: Vec<String>,
    generic: Vec<String>,
    /// As words, because a Latin name has to end before them: "Arco" is not "Ar Co".
    legal: Vec<Vec<String>>,
}

impl Dress {
    /// Reads the lexicon of the project.
    pub(super) fn load() -> Self {
        let mut dress = Self::default();
        for line in include_str!("../../../data/lexicon/organisations.tsv").lines() {
            let Some((kind, words)) = line.split_once('\t').filter(|_| !line.starts_with('#')) else { continue };
            match kind {
                "legal" => dress.legal.push(latin_words(words)),
                "company" => dress.company.push(name_key(words)),
                "trade" => dress.trade.push(name_key(words)),
                "place" => dress.place.push(name_key(words)),
                "generic" => dress.generic.push(name_key(words)),
                _ => {}
            }
        }
        for list in [&mut dress.company, &mut dress.trade, &mut dress.place, &mut dress.generic] {
            list.sort_by_key(|word| std::cmp::Reverse(word.len()));
        }
        dress.legal.sort_by_key(|words| std::cmp::Reverse(words.len()));
        dress
    }

    /// What a registered name may be called without its legal dress, the fullest first. None when it wears none.
    pub(super) fn without_legal_dress(&self, name: &str) -> Vec<String> {
        let mut cores = Vec::new();
        let words: Vec<&str> = name.split_whitespace().collect();
        for legal in &self.legal {
            let Some(kept) = words.len().checked_sub(legal.len()).filter(|kept| *kept > 0) else { continue };
            let (front, tail) = words.split_at(kept);
            if tail.iter().flat_map(|word| latin_words(word)).eq(legal.iter().cloned()) {
                cores.push(front.join(" ").trim_end_matches(',').to_owned());
                return cores;
            }
        }
        let key = name_key(name);
        let Some(core) = self.company.iter().find_map(|form| key.strip_suffix(form.as_str())) else { return cores };
        let homeless = self.place.iter().find_map(|place| core.strip_prefix(place.as_str())).unwrap_or(core);
        for one in [core, homeless] {
            cores.push(one.to_owned());
        }
        for trade in &self.trade {
            cores.extend(homeless.strip_suffix(trade.as_str()).map(str::to_owned));
        }
        // One character names nothing.
        cores.retain(|core| core.chars().count() >= 2 && *core != key);
        cores.dedup();
        cores
    }

    /// Whether a name is another one without generic words behind it: Perplexity for Perplexity AI, but not 阿里 for 阿里云.
    pub(super) fn is_short_form(&self, full: &str, short: &str) -> bool {
        let (full, short) = (name_key(full), name_key(short));
        let rest = full.strip_prefix(short.as_str()).filter(|rest| !rest.is_empty());
        rest.is_some_and(|rest| self.generic.iter().any(|word| word == rest))
    }

    /// What a short name might be in full.
    pub(super) fn fuller_names(&self, name: &str) -> Vec<String> {
        self.generic.iter().map(|word| format!("{name}{word}")).collect()
    }
}

/// Words in small letters without dots and commas.
fn latin_words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .map(|word| word.to_lowercase().replace(['.', ','], ""))
        .filter(|word| !word.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_dress_comes_off_and_nothing_else() {
        let dress = Dress::load();
        for (name, core) in [
            ("Figure AI Inc.", "Figure AI"),
            ("Nvidia Corp", "Nvidia"),
            ("Beijing Zhipu Huazhang Technology Co Ltd", "Beijing Zhipu Huazhang Technology"),
            ("Brightloom GmbH", "Brightloom"),
            ("Lumio Labs, Inc.", "Lumio Labs"),
        ] {
            assert_eq!(dress.without_legal_dress(name), [core], "{name}");
        }
        assert!(dress.without_legal_dress("北京月之暗面科技有限公司").contains(&"月之暗面".to_owned()));
        assert!(dress.without_legal_dress("杭州宇樹科技股份有限公司").contains(&"宇树科技".to_owned()));
        for name in ["Arco", "Labco", "Inc", "有限公司", "阿里雲", "Moonshot AI", ""] {
            assert_eq!(dress.without_legal_dress(name), Vec::<String>::new(), "{name}");
        }
    }

    #[test]
    fn short_forms_lack_generic_words_only() {
        let dress = Dress::load();
        assert!(dress.is_short_form("Perplexity AI", "Perplexity"));
        assert!(dress.is_short_form("智譜AI", "智谱"));
        assert!(!dress.is_short_form("阿里雲", "阿里"));
        assert!(!dress.is_short_form("Mercury Labs", "Mercury"));
        assert!(!dress.is_short_form("腾讯", "腾讯"));
    }
}
