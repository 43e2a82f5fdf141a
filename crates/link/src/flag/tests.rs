//! Small invented stories: each flag where it belongs, and what looks like one and is none.

use ascribe_record::{
    Act, ActorKind, Bound, Figure, FigureId, Measure, Naming, Reading, Report, Scope, Span, Statement,
    StatementId, Words,
};

use super::{FlagKind, flags};
use crate::evidence::StoryEvidence;
use crate::origin::Origins;
use crate::rule::{Rule, rule_table};
use crate::state::story_series;

/// A report of `outlet` on a day of May 2031; its figures and statements are added by what follows.
fn report(outlet: &str, day: u32, text: &str) -> Reading {
    let mut report = Report::new(text.to_owned(), "text/plain");
    report.id = format!("{day:02}{outlet:0<62}");
    report.outlet = Some(outlet.to_owned());
    report.published = Some(format!("2031-05-{day:02}"));
    Reading::of(report)
}

fn words(text: &str, part: &str) -> Words {
    let begin = text.find(part).unwrap_or_else(|| panic!("{part} is not in {text}"));
    Words { text: part.to_owned(), spans: vec![Span::new(begin, begin + part.len())] }
}

/// The party that says what `content` says.
fn said(mut reading: Reading, who: &str, cue: &str, content: &str) -> Reading {
    let text = reading.report.text.clone();
    let id = StatementId(reading.statements.len() as u32 + 1);
    let mut statement = Statement::new(id, words(&text, who), words(&text, cue), words(&text, content));
    statement.speaker.name = Some(who.to_owned());
    statement.speaker.naming = Naming::Named;
    statement.speaker.kind = Some(ActorKind::Organisation);
    reading.statements.push(statement);
    reading
}

/// A figure, given by the last statement if there is one.
fn counted(mut reading: Reading, number: &str, value: f64, measure: Measure) -> Reading {
    let text = reading.report.text.clone();
    let people = Words { text: "people".to_owned(), spans: Vec::new() };
    let mut figure = Figure::new(FigureId(reading.figures.len() as u32 + 1), words(&text, number), people);
    (figure.lower, figure.upper, figure.bound) = (Some(value), Some(value), Bound::Exact);
    (figure.measure, figure.scope) = (measure, Scope::Incident);
    figure.statement = reading.statements.last().map(|statement| statement.id);
    reading.figures.push(figure);
    reading
}

/// "12 people were killed in the fire at Harrow mill, the X said." on a day.
fn toll(outlet: &str, day: u32, who: &str, n: u32) -> Reading {
    let text = format!("{n} people were killed in the fire at Harrow mill, the {who} said.");
    let content = format!("{n} people were killed in the fire at Harrow mill");
    let reading = said(report(outlet, day, &text), who, "said", &content);
    counted(reading, &n.to_string(), f64::from(n), Measure::Killed)
}

fn found(readings: &[Reading], original: &[Option<usize>]) -> Vec<(FlagKind, String)> {
    let all: Vec<&Reading> = readings.iter().collect();
    let story = StoryEvidence::of(&all, original);
    let origins = Origins::of(&story);
    let series = story_series(&story, &origins);
    flags(&story, &origins, &series).into_iter().map(|flag| (flag.kind, flag.why)).collect()
}

fn of_kind(readings: &[Reading], kind: FlagKind) -> Vec<String> {
    found(readings, &[]).into_iter().filter(|(found, _)| *found == kind).map(|(_, why)| why).collect()
}

#[test]
fn two_parties_and_one_day() {
    let told = [toll("Gazette", 3, "Fire Service", 32), toll("Echo", 3, "Mill Union", 45)];
    let why = of_kind(&told, FlagKind::Conflict);
    assert_eq!(why.len(), 1, "{why:?}");
    assert!(why[0].contains("Fire Service") && why[0].contains("Mill Union 45 people killed"), "{why:?}");
    // Another day, the same number, and one source that counts on.
    for other in [
        toll("Echo", 9, "Mill Union", 45),
        toll("Echo", 3, "Mill Union", 32),
        toll("Echo", 3, "Fire Service", 45),
    ] {
        let told = [toll("Gazette", 3, "Fire Service", 32), other];
        assert!(of_kind(&told, FlagKind::Conflict).is_empty());
    }
    // Of so few both may be of some of them; and one so much greater is of something else.
    for (one, other) in [(3, 5), (30, 400)] {
        let told = [toll("Gazette", 3, "Fire Service", one), toll("Echo", 3, "Mill Union", other)];
        assert!(of_kind(&told, FlagKind::Conflict).is_empty());
    }
}

