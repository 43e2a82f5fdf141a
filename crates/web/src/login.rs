//! Who asks: sessions in memory, named by a cookie.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::http::HeaderMap;
use axum::http::header::COOKIE;
use serde::Serialize;
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::problem::{Problem, Result};
use crate::users::{Role, User, is_password, proper_name, users};

/// The cookie's name. It is of the machine, not of the port: two servers on one machine share it.
pub(crate) const COOKIE_NAME: &str = "ascribe";
/// How long a session lasts that nobody uses.
const IDLE: Duration = Duration::from_secs(12 * 3600);
/// So many sessions at most; the longest unused goes.
const MOST_SESSIONS: usize = 10_000;
/// Wrong passwords for a name in [`WINDOW`] before more are refused, and for all names together.
const MOST_WRONG: usize = 10;
const MOST_WRONG_ALL: usize = 100;
const WINDOW: Duration = Duration::from_secs(WINDOW_SECONDS as u64);
const WINDOW_SECONDS: u32 = 300;

/// Who asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct Who {
    /// The name, under which decisions are logged.
    pub(crate) name: String,
    /// What they may do.
    pub(crate) role: Role,
}

/// The sessions of a server, and whether it asks for passwords.
pub(crate) struct Logins {
    /// The file of users; without one nobody logs in, and a name is enough.
    users: Option<PathBuf>,
    sessions: Mutex<HashMap<[u8; 32], Session>>,
    wrong: Mutex<Vec<(String, Instant)>>,
}

struct Session {
    who: Who,
    used: Instant,
}

impl Logins {
    pub(crate) fn new(users: Option<PathBuf>) -> Self {
        Self { users, sessions: Mutex::default(), wrong: Mutex::default() }
    }

    /// Whether a password is needed.
    pub(crate) fn required(&self) -> bool {
        self.users.is_some()
    }

    /// Who the request is from. With users the file is asked each time, so that one who was taken out is
    /// out at once.
    pub(crate) fn who(&self, headers: &HeaderMap) -> Option<Who> {
        let key = key_of(&token_of(headers)?);
        let who = {
            let mut sessions = self.sessions();
            let session = sessions.get_mut(&key)?;
            if session.used.elapsed() > IDLE {
                sessions.remove(&key);
                return None;
            }
            session.used = Instant::now();
            session.who.clone()
        };
        if self.users.is_none() {
            return Some(who);
        }
        self.user(&who.name).ok().flatten().map(|user| Who { role: user.role, ..who })
    }

    /// Begins a session and gives its token. Blocks: a password takes time.
    pub(crate) fn begin(&self, name: &str, password: Option<&str>) -> Result<String> {
        let Some(name) = proper_name(name) else {
            return Err(Problem::bad_request("A name has 1 to 100 characters."));
        };
        let role =
            if self.required() { self.checked(name, password.unwrap_or_default())? } else { Role::Admin };
        let token = random_token()?;
        let mut sessions = self.sessions();
        if sessions.len() >= MOST_SESSIONS {
            let oldest = sessions.iter().min_by_key(|(_, session)| session.used).map(|(key, _)| *key);
            oldest.map(|key| sessions.remove(&key));
        }
        let who = Who { name: name.to_owned(), role };
        sessions.insert(key_of(&token), Session { who, used: Instant::now() });
        Ok(token)
    }

    pub(crate) fn end(&self, headers: &HeaderMap) {
        if let Some(token) = token_of(headers) {
            self.sessions().remove(&key_of(&token));
        }
    }

    fn checked(&self, name: &str, password: &str) -> Result<Role> {
        {
            let mut wrong = self.wrong();
            wrong.retain(|(_, when)| when.elapsed() < WINDOW);
            let n_of_name = wrong.iter().filter(|(of, _)| of == name).count();
            if n_of_name >= MOST_WRONG || wrong.len() >= MOST_WRONG_ALL {
                return Err(Problem::too_many("Too many wrong passwords; wait a while.", WINDOW_SECONDS));
            }
            // Counted before it is known, so that many at once gain nothing.
            wrong.push((name.to_owned(), Instant::now()));
        }
        let user = self
            .user(name)
            .map_err(|error| Problem::broken(format!("The users cannot be read: {error}.")))?;
        if !is_password(user.as_ref(), password) {
            return Err(Problem::wrong_login());
        }
        self.wrong().retain(|(of, _)| of != name);
        user.map(|user| user.role).ok_or_else(Problem::wrong_login)
    }

    fn user(&self, name: &str) -> std::io::Result<Option<User>> {
        let all = self.users.as_deref().map(users).transpose()?.unwrap_or_default();
        Ok(all.into_iter().find(|user| user.name == name))
    }

    fn sessions(&self) -> MutexGuard<'_, HashMap<[u8; 32], Session>> {
        self.sessions.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wrong(&self) -> MutexGuard<'_, Vec<(String, Instant)>> {
        self.wrong.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Only the hash is kept, so that looking a token up tells nothing about others by the time it takes.
fn key_of(token: &str) -> [u8; 32] {
    Sha256::digest(token).into()
}

fn random_token() -> Result<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|_| Problem::broken("The machine gives no random numbers."))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn token_of(headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == COOKIE_NAME).map(|(_, token)| token.to_owned())
}
