//! The window's commands: a table in which each row is one call of the core's facade.
//!
//! The table is the only place that names a command. The handler is made from it, and `cargo xtask types` writes two
//! files from it: the permissions of the windows (`src-tauri/permissions/desk.toml`) and the screens' types
//! (`ui/src/generated/Commands.ts`).

use hotelmate_core::desk::Desk;
use hotelmate_core::error::{DeskError, failure};
use hotelmate_core::ids::{DraftId, IntentId, LocalId, MediaHash, ServerId};
use hotelmate_core::private::Secret;
use hotelmate_core::records::{Field, FieldEdit, FieldErrors, Fields, Slot, Table};
use hotelmate_core::resources::{Kind, NewFile};
use hotelmate_core::views::{
    ActivityList, ActivityQuery, BulkChange, BulkDone, BulkEffect, Capabilities, ConversationList,
    DeskStatus, Diagnosis, DisplayEditing, DisplayFile, DisplayPreview, DisplayView, Draft, DraftView,
    DutyView, EarlierVersion, EntityCopy, EventLog, ExportedFile, FileForm, FileMessage, Finding,
    FoundMessage, GalleriesView, HandoverView, ImportFile, ImportPlan, LiveAddress, LogLevel, MessageList,
    NewImage, NotificationView, OfferList, OfferQuery, OutboxView, PeopleView, PictureJob, Place, PlannedRow,
    PreparedPicture, QuickReply, RecordDetail, RecordList, Resolution, SendReport, ServerTrial, SessionView,
    SettingsView, SignInHints, SignOutChoice, StorageView, TeamView,
};
use tauri::ipc::{Invoke, InvokeBody, Request};
use tauri::{AppHandle, Manager};

use crate::export::folder;
use crate::open;
use crate::page::{self, Page};
use crate::reception::{self, Reception};
use crate::shell::Shell;
use crate::training;

/// Makes the commands, their handler, and the table as data for the tests.
///
/// A row is `name(argument: Type) -> Type = expression;`. The expression gives a `Result<_, DeskError>` and may use
/// `$app`. A command that needs more is a function below; its permission names it behind `with`.
macro_rules! commands {
    ($app:ident: $(
        #[doc = $description:literal] $permission:ident $(with $($function:ident),+)?
        { $($name:ident($($argument:ident: $takes:ty),*) -> $gives:ty = $body:expr;)* }
    )*) => {
        $($(
            #[allow(clippy::unit_arg, reason = "a row is one expression, also where the facade has no answer")]
            #[tauri::command(rename_all = "snake_case")]
            async fn $name($app: AppHandle $(, $argument: $takes)*) -> Result<$gives, DeskError> {
                // A row may leave `$app` unused. An unused argument is a mistake, and the compiler reports it.
                let _ = &$app;
                $body
            }
        )*)*

        /// Answers the window's calls.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($($name,)* $($($function,)+)?)*]
        }

        #[cfg(test)]
        fn table() -> Vec<tests::Permission> {
            use tests::{Permission, Signature, name};
            vec![$(Permission {
                identifier: stringify!($permission).replace('_', "-"),
                description: $description.trim(),
                commands: vec![$(Signature {
                    name: stringify!($name),
                    takes: vec![$((stringify!($argument), name::<$takes>())),*],
                    gives: name::<$gives>(),
                }),*],
                functions: vec![$($(stringify!($function)),+)?],
            }),*]
        }
    };
}

