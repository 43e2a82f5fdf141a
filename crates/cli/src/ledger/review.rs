//! `ascribe review`: what is open, and decisions about it.

use std::process::ExitCode;

use anyhow::anyhow;
use ascribe_ledger::{Filter, Listing, Missed, Verdict};

use super::args::ReviewArguments;
use super::link::link;
use super::{now, open_existing, open_to_read, show};

pub(super) fn run(arguments: &ReviewArguments) -> anyhow::Result<ExitCode> {
    let named = arguments.ledger.ledger.as_deref();
    let Some(verdict) = verdict_of(arguments)? else {
        let ledger = open_to_read(named)?;
        if arguments.log {
            let filter = Filter { id: arguments.id.clone(), ..Filter::default() };
            show::list(&ledger, Listing::Decisions, filter, &arguments.output)?;
            return Ok(ExitCode::SUCCESS);
        }
        let status = arguments.id.is_none().then(|| "open".to_owned());
        let filter = Filter { id: arguments.id.clone(), status, ..Filter::default() };
        for listing in [Listing::Statements, Listing::Figures] {
            show::list(&ledger, listing, filter.clone(), &arguments.output)?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let id = arguments.id.as_deref().unwrap_or_default();
    let author = author(arguments.author.as_deref())?;
    let comment = arguments.comment.as_deref();
    let mut ledger = open_existing(named)?;
    let decision = ledger.decide(id, &verdict, &author, &now(), comment)?;
    link(&mut ledger)?;
    anstream::eprintln!("decision {decision}");
    Ok(ExitCode::SUCCESS)
}

fn verdict_of(arguments: &ReviewArguments) -> anyhow::Result<Option<Verdict>> {
    let pair = |given: &String| {
        let (field, value) = given.split_once('=').ok_or_else(|| anyhow!("{given} is no FIELD=VALUE"))?;
        Ok::<_, anyhow::Error>((field.trim().to_owned(), value.to_owned()))
    };
    if let Some((kind, fields)) = arguments.add.split_first() {
        let kind = match &**kind {
            "statement" => Missed::Statement,
            "figure" => Missed::Figure,
            _ => return Err(anyhow!("--add takes 'statement' or 'figure', not '{kind}'")),
        };
        return Ok(Some(Verdict::Add(kind, fields.iter().map(pair).collect::<Result<_, _>>()?, None)));
    }
    let set = arguments.set.as_ref().map(|set| pair(set).map(|(field, value)| Verdict::Set(field, value)));
    let flags = [
        (arguments.accept, Verdict::Accept),
        (arguments.reject, Verdict::Reject),
        (arguments.split, Verdict::Split),
        (arguments.part, Verdict::Part),
        (arguments.undo, Verdict::Undo),
    ];
    let flag = flags.into_iter().find(|(given, _)| *given).map(|(_, verdict)| verdict);
    let merge = arguments.merge.clone().map(Verdict::Merge);
    let join = arguments.join.clone().map(Verdict::Join);
    let comment = arguments.comment.as_ref().map(|_| Verdict::Comment);
    Ok(set.transpose()?.or(flag).or(merge).or(join).or(comment))
}

/// Who decides. Decisions without an author are worth little, so there is no default beyond the user.
pub(super) fn author(named: Option<&str>) -> anyhow::Result<String> {
    let variables = ["ASCRIBE_AUTHOR", "USER", "USERNAME"];
    let of_variable = || variables.iter().find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    named
        .map(str::to_owned)
        .or_else(of_variable)
        .ok_or_else(|| anyhow!("who decides? Give --author or set ASCRIBE_AUTHOR"))
}
