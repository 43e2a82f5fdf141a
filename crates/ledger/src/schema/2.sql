-- Version 2: links across reports. All of it is computed from readings and decisions and can be made
-- again from them (`src/link/`), but `touched`, `unlinked` and `look`, which say what is not up to date.

-- Reports whose links are not those of their newest reading and decisions. What was only kept to be
-- read later waits until it is read.
CREATE TABLE unlinked (report INTEGER PRIMARY KEY) STRICT;
-- Linked reports that have to look again for the one before them, as others came or went.
CREATE TABLE look (report INTEGER PRIMARY KEY) STRICT;

-- What is kept of a report to find those it may be linked with. `place` orders by date, then the agency
-- before those that credit it, then by hash; undated reports come last. `mark` is a hash of what copies
-- and stories are found by, `said` of what quotations are. `credit` names the agencies it credits.
CREATE TABLE linked (
    report INTEGER PRIMARY KEY,
    place INTEGER NOT NULL,
    mark INTEGER NOT NULL,
    said INTEGER NOT NULL,
    credit TEXT,
    keys BLOB NOT NULL
) STRICT;

CREATE TRIGGER report_written AFTER INSERT ON report
WHEN (SELECT m.name FROM reading d JOIN model m ON m.id = d.model WHERE d.id = new.reading) <> 'unread'
BEGIN
    INSERT OR IGNORE INTO unlinked (report) VALUES (new.id);
END;
CREATE TRIGGER report_gone AFTER DELETE ON report
WHEN EXISTS (SELECT 1 FROM linked WHERE report = old.id)
BEGIN
    INSERT OR IGNORE INTO unlinked (report) VALUES (old.id);
END;
INSERT INTO unlinked (report)
    SELECT r.id FROM report r JOIN reading d ON d.id = r.reading JOIN model m ON m.id = d.model
    WHERE m.name <> 'unread';

