# What can fail, one plain sentence each; `way-out` says what the person can do now.

error-fields-wrong = Some fields need another look.
    .way-out = Correct the marked fields. Nothing that you typed is lost.
error-locked = This desk is locked.
    .way-out = Choose who you are, and type your PIN. On the command line: `deskctl people`, and `--as` with a user name.
error-person-gone = This person is not signed in on this computer any more.
    .way-out = Sign in.
error-pin-form = A PIN has four to eight digits.
    .way-out = Type four to eight digits.
error-pin-exists = You have a PIN already.
    .way-out = To set another one, sign out and sign in again.
error-pin-wrong = This is not the PIN. { $left ->
    [one] One more try,
   *[other] { $left } more tries,
    } then the password is needed.
    .way-out = Type it again, or use the password.
error-pin-spent = The PIN was wrong five times.
    .way-out = Type the password of your HotelMate staff account. It needs a connection to the hotel.
error-pin-spent-here = The PIN was wrong five times.
    .way-out = Go to the window, and type the password there.
error-pin-none = There is no PIN.
    .way-out = Type the password of your HotelMate staff account. It needs a connection to the hotel.
error-pin-no-key-store = The PIN cannot be checked, because the system’s key store cannot be used ({ $cause }).
    .way-out = Type the password of your HotelMate staff account. It needs a connection to the hotel.
error-pin-hash = The PIN cannot be checked ({ $cause }).
    .way-out = Close other programs and try again, or use the password.
error-person-not-here = { $name } is not signed in on this computer.
    .way-out = `deskctl people` lists who is.
error-signed-out = Nobody is signed in.
    .way-out = Sign in first.

## The hotel's server.
error-offline = The hotel’s server cannot be reached ({ $cause }).
    .way-out = Check the network. What you do meanwhile is kept and sent later.
error-no-tls = The hotel’s server cannot be reached: what answers at its address does not speak TLS.
    .way-out = Check the network: a sign-in page of the network may be in between. What you do meanwhile is kept and sent later.
error-sign-in-offline = The server { $server } cannot be reached ({ $cause }).
    .way-out = Check the address and the network, and try again.
error-sign-in-silent = The server { $server } did not answer ({ $cause }).
    .way-out = Check the address, and try again in a moment.
error-sign-in-no-tls = There is no secure connection to { $server }: what answers there does not speak TLS.
    .way-out = Check the address. If the server has no encryption, write http:// in front of it; others in the network can then read the password.
error-token-refused = The hotel’s server does not accept the sign-in in DESK_TOKEN.
    .way-out = Set DESK_TOKEN to a valid token, or remove it and sign in.
error-unclear = The hotel’s server did not answer ({ $cause }).
    .way-out = Try again in a moment. Nothing is sent twice.
error-busy = The hotel’s server is busy.
    .way-out = Wait a little. It is tried again by itself.
error-server-trouble = The hotel’s server has a problem of its own ({ $status }){ $said }
    .way-out = Try again. If it stays so, tell the people who run the server.
error-other-row = The hotel’s server has a fault: asked about number { $asked }, it answered about number { $answered }.
    .way-out = Nothing is taken from such an answer, and it is asked again by itself. If it stays so, tell the people who run the server.
error-not-new = The hotel’s server has a fault: it answered a new entry with number { $answered }, which was there before.
    .way-out = Nothing is taken from such an answer, and the list is read again by itself. If it stays so, tell the people who run the server.
error-sign-in-needed = Your sign-in has ended.
    .way-out = Enter your password again. Nothing is lost.
error-wrong-password = The user name or the password is wrong.
    .way-out = Type both again, and look at Caps Lock.
error-forbidden = The hotel’s server does not let you do this{ $said }
    .way-out = Ask a manager, or sign in as somebody else.
error-not-at-hotel = This is not at the hotel any more.
    .way-out = Look at the list again.
error-not-offered = The hotel’s server does not offer this.
    .way-out = Check the server’s address in the settings, or ask the people who run the server.
error-rejected = The hotel’s server refused this{ $said }
    .way-out = Change it and try again. Nothing that you typed is lost.
