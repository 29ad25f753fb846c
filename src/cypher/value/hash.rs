//! A hash of values that is quick for short keys.
//!
//! The hash of the standard library withstands keys chosen to collide, at several times the cost. Here each word is mixed
//! in by one multiplication of 64 by 64 bits whose halves are folded together, as in wyhash (Wang Yi, 2019); the seed
//! differs from process to process, so that collisions cannot be prepared.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;

/// Any odd number with well mixed bits would do.
const MIX: u64 = 0xa076_1d64_78bd_642f;

/// Makes hashers with the seed of the process.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Quick {
    seed: u64,
}

impl Default for Quick {
    fn default() -> Self {
        static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(MIX));
        Self { seed: *SEED }
    }
}

impl BuildHasher for Quick {
    type Hasher = QuickHasher;

    fn build_hasher(&self) -> QuickHasher {
        QuickHasher { state: self.seed }
    }
}

/// The state of a hash.
#[derive(Debug, Clone, Copy)]
pub(crate) struct QuickHasher {
    state: u64,
}

impl QuickHasher {
    #[inline]
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(MIX);
        // Both halves count: the cast keeps the lower one.
        self.state = (product as u64) ^ (product >> 64) as u64 ^ self.state.rotate_left(29);
    }
}

impl Hasher for QuickHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.mix(chunk.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        let rest = chunks.remainder().iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        // The length keeps texts apart that end in zeros.
        self.mix(rest ^ (bytes.len() as u64) << 56);
    }

    #[inline]
    fn write_u8(&mut self, number: u8) {
        self.mix(number.into());
    }

    #[inline]
    fn write_u32(&mut self, number: u32) {
        self.mix(number.into());
    }

    #[inline]
    fn write_u64(&mut self, number: u64) {
        self.mix(number);
    }

    #[inline]
    fn write_usize(&mut self, number: usize) {
        self.mix(number as u64);
    }

    #[inline]
    fn finish(&self) -> u64 {
        let product = u128::from(self.state) * u128::from(MIX);
        (product as u64) ^ (product >> 64) as u64
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::hash::BuildHasher;

    use super::Quick;
    use crate::cypher::Value;

    #[test]
    fn different_values_hash_apart_in_all_bits() {
        let quick = Quick::default();
        let hash = |value: &Value| quick.hash_one(value);
        let texts = (0..20_000).map(|number| Value::from(format!("node {number}").as_str()));
        let zeros = (0..40).map(|length| Value::from("\0".repeat(length).as_str()));
        let values: Vec<Value> = texts.chain(zeros).chain((0..20_000).map(Value::Int)).collect();
        for shift in [0, 32] {
            let hashes: HashSet<u32> = values.iter().map(|value| (hash(value) >> shift) as u32).collect();
            // About 0.2 of 40,000 values share 32 bits by chance.
            assert!(hashes.len() + 10 > values.len(), "{} of {}", hashes.len(), values.len());
        }
        let places: HashSet<u64> = values.iter().map(|value| hash(value) & 1023).collect();
        assert_eq!(places.len(), 1024);
    }
}
