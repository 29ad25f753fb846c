//! The witness: a small file that says which generation was acknowledged last.
//!
//! sled cannot tell a log whose end is damaged from one whose end was never written: it cuts the end off and opens as if
//! the last commits had not been made. The witness knows better. It is written after each commit, so it may be behind by
//! the commit that a kill interrupted, and is never ahead. One that is missing or damaged says nothing.
//!
//! ```text
//! 12 88f7d2ad        the generation, and the CRC-32 of its digits
//! ```

use std::fs;
use std::io;
use std::path::Path;

use super::StoreError;

pub(crate) const FILE: &str = "generation";
/// The witness before it is put in place.
pub(crate) const NEW_FILE: &str = "generation.new";

/// The generation that the witness in `folder` knows of.
pub(crate) fn read(folder: &Path) -> Option<u64> {
    let text = fs::read_to_string(folder.join(FILE)).ok()?;
    let generation = text.split_whitespace().next()?.parse().ok()?;
    (text == line(generation)).then_some(generation)
}

/// Replaces the witness; the caller holds the lock of the database.
pub(crate) fn write(folder: &Path, generation: u64) -> Result<(), StoreError> {
    if read(folder) == Some(generation) {
        return Ok(());
    }
    let (fresh, place) = (folder.join(NEW_FILE), folder.join(FILE));
    fs::write(&fresh, line(generation)).map_err(|error| StoreError::io("write", &fresh, error))?;
    fs::rename(&fresh, &place).map_err(|error| StoreError::io("replace", &place, error))
}

/// Removes the witness; the caller holds the lock of the database.
pub(crate) fn remove(folder: &Path) -> Result<(), StoreError> {
    let place = folder.join(FILE);
    match fs::remove_file(&place) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(StoreError::io("delete", &place, error)),
        _ => Ok(()),
    }
}

fn line(generation: u64) -> String {
    let digits = generation.to_string();
    format!("{digits} {:08x}\n", crc32fast::hash(digits.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_damaged_witness_says_nothing() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path()), None);
        write(folder.path(), 12).unwrap();
        assert_eq!(read(folder.path()), Some(12));
        let path = folder.path().join(FILE);
        let sound = fs::read(&path).unwrap();
        for place in 0..sound.len() {
            for bit in 0..8 {
                let mut bytes = sound.clone();
                bytes[place] ^= 1 << bit;
                fs::write(&path, &bytes).unwrap();
                assert!(matches!(read(folder.path()), None | Some(12)), "{bytes:?}");
            }
            fs::write(&path, &sound[..place]).unwrap();
            assert_eq!(read(folder.path()), None);
        }
    }
}
