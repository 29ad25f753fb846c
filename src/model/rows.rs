//! Rows of results, before they are written in any format.

use super::vocabulary::amount_keys;
use super::{Claim, Currency, EntityId, Evidence, Modality, Money, PartialDate, Properties, Qualifier, Value};

/// A column of results.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Column {
    /// What stands above it, and the key of its cells in JSON.
    pub name: String,
}

impl From<&str> for Column {
    fn from(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

/// One value in a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing is known.
    Empty,
    /// Text.
    Text(String),
    /// A whole number.
    Int(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Bool(bool),
    /// A date, as precise as it is known.
    Date(PartialDate),
    /// An amount of money.
    Money(Money),
    /// An entity, with the name to show for it.
    Entity {
        /// Which entity.
        id: EntityId,
        /// Its name in the reader's language.
        name: String,
    },
    /// Several values.
    List(Vec<Cell>),
}

impl Cell {
    /// Whether the cell holds a number, and belongs on the right side of its column.
    #[must_use]
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Int(_) | Self::Float(_) | Self::Money(_))
    }
}

impl Cell {
    /// The sources of some evidence by their ids, each once, in the order of the evidence.
    #[must_use]
    pub fn sources<'e>(evidence: impl IntoIterator<Item = &'e Evidence>) -> Self {
        let mut cells: Vec<Self> = Vec::new();
        for one in evidence {
            let cell = Self::from(one.source.as_str());
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
        Self::List(cells)
    }
}

impl From<Modality> for Cell {
    /// The word; nothing for plain assertions, which go without saying.
    fn from(modality: Modality) -> Self {
        match modality {
            Modality::Asserted => Self::Empty,
            other => Self::from(other.word()),
        }
    }
}

impl Properties {
    /// The cell of a property: amounts with the currency and the qualifier that stand beside them, anything else as it is.
    ///
    /// # Examples
    /// ```
    /// use ailand::model::{Cell, Currency, Money, Properties, Value};
    ///
    /// let mut properties = Properties::new();
    /// properties.set("round_amount", Value::Int(1_000_000_000));
    /// properties.set("round_currency", Value::Text("USD".into()));
    /// let currency = Currency::parse("USD").ok();
    /// let billion = Cell::Money(Money { amount: 1_000_000_000, currency, qualifier: None });
    /// assert_eq!(properties.cell("round_amount"), billion);
    /// assert_eq!(properties.cell("round"), Cell::Empty);
    /// assert_eq!(properties.cells().collect::<Vec<_>>(), [("round_amount", billion)]);
    /// ```
    #[must_use]
    pub fn cell(&self, key: &str) -> Cell {
        match (self.get(key), amount_keys(key)) {
            (None, _) => Cell::Empty,
            (Some(Value::Int(amount)), Some(keys)) => {
                let currency = keys.currency.iter().find_map(|key| self.get(key));
                Cell::Money(Money::stated(*amount, currency, keys.qualifier.and_then(|key| self.get(key))))
            }
            (Some(value), _) => Cell::from(value),
        }
    }

    /// Keys and cells, in the order of the keys. What stands in the cell of an amount has no cell of its own.
    pub fn cells(&self) -> impl Iterator<Item = (&str, Cell)> {
        let in_amounts: Vec<&str> = self
            .iter()
            .filter(|(_, value)| value.as_int().is_some())
            .filter_map(|(key, _)| amount_keys(key))
            .flat_map(|keys| {
                keys.currency.iter().find(|key| self.get(key).is_some()).copied().into_iter().chain(keys.qualifier)
            })
            .collect();
        self.iter().map(|(key, _)| key).filter(move |key| !in_amounts.contains(key)).map(|key| (key, self.cell(key)))
    }
}

impl Claim {
    /// The cell of the value: amounts, and numbers with a currency, as money.
    #[must_use]
    pub fn cell(&self) -> Cell {
        let currency = self.qualifiers.get("currency");
        match self.value {
            Value::Int(amount) if currency.is_some() || amount_keys(&self.key).is_some() => {
                Cell::Money(Money::stated(amount, currency, self.qualifiers.get("qualifier")))
            }
            ref value => Cell::from(value),
        }
    }
}

