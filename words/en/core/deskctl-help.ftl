# What `deskctl --help` says. A key is `help`, then the command, then the argument: `help-offers-list-state`. An argument
# that several commands share has one text: `help-offers-any-title` for all commands under `offers`, `help-any-id` for all.
# `-intro` stands above the options, `-more` below them; `help-value-…` explains a value to choose.

help = Work on a hotel’s offers, room types, branding, galleries and duty clock from the command line
help-intro =
    Work on a hotel’s offers, room types, branding, galleries and duty clock from the command line

    It works on the same data as the window: it shows what is stored on this computer, stores your changes here, and sends and reads with `sync`.
help-more =
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
      deskctl setup --server https://hotel.example --pusher-key … --pusher-cluster eu
      deskctl settings set language de

    A command that changes something stores the change on this computer and returns at once, also
    without a network; `sync` sends it to the hotel. Commands may run while the application is open.

    Settings come from the environment, the file of the computer, desk.toml in the data folder, and
    `settings set`; the first one that has a value decides. Environment:
      DESK_SERVER          the HotelMate server, for example https://hotel.example
      DESK_HOTEL           the hotel’s short name, for example killarney
      DESK_TOKEN           a token, used instead of a sign-in; never written to a file
      DESK_PASSWORD        the password for sign-in; never written to a file
      DESK_PIN             the PIN of the person that --as names; never written to a file
      DESK_PUSHER_KEY      the key of the live connection
      DESK_PUSHER_CLUSTER  its cluster, for example eu
      DESK_PUSHER_HOST     or its host, ws://host:port or wss://host
      DESK_TIME_ZONE       the hotel’s time zone, for example Europe/Dublin
      DESK_LATE_COMMIT_SECONDS  how long the server may still carry out a request that it did not answer (120)
      DESK_LOCK_AFTER_MINUTES  the time without input after which the window is locked; 0 is never (10)
      DESK_LANGUAGE        the language: en, de or system
      DESK_MACHINE_FILE    the file of the computer, in place of /etc/hotelmate-desk/desk.toml
      DESK_DATA_DIR        the data folder, where --data-dir is not given
      DESK_LOG             what to log, also on standard error, for example debug

    Exit codes:
      0  done
      1  failed; the message says why
      2  the command line or a setting is wrong
      3  the hotel’s server cannot be reached, cannot answer now, or could not be read completely
      4  a sign-in is needed, or the password is wrong
      5  not found
      6  a value or a picture is not accepted
      7  something still waits (sync, sign-out, clock)
      8  something needs a person; the answer or `deskctl outbox list` says what (sync, status, clock)
      9  a check failed; the answer says which one and what to do (doctor, setup, status --max-age)
      130  the system told the program to end before it was done (Ctrl-C, SIGTERM, a logoff)

    With --json the answer is one line of JSON on standard output, and a failure is
    {"{"}"error": {"{"}"code", "message", "way_out", "fields"{"}"}{"}"} on standard error.

## Arguments that many commands share.
help-any-json = Answer in JSON
help-any-version = The number of the version, as `versions` gives it
help-any-data_dir = The data folder. Default: DESK_DATA_DIR, else the application’s own folder
help-any-act_as = Act as this person, if several are signed in on this computer; asks for the person’s PIN, or reads it from DESK_PIN. Default: the one whom the window shows
help-any-id = The hotel’s number or the local id
help-any-photo = The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
help-any-file = The picture: JPEG, PNG, WebP, GIF, BMP or TIFF
help-any-set = Give a field a value; may be repeated
help-any-clear = Empty this field; may be repeated

