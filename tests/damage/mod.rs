//! Damage to the files of a database, known by its number.

#![allow(dead_code, unreachable_pub, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// A small generator (Marsaglia's xorshift), so that a case is known by its number.
pub struct Random(u64);

impl Random {
    pub fn new(case: usize) -> Self {
        Self((case as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % bound.max(1) as u64).unwrap()
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found.sort();
    found
}

/// Damages one file below `db` and says how.
pub fn spoil(db: &Path, random: &mut Random) -> (PathBuf, String) {
    let mut files = files(db);
    files.retain(|file| fs::metadata(file).unwrap().len() > 0);
    let path = files.swap_remove(random.below(files.len()));
    let changed = fs::metadata(&path).unwrap().modified().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let place = random.below(bytes.len());
    let how = match random.below(6) {
        0 | 1 => {
            bytes[place] ^= 1 << random.below(8);
            format!("a bit of byte {place} flipped")
        }
        2 => {
            let end = (place + 1 + random.below(8192)).min(bytes.len());
            bytes[place..end].fill(0);
            format!("bytes {place}..{end} zeroed")
        }
        3 => {
            let end = (place + 1 + random.below(600)).min(bytes.len());
            bytes[place..end].iter_mut().for_each(|byte| *byte = u8::try_from(random.below(256)).unwrap());
            format!("bytes {place}..{end} overwritten")
        }
        4 => {
            bytes.truncate(place);
            format!("cut off after {place} bytes")
        }
        _ => {
            bytes.clear();
            "emptied".to_owned()
        }
    };
    if random.below(12) == 0 {
        fs::remove_file(&path).unwrap();
        return (path, "deleted".to_owned());
    }
    fs::write(&path, bytes).unwrap();
    // Disks that lose bits do not tell the time.
    if random.below(2) == 0 {
        File::options().append(true).open(&path).unwrap().set_modified(changed).unwrap();
        return (path, format!("{how} in silence"));
    }
    (path, how)
}
