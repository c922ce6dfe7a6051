//! What the window may ask: one function per command, each of them one line onto the core's facade.
//!
//! A command must also stand in a permission (`src-tauri/permissions/desk.toml`); a test compares the two.

use hotelmate_core::error::{DeskError, ErrorCode};
use hotelmate_core::model::{
    DraftId, Field, FieldEdit, FieldErrors, Fields, IntentId, LocalId, MediaHash, OfferContent, RecordKind,
    Rule, ServerId, Slot,
};
use hotelmate_core::private::Secret;
use hotelmate_core::views::*;
use tauri::ipc::{Invoke, InvokeBody, Request};
use tauri::{AppHandle, State};

use crate::export;
use crate::page::Page;
use crate::shell::Shell;

type Answer<T> = Result<T, DeskError>;

/// Makes the handler, and for the test the list of names, from one list.
macro_rules! commands {
    ($($name:ident),* $(,)?) => {
        /// Answers the window's calls.
        pub(crate) fn handler() -> impl Fn(Invoke) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }

        #[cfg(test)]
        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

commands![
    session,
    sign_in_hints,
    sign_in,
    sign_in_again,
    sign_out,
    send_now,
    status,
    try_now,
    accept_absences,
    offers,
    offer,
    validate_offer,
    sanitise_html,
    create_offer,
    edit_offer,
    delete_thing,
    undo_delete,
    move_offer,
    prepare_picture,
    cancel_picture,
    cancel_upload,
    set_picture,
    abilities,
    record_rules,
    validate_record,
    room_types,
    branding,
    record,
    create_room_type,
    edit_record,
    set_record_picture,
    move_room_type,
    galleries,
    add_images,
    move_image,
    remove_image,
    undo_remove_image,
    put_back,
    drafts,
    save_draft,
    discard_draft,
    answer_shell,
    outbox,
    retry_intent,
    discard_intent,
    discard_doubtful,
    send_again,
    adopt_intent,
    export_outbox,
    resolve_conflict,
    duty,
    wish_duty,
    cancel_duty_wish,
    dismiss_duty_notice,
    facts,
    mark_facts_seen,
    notification_settings,
    set_quiet,
    set_sounds,
    set_log_level,
    support_file,
    diagnosis,
    run_checks,
    event_log,
    reveal_event,
    note_shown,
];

#[tauri::command]
async fn session(shell: State<'_, Shell>) -> Answer<Option<SessionView>> {
    Ok(shell.desk().await?.session().await)
}

#[tauri::command]
async fn sign_in_hints(shell: State<'_, Shell>) -> Answer<SignInHints> {
    Ok(shell.desk().await?.sign_in_hints())
}

#[tauri::command]
async fn sign_in(
    shell: State<'_, Shell>,
    server: String,
    username: String,
    password: Secret,
) -> Answer<SessionView> {
    shell.desk().await?.sign_in(&server, &username, password).await
}

#[tauri::command]
async fn sign_in_again(shell: State<'_, Shell>, password: Secret) -> Answer<()> {
    shell.desk().await?.sign_in_again(password).await
}

#[tauri::command]
async fn sign_out(shell: State<'_, Shell>, choice: SignOutChoice) -> Answer<()> {
    shell.desk().await?.sign_out(choice).await
}

#[tauri::command]
async fn send_now(shell: State<'_, Shell>) -> Answer<SendReport> {
    shell.desk().await?.send_now().await
}

#[tauri::command]
async fn status(shell: State<'_, Shell>) -> Answer<DeskStatus> {
    Ok(shell.desk().await?.status().await)
}

#[tauri::command]
async fn try_now(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.try_now().await;
    Ok(())
}

#[tauri::command]
async fn accept_absences(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.accept_absences().await
}

#[tauri::command]
async fn offers(shell: State<'_, Shell>, query: OfferQuery) -> Answer<OfferList> {
    shell.desk().await?.offers(query).await
}

#[tauri::command]
async fn offer(shell: State<'_, Shell>, id: LocalId) -> Answer<OfferDetail> {
    shell.desk().await?.offer(id).await
}

#[tauri::command]
async fn validate_offer(shell: State<'_, Shell>, content: OfferContent) -> Answer<FieldErrors> {
    Ok(shell.desk().await?.validate_offer(&content))
}

#[tauri::command]
async fn sanitise_html(shell: State<'_, Shell>, html: String) -> Answer<String> {
    Ok(shell.desk().await?.sanitise_html(&html))
}

#[tauri::command]
async fn create_offer(
    shell: State<'_, Shell>,
    content: OfferContent,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<LocalId> {
    shell.desk().await?.from_draft(draft).create_offer(content, picture).await
}

#[tauri::command]
async fn edit_offer(
    shell: State<'_, Shell>,
    id: LocalId,
    edits: Vec<FieldEdit>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).edit_offer(id, edits).await
}

#[tauri::command]
async fn delete_thing(shell: State<'_, Shell>, id: LocalId) -> Answer<()> {
    shell.desk().await?.delete_thing(id).await
}

#[tauri::command]
async fn undo_delete(shell: State<'_, Shell>, id: LocalId) -> Answer<()> {
    shell.desk().await?.undo_delete(id).await
}

#[tauri::command]
async fn move_offer(shell: State<'_, Shell>, id: LocalId, to: Place) -> Answer<()> {
    shell.desk().await?.move_offer(id, to).await
}

/// The picture's bytes come as the body of the call: as JSON they would be four times as big. What is wished beside
/// them comes as a header.
#[tauri::command]
async fn prepare_picture(shell: State<'_, Shell>, request: Request<'_>) -> Answer<PreparedPicture> {
    let InvokeBody::Raw(bytes) = request.body() else { return Err(not_bytes()) };
    let wanted = request.headers().get(PictureJob::HEADER).and_then(|text| text.to_str().ok());
    let wanted = PictureJob::parse(wanted.ok_or_else(not_bytes)?)?;
    shell.desk().await?.prepare_picture_job(bytes.clone(), wanted).await
}

#[tauri::command]
async fn cancel_picture(shell: State<'_, Shell>, job: String) -> Answer<()> {
    shell.desk().await?.cancel_picture(&job);
    Ok(())
}

fn not_bytes() -> DeskError {
    DeskError::new(
        ErrorCode::Unexpected,
        "The picture did not arrive in one piece.",
        "Choose the picture again.",
    )
}

#[tauri::command]
async fn cancel_upload(shell: State<'_, Shell>, thing: LocalId) -> Answer<()> {
    shell.desk().await?.cancel_upload(thing)
}

#[tauri::command]
async fn set_picture(
    shell: State<'_, Shell>,
    id: LocalId,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).set_picture(id, picture).await
}

