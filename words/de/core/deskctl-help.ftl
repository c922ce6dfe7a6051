# What `deskctl --help` says. A key is `help`, then the command, then the argument: `help-offers-list-state`. An argument
# that several commands share has one text: `help-offers-any-title` for all commands under `offers`, `help-any-id` for all.
# `-intro` stands above the options, `-more` below them; `help-value-…` explains a value to choose.

help = Bearbeitet Angebote, Zimmertypen, Erscheinungsbild, Galerien und Stempeluhr eines Hotels auf der Befehlszeile
help-intro =
    Bearbeitet Angebote, Zimmertypen, Erscheinungsbild, Galerien und Stempeluhr eines Hotels auf der Befehlszeile

    Das Programm arbeitet mit denselben Daten wie das Fenster: Es zeigt, was auf diesem PC gespeichert ist, speichert Ihre Änderungen hier, und sendet und liest mit `sync`.
help-more =
    Beispiele:
      deskctl sign-in --server https://hotel.example --username aoife
      deskctl sync
      deskctl offers list --state live --search spa
      deskctl offers add --title 'Spa-Tag' --short-description 'Zwei Stunden Ruhe' --photo spa.jpg
      deskctl offers edit 12 --valid-to 2027-01-31 --clear tag
      deskctl rooms edit 3 --set bed_setup='1 Doppelbett' --clear photo
      deskctl branding edit --set primary_color=#1F5F4A
      deskctl gallery add terrasse.jpg lobby.jpg
      deskctl offers export angebote.csv
      deskctl offers import angebote.csv --dry-run
      deskctl --json outbox list
      deskctl outbox resolve 019aa2c4-… --theirs title
      deskctl --data-dir ./schulung status
      deskctl doctor
      deskctl setup --server https://hotel.example --pusher-key … --pusher-cluster eu
      deskctl settings set language de

    Ein Befehl, der etwas ändert, speichert die Änderung auf diesem PC und endet sofort, auch ohne
    Netzwerk; `sync` sendet sie zum Hotel. Befehle dürfen laufen, während die Anwendung offen ist.

    Einstellungen kommen aus der Umgebung, der Datei des PCs, desk.toml im Datenordner und
    `settings set`; die erste Quelle mit einem Wert entscheidet. Umgebungsvariablen:
      DESK_SERVER          der HotelMate-Server, zum Beispiel https://hotel.example
      DESK_HOTEL           der Kurzname des Hotels, zum Beispiel killarney
      DESK_TOKEN           ein Token anstelle einer Anmeldung; wird nie in eine Datei geschrieben
      DESK_PASSWORD        das Passwort für sign-in; wird nie in eine Datei geschrieben
      DESK_PIN             die PIN der Person, die --as nennt; wird nie in eine Datei geschrieben
      DESK_PUSHER_KEY      der Schlüssel der Live-Verbindung
      DESK_PUSHER_CLUSTER  ihr Cluster, zum Beispiel eu
      DESK_PUSHER_HOST     oder ihr Host, ws://host:port oder wss://host
      DESK_TIME_ZONE       die Zeitzone des Hotels, zum Beispiel Europe/Dublin
      DESK_LATE_COMMIT_SECONDS  wie lange der Server Unbeantwortetes noch ausführen kann (120)
      DESK_LOCK_AFTER_MINUTES  Zeit ohne Eingabe, nach der das Fenster gesperrt wird; 0 heißt nie (10)
      DESK_LANGUAGE        die Sprache: en, de oder system
      DESK_MACHINE_FILE    die Datei des PCs, statt /etc/hotelmate-desk/desk.toml
      DESK_DATA_DIR        der Datenordner, wenn --data-dir nicht angegeben ist
      DESK_LOG             was protokolliert wird, auch auf der Fehlerausgabe, zum Beispiel debug

    Rückgabewerte:
      0  erledigt
      1  fehlgeschlagen; die Meldung nennt den Grund
      2  die Befehlszeile oder eine Einstellung ist falsch
      3  der Server des Hotels ist nicht erreichbar, antwortet gerade nicht oder war nicht ganz lesbar
      4  eine Anmeldung ist nötig, oder das Passwort ist falsch
      5  nicht gefunden
      6  ein Wert oder ein Bild wird nicht angenommen
      7  etwas wartet noch (sync, sign-out, clock)
      8  etwas ist zu klären; die Antwort oder `deskctl outbox list` nennt es (sync, status, clock)
      9  eine Prüfung ist fehlgeschlagen; die Antwort nennt sie und was zu tun ist (doctor, setup, status --max-age)
      130  das System hat das Programm vorzeitig beendet (Strg+C, SIGTERM, eine Abmeldung)

    Mit --json ist die Antwort eine Zeile JSON auf der Standardausgabe, und ein Fehler ist
    {"{"}"error": {"{"}"code", "message", "way_out", "fields"{"}"}{"}"} auf der Standardfehlerausgabe.

