//! The language and script that a text is written in.

use crate::model::Language;

use super::han::{is_han, is_simplified_only, is_traditional_only};

/// English words that hold a sentence together and are rarely names.
const ENGLISH: &[&str] = &[
    "a", "about", "all", "an", "and", "any", "are", "at", "between", "by", "did", "do", "does", "for", "from", "has",
    "have", "how", "in", "is", "it", "its", "list", "many", "me", "much", "of", "on", "or", "show", "that", "the",
    "their", "to", "was", "were", "what", "when", "where", "which", "who", "whom", "whose", "why", "with",
];

/// Chinese words that hold a sentence together, in both scripts.
const CHINESE: &[&str] = &[
    "谁", "誰", "什么", "什麼", "甚麼", "哪", "多少", "几", "幾", "何", "吗", "嗎", "呢", "的", "了", "是", "在", "有",
    "和", "与", "與", "及", "由", "被", "把", "对", "對", "从", "從", "过", "過", "为", "為",
];

/// The language, and for Chinese the script, that a text is written in.
///
/// A question is in the language that holds it together, not in that of the names it mentions. The rule:
///
/// 1. Without a Chinese character it is English.
/// 2. Small words are counted: English (who, of, the ...) against Chinese (谁, 的, 了 ...). More wins.
/// 3. When they are even, lower-case Latin words are counted against runs of Chinese characters; capitalised words are
///    left out because they may be names. More Latin words: English. Else Chinese.
/// 4. Chinese is Traditional when at least as many characters are Traditional-only as are Simplified-only, and at
///    least one is; else Simplified, also when nothing tells.
///
/// The surest answer comes for a text from which the names have been taken out. Linear.
///
/// # Examples
/// ```
/// use ailand::{model::Language, names::script_of};
///
/// assert_eq!(script_of("谁投资了月之暗面"), Language::Simplified);
/// assert_eq!(script_of("誰投資了月之暗面"), Language::Traditional);
/// assert_eq!(script_of("who invested in 月之暗面"), Language::English);
/// assert_eq!(script_of("OpenAI 和 Scale AI 的共同投资人"), Language::Simplified);
/// ```
#[must_use]
pub fn script_of(text: &str) -> Language {
    if !text.chars().any(is_han) {
        return Language::English;
    }
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let english = words().filter(|word| is_small_word(word)).count();
    let chinese: usize = CHINESE.iter().map(|small| text.matches(small).count()).sum();
    let is_english = match english.cmp(&chinese) {
        std::cmp::Ordering::Greater => true,
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => {
            let plain = words().filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).count();
            plain > text.split(|c| !is_han(c)).filter(|run| !run.is_empty()).count()
        }
    };
    if is_english {
        return Language::English;
    }
    let traditional = text.chars().filter(|&c| is_traditional_only(c)).count();
    let simplified = text.chars().filter(|&c| is_simplified_only(c)).count();
    if traditional > 0 && traditional >= simplified { Language::Traditional } else { Language::Simplified }
}

/// Whether `word` is one of [`ENGLISH`], also at the beginning of a sentence; "A" and "IT" are not, they are names.
fn is_small_word(word: &str) -> bool {
    let tail = word.get(1..).unwrap_or_default();
    let is_name =
        word.starts_with(|c: char| c.is_ascii_uppercase()) && !tail.starts_with(|c: char| c.is_ascii_lowercase());
    !is_name && ENGLISH.iter().any(|small| small.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(texts: &[&str], language: Language) {
        for text in texts {
            assert_eq!(script_of(text), language, "{text}");
        }
    }

    #[test]
    fn chinese_questions_keep_their_script() {
        all(
            &[
                "谁投资了月之暗面",
                "阿里云投了哪些公司",
                "Moonshot AI 的 CEO 是谁",
                "OpenAI和Anthropic的共同投资人有哪些？",
                "The Information 报道了什么",
                "百川",
                "openai 投资人",
                "李开复之前在哪家公司",
                "智谱 A 轮",
                "IT 公司 百川",
            ],
            Language::Simplified,
        );
        all(
            &["誰投資了月之暗面", "Moonshot AI 的執行長是誰", "智譜AI募了多少錢", "紅杉", "Kimi 是哪家公司開發的"],
            Language::Traditional,
        );
    }

    #[test]
    fn english_questions_may_hold_chinese_names() {
        all(
            &[
                "who invested in 月之暗面",
                "Who founded 阿里巴巴 and 智譜?",
                "which models did 零一万物 develop",
                "智谱 latest funding",
                "OpenAI",
                "",
                "how are 月之暗面 and 阿里巴巴 connected",
            ],
            Language::English,
        );
    }

    #[test]
    fn a_name_in_the_other_script_does_not_turn_a_question() {
        all(&["谁投资了零一萬物这家公司"], Language::Simplified);
        all(&["誰投資了零一万物這家公司"], Language::Traditional);
    }
}
