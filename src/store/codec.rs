//! The only file that names bincode: rows to bytes and back.
//!
//! Variable-length integers, a byte for the version of the row in front, and a limit. The limit matters: a damaged
//! length must end in an error, not in an allocation. Trailing bytes are refused.

use bincode::{DefaultOptions, Options};
use serde::{Serialize, de::DeserializeOwned};

use super::StoreError;

/// The version of rows that this version writes.
const VERSION: u8 = 1;
/// What stands in place of the version in the row of a record that was retracted.
const RETRACTED: u8 = 0;

fn options(limit: usize) -> impl Options {
    DefaultOptions::new().with_limit(limit as u64)
}

/// Encodes a row, its version in front.
pub(crate) fn encode<T: Serialize>(row: &T) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    encode_into(row, &mut bytes)?;
    Ok(bytes)
}

/// Encodes what is left in the row of a record that was retracted.
pub(crate) fn encode_retracted<T: Serialize>(rest: &T) -> Result<Vec<u8>, StoreError> {
    let mut bytes = Vec::new();
    encode_behind(RETRACTED, rest, &mut bytes)?;
    Ok(bytes)
}

/// The row of something else that a retracted record had.
pub(crate) fn retracted() -> Vec<u8> {
    vec![RETRACTED]
}

/// Whether the record of a row was retracted.
pub(crate) fn is_retracted(bytes: &[u8]) -> bool {
    bytes.first() == Some(&RETRACTED)
}

/// Appends what [`encode`] returns.
pub(crate) fn encode_into<T: Serialize>(row: &T, bytes: &mut Vec<u8>) -> Result<(), StoreError> {
    encode_behind(VERSION, row, bytes)
}

fn encode_behind<T: Serialize>(first: u8, row: &T, bytes: &mut Vec<u8>) -> Result<(), StoreError> {
    bytes.push(first);
    options(super::page::LONGEST)
        .serialize_into(bytes, row)
        .map_err(|error| StoreError::damaged("a new row", format!("it cannot be encoded: {error}")))
}

/// Decodes a row that [`encode`] made. `place` is called only when something is wrong.
pub(crate) fn decode<T: DeserializeOwned>(bytes: &[u8], place: impl Fn() -> String) -> Result<T, StoreError> {
    let body = body(bytes, &place)?;
    // A row holds no more than its bytes say, so its length bounds every allocation.
    options(body.len()).deserialize(body).map_err(|error| undecodable(&place, &error))
}

/// Decodes what [`encode_retracted`] made.
pub(crate) fn decode_retracted<T: DeserializeOwned>(bytes: &[u8], place: impl Fn() -> String) -> Result<T, StoreError> {
    match bytes.split_first() {
        Some((&RETRACTED, body)) => options(body.len()).deserialize(body).map_err(|error| undecodable(&place, &error)),
        _ => Err(StoreError::damaged(place(), "the row is not one of a retracted record")),
    }
}

/// Decodes only the first field of a row, be its record retracted or not, and ignores the rest.
pub(crate) fn decode_first<T: DeserializeOwned>(bytes: &[u8], place: impl Fn() -> String) -> Result<T, StoreError> {
    let body = if is_retracted(bytes) { bytes.get(1..).unwrap_or_default() } else { body(bytes, &place)? };
    options(body.len()).allow_trailing_bytes().deserialize(body).map_err(|error| undecodable(&place, &error))
}

fn undecodable(place: &impl Fn() -> String, error: &bincode::Error) -> StoreError {
    StoreError::damaged(place(), format!("the row cannot be decoded: {error}"))
}

fn body<'a>(bytes: &'a [u8], place: &impl Fn() -> String) -> Result<&'a [u8], StoreError> {
    match bytes.split_first() {
        Some((&VERSION, body)) => Ok(body),
        Some((&RETRACTED, _)) => Err(StoreError::Retracted { record: place() }),
        Some((version, _)) => {
            Err(StoreError::damaged(place(), format!("the row has version {version}, expected {VERSION}")))
        }
        None => Err(StoreError::damaged(place(), "the row is empty")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    type Row = (String, Vec<(u32, Option<String>)>, f64);

    proptest! {
        #[test]
        fn rows_round_trip(row: Row) {
            let bytes = encode(&row).unwrap();
            let back: Row = decode(&bytes, String::new).unwrap();
            prop_assert_eq!(&back.0, &row.0);
            prop_assert_eq!(&back.1, &row.1);
            prop_assert_eq!(back.2.to_bits(), row.2.to_bits());
            prop_assert_eq!(decode_first::<String>(&bytes, String::new).unwrap(), row.0);
        }

        #[test]
        fn any_bytes_decode_or_fail(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = decode::<Row>(&bytes, String::new);
            let _ = decode_first::<String>(&bytes, String::new);
        }
    }

    #[test]
    fn a_damaged_length_allocates_nothing() {
        // A string that claims 2^40 bytes.
        let mut bytes = vec![VERSION, 253];
        bytes.extend_from_slice(&(1u64 << 40).to_le_bytes());
        assert!(decode::<String>(&bytes, String::new).is_err());
    }
}
