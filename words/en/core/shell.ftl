# What the application says outside its window: the tray icon, notifications, and what is told when there is no window.

shell-name = HotelMate Desk
# The reason that the system shows for a lock against sleep.
shell-display-is-on = The reception display is on
shell-help = HotelMate Desk, for the staff of a hotel
shell-help-display = Show the hotel’s page on the whole screen, as a reception display without a sign-in
shell-display-title = HotelMate reception display
shell-display-failed = The reception display cannot be started: { $cause }.
    .way-out = Start it with hotelmate-desk --display.
shell-help-data-dir = Keep everything in this folder instead of the operating system’s usual place

## The tray icon. Its first line is the status: the following words with “·” between them.
tray-starting = Starting…
tray-tooltip = HotelMate Desk: { $status }
tray-offline = Offline
tray-locked = Locked
tray-sign-in-needed = Sign-in needed
tray-saved = All saved
tray-checking = Checking the hotel…
tray-not-counted = What waits cannot be counted
tray-attention = { $count ->
    [one] { $count } needs attention
   *[other] { $count } need attention
    }
tray-saving = Saving { $count }
tray-waiting = { $count } waiting
tray-unread = { $count } new
tray-clock-in = Clock in
tray-clock-out = Clock out
tray-quiet-for = { $hours ->
    [one] Do not disturb for { $hours } hour
   *[other] Do not disturb for { $hours } hours
    }
tray-quiet-off = Do not disturb is off
# $until is a time, with the day if that is not today: “Mon 08:00”.
tray-quiet-end = End do not disturb (until { $until })
tray-show = Show HotelMate Desk
tray-quit = Quit

## Notifications. $text is a sentence that was told this many times.
notification-sentence = { $times ->
    [one] { $text }
   *[other] { $text } ({ $times } times)
    }
notification-more = and { $count } more
notification-open = Open

## Failures.
shell-no-display = There is no display to open the window on: start HotelMate Desk in a desktop session, or use `deskctl`, which needs none.
shell-cannot-start =
    HotelMate Desk cannot start.

    { $reason }

    { $windows ->
        [yes] Install Microsoft’s “WebView2 Runtime” (Windows 11 has it), and start the program again.
       *[no] Start the program again. If that does not help, install it again.
    }
shell-not-opened = The file is saved as { $file }, but it is not opened: it could be a program.
    .way-out = Ask your IT before you open it.
shell-no-opener = The file is saved as { $file }, but no program opens it: { $cause }.
    .way-out = Open it from its folder.
shell-no-folder = This computer has no folder for files ({ $cause }).
    .way-out = Use `deskctl outbox export FILE.json` or `deskctl support-file FOLDER` instead.
shell-picture-incomplete = The picture did not arrive completely.
    .way-out = Choose the picture again.

shell-help-training = Train at a demo hotel: nothing reaches a real hotel
shell-no-demo-hotel = This installation has no demo hotel.
    .way-out = Ask for an installation with the demo hotel, or use the program demo-hotel beside HotelMate Desk.
shell-no-training = The training cannot start: { $cause }.
    .way-out = Close other trainings, and try again.
