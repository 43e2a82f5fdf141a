//! Days of EDTF dates, for those who only compare them.

/// The day of a date that begins "2026-03-06", counted from 1970-01-01; `None` for less precise or
/// impossible ones.
///
/// Method: days from civil date (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", 2013).
pub fn day_number(date: &str) -> Option<i32> {
    let date = date.get(..10)?;
    let mut parts = date.split('-').map(|part| part.parse::<i32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    if !(0..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let number = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
    // The 31st of a short month would come back as another day.
    (day_name(number) == date).then_some(number)
}

/// "2026-03-06" of a number of [`day_number`].
pub fn day_name(number: i32) -> String {
    let shifted = number + 719_468;
    let (era, of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year + era * 400 + i32::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_there_and_back() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2024-02-29T10:00"), Some(19_782));
        for date in ["2000-02-29", "2026-12-31", "1969-07-20", "0001-01-01"] {
            assert_eq!(day_name(day_number(date).unwrap()), date);
        }
        for odd in ["2026", "2026-03", "2023-02-29", "2026-13-01", "XXXX-03-06", "", "ééééé"] {
            assert_eq!(day_number(odd), None, "{odd}");
        }
    }
}
