//! The text of a duration, written and read: ISO 8601 with signs and fractions.

use std::fmt;

use super::Duration;
use super::duration::Part;
use super::local_time::{NANOS_IN_HOUR, NANOS_IN_MINUTE, NANOS_IN_SECOND, fraction_text};
use super::parse::parse_local_time;

impl fmt::Display for Duration {
    /// `P12Y5M14DT16H13M10.000000001S`; parts that are zero are left out, and each part carries its own sign.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::ZERO {
            return f.write_str("PT0S");
        }
        let part = |f: &mut fmt::Formatter<'_>, number: i128, unit: char| {
            if number == 0 { Ok(()) } else { write!(f, "{number}{unit}") }
        };
        f.write_str("P")?;
        part(f, (self.months() / 12).into(), 'Y')?;
        part(f, (self.months() % 12).into(), 'M')?;
        part(f, self.days().into(), 'D')?;
        let nanos = self.total_nanos();
        if nanos == 0 {
            return Ok(());
        }
        f.write_str("T")?;
        part(f, nanos / i128::from(NANOS_IN_HOUR), 'H')?;
        part(f, nanos / i128::from(NANOS_IN_MINUTE) % 60, 'M')?;
        let rest = nanos % i128::from(NANOS_IN_MINUTE);
        if rest == 0 {
            return Ok(());
        }
        // The sign may belong to the fraction alone.
        let (sign, rest) = (if rest < 0 { "-" } else { "" }, i64::try_from(rest.unsigned_abs()).unwrap_or(0));
        write!(f, "{sign}{}{}S", rest / NANOS_IN_SECOND, fraction_text(rest % NANOS_IN_SECOND))
    }
}

/// Reads `P1Y2M3W4DT5H6M7.5S`, each number with a sign or a fraction where it has one, or `P2012-02-02T14:37:21.545`.
pub(crate) fn parse_duration(text: &str) -> Option<Duration> {
    let (negative, text) = match text.split_at_checked(1)? {
        ("-", rest) => (true, rest),
        ("+", rest) => (false, rest),
        _ => (false, text),
    };
    let body = text.strip_prefix(['P', 'p'])?;
    let duration = parse_units(body).or_else(|| parse_calendar(body))?;
    if negative { duration.negated().ok() } else { Some(duration) }
}

fn parse_units(body: &str) -> Option<Duration> {
    let (days, time) = match body.split_once(['T', 't']) {
        Some((_, "")) => return None,
        Some((days, time)) => (days, time),
        None => (body, ""),
    };
    if days.is_empty() && time.is_empty() {
        return None;
    }
    let (mut months_part, mut days_part, mut nanos_part) = (Part::default(), Part::default(), Part::default());
    for (number, unit) in components(days)? {
        match unit {
            'Y' => months_part = number.add_to(months_part, 12)?,
            'M' => months_part = number.add_to(months_part, 1)?,
            'W' => days_part = number.add_to(days_part, 7)?,
            'D' => days_part = number.add_to(days_part, 1)?,
            _ => return None,
        }
    }
    for (number, unit) in components(time)? {
        let nanos = match unit {
            'H' => NANOS_IN_HOUR,
            'M' => NANOS_IN_MINUTE,
            'S' => NANOS_IN_SECOND,
            _ => return None,
        };
        nanos_part = number.add_to(nanos_part, nanos)?;
    }
    Duration::from_parts(months_part, days_part, nanos_part).ok()
}

/// A decimal number: a whole part, and a fraction of so many digits.
struct Decimal {
    whole: i128,
    fraction: i128,
    digits: u32,
}

impl Decimal {
    fn parse(text: &str) -> Option<Self> {
        let (negative, text) = match text.split_at_checked(1)? {
            ("-", rest) => (true, rest),
            ("+", rest) => (false, rest),
            _ => (false, text),
        };
        let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
        let number = |digits: &str| {
            let good = (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
            good.then(|| digits.parse::<i128>().ok()).flatten()
        };
        let sign = if negative { -1 } else { 1 };
        let digits = u32::try_from(fraction.len()).ok()?;
        // A whole number may be as large as 64 bits hold; the fraction is cut at 18 digits.
        let whole = if whole.len() == 19 { whole.parse::<u64>().ok().map(i128::from) } else { number(whole) }?;
        Some(Self { whole: sign * whole, fraction: sign * number(fraction)?, digits })
    }

    /// Adds so many units to a part, exactly where no fraction of the part is left.
    fn add_to(self, part: Part, unit: i64) -> Option<Part> {
        let (unit, scale) = (i128::from(unit), 10_i128.pow(self.digits));
        let fraction = self.fraction * unit;
        #[allow(clippy::cast_precision_loss)] // a fraction below 1
        let rest = (fraction % scale) as f64 / scale as f64;
        part.plus(self.whole * unit)
            .and_then(|part| part.plus(fraction / scale))
            .and_then(|part| part.plus_float(rest))
            .ok()
    }
}

/// Numbers with their units.
fn components(text: &str) -> Option<Vec<(Decimal, char)>> {
    let mut rest = text;
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let at = rest.find(|c: char| c.is_ascii_alphabetic())?;
        let (number, unit) = rest.split_at(at);
        let unit = unit.chars().next()?;
        parts.push((Decimal::parse(number)?, unit.to_ascii_uppercase()));
        rest = rest.get(at + 1..)?;
    }
    Some(parts)
}

/// `2012-02-02T14:37:21.545`: years, months, days and time written as a date and a time.
fn parse_calendar(body: &str) -> Option<Duration> {
    let (date, time) = match body.split_once(['T', 't']) {
        Some((date, time)) => (date, parse_local_time(time)?.nanos()),
        None => (body, 0),
    };
    let dashes = date.bytes().enumerate().all(|(at, byte)| (at == 4 || at == 7) == (byte == b'-'));
    let digits = match date.len() {
        8 => date.to_owned(),
        10 if dashes => date.replace('-', ""),
        _ => return None,
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    // Unlike a date, a duration may have no month or no day.
    let number = |range| digits.get(range).and_then(|digits: &str| digits.parse::<i128>().ok());
    let (years, months, days) = (number(0..4)?, number(4..6)?, number(6..8)?);
    (months < 13 && days < 32).then(|| Duration::new(years * 12 + months, days, time.into()).ok())?
}