#[test]
fn a_later_number_of_one_source() {
    let told = [toll("Gazette", 3, "Fire Service", 12), toll("Echo", 4, "Fire Service", 15)];
    let why = of_kind(&told, FlagKind::Superseded);
    assert_eq!(why, ["Fire Service gave 12 people killed on 2031-05-03, and later 15 on 2031-05-04."]);
    let two = [toll("Gazette", 3, "Fire Service", 12), toll("Echo", 4, "Mill Union", 15)];
    assert!(of_kind(&two, FlagKind::Superseded).is_empty());
}

#[test]
fn an_old_number_told_as_if_it_held() {
    let states = || vec![toll("Gazette", 3, "Fire Service", 12), toll("Echo", 4, "Fire Service", 15)];
    let mut told = states();
    told.push(toll("Herald", 6, "Fire Service", 12));
    assert_eq!(of_kind(&told, FlagKind::Stale).len(), 1);
    let mut newest = states();
    newest.push(toll("Herald", 6, "Fire Service", 15));
    assert!(of_kind(&newest, FlagKind::Stale).is_empty());
    // Told as one of before.
    let text = "The Fire Service had counted 12 dead at Harrow mill at the time.";
    let past = said(report("Herald", 6, text), "Fire Service", "counted", "12 dead at Harrow mill");
    let mut told = states();
    told.push(counted(past, "12", 12.0, Measure::Killed));
    assert!(of_kind(&told, FlagKind::Stale).is_empty());
}

#[test]
fn an_old_text_under_a_new_date() {
    let told = [toll("Gazette", 3, "Fire Service", 12), toll("Echo", 28, "Fire Service", 12)];
    let stale = |told: &[Reading], original: &[Option<usize>]| {
        found(told, original).into_iter().filter(|(kind, _)| *kind == FlagKind::Stale).count()
    };
    assert_eq!(stale(&told, &[None, Some(0)]), 1);
    assert_eq!(stale(&told, &[None, None]), 0);
    let next_day = [toll("Gazette", 3, "Fire Service", 12), toll("Echo", 4, "Fire Service", 12)];
    assert_eq!(stale(&next_day, &[None, Some(0)]), 0);
}

/// Of a whole its parts, by class.
fn parts(whole: f64, parts: &[(&str, f64, &str)]) -> Vec<Reading> {
    let list: Vec<String> = parts.iter().map(|(number, _, class)| format!("{number} {class}")).collect();
    let text = format!(
        "Of the {whole} people killed at Harrow mill {} were found, the Fire Service said.",
        list.join(", ")
    );
    let mut reading = said(report("Gazette", 3, &text), "Fire Service", "said", &list.join(", "));
    reading = counted(reading, &whole.to_string(), whole, Measure::Killed);
    for (number, value, class) in parts {
        reading = counted(reading, number, *value, Measure::Killed);
        if let Some(figure) = reading.figures.last_mut() {
            (figure.part_of, figure.attributes) = (Some(FigureId(1)), vec![(*class).to_owned()]);
        }
    }
    vec![reading]
}

#[test]
fn parts_that_are_more_than_the_whole() {
    let over = parts(70.0, &[("31", 31.0, "women"), ("29", 29.0, "men"), ("13", 13.0, "minors")]);
    let why = of_kind(&over, FlagKind::Sum);
    assert_eq!(why, ["31 women and 29 men and 13 minors are 73, more than the 70 of whom they are told."]);
    let fits = parts(73.0, &[("31", 31.0, "women"), ("29", 29.0, "men"), ("13", 13.0, "minors")]);
    assert!(of_kind(&fits, FlagKind::Sum).is_empty());
    let overlap = parts(70.0, &[("44", 44.0, "pensioners"), ("52", 52.0, "tenants")]);
    assert!(of_kind(&overlap, FlagKind::Sum).is_empty());
}

#[test]
fn a_sum_that_falls() {
    let since = |outlet: &str, day: u32, n: u32, more: &str| {
        let text =
            format!("The Fire Service said that {n} people were killed since May 1 at Harrow mill. {more}");
        let content = format!("that {n} people were killed since May 1 at Harrow mill");
        let reading = said(report(outlet, day, &text), "Fire Service", "said", &content);
        let mut reading = counted(reading, &n.to_string(), f64::from(n), Measure::Killed);
        if let Some(figure) = reading.figures.last_mut() {
            (figure.scope, figure.since) = (Scope::Cumulative, Some("2031-05-01".to_owned()));
        }
        reading
    };
    let falls = [since("Gazette", 3, 47, ""), since("Gazette", 5, 45, "The roads are open.")];
    assert_eq!(of_kind(&falls, FlagKind::Sum).len(), 1);
    let told = [since("Gazette", 3, 47, ""), since("Gazette", 5, 45, "Two had been counted twice.")];
    assert!(of_kind(&told, FlagKind::Sum).is_empty());
    let grows = [since("Gazette", 3, 45, ""), since("Gazette", 5, 47, "")];
    assert!(of_kind(&grows, FlagKind::Sum).is_empty());
}

