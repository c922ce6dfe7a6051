//! What the window may ask: one function per command, each of them one line onto the core's facade.
//!
//! A command must also stand in a permission (`src-tauri/permissions/desk.toml`); a test compares the two.

mod activity;
mod diagnostics;
mod drafts;
mod duty;
mod galleries;
mod offers;
mod outbox;
mod pictures;
mod records;
mod session;

use hotelmate_core::error::DeskError;
use tauri::State;
use tauri::ipc::Invoke;

use crate::shell::Shell;

type Answer<T> = Result<T, DeskError>;
type TheShell<'a> = State<'a, Shell>;

/// Makes the handler, and for the test the list of names, from one list.
macro_rules! commands {
    ($($subject:ident { $($name:ident),* $(,)? })*) => {
        /// Answers the window's calls.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($subject::$name),*),*]
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$($(stringify!($name)),*),*];
    };
}

commands! {
    session {
        session,
        sign_in_hints,
        sign_in,
        sign_in_again,
        sign_out,
        send_now,
        status,
        try_now,
        accept_absences,
        capabilities,
    }
    offers {
        offers,
        offer,
        sanitise_html,
    }
    pictures {
        prepare_picture,
        cancel_picture,
        cancel_upload,
    }
    records {
        record_table,
        check,
        records,
        branding,
        record,
        create,
        edit,
        set_picture,
        move_to,
        delete_entity,
        undo_delete,
    }
    galleries {
        galleries,
        add_images,
        move_image,
        remove_image,
        undo_remove_image,
        put_back,
    }
    drafts {
        drafts,
        save_draft,
        discard_draft,
        answer_shell,
    }
    outbox {
        outbox,
        retry_intent,
        discard_intent,
        discard_doubtful,
        send_again,
        adopt_intent,
        export_outbox,
        resolve_conflict,
    }
    duty {
        duty,
        intend_duty,
        cancel_duty_intent,
        dismiss_duty_notice,
    }
    activity {
        activities,
        mark_activities_seen,
        notification_settings,
        set_quiet,
        set_sounds,
    }
    diagnostics {
        set_log_level,
        support_file,
        diagnosis,
        run_checks,
        event_log,
        reveal_event,
        note_shown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_stands_in_exactly_one_permission() {
        let permissions = include_str!("../permissions/desk.toml");
        let mut permitted: Vec<&str> =
            permissions.lines().filter_map(|line| line.strip_prefix("    \"")?.strip_suffix("\",")).collect();
        let mut named = NAMES.to_vec();
        permitted.sort_unstable();
        named.sort_unstable();
        assert_eq!(permitted, named);
    }
}
