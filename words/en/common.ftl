### Texts of every screen.

app-name = HotelMate Desk
app-skip = Skip to the content
app-rooms = Main menu
app-cannot-start = The window cannot reach the program behind it.
app-cannot-start-hint = Close HotelMate Desk and start it again.

common-cancel = Cancel
common-close = Close
common-clear = Clear
common-copy = Copy
common-copied = Copied
common-dismiss = Dismiss
common-edit = Edit
common-try-again = Try again
common-undo = Undo
common-clear-field = Clear { $field }

entity-offer = Offer
entity-room_type = Room type
entity-branding = Branding
entity-gallery = Gallery
entity-staff = Person of the team
entity-conversation = Guest chat

entity-gone-offer = This offer is no longer there.
entity-gone-room_type = This room type is no longer there.
entity-gone-branding = The branding is no longer there.
entity-gone-gallery = This gallery is no longer there.
entity-gone-staff = This person is no longer on the team.
entity-gone-conversation = This conversation is no longer there.