error-too-large = This is too large for the hotel’s server.
    .way-out = Make it smaller and try again. Nothing that you typed is lost.
error-strange-answer = The answer was not one of a HotelMate server{ $said }
    .way-out = Check the server’s address, and that no sign-in page of the network is in between.
error-not-on-staff = The hotel’s server does not count you among the staff of “{ $hotel }”.
    .way-out = Check the hotel’s short name in the settings (hotel in desk.toml, or DESK_HOTEL). If it is right, ask a manager to add you.
error-list-moving = The hotel’s list kept changing while it was read.
    .way-out = It is read again by itself in a moment.
error-list-repeating = The hotel’s server gives the first page of its list again and again, so the rest cannot be read.
    .way-out = Tell the people who run the server.
error-not-sent = This program cannot make this change to { $many }.
    .way-out = Make it where the hotel manages them itself.
error-part-absent = { $absent }
    .way-out = Ask the people who run the server. When the server has it, this works by itself.
error-list-outage =
    { $read ->
        [yes] The hotel’s server does not give its { $names } now. What you see is as it was last read.
       *[no] The hotel’s server does not give its { $names } now.
    }
    .way-out = It is asked again by itself. If it stays so, tell the people who run the server.
error-unreadable-rows = This program cannot read { $names } of the hotel, and does not show them.
    .way-out = Bring this program up to date. If it stays so, give a support file to the people who look after it.
error-clock-elsewhere = Another window of this program is pressing the clock.
    .way-out = Look again in a moment.
error-mass-absence = { $missing } of { $known } { $what } are suddenly missing at the hotel. They are kept here for now.
    .way-out = Ask whether somebody removed them on purpose. If so, accept it; if not, tell the people who run the server.
error-restored = The data of this program was restored from a backup. Some of what waits may be at the hotel already, so nothing is sent.
    .way-out = Compare what waits with what the hotel has, and drop what is there. Then let the rest be sent; on the command line: deskctl outbox send-restored.

## The sign-in.
error-other-person = The sign-in that was passed to the program (DESK_TOKEN) is another person’s.
    .way-out = Sign in as yourself, or name another data folder.
error-name-changed = This name belongs to another person or hotel now.
    .way-out = Sign out, and sign in again.
error-key-store = The system’s key store cannot be used ({ $cause }).
    .way-out = You stay signed in until the program ends. After that the password is needed again.
error-key-store-locked = The system’s key store is locked.
    .way-out = Unlock it, or enter your password here again.
error-sign-in-not-kept = The sign-in cannot be kept: { $cause }.
    .way-out = You stay signed in until the program ends. Start or unlock the key store, and sign in again.
error-sign-in-not-kept-once = The sign-in cannot be kept: { $cause }.
    .way-out = It ends with this command. Start or unlock the key store and sign in again; or set DESK_TOKEN to a token of the hotel’s server, and no sign-in is needed.
error-signed-out-elsewhere = You were signed out in another copy of this program.
    .way-out = Sign in again. What you did just now was not stored.
error-drafts-not-saved = { $count ->
        [one] What you typed in 1 place is not saved.
       *[other] What you typed in { $count } places is not saved.
    }
    .way-out = Save it in the window, keep it for the next sign-in, or discard it.
error-still-waiting = { $count ->
        [one] 1 change is not at the hotel yet.
       *[other] { $count } changes are not at the hotel yet.
    }
    .way-out = Wait until they are sent, keep them for the next sign-in, or discard them.
error-left-in-use = The data of somebody who signed out is still on this computer: another copy of this program has it open.
    .way-out = Close the other copy. The data is then removed.
error-left-file = The data of somebody who signed out is still on this computer: a file of it cannot be removed.
    .way-out = It is tried again at the next start. Close programs that may have the file open, such as a backup.

## Why what waits is not sent before a sign-out.
leaving-sign-in-needed = The hotel has ended the sign-in. The password is needed first.
leaving-offline = The hotel cannot be reached.
leaving-needs-person = They need a person: look at them under Attention.
leaving-has-to-wait = They have to wait, or stand behind something that needs a person.
leaving-no-answer = The hotel does not answer.

