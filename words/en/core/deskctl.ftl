# What `deskctl` answers. Words in `backquotes` are typed, and names with underlines are the server's.

## The command line.
deskctl-set-and-cleared = { $field } cannot be set and cleared at once
deskctl-nothing-to-change = nothing to change: name a field with its new value, or --clear a field
deskctl-field-and-value-expected = a field and its value are expected, for example bed_setup='1 king'
deskctl-cannot-start = The program cannot start: { $cause }.
    .way-out = Close other programs and try again.
deskctl-answer-unwritable = The answer cannot be written: { $cause }.
    .way-out = What the command did is stored all the same. Look with `deskctl status`.
deskctl-support-file = { $file } ({ $count ->
        [one] { $count } file
       *[other] { $count } files
    })

## Lists and tables. A heading has one name for each column, with | between them.
deskctl-columns-activity = NUMBER | WHEN | | WHAT
deskctl-columns-chat = ROOM | UNREAD | LAST | GUEST | TEXT
deskctl-columns-doctor = STATE | CHECK | WHAT WAS FOUND, AND WHAT TO DO
deskctl-columns-gallery = IMAGE | SYNC | CAPTION | ADDRESS
deskctl-columns-offers = ID | STATE | SYNC | VALID | TITLE
deskctl-columns-plan = ROW | PLAN | TITLE | FIELDS
deskctl-columns-rooms = ID | STATE | SYNC | PRICE FROM | NAME
deskctl-columns-team = ID | DUTY | SINCE | NAME | DEPARTMENT | ROLE | PHONE
deskctl-columns-records = ID | SYNC | NAME | MORE
deskctl-count-changes = { $count ->
    [one] { $count } change
   *[other] { $count } changes
    }
deskctl-count-offers = { $count ->
    [one] { $count } offer
   *[other] { $count } offers
    }
deskctl-count-pictures = { $count ->
    [one] { $count } picture
   *[other] { $count } pictures
    }
deskctl-total = { $total }.
deskctl-total-as-of = { $total }, as read from the hotel at { $at }.
deskctl-not-read = This was not read from the hotel yet: run `deskctl sync`.
deskctl-room-shown = shown
deskctl-room-hidden = hidden

## Offers, room types and the branding.
deskctl-label-number = hotel’s number
deskctl-label-local-id = local id
deskctl-label-state = state
deskctl-label-created = created
deskctl-label-sync = sync
deskctl-no-number-yet = none yet
deskctl-days-from-to = { $from } to { $to }
deskctl-days-from = from { $from }
deskctl-days-until = until { $to }
deskctl-days-always = always
deskctl-picture-waits = waits to be sent
deskctl-picture-none = none
deskctl-field-unknown = There is no such field. `--help` lists the fields.
deskctl-field-twice = This field is named twice.
deskctl-flag-never-empty = This field is true or false, and never empty.
deskctl-cannot-be-changed = This cannot be changed here.
    .way-out = `deskctl doctor` tells what this hotel’s server can do.
deskctl-branding-not-read = The branding was not read from the hotel yet.
    .way-out = Run `deskctl sync`. `deskctl doctor` tells what this hotel’s server can do.

## Galleries.
deskctl-picture-not-sent = not sent yet
deskctl-caption-too-late = The hotel has this picture already, and its server does not change captions.
    .way-out = Take it out and add it again with another caption.
deskctl-gallery-not-read = No gallery was read from the hotel yet.
    .way-out = Run `deskctl sync`. `deskctl doctor` tells what this hotel’s server can do.
deskctl-several-galleries = The hotel has several galleries.
    .way-out = Name one with --gallery, as `deskctl gallery list` shows it.
deskctl-gallery-gone = This gallery is not here any more.
    .way-out = Look at `deskctl gallery list` again.
deskctl-picture-gone = This picture is not here any more.
    .way-out = Look at `deskctl gallery list` again.

## What colleagues did. $text is a sentence.
deskctl-new = new
deskctl-no-events = There are no events.
deskctl-activity-put-back = { $text } To put it back: deskctl activity put-back { $number }
deskctl-put-back = It is put back, and goes to the hotel with the next sync.
deskctl-count-events = { $count ->
    [one] { $count } event
   *[other] { $count } events
    }, { $new } new.
