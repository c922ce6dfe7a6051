### The list of keyboard shortcuts.

shortcuts-title = Keyboard shortcuts
shortcuts-open = Keyboard shortcuts

shortcut-keys-new = N
shortcut-does-new = New offer; among room types, a new room type
shortcut-keys-search = /
shortcut-does-search = Search offers, room types or live events
shortcut-keys-walk = Arrow keys
shortcut-does-walk = Move in the list
shortcut-keys-edit = Enter
shortcut-does-edit = Edit
shortcut-keys-delete = Delete
shortcut-does-delete = Delete, or remove the picture
shortcut-keys-move = Alt + ↑ ↓
shortcut-does-move = Move up or down
shortcut-keys-gallery = Alt + ← →
shortcut-does-gallery = Move the picture earlier or later
shortcut-keys-save = Ctrl + S
shortcut-does-save = Save
shortcut-keys-clock = F9
shortcut-does-clock = Clock in, or clock out
shortcut-keys-lock = Ctrl + L
shortcut-does-lock = Lock the desk
shortcut-keys-messages = F8
shortcut-does-messages = Go to the messages at the edge of the window
shortcut-keys-close = Esc
shortcut-does-close = Close what is open
shortcut-keys-help = ?
shortcut-does-help = Show this list
