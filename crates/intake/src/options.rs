use crate::{ColumnReader, Format, PdfReader};

/// What the user may say about the files that are read.
///
/// ```
/// let options = ascribe_intake::Options { outlet: Some("Northwire".into()), ..Default::default() };
/// assert_eq!(options.max_bytes, 64 << 20);
/// ```
#[derive(Clone, Debug)]
pub struct Options {
    /// Date of publication of every report (EDTF), taken as it is; wins over what the reports say.
    pub date: Option<String>,
    /// Outlet of every report; wins over what the reports say.
    pub outlet: Option<String>,
    /// Which fields of a JSON record or columns of a table hold what.
    pub fields: FieldNames,
    /// When the bytes were obtained (RFC 3339), if they do not say themselves as web archives do.
    pub captured_at: Option<String>,
    /// Bytes of the largest capture: of a whole file or feed, or of one line, row, member of an
    /// archive or archived page.
    pub max_bytes: u64,
    /// Bytes of the longest text of one report.
    pub max_text: usize,
    /// So many bytes may be unpacked for each byte of a file, over all layers; the first 16 MiB are
    /// free.
    pub max_ratio: u32,
    /// So many layers of compression and archives may lie around a report.
    pub max_depth: usize,
    /// What the files are, or the members of archives, for those are told by their first bytes; `None`: told by their names, failing that by their first bytes.
    pub format: Option<Format>,
    /// What reads the text of PDF files; without it they are refused.
    pub pdf: Option<PdfReader>,
    /// What reads the rows of Parquet and Arrow files; without it they are refused.
    pub columns: Option<ColumnReader>,
    /// Whether reports and refusals come with the bytes they were made of, to be stored.
    pub keep_bytes: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            date: None,
            outlet: None,
            fields: FieldNames::default(),
            captured_at: None,
            max_bytes: 64 << 20,
            max_text: 2 << 20,
            max_ratio: 200,
            max_depth: 4,
            format: None,
            pdf: None,
            columns: None,
            keep_bytes: false,
        }
    }
}

/// For each part of a report the fields of a JSON record, or the columns of a table, that may hold
/// it, tried in order.
///
/// A dotted name reaches into nested objects (`meta.date`), unless the record has a field of just
/// that name. Where no field has the name, one that differs from it only in case counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldNames {
    /// The article itself: a string or a list of paragraphs.
    pub text: Vec<String>,
    /// Headline.
    pub title: Vec<String>,
    /// Date of publication: a date in most forms, or seconds or milliseconds since 1970.
    pub date: Vec<String>,
    /// Date of the last change, in the same forms.
    pub modified: Vec<String>,
    /// Who published it: a string or an object with a `name`.
    pub outlet: Vec<String>,
    /// Where it was published.
    pub url: Vec<String>,
    /// Author or authors: strings or objects with a `name`.
    pub byline: Vec<String>,
    /// The record's own id: a string or a number.
    pub id: Vec<String>,
}

impl Default for FieldNames {
    fn default() -> Self {
        let names = |list: &str| list.split(' ').map(str::to_owned).collect();
        Self {
            text: names("text body content article maintext"),
            title: names("title headline"),
            date: names("date published published_at datePublished date_publish pubdate timestamp"),
            modified: names("modified updated updated_at date_modified dateModified"),
            outlet: names("outlet publisher source site source_domain"),
            url: names("url link canonical_url"),
            byline: names("byline author authors"),
            id: names("id guid"),
        }
    }
}

impl FieldNames {
    /// Replaces candidates as a command line gives them: `text=body,date=meta.pub`. Several
    /// candidates for one part are parted by `|`: `text=body|summary`.
    ///
    /// # Errors
    /// Says which piece is not `PART=FIELD`, or that there is no such part; nothing is changed then.
    pub fn set(&mut self, spec: &str) -> Result<(), String> {
        let mut changed = self.clone();
        for piece in spec.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
            let (part, fields) =
                piece.split_once('=').ok_or_else(|| format!("'{piece}' is not of the form PART=FIELD"))?;
            let fields: Vec<String> =
                fields.split('|').map(|f| f.trim().to_owned()).filter(|f| !f.is_empty()).collect();
            if fields.is_empty() {
                return Err(format!("'{piece}' names no field"));
            }
            *changed.part(part.trim())? = fields;
        }
        *self = changed;
        Ok(())
    }

    fn part(&mut self, name: &str) -> Result<&mut Vec<String>, String> {
        match name {
            "text" => Ok(&mut self.text),
            "title" => Ok(&mut self.title),
            "date" => Ok(&mut self.date),
            "modified" => Ok(&mut self.modified),
            "outlet" => Ok(&mut self.outlet),
            "url" => Ok(&mut self.url),
            "byline" => Ok(&mut self.byline),
            "id" => Ok(&mut self.id),
            _ => Err(format!("'{name}' is none of text, title, date, modified, outlet, url, byline, id")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn set_replaces_only_what_it_names() {
        let mut names = FieldNames::default();
        names.set("text=body|summary, date = meta.pub").unwrap();
        assert_eq!(names.text, ["body", "summary"]);
        assert_eq!(names.date, ["meta.pub"]);
        assert_eq!(names.title, FieldNames::default().title);
    }

    #[test]
    fn set_says_what_is_wrong() {
        let cases = [
            ("body", "'body' is not of the form PART=FIELD"),
            ("text=", "'text=' names no field"),
            ("when=date", "'when' is none of text, title, date, modified, outlet, url, byline, id"),
        ];
        for (spec, message) in cases {
            let mut names = FieldNames::default();
            assert_eq!(names.set(&format!("title=h,{spec}")).unwrap_err(), message);
            assert_eq!(names, FieldNames::default(), "{spec} changed nothing");
        }
    }
}
