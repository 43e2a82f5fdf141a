//! Bytes as they come in: a reader that can be looked ahead in, the faults of packed data, and the
//! budget that keeps little input from becoming much.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;
use std::{error, fmt};

use crate::Reason;

/// What is read from.
pub(crate) type Input<'a> = Box<dyn BufRead + 'a>;

/// So much may be unpacked from any file, however small: ratios tell nothing of small files.
const FREE_BYTES: u64 = 16 << 20;
/// Bytes that are unpacked at once.
const BUFFER: usize = 1 << 16;

/// A reader, and bytes that were taken from it and given back.
pub(crate) struct Peeked<'a> {
    given_back: Vec<u8>,
    at: usize,
    /// Came behind `given_back`; told before more is read.
    error: Option<io::Error>,
    rest: Input<'a>,
}

impl<'a> Peeked<'a> {
    pub(crate) fn new(rest: Input<'a>) -> Self {
        Self { given_back: Vec::new(), at: 0, error: None, rest }
    }

    /// The next bytes, `n` of them unless the input ends or breaks before; they stay to be read.
    pub(crate) fn peek(&mut self, n: usize) -> &[u8] {
        let n_here = self.given_back.len() - self.at;
        if n_here < n && self.error.is_none() {
            self.given_back.drain(..self.at);
            self.at = 0;
            self.error = self.rest.by_ref().take((n - n_here) as u64).read_to_end(&mut self.given_back).err();
        }
        let here = &self.given_back[self.at..];
        &here[..here.len().min(n)]
    }

    /// The error that stands before the next byte, if one does.
    pub(crate) fn take_error(&mut self) -> Option<io::Error> {
        if self.at == self.given_back.len() { self.error.take() } else { None }
    }

    /// Puts `bytes` before what comes next.
    pub(crate) fn give_back(&mut self, bytes: &[u8]) {
        self.given_back.splice(..self.at, bytes.iter().copied());
        self.at = 0;
    }

    /// Passes over everything before the next place where `opens` holds for the `n` bytes there.
    /// Returns how many bytes were passed over, and whether there is such a place.
    pub(crate) fn seek(&mut self, n: usize, opens: impl Fn(&[u8]) -> bool) -> io::Result<(u64, bool)> {
        let mut n_passed = 0;
        // The place is often near, and what is looked at is copied.
        let mut size = 256;
        loop {
            let window = self.peek(size);
            let (len, found) = (window.len(), window.windows(n).position(&opens));
            // The place may begin in the last bytes.
            let n_over = found.unwrap_or(if len < size { len } else { len - (n - 1) });
            self.consume(n_over);
            n_passed += n_over as u64;
            if found.is_some() {
                return Ok((n_passed, true));
            }
            if let Some(error) = self.take_error() {
                return Err(error);
            }
            if len < size {
                return Ok((n_passed, false));
            }
            size = (2 * size).min(BUFFER);
        }
    }
}

impl Read for Peeked<'_> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(to)?;
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Peeked<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.given_back.len() {
            return Ok(&self.given_back[self.at..]);
        }
        if let Some(error) = self.error.take() {
            return Err(error);
        }
        self.rest.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        if self.at < self.given_back.len() {
            self.at = (self.at + n).min(self.given_back.len());
        } else {
            self.rest.consume(n);
        }
    }
}

/// What is wrong with packed data; the error inside an [`io::Error`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// A part is damaged or missing; what follows it comes behind this error.
    Damaged(String),
    /// More than so many bytes come out of each that goes in; nothing follows.
    TooPacked(u32),
}

impl Fault {
    pub(crate) fn damaged(what: impl fmt::Display) -> io::Error {
        io::Error::new(io::ErrorKind::InvalidData, Self::Damaged(what.to_string()))
    }

    pub(crate) fn of(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Damaged(what) => f.write_str(what),
            Self::TooPacked(limit) => write!(f, "unpacks to over {limit} times its size"),
        }
    }
}

impl error::Error for Fault {}

/// Why nothing could be read, as a reason.
pub(crate) fn reason_of(error: &io::Error) -> Reason {
    match Fault::of(error) {
        Some(Fault::Damaged(what)) => Reason::Damaged(what.clone()),
        Some(Fault::TooPacked(limit)) => Reason::TooPacked(*limit),
        None => Reason::Read(error.to_string()),
    }
}

/// How many bytes a file had so far and how many came out of them, whatever was packed in what.
#[derive(Debug)]
pub(crate) struct Budget {
    max_ratio: u32,
    n_read: Cell<u64>,
    n_unpacked: Cell<u64>,
}

impl Budget {
    pub(crate) fn new(max_ratio: u32) -> Rc<Self> {
        Rc::new(Self { max_ratio, n_read: Cell::new(0), n_unpacked: Cell::new(0) })
    }