#[test]
fn several_publishers_and_one_origin() {
    let told: Vec<Reading> =
        ["Gazette", "Echo", "Herald"].iter().map(|outlet| toll(outlet, 3, "Fire Service", 12)).collect();
    let why = of_kind(&told, FlagKind::SingleOrigin);
    assert!(
        why.iter().any(|why| why.contains("3 reports of 3 publishers, 1 origin: Fire Service")),
        "{why:?}"
    );
    let mut two = told[..2].to_vec();
    two.push(toll("Herald", 3, "Mill Union", 12));
    assert!(of_kind(&two, FlagKind::SingleOrigin).is_empty());
}

#[test]
fn a_person_is_named_and_not_the_body() {
    let told: Vec<Reading> = [("Gazette", "Ada Lind"), ("Echo", "Lind"), ("Herald", "Ada Lind")]
        .iter()
        .map(|(outlet, name)| {
            let text =
                format!("{name} of the Fire Service said that the gates of Harrow mill had been locked.");
            let content = "that the gates of Harrow mill had been locked";
            let mut reading = said(report(outlet, 3, &text), name, "said", content);
            reading.statements[0].speaker.kind = Some(ActorKind::Person);
            reading.statements[0].speaker.affiliation = Some("Fire Service".to_owned());
            reading
        })
        .collect();
    let why = of_kind(&told, FlagKind::SingleOrigin);
    assert!(why.len() == 1 && why[0].ends_with("1 origin: Ada Lind."), "{why:?}");
}

#[test]
fn no_source_is_given() {
    let text = "The fire at Harrow mill killed 12 people on Monday.";
    let bare = counted(report("Gazette", 3, text), "12", 12.0, Measure::Killed);
    assert_eq!(
        of_kind(&[bare], FlagKind::Unattributed),
        ["12 people killed: no words of the report say who gives it."]
    );
    assert!(of_kind(&[toll("Gazette", 3, "Fire Service", 12)], FlagKind::Unattributed).is_empty());
    let own = "We have counted 12 people killed in the fire at Harrow mill.";
    let own = counted(report("Aid Group", 3, own), "12", 12.0, Measure::Killed);
    assert!(of_kind(&[own], FlagKind::Unattributed).is_empty());
}

#[test]
fn nobody_is_named() {
    let claim = |outlet: &str, day: u32, naming: Naming| {
        let text = "The sprinklers at Harrow mill had been switched off in April, two engineers said, asking not \
            to be named.";
        let content = "The sprinklers at Harrow mill had been switched off in April";
        let mut reading = said(report(outlet, day, text), "two engineers", "said", content);
        reading.statements[0].speaker.naming = naming;
        reading
    };
    let told = [claim("Gazette", 3, Naming::RoleOnly), claim("Echo", 4, Naming::RoleOnly)];
    assert_eq!(of_kind(&told, FlagKind::AnonymousOnly).len(), 1);
    let named = [claim("Gazette", 3, Naming::RoleOnly), claim("Echo", 4, Naming::Named)];
    assert!(of_kind(&named, FlagKind::AnonymousOnly).is_empty());
}

#[test]
fn words_that_changed_in_quotation_marks() {
    let quote = |outlet: &str, day: u32, words: &str| {
        let text = format!("“{words},” the Fire Service said.");
        said(report(outlet, day, &text), "Fire Service", "said", &format!("“{words},”"))
    };
    let first = || quote("Gazette", 3, "We cannot rule out that others are under the roof");
    let drift = [first(), quote("Echo", 4, "We know that others are under the roof")];
    assert_eq!(
        of_kind(&drift, FlagKind::QuoteDrift),
        ["“cannot rule out” became “know” inside the quotation marks."]
    );
    let elided = [first(), quote("Echo", 4, "We cannot rule out that others are …")];
    assert!(of_kind(&elided, FlagKind::QuoteDrift).is_empty());
    let slogan = |outlet: &str, day: u32, words: &str| {
        let text = format!("“{words},” protesters chanted.");
        let mut reading = said(report(outlet, day, &text), "protesters", "chanted", &format!("“{words},”"));
        reading.statements[0].speaker.naming = Naming::RoleOnly;
        reading.statements[0].speaker.name = None;
        reading
    };
    let chanted = [
        slogan("Gazette", 3, "The people of the valley want the fall of the council"),
        slogan("Echo", 4, "The people of the valley want the end of the council"),
    ];
    assert!(of_kind(&chanted, FlagKind::QuoteDrift).is_empty());
}

