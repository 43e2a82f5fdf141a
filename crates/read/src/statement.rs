//! Attributions to statements: the words of each part, and every field with the words it came from.

use std::collections::BTreeMap;

use ascribe_record::{
    Act, Actor, ActorId, ActorKind, Evidence, Form, Medium, Mention, MentionId, Naming, Report, Span,
    Speaker, Statement, StatementId, Words,
};

use ascribe_text::Shape;

use crate::act::{act_of, certainty_of};
use crate::confidence::{Signals, confidence, signals};
use crate::decode::Attribution;
use crate::document::{Document, WordRange};
use crate::encoded::{Encoded, NameKind};
use crate::interview::Turn;
use crate::medium::channel_of;
use crate::said_on::said_on;
use crate::speaker::{Party, Resolved, Resolver};

/// Statements with the mentions and actors they refer to.
pub(crate) struct Assembly {
    pub(crate) statements: Vec<Statement>,
    /// What the confidence of each comes from.
    pub(crate) signals: Vec<Signals>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) actors: Vec<Actor>,
}

/// Turns attributions, in any order, into statements in text order. `turns` are those of an interview,
/// if the report is one; `calibration` are the weights of the confidence's signals.
pub(crate) fn assemble(
    document: &Document<'_>,
    report: &Report,
    encoded: &Encoded<'_>,
    mut found: Vec<Attribution>,
    turns: &[Turn],
    calibration: &[f64],
) -> Assembly {
    let starts = |a: &Attribution| {
        let content = a.content.iter().filter_map(|c| content_span(document, c));
        let parts =
            content.chain(a.source.iter().map(|s| trimmed(document, s))).chain([document.span(&a.cue)]);
        (parts.map(|p| p.begin).min(), a.cue.start)
    };
    found.sort_by_key(starts);
    let mut resolver = Resolver::of(document, Some(encoded));
    resolver.introduce(turns);
    // Speakers are asked for in the order of their words, as a reader meets them.
    let mut by_source: Vec<usize> = (0..found.len()).collect();
    by_source.sort_by_key(|&i| found[i].source.as_ref().map_or(found[i].cue.start, |s| s.start));
    let mut speakers: Vec<Option<Resolved>> = vec![None; found.len()];
    for i in by_source {
        speakers[i] = found[i].source.as_ref().and_then(|s| resolver.speaker(s));
    }
    first_persons(document, &found, &mut resolver, &mut speakers);
    let unworded = |r: &&mut Resolved| r.role.as_ref().is_none_or(|role| role.words.is_empty());
    for resolved in speakers.iter_mut().flatten().filter(unworded) {
        resolved.role = resolver.role_elsewhere(resolved.party);
    }
    let parties: Vec<Option<usize>> = speakers.iter().map(|s| s.as_ref().map(|r| r.party)).collect();
    let mut statements: Vec<Statement> = Vec::with_capacity(found.len());
    let mut targets = Vec::with_capacity(found.len());
    let mut signals = Vec::with_capacity(found.len());
    for (i, attribution) in found.iter().enumerate() {
        let party =
            speakers[i].as_ref().map(|r| Party { role: r.role.clone(), ..resolver.parties[r.party].clone() });
        let (mut statement, told) =
            statement_of(document, report, &resolver.tagged, attribution, party.as_ref(), calibration);
        statement.id = StatementId(i as u32 + 1);
        targets.push(target_of(&mut resolver, attribution, statement.act, parties[i]));
        statements.push(statement);
        signals.push(told);
    }
    nest(&mut statements);
    answer(document, &found, &mut statements);
    answer_turns(document, &found, turns, &mut statements);
    let ids = number_parties(&mut resolver, parties.iter().chain(&targets));
    for (i, statement) in statements.iter_mut().enumerate() {
        statement.speaker.actor = parties[i].and_then(|p| ids.get(&p).copied());
        statement.toward = targets[i].and_then(|p| ids.get(&p).copied());
    }
    let (mentions, actors) = parties_of(document, &resolver, &ids);
    Assembly { statements, signals, mentions, actors }
}

