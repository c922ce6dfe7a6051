### The help: a page for each task, by role, one step a line; and each error code, whose sentences the core has.

help-title = Help
help-open = Open help
help-search = Search the help
help-search-hint = Type a word or an error code
help-none = No page has these words.
help-pages = Pages of the help
help-lead = Choose a page, or type what you look for.
help-about = Help on this error: { $code }
help-role-reception = At reception
help-role-manager = For the manager
help-role-technician = For IT
help-role-errors = Error codes
help-code-lead = The error code is stable: scripts, logs and support use it.
help-code-sentences = With this code

help-chat = Answer a guest
help-chat-steps =
    Open { rail-chat } ({ shortcut-keys-chat }). Each conversation says whether its guest waits, and how long.
    Choose the conversation, type the answer, and press { shortcut-keys-send }. Shift + Enter starts a new line.
    { shortcut-keys-replies } offers quick replies; { shortcut-keys-emoji } offers emoji.
    The mark at a message shows where it is: a clock waits on this computer, an arrow is on its way, one tick is at the hotel, two ticks were read by the guest.
help-clock = Clock in and out
help-clock-steps =
    Press { duty-in } at the top of the window, or { shortcut-keys-clock }. The button then reads { duty-out }.
    Without a connection the press waits, and the desk says until when. It is sent once, or not at all. { duty-cancel } takes it back.
    { rail-team } shows who is on duty, on a break or off duty.
help-pill = The sign at the top of the window
help-pill-steps =
    Green: everything that you saved is at the hotel.
    Blue: something is being sent or read, or waits. You need to do nothing.
    Yellow: the hotel cannot be reached, live updates are interrupted, or not everything could be read. Go on working: changes wait on this computer, and each is sent once as soon as that is possible.
    Red: something needs you. Open { rail-attention }, or sign in again.
    Press the sign to try now, and to see how many changes wait and why.
help-attention = Decide about a conflict or a refused change
help-attention-steps =
    Open { rail-attention }. Each entry says why it was not sent.
    After a conflict you see your text and the colleague’s, field by field. Keep yours or take theirs; the other text can still be read and copied afterwards.
    Correct a refused change and save it again, or discard it. A discarded change is gone.
help-lock = Hand the desk over
help-lock-steps =
    Press { shortcut-keys-lock }. The screen is locked, and what waits is still sent.
    The next person chooses the own name and types the PIN, or signs in with the password.
    Each person has the own list of changes. What a colleague has waiting is shown beside the sign at the top.
help-quiet = Work undisturbed for a while
help-quiet-steps =
    Press the bell at the top. It opens { activity-title }.
    Choose a time under { do-not-disturb-title }. Until then there are no messages and no sounds; the list still shows everything.
    The same panel switches sounds on and off.

help-offer = Change an offer, also offline
help-offer-steps =
    Open { rail-offers }, choose the offer, and change its fields. Typed text is stored on this computer at once, also before you save.
    Press { shortcut-keys-save }. Without a connection the offer is marked { sync-mark-waiting }, and is sent by itself later.
    If a colleague has changed another field in the meantime, both changes are kept. If it was the same field, you are asked.
help-several = Change several offers at once
help-several-steps =
    Tick the offers at their pictures, or press { shortcut-keys-choose } at each. { shortcut-keys-all } chooses all of them.
    Choose a change in the bar above the list, which { shortcut-keys-change } reaches: { offers-show-many }, { offers-hide-many }, { offers-move-many } or { offers-delete-many }.
    { common-undo } in the message at the edge takes all of it back, also without a connection.
help-file = Exchange offers with a spreadsheet
help-file-steps =
    Press { offers-file } above the list of offers.
    { offers-export-csv } writes all offers to your downloads. Change the file in the spreadsheet, and keep its first row and its column id.
    Choose the changed file under { offers-import }. You see each new and each changed offer, or which row is wrong, before anything changes.
help-undo = Take a change back
help-undo-steps =
    After you delete an entry, press { common-undo } in its place or in the message at the edge, before the seconds have passed.
    For 90 days { activity-title } (the bell) offers { toast-put-back } at a removed offer, also at one that a colleague removed.
    { versions-open } in the editor of an offer, and in { rail-branding }, shows what stood there in the last 90 days. { versions-use } puts it into the form.
    A change that still waits can be discarded under { rail-attention }.
help-gallery = Add and arrange pictures
help-gallery-steps =
    Open { rail-gallery }, and drop pictures on it, paste them, or choose files. Large photos are made smaller by themselves.
    Drag a picture to its place, or use { shortcut-keys-gallery }.
    { gallery-hero } makes a picture the large picture of the hotel, which is part of { rail-branding }.
help-branding = Change texts, pictures and colours of the hotel
help-branding-steps =
    Open { rail-branding }. The preview shows what guests see, before you save.
    The list below it names pairs of colours that are hard to read.
    Press { shortcut-keys-save }, or discard all changes.
help-display = Show offers on a screen at reception
help-display-steps =
    Open { rail-branding }, and press { display-open }.
    A computer for the screen alone needs no sign-in: press { sign-in-connection } below the sign-in.
    The screen shows live offers and pictures in turn, also without a connection.
    Press Escape to leave it; a PIN may be needed.

help-connect = Connect a computer to the hotel
help-connect-steps =
    A first start asks for the address of the server and checks it while you type. Later it is in { rail-settings }, under { settings-connection }.
    Without the window: deskctl setup --server https://hotel.example
    Another server signs you out first, and asks about what still waits.
help-live = Set live updates up
help-live-steps =
    Open { rail-settings }, and go to { settings-connection }. Type the Pusher key, and the cluster or the address of an own Pusher server.
    Press { connection-test }. It makes a connection, and says which of the values is wrong.
    Without live updates everything works; a colleague’s change arrives with the next read.
help-fixed = Fix settings for all users of a computer
help-fixed-steps =
    Write them to desk.toml, in %ProgramData%\HotelMate Desk, /etc/hotelmate-desk or /Library/Application Support/HotelMate Desk. A variable of the environment, such as DESK_SERVER, has precedence.
    The window shows such values as locked.
    deskctl settings list shows each value with its source.
help-trouble = Find out why something does not work
help-trouble-steps =
    Open { rail-diagnostics }. The first failed line is the cause, and says what to do. deskctl doctor shows the same.
    { diagnostics-tab-events } shows what arrives, and how long it took.
    { support-file-save } writes a zip file for support, without keys, names and typed text.
help-watch = Watch a desk from outside
help-watch-steps =
    deskctl status --max-age 15m prints one line of JSON, and its exit code says whether the data is older.
    deskctl doctor runs all checks; its exit code is 0 if none failed, and 9 otherwise.
    deskctl display status says what a reception display shows.
help-training = Let people practise
help-training-steps =
    Press { training-start } in { rail-settings }, or start hotelmate-desk --training.
    A window with a demo hotel of its own opens. It is marked on every screen, and nothing reaches a hotel.
    The demo hotel ends with its window.
