//! The people who may log in: a file beside the ledger, passwords hashed with argon2id.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use argon2::Argon2;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What a person may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Read.
    Reader,
    /// Decide and add reports, too.
    Reviewer,
    /// All.
    Admin,
}

/// A person who may log in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    /// The name, under which decisions are logged.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// The password's hash in PHC format.
    hash: String,
}

/// The least characters of a password (NIST SP 800-63B: 8 or more).
const LEAST_PASSWORD: usize = 8;
/// The most characters of a name.
pub(crate) const LONGEST_NAME: usize = 100;

/// The file beside a ledger that holds its users.
pub fn users_path(ledger: &Path) -> PathBuf {
    let mut path = ledger.as_os_str().to_owned();
    path.push(".users.json");
    path.into()
}

/// The users in the file; none if it is not there.
///
/// # Errors
/// If it cannot be read or is no such file.
pub fn users(path: &Path) -> io::Result<Vec<User>> {
    match fs::read(path) {
        Ok(json) => Ok(serde_json::from_slice(&json)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

/// Adds a user, or gives one who is there another password and role.
///
/// # Errors
/// If name or password do not do, or the file cannot be written.
pub fn add_user(path: &Path, name: &str, role: Role, password: &str) -> io::Result<()> {
    let wrong = |says: &str| io::Error::new(io::ErrorKind::InvalidInput, says);
    let name = proper_name(name)
        .ok_or_else(|| wrong("a name has 1 to 100 characters, none of them control characters"))?;
    if password.chars().count() < LEAST_PASSWORD {
        return Err(wrong("a password has 8 characters or more"));
    }
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(|error| io::Error::other(error.to_string()))?;
    let salt = SaltString::encode_b64(&salt).map_err(|error| io::Error::other(error.to_string()))?;
    let hash = Argon2::default().hash_password(password.as_bytes(), &salt);
    let hash = hash.map_err(|error| io::Error::other(error.to_string()))?.to_string();
    let mut all = users(path)?;
    all.retain(|user| user.name != name);
    all.push(User { name: name.to_owned(), role, hash });
    all.sort_by(|a, b| a.name.cmp(&b.name));
    write(path, &all)
}

/// Takes a user out; whether there was one.
///
/// # Errors
/// If the file cannot be read or written.
pub fn remove_user(path: &Path, name: &str) -> io::Result<bool> {
    let mut all = users(path)?;
    let n = all.len();
    all.retain(|user| user.name != name);
    if all.len() < n {
        write(path, &all)?;
    }
    Ok(all.len() < n)
}

/// A name without blanks around it, if it is one.
pub(crate) fn proper_name(name: &str) -> Option<&str> {
    let name = name.trim();
    let fits =
        !name.is_empty() && name.chars().count() <= LONGEST_NAME && !name.chars().any(char::is_control);
    fits.then_some(name)
}

/// A whole new file in the place of the old, which only its owner may read.
fn write(path: &Path, users: &[User]) -> io::Result<()> {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&new)?;
    file.write_all(&serde_json::to_vec_pretty(users)?)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// Whether the password is the user's. Takes as long where there is no such user.
pub(crate) fn is_password(user: Option<&User>, password: &str) -> bool {
    // Of a password that nobody knows, with the same costs.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5$3hjaY0ZJg0CkQ0f5bTq4n0lMckW5cXU4v5n0Jv6nV0s";
    let hash = PasswordHash::new(user.map_or(NOBODY, |user| &user.hash));
    let fits = hash.is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok());
    fits && user.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_come_change_and_go() {
        let folder = tempfile::tempdir().unwrap();
        let path = users_path(&folder.path().join("news.db"));
        assert!(users(&path).unwrap().is_empty());
        add_user(&path, " Ada ", Role::Reader, "correct horse").unwrap();
        add_user(&path, "Bo", Role::Admin, "another one").unwrap();
        add_user(&path, "Ada", Role::Reviewer, "a new password").unwrap();
        let all = users(&path).unwrap();
        assert_eq!(
            all.iter().map(|user| (user.name.as_str(), user.role)).collect::<Vec<_>>(),
            [("Ada", Role::Reviewer), ("Bo", Role::Admin)]
        );
        assert!(all[0].hash.starts_with("$argon2id$"));
        assert!(is_password(Some(&all[0]), "a new password"));
        assert!(!is_password(Some(&all[0]), "correct horse") && !is_password(None, "nobody"));
        assert!(remove_user(&path, "Bo").unwrap() && !remove_user(&path, "Bo").unwrap());
        for (name, password) in [("", "long enough"), ("a\nb", "long enough"), ("Cy", "short")] {
            assert!(add_user(&path, name, Role::Reader, password).is_err(), "{name:?}");
        }
    }
}
