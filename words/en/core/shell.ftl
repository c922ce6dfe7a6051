# The window's surroundings: its tray icon, notifications, and what is told where there is no window.

## The tray icon.
tray-starting = Starting…
