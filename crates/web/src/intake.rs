//! Reports that are sent to the server: jobs, done one after the other on a thread of their own.

use std::collections::VecDeque;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ascribe::{Format, Options, Reader, Refusal, Report, Served};
use ascribe_ledger::{Added, Capture, Entry, Hash, Incoming, Known, Ledger, Sighting};
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::events::Events;
use crate::linking::Linking;
use crate::login::Who;
use crate::params::{Body, Id, Params, is_date};
use crate::problem::{Problem, Result};
use crate::shapes::List;
use crate::users::Role;

/// Gets what stands at an address.
pub type Fetch = Box<dyn Fn(&str) -> std::result::Result<(Served, Vec<u8>), String> + Send>;

/// How reports that are sent are read.
pub struct Intake {
    /// How files become reports.
    pub options: Options,
    /// What fetches pages; without it none are fetched.
    pub fetch: Option<Fetch>,
    /// Files that are read as the server begins: their names and bytes.
    pub first: Vec<(String, Vec<u8>)>,
}

/// So many jobs are remembered.
const MOST_JOBS: usize = 50;
/// So many may wait.
const MOST_WAITING: usize = 20;
/// So many reports and refusals of a job are told.
const MOST_TOLD: usize = 200;

/// Something that was sent, and how far it is.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Job {
    id: String,
    name: String,
    state: JobState,
    /// How many reports are in the ledger.
    done: usize,
    /// How many there are; null while that is not known.
    total: Option<usize>,
    began: String,
    author: Option<String>,
    reports: Vec<Sent>,
    refused: Vec<Refused>,
    error: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum JobState {
    Waiting,
    Reading,
    Done,
    Failed,
}

/// A report that was sent.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Sent {
    report: String,
    title: Option<String>,
    /// `new`, `seen`, `read_again` or `redacted`.
    added: &'static str,
}

/// What was sent and is no report.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Refused {
    path: String,
    record: Option<u64>,
    reason: String,
}

/// The jobs of a server.
pub(crate) struct Jobs {
    known: Known_,
    queue: Option<Mutex<Sender<(String, Source)>>>,
    can_fetch: bool,
}

type Items<'a> = Box<dyn Iterator<Item = std::result::Result<Report, Refusal>> + 'a>;
type Known_ = Arc<Mutex<VecDeque<Job>>>;

/// Where a job's reports are.
enum Source {
    File {
        name: String,
        bytes: Vec<u8>,
        outlet: Option<String>,
        date: Option<String>,
        format: Option<Format>,
    },
    Url(String),
    /// Names and bytes.
    Files(Vec<(String, Vec<u8>)>),
}

impl Jobs {
    /// Begins to work, if `intake` says how.
    pub(crate) fn start(ledger: &Path, intake: Option<Intake>, events: Events, linking: Linking) -> Self {
        let known = Known_::default();
        let can_fetch = intake.as_ref().is_some_and(|intake| intake.fetch.is_some());
        let queue = intake.map(|mut intake| {
            let (sender, receiver) = channel();
            let first = std::mem::take(&mut intake.first);
            let worker =
                Worker { ledger: ledger.to_owned(), intake, events, linking, known: Arc::clone(&known) };
            std::thread::spawn(move || worker.work(&receiver));
            (sender, first)
        });
        let (queue, first) =
            queue.map_or((None, Vec::new()), |(queue, first)| (Some(Mutex::new(queue)), first));
        let jobs = Self { known, queue, can_fetch };
        if !first.is_empty() {
            // If it cannot be put, as the machine gives no random numbers, nobody can log in, either.
            let _ = jobs.put("examples".to_owned(), None, Source::Files(first));
        }
        jobs
    }

    pub(crate) fn can_fetch(&self) -> bool {
        self.can_fetch
    }