impl Money {
    /// An amount with the currency and the qualifier that are stated beside it; what is no currency or qualifier is left out.
    #[must_use]
    pub fn stated(amount: i64, currency: Option<&Value>, qualifier: Option<&Value>) -> Self {
        Self {
            amount,
            currency: currency.and_then(Value::as_text).and_then(|code| Currency::parse(code).ok()),
            qualifier: qualifier.and_then(Value::as_text).and_then(|sign| Qualifier::parse(sign).ok()),
        }
    }
}

impl From<&Value> for Cell {
    fn from(value: &Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Int(number) => Self::Int(*number),
            Value::Float(number) => Self::Float(*number),
            Value::Text(text) => Self::Text(text.clone()),
            Value::Date(date) => Self::Date(*date),
            Value::Temporal(temporal) => Self::Text(temporal.as_str().to_owned()),
            Value::List(values) => Self::List(values.iter().map(Self::from).collect()),
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    /// Nothing becomes an empty cell.
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

/// Columns and rows.
///
/// The names of the columns should differ, because JSON uses them as keys. A row that is shorter than the columns ends
/// with empty cells; what exceeds them is not written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rows {
    /// The columns, in order.
    pub columns: Vec<Column>,
    /// The cells of each row, in the order of the columns.
    pub rows: Vec<Vec<Cell>>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn properties(pairs: &[(&str, Value)]) -> Properties {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect()
    }

    fn money(amount: i64, currency: &str, qualifier: Option<Qualifier>) -> Cell {
        Cell::Money(Money { amount, currency: Currency::parse(currency).ok(), qualifier })
    }

    #[test]
    fn each_amount_has_the_currency_beside_it() {
        let text = |text: &str| Value::Text(text.to_owned());
        let both = properties(&[
            ("amount", Value::Int(5)),
            ("currency", text("USD")),
            ("debt_assumed", Value::Int(7)),
            ("debt_currency", text("CNY")),
            ("total_amount", Value::Int(9)),
            ("total_qualifier", text("~")),
            ("qualifier", text(">")),
            ("stake_pct", Value::Int(36)),
        ]);
        let expected = [
            ("amount", money(5, "USD", None)),
            ("debt_assumed", money(7, "CNY", None)),
            ("qualifier", Cell::from(">")),
            ("stake_pct", Cell::Int(36)),
            ("total_amount", money(9, "", Some(Qualifier::About))),
        ];
        assert_eq!(both.cells().collect::<Vec<_>>(), expected);
        // A currency without its amount is all that is known.
        let alone = properties(&[("round_currency", text("USD"))]);
        assert_eq!(alone.cells().collect::<Vec<_>>(), [("round_currency", Cell::from("USD"))]);
        // What the key does not promise stays as it is.
        let odd = properties(&[("amount", text("many")), ("currency", text("USD"))]);
        assert_eq!(odd.cells().count(), 2);
    }

    #[test]
    fn claims_of_money_are_money() {
        let claim = |key: &str, qualifiers: &[(&str, Value)]| Claim {
            key: key.to_owned(),
            value: Value::Int(3),
            qualifiers: properties(qualifiers),
            evidence: vec![],
        };
        let text = |text: &str| Value::Text(text.to_owned());
        let stated = claim("valuation", &[("currency", text("USD")), ("qualifier", text(">"))]);
        assert_eq!(stated.cell(), money(3, "USD", Some(Qualifier::MoreThan)));
        assert_eq!(claim("issue_price", &[("currency", text("HKD"))]).cell(), money(3, "HKD", None));
        assert_eq!(claim("employees", &[("qualifier", text(">"))]).cell(), Cell::Int(3));
    }

    #[test]
    fn each_source_stands_once() {
        let evidence = ["b", "a", "b"].map(|id| Evidence::curated(crate::model::SourceId::new(id).unwrap()));
        assert_eq!(Cell::sources(&evidence), Cell::List(vec!["b".into(), "a".into()]));
    }
}