## Signing in, and the desk as a whole.
help-sign-in = Sign in; asks for the password, or reads it from a pipe or from DESK_PASSWORD
help-sign-in-server = The HotelMate server. Default: the one that is configured or was used last
help-sign-in-username = The user name
help-sign-in-password_stdin = Read the password from standard input, even if DESK_PASSWORD is set
help-sign-out = Sign out; refuses while changes wait to be sent, unless you say what to do with them
help-sign-out-keep = Keep the waiting changes until the same person signs in again
help-sign-out-discard = Throw the waiting changes away
help-people = List who is signed in on this computer, and what waits of each; a star marks who commands act as
help-status = Show who is signed in and what waits, without a network
help-sync = Send and read until nothing more can be done now; the exit code tells what is left
help-sync-accept_missing = Accept it when most offers are suddenly missing at the hotel. Without this they are kept here
help-support-file = Write a file for support: logs, settings and what waits, without keys, names and texts
help-support-file-folder = The folder for the file. Default: the current folder
help-watch = Print live changes as lines of JSON until Ctrl-C
help-watch-seconds = Stop after this many seconds
help-watch-count = Stop after this many lines
help-watch-more =
    Each line is {"{"}"topic": ...{"}"}: offers (with ids), room_types, branding, gallery, outbox, drafts, duty,
    status, session, people, capabilities, notifications, preparing, upload, and activity for what a colleague did, with a
    sentence. The first line is always {"{"}"topic":"status"{"}"} and says that watching has begun. While it runs,
    it also syncs, unless the application does so already.
help-display = Ask about the reception display
help-display-status = Print what is on the screen of the reception display and since when, as one line of JSON
help-doctor = Check everything between this computer and the hotel, and say what to do
help-doctor-more =
    Each line is one check: ok, warning, failed, or unknown if it could not be checked; and what to do.
    The live connection is opened for a few seconds and closed again; nothing is sent to the hotel and
    nothing is read into the desk. Warnings are not failures: the exit code is 0 if nothing failed, else 9.

    In --json the answer is what the window’s diagnostics show: findings (check, state, text, way_out,
    details), socket, channels; and sound, which is false if a check failed.

## Offers.
help-offers = List, show and change offers
help-offers-more =
    An ID is the number that the hotel gave, or the local id that `add` prints. The local id works
    before the hotel knows the offer, and afterwards too.

    In --json an offer has the server’s field names, and: local_id, id (null until the hotel has
    it), state (live, scheduled, expired, hidden) and sync (saved, waiting, conflict, attention).
help-offers-list = List the offers that are stored here, with changes that are not sent yet
help-offers-list-note = Only offers that end soon, start soon, are live without a picture, or were changed by a colleague
help-offers-list-state = Only offers in this state; may be repeated
help-offers-list-search = Only offers that contain all these words
help-offers-list-order = The order
help-value-hotel = The order in which guests see them
help-value-title = By title
help-value-ends-first = Offers that end first come first
help-value-newest = The newest come first
help-offers-show = Show one offer
help-offers-add = Make a new offer
help-offers-edit = Change fields of an offer; only what differs is stored and sent
help-offers-any-title = The title, at most 200 characters
help-offers-any-short_description = One or two sentences
help-offers-any-details_text = The details as plain text
help-offers-any-details_html = The details as HTML
help-offers-any-valid_from = The first day, as YYYY-MM-DD, in the hotel’s time zone
help-offers-any-valid_to = The last day; the offer still holds on it
help-offers-any-tag = A short label, at most 50 characters
help-offers-any-book_now_url = The web address where guests book
help-offers-any-sort_order = Its place in the list: lower numbers come first
help-offers-any-is_active = false hides the offer from guests
help-offers-copy = Create a copy of an offer, with its picture
help-offers-versions = List the earlier versions of an offer that this desk has seen, with what differs from now
help-offers-bring-back = Bring an earlier version back, as an ordinary change
help-offers-rm = Remove an offer
help-offers-photo = Put a picture on an offer, or take it off
help-offers-photo-clear = Take the picture off
help-offers-bulk = Change several offers at once; the answer in JSON can undo it
help-offers-bulk-any-ids = The hotel’s numbers or the local ids
help-offers-bulk-hide = Hide the offers from guests
help-offers-bulk-show = Show the offers to guests
help-offers-bulk-move = Move the first and the last day; an open end stays open
help-offers-bulk-move-days = The number of days; a negative number moves to earlier days
help-offers-bulk-rm = Remove the offers
help-offers-bulk-undo = Undo such a change; offers that were changed since stay as they are
help-offers-bulk-undo-file = The file with the JSON answer of the change
help-offers-export = Write all offers to a file, or as JSON to standard output
help-offers-export-file = The file; its name ends in .json, or in .csv for a spreadsheet
help-offers-import = Make and change offers from a file; shows the plan first
help-offers-import-file = The file; its name ends in .json, or in .csv for a spreadsheet
help-offers-import-dry_run = Only show the plan
help-offers-import-yes = Do not ask; without a terminal there is no question anyway
help-offers-import-as_new = Take the offers of another hotel in as new ones; numbers and local ids are not looked at
help-offers-import-more =
    The columns are the server’s field names: title, short_description, details_text, details_html,
    valid_from, valid_to (as YYYY-MM-DD), tag, book_now_url, sort_order, is_active. A field without a
    column stays as it is; an empty text or day empties the field.

    A row changes the offer with its id, or else with its local_id, or else with exactly its title. If
    there is none, it makes a new offer. An import removes nothing and sets no picture; the other
    columns of `offers export` are ignored. If a row is wrong, it is named, and nothing is changed at
    all. Importing the same file again changes nothing.

    The .json file of `outbox export` works too: its new offers and changed fields are imported. If a
    colleague changed such a field since, you are asked which value stands. A file of another hotel is
    refused; --as-new takes its offers in as new ones.