#[test]
fn a_party_that_gives_no_figure() {
    let silent = |content: &str| {
        let text = format!("The Mill Union has not said {content}.");
        let mut reading = said(report("Echo", 4, &text), "Mill Union", "has not said", content);
        reading.statements[0].act = Act::Withhold;
        reading
    };
    let text = "12 workers of the Mill Union were killed, the Fire Service said.";
    let given =
        said(report("Gazette", 3, text), "Fire Service", "said", "12 workers of the Mill Union were killed");
    let given = counted(given, "12", 12.0, Measure::Killed);
    let mut given = given;
    given.figures[0].counted = words(text, "workers");
    given.actors.push(ascribe_record::Actor {
        id: ascribe_record::ActorId(1),
        name: "Mill Union".to_owned(),
        kind: ActorKind::Organisation,
    });
    let why = of_kind(&[given.clone(), silent("how many of its workers were killed")], FlagKind::Silence);
    assert_eq!(why, ["Mill Union: no figure given; Fire Service gives 12 workers killed."]);
    assert!(of_kind(&[given, silent("whether it will go to court")], FlagKind::Silence).is_empty());
}

#[test]
fn order_of_reports_changes_nothing() {
    let mut told = vec![
        toll("Gazette", 3, "Fire Service", 32),
        toll("Echo", 4, "Fire Service", 35),
        toll("Herald", 4, "Mill Union", 45),
        toll("Star", 6, "Fire Service", 32),
    ];
    let there = found(&told, &[]);
    told.reverse();
    assert_eq!(found(&told, &[]), there);
    assert!(there.len() > 2, "{there:?}");
}

fn column(rule: Rule, readings: &[Reading], name: &str) -> Vec<String> {
    let all: Vec<&Reading> = readings.iter().collect();
    let story = StoryEvidence::of(&all, &[]);
    let origins = Origins::of(&story);
    let table = rule_table(rule, &story, &origins, &story_series(&story, &origins));
    let at = table.columns.iter().position(|column| *column == name).expect("a column of the rule");
    table.rows.into_iter().map(|row| row[at].clone()).collect()
}

#[test]
fn one_evidence_and_four_tables() {
    let told = [
        toll("Gazette", 3, "Fire Service", 12),
        toll("Echo", 4, "Fire Service", 15),
        toll("Herald", 4, "Mill Union", 20),
    ];
    assert_eq!(column(Rule::Verbatim, &told, "words"), ["12", "15", "20"]);
    for (name, cell) in
        [("low", "15"), ("best", "15"), ("high", "20"), ("number_of_sources", "2"), ("side_a", "")]
    {
        assert_eq!(column(Rule::Ucdp, &told, name), [cell], "{name}");
    }
    assert_eq!(column(Rule::Acled, &told, "fatalities"), ["15"]);
    assert_eq!(column(Rule::Acled, &told, "event_date"), [""], "no words say when it happened");
    assert_eq!(column(Rule::Ibc, &told, "min"), ["15"]);
    assert_eq!(column(Rule::Ibc, &told, "max"), ["20"]);
}

#[test]
fn vague_words_and_rules() {
    let vague = |word: &str| {
        let mut reading = toll("Gazette", 3, "Fire Service", 12);
        reading.report.text = reading.report.text.replace("12", word);
        let text = reading.report.text.clone();
        let content = format!("{word} people were killed in the fire at Harrow mill");
        reading.statements[0].content = words(&text, &content);
        reading.statements[0].source = words(&text, "Fire Service");
        reading.statements[0].cue = words(&text, "said");
        let figure = &mut reading.figures[0];
        figure.words = words(&text, word);
        (figure.lower, figure.upper, figure.bound) = (None, None, Bound::Vague);
        [reading]
    };
    for (word, fatalities) in [
        ("tens of", "10"),
        ("dozens of", "12"),
        ("hundreds of", "100"),
        ("hundreds of thousands of", ""),
        ("many", ""),
    ] {
        assert_eq!(column(Rule::Acled, &vague(word), "fatalities"), [fatalities], "{word}");
        assert_eq!(column(Rule::Ucdp, &vague(word), "best"), [""], "{word}");
    }
}

#[test]
fn nothing_says_nothing() {
    assert!(found(&[], &[]).is_empty());
    assert!(found(&[report("", 3, "")], &[None]).is_empty());
}
