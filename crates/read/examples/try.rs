fn main() {
    let text = std::fs::read_to_string(std::env::args().nth(1).unwrap()).unwrap();
    let r = ascribe_read::Reader::new().unwrap().read(ascribe_record::Report::new(text, "text/plain"));
    for s in &r.statements {
        println!(
            "{} [{}] <{}> {{{}}} {}\n    {} {} {} {:?} within {:?} replies {:?} on {:?} toward {:?}",
            s.id,
            s.source.text,
            s.cue.text,
            s.content.text,
            s.confidence,
            s.form,
            s.act,
            s.certainty,
            s.medium,
            s.within,
            s.replies_to,
            s.said_on,
            s.toward
        );
        println!("    {:?}", s.speaker);
    }
    for f in &r.figures {
        println!(
            "{} [{}] {:?}..{:?} {} {} <{}> {:?} part {:?} scope {} stmt {:?} place {:?} occ {:?} since {:?} as_of {:?} {} impl {}",
            f.id,
            f.words.text,
            f.lower,
            f.upper,
            f.bound,
            f.measure,
            f.counted.text,
            f.attributes,
            f.part_of,
            f.scope,
            f.statement,
            f.place,
            f.occurred,
            f.since,
            f.as_of,
            f.confidence,
            f.implicit
        );
    }
    for m in &r.mentions {
        print!("{}:{}={} ", m.id, m.text, m.actor.unwrap());
    }
    println!();
    for a in &r.actors {
        print!("{}:{}({}) ", a.id, a.name, a.kind);
    }
    println!();
}
