//! Numbers of paths, which can exceed every floating-point number.

/// A number that paths can be counted with.
pub(super) trait Count: Copy + Default {
    /// One path.
    const ONE: Self;

    /// The sum.
    fn plus(self, other: Self) -> Self;

    /// This divided by a number that is not smaller.
    fn share_of(self, whole: Self) -> f64;

    /// Whether shares can be computed with it.
    fn is_exact_enough(self) -> bool;
}

impl Count for f64 {
    const ONE: Self = 1.0;

    #[inline]
    fn plus(self, other: Self) -> Self {
        self + other
    }

    #[inline]
    fn share_of(self, whole: Self) -> f64 {
        self / whole
    }

    #[inline]
    fn is_exact_enough(self) -> bool {
        self.is_finite()
    }
}

/// A number with an exponent of its own: `fraction` times two to the power of `exponent`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Wide {
    fraction: f64,
    exponent: u32,
}

/// The fraction is brought back by this many powers of two when it has outgrown them.
const STEP: u32 = 512;

impl Wide {
    /// The fraction at a higher exponent; what becomes too small to matter is 0.
    fn at(self, exponent: u32) -> f64 {
        let powers = i32::try_from(exponent.saturating_sub(self.exponent)).unwrap_or(i32::MAX);
        self.fraction * 2f64.powi(-powers)
    }
}

impl Count for Wide {
    const ONE: Self = Self { fraction: 1.0, exponent: 0 };

    fn plus(self, other: Self) -> Self {
        let exponent = self.exponent.max(other.exponent);
        let fraction = self.at(exponent) + other.at(exponent);
        if fraction < 2f64.powi(STEP as i32) {
            return Self { fraction, exponent };
        }
        Self { fraction: fraction * 2f64.powi(-(STEP as i32)), exponent: exponent + STEP }
    }

    fn share_of(self, whole: Self) -> f64 {
        self.at(whole.exponent) / whole.fraction
    }

    fn is_exact_enough(self) -> bool {
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_right_beyond_the_range_of_floats() {
        let (mut wide, mut float) = (Wide::ONE, 1.0);
        for doubling in 0..5_000 {
            assert_eq!(wide.share_of(wide.plus(wide)), 0.5, "{doubling}");
            assert_eq!(Wide::ONE.share_of(wide), 1.0 / float, "{doubling}");
            (wide, float) = (wide.plus(wide), float.plus(float));
        }
        assert!(!float.is_exact_enough() && wide.is_exact_enough());
        assert_eq!(wide.plus(Wide::ONE), wide);
        assert_eq!(Wide::default().plus(Wide::ONE), Wide::ONE);
    }
}
