//! Pages: several rows in one checksummed block of bytes.
//!
//! sled's cost follows the number of keys, so rows are packed. The frame of every page (docs/format.md):
//!
//! ```text
//! byte 0       format of the page (1)
//! byte 1       kind of page, the tag letter of its key
//! byte 2..4    number of rows, little-endian as all numbers here
//! byte 4..8    page number
//! byte 8..12   CRC-32 (IEEE) of all other bytes of the page
//! byte 12..16  length of the page
//! byte 16..24  the generation whose commit wrote it
//! byte 24..28  length of the body
//! then         the body, or an LZ4 block that unpacks to it where that is shorter
//! ```
//!
//! The body holds the length of each row (varint.rs), and then the rows. A row of no bytes is an empty slot.

use std::cmp::Ordering;

use super::{StoreError, varint};

/// The format of pages that this version writes.
const FORMAT: u8 = 1;
/// Bytes before the body.
pub(crate) const HEADER: usize = 28;
/// Where the checksum stands.
const SUM: std::ops::Range<usize> = 8..12;
/// An LZ4 block does not unpack to more than this times its length.
const MOST_UNPACKED: usize = 255;
/// No page is longer than this; a length beyond it is damage.
pub(crate) const LONGEST: usize = 256 << 20;

/// What a page holds. The letter is the first byte of its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum PageKind {
    /// The catalog: counts, generation, words. One page.
    Catalog,
    /// Rows of entities.
    Entities,
    /// Rows of facts.
    Facts,
    /// Rows of sources.
    Sources,
    /// The facts of each entity, out and in.
    Adjacency,
    /// Which records name an entity as the one who says something.
    Mentions,
    /// The log: one row for each commit.
    Log,
    /// Rows as they were before a commit.
    History,
    /// A piece of the name index.
    Names,
    /// A piece of the index of entity ids.
    EntityIds,
    /// A piece of the index of fact ids.
    FactIds,
    /// A piece of the index of source ids.
    SourceIds,
}

impl PageKind {
    /// Every kind.
    pub(crate) const ALL: [Self; 12] = [
        Self::Catalog,
        Self::Entities,
        Self::Facts,
        Self::Sources,
        Self::Adjacency,
        Self::Mentions,
        Self::Log,
        Self::History,
        Self::Names,
        Self::EntityIds,
        Self::FactIds,
        Self::SourceIds,
    ];

    /// The letter in keys and page headers.
    pub(crate) fn tag(self) -> u8 {
        match self {
            Self::Catalog => b'C',
            Self::Entities => b'E',
            Self::Facts => b'F',
            Self::Sources => b'S',
            Self::Adjacency => b'A',
            Self::Mentions => b'M',
            Self::Log => b'L',
            Self::History => b'H',
            Self::Names => b'n',
            Self::EntityIds => b'e',
            Self::FactIds => b'f',
            Self::SourceIds => b's',
        }
    }

    pub(crate) fn from_tag(tag: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.tag() == tag)
    }

    /// Whether its rows are entities, facts or sources.
    pub(crate) fn is_record(self) -> bool {
        matches!(self, Self::Entities | Self::Facts | Self::Sources)
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Entities => "entity",
            Self::Facts => "fact",
            Self::Sources => "source",
            Self::Adjacency => "adjacency",
            Self::Mentions => "mentions",
            Self::Log => "log",
            Self::History => "history",
            Self::Names => "name index",
            Self::EntityIds => "entity id index",
            Self::FactIds => "fact id index",
            Self::SourceIds => "source id index",
        }
    }
}

/// Where a page is kept: its kind and its number.
///
/// Keys stand in the order of their bytes, in sled, in maps and in the directory of an image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct PageKey {
    pub(crate) kind: PageKind,
    pub(crate) number: u32,
}

impl PageKey {
    pub(crate) const CATALOG: Self = Self { kind: PageKind::Catalog, number: 0 };

    pub(crate) fn new(kind: PageKind, number: u32) -> Self {
        Self { kind, number }
    }

    /// The key in sled: the tag and the number, big-endian so that pages of a kind stand in order.
    pub(crate) fn to_bytes(self) -> [u8; 5] {
        let [a, b, c, d] = self.number.to_be_bytes();
        [self.kind.tag(), a, b, c, d]
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let &[tag, a, b, c, d] = bytes else { return None };
        Some(Self { kind: PageKind::from_tag(tag)?, number: u32::from_be_bytes([a, b, c, d]) })
    }
}

impl Ord for PageKey {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.kind.tag(), self.number).cmp(&(other.kind.tag(), other.number))
    }
}

impl PartialOrd for PageKey {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl std::fmt::Display for PageKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} page {}", self.kind.word(), self.number)
    }
}

