/// The English words of 0 to 19, each at its value.
pub const UNITS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// The English words of 20 to 90.
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// The value of a word of [`UNITS`], `0..=19`.
pub fn unit_word(word: &str) -> Option<u8> {
    UNITS.iter().position(|u| *u == word).map(|n| n as u8)
}

/// The value of a word of [`TENS`], `20..=90`.
pub fn tens_word(word: &str) -> Option<u8> {
    TENS.iter().position(|t| *t == word).map(|n| 20 + 10 * n as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_words() {
        assert_eq!(
            [unit_word("zero"), unit_word("nineteen"), unit_word("twenty")],
            [Some(0), Some(19), None]
        );
        assert_eq!([tens_word("twenty"), tens_word("ninety"), tens_word("ten")], [Some(20), Some(90), None]);
    }
}