deskctl-older-events = { $count } There are older ones: --before { $number }.

## The outbox.
deskctl-label-where-it-stands = State
deskctl-label-entry = Entry
deskctl-label-change = Change
deskctl-label-about = About
deskctl-label-since = Since
deskctl-label-reason = Reason
deskctl-label-field = Field
deskctl-label-like = Similar
deskctl-label-ways-out = Ways out
deskctl-label-tries = Tries
deskctl-label-next-try = Next try
deskctl-label-now = Now
deskctl-label-in-its-place = In its place
deskctl-outbox-empty = Nothing waits: the hotel has everything.
deskctl-way-out-make_again = `deskctl outbox retry { $id }` makes it again; `deskctl outbox discard { $id }` leaves it as it is.
deskctl-way-out-remove_changed = `deskctl outbox retry { $id }` removes it all the same; `deskctl outbox discard { $id }` keeps it.
deskctl-way-out-remove_again = `deskctl outbox retry { $id }` removes it again; `deskctl outbox discard { $id }` keeps it.
deskctl-way-out-choose_picture = `{ $photo }` puts a picture on it; `deskctl outbox discard { $id }` leaves it without one.
deskctl-way-out-whose = `deskctl outbox adopt { $id } NUMBER` if it is the one that you made; `deskctl outbox retry { $id }` if it is not.
deskctl-way-out-removed = `deskctl outbox retry { $id }` makes it as a new one; `deskctl outbox discard { $id }` drops your changes.
deskctl-way-out-refused = `deskctl outbox retry { $id }` tries it again; `deskctl outbox discard { $id }` drops it.
deskctl-doubtful-ways-out = `outbox retry ID --anyway` (the hotel may have it twice) or `outbox discard ID --anyway` (the hotel may have it)
deskctl-sent-again-anyway = The next `deskctl sync` tries to send it again; the hotel may have it twice then.
deskctl-retry-made-anew = It was removed at the hotel; the next `deskctl sync` tries to make it anew.
deskctl-retry-not-needed = It is not needed any more.
deskctl-retry-unclear = The next `deskctl sync` reads the hotel, and sends it again only if it is not there.
deskctl-retry-sent-again = The next `deskctl sync` tries it again.
deskctl-retry-sent = It does not wait any longer: the next `deskctl sync` tries it.
deskctl-nothing-to-retry = Nothing was refused: there is nothing to retry.
deskctl-nothing-to-retry-but-conflicts = Nothing was refused: there is nothing to retry. Solve the conflicts with `deskctl outbox resolve`.
deskctl-nothing-to-retry-but-waiting = Nothing was refused: there is nothing to retry. What waits is sent with `deskctl sync`.
deskctl-retry-of-conflict = A colleague changed the same thing: sending it again does not help.
    .way-out = Choose with `deskctl outbox resolve { $entry } --mine` or `--theirs`.
deskctl-no-conflict = This entry has no conflict.
    .way-out = `deskctl outbox list` shows the conflicts.
deskctl-no-conflict-about = There is no conflict about { $field }.
    .way-out = The conflict is about { $fields }.
deskctl-mine-stands = { $field }: your value stands, { $value }. The next `deskctl sync` tries to send it.
deskctl-theirs-stands = { $field }: the hotel’s value stands, { $value }.
deskctl-discarded = Discarded. { $loses }
deskctl-sent-restored =
    { $count ->
        [one] One entry may be sent now. The next sync looks for it at the hotel first.
       *[other] { $count } entries may be sent now. The next sync looks for each at the hotel first.
    }
deskctl-adopted = Number { $number } of the hotel is the one that you made.
deskctl-nothing-like-it = The hotel has nothing that is similar to this entry.
    .way-out = Look at `deskctl outbox list` again.
deskctl-entry-gone = This entry is not in the outbox any more.
    .way-out = Look at `deskctl outbox list` again.