## Room types.
help-rooms = List, show and change room types
help-rooms-more =
    Values are given by the server’s field names: --set FIELD=VALUE. `add --help` and `edit --help` list
    the fields. If the hotel would refuse a value, the answer names its field, and nothing is stored.

    In --json the answer is what the window shows: kind, local_id, id (null until the hotel has it),
    fields, pictures (by place: picture, url, waiting), shown and sync.
help-rooms-list = List the room types that are stored here, with changes that are not sent yet
help-rooms-show = Show one room type
help-rooms-add = Make a new room type
help-rooms-edit = Change fields of a room type; only what differs is stored and sent
help-rooms-edit-clear = Empty this field, or take the picture off (photo); may be repeated
help-rooms-copy = Create a copy of a room type, with its picture
help-rooms-versions = List the earlier versions of a room type that this desk has seen, with what differs from now
help-rooms-bring-back = Bring an earlier version back, as an ordinary change
help-rooms-rm = Remove a room type
help-rooms-photo = Put a picture on a room type, or take it off
help-rooms-photo-clear = Take the picture off
help-records = List, show and change what stands in any list of the hotel, by the name of its resource
help-records-more =
    The fields are those that `show` names. `records room_type` is the same as `rooms`, with plainer columns.
help-records-resource = Which list
help-records-list = List what is stored here, with changes that are not sent yet
help-records-show = Show one entry
help-records-add = Make a new entry
help-records-edit = Change fields of an entry; only what differs is stored and sent
help-records-edit-clear = Empty this field, or take the picture off (photo); may be repeated
help-records-copy = Create a copy of an entry, with its picture
help-records-versions = List the earlier versions of an entry that this desk has seen, with what differs from now
help-records-bring-back = Bring an earlier version back, as an ordinary change
help-records-rm = Remove an entry
help-records-photo = Put a picture on an entry, or take it off
help-records-photo-clear = Take the picture off

## The branding.
help-branding = Show and change what the hotel says about itself, and how it looks
help-branding-more =
    Values are given by the server’s field names: --set FIELD=VALUE. `edit --help` lists the fields. If
    the hotel would refuse a value, the answer names its field, and nothing is stored.

    In --json the answer is what the window shows: kind, local_id, id, fields, pictures (by place:
    picture, url, waiting), shown and sync.
help-branding-show = Show the branding
help-branding-edit = Change fields of the branding; only what differs is stored and sent
help-branding-picture = Replace one of the pictures of the branding
help-branding-versions = List the earlier versions of the branding that this desk has seen, with what differs from now
help-branding-bring-back = Bring an earlier version back, as an ordinary change
help-branding-picture-place = Which picture
help-value-hero_image = The large picture of the hotel
help-value-landing_page_image = The picture of its landing page
help-value-logo = Its logo