## Arguments that many commands share.
help-any-json = Antwortet in JSON
help-any-version = Die Nummer der Fassung, wie `versions` sie nennt
help-any-data_dir = Der Datenordner. Vorgabe: DESK_DATA_DIR, sonst der eigene Ordner der Anwendung
help-any-act_as = Handelt als diese Person, wenn auf diesem PC mehrere angemeldet sind; fragt nach der PIN der Person oder liest sie aus DESK_PIN. Vorgabe: die Person, die das Fenster zeigt
help-any-id = Die Nummer beim Hotel oder die lokale ID
help-any-photo = Das Bild: JPEG, PNG, WebP, GIF, BMP oder TIFF
help-any-file = Das Bild: JPEG, PNG, WebP, GIF, BMP oder TIFF
help-any-set = Gibt einem Feld einen Wert; mehrmals möglich
help-any-clear = Leert dieses Feld; mehrmals möglich

## Signing in, and the desk as a whole.
help-sign-in = Meldet an; fragt nach dem Passwort oder liest es aus einer Pipe oder aus DESK_PASSWORD
help-sign-in-server = Der HotelMate-Server. Vorgabe: der eingestellte oder zuletzt verwendete
help-sign-in-username = Der Benutzername
help-sign-in-password_stdin = Liest das Passwort von der Standardeingabe, auch wenn DESK_PASSWORD gesetzt ist
help-sign-out = Meldet ab; lehnt das ab, solange Änderungen auf das Senden warten, außer Sie geben an, was mit ihnen geschehen soll
help-sign-out-keep = Behält die wartenden Änderungen, bis sich dieselbe Person wieder anmeldet
help-sign-out-discard = Verwirft die wartenden Änderungen
help-people = Zeigt, wer auf diesem PC angemeldet ist und was jeweils wartet; ein Stern zeigt, als wer Befehle handeln
help-status = Zeigt, wer angemeldet ist und was wartet, ohne Netzwerk
help-sync = Sendet und liest, bis gerade nichts mehr zu tun ist; der Rückgabewert sagt, was übrig ist
help-sync-accept_missing = Bestätigt es, wenn die meisten Angebote beim Hotel plötzlich fehlen. Ohne diese Option bleiben sie hier erhalten
help-support-file = Schreibt eine Support-Datei: Protokolle, Einstellungen und was wartet, ohne Schlüssel, Namen und Texte
help-support-file-folder = Der Ordner für die Datei. Vorgabe: der aktuelle Ordner
help-watch = Gibt Änderungen live als JSON-Zeilen aus, bis Strg+C gedrückt wird
help-watch-seconds = Hört nach so vielen Sekunden auf
help-watch-count = Hört nach so vielen Zeilen auf
help-watch-more =
    Jede Zeile ist {"{"}"topic": ...{"}"}: offers (mit ids), room_types, branding, gallery, outbox, drafts,
    duty, status, session, people, capabilities, notifications, preparing, upload, und activity für das,
    was jemand aus dem Team getan hat, mit einem Satz. Die erste Zeile ist immer {"{"}"topic":"status"{"}"} und
    zeigt, dass die Beobachtung begonnen hat. Solange der Befehl läuft, gleicht er auch ab, wenn die
    Anwendung das nicht schon tut.
help-display = Fragt die Empfangsanzeige ab
help-display-status = Gibt als JSON-Zeile aus, was auf dem Bildschirm der Empfangsanzeige steht und seit wann
help-doctor = Prüft alles zwischen diesem PC und dem Hotel und sagt, was zu tun ist
help-doctor-more =
    Jede Zeile ist eine Prüfung: ok, warning, failed, oder unknown, wenn sie nicht möglich war; und was
    zu tun ist. Die Live-Verbindung wird für einige Sekunden geöffnet und wieder geschlossen; zum Hotel
    wird nichts gesendet, und von dort wird nichts übernommen. Warnungen sind keine Fehler: Der
    Rückgabewert ist 0, wenn nichts fehlgeschlagen ist, sonst 9.

    In --json ist die Antwort das, was die Diagnose im Fenster zeigt: findings (check, state, text,
    way_out, details), socket, channels; und sound, das false ist, wenn eine Prüfung fehlgeschlagen ist.

