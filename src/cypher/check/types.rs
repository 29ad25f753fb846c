//! What an expression can be.

use crate::cypher::value::Types;

/// The types that a value can have; for lists also those of its elements.
///
/// The empty set is null, which is at home in every type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Type {
    pub(super) types: Types,
    /// What the elements can be if it is a list.
    pub(super) elements: Types,
}

impl Type {
    pub(super) const ANY: Self = Self::of(Types::ANY);
    pub(super) const NULL: Self = Self { types: Types::NONE, elements: Types::NONE };
    pub(super) const BOOL: Self = Self::of(Types::BOOL);
    pub(super) const NODE: Self = Self::of(Types::NODE);
    pub(super) const RELATIONSHIP: Self = Self::of(Types::RELATIONSHIP);
    pub(super) const PATH: Self = Self::of(Types::PATH);

    /// One of these types; of lists nothing more is known.
    pub(super) const fn of(types: Types) -> Self {
        Self { types, elements: Types::ANY }
    }

    pub(super) const fn list(elements: Types) -> Self {
        Self { types: Types::LIST, elements }
    }

    pub(super) fn or(self, other: Self) -> Self {
        let elements = match (self.can_be(Types::LIST), other.can_be(Types::LIST)) {
            (true, false) => self.elements,
            (false, true) => other.elements,
            _ => self.elements | other.elements,
        };
        Self { types: self.types | other.types, elements }
    }

    pub(super) fn is_null(self) -> bool {
        self.types == Types::NONE
    }

    fn can_be(self, types: Types) -> bool {
        self.types.meets(types)
    }

    /// Whether some value of this type, or null, is of one of those types.
    pub(super) fn admits(self, types: Types) -> bool {
        self.is_null() || self.can_be(types)
    }

    /// Whether it is one of those types for sure, and not only null.
    pub(super) fn is(self, types: Types) -> bool {
        !self.is_null() && types.contains(self.types)
    }

    /// What its elements are when it is unwound.
    pub(super) fn unwound(self) -> Self {
        if self.is(Types::LIST) || self.is_null() { Self::of(self.elements) } else { Self::ANY }
    }
}