## A conflict. $what is a field's name or the following words.
deskctl-the-picture = the picture
deskctl-nothing = (nothing)
deskctl-conflict =
    A colleague changed { $what } too.
      Mine    { $mine }
      Theirs  { $theirs }
    Choose with `deskctl outbox resolve { $entry } --mine|--theirs { $field }`.

## States, as answers for people name them. In English they are the names in JSON.
deskctl-state-offer-live = live
deskctl-state-offer-scheduled = scheduled
deskctl-state-offer-expired = expired
deskctl-state-offer-hidden = hidden
deskctl-state-sync-saved = saved
deskctl-state-sync-waiting = waiting
deskctl-state-sync-conflict = conflict
deskctl-state-sync-attention = attention
deskctl-state-entry-waiting = waiting
deskctl-state-entry-in-flight = in flight
deskctl-state-entry-unclear = unclear
deskctl-state-entry-conflict = conflict
deskctl-state-entry-attention = attention
deskctl-state-finding-ok = ok
deskctl-state-finding-warning = warning
deskctl-state-finding-failed = failed
deskctl-state-finding-unknown = unknown
deskctl-state-desk-offline = offline
deskctl-state-desk-locked = locked
deskctl-state-desk-sign-in-needed = sign in needed
deskctl-state-desk-attention = attention
deskctl-state-desk-saving = saving
deskctl-state-desk-waiting = waiting
deskctl-state-desk-unknown = unknown
deskctl-state-desk-saved = saved
deskctl-state-live-off = off
deskctl-state-live-connecting = connecting
deskctl-state-live-live = live
deskctl-state-live-refused = refused

## Earlier versions.
deskctl-no-versions = This desk has seen no earlier version.
deskctl-version-own = Version { $number }, until { $until }. This desk replaced it.
deskctl-version-theirs = Version { $number }, until { $until }. A colleague replaced it, or you at another desk.
deskctl-version-field = { "  " }{ $field }: { $then }   (now: { $now })
deskctl-version-picture = { "  " }{ $place }: another picture ({ $hash })
deskctl-version-picture-missing = { "  " }{ $place }: another picture, which is not on this computer
deskctl-version-no-picture = { "  " }{ $place }: no picture
deskctl-version-same = { "  " }No difference to now.
deskctl-version-lacks-picture = The picture of that version is not on this computer, so the present one stays.

## Drafts.
deskctl-label-draft = Draft
deskctl-label-typed = Typed
deskctl-label-title = Title
deskctl-label-content = Content
deskctl-draft-of-new = { $kind }, a new one
deskctl-draft-of-gone = { $kind }, which is not there any more
deskctl-no-drafts = There are no drafts.
deskctl-draft-gone = This draft is not here any more.
    .way-out = Look at `deskctl drafts list` again.
deskctl-draft-discarded =
    Discarded.
    { $draft }

## The duty clock.
deskctl-on-duty = On duty
deskctl-on-duty-since = On duty since { $since }
deskctl-on-break = On a break
deskctl-on-break-since = On a break, and on duty since { $since }
deskctl-off-duty = Off duty
deskctl-off-duty-since = Off duty since { $since }
deskctl-duty = { $state }.
deskctl-duty-as-of = { $state } (as the hotel said at { $at }).
deskctl-duty-unknown = The hotel has not reported yet whether you are on duty.
deskctl-two-zones = { $hotels } at the hotel, { $here } here
deskctl-clock-unavailable = { $reason }
    .way-out = Clock in or out where the hotel records it. `deskctl clock status` still shows the state.
deskctl-clock-try-later = Look with `deskctl clock status` when the network is back, and then try again.

## The guest chat.
deskctl-chat-total = { $count ->
    [one] { $count } conversation
   *[other] { $count } conversations
    }
deskctl-chat-message = { $at }  { $name } [{ $state }] { $number }
deskctl-chat-waiting = waiting
deskctl-chat-sending = on its way
deskctl-chat-at-hotel = at the hotel
deskctl-chat-read = read
deskctl-chat-unread = not read
deskctl-chat-file = Saved as { $file }.
deskctl-chat-sent = Sent.
deskctl-chat-no-conversation = There is no conversation with room { $room }.
    .way-out = `deskctl chat list` shows the conversations.