## Offers.
help-offers = Listet, zeigt und ändert Angebote
help-offers-more =
    ID ist die Nummer, die das Hotel vergeben hat, oder die lokale ID, die `add` ausgibt. Die lokale ID
    gilt, bevor das Hotel das Angebot kennt, und auch danach.

    In --json hat ein Angebot die Feldnamen des Servers, und dazu: local_id, id (null, bis das Hotel
    es hat), state (live, scheduled, expired, hidden) und sync (saved, waiting, conflict, attention).
help-offers-list = Listet die hier gespeicherten Angebote, mit noch nicht gesendeten Änderungen
help-offers-list-note = Nur Angebote, die bald enden, bald beginnen, ohne Bild aktiv sind oder im Team geändert wurden
help-offers-list-state = Nur Angebote in diesem Zustand; mehrmals möglich
help-offers-list-search = Nur Angebote, die alle diese Wörter enthalten
help-offers-list-order = Die Reihenfolge
help-value-hotel = Die Reihenfolge, in der Gäste sie sehen
help-value-title = Nach Titel
help-value-ends-first = Was zuerst endet, steht zuerst
help-value-newest = Das Neueste steht zuerst
help-offers-show = Zeigt ein Angebot
help-offers-add = Legt ein neues Angebot an
help-offers-edit = Ändert Felder eines Angebots; nur was abweicht, wird gespeichert und gesendet
help-offers-any-title = Der Titel, höchstens 200 Zeichen
help-offers-any-short_description = Ein oder zwei Sätze
help-offers-any-details_text = Die Details als reiner Text
help-offers-any-details_html = Die Details als HTML
help-offers-any-valid_from = Der erste Tag, als YYYY-MM-DD, in der Zeitzone des Hotels
help-offers-any-valid_to = Der letzte Tag; an ihm gilt das Angebot noch
help-offers-any-tag = Ein kurzes Etikett, höchstens 50 Zeichen
help-offers-any-book_now_url = Die Webadresse, unter der Gäste buchen
help-offers-any-sort_order = Der Platz in der Liste: Kleinere Zahlen stehen zuerst
help-offers-any-is_active = false verbirgt das Angebot vor Gästen
help-offers-copy = Legt eine Kopie eines Angebots an, mit seinem Bild
help-offers-versions = Listet die früheren Fassungen eines Angebots, die dieser PC gesehen hat, mit den Unterschieden zu jetzt
help-offers-bring-back = Holt eine frühere Fassung zurück, als gewöhnliche Änderung
help-offers-rm = Entfernt ein Angebot
help-offers-photo = Setzt das Bild eines Angebots ein oder entfernt es
help-offers-photo-clear = Entfernt das Bild
help-offers-bulk = Mehrere Angebote auf einmal ändern; die Antwort als JSON kann es rückgängig machen
help-offers-bulk-any-ids = Die Nummern beim Hotel oder die lokalen IDs
help-offers-bulk-hide = Die Angebote vor Gästen verbergen
help-offers-bulk-show = Die Angebote den Gästen zeigen
help-offers-bulk-move = Den ersten und den letzten Tag verschieben; ein offenes Ende bleibt offen
help-offers-bulk-move-days = Die Zahl der Tage; eine negative Zahl verschiebt auf frühere Tage
help-offers-bulk-rm = Die Angebote entfernen
help-offers-bulk-undo = Eine solche Änderung rückgängig machen; seither geänderte Angebote bleiben, wie sie sind
help-offers-bulk-undo-file = Die Datei mit der JSON-Antwort der Änderung
help-offers-export = Schreibt alle Angebote in eine Datei, oder als JSON auf die Standardausgabe
help-offers-export-file = Die Datei; ihr Name endet auf .json, oder auf .csv für eine Tabellenkalkulation
help-offers-import = Legt Angebote aus einer Datei an und ändert sie; zeigt zuerst den Plan
help-offers-import-file = Die Datei; ihr Name endet auf .json, oder auf .csv für eine Tabellenkalkulation
help-offers-import-dry_run = Zeigt nur den Plan
help-offers-import-yes = Fragt nicht nach; ohne Terminal gibt es ohnehin keine Rückfrage
help-offers-import-as_new = Übernimmt die Angebote eines anderen Hotels als neue; Nummern und lokale IDs werden nicht beachtet
help-offers-import-more =
    Die Spalten sind die Feldnamen des Servers: title, short_description, details_text, details_html,
    valid_from, valid_to (als YYYY-MM-DD), tag, book_now_url, sort_order, is_active. Ein Feld ohne
    Spalte bleibt, wie es ist; ein leerer Text oder ein leerer Tag leert das Feld.

    Eine Zeile ändert das Angebot mit ihrer id, sonst mit ihrer local_id, sonst mit genau ihrem Titel.
    Gibt es keines, legt sie ein neues Angebot an. Ein Import entfernt nichts und setzt kein Bild ein;
    die übrigen Spalten von `offers export` werden nicht beachtet. Wenn eine Zeile falsch ist, wird sie
    genannt, und gar nichts wird geändert. Ein zweiter Import derselben Datei ändert nichts.

    Auch die .json-Datei von `outbox export` ist möglich: Ihre neuen Angebote und geänderten Felder
    werden importiert. Wenn jemand aus dem Team ein solches Feld seitdem geändert hat, werden Sie
    gefragt, welcher Wert gilt. Die Datei eines anderen Hotels wird abgelehnt; --as-new übernimmt ihre
    Angebote als neue.

