//! Phrases that say what happened, more than one verb: states, custody, hospitals, bodies, "the killing of".

use ascribe_record::Measure;

use super::counted::is_verbal;
use super::lexicon::{self, AUX, BE, CLAUSE, PREP, VerbForm};
use super::token::Line;
use super::trigger::{Side, Trigger, object_at};

/// The phrase that begins at `i`; `starts` tells where quantities begin.
pub(super) fn phrase_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
    state_at(line, starts, i)
        .or_else(|| custody_at(line, i))
        .or_else(|| to_death_at(line, starts, i))
        .or_else(|| suffering_at(line, i))
        .or_else(|| among_at(line, starts, i))
        .or_else(|| hospital_at(line, i))
        .or_else(|| found_body_at(line, i))
        .or_else(|| event_at(line, i))
}

/// "dead", "taken hostage", "unaccounted for".
fn state_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
    let found =
        lexicon::STATES.iter().filter_map(|&(measure, phrase)| Some((line.phrase_at(i, phrase)?, measure)));
    let (end, measure) = found.max_by_key(|&(end, _)| end)?;
    // "shot dead three guards" has its object behind it.
    let shot = line.lower(i) == "shot" || line.lower(end - 1) == "death";
    let object = shot && object_at(line, starts, end) && !(i > 0 && line.has(i - 1, BE | AUX));
    Some(Trigger { first: i, end, measure, side: if object { Side::Behind } else { Side::Before } })
}

/// "in Northland's prisons", "in Northland jails".
fn custody_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let held = |k: usize| {
        matches!(
            line.lower(k),
            "prison" | "prisons" | "jail" | "jails" | "custody" | "detention" | "captivity"
        )
    };
    let mut end = i + 1;
    while end < i + 4 && line.is_word(end) && line.capital(end) && !held(end) {
        end += 1;
    }
    let told = line.lower(i) == "in" && end > i + 1 && held(end);
    told.then_some(Trigger { first: i, end: end + 1, measure: Measure::Detained, side: Side::Before })
}

/// "stoned to death", "bludgeoned and stabbed to death", "one fatally".
fn to_death_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
    if line.lower(i) == "fatally" && (!line.is_word(i + 1) || line.has(i + 1, PREP)) && i > 0 {
        return Some(Trigger { first: i, end: i + 1, measure: Measure::Killed, side: Side::Before });
    }
    let word = line.lower(i);
    let told = matches!(word, "sentenced" | "condemned" | "sentencing" | "related" | "doomed");
    if told || !(is_verbal(word) || word == "beaten" || word == "shot") {
        return None;
    }
    let to = if line.phrase_at(i + 1, "to death").is_some() {
        i + 1
    } else {
        (i + 1..i + 6).find(|&k| line.phrase_at(k, "to death").is_some())?
    };
    let end = to + 2;
    // "shot an engineer to death": the object stands inside.
    let object = object_at(line, starts, i + 1) && to > i + 1;
    if object {
        return (!(i > 0 && line.has(i - 1, BE | AUX))).then_some(Trigger {
            first: i,
            end: i + 1,
            measure: Measure::Killed,
            side: Side::Behind,
        });
    }
    let joint = (i + 1..to).all(|k| is_verbal(line.lower(k)) || matches!(line.lower(k), "and" | ","));
    joint.then_some(Trigger {
        first: i,
        end,
        measure: Measure::Killed,
        side: if word.ends_with("ing") { Side::Behind } else { Side::Before },
    })
}

/// "suffered injuries", "sustained minor burns".
fn suffering_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let verb = ["suffer", "sustain", "receiv", "surviv", "treated"]
        .iter()
        .any(|begin| line.lower(i).starts_with(begin))
        || matches!(line.lower(i), "had" | "has");
    let harm = |k: &usize| {
        matches!(
            line.lower(*k),
            "injuries"
                | "injury"
                | "wounds"
                | "burns"
                | "cuts"
                | "bruises"
                | "lacerations"
                | "concussion"
                | "shock"
                | "fractures"
        )
    };
    let end = (i + 1..i + 8)
        .take_while(|&k| line.is_word(k) || line.inner_hyphen(k))
        .find(harm)
        .filter(|_| verb)?
        + 1;
    Some(Trigger { first: i, end, measure: Measure::Injured, side: Side::Before })
}

