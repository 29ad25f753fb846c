//! Arbitrary rows, for the property tests of every format.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;

use crate::model::{Cell, Column, Rows};
use crate::model::{Currency, Money, Qualifier, arbitrary};

fn cell() -> impl Strategy<Value = Cell> {
    let money = (any::<i64>(), option::of("[A-Z]{3}"), option::of(Just(Qualifier::About))).prop_map(
        |(amount, currency, qualifier)| {
            let currency = currency.and_then(|code| Currency::parse(&code).ok());
            Cell::Money(Money { amount, currency, qualifier })
        },
    );
    let leaf = prop_oneof![
        1 => Just(Cell::Empty),
        4 => arbitrary::text().prop_map(Cell::Text),
        2 => "[a-z 月之暗面]{0,60}".prop_map(Cell::Text),
        1 => "[,\"\r\n|\\\\<>&*_\u{1b}a]{0,8}".prop_map(Cell::Text),
        1 => any::<i64>().prop_map(Cell::Int),
        1 => any::<f64>().prop_map(Cell::Float),
        1 => any::<bool>().prop_map(Cell::Bool),
        1 => arbitrary::date().prop_map(Cell::Date),
        1 => money,
        1 => (arbitrary::entity_id(), arbitrary::name_text()).prop_map(|(id, name)| Cell::Entity { id, name }),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| vec(inner, 0..3).prop_map(Cell::List))
}

/// Rows with distinct column names, some of them shorter or longer than the columns.
pub(super) fn rows() -> impl Strategy<Value = Rows> {
    let columns = vec(arbitrary::text(), 0..5).prop_map(|names| {
        let numbered = names.into_iter().enumerate();
        numbered.map(|(i, name)| Column { name: format!("{name}{i}") }).collect()
    });
    (columns, vec(vec(cell(), 0..6), 0..6)).prop_map(|(columns, rows)| Rows { columns, rows })
}
