-- Version 1. Singular names are tables of the program and may change; the plural views are for
-- users and do not. `docs/formats/ledger.md` describes them.

-- The bytes that were obtained. `bytes` is one zstd frame; null once they are redacted.
CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    sha256 BLOB NOT NULL UNIQUE,
    n_bytes INTEGER NOT NULL,
    bytes BLOB
) STRICT;

CREATE TABLE place (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE) STRICT;

-- Where and when the bytes were obtained. `record` is 0 for a file that is one item.
CREATE TABLE sighting (
    capture INTEGER NOT NULL,
    place INTEGER NOT NULL,
    record INTEGER NOT NULL,
    obtained TEXT NOT NULL,
    PRIMARY KEY (capture, place, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE refusal (
    place INTEGER NOT NULL,
    record INTEGER NOT NULL,
    reason TEXT NOT NULL,
    capture INTEGER,
    PRIMARY KEY (place, record)
) STRICT, WITHOUT ROWID;

CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE model (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- Acts and measures, "act deny": each is a bit of `report.tags`, so that a walk over the reports by date
-- passes those without it. One number a report costs less than an index entry a statement.
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

-- One for each capture that is a report, with its id. `at` orders by date, then by hash.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    tags INTEGER NOT NULL,
    reading INTEGER NOT NULL,
    outlet INTEGER,
    title TEXT, byline TEXT, url TEXT, published TEXT, language TEXT, media_type TEXT NOT NULL
) STRICT;
CREATE INDEX report_by_date ON report (at, tags);
CREATE INDEX report_by_outlet ON report (outlet, at);

-- `json` is one zstd frame whose dictionary is the capture (raw content).
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,
    report INTEGER NOT NULL,
    model INTEGER NOT NULL,
    sha256 BLOB NOT NULL,
    n_bytes INTEGER NOT NULL,
    json BLOB,
    UNIQUE (report, model)
) STRICT;

-- A party by its name. `canon` is the party that people merged it into.
CREATE TABLE actor (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    canon INTEGER
) STRICT;
CREATE INDEX actor_merged ON actor (canon) WHERE canon IS NOT NULL;
CREATE VIRTUAL TABLE actor_words USING fts5 (
    name, content = 'actor', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- How often a report names a party, and how many statements it makes there.
CREATE TABLE party (
    actor INTEGER NOT NULL,
    at INTEGER NOT NULL,
    report INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    statements INTEGER NOT NULL,
    PRIMARY KEY (actor, at, report)
) STRICT, WITHOUT ROWID;

-- The newest reading's statements as decisions left them, and those that people added (`added` = 1);
-- id = report << 20 | number in the reading.
CREATE TABLE statement (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,
    status TEXT,
    added INTEGER,
    within INTEGER, replies_to INTEGER,
    speaker INTEGER,
    role TEXT, affiliation TEXT, naming TEXT, act TEXT, certainty TEXT, form TEXT, medium TEXT, via TEXT,
    said_on TEXT, source TEXT, cue TEXT, content TEXT, confidence REAL
) STRICT;

CREATE TABLE figure (
    id INTEGER PRIMARY KEY,
    key INTEGER NOT NULL,
    status TEXT,
    added INTEGER,
    statement INTEGER, part_of INTEGER,
    at INTEGER NOT NULL,
    words TEXT, lower REAL, upper REAL, bound TEXT, measure TEXT, counted TEXT, attributes TEXT, cause TEXT,
    scope TEXT, occurred TEXT, since TEXT, as_of TEXT, place TEXT, confidence REAL
) STRICT;
CREATE INDEX figure_by_place ON figure (place COLLATE NOCASE, at, measure) WHERE place IS NOT NULL;

-- The log of decisions. `id` is the hash of `body`, `chain` that of the chain before and `id`.
-- `body` is null once it is redacted; the chain holds without it.
CREATE TABLE decision (
    seq INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    chain BLOB NOT NULL,
    report INTEGER,
    state TEXT NOT NULL,
    body TEXT
) STRICT;
CREATE INDEX decision_by_report ON decision (report, seq);

-- `ascribe_text` is a function of the program: the text is kept once, inside the reading.
CREATE VIEW report_text AS
    SELECT r.id AS id, r.title AS title, ascribe_text(d.json, d.n_bytes, c.bytes) AS text
    FROM report r JOIN reading d ON d.id = r.reading JOIN capture c ON c.id = r.id;
CREATE VIRTUAL TABLE report_words USING fts5 (
    title, text, content = 'report_text', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_words USING fts5 (
    source, content, content = 'statement', content_rowid = 'id',
    tokenize = 'porter unicode61 remove_diacritics 2'
);
-- Words are gathered in memory up to so many bytes, which makes fewer pieces to merge.
INSERT INTO report_words (report_words, rank) VALUES ('hashsize', 16777216);
INSERT INTO statement_words (statement_words, rank) VALUES ('hashsize', 16777216);
-- So many pieces of one size are merged into one, bit by bit with each that is added: a word is written anew
-- half as often as if four were.
INSERT INTO report_words (report_words, rank) VALUES ('automerge', 16), ('crisismerge', 64);
INSERT INTO statement_words (statement_words, rank) VALUES ('automerge', 16), ('crisismerge', 64);

CREATE VIEW captures AS
    SELECT lower(hex(c.sha256)) AS sha256, c.n_bytes AS bytes, c.bytes IS NULL AS redacted,
           p.path AS path, nullif(s.record, 0) AS record, s.obtained AS obtained
    FROM capture c JOIN sighting s ON s.capture = c.id JOIN place p ON p.id = s.place;

CREATE VIEW report_line AS
    SELECT r.id AS item, lower(hex(c.sha256)) AS report, r.published AS published,
           o.name AS outlet, r.title AS title, r.byline AS byline, r.url AS url,
           r.language AS language, r.media_type AS media_type, m.name AS model,
           (SELECT count(*) FROM statement s WHERE s.id BETWEEN r.id << 20 AND (r.id << 20) + 1048575)
               AS statements,
           (SELECT count(*) FROM figure f WHERE f.id BETWEEN r.id << 20 AND (r.id << 20) + 1048575) AS figures
    FROM report r JOIN capture c ON c.id = r.id JOIN reading d ON d.id = r.reading
    JOIN model m ON m.id = d.model LEFT JOIN outlet o ON o.id = r.outlet;
CREATE VIEW reports AS
    SELECT report, published, outlet, title, byline, url, language, media_type, model, statements, figures
        FROM report_line;

CREATE VIEW statement_line AS
    SELECT s.id AS item, lower(hex(substr(c.sha256, 1, 8))) || printf('.s%08x', s.key) AS id,
           lower(hex(c.sha256)) AS report, r.published AS published, o.name AS outlet,
           iif(a.id IS NULL, NULL, printf('p%016x', coalesce(b.key, a.key))) AS actor,
           coalesce(b.name, a.name) AS speaker, coalesce(b.kind, a.kind) AS kind, s.role AS role,
           s.affiliation AS affiliation, s.naming AS naming, s.act AS act, s.certainty AS certainty,
           s.form AS form, s.medium AS medium, s.via AS via, s.said_on AS said_on, s.source AS source,
           s.cue AS cue, s.content AS content, s.confidence AS confidence,
           coalesce(s.status, 'open') AS status, coalesce(s.added, 0) AS added
    FROM statement s JOIN capture c ON c.id = s.id >> 20 JOIN report r ON r.id = c.id
    LEFT JOIN outlet o ON o.id = r.outlet LEFT JOIN actor a ON a.id = s.speaker
    LEFT JOIN actor b ON b.id = a.canon;
CREATE VIEW statements AS
    SELECT id, report, published, outlet, actor, speaker, kind, role, affiliation, naming, act, certainty,
        form, medium, via, said_on, source, cue, content, confidence, status, added FROM statement_line;

CREATE VIEW figure_line AS
    SELECT f.id AS item, lower(hex(substr(c.sha256, 1, 8))) || printf('.f%08x', f.key) AS id,
           lower(hex(c.sha256)) AS report, r.published AS published, o.name AS outlet, f.words AS words,
           f.lower AS lower, f.upper AS upper, f.bound AS bound, f.measure AS measure, f.counted AS counted,
           f.attributes AS attributes, f.cause AS cause, f.scope AS scope, f.occurred AS occurred,
           f.since AS since, f.as_of AS as_of, f.place AS place, f.confidence AS confidence,
           coalesce(f.status, 'open') AS status, coalesce(f.added, 0) AS added,
           iif(s.id IS NULL, NULL, lower(hex(substr(c.sha256, 1, 8))) || printf('.s%08x', s.key))
               AS statement,
           coalesce(b.name, a.name) AS speaker
    FROM figure f JOIN capture c ON c.id = f.id >> 20 JOIN report r ON r.id = c.id
    LEFT JOIN outlet o ON o.id = r.outlet LEFT JOIN statement s ON s.id = f.statement
    LEFT JOIN actor a ON a.id = s.speaker LEFT JOIN actor b ON b.id = a.canon;
CREATE VIEW figures AS
    SELECT id, report, published, outlet, words, lower, upper, bound, measure, counted, attributes, cause,
        scope, occurred, since, as_of, place, confidence, status, added, statement, speaker FROM figure_line;

CREATE VIEW speakers AS
    SELECT printf('p%016x', c.key) AS actor, c.name AS speaker, c.kind AS kind,
           count(*) AS statements, count(DISTINCT s.id >> 20) AS reports
    FROM statement s JOIN actor a ON a.id = s.speaker JOIN actor c ON c.id = coalesce(a.canon, a.id)
    WHERE s.status IS NOT 'rejected'
    GROUP BY c.id;

CREATE VIEW refused AS
    SELECT p.path AS path, nullif(f.record, 0) AS record, f.reason AS reason,
           lower(hex(c.sha256)) AS sha256
    FROM refusal f JOIN place p ON p.id = f.place LEFT JOIN capture c ON c.id = f.capture;

CREATE VIEW decisions AS
    SELECT lower(hex(id)) AS id, lower(hex(chain)) AS chain, state, body ->> 'time' AS time,
           body ->> 'author' AS author, body ->> 'action' AS action, body ->> 'target' AS target,
           body ->> 'field' AS field, body ->> 'value' AS value, body ->> 'comment' AS comment
    FROM decision ORDER BY seq;