## Settings.
error-setting-no-home = This user has no home folder, so there is no place for the data.
    .way-out = Name a folder with --data-dir or DESK_DATA_DIR.
error-setting-no-folder = The data folder { $folder } cannot be found: { $cause }.
    .way-out = Name it from the root on, with --data-dir or DESK_DATA_DIR.
error-setting-unknown = There is no setting “{ $name }”.
    .way-out = “deskctl settings list” shows all of them.
error-setting-choice = “{ $text }” is no value of the setting { $name }.
    .way-out = Choose one of: { $choices }.
error-setting-region = “{ $text }” is no region.
    .way-out = Write the two capitals of a country, for example IE, or system.
error-setting-locked = The setting { $name } is set for this computer and cannot be changed here.
    .way-out = Ask the people who look after this computer.
error-setting-server-in-use = { $name } is signed in at { $server }, so the server cannot be changed.
    .way-out = Sign out first, then set the new server.
error-setting-own-wrong = The settings in { $file } cannot be read, and the defaults apply: { $cause }.
    .way-out = Set them again. The old file stays beside the new one as settings.damaged.toml.
error-setting-unwritten = The settings cannot be saved in { $file }: { $cause }.
    .way-out = Check that you may write in this folder, and that the disk is not full.
error-work-ended = This was not done, because a part of the program ended early: { $cause }.
    .way-out = Try again.
error-setting-unreadable = The settings in { $file } cannot be read: { $cause }.
    .way-out = Check that you may read this file, and that it is text.
error-setting-wrong = The settings in { $file } are wrong: { $cause }.
    .way-out = Correct this line, or remove it; the manual lists every setting.
error-setting-server = “{ $text }” is not the address of a server.
    .way-out = Write it with https:// in front, for example https://hotel.example.
error-setting-lock-after = “{ $text }” is not a number of minutes from 0 (never) to { $latest } (setting lock_after_minutes or DESK_LOCK_AFTER_MINUTES).
    .way-out = Write it like 10.
error-setting-chat-days = “{ $text }” is not a number of days from 1 to { $longest } (setting chat_days or DESK_CHAT_DAYS).
    .way-out = Write it like 30.
error-setting-chat-key = DESK_CHAT_KEY is not a key.
    .way-out = Give 32 random bytes in base64, for example from: openssl rand -base64 32
error-quick-replies = The quick replies in { $file } cannot be read: { $cause }.
    .way-out = Correct the file. docs/chat.md shows its form.
error-no-such-room = The hotel has no room { $room }.
    .way-out = Check the number of the room.
error-message-empty = A message needs a text.
    .way-out = Type the message.
error-setting-late-commit = “{ $text }” is not a number of seconds from 1 to { $latest } (setting late_commit_seconds or DESK_LATE_COMMIT_SECONDS).
    .way-out = Write it like 120.
error-setting-zone = “{ $name }” is not a time zone (setting time_zone or DESK_TIME_ZONE).
    .way-out = Write it like Europe/Dublin.
error-setting-no-server = It is not known which server to ask.
    .way-out = Set the server in the settings, or with “deskctl setup --server …”.
error-setting-no-hotel = It is not known which hotel this is, and this server does not tell it from the sign-in alone.
    .way-out = Set the hotel’s short name in the settings, with “deskctl settings set hotel …”, or with DESK_HOTEL.
error-setting-pusher-address = The address of the live events is wrong: { $cause }.
    .way-out = Correct the own Pusher server or the Pusher cluster in the settings (in desk.toml: pusher_host, pusher_cluster).
error-setting-no-pusher-address = There is a Pusher key, but neither a Pusher cluster nor an own Pusher server.
    .way-out = Add one of them in the settings (in desk.toml: pusher_cluster, pusher_host).
error-no-log = This program keeps no log.
    .way-out = Look for its messages where it was started.

## This computer.
error-disk-full = There is no room left on the disk, so the local database cannot be written.
    .way-out = Free some room and try again. What waits to be sent is kept.
