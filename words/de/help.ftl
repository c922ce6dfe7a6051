### The help: a page for each task, by role, one step a line; and each error code, whose sentences the core has.

help-title = Hilfe
help-open = Hilfe öffnen
help-search = Hilfe durchsuchen
help-search-hint = Wort oder Fehlercode eingeben
help-none = Keine Seite enthält diese Wörter.
help-pages = Seiten der Hilfe
help-lead = Wählen Sie eine Seite, oder geben Sie ein, was Sie suchen.
help-about = Hilfe zu diesem Fehler: { $code }
help-role-reception = Am Empfang
help-role-manager = Für die Leitung
help-role-technician = Für die IT
help-role-errors = Fehlercodes
help-code-lead = Der Fehlercode bleibt immer gleich: Skripte, Protokolle und der Support verwenden ihn.
help-code-sentences = Mit diesem Code

help-chat = Einem Gast antworten
help-chat-steps =
    Öffnen Sie { rail-chat } ({ shortcut-keys-chat }). Jede Unterhaltung zeigt, ob ihr Gast wartet, und wie lange.
    Wählen Sie die Unterhaltung, geben Sie die Antwort ein, und drücken Sie { shortcut-keys-send }. Umschalt + Eingabe beginnt eine neue Zeile.
    { shortcut-keys-replies } bietet Textbausteine an, { shortcut-keys-emoji } Emoji.
    Das Zeichen an einer Nachricht zeigt, wo sie ist: eine Uhr wartet auf diesem PC, ein Pfeil ist unterwegs, ein Haken ist beim Hotel, zwei Haken hat der Gast gelesen.
help-clock = Einstempeln und ausstempeln
help-clock-steps =
    Drücken Sie oben im Fenster auf { duty-in }, oder { shortcut-keys-clock }. Danach heißt der Knopf { duty-out }.
    Ohne Verbindung wartet der Druck, und das Fenster zeigt, bis wann. Er wird einmal gesendet oder gar nicht. { duty-cancel } nimmt ihn zurück.
    { rail-team } zeigt, wer im Dienst, in der Pause oder nicht im Dienst ist.
help-pill = Das Zeichen oben im Fenster
help-pill-steps =
    Grün: Alles, was Sie gespeichert haben, ist beim Hotel.
    Blau: Etwas wird gesendet oder gelesen, oder es wartet. Sie müssen nichts tun.
    Gelb: Das Hotel ist nicht erreichbar, die Live-Aktualisierung ist unterbrochen, oder nicht alles war lesbar. Arbeiten Sie weiter: Änderungen warten auf diesem PC, und jede wird einmal gesendet, sobald das möglich ist.
    Rot: Etwas braucht Sie. Öffnen Sie { rail-attention }, oder melden Sie sich neu an.
    Drücken Sie auf das Zeichen, um es jetzt zu versuchen, und um zu sehen, wie viele Änderungen warten und warum.
help-attention = Einen Konflikt oder eine abgelehnte Änderung klären
help-attention-steps =
    Öffnen Sie { rail-attention }. Jeder Eintrag nennt den Grund, warum er nicht gesendet wurde.
    Bei einem Konflikt sehen Sie Feld für Feld Ihren Text und den aus dem Team. Behalten Sie Ihren, oder übernehmen Sie den anderen; der jeweils andere lässt sich danach noch lesen und kopieren.
    Berichtigen Sie eine abgelehnte Änderung, und speichern Sie sie erneut, oder verwerfen Sie sie. Verworfen ist sie weg.
help-lock = Den Platz übergeben
help-lock-steps =
    Drücken Sie { shortcut-keys-lock }. Der Bildschirm ist gesperrt; was wartet, wird weiter gesendet.
    Wer übernimmt, wählt den eigenen Namen und gibt die PIN ein, oder meldet sich mit dem Passwort an.
    Jede Person hat ihre eigene Liste von Änderungen. Was bei anderen wartet, steht oben neben dem Zeichen.
help-quiet = Eine Zeit lang ungestört arbeiten
help-quiet-steps =
    Drücken Sie oben auf die Glocke. Sie öffnet { activity-title }.
    Wählen Sie unter { do-not-disturb-title } eine Zeit. Bis dahin gibt es keine Meldungen und keine Töne; die Liste zeigt weiterhin alles.
    Dort schalten Sie auch die Töne ein und aus.

help-offer = Ein Angebot ändern, auch ohne Verbindung
help-offer-steps =
    Öffnen Sie { rail-offers }, wählen Sie das Angebot, und ändern Sie seine Felder. Eingegebener Text ist sofort auf diesem PC gesichert, auch vor dem Speichern.
    Drücken Sie { shortcut-keys-save }. Ohne Verbindung trägt das Angebot den Vermerk { sync-mark-waiting }, und es wird später von selbst gesendet.
    Hat jemand aus dem Team inzwischen ein anderes Feld geändert, bleiben beide Änderungen. War es dasselbe Feld, werden Sie gefragt.
help-several = Mehrere Angebote auf einmal ändern
help-several-steps =
    Haken Sie die Angebote an ihren Bildern an, oder drücken Sie bei jedem { shortcut-keys-choose }. { shortcut-keys-all } wählt alle.
    Wählen Sie eine Änderung in der Leiste über der Liste, die Sie mit { shortcut-keys-change } erreichen: { offers-show-many }, { offers-hide-many }, { offers-move-many } oder { offers-delete-many }.
    { common-undo } in der Meldung am Rand nimmt alles zurück, auch ohne Verbindung.
