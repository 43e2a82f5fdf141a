use std::path::Path;
use std::time::Instant;

use ascribe::{Options, Reader};

/// What reading one file took, on one thread.
pub struct Speed {
    /// Reports in the file.
    pub n_reports: usize,
    /// Words of all texts, parted by white space.
    pub n_words: usize,
    /// Statements and figures read; the same in every run.
    pub n_read: [usize; 2],
    /// Seconds of each run, in order: intake and reading.
    pub seconds: Vec<f64>,
    /// Seconds to make the reader (weights are widened then).
    pub start: f64,
    /// Largest resident memory of the process so far, in MiB; `None` where the system does not tell.
    pub peak_mib: Option<f64>,
}

impl Speed {
    /// Words a second by the median run.
    pub fn words_per_second(&self) -> f64 {
        self.n_words as f64 / self.quantile(0.5)
    }

    fn quantile(&self, q: f64) -> f64 {
        let mut sorted = self.seconds.clone();
        sorted.sort_by(f64::total_cmp);
        sorted[((sorted.len() - 1) as f64 * q).round() as usize]
    }

    /// The figures as lines for people.
    pub fn to_table(&self) -> String {
        let [n_statements, n_figures] = self.n_read;
        let per_second = |seconds: f64| self.n_words as f64 / seconds;
        let memory = self.peak_mib.map_or("unknown".to_owned(), |m| format!("{m:.0} MiB"));
        format!(
            "{} reports, {} words: {n_statements} statements, {n_figures} figures\n\
             words/s on one core   median {:.0}   fastest {:.0}   slowest {:.0}   ({} runs)\n\
             start {:.3} s   peak memory {memory}\n",
            self.n_reports,
            self.n_words,
            self.words_per_second(),
            per_second(self.quantile(0.0)),
            per_second(self.quantile(1.0)),
            self.seconds.len(),
            self.start,
        )
    }
}

/// Reads the file `n_runs` times on this thread.
///
/// # Errors
/// If the file cannot be read, something in it is refused, or two runs read differently.
pub fn measure(path: &Path, n_runs: usize) -> Result<Speed, String> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|e| format!("{name}: {e}"))?;
    let began = Instant::now();
    let reader = Reader::new().map_err(|e| e.to_string())?;
    let start = began.elapsed().as_secs_f64();
    let options = Options::default();
    let mut speed =
        Speed { n_reports: 0, n_words: 0, n_read: [0, 0], seconds: Vec::new(), start, peak_mib: None };
    for run in 0..n_runs.max(1) {
        let began = Instant::now();
        let (mut n_reports, mut n_words, mut n_read) = (0, 0, [0, 0]);
        for reading in ascribe::readings(&reader, &name, bytes.as_slice(), &options) {
            let reading = reading.map_err(|refusal| refusal.to_string())?;
            n_reports += 1;
            n_words += reading.report.text.split_whitespace().count();
            n_read[0] += reading.statements.len();
            n_read[1] += reading.figures.len();
        }
        speed.seconds.push(began.elapsed().as_secs_f64());
        if run > 0 && n_read != speed.n_read {
            return Err(format!("run {} read {n_read:?}, those before {:?}", run + 1, speed.n_read));
        }
        (speed.n_reports, speed.n_words, speed.n_read) = (n_reports, n_words, n_read);
    }
    speed.peak_mib = peak_mib();
    Ok(speed)
}

/// `VmHWM` of this process.
fn peak_mib() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<f64>().ok().map(|kib| kib / 1024.0)
}
