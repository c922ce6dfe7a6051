### Signing in, again, and out.

sign-in-title = Anmelden
sign-in-lead = Verwenden Sie Name und Passwort Ihres HotelMate-Kontos.
sign-in-server = Server
sign-in-server-hint = Die Adresse des HotelMate-Servers Ihres Hotels
sign-in-username = Benutzername
sign-in-password = Passwort
sign-in-submit = Anmelden
sign-in-busy = Anmeldung läuft …
sign-in-connection = Verbindung und Empfangsanzeige …
sign-in-missing = Geben Sie Server, Benutzername und Passwort an.

sign-in-again-title = Erneut anmelden
sign-in-again-lead = Das Hotel hat die Anmeldung von { $name } beendet. Geben Sie das Passwort ein, um weiterzuarbeiten. Nichts, was Sie eingegeben oder geändert haben, geht verloren.
sign-in-again-submit = Anmelden
sign-in-again-later = Später

sign-out-action = Abmelden
sign-out-not-kept = Sie wurden nicht abgemeldet: Was Sie eingegeben haben, konnte auf diesem PC nicht gespeichert werden.
sign-out-not-kept-hint = Speichern oder verwerfen Sie es zuerst. Vielleicht ist der Datenträger voll.
sign-out-title = Es ist noch nicht alles beim Hotel
sign-out-lead =
    { $count ->
        [one] { $count } Änderung ist bisher nur auf diesem PC. Was soll damit geschehen?
       *[other] { $count } Änderungen sind bisher nur auf diesem PC. Was soll damit geschehen?
    }
sign-out-drafts-title = Nicht alle Eingaben sind gespeichert
sign-out-drafts-lead = Was fehlt, liegt nur auf diesem PC. Was soll damit geschehen?
sign-out-what = Was noch nicht beim Hotel ist
sign-out-send = Jetzt senden
sign-out-send-hint = Meldet Sie ab, sobald alles beim Hotel ist.
sign-out-sending = Wird gesendet: { $done } von { $total } beim Hotel
sign-out-stayed =
    { $count ->
        [one] { $count } Änderung konnte nicht gesendet werden. Sie sind noch angemeldet.
       *[other] { $count } Änderungen konnten nicht gesendet werden. Sie sind noch angemeldet.
    }
sign-out-keep = Für nächste Anmeldung behalten
sign-out-keep-hint = Bleibt auf diesem PC und wird gesendet, wenn Sie sich wieder anmelden.
sign-out-keep-messages =
    { $count ->
        [one] Eine Nachricht an einen Gast bleibt nicht erhalten: Ihr Text geht mit Ihrer Anmeldung verloren. Senden oder exportieren Sie sie vorher.
       *[other] { $count } Nachrichten an Gäste bleiben nicht erhalten: Ihre Texte gehen mit Ihrer Anmeldung verloren. Senden oder exportieren Sie sie vorher.
    }
sign-out-export = Als Datei exportieren
sign-out-export-hint = Eine Kopie für Sie. Dadurch wird nichts gesendet oder entfernt.
sign-out-discard = Verwerfen
sign-out-discard-hint = Zeigt, was verloren geht, und fragt noch einmal nach.
sign-out-discard-title =
    { $count ->
        [one] { $count } Änderung endgültig verwerfen?
       *[other] { $count } Änderungen endgültig verwerfen?
    }
sign-out-discard-lead = Das lässt sich nicht rückgängig machen:
sign-out-discard-confirm =
    { $count ->
        [one] { $count } Änderung verwerfen
       *[other] { $count } Änderungen verwerfen
    }
sign-out-back = Zurück
sign-out-signed-in-as = Angemeldet als { $name }
sign-out-not-remembered = Diese Anmeldung endet, wenn Sie das Programm schließen.
sign-out-server = Server
sign-out-duty-intent-on = Einstempeln: wartet bis { $time } auf das Netzwerk
sign-out-duty-intent-off = Ausstempeln: wartet bis { $time } auf das Netzwerk
sign-out-duty-lost-on = Sie werden nicht eingestempelt.
sign-out-duty-lost-off = Sie werden nicht ausgestempelt.
