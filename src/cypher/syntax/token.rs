//! The tokens of a statement: words, literals and marks.

use super::Span;

/// One token, with its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

/// What a token is. Its text is read from the statement when it is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// An identifier.
    Word,
    /// An identifier that is also a word of the language; where a name is wanted it is a name.
    Keyword(Keyword),
    /// An identifier between backticks.
    QuotedWord,
    /// Digits and whatever letters are glued to them; read by [`super::literal`].
    Number,
    /// A string between single or double quotes; its escapes are read by [`super::literal`].
    Text,
    /// `$name`
    Parameter,
    Symbol(Symbol),
    Invalid(Fault),
    /// Behind the last token.
    End,
}

/// Text that is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    Character,
    UnclosedText,
    UnclosedBacktick,
    UnclosedComment,
    NamelessParameter,
}

macro_rules! keywords {
    ($($name:ident $text:literal)*) => {
        /// The words of the language, in any mixture of small and capital letters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Keyword { $($name),* }

        impl Keyword {
            pub(super) const ALL: &[Self] = &[$(Self::$name),*];

            /// The word in capitals.
            pub(super) fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }

        }
    };
}

// In the order of the alphabet, for the search.
keywords! {
    All "ALL" And "AND" Any "ANY" As "AS" Asc "ASC" Ascending "ASCENDING" By "BY" Call "CALL" Case "CASE" Collect "COLLECT"
    Contains "CONTAINS" Count "COUNT" Create "CREATE" Delete "DELETE" Desc "DESC" Descending "DESCENDING" Detach "DETACH"
    Distinct "DISTINCT" Drop "DROP" Else "ELSE" End "END" Ends "ENDS" Exists "EXISTS" Explain "EXPLAIN" False "FALSE"
    Finish "FINISH" Foreach "FOREACH" From "FROM" Groups "GROUPS" In "IN" Insert "INSERT" Is "IS" Let "LET" Limit "LIMIT"
    Load "LOAD" Match "MATCH" Merge "MERGE" NoDetach "NODETACH" None "NONE" Not "NOT" Null "NULL" Offset "OFFSET" On "ON"
    Optional "OPTIONAL" Or "OR" Order "ORDER" Path "PATH" Paths "PATHS" Profile "PROFILE" Reduce "REDUCE" Remove "REMOVE"
    Return "RETURN" Set "SET" Shortest "SHORTEST" Show "SHOW" Single "SINGLE" Skip "SKIP" Starts "STARTS" Then "THEN"
    True "TRUE" Union "UNION" Unwind "UNWIND" Use "USE" When "WHEN" Where "WHERE" With "WITH" Xor "XOR" Yield "YIELD"
}

impl Keyword {
    /// The longest keyword has this many letters.
    const LONGEST: usize = 10;

    /// The keyword that a word is.
    pub(super) fn of(word: &str) -> Option<Self> {
        let mut capitals = [0_u8; Self::LONGEST];
        let capitals = capitals.get_mut(..word.len())?;
        capitals.copy_from_slice(word.as_bytes());
        capitals.make_ascii_uppercase();
        let found = Self::ALL.binary_search_by(|keyword| keyword.text().as_bytes().cmp(capitals)).ok()?;
        Self::ALL.get(found).copied()
    }

    /// Whether a variable must not be called like this without backticks: the words that begin or join the parts of a
    /// statement, which a missing part would otherwise turn into a variable.
    pub(super) fn is_reserved(self) -> bool {
        use Keyword as K;
        const RESERVED: &[Keyword] = &[
            K::And,
            K::As,
            K::Case,
            K::Contains,
            K::Create,
            K::Delete,
            K::Detach,
            K::Distinct,
            K::Else,
            K::Ends,
            K::False,
            K::Foreach,
            K::In,
            K::Is,
            K::Limit,
            K::Match,
            K::Merge,
            K::Not,
            K::Null,
            K::Optional,
            K::Or,
            K::Remove,
            K::Return,
            K::Set,
            K::Skip,
            K::Starts,
            K::Then,
            K::True,
            K::Union,
            K::Unwind,
            K::When,
            K::Where,
            K::With,
            K::Xor,
            K::Yield,
        ];
        RESERVED.contains(&self)
    }
}