error-not-here =
    { $what ->
        [picture] This picture is not here any more.
        [field] This field is not here any more.
        [file] This file is not here any more.
        [place] This place for a picture is not here any more.
        [offer] This offer is not here any more.
        [room_type] This room type is not here any more.
        [branding] The branding is not here any more.
        [gallery] This gallery is not here any more.
        [change] This change is not here any more.
        [version] This version is not here any more.
        [conflict] This conflict is not here any more.
        [event] This event is not here any more.
       *[entity] This is not here any more.
    }
    .way-out = Look at the list again.
error-too-late = It is too late for that: it is already on its way.
    .way-out = Wait a moment and look again.
error-not-stored = This could not be stored, and nothing was changed.
    .way-out = Try again. If it happens again, tell the people who look after this program.
error-database = The local database could not be used: { $cause }.
    .way-out = Close other copies of the program and start it again. If that does not help, give the data folder to the people who look after this program: what waits to be sent is in it.
error-database-read-only = The data folder may not be written, so the local database cannot be used.
    .way-out = Give this user the right to write there, and start again. What waits to be sent is in that folder, and cannot be counted until then.
error-database-newer = A newer version of this program made the local database.
    .way-out = Start the newer version. What waits to be sent is in the database, and cannot be counted by this version.
error-database-set-aside = The local database was damaged. It was set aside as { $file }.
    .way-out = The hotel’s data is read again, and your unsent changes were taken over where they could be read.
error-data-folder = The data folder { $folder } cannot be written: { $cause }.
    .way-out = Check its rights and the room on the disk, or name another one with --data-dir.
error-part-failed = A part of the program ({ $name }) failed and was started again.
    .way-out = Nothing is lost. If it happens again, tell the people who look after this program.
error-edit-of-several = An edit must be about one field.
    .way-out = This is a fault of the program; please report it.
error-days-too-far = An offer would begin or end at a date that this program cannot show.
    .way-out = Move it by fewer days.
error-picture-stays = The hotel’s server can replace this picture, but not take it off.
    .way-out = Choose another picture instead.
error-doubtful = Nobody knows whether this is at the hotel already.
    .way-out = Look at the hotel’s own list. You can discard it all the same; what is there stays there.
error-file-not-written = The file could not be written to { $folder }: { $cause }.
    .way-out = Check the folder, its rights and the room on the disk.

## Files of messages.
error-file-too-large = “{ $name }” is larger than 50 MB.
    .way-out = Send a smaller file.
error-file-incomplete = The file did not arrive completely.
    .way-out = Choose the file again.
error-file-empty = “{ $name }” is empty.
    .way-out = Choose another file.
error-file-type = The guest chat takes no file like “{ $name }”.
    .way-out = Send a picture, a PDF, a Word or Excel document, a text or a CSV file.
error-file-host-away = The server of the files cannot be reached.
    .way-out = Try again when the network is back.
error-file-host = The file cannot be fetched: { $cause }.
    .way-out = Ask the guest to send it again.

## Pictures.
error-picture-not-kept = This picture cannot be kept.
    .way-out = Choose another picture.
error-picture-job = What shall be done to the picture is not clear ({ $cause }).
    .way-out = Choose the picture again.
error-picture-of-hotel = The hotel’s server gave something that is not a picture.
    .way-out = Put another picture on the offer.
error-picture-no-room = There is no room on the disk for the picture.
    .way-out = Make room, and try again.
error-picture-disk = The picture cannot be kept on this computer ({ $cause }).
    .way-out = Check that the data folder can be written, and try again.
picture-empty = The file is empty.
    .way-out = Copy the picture again, or choose another one.
picture-too-many-bytes = The file is larger than { $limit } MB.
    .way-out = Make it smaller with a picture program, or choose another one.
picture-too-many-pixels = The picture has { $width } x { $height } pixels, more than { $limit } million.
    .way-out = Make it smaller with a picture program, or choose another one.
picture-too-much-memory = The picture needs { $needed } MB of memory, more than { $limit } MB.
    .way-out = Make it smaller with a picture program, or choose another one.