/// Sources in the first person mean the speaker of the statement whose content they stand in.
fn first_persons(
    document: &Document<'_>,
    found: &[Attribution],
    resolver: &mut Resolver<'_>,
    speakers: &mut [Option<Resolved>],
) {
    for (i, a) in found.iter().enumerate() {
        let Some(source) = a.source.as_ref().filter(|s| speakers[i].is_none() && s.len() == 1) else {
            continue;
        };
        if !matches!(document.words[source.start].lower.as_str(), "i" | "we" | "me" | "us") {
            continue;
        }
        let holds = |b: &Attribution| b.content.iter().any(|c| c.contains(&source.start));
        let outer = (0..found.len()).filter(|&j| j != i && holds(&found[j]));
        let length = |j: &usize| found[*j].content.iter().map(|c| c.len()).sum::<usize>();
        let speaker = outer.filter_map(|j| Some((length(&j), speakers[j].as_ref()?.party))).min();
        speakers[i] = speaker.map(|(_, party)| resolver.first_person(source, party));
    }
}

fn statement_of(
    document: &Document<'_>,
    report: &Report,
    tagged: &[(WordRange, NameKind)],
    a: &Attribution,
    party: Option<&Party>,
    calibration: &[f64],
) -> (Statement, Signals) {
    let text = document.text;
    let mut evidence = Evidence::new();
    let content: Vec<Span> = a.content.iter().filter_map(|c| content_span(document, c)).collect();
    let (act, act_words) = act_of(document, &a.cue);
    if let Some(words) = act_words {
        evidence.insert("act".into(), vec![document.span(&words)]);
    }
    let (certainty, hedge) = certainty_of(document, &a.cue, &a.content, act);
    if let Some(words) = hedge {
        evidence.insert("certainty".into(), vec![document.span(&words)]);
    }
    let channel = channel_of(document, tagged, &a.cue, a.source.as_ref(), &a.content);
    let through = channel
        .as_ref()
        .map(|c| c.words.start..c.via.as_ref().map_or(c.words.end, |v| v.end.max(c.words.end)));
    let medium = channel.map(|channel| {
        evidence.insert("medium.kind".into(), vec![document.span(&channel.words)]);
        if let Some(via) = &channel.via {
            evidence.insert("medium.via".into(), vec![document.span(via)]);
        }
        Medium { kind: channel.kind, via: channel.via.map(|v| document.span(&v).of(text).to_owned()) }
    });
    let published = report.published.as_deref();
    let told = said_on(document, &a.cue, a.source.as_ref(), &a.content, through.as_ref(), published);
    let said_on = told.map(|(date, words)| {
        evidence.insert("said_on".into(), vec![words]);
        date
    });
    let speaker = speaker_of(document, a.source.as_ref(), party, &mut evidence);
    let form = form_of(document, &content);
    let signals = signals(a, form, act);
    let statement = Statement {
        id: StatementId(0),
        source: Words::at(text, a.source.iter().map(|s| trimmed(document, s)).collect()),
        cue: Words::at(text, vec![document.span(&a.cue)]),
        form,
        content: Words::at(text, content),
        speaker,
        act,
        certainty,
        medium,
        said_on,
        toward: None,
        within: None,
        replies_to: None,
        confidence: a.precision.unwrap_or_else(|| confidence(calibration, &signals)),
        evidence,
    };
    (statement, signals)
}

