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
        .or_else(|| lodged_at(line, i))
        .or_else(|| to_death_at(line, starts, i))
        .or_else(|| suffering_at(line, i))
        .or_else(|| treated_at(line, starts, i))
        .or_else(|| throat_at(line, i))
        .or_else(|| life_cost_at(line, i))
        .or_else(|| degree_at(line, i))
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
    // "two lists of the dead": whoever they are, no number tells of them.
    let noun = end == i + 1
        && line.phrase_before(i, "of the").is_some()
        && i > 2
        && !matches!(
            line.lower(i - 3),
            "number" | "toll" | "count" | "total" | "one" | "some" | "many" | "most"
        )
        && super::number::number_at(line, i - 3).is_none();
    if noun {
        return None;
    }
    // "shot dead three guards" has its object behind it.
    let shot =
        matches!(line.lower(i), "shot" | "shooting") || matches!(line.lower(end - 1), "death" | "alive");
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

/// "living in public buildings", "staying with relatives", "sheltering in schools": where those live who had
/// to leave their homes.
fn lodged_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let lodged = matches!(
        line.lower(i),
        "living" | "staying" | "sheltering" | "housed" | "lodged" | "sleeping" | "camping"
    );
    let with = line.lower(i + 1) == "with";
    let host = |k: usize| {
        if with {
            matches!(
                line.lower(k),
                "relatives" | "relations" | "kin" | "neighbours" | "neighbors" | "families"
            )
        } else {
            matches!(
                line.lower(k),
                "school"
                    | "schools"
                    | "tents"
                    | "camps"
                    | "shelters"
                    | "churches"
                    | "church"
                    | "mosques"
                    | "gyms"
                    | "gymnasiums"
                    | "stadium"
                    | "halls"
                    | "hall"
                    | "barracks"
                    | "buildings"
            )
        }
    };
    // "living in old buildings" tells of nobody who fled.
    let plain = |k: usize| {
        line.lower(k) != "buildings"
            || matches!(line.lower(k - 1), "public" | "municipal" | "school" | "state")
    };
    let place = (i + 2..i + 6)
        .take_while(|&k| line.is_word(k) && !line.has(k, CLAUSE | BE))
        .find(|&k| host(k) && plain(k))
        .filter(|_| lodged && (with || matches!(line.lower(i + 1), "in" | "at")))?;
    Some(Trigger { first: i, end: place + 1, measure: Measure::Displaced, side: Side::Before })
}

/// "stoned to death", "bludgeoned and stabbed to death", "one fatally".
fn to_death_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
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

/// "suffered injuries", "sustained a head wound", "suffered a broken arm", "lost a leg", "left four with burns".
fn suffering_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let begins = |words: &[&str]| words.iter().any(|begin| line.lower(i).starts_with(begin));
    let cared = begins(&["requir", "need", "receiv"]);
    let verb = begins(&["suffer", "sustain", "receiv", "surviv", "treated"])
        || cared
        || matches!(line.lower(i), "had" | "has" | "with");
    let harm = |k: usize| {
        matches!(
            line.lower(k),
            "injuries"
                | "injury"
                | "wounds"
                | "wound"
                | "burns"
                | "burn"
                | "cuts"
                | "bruises"
                | "bruising"
                | "lacerations"
                | "concussion"
                | "concussions"
                | "shock"
                | "fractures"
                | "fracture"
        ) || cared
            && matches!(line.lower(k), "treatment" | "hospitalization" | "hospitalisation" | "attention")
            || matches!(line.lower(k), "broken" | "fractured" | "severed") && line.is_word(k + 1)
    };
    let lost = begins(&["lost", "losing"])
        && matches!(line.lower(i + 1), "a" | "an" | "his" | "her" | "one" | "both" | "their")
        && ["leg", "arm", "eye", "hand", "foot", "limb", "finger", "sight", "legs", "eyes", "arms"]
            .contains(&line.lower(i + 2));
    if lost {
        return Some(Trigger { first: i, end: i + 3, measure: Measure::Injured, side: Side::Before });
    }
    let reach = if line.lower(i) == "with" { 5 } else { 8 };
    let end = (i + 1..i + reach)
        .take_while(|&k| line.is_word(k) || line.inner_hyphen(k))
        .find(|&k| harm(k))
        .filter(|_| verb)?
        + 1;
    Some(Trigger { first: i, end, measure: Measure::Injured, side: Side::Before })
}

/// "treated 17 people for smoke inhalation".
fn treated_at(line: &Line<'_>, starts: &[bool], i: usize) -> Option<Trigger> {
    let told = matches!(line.lower(i), "treated" | "treating") && object_at(line, starts, i + 1);
    let harm = |k: usize| {
        matches!(
            line.lower(k),
            "inhalation" | "injuries" | "wounds" | "burns" | "shock" | "cuts" | "hypothermia" | "fractures"
        )
    };
    let mut near = (i + 2..i + 12).take_while(|&k| line.is_word(k) || line.inner_hyphen(k));
    (told && near.any(harm)).then_some(Trigger {
        first: i,
        end: i + 1,
        measure: Measure::Injured,
        side: Side::Behind,
    })
}

/// "slit the throats of".
fn throat_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let cut = matches!(line.lower(i), "slit" | "slitting" | "cut" | "cutting" | "slashed" | "slashing");
    let throat = line.lower(i + 1) == "the" && matches!(line.lower(i + 2), "throat" | "throats");
    (cut && throat && line.lower(i + 3) == "of").then_some(Trigger {
        first: i,
        end: i + 4,
        measure: Measure::Killed,
        side: Side::Behind,
    })
}

/// "cost six people their lives", "with the loss of all 40 aboard".
fn life_cost_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let lives =
        matches!(line.lower(i), "their" | "his" | "her") && matches!(line.lower(i + 1), "lives" | "life");
    if lives && (i.saturating_sub(8)..i).any(|k| line.lower(k).starts_with("cost")) {
        return Some(Trigger { first: i, end: i + 2, measure: Measure::Killed, side: Side::Before });
    }
    let end = line.phrase_at(i, "loss of")?;
    let end = end + usize::from(line.lower(end) == "all");
    let aboard = (end..end + 4).any(|k| matches!(line.lower(k), "aboard" | "hands" | "crew" | "passengers"));
    aboard.then_some(Trigger { first: i, end, measure: Measure::Killed, side: Side::Behind })
}

/// "one fatally", "two critically": the verb is told before and left out.
fn degree_at(line: &Line<'_>, i: usize) -> Option<Trigger> {
    let measure = match line.lower(i) {
        "fatally" => Measure::Killed,
        "critically" | "seriously" | "severely" | "badly" | "gravely" => Measure::Injured,
        _ => return None,
    };
    let counted = (i.saturating_sub(3)..i).any(|k| super::number::number_at(line, k).is_some());
    let bare = !line.is_word(i + 1) || line.has(i + 1, PREP);
    let told = measure == Measure::Killed && i > 0 || counted && line.lower(i.wrapping_sub(1)) != "and";
    (bare && told).then_some(Trigger { first: i, end: i + 1, measure, side: Side::Before })
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
    let brought = matches!(
        line.lower(i),
        "taken"
            | "rushed"
            | "transported"
            | "airlifted"
            | "flown"
            | "brought"
            | "admitted"
            | "carried"
            | "sent"
    );
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
            | "to"
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