picture-hollow = The picture claims { $width } x { $height } pixels, but the file holds next to nothing.
    .way-out = Copy the picture again, or choose another one.
picture-heic = HEIC pictures cannot be used.
    .way-out = Save it as JPEG. On an iPhone: Settings, Camera, Formats, Most Compatible.
picture-other-kind = { $kind } pictures cannot be used.
    .way-out = Choose a JPEG, PNG, WebP, GIF, BMP or TIFF picture.
picture-variety = This variety of { $kind } picture cannot be used.
    .way-out = Save it as a plain JPEG or PNG with a picture program.
picture-no-picture = The file is not a picture.
    .way-out = Choose a JPEG, PNG, WebP, GIF, BMP or TIFF picture.
picture-damaged = The picture is damaged: { $cause }.
    .way-out = Copy the picture again, or choose another one.
picture-bad-crop = The part to be cut out is not inside the picture.
    .way-out = Choose the part again.
picture-too-slow = The picture took longer than { $limit } seconds to read.
    .way-out = Make it smaller with a picture program, or choose another one.
picture-cancelled = Preparing the picture was stopped.
    .way-out = Choose the picture again when you want it.

## The sign-in at a server of the hotel.
login-not-on-staff = This user is not on the staff of a hotel.

## The reception display
error-display-no-server = It is not known which server the display reads.
    .way-out = Open HotelMate Desk on this computer and set the server there, or use “deskctl setup --server …”.
error-display-no-hotel = It is not known which hotel the display shows.
    .way-out = Open HotelMate Desk on this computer and set the hotel’s short name there, or use “deskctl settings set hotel …”.
error-display-pin-pause = There were too many wrong PINs.
    .way-out = Wait a minute, and try again.
error-display-pin-wrong = This is not the PIN of the display.
    .way-out = Try again, or ask IT for the PIN.
error-display-file = The display’s file { $file } cannot be used: { $cause }.
    .way-out = Check the rights of the file and its folder, and try again.
error-no-display = No reception display has run with this data folder.
    .way-out = Start it with hotelmate-desk --display, or name its data folder.
error-display-status = The status of the display cannot be read: { $cause }.
    .way-out = Start the display again.

# The faults of display.toml.
display-fault-seconds = Enter a whole number from { $least } to { $most }.
display-fault-pin = A PIN has four to eight digits.
display-fault-message = The message has at most { $most } characters.
display-fault-title = Choose an offer.
display-fault-hours = “{ $text }” is not a time of the form 07:00-23:00.
display-fault-no-day = Choose at least one day.
display-fault-day = “{ $text }” is not a day; the days are mon, tue, wed, thu, fri, sat and sun.

## Commands about whole accounts.
error-account-not-here = There is no account of { $name } on this computer.
    .way-out = `deskctl accounts list` lists the accounts.
error-account-ambiguous = { $name } has several accounts on this computer.
    .way-out = Name the key of the account in place of the user name: `deskctl accounts list` shows it.
error-account-in-use = Another program has the account of { $name } open.
    .way-out = Close the window of HotelMate Desk, and end other `deskctl` commands. Then try again.
error-account-still-waiting = Not everything of { $name } is at the hotel: { $changes ->
        [one] 1 change waits
       *[other] { $changes } changes wait
    }, { $drafts ->
        [one] 1 text is not saved
       *[other] { $drafts } texts are not saved
    }, { $pictures ->
        [one] 1 picture belongs to them.
       *[other] { $pictures } pictures belong to them.
    }
    .way-out = Let { $name } send the changes first. To lose all of it, add --discard.
error-account-not-counted = It is not known what waits of { $name }: { $why }
    .way-out = Start the program as { $name } and see what waits. To lose all of it, add --discard.
error-account-set-aside = In the folder of { $name } { $count ->
        [one] is a damaged database that was set aside. It
       *[other] are { $count } damaged databases that were set aside. They
    } may contain changes that wait.
    .way-out = Give the folder to the people who look after this program. To lose all of it, add --discard.
