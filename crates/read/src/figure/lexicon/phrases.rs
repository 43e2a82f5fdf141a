//! States, events and nouns that tell what happened to those who are counted.

use ascribe_record::Measure;

/// Words behind what they count: "12 dead", "the 30 are missing". Several words are joined by spaces.
pub(in crate::figure) const STATES: &[(Measure, &str)] = &[
    (Measure::Killed, "dead"),
    (Measure::Killed, "lifeless"),
    (Measure::Missing, "missing"),
    (Measure::Missing, "unaccounted for"),
    (Measure::Displaced, "homeless"),
    (Measure::Displaced, "forced from their homes"),
    (Measure::Displaced, "driven from their homes"),
    (Measure::Displaced, "taken from their homes"),
    (Measure::Displaced, "moved from their homes"),
    (Measure::Displaced, "away from their homes"),
    (Measure::Displaced, "out of their homes"),
    (Measure::Displaced, "left their homes"),
    (Measure::Displaced, "forced to flee"),
    (Measure::Killed, "lost their lives"),
    (Measure::Killed, "lost his life"),
    (Measure::Killed, "lost her life"),
    (Measure::Killed, "lost its life"),
    (Measure::Killed, "burned to death"),
    (Measure::Killed, "burnt to death"),
    (Measure::Killed, "stabbed to death"),
    (Measure::Killed, "shot to death"),
    (Measure::Killed, "beaten to death"),
    (Measure::Killed, "hacked to death"),
    (Measure::Killed, "crushed to death"),
    (Measure::Killed, "put to death"),
    (Measure::Killed, "shot dead"),
    (Measure::Killed, "shooting dead"),
    (Measure::Killed, "burned alive"),
    (Measure::Killed, "burnt alive"),
    (Measure::Killed, "burning alive"),
    (Measure::Killed, "blown to pieces"),
    (Measure::Killed, "blown to bits"),
    (Measure::Killed, "to his death"),
    (Measure::Killed, "to her death"),
    (Measure::Killed, "to their deaths"),
    (Measure::Killed, "found murdered"),
    (Measure::Killed, "found hanged"),
    (Measure::Killed, "had his throat slit"),
    (Measure::Killed, "had her throat slit"),
    (Measure::Killed, "had their throats slit"),
    (Measure::Killed, "had his throat cut"),
    (Measure::Killed, "had her throat cut"),
    (Measure::Killed, "had their throats cut"),
    (Measure::Killed, "blown up"),
    (Measure::Killed, "passed away"),
    (Measure::Killed, "committed suicide"),
    (Measure::Killed, "with his throat cut"),
    (Measure::Killed, "with her throat cut"),
    (Measure::Killed, "with their throats cut"),
    (Measure::Killed, "with his throat slit"),
    (Measure::Killed, "with her throat slit"),
    (Measure::Killed, "with their throats slit"),
    (Measure::Captured, "taken hostage"),
    (Measure::Captured, "taken captive"),
    (Measure::Captured, "taken prisoner"),
    (Measure::Captured, "held hostage"),
    (Measure::Captured, "held captive"),
    (Measure::Captured, "held as hostages"),
    (Measure::Captured, "in captivity"),
    (Measure::Detained, "in custody"),
    (Measure::Detained, "taken into custody"),
    (Measure::Detained, "in prison"),
    (Measure::Detained, "in jail"),
    (Measure::Detained, "in detention"),
    (Measure::Detained, "behind bars"),
    (Measure::Detained, "under arrest"),
    (Measure::Injured, "in hospital"),
    (Measure::Injured, "in critical condition"),
    (Measure::Injured, "in serious condition"),
    (Measure::Injured, "in stable condition"),
    (Measure::Injured, "in fair condition"),
    (Measure::Injured, "in satisfactory condition"),
    (Measure::Injured, "in critical but stable condition"),
    (Measure::Injured, "in intensive care"),
    (Measure::Injured, "fighting for their lives"),
    (Measure::Injured, "fighting for his life"),
    (Measure::Injured, "fighting for her life"),
    (Measure::Injured, "treated for injuries"),
    (Measure::Injured, "treated for wounds"),
    (Measure::Injured, "treated for burns"),
    (Measure::Injured, "treated for shock"),
    (Measure::Injured, "taken to hospital"),
    (Measure::Injured, "taken to hospitals"),
    (Measure::Injured, "sent to hospital"),
    (Measure::Injured, "treated in hospital"),
    (Measure::Affected, "in need"),
    (Measure::Affected, "at risk"),
    (Measure::Affected, "without power"),
    (Measure::Affected, "without water"),
    (Measure::Affected, "without electricity"),
    (Measure::Affected, "need aid"),
    (Measure::Affected, "need help"),
    (Measure::Affected, "need assistance"),
    (Measure::Participants, "took part"),
    (Measure::Participants, "taking part"),
    (Measure::Participants, "take part"),
    (Measure::Evacuated, "pulled alive"),
    (Measure::Evacuated, "found alive"),
    (Measure::Released, "set free"),
    (Measure::Struck, "set on fire"),
    (Measure::Struck, "set ablaze"),
];

