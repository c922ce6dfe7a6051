# What the application says outside its window: the tray icon, notifications, and what is told when there is no window.

shell-name = HotelMate Desk
# The reason that the system shows for a lock against sleep.
shell-display-is-on = Die Empfangsanzeige läuft
shell-help = HotelMate Desk, für das Team eines Hotels
shell-help-display = Zeigt die Seite des Hotels auf dem ganzen Bildschirm, als Empfangsanzeige ohne Anmeldung
shell-display-title = HotelMate-Empfangsanzeige
shell-display-failed = Die Empfangsanzeige kann nicht gestartet werden: { $cause }.
    .way-out = Starten Sie sie mit hotelmate-desk --display.
shell-help-data-dir = Legt alles in diesem Ordner ab statt am üblichen Ort des Betriebssystems

## The tray icon. Its first line is the status: the following words with “·” between them.
tray-starting = Startet…
tray-tooltip = HotelMate Desk: { $status }
tray-offline = Offline
tray-locked = Gesperrt
tray-sign-in-needed = Anmeldung nötig
tray-saved = Alles gespeichert
tray-checking = Hotel wird abgefragt…
tray-not-counted = Was wartet, lässt sich nicht zählen
tray-attention = { $count ->
    [one] { $count } ist zu klären
   *[other] { $count } sind zu klären
    }
tray-saving = Speichert { $count }
tray-waiting = Wartet: { $count }
tray-unread = { $count } neu
tray-clock-in = Einstempeln
tray-clock-out = Ausstempeln
tray-quiet-for = { $hours ->
    [one] Nicht stören: { $hours } Stunde
   *[other] Nicht stören: { $hours } Stunden
    }
tray-quiet-off = „Nicht stören“ ist aus
# $until is a time, with the day if that is not today: “Mon 08:00”.
tray-quiet-end = „Nicht stören“ beenden (bis { $until })
tray-show = HotelMate Desk anzeigen
tray-quit = Beenden

## Notifications. $text is a sentence that was told this many times.
notification-sentence = { $times ->
    [one] { $text }
   *[other] { $text } ({ $times }-mal)
    }
notification-more = und { $count } weitere
notification-open = Öffnen

## Failures.
shell-no-display = Es gibt keine Anzeige, auf der sich das Fenster öffnen lässt: Starten Sie HotelMate Desk in einer Desktop-Sitzung, oder verwenden Sie `deskctl`, das keine braucht.
shell-cannot-start =
    HotelMate Desk kann nicht starten.

    { $reason }

    { $windows ->
        [yes] Installieren Sie die „WebView2 Runtime“ von Microsoft (in Windows 11 ist sie enthalten), und starten Sie das Programm noch einmal.
       *[no] Starten Sie das Programm noch einmal. Wenn das nicht hilft, installieren Sie es neu.
    }
shell-not-opened = Die Datei ist als { $file } gespeichert, wird aber nicht geöffnet: Sie könnte ein Programm sein.
    .way-out = Fragen Sie Ihre IT, bevor Sie sie öffnen.
shell-no-opener = Die Datei ist als { $file } gespeichert, aber kein Programm öffnet sie: { $cause }.
    .way-out = Öffnen Sie sie aus ihrem Ordner.
shell-no-folder = Dieser PC hat keinen Ordner für Dateien ({ $cause }).
    .way-out = Verwenden Sie stattdessen `deskctl outbox export FILE.json` oder `deskctl support-file FOLDER`.
shell-picture-incomplete = Das Bild ist nicht vollständig angekommen.
    .way-out = Wählen Sie das Bild noch einmal aus.

shell-help-training = Übt an einem Demo-Hotel: nichts erreicht ein echtes Hotel
shell-no-demo-hotel = Diese Installation hat kein Demo-Hotel.
    .way-out = Fragen Sie nach einer Installation mit dem Demo-Hotel, oder legen Sie das Programm demo-hotel neben HotelMate Desk.
shell-no-training = Das Training kann nicht starten: { $cause }.
    .way-out = Schließen Sie andere Trainings, und versuchen Sie es erneut.