## Room types.
help-rooms = Listet, zeigt und ändert Zimmertypen
help-rooms-more =
    Werte werden mit den Feldnamen des Servers angegeben: --set FIELD=VALUE. `add --help` und
    `edit --help` nennen die Felder. Wenn das Hotel einen Wert ablehnen würde, nennt die Antwort sein
    Feld, und nichts wird gespeichert.

    In --json ist die Antwort das, was das Fenster zeigt: kind, local_id, id (null, bis das Hotel den
    Zimmertyp hat), fields, pictures (nach Platz: picture, url, waiting), shown und sync.
help-rooms-list = Listet die hier gespeicherten Zimmertypen, mit noch nicht gesendeten Änderungen
help-rooms-show = Zeigt einen Zimmertyp
help-rooms-add = Legt einen neuen Zimmertyp an
help-rooms-edit = Ändert Felder eines Zimmertyps; nur was abweicht, wird gespeichert und gesendet
help-rooms-edit-clear = Leert dieses Feld oder entfernt das Bild (photo); mehrmals möglich
help-rooms-copy = Legt eine Kopie eines Zimmertyps an, mit seinem Bild
help-rooms-versions = Listet die früheren Fassungen eines Zimmertyps, die dieser PC gesehen hat, mit den Unterschieden zu jetzt
help-rooms-bring-back = Holt eine frühere Fassung zurück, als gewöhnliche Änderung
help-rooms-rm = Entfernt einen Zimmertyp
help-rooms-photo = Setzt das Bild eines Zimmertyps ein oder entfernt es
help-rooms-photo-clear = Entfernt das Bild
help-records = Listet, zeigt und ändert, was in einer beliebigen Liste des Hotels steht, über den Namen ihrer Ressource
help-records-more =
    Die Felder sind die, die `show` nennt. `records room_type` ist dasselbe wie `rooms`, mit
    einfacheren Spalten.
help-records-resource = Welche Liste
help-records-list = Listet, was hier gespeichert ist, mit noch nicht gesendeten Änderungen
help-records-show = Zeigt einen Eintrag
help-records-add = Legt einen neuen Eintrag an
help-records-edit = Ändert Felder eines Eintrags; nur was abweicht, wird gespeichert und gesendet
help-records-edit-clear = Leert dieses Feld oder entfernt das Bild (photo); mehrmals möglich
help-records-copy = Legt eine Kopie eines Eintrags an, mit seinem Bild
help-records-versions = Listet die früheren Fassungen eines Eintrags, die dieser PC gesehen hat, mit den Unterschieden zu jetzt
help-records-bring-back = Holt eine frühere Fassung zurück, als gewöhnliche Änderung
help-records-rm = Entfernt einen Eintrag
help-records-photo = Setzt das Bild eines Eintrags ein oder entfernt es
help-records-photo-clear = Entfernt das Bild

