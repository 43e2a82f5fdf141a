//! `ascribe serve` and `ascribe users`: the ledger as pages and an API, and who may see it.

use std::io::{self, BufRead, IsTerminal, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use anyhow::{Context, anyhow, bail};
use ascribe::Options;
use ascribe_fetch::{Fetcher, Limits, Validators};
use ascribe_web::{Config, Fetch, Intake, Role, Server, add_user, remove_user, users_path};
use clap::{Args, Subcommand, ValueEnum};

use crate::ledger::path_of;
use crate::pdf;
use crate::read::NOTHING_DONE;
use crate::web::{served, whole};

#[derive(Args, Debug)]
pub(crate) struct ServeArguments {
    /// The ledger, which is made if it is not there [default: $ASCRIBE_LEDGER, else ascribe.db in the
    /// user's data folder]
    #[arg(long, value_name = "FILE")]
    ledger: Option<PathBuf>,

    /// Where to listen; any address but this machine's own needs users, who log in
    #[arg(long, value_name = "ADDR:PORT", default_value = "127.0.0.1:4780")]
    listen: SocketAddr,

    /// Ask for a login on this machine, too
    #[arg(long)]
    login: bool,

    /// Open the page in the browser
    #[arg(long)]
    open: bool,

    /// Let people add reports by their address: the server fetches them
    #[arg(long)]
    fetch: bool,

    /// Fetch from machines of private networks and this one, too
    #[arg(long, requires = "fetch")]
    allow_private: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum UsersCommand {
    /// Add a user, or give one another password and role; the password is asked for, or a line of
    /// standard input
    Add {
        /// The name, under which decisions are logged
        name: String,
        /// What they may do
        #[arg(long, default_value = "reviewer")]
        role: RoleArgument,
        /// The ledger [default: $ASCRIBE_LEDGER, else ascribe.db in the user's data folder]
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
    /// Take a user out
    Remove {
        /// The name
        name: String,
        /// The ledger
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
    /// List the users
    List {
        /// The ledger
        #[arg(long, value_name = "FILE")]
        ledger: Option<PathBuf>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum RoleArgument {
    /// Reads
    Reader,
    /// Decides and adds reports, too
    Reviewer,
    /// May do everything
    Admin,
}

impl From<RoleArgument> for Role {
    fn from(role: RoleArgument) -> Self {
        match role {
            RoleArgument::Reader => Self::Reader,
            RoleArgument::Reviewer => Self::Reviewer,
            RoleArgument::Admin => Self::Admin,
        }
    }
}

pub(crate) fn run(arguments: &ServeArguments) -> anyhow::Result<ExitCode> {
    let ledger = path_of(arguments.ledger.as_deref())?;
    if let (None, Some(folder)) = (&arguments.ledger, ledger.parent()) {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    }
    let needs_login = arguments.login || !arguments.listen.ip().is_loopback();
    let users = needs_login.then(|| users_path(&ledger));
    if let Some(path) = &users
        && ascribe_web::users(path).with_context(|| path.display().to_string())?.is_empty()
    {
        bail!("there is nobody who could log in: `ascribe users add NAME` makes a user");
    }
    let intake = Intake {
        options: Options { pdf: Some(pdf::read), ..Options::default() },
        fetch: arguments.fetch.then(|| fetch_with(arguments.allow_private)),
        first: Vec::new(),
    };
    let config = Config { ledger: ledger.clone(), users, intake: Some(intake) };
    serve(config, arguments.listen, arguments.open, &ledger.display().to_string())
}

/// Serves until Ctrl-C.
pub(crate) fn serve(config: Config, listen: SocketAddr, open: bool, what: &str) -> anyhow::Result<ExitCode> {
    // Each connection takes a file, as the ledger does.
    #[cfg(unix)]
    let _ = rlimit::increase_nofile_limit(4096);
    let server = Server::open(config, listen).with_context(|| format!("cannot serve {what} at {listen}"))?;
    let address = format!("http://{}/", server.address()?);
    let how = if server.is_read_only() { ", to read only" } else { "" };
    anstream::eprintln!("{what}{how}: {address}\nCtrl-C ends it");
    if open && let Err(error) = browse(&address) {
        anstream::eprintln!("the browser cannot be opened: {error}");
    }
    server.run()?;
    Ok(ExitCode::SUCCESS)
}

fn browse(address: &str) -> io::Result<()> {
    let (program, before): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("explorer", &[])
    } else {
        ("xdg-open", &[])
    };
    let mut browser = Command::new(program);
    browser.args(before).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    browser.spawn().map(drop)
}

fn fetch_with(allow_private: bool) -> Fetch {
    let limits = Limits { allow_private, ..Limits::default() };
    Box::new(move |url| {
        let fetcher = Fetcher::new(limits.clone()).map_err(|error| error.to_string())?;
        let answer = fetcher.get(url, &Validators::default()).and_then(whole);
        let answer = answer.map_err(|error| error.to_string())?;
        Ok((served(&answer), answer.body))
    })
}

pub(crate) fn users(command: &UsersCommand) -> anyhow::Result<ExitCode> {
    let path = |ledger: &Option<PathBuf>| Ok::<_, anyhow::Error>(users_path(&path_of(ledger.as_deref())?));
    match command {
        UsersCommand::Add { name, role, ledger } => {
            let path = path(ledger)?;
            let password = password(name)?;
            add_user(&path, name, (*role).into(), &password).with_context(|| path.display().to_string())?;
            anstream::eprintln!("{name} may log in");
        }
        UsersCommand::Remove { name, ledger } => {
            if !remove_user(&path(ledger)?, name)? {
                anstream::eprintln!("there is no user {name}");
                return Ok(ExitCode::from(NOTHING_DONE));
            }
        }
        UsersCommand::List { ledger } => list(&path(ledger)?)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn list(path: &Path) -> anyhow::Result<()> {
    let mut to = io::stdout().lock();
    for user in ascribe_web::users(path)? {
        writeln!(to, "{}\t{}", user.name, format!("{:?}", user.role).to_lowercase())?;
    }
    Ok(())
}

/// The password: asked for without being shown, or the first line of standard input.
fn password(name: &str) -> anyhow::Result<String> {
    if io::stdin().is_terminal() {
        let terminal = console::Term::stderr();
        let ask = |says: &str| -> io::Result<String> {
            terminal.write_str(says)?;
            terminal.read_secure_line()
        };
        let password = ask(&format!("Password of {name}: "))?;
        if ask("Again: ")? != password {
            return Err(anyhow!("the two passwords differ"));
        }
        return Ok(password);
    }
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