-- Who holds a key: of texts and topics a report, of quotations a statement.
CREATE TABLE text_key (
    key INTEGER NOT NULL, place INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (key, place, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE topic_key (
    key INTEGER NOT NULL, place INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (key, place, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE quote_key (
    key INTEGER NOT NULL, place INTEGER NOT NULL, item INTEGER NOT NULL, PRIMARY KEY (key, place, item)
) STRICT, WITHOUT ROWID;

-- Three forests: each report or statement has at most one before it; `root` is the first of its tree.

-- Reports that have the text of another. `share`: of the runs of three words of the one that has more of
-- them in common.
CREATE TABLE copy (
    report INTEGER PRIMARY KEY,
    original INTEGER NOT NULL,
    kind TEXT NOT NULL,
    probability REAL NOT NULL,
    share REAL NOT NULL,
    root INTEGER NOT NULL
) STRICT;
CREATE INDEX copy_of ON copy (original);
CREATE INDEX copy_by_root ON copy (root);

-- Every linked report with its story; `earlier` is null for one that none before it was likely with.
CREATE TABLE story (
    report INTEGER PRIMARY KEY,
    earlier INTEGER,
    probability REAL,
    root INTEGER NOT NULL
) STRICT;
CREATE INDEX story_after ON story (earlier) WHERE earlier IS NOT NULL;
CREATE INDEX story_by_root ON story (root);

-- Reports that people put into a story, which is named by the hash of a report of it, or (null) into one
-- of its own: then they have no `earlier`.
CREATE TABLE pin (report INTEGER PRIMARY KEY, story BLOB) STRICT;
CREATE INDEX pin_by_story ON pin (story) WHERE story IS NOT NULL;

-- Statements that quote what one before them quotes. `drift`: a JSON list of pairs of words that differ,
-- first those of `earlier`; null if none do.
CREATE TABLE quotation (
    statement INTEGER PRIMARY KEY,
    earlier INTEGER NOT NULL,
    n_same INTEGER NOT NULL,
    drift TEXT,
    root INTEGER NOT NULL
) STRICT;
CREATE INDEX quotation_after ON quotation (earlier);
CREATE INDEX quotation_by_root ON quotation (root);

-- Stories, by their roots, in which something changed since series and flags were computed.
CREATE TABLE touched (story INTEGER PRIMARY KEY) STRICT;

-- Figures that count the same thing: `root` is the first of the series, `place` the number in it, `prior`
-- the figure to which `edge` leads: repeats, updates, corrects, conflicts, part_of. `origin` is who gives
-- it as far as it can be traced, `holds` the day for which it holds.
CREATE TABLE series_figure (
    figure INTEGER PRIMARY KEY,
    root INTEGER NOT NULL,
    place INTEGER NOT NULL,
    prior INTEGER,
    edge TEXT,
    origin TEXT NOT NULL,
    holds TEXT
) STRICT;
CREATE INDEX series_by_root ON series_figure (root, place);

-- What to look at in a story. `id` is a hash of the kind and of the ids it rests on: `target`, and the
-- JSON list `other`. `report` is that of the target.
CREATE TABLE flag (
    report INTEGER NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    story INTEGER NOT NULL,
    target TEXT NOT NULL,
    other TEXT NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (report, id)
) STRICT;
CREATE INDEX flag_by_story ON flag (story);

-- What people decided about is little, and what is open is the rest.
CREATE INDEX statement_decided ON statement (status) WHERE status IS NOT NULL;
CREATE INDEX figure_decided ON figure (status) WHERE status IS NOT NULL;

CREATE VIEW series_line AS
    SELECT m.figure AS item, lower(hex(substr(cr.sha256, 1, 8))) || printf('.f%08x', g.key) AS series,
           m.place + 1 AS place, lower(hex(cs.sha256)) AS story,
           lower(hex(substr(c.sha256, 1, 8))) || printf('.f%08x', f.key) AS figure,
           m.holds AS holds, f.words AS words, f.lower AS lower, f.upper AS upper, f.bound AS bound,
           g.measure AS measure, coalesce(nullif(g.counted, ''), '') AS counted, g.attributes AS attributes,
           m.origin AS origin, o.name AS outlet, r.published AS published, m.edge AS edge,
           iif(p.id IS NULL, NULL, lower(hex(substr(cp.sha256, 1, 8))) || printf('.f%08x', p.key)) AS prior,
           lower(hex(c.sha256)) AS report
    FROM series_figure m JOIN figure f ON f.id = m.figure JOIN capture c ON c.id = f.id >> 20
    JOIN report r ON r.id = c.id LEFT JOIN outlet o ON o.id = r.outlet
    JOIN figure g ON g.id = m.root JOIN capture cr ON cr.id = g.id >> 20
    JOIN story y ON y.report = r.id JOIN capture cs ON cs.id = y.root
    LEFT JOIN figure p ON p.id = m.prior LEFT JOIN capture cp ON cp.id = p.id >> 20;
CREATE VIEW series AS
    SELECT series, place, story, figure, holds, words, lower, upper, bound, measure, counted, attributes,
        origin, outlet, published, edge, prior, report FROM series_line;

-- `dismissed`: the reason that a person gave.
CREATE VIEW flag_line AS
    SELECT m.rowid AS item, lower(hex(substr(c.sha256, 1, 8))) || printf('.g%08x', m.id) AS id,
           m.kind AS kind, m.why AS why, lower(hex(cs.sha256)) AS story, lower(hex(c.sha256)) AS report,
           r.published AS published, o.name AS outlet, r.title AS title, m.target AS target, m.other AS other,
           (SELECT coalesce(d.body ->> 'comment', '') FROM decision d
            WHERE d.report = m.report AND d.state = 'holds' AND d.body ->> 'action' = 'dismiss'
              AND d.body ->> 'target' = lower(hex(c.sha256)) || printf('.g%08x', m.id)
            ORDER BY d.seq DESC LIMIT 1) AS dismissed
    FROM flag m JOIN capture c ON c.id = m.report JOIN capture cs ON cs.id = m.story
    JOIN report r ON r.id = m.report LEFT JOIN outlet o ON o.id = r.outlet;
CREATE VIEW flags AS
    SELECT id, kind, why, story, report, published, outlet, title, target, other, dismissed FROM flag_line;

-- A line for any report: `kind` is `origin` for one that is no copy.
CREATE VIEW copy_line AS
    SELECT r.id AS item, lower(hex(c.sha256)) AS origin, lower(hex(a.sha256)) AS report,
           r.published AS published, o.name AS outlet, r.title AS title, coalesce(x.kind, 'origin') AS kind,
           iif(b.id IS NULL, NULL, lower(hex(b.sha256))) AS original,
           CAST(julianday(r.published) - julianday(f.published) AS INTEGER) AS days, x.share AS share,
           x.probability AS probability, l.credit AS credit,
           (SELECT count(*) FROM copy n WHERE n.root = r.id) AS copies
    FROM report r JOIN capture a ON a.id = r.id LEFT JOIN copy x ON x.report = r.id
    LEFT JOIN capture b ON b.id = x.original JOIN capture c ON c.id = coalesce(x.root, r.id)
    LEFT JOIN report f ON f.id = x.root LEFT JOIN linked l ON l.report = r.id
    LEFT JOIN outlet o ON o.id = r.outlet;
CREATE VIEW copies AS
    SELECT y.origin, y.report, y.published, y.outlet, y.title, y.kind, y.original, y.days, y.share, y.probability, y.credit
    FROM copy x JOIN copy_line y ON y.item = x.report;

CREATE VIEW story_line AS
    SELECT x.report AS item, lower(hex(c.sha256)) AS story,
           (SELECT min(r.published) FROM story m JOIN report r ON r.id = m.report WHERE m.root = x.report)
               AS first,
           (SELECT max(r.published) FROM story m JOIN report r ON r.id = m.report WHERE m.root = x.report)
               AS last,
           (SELECT count(*) FROM story m WHERE m.root = x.report) AS reports,
           (SELECT count(DISTINCT coalesce(y.root, m.report)) FROM story m LEFT JOIN copy y ON y.report = m.report
               WHERE m.root = x.report) AS texts,
           (SELECT count(DISTINCT r.outlet) FROM story m JOIN report r ON r.id = m.report
               WHERE m.root = x.report) AS outlets,
           f.title AS title,
           (SELECT json_group_array(name) FROM
               (SELECT coalesce(b.name, a.name) AS name FROM story m
                JOIN statement s ON s.id BETWEEN m.report << 20 AND (m.report << 20) + 1048575
                JOIN actor a ON a.id = s.speaker LEFT JOIN actor b ON b.id = a.canon
                WHERE m.root = x.report AND s.status IS NOT 'rejected'
                GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3)) AS speakers,
           (SELECT json_group_array(name) FROM
               (SELECT f.place AS name FROM story m
                JOIN figure f ON f.id BETWEEN m.report << 20 AND (m.report << 20) + 1048575
                WHERE m.root = x.report AND f.place IS NOT NULL AND f.status IS NOT 'rejected'
                GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 3)) AS places
    FROM story x JOIN capture c ON c.id = x.report JOIN report f ON f.id = x.report
    WHERE x.root = x.report;
CREATE VIEW stories AS
    SELECT story, first, last, reports, texts, outlets, title, speakers, places FROM story_line;

-- A line for any linked report. `decided`: what people decided, `join` or `part`.
CREATE VIEW story_report_line AS
    SELECT x.report AS item, lower(hex(c.sha256)) AS story, lower(hex(a.sha256)) AS report,
           r.published AS published, o.name AS outlet, r.title AS title,
           iif(b.id IS NULL, NULL, lower(hex(b.sha256))) AS earlier,
           x.probability AS probability, y.kind AS copy,
           CASE WHEN p.report IS NULL THEN NULL WHEN p.story IS NULL THEN 'part' ELSE 'join' END AS decided
    FROM story x JOIN capture a ON a.id = x.report JOIN capture c ON c.id = x.root
    JOIN report r ON r.id = x.report LEFT JOIN capture b ON b.id = x.earlier
    LEFT JOIN copy y ON y.report = x.report LEFT JOIN pin p ON p.report = x.report
    LEFT JOIN outlet o ON o.id = r.outlet;
CREATE VIEW story_reports AS
    SELECT story, report, published, outlet, title, earlier, probability, copy, decided FROM story_report_line;

-- A line for any statement; without `earlier` it repeats none.
CREATE VIEW quote_line AS
    SELECT s.id AS item, lower(hex(substr(cr.sha256, 1, 8))) || printf('.s%08x', rs.key) AS utterance,
           lower(hex(substr(cs.sha256, 1, 8))) || printf('.s%08x', s.key) AS statement,
           lower(hex(cs.sha256)) AS report, r.published AS published, o.name AS outlet,
           coalesce(b.name, a.name) AS speaker, s.content AS content,
           iif(es.id IS NULL, NULL, lower(hex(substr(ce.sha256, 1, 8))) || printf('.s%08x', es.key)) AS earlier,
           x.n_same AS same_words, x.drift AS drift
    FROM statement s JOIN capture cs ON cs.id = s.id >> 20 JOIN report r ON r.id = cs.id
    LEFT JOIN quotation x ON x.statement = s.id LEFT JOIN outlet o ON o.id = r.outlet
    LEFT JOIN statement es ON es.id = x.earlier LEFT JOIN capture ce ON ce.id = es.id >> 20
    JOIN statement rs ON rs.id = coalesce(x.root, s.id) JOIN capture cr ON cr.id = rs.id >> 20
    LEFT JOIN actor a ON a.id = s.speaker LEFT JOIN actor b ON b.id = a.canon;
CREATE VIEW quotes AS
    SELECT y.utterance, y.statement, y.report, y.published, y.outlet, y.speaker, y.content, y.earlier,
           y.same_words, y.drift
    FROM quotation x JOIN quote_line y ON y.item = x.statement;