commands! { app:
    /// Queries: they change nothing, here or at the hotel.
    read_desk {
        session() -> Option<SessionView> = Ok(desk(&app).await?.session().await);
        sign_in_hints() -> SignInHints = Ok(desk(&app).await?.sign_in_hints());
        people() -> PeopleView = Ok(desk(&app).await?.people().await);
        handover() -> Option<HandoverView> = desk(&app).await?.handover().await;
        status() -> DeskStatus = Ok(desk(&app).await?.status().await);
        capabilities() -> Capabilities = desk(&app).await?.capabilities().await;

        offers(query: OfferQuery) -> OfferList = desk(&app).await?.offers(query).await;
        offer_ids(query: OfferQuery) -> Vec<LocalId> = desk(&app).await?.offer_ids(query).await;
        sanitise_html(html: String) -> String = Ok(desk(&app).await?.sanitise_html(&html));

        record_table(kind: Kind) -> &'static Table = Ok(kind.table());
        check(kind: Kind, fields: Fields) -> FieldErrors = Ok(desk(&app).await?.check(kind, &fields));
        records(kind: Kind) -> RecordList = desk(&app).await?.records(kind).await;
        branding() -> Option<RecordDetail> = desk(&app).await?.branding().await;
        record(id: LocalId) -> RecordDetail = desk(&app).await?.record(id).await;
        plan_import(file: ImportFile) -> ImportPlan = desk(&app).await?.plan_import(file).await;
        copy_of(id: LocalId) -> EntityCopy = desk(&app).await?.copy_of(id).await;
        versions(id: LocalId) -> Vec<EarlierVersion> = desk(&app).await?.versions(id).await;
        prepare_cached_picture(hash: MediaHash) -> Option<PreparedPicture> =
            Ok(desk(&app).await?.prepare_cached_picture(&hash).await);
        galleries() -> GalleriesView = desk(&app).await?.galleries().await;

        conversations() -> ConversationList = desk(&app).await?.conversations().await;
        messages(conversation: LocalId, limit: u32) -> MessageList =
            desk(&app).await?.messages(conversation, limit).await;
        find_messages(words: String) -> Vec<FoundMessage> = desk(&app).await?.find_messages(&words).await;
        check_chat_file(name: String, bytes: u32) -> () = desk(&app).await?.check_file(&name, bytes.into());
        quick_replies() -> Vec<QuickReply> = desk(&app).await?.quick_replies();

        drafts() -> Vec<DraftView> = desk(&app).await?.drafts().await;
        outbox() -> OutboxView = desk(&app).await?.outbox().await;
        duty() -> DutyView = desk(&app).await?.duty().await;
        team() -> TeamView = desk(&app).await?.team().await;
        activities(query: ActivityQuery) -> ActivityList = desk(&app).await?.activities(query).await;
        notification_settings() -> NotificationView = desk(&app).await?.notifications().await;

        settings() -> SettingsView = Ok(desk(&app).await?.settings());
        storage() -> StorageView = desk(&app).await?.storage().await;
        try_server(address: String) -> ServerTrial = desk(&app).await?.try_server(&address).await;
        try_live(address: LiveAddress) -> Vec<Finding> = desk(&app).await?.try_live(address).await;

        display_file_editing(text: String) -> DisplayEditing = desk(&app).await?.display_editing(&text).await;
        display_file_preview(file: DisplayFile) -> DisplayPreview = desk(&app).await?.display_preview(&file).await;

        diagnosis() -> Diagnosis = Ok(desk(&app).await?.diagnosis().await);
        event_log(after: u32) -> EventLog = Ok(desk(&app).await?.event_log(after));
        reveal_event(seq: u32) -> String = desk(&app).await?.reveal_event(seq);
    }

    /// The answer of any page to a question of the shell.
    answer_shell_asks {
        // It needs no desk, so that a page also closes if the desk cannot be opened.
        answer_shell(number: u32) -> () = {
            app.state::<Page>().answered(number);
            Ok(reception::note_alive(&app).await)
        };
    }

    /// The reception display: it reads what guests may see, and reports what it shows. Nothing changes at the hotel.
    read_display {
        display_view() -> DisplayView = app.state::<Reception>().display().await?.view().await;
        display_shown(key: Option<String>) -> () = app.state::<Reception>().display().await?.note_shown(key).await;
        display_broken(key: String) -> () = app.state::<Reception>().display().await?.note_broken(key).await;
        leave_display(pin: Secret) -> bool = reception::leave(&app, &pin).await;
    }

    /// The editor on the reception display: the core checks the PIN of the display at each call.
    edit_display {
        display_editing(pin: Secret) -> DisplayEditing = reception::editing(&app, &pin).await;
        display_preview(pin: Secret, file: DisplayFile) -> DisplayPreview =
            app.state::<Reception>().display().await?.preview(&pin, &file).await;
        save_display(pin: Secret, file: DisplayFile) -> () =
            app.state::<Reception>().display().await?.save(&pin, &file).await;
    }

    /// The actions of a signed-in person.
    write_desk with prepare_picture, say_with_file {
        sign_in(server: String, username: String, password: Secret) -> SessionView =
            desk(&app).await?.sign_in(&server, &username, password).await;
        sign_in_again(password: Secret) -> () = desk(&app).await?.sign_in_again(password).await;
        sign_out(choice: SignOutChoice) -> () = desk(&app).await?.sign_out(choice).await;
        set_pin(pin: Secret) -> () = desk(&app).await?.set_pin(pin).await;
        switch_by_pin(person: String, pin: Secret) -> () = desk(&app).await?.switch_by_pin(&person, pin).await;
        switch_by_password(person: String, password: Secret) -> () =
            desk(&app).await?.switch_by_password(&person, password).await;
        lock() -> () = desk(&app).await?.lock().await;
        note_input() -> () = Ok(desk(&app).await?.note_input());
        dismiss_handover() -> () = Ok(desk(&app).await?.dismiss_handover());
        send_now() -> SendReport = desk(&app).await?.send_now().await;
        try_now() -> () = Ok(desk(&app).await?.try_now().await);
        accept_absences() -> () = desk(&app).await?.accept_absences().await;

        create(kind: Kind, fields: Fields, picture: Option<MediaHash>, draft: Option<DraftId>) -> LocalId =
            desk(&app).await?.from_draft(draft).create(kind, fields, picture).await;
        edit(id: LocalId, edits: Vec<FieldEdit>, draft: Option<DraftId>) -> () =
            desk(&app).await?.from_draft(draft).edit(id, edits).await;
        set_picture(id: LocalId, slot: Slot, picture: Option<MediaHash>, draft: Option<DraftId>) -> () =
            desk(&app).await?.from_draft(draft).set_picture(id, slot, picture).await;
        import_offers(file: ImportFile, agreed: Vec<PlannedRow>) -> ImportPlan =
            desk(&app).await?.import_offers(file, Some(agreed)).await;
        // The program chooses the folder and the name, as for every other file.
        export_offers(form: FileForm) -> ExportedFile =
            desk(&app).await?.export_offers_to(folder(&app)?, form).await;
        move_to(id: LocalId, to: Place) -> () = desk(&app).await?.move_to(id, to).await;
        delete_entity(id: LocalId) -> () = desk(&app).await?.delete_entity(id).await;
        undo_delete(id: LocalId) -> () = desk(&app).await?.undo_delete(id).await;
        change_many(ids: Vec<LocalId>, change: BulkChange) -> BulkDone =
            desk(&app).await?.change_many(ids, change).await;
        undo_many(effects: Vec<BulkEffect>) -> u32 = desk(&app).await?.undo_many(effects).await;

        cancel_picture(job: String) -> () = Ok(desk(&app).await?.cancel_picture(&job));
        cancel_upload(entity: LocalId) -> () = desk(&app).await?.cancel_upload(entity);

        add_images(gallery: LocalId, images: Vec<NewImage>, after: Option<LocalId>, draft: Option<DraftId>)
            -> Vec<LocalId> = desk(&app).await?.from_draft(draft).add_images(gallery, images, after).await;
        move_image(gallery: LocalId, image: LocalId, to: Place) -> () =
            desk(&app).await?.move_image(gallery, image, to).await;
        remove_image(gallery: LocalId, image: LocalId) -> () =
            desk(&app).await?.remove_image(gallery, image).await;
        undo_remove_image(gallery: LocalId, image: LocalId) -> () =
            desk(&app).await?.undo_remove_image(gallery, image).await;
        put_back(activity: i64) -> () = desk(&app).await?.put_back(activity).await;

        save_draft(draft: Draft) -> () = desk(&app).await?.save_draft(draft).await;
        discard_draft(id: DraftId) -> () = desk(&app).await?.discard_draft(id).await;

        retry_intent(id: IntentId) -> () = desk(&app).await?.retry_intent(id).await;
        discard_intent(id: IntentId) -> () = desk(&app).await?.discard_intent(id).await;
        discard_doubtful(id: IntentId) -> () = desk(&app).await?.discard_doubtful(id).await;
        send_again(id: IntentId) -> () = desk(&app).await?.send_again(id).await;
        send_restored() -> () = desk(&app).await?.send_restored().await;
        adopt_intent(id: IntentId, number: ServerId) -> () = desk(&app).await?.adopt_intent(id, number).await;
        resolve_conflict(id: IntentId, field: Option<Field>, resolution: Resolution) -> () =
            desk(&app).await?.resolve_conflict(id, field, resolution).await;
        // The path of a file is chosen here: a page that could name a file could write any file.
        export_outbox(id: Option<IntentId>) -> ExportedFile = desk(&app).await?.export_to(folder(&app)?, id).await;

        say(conversation: LocalId, text: String, reply_to: Option<ServerId>, draft: Option<DraftId>) -> () =
            desk(&app).await?.from_draft(draft).say(conversation, text, reply_to).await.map(drop);
        // The program chooses the folder and the name, as for every other file.
        save_chat_file(message: ServerId, place: u32) -> ExportedFile =
            desk(&app).await?.save_chat_file(message, place, folder(&app)?).await;
        open_chat_file(message: ServerId, place: u32) -> ExportedFile =
            open::chat_file(&desk(&app).await?, message, place, folder(&app)?).await;
        show_conversation(conversation: Option<LocalId>) -> () =
            desk(&app).await?.show_conversation(conversation).await;
        mute_conversation(conversation: LocalId, mute: bool) -> () =
            desk(&app).await?.mute_conversation(conversation, mute).await;
        read_older_messages(conversation: LocalId) -> () =
            desk(&app).await?.read_older_messages(conversation).await;
        open_room_chat(room: String) -> LocalId = desk(&app).await?.open_room_chat(&room).await;

        intend_duty(on: bool) -> () = desk(&app).await?.intend_duty(on).await;
        cancel_duty_intent() -> () = desk(&app).await?.cancel_duty_intent().await;
        dismiss_duty_notice() -> () = desk(&app).await?.dismiss_duty_notice().await;

        mark_activities_seen(upto: i64) -> () = desk(&app).await?.mark_activities_seen(upto).await;
        set_quiet(minutes: Option<u32>) -> () = desk(&app).await?.set_quiet(minutes).await;
        set_sounds(on: bool) -> () = desk(&app).await?.set_sounds(on).await;
        set_repeats(on: bool) -> () = desk(&app).await?.set_repeats(on).await;

        set_settings(changes: Vec<(String, Option<String>)>) -> () =
            desk(&app).await?.set_settings(changes).await;
        clear_pictures() -> StorageView = desk(&app).await?.clear_pictures().await;
        run_checks() -> () = Ok(desk(&app).await?.run_checks().await);
        note_shown(seqs: Vec<u32>) -> () = Ok(desk(&app).await?.note_shown(&seqs));
        set_log_level(level: LogLevel) -> () = desk(&app).await?.set_log_level(level);
        support_file() -> ExportedFile = desk(&app).await?.support_file(folder(&app)?).await;
        // The path is chosen here, as for every other file.
        write_display_file(file: DisplayFile, before: String) -> ExportedFile =
            desk(&app).await?.write_display_file(folder(&app)?, &file, &before).await;
        open_display() -> () = reception::open_beside(&app).await;
        start_training() -> () = training::start(app.state::<Shell>().data_dir());
        end_program() -> () = Ok(page::leave(&app));
    }
}