## The branding.
help-branding = Zeigt und ändert, was das Hotel über sich sagt und wie es aussieht
help-branding-more =
    Werte werden mit den Feldnamen des Servers angegeben: --set FIELD=VALUE. `edit --help` nennt die
    Felder. Wenn das Hotel einen Wert ablehnen würde, nennt die Antwort sein Feld, und nichts wird
    gespeichert.

    In --json ist die Antwort das, was das Fenster zeigt: kind, local_id, id, fields, pictures (nach
    Platz: picture, url, waiting), shown und sync.
help-branding-show = Zeigt das Erscheinungsbild
help-branding-edit = Ändert Felder des Erscheinungsbilds; nur was abweicht, wird gespeichert und gesendet
help-branding-picture = Ersetzt eines der Bilder des Erscheinungsbilds
help-branding-versions = Listet die früheren Fassungen des Erscheinungsbilds, die dieser PC gesehen hat, mit den Unterschieden zu jetzt
help-branding-bring-back = Holt eine frühere Fassung zurück, als gewöhnliche Änderung
help-branding-picture-place = Welches Bild
help-value-hero_image = Das Hauptbild des Hotels
help-value-landing_page_image = Das Bild seiner Startseite
help-value-logo = Sein Logo

## Fields of a record, one a line: `name  a web address, at most 200 characters; needed`.
help-fields = Felder:
help-field-at-most = { $shape }, höchstens { $count } Zeichen
help-field-needed = { $shape }; nötig
help-shape-line = eine Zeile Text
help-shape-text = Text
help-shape-html = formatierter Text (HTML)
help-shape-link = eine Webadresse
help-shape-email = eine E-Mail-Adresse
help-shape-colour = eine Farbe, #RRGGBB
help-shape-money = ein Preis, zum Beispiel 119.00
help-shape-currency = drei Buchstaben, zum Beispiel EUR
help-shape-coordinate = Grad, zum Beispiel 52.043611
help-shape-number = eine ganze Zahl
help-shape-flag = true oder false
help-shape-theme = light, dark oder custom
help-shape-list = Texte, einer je Zeile
help-shape-days = ein erster und ein letzter Tag

## The gallery.
help-gallery = Listet, ergänzt, entfernt und ordnet die Bilder der Galerie des Hotels
help-gallery-more =
    IMAGE ist die lokale ID, die `list` und `add` ausgeben. Sie ändert sich nie, auch nicht, wenn das
    Bild gesendet wird.

    In --json antwortet `list` mit allen Galerien, `order` mit der Galerie in ihrer neuen Reihenfolge,
    und `add`, `rm` und `caption` mit den betroffenen Bildern.
help-gallery-list = Listet die hier gespeicherten Bilder, mit noch nicht gesendeten Änderungen
help-gallery-add = Fügt Bilder hinzu, in der Reihenfolge, in der sie genannt sind
help-gallery-add-files = Die Bilder: JPEG, PNG, WebP, GIF, BMP oder TIFF
help-gallery-add-caption = Eine Bildunterschrift für jedes davon, wenn der Server Bildunterschriften hat
help-gallery-add-after = Setzt sie hinter dieses Bild. Vorgabe: ans Ende
help-gallery-add-gallery = Die Galerie, wenn das Hotel mehrere hat: die Nummer beim Hotel oder die lokale ID
help-gallery-rm = Nimmt Bilder heraus
help-gallery-rm-images = Die Bilder, so wie `gallery list` sie zeigt
help-gallery-order = Verschiebt ein Bild an einen anderen Platz
help-gallery-any-image = Das Bild, so wie `gallery list` es zeigt
help-gallery-order-first = Vor alle anderen
help-gallery-order-last = Hinter alle anderen
help-gallery-order-before = Direkt vor dieses Bild
help-gallery-order-after = Direkt hinter dieses Bild
help-gallery-caption = Ändert die Bildunterschrift eines neuen Bildes, bevor es gesendet ist
help-gallery-caption-text = Die Bildunterschrift; ein leerer Text entfernt sie