deskctl-chat-muted = { $muted ->
    [yes] The messages of room { $room } make no message and no sound on this computer.
   *[no] The messages of room { $room } are announced again.
    }
deskctl-chat-queued = { $count ->
    [one] Not sent yet: { $reason } It is sent later.
   *[other] { $count } messages are not sent yet: { $reason } They are sent later.
}
deskctl-chat-not-sent = { $count ->
    [one] Not sent: { $reason } It was not kept, because this computer keeps no texts of guests.
   *[other] { $count } messages were not sent: { $reason } They were not kept, because this computer keeps no texts of guests.
}

## The team.
deskctl-team-on-duty = on duty
deskctl-team-on-break = on break
deskctl-team-off-duty = off duty
deskctl-team-unknown = not known
deskctl-team-long = on duty (clock-out forgotten?)
deskctl-team-total = { $count ->
        [one] 1 person
       *[other] { $count } people
    }
deskctl-team-limited = { $reason } This lists you, and the colleagues whose clock was pressed while this program ran.

## Files.
deskctl-written = { $what } written to { $file }.
deskctl-outbox-not-csv = The outbox cannot be written as CSV.
    .way-out = Let the file’s name end in .json.
deskctl-file-not-written = The file { $file } cannot be written: { $cause }.
    .way-out = Check the folder, its rights and the room on the disk.
deskctl-file-not-there = The file { $file } is not there.
    .way-out = Check the file’s name.
deskctl-file-not-read = The file { $file } cannot be read ({ $cause }).
    .way-out = Check the file’s name and rights.

## Imports. What is wrong stands behind “Row 3: ”.
deskctl-plan-new = new
deskctl-plan-changed = changed
deskctl-bulk-done = { $count ->
    [0] No offer was changed.
    [one] { $count } offer was changed.
   *[other] { $count } offers were changed.
}
deskctl-bulk-undone = { $count ->
    [one] { $count } offer is as before.
   *[other] { $count } offers are as before.
}
deskctl-bulk-left = { $count ->
    [one] { $count } offer was changed since, and stays as it is.
   *[other] { $count } offers were changed since, and stay as they are.
}
deskctl-bulk-no-answer = The file { $file } is not the answer of “offers bulk”.
    .way-out = Write the answer to a file: deskctl --json offers bulk hide 3 5 > done.json
deskctl-plan-total = { $new } new, { $changed } changed, { $unchanged } unchanged.
deskctl-passed-over = Pictures and deletions are not imported. Entries of the file that were left out: { $count }.
deskctl-import-unread = The list was not read from the hotel yet: run `deskctl sync` first to find its offers.
deskctl-ask-import = { $count ->
    [one] Make this { $count } change? [y/N]
   *[other] Make these { $count } changes? [y/N]
    }
# Answers that mean yes, with a space between them.
deskctl-yes = y yes
deskctl-queued = { $count ->
    [one] { $count } offer is stored here; `deskctl sync` sends it to the hotel.
   *[other] { $count } offers are stored here; `deskctl sync` sends them to the hotel.
    }
deskctl-not-queued = Nothing was changed.
deskctl-answer-unreadable = Your answer cannot be read: { $cause }.
    .way-out = Say --yes to go on without the question.

## Signing in, and the desk as a whole.
deskctl-no-server = It is not known which server to sign in to.
    .way-out = Name it with --server URL, in DESK_SERVER, or in desk.toml.
deskctl-no-password = No password was given.
    .way-out = Type it when asked, pipe it with --password-stdin, or set { $variable }.
deskctl-ask-password = Password:
deskctl-no-pin = { $name } has a PIN, and no PIN was given.
    .way-out = Type it when asked, or set { $variable }.
