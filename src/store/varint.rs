//! Unsigned numbers in seven bits a byte, the low ones first, the high bit set on all bytes but the last (LEB128).

/// Appends a number.
pub(crate) fn write(mut number: u64, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push((number & 0x7f) as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// Takes a number from the front of `bytes`; `None` when they end before it does, or when it has more than 64 bits.
pub(crate) fn read(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..64).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        let bits = u64::from(byte & 0x7f);
        if shift == 63 && bits > 1 {
            return None;
        }
        number |= bits << shift;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// Appends the way from one number to the next, up or down: small steps take few bytes.
pub(crate) fn write_step(from: u32, to: u32, into: &mut Vec<u8>) {
    let step = i64::from(to) - i64::from(from);
    write(((step << 1) ^ (step >> 63)).cast_unsigned(), into);
}

/// Takes a step and goes it; `None` also when it leads out of the numbers.
pub(crate) fn read_step(from: u32, bytes: &mut &[u8]) -> Option<u32> {
    let step = read(bytes)?;
    let step = (step >> 1).cast_signed() ^ -(step & 1).cast_signed();
    u32::try_from(i64::from(from).checked_add(step)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_and_steps_come_back(numbers: Vec<u64>, from: u32, to: u32) {
            let mut bytes = Vec::new();
            numbers.iter().for_each(|&number| write(number, &mut bytes));
            write_step(from, to, &mut bytes);
            let mut rest = bytes.as_slice();
            for number in numbers {
                prop_assert_eq!(read(&mut rest), Some(number));
            }
            prop_assert_eq!(read_step(from, &mut rest), Some(to));
            prop_assert!(rest.is_empty());
        }

        #[test]
        fn any_bytes_are_a_number_or_none(bytes in prop::collection::vec(any::<u8>(), 0..12), from: u32) {
            read(&mut bytes.as_slice());
            read_step(from, &mut bytes.as_slice());
        }
    }
}