## Fields of a record, one a line: `name  a web address, at most 200 characters; needed`.
help-fields = Fields:
help-field-at-most = { $shape }, at most { $count } characters
help-field-needed = { $shape }; needed
help-shape-line = one line of text
help-shape-text = text
help-shape-html = formatted text (HTML)
help-shape-link = a web address
help-shape-email = an e-mail address
help-shape-colour = a colour, #RRGGBB
help-shape-money = a price, for example 119.00
help-shape-currency = three letters, for example EUR
help-shape-coordinate = degrees, for example 52.043611
help-shape-number = a whole number
help-shape-flag = true or false
help-shape-theme = light, dark or custom
help-shape-list = texts, one on each line
help-shape-days = a first and a last day

## The gallery.
help-gallery = List, add, remove and order the pictures of the hotel’s gallery
help-gallery-more =
    An IMAGE is the local id that `list` and `add` print. It never changes, not even when the picture is
    sent.

    In --json `list` answers with all galleries, `order` with the gallery in its new order, and `add`,
    `rm` and `caption` with the pictures in question.
help-gallery-list = List the pictures that are stored here, with changes that are not sent yet
help-gallery-add = Add pictures, in the order in which they are named
help-gallery-add-files = The pictures: JPEG, PNG, WebP, GIF, BMP or TIFF
help-gallery-add-caption = A caption for each of them, if the server has captions
help-gallery-add-after = Put them behind this picture. Default: at the end
help-gallery-add-gallery = The gallery, if the hotel has several: the hotel’s number or the local id
help-gallery-rm = Take pictures out
help-gallery-rm-images = The pictures, as `gallery list` shows them
help-gallery-order = Move a picture to another place
help-gallery-any-image = The picture, as `gallery list` shows it
help-gallery-order-first = Before all others
help-gallery-order-last = Behind all others
help-gallery-order-before = Directly before this picture
help-gallery-order-after = Directly behind this picture
help-gallery-caption = Change the caption of a new picture, before it is sent
help-gallery-caption-text = The caption; an empty text removes it

## What colleagues did.
help-activity = Show what colleagues did and guests wrote
help-activity-list = List what colleagues did and guests wrote, newest first
help-activity-put-back = Put a removed picture back, or make a removed entry anew
help-activity-put-back-number = The number of the event, as `activity list` shows it
help-activity-list-kind = Only this kind, for example offer_updated; may be repeated
help-activity-list-search = Only events that contain this text
help-activity-list-before = Only events that are older than the one with this number
help-activity-list-limit = How many at most

## The outbox.
help-outbox = Show what has not reached the hotel yet, and decide about it
help-outbox-list = List what waits and what needs a person; a conflict with both values
help-outbox-export = Write the outbox with all texts, as JSON to a file or to standard output
help-outbox-export-file = The file; its name ends in .json
help-outbox-any-id = The entry, as `outbox list` shows it
help-outbox-retry = Try an entry again with the next sync. Without an entry: all that were refused
help-outbox-retry-anyway = Send a new offer or room type again, even if the hotel may have it already: it may come twice
help-outbox-resolve = Choose which value of a conflict stands
help-outbox-resolve-mine = The value from here stands
help-outbox-resolve-theirs = The hotel’s value stands
help-outbox-resolve-fields = The fields, by their names in `outbox list`, or `picture`. Default: all of the entry
help-outbox-resolve-more =
    `deskctl outbox list` shows both values of each field. If you choose your own, the next `deskctl sync`
    sends it to the hotel; the hotel’s value is there already.
help-outbox-discard = Throw an entry away; prints what is lost
help-outbox-discard-anyway = Also a new offer or room type that the hotel may have already: it stays there
help-outbox-send-restored = Let what waits be sent although the data was restored from a backup
help-outbox-adopt = Say which offer or room type of the hotel is the one that you made, if the hotel has a similar one
help-outbox-adopt-number = Its number at the hotel. Default: the most similar one

