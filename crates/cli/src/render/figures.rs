//! Figures on a terminal: columns as far as it is wide enough, else a few lines each.

use ascribe::{Figure, Reading};

use super::table::{beside, dotted, hang, optional, with_confidence};
use super::wording::{self, FigureCells};
use super::wrap::{Ink, Line, Run, line_width, width, wrap};

/// Between two columns.
const GAP: usize = 2;

/// One field of a figure.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Id,
    Words,
    Low,
    High,
    Bound,
    Measure,
    Counted,
    Attributes,
    PartOf,
    Scope,
    When,
    Place,
    By,
    Confidence,
}

use Field::{
    Attributes, Bound, By, Confidence, Counted, High, Id, Low, Measure, PartOf, Place, Scope, When, Words,
};

/// All fields.
const WIDE: &[Field] =
    &[Id, Words, Low, High, Bound, Measure, Counted, Attributes, PartOf, Scope, When, Place, By, Confidence];
/// What a figure is and who gives it; [`AROUND`] stands below it.
const MIDDLE: &[Field] = &[Id, Words, Low, High, Bound, Measure, Counted, By, Confidence];
const AROUND: &[Field] = &[PartOf, Attributes, Scope, When, Place];
/// What a figure is; [`BY_AND_AROUND`] stands below it.
const NARROW: &[Field] = &[Id, Words, Low, High, Bound, Measure, Counted, Confidence];
const BY_AND_AROUND: &[Field] = &[By, PartOf, Attributes, Scope, When, Place];

/// The figures of `reading` in lines no wider than `columns`.
pub(super) fn figures(reading: &Reading, columns: usize) -> Vec<Line> {
    let rows: Vec<Row<'_>> = reading
        .figures
        .iter()
        .map(|figure| Row { figure, cells: wording::figure_cells(reading, figure) })
        .collect();
    for (fields, rest) in [(WIDE, [].as_slice()), (MIDDLE, AROUND), (NARROW, BY_AND_AROUND)] {
        let shown: Vec<Column> = fields.iter().filter_map(|&field| Column::of(field, &rows)).collect();
        if let Some(widths) = fit(&shown, columns) {
            return grid(&shown, &widths, &rows, rest, columns);
        }
    }
    cards(&rows, columns)
}

struct Row<'r> {
    figure: &'r Figure,
    cells: FigureCells,
}

impl Row<'_> {
    fn cell(&self, field: Field) -> String {
        let cells = &self.cells;
        match field {
            Id => self.figure.id.to_string(),
            Words => cells.words.clone(),
            Low => cells.low.clone(),
            High => cells.high.clone(),
            Bound => cells.bound.clone(),
            Measure => cells.measure.clone(),
            Counted => cells.counted.clone(),
            Attributes => cells.attributes.clone(),
            PartOf => cells.part_of.clone(),
            Scope => cells.scope.clone(),
            When => cells.when.join(", "),
            Place => cells.place.clone(),
            By => self.by(),
            Confidence => wording::confidence(self.figure.confidence),
        }
    }

    fn by(&self) -> String {
        match self.figure.statement {
            Some(id) => format!("{id} {}", self.cells.by),
            None => self.cells.by.clone(),
        }
    }

    /// `fields` in one line.
    fn line(&self, fields: &[Field]) -> Line {
        let by = if fields.contains(&By) { self.by_runs() } else { Line::new() };
        let items = fields.iter().filter(|&&field| field != By).map(|&field| match self.cell(field) {
            part if field == PartOf && !part.is_empty() => format!("part of {part}"),
            cell => cell,
        });
        let rest = dotted(items.filter(|item| !item.is_empty()), Ink::Dim);
        let dot = !by.is_empty() && !rest[0].text.is_empty();
        [by, vec![Run::new(Ink::Dim, if dot { " · " } else { "" })], rest].concat()
    }

    fn by_runs(&self) -> Line {
        vec![Run::new(Ink::Plain, "by "), Run::new(Ink::Bold, self.by())]
    }

    /// The figure and what is counted, said once where the one holds the other ("a boy").
    fn phrase(&self) -> String {
        let FigureCells { words, counted, .. } = &self.cells;
        if words.contains(counted.as_str()) { words.clone() } else { format!("{words} {counted}") }
    }
}

struct Column {
    field: Field,
    cells: Vec<String>,
    /// Columns of the terminal that the widest cell or the head takes.
    natural: usize,
    /// Cells may be wrapped down to this width.
    least: usize,
}