macro_rules! symbols {
    ($($name:ident $text:literal)*) => {
        /// Marks.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Symbol { $($name),* }

        impl Symbol {
            pub(super) const ALL: &[Self] = &[$(Self::$name),*];

            pub(super) fn text(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

symbols! {
    TwoDots ".." NotEqual "<>" LessOrEqual "<=" GreaterOrEqual ">=" Matches "=~" DoubleEqual "==" BangEqual "!="
    PlusEqual "+=" DoubleBar "||" DoubleAmpersand "&&"
    LeftParenthesis "(" RightParenthesis ")" LeftBracket "[" RightBracket "]" LeftBrace "{" RightBrace "}"
    Comma "," Semicolon ";" Dot "." Colon ":" Bar "|" Ampersand "&" Bang "!" Plus "+" Minus "-" Star "*" Slash "/"
    Percent "%" Caret "^" Equal "=" Less "<" Greater ">"
}

impl Symbol {
    /// The mark at the beginning of a text.
    pub(super) fn at_start(text: &str) -> Option<Self> {
        let mut bytes = text.bytes();
        let symbol = match (bytes.next()?, bytes.next()) {
            (b'.', Some(b'.')) => Self::TwoDots,
            (b'<', Some(b'>')) => Self::NotEqual,
            (b'<', Some(b'=')) => Self::LessOrEqual,
            (b'>', Some(b'=')) => Self::GreaterOrEqual,
            (b'=', Some(b'~')) => Self::Matches,
            (b'=', Some(b'=')) => Self::DoubleEqual,
            (b'!', Some(b'=')) => Self::BangEqual,
            (b'+', Some(b'=')) => Self::PlusEqual,
            (b'|', Some(b'|')) => Self::DoubleBar,
            (b'&', Some(b'&')) => Self::DoubleAmpersand,
            (b'(', _) => Self::LeftParenthesis,
            (b')', _) => Self::RightParenthesis,
            (b'[', _) => Self::LeftBracket,
            (b']', _) => Self::RightBracket,
            (b'{', _) => Self::LeftBrace,
            (b'}', _) => Self::RightBrace,
            (b',', _) => Self::Comma,
            (b';', _) => Self::Semicolon,
            (b'.', _) => Self::Dot,
            (b':', _) => Self::Colon,
            (b'|', _) => Self::Bar,
            (b'&', _) => Self::Ampersand,
            (b'!', _) => Self::Bang,
            (b'+', _) => Self::Plus,
            (b'-', _) => Self::Minus,
            (b'*', _) => Self::Star,
            (b'/', _) => Self::Slash,
            (b'%', _) => Self::Percent,
            (b'^', _) => Self::Caret,
            (b'=', _) => Self::Equal,
            (b'<', _) => Self::Less,
            (b'>', _) => Self::Greater,
            _ => return None,
        };
        Some(symbol)
    }
}

#[cfg(test)]
mod tests {
    use super::{Keyword, Symbol};

    #[test]
    fn every_keyword_is_found() {
        for keyword in Keyword::ALL {
            assert_eq!(Keyword::of(keyword.text()), Some(*keyword));
            assert_eq!(Keyword::of(&keyword.text().to_lowercase()), Some(*keyword));
            assert!(keyword.text().len() <= Keyword::LONGEST);
        }
        assert_eq!(Keyword::of("x"), None);
        assert_eq!(Keyword::of("公司"), None);
        assert_eq!(Keyword::of("allShortestPaths"), None);
    }

    #[test]
    fn every_symbol_is_found() {
        for symbol in Symbol::ALL {
            assert_eq!(Symbol::at_start(symbol.text()), Some(*symbol));
        }
        assert_eq!(Symbol::at_start("#"), None);
    }
}
