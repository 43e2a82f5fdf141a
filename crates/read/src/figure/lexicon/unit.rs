//! Units of measure and money: what a number before or behind them measures.
//!
//! Units of the International System are told by prefix and base ("kilowatt", "megabytes"), others by
//! table; currencies by name, by sign and by their ISO 4217 codes. What is neither money, time nor length
//! is [`Measure::Other`].

use std::collections::HashMap;
use std::sync::LazyLock;

use ascribe_record::Measure;

/// Names of currencies and of their parts, singular and plural. Left out are those that are commoner
/// words ("won", "real", "sol", "pound" for a weight).
const MONEY: &str = "dollar dollars euro euros cent cents pounds sterling pence shekel shekels rupee rupees yen yuan \
    renminbi peso pesos franc francs mark marks deutschmark deutschmarks ruble rubles rouble roubles lira liras lire \
    dinar dinars riyal riyals rial rials dirham dirhams crowns krona kronor kroner koruna zloty zlotys forint forints \
    hryvnia hryvnias baht rupiah ringgit naira shilling shillings schilling schillings rand taka birr lei leva kuna \
    lari tenge dong kip kyat kwacha kwanza pula cedi cedis dalasi gourde gourdes lempira lempiras quetzal quetzales \
    bolivar bolivars bolivares guarani guaranies riel riels rufiyaa ngultrum tugrik manat drams nakfa ariary meticais \
    ouguiya pataca reais soles colones cordobas sucres intis australes balboas cruzeiros pesetas escudos guilder \
    guilders drachma drachmas bitcoin bitcoins";

/// ISO 4217 codes that are no English words when they are written in capitals.
const CODES: &str = "AED AFN AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF \
    CHF CLP CNY COP CRC CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG \
    HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MDL MGA MKD MMK \
    MNT MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR \
    SDG SEK SGD SHP SLE SRD SSP STN SYP SZL THB TJS TMT TND TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF \
    XPF YER ZAR ZMW ZWL RMB";

/// Signs of currencies.
const SIGNS: &str = "$€£¥₪₹₽₩₺₴₫฿₦₱₡₲₸₼₾₵₮₭₨";

const DURATION: &str = "second seconds minute minutes hour hours day days night nights week weeks fortnight fortnights \
    month months year years decade decades century centuries millennia";

const DISTANCE: &str = "mile miles feet foot yard yards inch inches acre acres hectare hectares micron microns furlong \
    furlongs fathom fathoms parsec parsecs";

/// Units of weight, volume, power and the rest, but those that an SI prefix may stand before.
const OTHER: &str = "ounce ounces gallon gallons pint pints quart quarts barrel barrels bushel bushels horsepower \
    decibel decibels knot knots degree degrees carat carats celsius fahrenheit kelvin kilo kilos ton tons kiloton \
    kilotons megaton megatons gigaton gigatons quintal quintals hundredweight teaspoon teaspoons tablespoon tablespoons \
    hertz kilohertz megahertz gigahertz terahertz";

const PREFIXES: &[&str] =
    &["", "kilo", "mega", "giga", "tera", "peta", "hecto", "deci", "centi", "milli", "micro", "nano"];

/// Units that SI prefixes stand before, in the singular.
const BASES: &[(Measure, &str)] = &[
    (Measure::Distance, "metre meter"),
    (Measure::Duration, "second"),
    (
        Measure::Other,
        "gram gramme tonne litre liter watt joule volt amp ampere ohm byte pascal newton calorie becquerel sievert \
         pixel farad lumen",
    ),
];

/// Symbols of more than one letter, which may stand apart from their number.
const SYMBOLS: &[(Measure, &str)] = &[
    (Measure::Distance, "km cm mm ft mi yd"),
    (Measure::Duration, "min mins sec secs hr hrs ms yrs"),
    (
        Measure::Other,
        "kg mg lb lbs oz ml cl mph kph kmh kmph rpm kw mw gw tw kwh mwh gwh twh hp bhp ps nm gb mb tb kb gbps mbps kbps \
         ghz mhz khz hz ppm ppb dpi ppi fps mah db dba psi kpa mpa hpa kj mj gj kcal cc btu mmbtu bpd boe mpg pc",
    ),
];

/// Symbols that must be written on to their number.
const GLUED: &[(Measure, &str)] = &[
    (Measure::Duration, "s h"),
    (Measure::Distance, "in"),
    (Measure::Other, "g l t c f v w a p bar kt mt mp"),
];

static UNITS: LazyLock<HashMap<String, Measure>> = LazyLock::new(|| {
    let mut units = HashMap::new();
    let plain = [
        (Measure::Money, MONEY),
        (Measure::Duration, DURATION),
        (Measure::Distance, DISTANCE),
        (Measure::Other, OTHER),
    ];
    for (measure, words) in plain {
        units.extend(words.split_whitespace().map(|word| (word.to_owned(), measure)));
    }
    for (measure, bases) in BASES {
        for base in bases.split_whitespace() {
            for prefix in PREFIXES {
                units.insert(format!("{prefix}{base}"), *measure);
                units.insert(format!("{prefix}{base}s"), *measure);
            }
        }
    }
    for (measure, words) in SYMBOLS {
        units.extend(words.split_whitespace().map(|word| (word.to_owned(), *measure)));
    }
    for code in ["usd", "eur", "gbp"] {
        units.insert(code.to_owned(), Measure::Money);
    }
    units
});

/// What a number before `word`, in small letters, measures.
pub(in crate::figure) fn unit(word: &str) -> Option<Measure> {
    UNITS.get(word).copied()
}

/// What a number that `word`, in small letters, is written on to measures.
pub(in crate::figure) fn glued_unit(word: &str) -> Option<Measure> {
    measure_in(GLUED, word).or_else(|| unit(word))
}

/// Whether `word` is a symbol of a unit, no word.
pub(in crate::figure) fn is_symbol(word: &str) -> bool {
    measure_in(GLUED, word).is_some() || measure_in(SYMBOLS, word).is_some()
}

/// Whether `text`, as it is written, is the code of a currency: "USD".
pub(in crate::figure) fn is_currency_code(text: &str) -> bool {
    text.len() == 3 && CODES.split_whitespace().any(|code| code == text)
}

/// Whether `text` is the sign of a currency.
pub(in crate::figure) fn is_currency_sign(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next().is_some_and(|c| SIGNS.contains(c)) && chars.next().is_none()
}

fn measure_in(table: &[(Measure, &str)], word: &str) -> Option<Measure> {
    let holds = |words: &str| words.split_whitespace().any(|w| w == word);
    table.iter().find(|(_, words)| holds(words)).map(|&(measure, _)| measure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units() {
        for (word, measure) in [
            ("kilometres", Measure::Distance),
            ("nanometer", Measure::Distance),
            ("milliseconds", Measure::Duration),
            ("megawatts", Measure::Other),
            ("kroner", Measure::Money),
            ("mph", Measure::Other),
        ] {
            assert_eq!(unit(word), Some(measure), "{word}");
        }
        assert_eq!((unit("people"), unit("w"), glued_unit("w")), (None, None, Some(Measure::Other)));
    }

    #[test]
    fn currencies() {
        assert!(is_currency_code("CHF") && is_currency_sign("₦"));
        assert!(!is_currency_code("chf") && !is_currency_code("ALL") && !is_currency_sign("$$"));
    }
}