impl Column {
    /// The column of `field`; none if nothing stands in it.
    fn of(field: Field, rows: &[Row<'_>]) -> Option<Self> {
        let cells: Vec<String> = rows.iter().map(|row| row.cell(field)).collect();
        if cells.iter().all(String::is_empty) {
            return None;
        }
        let widest = |columns: usize| {
            let lines = cells.iter().flat_map(|cell| wrap(&[Run::new(Ink::Plain, cell.as_str())], columns));
            lines.map(|line| line_width(&line)).max().unwrap_or(0).max(width(head(field)))
        };
        let natural = widest(usize::MAX);
        let least = if wraps(field) { natural.min(width(head(field)).max(12)) } else { natural };
        Some(Self { field, natural, least, cells })
    }
}

fn head(field: Field) -> &'static str {
    match field {
        Id => "",
        Words => "words",
        Low => "low",
        High => "high",
        Bound => "bound",
        Measure => "measure",
        Counted => "counted",
        Attributes => "attributes",
        PartOf => "part of",
        Scope => "scope",
        When => "when",
        Place => "place",
        By => "given by",
        Confidence => "conf.",
    }
}

fn wraps(field: Field) -> bool {
    matches!(field, Words | Counted | Attributes | When | Place | By)
}

fn is_number(field: Field) -> bool {
    matches!(field, Low | High)
}

/// The width of each column, the widest ones made narrower until all fit; none if they cannot.
fn fit(shown: &[Column], columns: usize) -> Option<Vec<usize>> {
    let room = columns.checked_sub(GAP * shown.len().saturating_sub(1))?;
    if shown.iter().map(|column| column.least).sum::<usize>() > room {
        return None;
    }
    let mut widths: Vec<usize> = shown.iter().map(|column| column.natural).collect();
    // One step at a time, so that columns of like width stay alike; each cell's width is bounded
    // by a report's longest phrase, first cut to what the terminal could show at all.
    widths.iter_mut().for_each(|width| *width = (*width).min(room));
    while widths.iter().sum::<usize>() > room {
        let loose = (0..shown.len()).filter(|&i| widths[i] > shown[i].least);
        let widest = loose.max_by_key(|&i| widths[i])?;
        widths[widest] -= 1;
    }
    Some(widths)
}

fn grid(shown: &[Column], widths: &[usize], rows: &[Row<'_>], rest: &[Field], columns: usize) -> Vec<Line> {
    let heads = shown.iter().map(|column| vec![vec![Run::new(Ink::Dim, head(column.field))]]).collect();
    let mut lines = side_by_side(shown, widths, heads);
    for (i, row) in rows.iter().enumerate() {
        let cells = shown
            .iter()
            .zip(widths)
            .map(|(column, &width)| wrap(&[Run::new(ink(column.field), column.cells[i].as_str())], width));
        lines.extend(side_by_side(shown, widths, cells.collect()));
        let hang = widths[0] + GAP;
        lines.extend(beside("", hang, optional(&row.line(rest), columns.saturating_sub(hang))));
    }
    lines
}

fn ink(field: Field) -> Ink {
    match field {
        Id | Confidence => Ink::Dim,
        By => Ink::Bold,
        _ => Ink::Plain,
    }
}

/// The lines of each cell beside each other, numbers to the right of their column.
fn side_by_side(shown: &[Column], widths: &[usize], cells: Vec<Vec<Line>>) -> Vec<Line> {
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |row: usize| {
        let mut line = Line::new();
        for (i, cell) in cells.iter().enumerate() {
            let words = cell.get(row).cloned().unwrap_or_default();
            let pad = Run::new(Ink::Plain, " ".repeat(widths[i].saturating_sub(line_width(&words))));
            let gap = Run::new(Ink::Plain, " ".repeat(if i > 0 { GAP } else { 0 }));
            line.push(gap);
            line.extend(
                if is_number(shown[i].field) { [vec![pad], words] } else { [words, vec![pad]] }.concat(),
            );
        }
        line
    };
    (0..height).map(line).collect()
}

/// A few lines a figure, for terminals too narrow for columns.
fn cards(rows: &[Row<'_>], columns: usize) -> Vec<Line> {
    let hang = hang(rows.iter().map(|row| row.figure.id.to_string()));
    let room = columns.saturating_sub(hang);
    let mut lines = Vec::new();
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            lines.push(Line::new());
        }
        let value = [
            format!("low {}", row.cells.low),
            format!("high {}", row.cells.high),
            row.cells.bound.clone(),
            row.cells.measure.clone(),
        ];
        let blocks = [
            with_confidence(&[Run::new(Ink::Plain, row.phrase())], row.figure.confidence, room),
            wrap(&dotted(value.into_iter(), Ink::Plain), room),
            wrap(&row.by_runs(), room),
            optional(&row.line(AROUND), room),
        ];
        lines.extend(beside(&row.figure.id.to_string(), hang, blocks.concat()));
    }
    lines
}