/// "among those killed", "among the 40 wounded": said of the part that stands before it.
fn among_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
    let opens = matches!(line.lower(i), "among" | "amongst") && matches!(line.lower(i + 1), "the" | "those");
    let harm = |k: usize| match line.lower(k) {
        "dead" => Some(Measure::Killed),
        "missing" => Some(Measure::Missing),
        word => lexicon::verb(word).filter(|v| v.form == VerbForm::Past && v.transitive).map(|v| v.measure),
    };
    let mut near =
        (i + 2..i + 6).take_while(|&k| opens && !line.has(k, BE | PREP | CLAUSE) && k < line.len());
    let (at, measure) = near.find_map(|k| Some((k, harm(k)?)))?;
    // "the hundreds killed" are a figure of their own.
    let end = if (i + 2..at).any(|k| starts[k]) { i + 2 } else { at + 1 };
    Some(Trigger { first: i, end, measure, side: Side::Before })
}

/// "taken to the county hospital", "rushed to hospital": an injury, unless death follows there.
fn hospital_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let brought =
        matches!(line.lower(i), "taken" | "rushed" | "transported" | "airlifted" | "flown" | "brought");
    if !(brought && line.lower(i + 1) == "to") {
        return None;
    }
    let hospital =
        |k: &usize| matches!(line.lower(*k), "hospital" | "hospitals" | "clinic" | "clinics" | "infirmary");
    let end = (i + 2..i + 9).take_while(|&k| line.is_word(k) || line.is_mark(k)).find(hospital)? + 1;
    let died = (end..end + 10)
        .take_while(|&k| k < line.len() && !matches!(line.lower(k), ";" | "but"))
        .any(|k| matches!(line.lower(k), "died" | "dead" | "succumbed"));
    let measure = if died { Measure::Killed } else { Measure::Injured };
    Some(Trigger { first: i, end, measure, side: Side::Before })
}

/// "found", where a body stands before it.
fn found_body_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let found = matches!(
        line.lower(i),
        "found" | "discovered" | "recovered" | "dumped" | "retrieved" | "pulled" | "dragged" | "identified"
    );
    let body = |k: usize| matches!(line.lower(k), "body" | "corpse") && line.lower(k + 1) != "of";
    let passive = line.has(i.wrapping_sub(1), BE) || line.lower(i.wrapping_sub(2)) == "been";
    let told = found && passive && (i.saturating_sub(5)..i).any(body);
    told.then_some(Trigger { first: i, end: i + 1, measure: Measure::Killed, side: Side::Before })
}

/// "the killing of", "injuries to", "death toll".
fn event_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let measure = lexicon::noun_measure(lexicon::EVENTS, line.lower(i))?;
    let joint = line.lower(i + 1);
    // "no injuries to", "attempted assassination of", "an attempt on the life of".
    let before = line.lower(i.wrapping_sub(1));
    let unreal = matches!(
        before,
        "no" | "without"
            | "any"
            | "attempted"
            | "planned"
            | "scheduled"
            | "threatened"
            | "possible"
            | "near"
            | "alleged"
    );
    let lives = matches!(line.lower(i), "life" | "lives");
    let taken = (i.saturating_sub(3)..i).any(|k| {
        ["claim", "took", "tak", "cost", "loss", "lost"].iter().any(|b| line.lower(k).starts_with(b))
    });
    if unreal || lives && !taken {
        return None;
    }
    let fits = joint == "of" || joint == "to" && measure == Measure::Injured;
    fits.then_some(Trigger { first: i, end: i + 2, measure, side: Side::Behind })
}
