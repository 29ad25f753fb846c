//! Amounts of money as sources state them.

use std::fmt;

use super::{Language, ModelError};

/// An ISO 4217 currency code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Reads a code of three capital letters.
    ///
    /// # Errors
    /// [`ModelError::Currency`].
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        match text.as_bytes() {
            &[a, b, c] if [a, b, c].iter().all(u8::is_ascii_uppercase) => Ok(Self([a, b, c])),
            _ => Err(ModelError::Currency { text: text.chars().take(20).collect() }),
        }
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }

    /// What the currency is called in running text, where the project knows it; the code otherwise.
    #[must_use]
    pub fn name(&self, language: &Language) -> &str {
        match (language, self.code()) {
            (Language::Simplified, "USD") => "美元",
            (Language::Traditional, "USD") => "美元",
            (Language::Simplified, "CNY") => "元人民币",
            (Language::Traditional, "CNY") => "元人民幣",
            (Language::Simplified, "EUR") => "欧元",
            (Language::Traditional, "EUR") => "歐元",
            (Language::Simplified, "HKD") => "港元",
            (Language::Traditional, "HKD") => "港元",
            (Language::Simplified, "JPY") => "日元",
            (Language::Traditional, "JPY") => "日圓",
            (_, code) => code,
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// How a stated number stands to the true one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// `>`: more than.
    MoreThan,
    /// `>=`: at least.
    AtLeast,
    /// `~`: about.
    About,
    /// `<=`: at most.
    AtMost,
    /// `<`: less than.
    LessThan,
}

impl Qualifier {
    /// Reads the sign.
    ///
    /// # Errors
    /// [`ModelError::Word`].
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        match text {
            ">" => Ok(Self::MoreThan),
            ">=" => Ok(Self::AtLeast),
            "~" => Ok(Self::About),
            "<=" => Ok(Self::AtMost),
            "<" => Ok(Self::LessThan),
            other => Err(ModelError::Word {
                field: "qualifier",
                text: other.chars().take(20).collect(),
                expected: ">, <, ~, >=, <=",
            }),
        }
    }

    /// The sign.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::MoreThan => ">",
            Self::AtLeast => ">=",
            Self::About => "~",
            Self::AtMost => "<=",
            Self::LessThan => "<",
        }
    }
}

/// An amount of money: whole units, the currency where it was stated, and how exact the number is.
///
/// Nothing is ever converted between currencies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    /// Whole units of the currency.
    pub amount: i64,
    /// The currency, where the source states or implies one.
    pub currency: Option<Currency>,
    /// How the number stands to the true one; `None` means as stated.
    pub qualifier: Option<Qualifier>,
}

impl Money {
    /// The amount as people write it in `language`: `> 1 B USD`, `>10亿美元`. Never rounded.
    ///
    /// # Examples
    /// ```
    /// use ailand::model::{Currency, Language, Money};
    ///
    /// let money = Money { amount: 2_500_000_000, currency: Some(Currency::parse("CNY")?), qualifier: None };
    /// assert_eq!(money.display(&Language::English), "2.5B CNY");
    /// assert_eq!(money.display(&Language::Simplified), "25亿元人民币");
    /// # Ok::<(), ailand::model::ModelError>(())
    /// ```
    #[must_use]
    pub fn display(&self, language: &Language) -> String {
        let sign = self.qualifier.map_or("", Qualifier::sign);
        let units: &[(i64, &str)] = match language {
            Language::Simplified => &[(100_000_000, "亿"), (10_000, "万")],
            Language::Traditional => &[(100_000_000, "億"), (10_000, "萬")],
            _ => &[(1_000_000_000, "B"), (1_000_000, "M"), (1_000, "K")],
        };
        let number = units
            .iter()
            .find_map(|&(unit, name)| {
                (self.amount.unsigned_abs() >= unit.unsigned_abs())
                    .then(|| format!("{}{name}", scaled(self.amount, unit)))
            })
            .unwrap_or_else(|| self.amount.to_string());
        match (&self.currency, language.is_chinese()) {
            (None, _) => format!("{sign}{number}"),
            (Some(currency), true) => format!("{sign}{number}{}", currency.name(language)),
            (Some(currency), false) => format!("{sign}{number} {currency}"),
        }
    }
}

/// `amount / unit` in decimal notation, exact and without trailing zeros.
fn scaled(amount: i64, unit: i64) -> String {
    let (whole, rest) = (amount / unit, (amount % unit).abs());
    if rest == 0 {
        return whole.to_string();
    }
    let digits = unit.ilog10() as usize;
    let fraction = format!("{rest:0digits$}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_in_every_language() {
        let money = |amount, qualifier| Money { amount, currency: Currency::parse("USD").ok(), qualifier };
        assert_eq!(money(1_000_000_000, Some(Qualifier::MoreThan)).display(&Language::English), ">1B USD");
        assert_eq!(money(1_234_567, None).display(&Language::English), "1.234567M USD");
        assert_eq!(money(1_000_000_000, None).display(&Language::Traditional), "10億美元");
        assert_eq!(money(5_000_000, None).display(&Language::Simplified), "500万美元");
        assert_eq!(money(999, None).display(&Language::English), "999 USD");
        assert_eq!(Money { amount: 7, currency: None, qualifier: None }.display(&Language::English), "7");
    }

    #[test]
    fn currencies_are_three_capitals() {
        assert!(Currency::parse("USD").is_ok());
        for bad in ["usd", "US", "USDT", "", "元"] {
            assert!(Currency::parse(bad).is_err(), "{bad}");
        }
    }
}
