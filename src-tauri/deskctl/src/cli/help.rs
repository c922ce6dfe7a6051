//! What `--help` says beyond the options.

use hotelmate_core::records::{Rule, Shape};
use hotelmate_core::resources::Kind;

pub(super) const AFTER_HELP: &str = "\
Examples:
  deskctl sign-in --server https://hotel.example --username aoife
  deskctl sync
  deskctl offers list --state live --search spa
  deskctl offers add --title 'Spa day' --short-description 'Two hours of quiet' --photo spa.jpg
  deskctl offers edit 12 --valid-to 2027-01-31 --clear tag
  deskctl rooms edit 3 --set bed_setup='1 king' --clear photo
  deskctl branding edit --set primary_color=#1F5F4A
  deskctl gallery add terrace.jpg lobby.jpg
  deskctl offers export offers.csv
  deskctl offers import offers.csv --dry-run
  deskctl --json outbox list
  deskctl outbox resolve 019aa2c4-… --theirs title
  deskctl --data-dir ./training status
  deskctl doctor

Commands that change something store the wish here and return at once, also without a network;
`sync` brings it to the hotel. They may run while the application is open.

Environment (each overrides desk.toml in the data folder):
  DESK_SERVER          the HotelMate server, for example https://hotel.example
  DESK_HOTEL           the hotel's short name, for example killarney
  DESK_TOKEN           a token, instead of a sign-in; stands in no file
  DESK_PASSWORD        the password for sign-in; stands in no file
  DESK_PUSHER_KEY      the live connection's key
  DESK_PUSHER_CLUSTER  its cluster, for example eu
  DESK_PUSHER_HOST     or its host, ws://host:port or wss://host
  DESK_TIME_ZONE       the hotel's time zone, for example Europe/Dublin
  DESK_LATE_COMMIT_SECONDS  how long the server can still carry out what it did not answer (120)
  DESK_DATA_DIR        the data folder, where --data-dir is not given
  DESK_LOG             what to log, on standard error too, for example debug

Exit codes:
  0  done
  1  failed; the message says why
  2  the command line or a setting is wrong
  3  the hotel's server cannot be reached, or cannot answer now, or not all of it could be read
  4  a sign-in is needed, or the password is wrong
  5  there is no such thing
  6  a value or a picture is not acceptable
  7  something still waits (sync, sign-out, clock)
  8  something needs a person; the answer or `deskctl outbox list` says what (sync, status, clock)
  9  a check failed; the answer says which, and what to do (doctor)
  130  the system told the program to end before it was done (Ctrl-C, SIGTERM, a logoff)

With --json the answer is one line of JSON on standard output, and a failure is
{\"error\": {\"code\", \"message\", \"way_out\", \"fields\"}} on standard error.";

pub(super) const OFFERS_HELP: &str = "\
An ID is the number that the hotel gave, or the local id that `add` prints: it works before
the hotel has heard of the offer, and ever after.

In --json an offer has the server's field names, and: local_id, id (null until the hotel has
it), state (live, scheduled, expired, hidden) and sync (saved, waiting, conflict, attention).";

pub(super) const RECORDS_HELP: &str = "\
Values are given by the server's field names: --set FIELD=VALUE. `add --help` and `edit --help` list
the fields. A value that the hotel would refuse is told at its field, and nothing is stored.

In --json the answer is what the window shows: kind, local_id, id (null until the hotel has it),
fields, pictures (by place: picture, url, waiting), shown and sync.";

pub(super) const GALLERY_HELP: &str = "\
An IMAGE is the local id that `list` and `add` print. It stays the same for good, also from before
the picture is sent.

In --json `list` answers with all galleries, `order` with the gallery as it stands then, and `add`,
`rm` and `caption` with the pictures in question.";

pub(super) const RESOLVE_HELP: &str = "\
`deskctl outbox list` shows both values of each field. What shall stand goes to the hotel with the
next `deskctl sync`; the hotel's value is there already.";

/// The fields of a room type.
pub(super) fn rooms_help() -> String {
    fields_help(Kind::RoomType)
}

/// The fields of the branding.
pub(super) fn branding_help() -> String {
    fields_help(Kind::Branding)
}

fn fields_help(kind: Kind) -> String {
    let width = kind.table().fields.iter().map(|rule| rule.name.len()).max().unwrap_or(0);
    let rules = kind.table().fields.iter();
    let lines = rules.map(|rule| format!("  {:width$}  {}\n", rule.name, expected(rule)));
    format!("Fields:\n{}", lines.collect::<String>()).trim_end().to_owned()
}

/// What a field takes, in a few words.
fn expected(rule: &Rule) -> String {
    let shape = match rule.shape {
        Shape::Line => "one line of text",
        Shape::Text => "text",
        Shape::Link => "a web address",
        Shape::Email => "an e-mail address",
        Shape::Colour => "a colour, #RRGGBB",
        Shape::Money => "a price, for example 119.00",
        Shape::Currency => "three letters, for example EUR",
        Shape::Coordinate => "degrees, for example 52.043611",
        Shape::Number => "a whole number",
        Shape::Flag => "true or false",
        Shape::Theme => "light, dark or custom",
        Shape::List => "texts, one a line",
        Shape::Days => "a first and a last day",
    };
    let longest = match rule.shape {
        Shape::Line | Shape::Text | Shape::Link | Shape::Email if rule.max > 0 => {
            format!(", at most {} characters", rule.max)
        }
        _ => String::new(),
    };
    let needed = if rule.required { "; needed" } else { "" };
    format!("{shape}{longest}{needed}")
}

pub(super) const IMPORT_HELP: &str = "\
The columns are the server's field names: title, short_description, details_text, details_html,
valid_from, valid_to (as YYYY-MM-DD), tag, book_now_url, sort_order, is_active. A column that is
not in the file is left as it is; an empty text or day empties the field.

A row is about the offer with its id, else its local_id, else exactly its title; where there is
none, it is a new offer. An import removes nothing and sets no picture; what `offers export` writes
beside the fields is passed over. A row that is wrong is named, and then nothing is queued at all.
The same file twice changes nothing.

The .json file of `outbox export` is read too, with its new offers and changed fields.";

pub(super) const WATCH_HELP: &str = "\
Each line is {\"topic\": ...}: offers (with ids), room_types, branding, gallery, outbox, drafts, duty,
status, session, abilities, notifications, preparing, upload, and fact for what a colleague did, with a
sentence. The first line is always {\"topic\":\"status\"} and says that watching has begun. While it runs, it also syncs, unless the application does so already.";

pub(super) const DOCTOR_HELP: &str = "\
Each line is one check: ok, warning, failed, or unknown where it could not be checked; and what to do.
The live connection is made for a few seconds and ended again; nothing is sent to the hotel or taken
in. Warnings do not count as failures: the exit code is 0 when nothing failed, else 9.

In --json the answer is what the window's diagnostics show: findings (check, state, text, way_out,
details), socket, channels; and sound, which is false when a check failed.";