## Drafts and the duty clock.
help-drafts = Show what is typed in the window and not saved yet
help-drafts-list = List the drafts, with the time when they were typed
help-drafts-list-text = Also show what was typed
help-drafts-discard = Throw a draft away; prints what is lost
help-drafts-discard-id = The draft, as `drafts list` shows it
help-clock = Clock in and out; it happens now or not at all
help-clock-status = Ask the hotel; without a network show what it said last
help-clock-in = Come on duty
help-clock-out = Go off duty
help-chat = Read and answer the messages of guests
help-chat-list = List the conversations, the newest first; asks the hotel if it can be reached
help-chat-list-unread = Only conversations with unread messages
help-chat-show = Show the messages of a conversation; marks nothing as read
help-chat-show-room = The number of the room
help-chat-show-limit = The number of messages
help-chat-send = Send a message, or keep it until the hotel can be reached
help-chat-send-room = The number of the room
help-chat-send-text = The text
help-chat-send-file = A file to send with it, 50 MB at most; then the text may be left out. Each further `--file` is a message of its own
help-chat-send-reply_to = The message that it answers, as `chat show` lists it
help-chat-file = Fetch a file of a message into a folder
help-chat-file-room = The number of the room
help-chat-file-message = The message, as `chat show` lists it
help-chat-file-number = The file, counted from 1
help-chat-file-to = The folder; the present one if it is left out
help-chat-mute = Mute a conversation on this computer: it makes no message and no sound
help-chat-mute-room = The number of the room
help-chat-mute-off = End that
help-chat-watch = Print each new message as a line of JSON, until it is stopped
help-chat-watch-seconds = End after this time
help-chat-watch-count = End after this number of messages
help-team = List the people of the team, with their duty and since when
help-team-on_duty = Only people who are on duty
help-team-department = Only people of this department
help-setup = Set the connection of this computer, after a check of the addresses
help-setup-intro =
    Set the connection of this computer

    The addresses are checked first. If a check fails, nothing is saved.
help-setup-server = The HotelMate server, for example https://hotel.example
help-setup-hotel = The hotel’s short name, for a server that does not tell it
help-setup-time_zone = The hotel’s time zone, for example Europe/Dublin
help-setup-pusher_key = The key of the live connection
help-setup-pusher_cluster = Its cluster, for example eu
help-setup-pusher_host = Its own host in place of a cluster: ws://host:port or wss://host
help-setup-unchecked = Save without a check, for a computer that is not connected yet
help-settings = Show and change the settings of this computer
help-settings-list = List every setting with its value and source
help-settings-get = Print the value of one setting
help-settings-set = Set a value; it applies at once, also in an open window
help-settings-reset = Return to the default
help-settings-any-name = The name of the setting, for example language
help-settings-set-value = The new value
help-data = Show and clear the data of the person on this computer
help-data-show = Show the folder, and the size of the database and of the pictures
help-data-clear-pictures = Clear the picture cache; pictures that are shown, or that wait to be sent, stay
help-status-max_age = For monitoring: print one line of JSON, and end with 9 if the hotel was last read longer ago than this (15m, 2h), with 8 if something needs a person
help-accounts = List, remove and move the accounts on this computer
help-accounts-list = List every account, with what waits, when it was last used, and its size; needs no sign-in
help-accounts-remove = Remove the account of a person who leaves; refuses while anything of theirs waits
help-accounts-remove-person = The user name, or the key that `accounts list` shows
help-accounts-remove-discard = Lose what waits
help-accounts-any-passphrase_stdin = Read the passphrase from standard input, even if DESK_PASSPHRASE is set
help-accounts-move = Move an account with all that waits to another computer, as one sealed file; asks for a new passphrase
help-accounts-move-person = The user name, or the key that `accounts list` shows
help-accounts-move-to = The new file. The account does not open on this computer once the file is complete
help-accounts-move-cancel = Bring the account back to this computer; the file must not be used then
help-accounts-take = Take an account from the file of another computer; asks for its passphrase, and the person signs in afterwards
help-accounts-take-file = The file