## What colleagues did.
help-activity = Zeigt, was das Team getan und Gäste geschrieben haben
help-activity-list = Listet, was das Team getan und Gäste geschrieben haben, das Neueste zuerst
help-activity-put-back = Stellt ein entferntes Bild wieder her oder legt einen entfernten Eintrag neu an
help-activity-put-back-number = Die Nummer des Ereignisses, so wie `activity list` sie zeigt
help-activity-list-kind = Nur diese Art, zum Beispiel offer_updated; mehrmals möglich
help-activity-list-search = Nur Ereignisse, die diesen Text enthalten
help-activity-list-before = Nur Ereignisse, die älter sind als das mit dieser Nummer
help-activity-list-limit = Wie viele höchstens

## The outbox.
help-outbox = Zeigt, was noch nicht beim Hotel ist, und entscheidet darüber
help-outbox-list = Listet, was wartet und was zu klären ist; einen Konflikt mit beiden Werten
help-outbox-export = Schreibt den Ausgang mit allen Texten, als JSON in eine Datei oder auf die Standardausgabe
help-outbox-export-file = Die Datei; ihr Name endet auf .json
help-outbox-any-id = Der Eintrag, so wie `outbox list` ihn zeigt
help-outbox-retry = Versucht einen Eintrag mit dem nächsten Abgleich noch einmal. Ohne Eintrag: alle, die abgelehnt wurden
help-outbox-retry-anyway = Sendet einen neuen Eintrag (Angebot oder Zimmertyp) noch einmal, auch wenn das Hotel ihn vielleicht schon hat: Er kann dann doppelt sein
help-outbox-resolve = Wählt, welcher Wert eines Konflikts gilt
help-outbox-resolve-mine = Der Wert von hier gilt
help-outbox-resolve-theirs = Der Wert des Hotels gilt
help-outbox-resolve-fields = Die Felder, mit ihren Namen in `outbox list`, oder `picture`. Vorgabe: alle des Eintrags
help-outbox-resolve-more =
    `deskctl outbox list` zeigt beide Werte jedes Feldes. Wenn Sie Ihren eigenen wählen, sendet ihn
    das nächste `deskctl sync` zum Hotel; der Wert des Hotels ist schon dort.
help-outbox-discard = Verwirft einen Eintrag; gibt aus, was verloren geht
help-outbox-discard-anyway = Verwirft auch einen neuen Eintrag (Angebot oder Zimmertyp), den das Hotel vielleicht schon hat: Dort bleibt er
help-outbox-send-restored = Lässt senden, was wartet, obwohl die Daten aus einer Sicherung wiederhergestellt wurden
help-outbox-adopt = Legt fest, welches Angebot oder welcher Zimmertyp des Hotels von Ihnen angelegt wurde, wenn das Hotel einen ähnlichen Eintrag hat
help-outbox-adopt-number = Die Nummer beim Hotel. Vorgabe: der ähnlichste Eintrag

## Drafts and the duty clock.
help-drafts = Zeigt, was im Fenster eingegeben und noch nicht gespeichert ist
help-drafts-list = Listet die Entwürfe, mit der Zeit, zu der sie eingegeben wurden
help-drafts-list-text = Zeigt auch, was eingegeben wurde
help-drafts-discard = Verwirft einen Entwurf; gibt aus, was verloren geht
help-drafts-discard-id = Der Entwurf, so wie `drafts list` ihn zeigt
help-clock = Stempelt ein und aus; das geschieht jetzt oder gar nicht
help-clock-status = Fragt das Hotel; zeigt ohne Netzwerk, was es zuletzt gemeldet hat
help-clock-in = Stempelt ein
help-clock-out = Stempelt aus
help-chat = Liest und beantwortet die Nachrichten von Gästen
help-chat-list = Listet die Unterhaltungen, die neueste zuerst; fragt das Hotel, wenn es erreichbar ist
help-chat-list-unread = Nur Unterhaltungen mit ungelesenen Nachrichten
help-chat-show = Zeigt die Nachrichten einer Unterhaltung; markiert nichts als gelesen
help-chat-show-room = Die Zimmernummer
help-chat-show-limit = Die Anzahl der Nachrichten
help-chat-send = Sendet eine Nachricht oder behält sie, bis das Hotel erreichbar ist
help-chat-send-room = Die Zimmernummer
help-chat-send-text = Der Text
help-chat-send-file = Eine Datei, die mitgesendet wird, höchstens 50 MB; der Text kann dann fehlen. Jede weitere mit `--file` ist eine eigene Nachricht
help-chat-send-reply_to = Die Nachricht, auf die geantwortet wird, so wie `chat show` sie zeigt
help-chat-file = Holt eine Datei einer Nachricht in einen Ordner
help-chat-file-room = Die Zimmernummer
help-chat-file-message = Die Nachricht, so wie `chat show` sie zeigt
help-chat-file-number = Die Datei, von 1 an gezählt
help-chat-file-to = Der Ordner; ohne Angabe der aktuelle
help-chat-mute = Schaltet eine Unterhaltung auf diesem PC stumm: keine Benachrichtigung und kein Ton
help-chat-mute-room = Die Zimmernummer
help-chat-mute-off = Hebt das auf
help-chat-watch = Gibt jede neue Nachricht als JSON-Zeile aus, bis der Befehl beendet wird
help-chat-watch-seconds = Endet nach dieser Zeit
help-chat-watch-count = Endet nach dieser Anzahl von Nachrichten
help-team = Listet die Personen des Teams, mit ihrem Dienst und seit wann
help-team-on_duty = Nur Personen, die im Dienst sind
help-team-department = Nur Personen dieser Abteilung
help-setup = Stellt die Verbindung dieses PCs ein, nach einer Prüfung der Adressen
help-setup-intro =
    Stellt die Verbindung dieses PCs ein

    Die Adressen werden zuerst geprüft. Schlägt eine Prüfung fehl, wird nichts gespeichert.