error-account-only-folder = Only the folder of the account { $account } is known, and not whose it is.
    .way-out = Let the person sign in on this computer once. Then try again.
error-account-empty = There is no data of { $name } on this computer.
    .way-out = There is nothing to move: { $name } can sign in on the other computer.
error-account-moved = This account was moved to another computer, as the file { $file }. Nothing is stored or sent here.
    .way-out = Take the file there (`deskctl accounts take`), and sign in there. If it was never taken, `deskctl accounts move PERSON --cancel` brings the account back here; the file must not be used then.
error-account-moved-here = The account of { $name } was moved to another computer, as the file { $file }. What waits is in that file.
    .way-out = If the file was taken there, add --discard to remove the rest here. If not, `deskctl accounts move { $name } --cancel` brings the account back; the file must not be used then.
error-account-not-moved = The account of { $name } was not moved from this computer.
    .way-out = There is nothing to cancel. `deskctl accounts list` shows the accounts that were moved.
error-move-passphrase-short = The passphrase is too short: it needs { $count } characters at least.
    .way-out = Choose some words that do not belong together, and write them down for the other computer.
error-move-file-exists = There is a file { $file } already.
    .way-out = Name another file, or remove this one if it is of no use.
error-move-key-store = Messages to guests wait, and the key to them cannot be read: { $cause }.
    .way-out = Unlock the key store and try again, or let the messages be sent first.
error-move-no-key = Messages to guests wait, and the key to them is not on this computer any more.
    .way-out = Drop these messages (`deskctl outbox list`) or let them be sent first. If the key is in DESK_CHAT_KEY elsewhere, set it here too.
error-move-not-named = The account was moved. Its file is complete, but still has the name { $file }: { $cause }.
    .way-out = Repeat the command: it gives the file its name.
error-sealed-other-form = This is not the file of an account, or a newer version of this program made it.
    .way-out = Name the file that `deskctl accounts move` made, and use the same version of the program.
error-sealed-damaged = The file is damaged or not complete. Nothing was changed.
    .way-out = Copy it again from the other computer. If it is damaged there too, `deskctl accounts move PERSON --cancel` brings the account back there.
error-sealed-passphrase = The passphrase is wrong. Nothing was changed.
    .way-out = Type the passphrase that was chosen for this file, and look at Caps Lock.
error-sealed-key = The passphrase cannot be used ({ $cause }).
    .way-out = Close other programs and try again.
error-sealed-disk = The file cannot be read or written: { $cause }.
    .way-out = Check its folder, its rights and the room on the disk, and try again.
error-take-other-hotel = The file belongs to the hotel “{ $hotel }” at { $server }. This computer is set up for another one.
    .way-out = Take it on a computer of that hotel, or change the settings server and hotel first.
error-take-newer = A newer version of this program made the file.
    .way-out = Bring this program up to date. Then take the file.
error-take-twice = The file was taken on this computer already. Nothing was changed.
    .way-out = Sign in to see the account. A file is used once.
error-take-own-work = Work of { $name } waits on this computer: { $changes ->
        [one] 1 change
       *[other] { $changes } changes
    } and { $drafts ->
        [one] 1 text that is not saved.
       *[other] { $drafts } texts that are not saved.
    }
    .way-out = Let { $name } send or drop it here first. Then take the file.
error-take-not-counted = It is not known what waits of { $name } on this computer: { $why }
    .way-out = Start the program as { $name } and see what waits. Then take the file.
error-take-moved-from-here = The account of { $name } was moved away from this computer, as the file { $file }, and this file does not come after it.
    .way-out = To have the account here again, use `deskctl accounts move { $name } --cancel` in place of the file.
error-take-other-key = Messages to guests are in the file, and DESK_CHAT_KEY is not their key.
    .way-out = Set DESK_CHAT_KEY to the key of the other computer, or remove it.
error-take-no-key-store = Messages to guests are in the file, and their key cannot be kept: { $cause }.
    .way-out = Start or unlock the key store, and try again.
error-take-unfinished = The move of this file has not ended on the old computer.
    .way-out = Repeat `deskctl accounts move` there: it gives the file its name.
