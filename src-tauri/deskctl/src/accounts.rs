//! `accounts`: the accounts on this computer, for a person who leaves and for a computer that is replaced.
//!
//! These commands ask for no PIN. The PIN protects from a colleague at the same desk, and the person whose account is
//! removed is often not here any more.

use std::path::Path;

use hotelmate_core::catalogue::say;
use hotelmate_core::desk::StoredAccounts;
use hotelmate_core::settings::Settings;
use hotelmate_core::views::{MovedAccount, StoredAccount, Waits};

use crate::cli::AccountsCommand;
use crate::exit::{Exit, Outcome};
use crate::output::{Output, with_way_out};
use crate::password;
use crate::text::{moment, plain, table};

/// Carries out one `accounts` command.
pub async fn carry_out(settings: Settings, out: &mut Output, command: AccountsCommand) -> Outcome {
    let accounts = StoredAccounts::of(settings);
    match command {
        AccountsCommand::List => list(&accounts, out).await,
        AccountsCommand::Remove { person, discard } => remove(&accounts, out, &person, discard).await,
        AccountsCommand::Move { person, to: Some(to), passphrase_stdin, .. } => {
            let passphrase = || password::new_passphrase(passphrase_stdin);
            let moved = accounts.move_to(&person, &to, passphrase).await?;
            report_move(out, &person, &moved)
        }
        AccountsCommand::Move { person, .. } => cancel(&accounts, out, &person).await,
        AccountsCommand::Take { file, passphrase_stdin } => {
            take(&accounts, out, &file, passphrase_stdin).await
        }
    }
}

/// Lists the accounts. Fails at the end if one of them cannot be counted.
async fn list(accounts: &StoredAccounts, out: &mut Output) -> Outcome {
    let all = accounts.list().await?;
    out.answer(&all, || match all.as_slice() {
        [] => say!("deskctl-accounts-none"),
        all => table(&say!("deskctl-columns-accounts"), &all.iter().map(row).collect::<Vec<_>>()),
    })?;
    for account in &all {
        let name = account.username.as_ref().unwrap_or(&account.account);
        if let Some(why_not) = &account.why_not {
            out.remark(&format!("{name}: {}", with_way_out(why_not)));
        }
        if let Some(file) = &account.moved_to {
            out.remark(&say!("deskctl-accounts-moved-to", name = name.as_str(), file = file.as_str()));
        }
        if account.set_aside > 0 {
            out.remark(&say!("deskctl-accounts-set-aside", name = name.as_str(), count = account.set_aside));
        }
    }
    let is_counted = all.iter().all(|account| account.why_not.is_none());
    Ok(if is_counted { Exit::Done } else { Exit::Failed })
}

fn row(account: &StoredAccount) -> [String; 10] {
    let text = |text: &Option<String>| plain(text.as_deref().unwrap_or_default());
    let count = |of: fn(&Waits) -> u32| match &account.waits {
        Some(waits) => of(waits).to_string(),
        None => say!("deskctl-not-known"),
    };
    [
        plain(&account.account),
        text(&account.username),
        text(&account.name),
        text(&account.hotel),
        text(&account.server),
        account.last_used.map_or_else(|| say!("deskctl-not-known"), moment),
        count(|waits| waits.changes),
        count(|waits| waits.drafts),
        count(|waits| waits.pictures),
        say!("deskctl-data-size", size = account.bytes.div_ceil(1024)),
    ]
}

async fn remove(accounts: &StoredAccounts, out: &mut Output, person: &str, discard: bool) -> Outcome {
    let removed = accounts.remove(person, discard).await?;
    out.answer(&removed, || say!("deskctl-accounts-removed", name = person))?;
    if let Some(cause) = &removed.keys_left {
        out.remark(&say!("deskctl-accounts-keys-left", cause = cause.as_str()));
    }
    Ok(Exit::Done)
}

/// Names the file, and what stays on this computer.
fn report_move(out: &mut Output, person: &str, moved: &MovedAccount) -> Outcome {
    out.answer(moved, || say!("deskctl-accounts-moved", name = person, file = moved.file.as_str()))?;
    if moved.set_aside > 0 {
        out.remark(&say!("deskctl-accounts-stays", count = moved.set_aside));
    }
    Ok(Exit::Done)
}

async fn cancel(accounts: &StoredAccounts, out: &mut Output, person: &str) -> Outcome {
    let cancelled = accounts.cancel_move(person).await?;
    let file = cancelled.file.as_str();
    out.answer(&cancelled, || say!("deskctl-accounts-cancelled", name = person, file = file))?;
    Ok(Exit::Done)
}

async fn take(accounts: &StoredAccounts, out: &mut Output, file: &Path, from_stdin: bool) -> Outcome {
    let taken = accounts.take(file, password::passphrase(from_stdin)?).await?;
    let Waits { changes, drafts, .. } = taken.waits;
    let name = taken.username.as_str();
    out.answer(&taken, || say!("deskctl-accounts-taken", name = name, changes = changes, drafts = drafts))?;
    Ok(Exit::Done)
}