fn speaker_of(
    document: &Document<'_>,
    source: Option<&WordRange>,
    party: Option<&Party>,
    evidence: &mut Evidence,
) -> Speaker {
    let words_of = |range: &WordRange| document.span(range).of(document.text).to_owned();
    let Some(party) = party else {
        let naming = if source.is_some() { Naming::Unnamed } else { Naming::Outlet };
        // Of somebody who is not told, a pronoun still tells whether it is one person.
        let word = source.filter(|s| s.len() == 1).map(|s| &document.words[s.start]);
        let initials = word.is_some_and(|w| w.shape == Shape::Upper && w.lower.len() > 1);
        let pronoun = word.filter(|_| !initials).map(|w| w.lower.as_str());
        let kind = match pronoun {
            Some("i" | "me" | "he" | "she" | "him" | "her") => Some(ActorKind::Person),
            Some("we" | "us" | "they" | "them") => Some(ActorKind::Group),
            _ => None,
        };
        return Speaker { kind, naming, ..Speaker::default() };
    };
    evidence.insert("speaker.name".into(), party.words.clone());
    let role = party.role.as_ref();
    if let Some(role) = role {
        if !role.words.is_empty() {
            evidence.insert("speaker.role".into(), vec![document.span(&role.words)]);
        }
        if let Some(affiliation) = &role.affiliation {
            evidence.insert("speaker.affiliation".into(), vec![document.span(affiliation)]);
        }
    }
    Speaker {
        actor: None,
        name: Some(party.name.clone()),
        role: role.filter(|r| !r.words.is_empty()).map(|r| words_of(&r.words)),
        affiliation: role.and_then(|r| r.affiliation.as_ref()).map(words_of),
        kind: Some(party.kind),
        naming: party.naming,
        names: party.names.clone(),
    }
}

/// A source without marks at its ends.
fn trimmed(document: &Document<'_>, words: &WordRange) -> Span {
    let (mut start, mut end) = (words.start, words.end);
    while start + 1 < end && document.words[start].is_mark() {
        start += 1;
    }
    while end - start > 1
        && matches!(document.words[end - 1].lower.as_str(), "," | "." | ";" | ":" | "-" | "–" | "—" | "(")
    {
        end -= 1;
    }
    document.span(&(start..end))
}

/// A part of a content: without a stop or comma at its end, with both marks of a quotation it fills.
fn content_span(document: &Document<'_>, words: &WordRange) -> Option<Span> {
    let (mut start, mut end) = (words.start, words.end);
    let loose = |i: usize| matches!(document.words[i].lower.as_str(), "," | "." | ";" | ":" | "–" | "—");
    while start < end && loose(start) {
        start += 1;
    }
    while start < end && loose(end - 1) {
        end -= 1;
    }
    if start == end || (start..end).all(|i| document.words[i].is_mark()) {
        return None;
    }
    let mut span = document.span(&(start..end));
    for quotation in document.quotations_over(document.span(words)) {
        let inner = quotation.inner;
        let fills = span.begin <= inner.begin && inner.begin < span.end && span.end <= inner.end;
        // The stop inside the closing mark came off above; it belongs to the quotation.
        if fills && !Span::new(span.end, inner.end).of(document.text).contains(char::is_alphanumeric) {
            span = span.cover(quotation.span);
        }
    }
    Some(span)
}

/// How much of the content's words stands in quotation marks.
fn form_of(document: &Document<'_>, content: &[Span]) -> Form {
    let (mut words, mut quoted) = (0, 0);
    for span in content {
        for word in document.words[document.words_in(*span)].iter().filter(|w| !w.is_mark()) {
            words += 1;
            quoted += usize::from(document.quotations_over(word.span).any(|q| q.inner.contains(word.span)));
        }
    }
    match quoted {
        0 => Form::Indirect,
        q if q == words => Form::Direct,
        _ => Form::Mixed,
    }
}

/// Whom a statement accuses, condemns, warns or supports: the first name of what it is about.
fn target_of(
    resolver: &mut Resolver<'_>,
    a: &Attribution,
    act: Act,
    speaker: Option<usize>,
) -> Option<usize> {
    if !matches!(act, Act::Accuse | Act::Condemn | Act::Warn | Act::Threaten | Act::Support | Act::Demand) {
        return None;
    }
    let first = a.content.first().filter(|c| c.start >= a.cue.end)?;
    let between = resolver.toward(a.cue.end, first.start);
    between.or_else(|| resolver.toward(first.start, first.end)).filter(|&p| Some(p) != speaker)
}