/// Packs rows into a page that the commit of a generation writes.
pub(crate) fn encode<R: AsRef<[u8]>>(key: PageKey, generation: u64, rows: &[R]) -> Vec<u8> {
    let size: usize = rows.iter().map(|row| row.as_ref().len()).sum();
    let mut body = Vec::with_capacity(3 * rows.len() + size);
    for row in rows {
        varint::write(row.as_ref().len() as u64, &mut body);
    }
    for row in rows {
        body.extend_from_slice(row.as_ref());
    }
    let mut page = Vec::with_capacity(HEADER + body.len());
    page.push(FORMAT);
    page.push(key.kind.tag());
    // A page never has more rows than fit in u16: the widest kind has 64.
    page.extend_from_slice(&u16::try_from(rows.len()).unwrap_or(u16::MAX).to_le_bytes());
    page.extend_from_slice(&key.number.to_le_bytes());
    page.extend_from_slice(&[0; 4]);
    let packed = lz4_flex::compress(&body);
    let shorter = if packed.len() < body.len() { &packed } else { &body };
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX).to_le_bytes();
    page.extend_from_slice(&length(HEADER + shorter.len()));
    page.extend_from_slice(&generation.to_le_bytes());
    page.extend_from_slice(&length(body.len()));
    page.extend_from_slice(shorter);
    let sum = checksum(&page).to_le_bytes();
    if let Some(slot) = page.get_mut(SUM) {
        slot.copy_from_slice(&sum);
    }
    page
}

/// The CRC-32 of a page, leaving out the bytes that hold it.
fn checksum(page: &[u8]) -> u32 {
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(page.get(..SUM.start).unwrap_or_default());
    hasher.update(page.get(SUM.end..).unwrap_or_default());
    hasher.finalize()
}

/// Some bytes with a header that fits them: what follows the header stays as it is.
pub(crate) fn sealed(key: PageKey, bytes: &[u8]) -> Vec<u8> {
    let mut page = bytes.to_vec();
    page.resize(bytes.len().max(HEADER), 0);
    let length = u32::try_from(page.len()).unwrap_or(u32::MAX);
    let mut set = |at: usize, bytes: &[u8]| {
        if let Some(place) = page.get_mut(at..at + bytes.len()) {
            place.copy_from_slice(bytes);
        }
    };
    set(0, &[FORMAT, key.kind.tag()]);
    set(4, &key.number.to_le_bytes());
    set(12, &length.to_le_bytes());
    let sum = checksum(&page).to_le_bytes();
    if let Some(place) = page.get_mut(SUM) {
        place.copy_from_slice(&sum);
    }
    page
}

/// What stands before the body.
struct Header {
    format: u8,
    tag: u8,
    rows: u16,
    number: u32,
    sum: u32,
    length: u32,
    generation: u64,
    body: u32,
}

impl Header {
    /// Reads the header of a page, and hands back what follows it.
    fn read(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (header, rest) = bytes.split_at_checked(HEADER)?;
        let number = |at: usize| header.get(at..at + 4).and_then(|b| b.try_into().ok()).map(u32::from_le_bytes);
        let &[format, tag, r0, r1, ..] = header else { return None };
        let header = Self {
            format,
            tag,
            rows: u16::from_le_bytes([r0, r1]),
            number: number(4)?,
            sum: number(8)?,
            length: number(12)?,
            generation: header.get(16..24)?.try_into().ok().map(u64::from_le_bytes)?,
            body: number(24)?,
        };
        Some((header, rest))
    }
}

/// How long the page is that may begin at the front of some bytes. Few bytes look as if one began there.
pub(crate) fn length_of(bytes: &[u8]) -> Option<usize> {
    if bytes.first() != Some(&FORMAT) {
        return None;
    }
    let (header, _) = Header::read(bytes)?;
    let (length, body) = (header.length as usize, header.body as usize);
    let packed = length.checked_sub(HEADER)?;
    let is_one = PageKind::from_tag(header.tag).is_some()
        && packed <= body
        && body <= LONGEST.min(packed.saturating_mul(MOST_UNPACKED));
    is_one.then_some(length)
}

/// The page that begins at the front of some bytes, if one does, whatever follows it: its key, its length and its
/// generation.
pub(crate) fn recognize(bytes: &[u8]) -> Option<(PageKey, usize, u64)> {
    let (header, _) = Header::read(bytes)?;
    let kind = PageKind::from_tag(header.tag).filter(|_| header.format == FORMAT)?;
    let page = bytes.get(..header.length as usize).filter(|page| page.len() >= HEADER)?;
    (checksum(page) == header.sum).then(|| (PageKey::new(kind, header.number), page.len(), header.generation))
}

/// A page that has been checked and unpacked.
#[derive(Debug)]
pub(crate) struct Page {
    /// The generation whose commit wrote it.
    pub(crate) generation: u64,
    body: Vec<u8>,
    /// Where the first row begins in the body, and where each row ends.
    ends: Vec<usize>,
}

