//! Reading the password, the PIN and the passphrase of a file. They are never arguments: other users of the machine can read those.

use std::io::{IsTerminal, stdin};

use hotelmate_core::catalogue::say;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::private::Secret;

/// The environment variable for scripts that cannot pipe.
const VARIABLE: &str = "DESK_PASSWORD";
/// The environment variable with the passphrase of a file, for scripts.
const PASSPHRASE: &str = "DESK_PASSPHRASE";
/// The environment variable with the PIN, for scripts.
const PIN: &str = "DESK_PIN";

/// Reads the password. `--password-stdin` reads standard input, and so does a pipe. `DESK_PASSWORD` goes before a pipe,
/// since a script that sets it often has some unrelated standard input. A terminal asks without an echo.
pub fn read(from_stdin: bool) -> Result<String, DeskError> {
    let variable = std::env::var(VARIABLE).ok().filter(|password| !password.is_empty());
    match variable {
        Some(password) if !from_stdin => Ok(password),
        _ if from_stdin || !stdin().is_terminal() => first_line(),
        _ => rpassword::prompt_password(say!("deskctl-ask-password") + " ").map_err(|_| missing()),
    }
    .and_then(|password| if password.is_empty() { Err(missing()) } else { Ok(password) })
}

/// Reads the passphrase of a file, as [`read`] reads a password: `--passphrase-stdin`, `DESK_PASSPHRASE`, a pipe, or the
/// terminal.
pub fn passphrase(from_stdin: bool) -> Result<Secret, DeskError> {
    asked(from_stdin, [say!("deskctl-ask-passphrase")])
}

/// Reads the passphrase of a new file. A terminal asks twice, because a typing mistake would make the file useless.
pub fn new_passphrase(from_stdin: bool) -> Result<Secret, DeskError> {
    asked(from_stdin, [say!("deskctl-ask-new-passphrase"), say!("deskctl-ask-passphrase-again")])
}

/// Reads a passphrase. A terminal asks each of these questions, and the answers must be the same.
fn asked<const N: usize>(from_stdin: bool, questions: [String; N]) -> Result<Secret, DeskError> {
    let missing = || failure!(Configuration, "deskctl-no-passphrase", variable = PASSPHRASE);
    let variable = std::env::var(PASSPHRASE).ok().filter(|passphrase| !passphrase.is_empty());
    let passphrase = match variable {
        Some(passphrase) if !from_stdin => passphrase,
        _ if from_stdin || !stdin().is_terminal() => first_line().map_err(|_| missing())?,
        _ => {
            let mut answers = Vec::new();
            for question in questions {
                answers.push(rpassword::prompt_password(question + " ").map_err(|_| missing())?);
            }
            if answers.windows(2).any(|two| two[0] != two[1]) {
                return Err(failure!(Invalid, "deskctl-passphrases-differ"));
            }
            answers.pop().unwrap_or_default()
        }
    };
    if passphrase.is_empty() { Err(missing()) } else { Ok(Secret::from(passphrase)) }
}

/// Reads the PIN of the person with this user name, from `DESK_PIN` or without an echo from the terminal.
pub fn pin(name: &str) -> Result<Secret, DeskError> {
    let missing = || failure!(Configuration, "deskctl-no-pin", name = name, variable = PIN);
    let variable = std::env::var(PIN).ok().filter(|pin| !pin.is_empty());
    let pin = match variable {
        Some(pin) => pin,
        None if stdin().is_terminal() => {
            let question = say!("deskctl-ask-pin", name = name) + " ";
            rpassword::prompt_password(question).map_err(|_| missing())?
        }
        None => return Err(missing()),
    };
    Ok(Secret::from(pin.trim_end()))
}

fn first_line() -> Result<String, DeskError> {
    let mut line = String::new();
    stdin().read_line(&mut line).map_err(|_| missing())?;
    // Removes only the end of the line: a password may begin or end with a space.
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}

fn missing() -> DeskError {
    failure!(Configuration, "deskctl-no-password", variable = VARIABLE)
}