/// Nouns that name what happened to what follows "of" (or "to").
pub(in crate::figure) const EVENTS: &[(Measure, &str)] = &[
    (
        Measure::Killed,
        "killing killings death deaths murder murders massacre assassination execution executions slaying slayings lives life body corpse bodies corpses remains drowning",
    ),
    (Measure::Injured, "wounding injury injuries"),
    (Measure::Captured, "kidnapping kidnappings abduction abductions capture seizure kidnap"),
    (Measure::Arrested, "arrest arrests"),
    (Measure::Detained, "detention imprisonment incarceration jailing"),
    (Measure::Released, "release freeing"),
    (Measure::Displaced, "displacement"),
    (Measure::Evacuated, "evacuation rescue"),
    (Measure::Missing, "disappearance disappearances"),
    (Measure::Struck, "destruction demolition"),
];

/// Counted nouns that say the measure themselves.
pub(in crate::figure) const STRONG_NOUNS: &[(Measure, &str)] = &[
    (
        Measure::Killed,
        "deaths death fatalities fatality killings dead deceased body corpse bodies corpses murders assassinations executions martyrs",
    ),
    (Measure::Casualties, "casualties casualty"),
    (Measure::Injured, "injuries injury wounded injured wounds"),
    (Measure::Missing, "missing disappearances"),
    (Measure::Arrested, "arrests"),
    (Measure::Captured, "kidnappings abductions"),
];

/// Counted nouns that say the measure where no verb does.
pub(in crate::figure) const WEAK_NOUNS: &[(Measure, &str)] = &[
    (Measure::Captured, "hostage hostages captive captives"),
    (Measure::Detained, "prisoner prisoners detainee detainees inmate inmates"),
    (Measure::Displaced, "refugee refugees"),
    (Measure::Evacuated, "evacuee evacuees"),
    (Measure::Casualties, "victim victims"),
    (
        Measure::Participants,
        "protester protesters protestor protestors demonstrator demonstrators marcher marchers participant \
         participants striker strikers attendee attendees spectator spectators rioter rioters delegate delegates",
    ),
];

/// The measure that `table` gives to `word`.
pub(in crate::figure) fn noun_measure(table: &[(Measure, &str)], word: &str) -> Option<Measure> {
    let holds = |words: &str| words.split_whitespace().any(|w| w == word);
    table.iter().find(|(_, words)| holds(words)).map(|&(measure, _)| measure)
}

/// Things that are numbered in passing and that nobody keeps count of.
pub(in crate::figure) fn is_passing(word: &str) -> bool {
    matches!(
        word,
        "times"
            | "time"
            | "ways"
            | "way"
            | "sides"
            | "side"
            | "things"
            | "thing"
            | "parts"
            | "part"
            | "points"
            | "point"
            | "steps"
            | "step"
            | "reasons"
            | "reason"
            | "kinds"
            | "kind"
            | "types"
            | "type"
            | "sorts"
            | "forms"
            | "sets"
            | "terms"
            | "hands"
            | "names"
            | "faces"
            | "games"
            | "matches"
            | "goals"
            | "seats"
            | "pages"
            | "lines"
    )
}

/// Words that end as those for persons do and name none: "winter", "barrier", "recent".
pub(in crate::figure) fn names_no_person(word: &str) -> bool {
    const WORDS: &str = "winter summer border corner letter quarter shelter center danger disaster dinner fever \
        harbor chamber barrier cover chapter theater charter character number order sector corridor error terror \
        horror factor tremor interior anchor mirror moment content continent percent extent scent torrent current \
        document accident incident silent absent urgent recent plant giant distant instant constant elegant \
        restaurant warrant grant later never rather whether together former latter better bitter proper clever \
        sober either neither major minor prior senior junior superior inferior color colour labor labour humor \
        humour vapor flavor flavour river trailer boiler container freighter tanker";
    WORDS.split_whitespace().any(|w| w == word)
}