help-setup-server = Der HotelMate-Server, zum Beispiel https://hotel.example
help-setup-hotel = Der Kurzname des Hotels, für einen Server, der ihn nicht nennt
help-setup-time_zone = Die Zeitzone des Hotels, zum Beispiel Europe/Dublin
help-setup-pusher_key = Der Schlüssel der Live-Verbindung
help-setup-pusher_cluster = Ihr Cluster, zum Beispiel eu
help-setup-pusher_host = Ein eigener Server statt eines Clusters: ws://host:port oder wss://host
help-setup-unchecked = Ohne Prüfung speichern, für einen PC, der noch nicht verbunden ist
help-settings = Zeigt und ändert die Einstellungen dieses PCs
help-settings-list = Listet alle Einstellungen mit Wert und Quelle auf
help-settings-get = Gibt den Wert einer Einstellung aus
help-settings-set = Setzt einen Wert; er gilt sofort, auch in einem offenen Fenster
help-settings-reset = Kehrt zum Standard zurück
help-settings-any-name = Der Name der Einstellung, zum Beispiel language
help-settings-set-value = Der neue Wert
help-data = Zeigt und leert die Daten der Person auf diesem PC
help-data-show = Zeigt den Ordner und die Größe der Datenbank und der Bilder
help-data-clear-pictures = Leert den Bildspeicher; Bilder, die gezeigt werden oder auf das Senden warten, bleiben
help-status-max_age = Für die Überwachung: gibt eine Zeile JSON aus; Ende mit 9, wenn das Hotel länger nicht gelesen wurde (15m, 2h), mit 8, wenn etwas zu klären ist
help-accounts = Listet, entfernt und verschiebt die Konten auf diesem PC
help-accounts-list = Listet jedes Konto mit dem, was wartet, der letzten Benutzung und der Größe; braucht keine Anmeldung
help-accounts-remove = Entfernt das Konto einer Person, die geht; lehnt das ab, solange etwas von ihr wartet
help-accounts-remove-person = Der Benutzername, oder der Schlüssel, den `accounts list` zeigt
help-accounts-remove-discard = Verwirft, was wartet
help-accounts-any-passphrase_stdin = Liest die Passphrase von der Standardeingabe, auch wenn DESK_PASSPHRASE gesetzt ist
help-accounts-move = Verschiebt ein Konto mit allem, was wartet, auf einen anderen PC, als eine versiegelte Datei; fragt nach einer neuen Passphrase
help-accounts-move-person = Der Benutzername, oder der Schlüssel, den `accounts list` zeigt
help-accounts-move-to = Die neue Datei. Sobald sie vollständig ist, lässt sich das Konto auf diesem PC nicht mehr öffnen
help-accounts-move-cancel = Holt das Konto auf diesen PC zurück; die Datei darf dann nicht mehr benutzt werden
help-accounts-take = Übernimmt ein Konto aus der Datei eines anderen PCs; fragt nach ihrer Passphrase, und die Person meldet sich danach an
help-accounts-take-file = Die Datei