help-file = Angebote mit einer Tabelle austauschen
help-file-steps =
    Drücken Sie über der Liste der Angebote auf { offers-file }.
    { offers-export-csv } schreibt alle Angebote in Ihre Downloads. Ändern Sie die Datei in der Tabelle, und lassen Sie die erste Zeile und die Spalte id stehen.
    Wählen Sie die geänderte Datei unter { offers-import }. Sie sehen vor jeder Änderung die neuen und die geänderten Angebote oder welche Zeile falsch ist.
help-undo = Eine Änderung zurücknehmen
help-undo-steps =
    Drücken Sie nach dem Löschen auf { common-undo }, an der Stelle des Eintrags oder in der Meldung am Rand, bevor die Sekunden abgelaufen sind.
    90 Tage lang bietet { activity-title } (die Glocke) bei einem entfernten Angebot { toast-put-back } an, auch wenn es jemand aus dem Team entfernt hat.
    { versions-open } im Editor eines Angebots und unter { rail-branding } zeigt, was in den letzten 90 Tagen dort stand. { versions-use } übernimmt es in das Formular.
    Eine Änderung, die noch wartet, lässt sich unter { rail-attention } verwerfen.
help-gallery = Bilder hinzufügen und ordnen
help-gallery-steps =
    Öffnen Sie { rail-gallery }, und ziehen Sie Bilder hinein, fügen Sie sie ein, oder wählen Sie Dateien. Große Fotos werden von selbst verkleinert.
    Ziehen Sie ein Bild an seinen Platz, oder verwenden Sie { shortcut-keys-gallery }.
    { gallery-hero } macht ein Bild zum großen Bild des Hotels, das zu { rail-branding } gehört.
help-branding = Texte, Bilder und Farben des Hotels ändern
help-branding-steps =
    Öffnen Sie { rail-branding }. Die Vorschau zeigt schon vor dem Speichern, was Gäste sehen.
    Die Liste darunter nennt Farbpaare, die schwer lesbar sind.
    Drücken Sie { shortcut-keys-save }, oder verwerfen Sie alle Änderungen.
help-display = Angebote auf einem Bildschirm am Empfang zeigen
help-display-steps =
    Öffnen Sie { rail-branding }, und drücken Sie auf { display-open }.
    Ein PC nur für den Bildschirm braucht keine Anmeldung: Drücken Sie unter der Anmeldung auf { sign-in-connection }.
    Der Bildschirm zeigt abwechselnd aktive Angebote und Bilder, auch ohne Verbindung.
    Esc beendet ihn; dazu kann eine PIN nötig sein.

help-connect = Einen PC mit dem Hotel verbinden
help-connect-steps =
    Der erste Start fragt nach der Adresse des Servers, und prüft sie beim Eintippen. Später steht sie in { rail-settings } unter { settings-connection }.
    Ohne Fenster: deskctl setup --server https://hotel.example
    Für einen anderen Server werden Sie zuerst abgemeldet und nach dem gefragt, was noch wartet.
help-live = Live-Aktualisierung einrichten
help-live-steps =
    Öffnen Sie { rail-settings }, und gehen Sie zu { settings-connection }. Geben Sie den Pusher-Schlüssel ein, und den Cluster oder die Adresse eines eigenen Pusher-Servers.
    Drücken Sie auf { connection-test }. Dabei wird verbunden, und Sie sehen, welcher Wert falsch ist.
    Ohne Live-Aktualisierung funktioniert alles; Änderungen aus dem Team kommen mit dem nächsten Lesen.
help-fixed = Einstellungen für alle Benutzer eines PCs festlegen
help-fixed-steps =
    Schreiben Sie sie in desk.toml, in %ProgramData%\HotelMate Desk, /etc/hotelmate-desk oder /Library/Application Support/HotelMate Desk. Eine Umgebungsvariable wie DESK_SERVER hat Vorrang.
    Im Fenster sind solche Werte gesperrt.
    deskctl settings list zeigt zu jedem Wert, woher er kommt.
help-trouble = Herausfinden, warum etwas nicht geht
help-trouble-steps =
    Öffnen Sie { rail-diagnostics }. Die erste fehlgeschlagene Zeile ist die Ursache, und sagt, was zu tun ist. deskctl doctor zeigt dasselbe.
    { diagnostics-tab-events } zeigt, was ankommt, und wie lange es gedauert hat.
    { support-file-save } schreibt eine ZIP-Datei für den Support, ohne Schlüssel, Namen und eingegebenen Text.
help-watch = Einen PC von außen überwachen
help-watch-steps =
    deskctl status --max-age 15m gibt eine Zeile JSON aus, und der Exit-Code sagt, ob die Daten älter sind.
    deskctl doctor führt alle Prüfungen aus; der Exit-Code ist 0, wenn keine fehlschlägt, sonst 9.
    deskctl display status sagt, was eine Empfangsanzeige zeigt.
help-training = Üben lassen
help-training-steps =
    Drücken Sie in { rail-settings } auf { training-start }, oder starten Sie hotelmate-desk --training.
    Ein Fenster mit einem eigenen Demo-Hotel öffnet sich. Es ist auf jedem Bildschirm gekennzeichnet, und nichts erreicht ein Hotel.
    Das Demo-Hotel endet mit seinem Fenster.