/// Returns the desk, and waits while it opens.
async fn desk(app: &AppHandle) -> Result<Desk, DeskError> {
    app.state::<Shell>().desk().await
}

/// The picture's bytes are the body of the call: as JSON they would be four times as large. The options are in a
/// header.
#[tauri::command]
async fn prepare_picture(app: AppHandle, request: Request<'_>) -> Result<PreparedPicture, DeskError> {
    let incomplete = || failure!(Unexpected, "shell-picture-incomplete");
    let InvokeBody::Raw(bytes) = request.body() else { return Err(incomplete()) };
    let job = request.headers().get(PictureJob::HEADER).and_then(|text| text.to_str().ok());
    let job = PictureJob::parse(job.ok_or_else(incomplete)?)?;
    desk(&app).await?.prepare_picture_job(bytes.clone(), job).await
}

/// Queues a message with a file. The body of the call is the message in one line, and the file's bytes.
#[tauri::command]
async fn say_with_file(app: AppHandle, request: Request<'_>) -> Result<(), DeskError> {
    let InvokeBody::Raw(body) = request.body() else {
        return Err(failure!(Unexpected, "error-file-incomplete"));
    };
    let (FileMessage { conversation, text, reply_to, draft, name }, bytes) = FileMessage::parse(body)?;
    let file = NewFile { name, bytes: bytes.to_vec() };
    desk(&app).await?.from_draft(draft).say_with_file(conversation, text, reply_to, file).await.map(drop)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fmt::Write as _;
    use std::path::Path;

    use ts_rs::{Config, TS};

    use super::*;

    pub(super) struct Permission {
        pub(super) identifier: String,
        pub(super) description: &'static str,
        pub(super) commands: Vec<Signature>,
        pub(super) functions: Vec<&'static str>,
    }

    pub(super) struct Signature {
        pub(super) name: &'static str,
        pub(super) takes: Vec<(&'static str, String)>,
        pub(super) gives: String,
    }

    /// Returns the type's name in TypeScript.
    pub(super) fn name<T: TS>() -> String {
        T::name(&Config::from_env())
    }

    impl Signature {
        /// Returns the row. A command takes a draft as well, if it saves the content of one.
        fn row(&self) -> String {
            let takes: Vec<String> = self
                .takes
                .iter()
                .map(|(name, type_)| {
                    let mark = if type_ == "DraftId | null" { "?" } else { "" };
                    format!("{name}{mark}: {type_}")
                })
                .collect();
            let takes =
                if takes.is_empty() { "Nothing".to_owned() } else { format!("{{ {} }}", takes.join("; ")) };
            format!("  {}: {{ takes: {takes}; gives: {} }};\n", self.name, self.gives)
        }
    }

    fn typescript() -> String {
        let rows: String =
            table().iter().flat_map(|permission| &permission.commands).map(Signature::row).collect();
        let types: BTreeSet<&str> = rows
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.starts_with(char::is_uppercase) && !["Array", "Nothing"].contains(word))
            .collect();
        let mut text = "// Written by `cargo xtask types` from src-tauri/app/commands.rs.\n".to_owned();
        for name in types {
            let _ = writeln!(text, "import type {{ {name} }} from \"./{name}\";");
        }
        text + "\nexport type Nothing = Record<string, never>;\n\n/** What each command takes and what it gives. */\n\
                export interface Commands {\n"
            + &rows
            + "}\n"
    }

    fn permissions() -> String {
        let mut text = "# What a window may ask of the desk. A command that stands in no permission cannot be called by \
             any window.\n# Written by `cargo xtask types` from src-tauri/app/commands.rs.\n"
            .to_owned();
        for Permission { identifier, description, commands, functions } in table() {
            let _ = write!(
                text,
                "\n[[permission]]\nidentifier = \"{identifier}\"\ndescription = \"{description}\"\n\
                 commands.allow = [\n"
            );
            for name in commands.iter().map(|command| command.name).chain(functions) {
                let _ = writeln!(text, "    \"{name}\",");
            }
            text += "]\n";
        }
        text
    }

    /// The name is like those of the exports that `ts-rs` makes, so that one filter runs them all. Their folder is set
    /// in `.cargo/config.toml`.
    #[test]
    fn export_bindings_commands() {
        let folder = |variable| std::env::var_os(variable).expect("cargo sets it");
        std::fs::write(Path::new(&folder("TS_RS_EXPORT_DIR")).join("Commands.ts"), typescript()).unwrap();
        std::fs::write(Path::new(&folder("PERMISSIONS_DIR")).join("desk.toml"), permissions()).unwrap();
    }
}