#[tauri::command]
async fn abilities(shell: State<'_, Shell>) -> Answer<Abilities> {
    shell.desk().await?.abilities().await
}

#[tauri::command]
async fn record_rules(shell: State<'_, Shell>, kind: RecordKind) -> Answer<Vec<Rule>> {
    Ok(shell.desk().await?.record_rules(kind))
}

#[tauri::command]
async fn validate_record(shell: State<'_, Shell>, kind: RecordKind, fields: Fields) -> Answer<FieldErrors> {
    Ok(shell.desk().await?.validate_record(kind, &fields))
}

#[tauri::command]
async fn room_types(shell: State<'_, Shell>) -> Answer<RoomTypeList> {
    shell.desk().await?.room_types().await
}

#[tauri::command]
async fn branding(shell: State<'_, Shell>) -> Answer<Option<RecordDetail>> {
    shell.desk().await?.branding().await
}

#[tauri::command]
async fn record(shell: State<'_, Shell>, id: LocalId) -> Answer<RecordDetail> {
    shell.desk().await?.record(id).await
}

#[tauri::command]
async fn create_room_type(
    shell: State<'_, Shell>,
    fields: Fields,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<LocalId> {
    shell.desk().await?.from_draft(draft).create_room_type(fields, picture).await
}

#[tauri::command]
async fn edit_record(
    shell: State<'_, Shell>,
    id: LocalId,
    edits: Vec<FieldEdit>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).edit_record(id, edits).await
}

#[tauri::command]
async fn set_record_picture(
    shell: State<'_, Shell>,
    id: LocalId,
    slot: Slot,
    picture: Option<MediaHash>,
    draft: Option<DraftId>,
) -> Answer<()> {
    shell.desk().await?.from_draft(draft).set_record_picture(id, slot, picture).await
}

#[tauri::command]
async fn move_room_type(shell: State<'_, Shell>, id: LocalId, to: Place) -> Answer<()> {
    shell.desk().await?.move_room_type(id, to).await
}

#[tauri::command]
async fn galleries(shell: State<'_, Shell>) -> Answer<GalleriesView> {
    shell.desk().await?.galleries().await
}

#[tauri::command]
async fn add_images(
    shell: State<'_, Shell>,
    gallery: LocalId,
    images: Vec<NewImage>,
    after: Option<LocalId>,
    draft: Option<DraftId>,
) -> Answer<Vec<LocalId>> {
    shell.desk().await?.from_draft(draft).add_images(gallery, images, after).await
}

#[tauri::command]
async fn move_image(shell: State<'_, Shell>, gallery: LocalId, image: LocalId, to: Place) -> Answer<()> {
    shell.desk().await?.move_image(gallery, image, to).await
}

#[tauri::command]
async fn remove_image(shell: State<'_, Shell>, gallery: LocalId, image: LocalId) -> Answer<()> {
    shell.desk().await?.remove_image(gallery, image).await
}

#[tauri::command]
async fn undo_remove_image(shell: State<'_, Shell>, gallery: LocalId, image: LocalId) -> Answer<()> {
    shell.desk().await?.undo_remove_image(gallery, image).await
}

#[tauri::command]
async fn put_back(shell: State<'_, Shell>, fact: i64) -> Answer<()> {
    shell.desk().await?.put_back(fact).await
}