    fn put(&self, name: String, author: Option<String>, source: Source) -> Result<Job> {
        let Some(queue) = &self.queue else { return Err(Problem::read_only()) };
        let mut id = [0_u8; 6];
        getrandom::fill(&mut id).map_err(|_| Problem::broken("The machine gives no random numbers."))?;
        let job = Job {
            id: id.iter().map(|byte| format!("{byte:02x}")).collect(),
            name,
            state: JobState::Waiting,
            done: 0,
            total: None,
            began: format!("{:.0}", jiff::Timestamp::now()),
            author,
            reports: Vec::new(),
            refused: Vec::new(),
            error: None,
        };
        let mut known = lock(&self.known);
        if known.iter().filter(|job| job.state == JobState::Waiting).count() >= MOST_WAITING {
            return Err(Problem::too_many("Too much waits to be read already.", 60));
        }
        let sent = queue.lock().unwrap_or_else(PoisonError::into_inner).send((job.id.clone(), source));
        sent.map_err(|_| Problem::broken("Reading has stopped; start the server again."))?;
        known.push_front(job.clone());
        known.truncate(MOST_JOBS);
        Ok(job)
    }
}

fn lock(known: &Known_) -> MutexGuard<'_, VecDeque<Job>> {
    known.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The thread that reads.
struct Worker {
    ledger: PathBuf,
    intake: Intake,
    events: Events,
    linking: Linking,
    known: Known_,
}

impl Worker {
    fn work(&self, queue: &Receiver<(String, Source)>) {
        // The weights are unpacked when the first report comes.
        let mut reader: Option<Reader> = None;
        for (id, source) in queue {
            self.tell(&id, |job| job.state = JobState::Reading);
            let done = match &reader {
                Some(_) => Ok(()),
                None => Reader::new().map(|new| reader = Some(new)).map_err(|error| error.to_string()),
            };
            let done = done.and_then(|()| match &reader {
                Some(reader) => self.read(reader, &id, source),
                None => Ok(()),
            });
            self.tell(&id, |job| {
                job.state = if done.is_ok() { JobState::Done } else { JobState::Failed };
                job.total = done.is_ok().then_some(job.done);
                job.error = done.err();
            });
            self.linking.wake();
        }
    }

    /// Changes a job and tells listeners.
    fn tell(&self, id: &str, change: impl FnOnce(&mut Job)) {
        let mut known = lock(&self.known);
        let Some(job) = known.iter_mut().find(|job| job.id == id) else { return };
        change(job);
        self.events.job(&json!(job));
    }

    fn read(&self, reader: &Reader, id: &str, source: Source) -> std::result::Result<(), String> {
        let mut options = Options { keep_bytes: true, ..self.intake.options.clone() };
        let mut ledger = Ledger::open(&self.ledger).map_err(|error| error.to_string())?;
        let mut total = None;
        let mut items: Items<'_> = match source {
            Source::File { name, bytes, outlet, date, format } => {
                (options.outlet, options.date) = (outlet.or(options.outlet), date.or(options.date));
                options.format = format.or(options.format);
                Box::new(ascribe::reports(&name, Cursor::new(bytes), &options))
            }
            Source::Url(url) => {
                let fetch = self.intake.fetch.as_ref().ok_or("this server fetches nothing")?;
                let (served, bytes) = fetch(&url)?;
                Box::new(ascribe::served_reports(&url, &served, bytes, &options))
            }
            Source::Files(files) => {
                total = Some(files.len());
                let options = &options;
                let reports =
                    |(name, bytes): (String, _)| ascribe::reports(&name, Cursor::new(bytes), options);
                Box::new(files.into_iter().flat_map(reports))
            }
        };
        self.tell(id, |job| job.total = total);
        let n_at_once = std::thread::available_parallelism().map_or(1, usize::from);
        loop {
            let batch: Vec<_> = items.by_ref().take(n_at_once).collect();
            if batch.is_empty() {
                return Ok(());
            }
            self.add(reader, &mut ledger, id, batch).map_err(|error| error.to_string())?;
        }
    }

    /// Reads a few items at once and puts them into the ledger.
    fn add(
        &self,
        reader: &Reader,
        ledger: &mut Ledger,
        id: &str,
        batch: Vec<std::result::Result<Report, Refusal>>,
    ) -> ascribe_ledger::Result<()> {
        let model = reader.model();
        let mut known = Vec::with_capacity(batch.len());
        for item in &batch {
            known.push(match item {
                Ok(report) => ledger.known(hash_of(report), &model)?,
                Err(_) => Known::New,
            });
        }
        let incoming: Vec<_> = std::thread::scope(|scope| {
            let model = &model;
            let tasks: Vec<_> = batch
                .into_iter()
                .zip(known)
                .map(|(item, known)| scope.spawn(move || incoming(reader, model, item, known)))
                .collect();
            tasks.into_iter().map(|task| task.join()).collect()
        });
        for one in incoming {
            let Ok(one) = one else {
                // A fault of the reader, which reads any text; the others are not to suffer for it.
                self.tell(id, |job| job.error = Some("a report could not be read".to_owned()));
                continue;
            };
            let (told, incoming) = one?;
            let added = ledger.add(&[incoming])?;
            self.tell(id, |job| {
                job.done += 1;
                match told {
                    Told::Report(mut sent) => {
                        sent.added = match added.first() {
                            Some(Added::New) => "new",
                            Some(Added::Reading) => "read_again",
                            Some(Added::Redacted) => "redacted",
                            _ => "seen",
                        };
                        if job.reports.len() < MOST_TOLD {
                            job.reports.push(sent);
                        }
                    }
                    Told::Refused(refused) if job.refused.len() < MOST_TOLD => job.refused.push(refused),
                    Told::Refused(_) => {}
                }
            });
        }
        Ok(())
    }
}