/// Sets `within`: the smallest other statement whose content holds cue and content of this one.
fn nest(statements: &mut [Statement]) {
    let covers: Vec<Option<Span>> = statements.iter().map(|s| s.content.cover()).collect();
    for i in 0..statements.len() {
        let Some(mine) = statements[i].cue.cover() else { continue };
        let holds = |j: &usize| {
            *j != i
                && statements[*j].content.spans.iter().any(|span| span.contains(mine))
                && covers[*j] != covers[i]
        };
        let outer = (0..statements.len()).filter(holds).min_by_key(|&j| covers[j].map_or(0, Span::len));
        statements[i].within = outer.map(|j| statements[j].id);
    }
}

/// Sets `replies_to` where the cue answers and another statement stands before it in the same
/// sentence or the one before.
fn answer(document: &Document<'_>, found: &[Attribution], statements: &mut [Statement]) {
    let sentence = |a: &Attribution| document.sentence_at(document.words[a.cue.start].span.begin);
    for i in 0..found.len() {
        if statements[i].act != Act::Answer {
            continue;
        }
        let here = sentence(&found[i]);
        let before = (0..found.len()).filter(|&j| {
            j != i
                && found[j].cue.start < found[i].cue.start
                && statements[j].speaker.name != statements[i].speaker.name
        });
        let last = before.max_by_key(|&j| found[j].cue.start);
        let near = |j: &usize| here.zip(sentence(&found[*j])).is_some_and(|(h, s)| h - s <= 1);
        statements[i].replies_to = last.filter(near).map(|j| statements[j].id);
    }
}

/// Sets `replies_to` of an interview's turn behind another's question.
fn answer_turns(
    document: &Document<'_>,
    found: &[Attribution],
    turns: &[Turn],
    statements: &mut [Statement],
) {
    let of_turn = |turn: &Turn| found.iter().position(|a| a.cue == turn.mark);
    for pair in turns.windows(2) {
        let asks = pair[0].said.clone().rev().take(3).any(|i| document.words[i].lower == "?");
        let (Some(question), Some(reply)) = (of_turn(&pair[0]), of_turn(&pair[1])) else { continue };
        if asks && statements[question].speaker.name != statements[reply].speaker.name {
            statements[reply].replies_to = Some(statements[question].id);
        }
    }
}

/// Ids of the parties in use, by first mention.
fn number_parties<'i>(
    resolver: &mut Resolver<'_>,
    used: impl Iterator<Item = &'i Option<usize>>,
) -> BTreeMap<usize, ActorId> {
    let mut used: Vec<usize> = used.flatten().copied().collect();
    used.sort_unstable();
    used.dedup();
    resolver.mention_names();
    let first = |party: usize| resolver.mentions.iter().filter(|m| m.2 == party).map(|m| m.0.start).min();
    used.sort_by_key(|&p| (first(p).unwrap_or(usize::MAX), p));
    used.into_iter().zip(1..).map(|(party, n)| (party, ActorId(n))).collect()
}

fn parties_of(
    document: &Document<'_>,
    resolver: &Resolver<'_>,
    ids: &BTreeMap<usize, ActorId>,
) -> (Vec<Mention>, Vec<Actor>) {
    let mut mentions = Vec::new();
    for (words, mention_type, party) in &resolver.mentions {
        let Some(&actor) = ids.get(party) else { continue };
        let span = document.span(words);
        mentions.push(Mention {
            id: MentionId(mentions.len() as u32 + 1),
            text: span.of(document.text).to_owned(),
            spans: vec![span],
            mention_type: *mention_type,
            actor: Some(actor),
        });
    }
    let mut actors: Vec<Actor> = ids
        .iter()
        .map(|(&party, &id)| Actor {
            id,
            name: resolver.parties[party].name.clone(),
            kind: resolver.parties[party].kind,
        })
        .collect();
    actors.sort_by_key(|a| a.id);
    (mentions, actors)
}