deskctl-ask-pin = PIN of { $name }:
deskctl-signed-in = Signed in. { $who }
deskctl-signed-out = Signed out.
deskctl-person-at-hotel = { $person } at { $hotel }
deskctl-nobody = nobody
deskctl-columns-people = | USERNAME | NAME | HOTEL | WAITING | ATTENTION | NEW
deskctl-never = never
deskctl-not-known = not known
deskctl-label-signed-in = Signed in
deskctl-label-server = Server
deskctl-label-time-zone = Time zone
deskctl-label-saving = Saving
deskctl-label-waiting = Waiting
deskctl-label-attention = Attention
deskctl-label-last-sync = Last sync
deskctl-label-live = Live events
deskctl-label-hotel = Hotel
deskctl-label-notice = Notice
deskctl-everything-saved = Everything is saved; { $offers ->
    [one] { $offers } offer
   *[other] { $offers } offers
    } here.
deskctl-left = { $waiting } waiting, { $attention ->
    [one] { $attention } needs
   *[other] { $attention } need
    } attention; { $offers ->
    [one] { $offers } offer
   *[other] { $offers } offers
    } here.
deskctl-sync-sign-in = { $renewal } On the command line: `deskctl sign-in`.
deskctl-sync-accept-missing = If they were removed on purpose, run `deskctl sync --accept-missing`.
deskctl-sync-attention = See `deskctl outbox list`.

deskctl-columns-settings = SETTING | VALUE | SOURCE
deskctl-setting-of-person = of the person
deskctl-setting-minutes = whole minutes, at most { $most }
deskctl-label-folder = Folder
deskctl-label-database = Database
deskctl-label-pictures = Pictures
deskctl-data-size = { $size } kB
deskctl-data-pictures =
    { $count ->
        [one] 1 picture, { $size } kB
       *[other] { $count } pictures, { $size } kB
    }
deskctl-setup-nothing = There is nothing to set.
    .way-out = Name at least --server or --pusher-key.
setting-source-environment = environment
setting-source-machine = this computer
setting-source-folder = desk.toml
setting-source-own = settings
setting-source-default = default
deskctl-copy-lacks-picture = The picture is not on this computer, so the copy has none.
deskctl-no-age = “{ $text }” is no time. Write it like 15m or 2h.
deskctl-accounts-none = There are no accounts on this computer.
deskctl-columns-accounts = ACCOUNT | USERNAME | NAME | HOTEL | SERVER | LAST USED | WAITING | DRAFTS | PICTURES | SIZE
deskctl-accounts-set-aside = { $name }: { $count ->
        [one] a damaged database was set aside in the folder. It is not counted.
       *[other] { $count } damaged databases were set aside in the folder. They are not counted.
    }
deskctl-accounts-removed = The account of { $name } was removed from this computer.
deskctl-accounts-keys-left = Entries of the account may still be in the system’s key store ({ $cause }). Their names begin with the user name; remove them there.
deskctl-accounts-moved-to = { $name }: the account was moved to another computer, as the file { $file }. Nothing is sent from here.
deskctl-accounts-moved =
    The account of { $name } is in the file { $file }, and does not open here any more.
    On the other computer: deskctl accounts take FILE. Use the file once; { $name } signs in there.
deskctl-accounts-stays = { $count ->
        [one] A damaged database that was set aside stays in the folder of the account.
       *[other] { $count } damaged databases that were set aside stay in the folder of the account.
    }
deskctl-accounts-cancelled =
    The account of { $name } opens here again.
    Remove the file { $file }: it must not be used any more, or the same changes are sent twice.
deskctl-accounts-taken = The account of { $name } is on this computer now. { $changes ->
        [one] 1 change waits
       *[other] { $changes } changes wait
    }, { $drafts ->
        [one] 1 text is not saved.
       *[other] { $drafts } texts are not saved.
    } Sign in as { $name } to send.
deskctl-ask-passphrase = Passphrase of the file:
deskctl-ask-new-passphrase = New passphrase for the file:
deskctl-ask-passphrase-again = The same passphrase again:
deskctl-no-passphrase = No passphrase was given.
    .way-out = Type it when asked, pipe it with --passphrase-stdin, or set { $variable }.
deskctl-passphrases-differ = The two passphrases differ.
    .way-out = Try again. Nothing was changed.