/// What is told of an item.
enum Told {
    Report(Sent),
    Refused(Refused),
}

fn hash_of(report: &Report) -> Hash {
    // Intake named the report by the hash of its bytes; the entry is checked against them.
    Hash::from_hex(&report.id).unwrap_or_else(|| Hash::of(&report.bytes))
}

/// An item as the ledger takes it.
fn incoming(
    reader: &Reader,
    model: &str,
    item: std::result::Result<Report, Refusal>,
    known: Known,
) -> ascribe_ledger::Result<(Told, Incoming)> {
    let obtained = format!("{:.6}", jiff::Timestamp::now());
    match item {
        Err(Refusal { path, record, reason, bytes }) => {
            let capture = if bytes.is_empty() { None } else { Some(Capture::of(&bytes)?) };
            let reason = reason.to_string();
            let told = Refused { path: path.clone(), record, reason: reason.clone() };
            let sighting = Sighting { path, record, obtained };
            Ok((Told::Refused(told), Incoming::Refused(sighting, reason, capture)))
        }
        Ok(mut report) => {
            let hash = hash_of(&report);
            let told = Sent { report: hash.to_string(), title: report.title.clone(), added: "seen" };
            let sighting = Sighting {
                path: report.path.clone().unwrap_or_else(|| "-".to_owned()),
                record: report.record,
                obtained: report.captured_at.clone().unwrap_or(obtained),
            };
            if matches!(known, Known::Read | Known::ReadByOthers | Known::Redacted) {
                return Ok((Told::Report(told), Incoming::Seen(hash, sighting)));
            }
            let bytes = std::mem::take(&mut report.bytes);
            let entry = Entry::of(&bytes, &reader.read(report), model, sighting)?;
            Ok((Told::Report(told), Incoming::Read(Box::new(entry))))
        }
    }
}

/// A text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Text {
    text: String,
    title: Option<String>,
    outlet: Option<String>,
    /// A date such as 2023-11-14.
    published: Option<String>,
    url: Option<String>,
}

/// What is known of a file.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FileQuery {
    /// Its name, whose ending tells what it is
    name: String,
    /// The outlet of all reports in it
    outlet: Option<String>,
    /// The date of all reports in it
    date: Option<String>,
}

/// An address.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Address {
    url: String,
}

/// Add a text
#[utoipa::path(post, path = "/intake/text", tag = "intake", request_body = Text, responses(
    (status = 202, body = Job),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn text(
    State(app): State<App>,
    who: Option<Extension<Who>>,
    Body(sent): Body<Text>,
) -> Result<(StatusCode, Json<Job>)> {
    let author = may_add(&app, who)?;
    let Text { text, title, outlet, published, url } = sent;
    if text.trim().is_empty() {
        return Err(Problem::bad_request("The text is empty."));
    }
    check_date(published.as_ref())?;
    let name = title.clone().unwrap_or_else(|| "text".to_owned());
    // What is told of the text is kept with it, as a record of JSON.
    let is_told = title.is_some() || outlet.is_some() || published.is_some() || url.is_some();
    let (bytes, format) = if is_told {
        let record = json!({ "text": text, "title": title, "outlet": outlet, "date": published, "url": url });
        (record.to_string(), Format::Json)
    } else {
        (text, Format::Text)
    };
    let bytes = bytes.into_bytes();
    let source =
        Source::File { name: "sent".to_owned(), bytes, outlet: None, date: None, format: Some(format) };
    Ok((StatusCode::ACCEPTED, Json(app.jobs.put(name, author, source)?)))
}