impl Page {
    /// Checks the frame (checksum, format, key, lengths) and unpacks the rows.
    pub(crate) fn open(key: PageKey, bytes: &[u8]) -> Result<Self, StoreError> {
        let damaged = |what: &str| StoreError::damaged(key.to_string(), what);
        let Some((header, packed)) = Header::read(bytes) else {
            return Err(damaged("it is shorter than a page header"));
        };
        if header.sum != checksum(bytes) {
            return Err(damaged("its checksum does not match"));
        }
        if header.format != FORMAT {
            return Err(damaged(&format!("it has page format {}, expected {FORMAT}", header.format)));
        }
        if header.tag != key.kind.tag() || header.number != key.number {
            return Err(damaged("it is another page than its key says"));
        }
        if header.length as usize != bytes.len() {
            return Err(damaged("it has another length than its header says"));
        }
        let length = header.body as usize;
        let body = if packed.len() == length {
            packed.to_vec()
        } else if length <= LONGEST.min(packed.len().saturating_mul(MOST_UNPACKED)) {
            lz4_flex::decompress(packed, length).map_err(|error| damaged(&format!("it cannot be unpacked: {error}")))?
        } else {
            return Err(damaged("it is longer than its bytes can unpack to"));
        };
        if body.len() != length {
            return Err(damaged("it unpacks to another length than its header says"));
        }
        let count = usize::from(header.rows);
        let mut rest = body.as_slice();
        let mut ends = Vec::with_capacity(count);
        let mut end = 0usize;
        for _ in 0..count {
            let length = varint::read(&mut rest).and_then(|length| usize::try_from(length).ok());
            end = length
                .and_then(|length| end.checked_add(length))
                .ok_or_else(|| damaged("its row lengths are cut off"))?;
            ends.push(end);
        }
        if end != rest.len() {
            return Err(damaged("its rows have another length than it says"));
        }
        let start = body.len() - rest.len();
        ends.iter_mut().for_each(|end| *end += start);
        ends.insert(0, start);
        Ok(Self { generation: header.generation, body, ends })
    }

    /// How many slots there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len() - 1
    }

    /// The bytes of a row; `None` past the last slot, and for an empty slot.
    pub(crate) fn row(&self, row: usize) -> Option<&[u8]> {
        let (start, end) = (self.ends.get(row)?, self.ends.get(row + 1)?);
        self.body.get(*start..*end).filter(|bytes| !bytes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KEY: PageKey = PageKey { kind: PageKind::Facts, number: 7 };

    proptest! {
        #[test]
        fn rows_come_back(rows in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..64)) {
            let bytes = encode(KEY, 5, &rows);
            let page = Page::open(KEY, &bytes).unwrap();
            prop_assert_eq!((page.len(), page.generation), (rows.len(), 5));
            prop_assert_eq!(recognize(&[&bytes[..], b"behind"].concat()), Some((KEY, bytes.len(), 5)));
            for (i, row) in rows.iter().enumerate() {
                prop_assert_eq!(page.row(i).unwrap_or_default(), &row[..]);
            }
            prop_assert!(page.row(rows.len()).is_none());
        }

        #[test]
        fn any_changed_byte_is_noticed(
            rows in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20),
            place in any::<prop::sample::Index>(), flip in 1u8..,
        ) {
            let mut bytes = encode(KEY, 5, &rows);
            let place = place.index(bytes.len());
            bytes[place] ^= flip;
            prop_assert!(Page::open(KEY, &bytes).is_err());
        }

        #[test]
        fn any_bytes_are_a_page_or_an_error(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Page::open(KEY, &bytes);
            recognize(&bytes);
        }

        #[test]
        fn cut_pages_are_noticed(rows in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20),
                                 place in any::<prop::sample::Index>()) {
            let bytes = encode(KEY, 5, &rows);
            prop_assert!(Page::open(KEY, &bytes[..place.index(bytes.len())]).is_err());
        }
    }

    #[test]
    fn a_page_under_another_key_is_refused() {
        let bytes = encode(KEY, 5, &[b"row"]);
        assert!(Page::open(PageKey::new(PageKind::Facts, 8), &bytes).is_err());
        assert!(Page::open(PageKey::new(PageKind::Entities, 7), &bytes).is_err());
    }

    #[test]
    fn keys_sort_by_kind_and_number() {
        for kind in PageKind::ALL {
            let key = PageKey::new(kind, 0x0102_0304);
            assert_eq!(PageKey::from_bytes(&key.to_bytes()), Some(key));
        }
        assert!(PageKey::new(PageKind::Facts, 255).to_bytes() < PageKey::new(PageKind::Facts, 256).to_bytes());
        let mut keys = PageKind::ALL.map(|kind| PageKey::new(kind, 1));
        keys.sort();
        assert!(keys.is_sorted_by_key(|key| key.to_bytes()));
        assert_eq!(PageKey::from_bytes(b"?0000"), None);
    }
}