#[tauri::command]
async fn drafts(shell: State<'_, Shell>) -> Answer<Vec<DraftView>> {
    shell.desk().await?.drafts().await
}

#[tauri::command]
async fn save_draft(shell: State<'_, Shell>, draft: Draft) -> Answer<()> {
    shell.desk().await?.save_draft(draft).await
}

#[tauri::command]
async fn discard_draft(shell: State<'_, Shell>, id: DraftId) -> Answer<()> {
    shell.desk().await?.discard_draft(id).await
}

/// The page's answer to a question of the shell. It needs no desk.
#[tauri::command]
fn answer_shell(page: State<'_, Page>, number: u32) {
    page.answered(number);
}

#[tauri::command]
async fn outbox(shell: State<'_, Shell>) -> Answer<OutboxView> {
    shell.desk().await?.outbox().await
}

#[tauri::command]
async fn retry_intent(shell: State<'_, Shell>, id: IntentId) -> Answer<()> {
    shell.desk().await?.retry_intent(id).await
}

#[tauri::command]
async fn discard_intent(shell: State<'_, Shell>, id: IntentId) -> Answer<()> {
    shell.desk().await?.discard_intent(id).await
}

#[tauri::command]
async fn discard_doubtful(shell: State<'_, Shell>, id: IntentId) -> Answer<()> {
    shell.desk().await?.discard_doubtful(id).await
}

#[tauri::command]
async fn send_again(shell: State<'_, Shell>, id: IntentId) -> Answer<()> {
    shell.desk().await?.send_again(id).await
}

#[tauri::command]
async fn adopt_intent(shell: State<'_, Shell>, id: IntentId, number: ServerId) -> Answer<()> {
    shell.desk().await?.adopt_intent(id, number).await
}

/// Where the file goes is decided here: a page that could name a file could write any.
#[tauri::command]
async fn export_outbox(
    app: AppHandle,
    shell: State<'_, Shell>,
    id: Option<IntentId>,
) -> Answer<ExportedFile> {
    shell.desk().await?.export_to(export::folder(&app)?, id).await
}

#[tauri::command]
async fn resolve_conflict(
    shell: State<'_, Shell>,
    id: IntentId,
    field: Option<Field>,
    resolution: Resolution,
) -> Answer<()> {
    shell.desk().await?.resolve_conflict(id, field, resolution).await
}

#[tauri::command]
async fn duty(shell: State<'_, Shell>) -> Answer<DutyView> {
    shell.desk().await?.duty().await
}

#[tauri::command]
async fn wish_duty(shell: State<'_, Shell>, on: bool) -> Answer<()> {
    shell.desk().await?.wish_duty(on).await
}

#[tauri::command]
async fn cancel_duty_wish(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.cancel_duty_wish().await
}

#[tauri::command]
async fn dismiss_duty_notice(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.dismiss_duty_notice().await
}

#[tauri::command]
async fn facts(shell: State<'_, Shell>, query: FactQuery) -> Answer<FactList> {
    shell.desk().await?.facts(query).await
}

#[tauri::command]
async fn mark_facts_seen(shell: State<'_, Shell>, upto: i64) -> Answer<()> {
    shell.desk().await?.mark_facts_seen(upto).await
}

#[tauri::command]
async fn notification_settings(shell: State<'_, Shell>) -> Answer<NotificationView> {
    shell.desk().await?.notifications().await
}

#[tauri::command]
async fn set_quiet(shell: State<'_, Shell>, minutes: Option<u32>) -> Answer<()> {
    shell.desk().await?.set_quiet(minutes).await
}

#[tauri::command]
async fn set_sounds(shell: State<'_, Shell>, on: bool) -> Answer<()> {
    shell.desk().await?.set_sounds(on).await
}

#[tauri::command]
async fn set_log_level(shell: State<'_, Shell>, level: LogLevel) -> Answer<()> {
    shell.desk().await?.set_log_level(level)
}

/// Where the file goes is decided here, as for `export_outbox`.
#[tauri::command]
async fn support_file(app: AppHandle, shell: State<'_, Shell>) -> Answer<ExportedFile> {
    shell.desk().await?.support_file(export::folder(&app)?).await
}

#[tauri::command]
async fn diagnosis(shell: State<'_, Shell>) -> Answer<Diagnosis> {
    Ok(shell.desk().await?.diagnosis().await)
}

#[tauri::command]
async fn run_checks(shell: State<'_, Shell>) -> Answer<()> {
    shell.desk().await?.run_checks().await;
    Ok(())
}

#[tauri::command]
async fn event_log(shell: State<'_, Shell>, after: u32) -> Answer<EventLog> {
    Ok(shell.desk().await?.event_log(after))
}

#[tauri::command]
async fn reveal_event(shell: State<'_, Shell>, seq: u32) -> Answer<String> {
    shell.desk().await?.reveal_event(seq)
}

#[tauri::command]
async fn note_shown(shell: State<'_, Shell>, seq: u32) -> Answer<()> {
    shell.desk().await?.note_shown(seq);
    Ok(())
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