/// Add a file
#[utoipa::path(post, path = "/intake/file", tag = "intake", params(FileQuery), request_body(content = Vec<u8>, content_type = "application/octet-stream", description = "The file's bytes"), responses(
    (status = 202, body = Job),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 413, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn file(
    State(app): State<App>,
    who: Option<Extension<Who>>,
    Params(query): Params<FileQuery>,
    bytes: Bytes,
) -> Result<(StatusCode, Json<Job>)> {
    let author = may_add(&app, who)?;
    let FileQuery { name, outlet, date } = query;
    check_date(date.as_ref())?;
    // Only a name: where the file lay on another machine says nothing.
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
    if name.is_empty() || bytes.is_empty() {
        return Err(Problem::bad_request("A file has a name and is not empty."));
    }
    let source = Source::File { name: name.clone(), bytes: bytes.to_vec(), outlet, date, format: None };
    Ok((StatusCode::ACCEPTED, Json(app.jobs.put(name, author, source)?)))
}

/// Add what stands at an address
#[utoipa::path(post, path = "/intake/url", tag = "intake", request_body = Address, responses(
    (status = 202, body = Job),
    (status = 400, body = Problem, content_type = "application/problem+json"),
    (status = 403, body = Problem, content_type = "application/problem+json"),
    (status = 415, body = Problem, content_type = "application/problem+json"),
    (status = 429, body = Problem, content_type = "application/problem+json"),
    (status = 503, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn url(
    State(app): State<App>,
    who: Option<Extension<Who>>,
    Body(Address { url }): Body<Address>,
) -> Result<(StatusCode, Json<Job>)> {
    let author = may_add(&app, who)?;
    if !app.jobs.can_fetch() {
        return Err(Problem::forbidden("This server fetches nothing: it was started without --fetch."));
    }
    if !url.starts_with("https://") && !url.starts_with("http://") {
        return Err(Problem::bad_request("An address begins with https:// or http://."));
    }
    Ok((StatusCode::ACCEPTED, Json(app.jobs.put(url.clone(), author, Source::Url(url))?)))
}

/// What was sent, the last first
#[utoipa::path(get, path = "/intake", tag = "intake", responses((status = 200, body = List<Job>)))]
pub(crate) async fn jobs(State(app): State<App>) -> Json<List<Job>> {
    Json(List { items: lock(&app.jobs.known).iter().cloned().collect(), next: None })
}

/// How far something is that was sent
#[utoipa::path(get, path = "/intake/{job}", tag = "intake", params(("job" = String, Path, description = "The job's id")), responses(
    (status = 200, body = Job),
    (status = 404, body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn job(State(app): State<App>, Id(id): Id) -> Result<Json<Job>> {
    let known = lock(&app.jobs.known);
    let job = known.iter().find(|job| job.id == id).cloned();
    job.map(Json).ok_or_else(|| Problem::not_found(format!("There is no job {id}.")))
}

fn check_date(date: Option<&String>) -> Result<()> {
    match date {
        Some(date) if !is_date(date) => {
            Err(Problem::bad_request("A date looks like 2023, 2023-11 or 2023-11-14."))
        }
        _ => Ok(()),
    }
}

/// The name of who adds.
fn may_add(app: &App, who: Option<Extension<Who>>) -> Result<Option<String>> {
    let who = who.map(|Extension(who)| who);
    if who.as_ref().is_some_and(|who| who.role < Role::Reviewer) {
        return Err(Problem::forbidden("Readers cannot add reports."));
    }
    if app.read_only { Err(Problem::read_only()) } else { Ok(who.map(|who| who.name)) }
}