    /// Counts `n` bytes that were unpacked.
    ///
    /// # Errors
    /// If that is too much for what was read.
    pub(crate) fn unpack(&self, n: usize) -> io::Result<()> {
        let n_unpacked = self.n_unpacked.get().saturating_add(n as u64);
        self.n_unpacked.set(n_unpacked);
        let allowed = self.n_read.get().saturating_mul(self.max_ratio.into()).saturating_add(FREE_BYTES);
        if n_unpacked > allowed {
            return Err(io::Error::new(io::ErrorKind::InvalidData, Fault::TooPacked(self.max_ratio)));
        }
        Ok(())
    }
}

/// A file itself: what is read from it is what its budget grows by.
pub(crate) struct Counted<R> {
    pub(crate) input: R,
    pub(crate) budget: Rc<Budget>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let n = self.input.read(to)?;
        self.budget.n_read.set(self.budget.n_read.get() + n as u64);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.input.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.budget.n_read.set(self.budget.n_read.get() + n as u64);
        self.input.consume(n);
    }
}

/// An unpacker as an input, counted against `budget`.
pub(crate) fn unpacked<'a>(unpacker: impl Read + 'a, budget: Rc<Budget>) -> Input<'a> {
    Box::new(BufReader::with_capacity(BUFFER, Unpacked { unpacker, budget, is_over: false }))
}

struct Unpacked<R> {
    unpacker: R,
    budget: Rc<Budget>,
    is_over: bool,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        if self.is_over {
            return Ok(0);
        }
        let n = self.unpacker.read(to)?;
        self.budget.unpack(n).inspect_err(|_| self.is_over = true)?;
        Ok(n)
    }
}

/// One line without its line break; `None` at the end. A longer one is passed over to its end.
pub(crate) fn read_line(input: &mut impl BufRead, limit: u64) -> Result<Option<Vec<u8>>, Reason> {
    let mut line = Vec::new();
    // Room for the line break, `\r\n` at most.
    let n = input.take(limit.saturating_add(2)).read_until(b'\n', &mut line).map_err(|e| reason_of(&e))?;
    if n == 0 {
        return Ok(None);
    }
    let is_whole = line.ends_with(b"\n");
    let content = line.strip_suffix(b"\n").unwrap_or(&line);
    let len = content.strip_suffix(b"\r").unwrap_or(content).len();
    if len as u64 > limit {
        if !is_whole {
            input.skip_until(b'\n').map_err(|e| reason_of(&e))?;
        }
        return Err(Reason::TooManyBytes(limit));
    }
    line.truncate(len);
    Ok(Some(line))
}

/// All bytes to the end, no more than `limit`.
pub(crate) fn read_whole(input: impl Read, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    input.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(|e| reason_of(&e))?;
    if bytes.len() as u64 > limit { Err(Reason::TooManyBytes(limit)) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peeked(bytes: &[u8]) -> Peeked<'_> {
        Peeked::new(Box::new(bytes))
    }

    #[test]
    fn what_is_given_back_comes_first() {
        let mut input = peeked(b"abcdef");
        assert_eq!(input.peek(3), b"abc");
        input.consume(1);
        input.give_back(b"xy");
        assert_eq!(input.peek(20), b"xybcdef");
        assert_eq!(read_whole(&mut input, 20).unwrap(), b"xybcdef");
        assert_eq!(input.peek(1), b"");
    }

    #[test]
    fn places_are_found_across_buffers() {
        let mut bytes = vec![b'.'; 2 * BUFFER];
        bytes[BUFFER - 1] = b'A';
        bytes[BUFFER] = b'B';
        let mut input = peeked(&bytes);
        assert_eq!(input.seek(2, |two| two == b"AB").unwrap(), (BUFFER as u64 - 1, true));
        assert_eq!(input.peek(2), b"AB");
        assert_eq!(input.seek(2, |two| two == b"AC").unwrap(), (BUFFER as u64 + 1, false));
    }

    #[test]
    fn little_input_does_not_become_much() {
        let budget = Budget::new(10);
        let mut input = Counted { input: &[0; 1000][..], budget: budget.clone() };
        assert_eq!(read_whole(&mut input, 1000).unwrap().len(), 1000);
        let zeros = || io::repeat(0).take(100 << 20);
        let n = |budget: &Rc<Budget>| {
            let error = io::copy(&mut unpacked(zeros(), budget.clone()), &mut io::sink()).unwrap_err();
            assert_eq!(reason_of(&error), Reason::TooPacked(10));
            budget.n_unpacked.get()
        };
        let allowed = FREE_BYTES + 10_000;
        assert!((allowed..allowed + BUFFER as u64 + 1).contains(&n(&budget)));
    }
}
