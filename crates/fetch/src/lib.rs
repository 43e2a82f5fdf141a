//! Fetches what stands at an address of the web: within limits, from public machines only, and politely
//! where nobody asked for just that page.
//!
//! [`Fetcher::get`] fetches one address that a person named. [`Polite`] is for what is asked for again
//! and again, or found in what was fetched: it keeps to `robots.txt` (RFC 9309), leaves time between two
//! requests to a host, and stays away from a host as long as it asks for. [`Validators`] ask for what
//! has changed only.
//!
//! What keeps an address from reaching inside a network: its name is resolved here, private addresses are
//! left out, and the connection is made to what is left and nothing else, for every redirect anew
//! (so a name that changes its address between the look and the connection gains nothing). Proxies
//! of the environment are not used, as they would resolve names again.
//!
//! Nothing is read from what is fetched; the bytes may be packed in gzip, as `intake` unpacks it.

mod address;
mod client;
mod error;
mod polite;
mod time;

pub use client::{Answer, Fetched, Fetcher, Limits, Validators};
pub use error::{Error, ErrorKind};
pub use polite::{Pace, Polite};
