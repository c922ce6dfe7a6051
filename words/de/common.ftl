### Texts of every screen.

app-name = HotelMate Desk
app-skip = Zum Inhalt springen
app-rooms = Hauptmenü
app-cannot-start = Das Fenster erreicht das Programm dahinter nicht.
app-cannot-start-hint = Schließen Sie HotelMate Desk, und starten Sie es neu.

common-cancel = Abbrechen
common-close = Schließen
common-clear = Leeren
common-copy = Kopieren
common-copied = Kopiert
common-dismiss = Ausblenden
common-edit = Bearbeiten
common-try-again = Erneut versuchen
common-undo = Rückgängig
common-clear-field = Leeren: { $field }

entity-offer = Angebot
entity-room_type = Zimmertyp
entity-branding = Erscheinungsbild
entity-gallery = Galerie
entity-staff = Person aus dem Team
entity-conversation = Gästechat

entity-gone-offer = Dieses Angebot gibt es nicht mehr.
entity-gone-room_type = Diesen Zimmertyp gibt es nicht mehr.
entity-gone-branding = Das Erscheinungsbild gibt es nicht mehr.
entity-gone-gallery = Diese Galerie gibt es nicht mehr.
entity-gone-staff = Diese Person gehört nicht mehr zum Team.
entity-gone-conversation = Diese Unterhaltung gibt es nicht mehr.
