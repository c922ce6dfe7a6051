# What the desk says beside what it shows.

duty-forgotten = Im Dienst seit { $day }, { $time } Uhr. Wurde das Ausstempeln vergessen? Von selbst wird nichts geändert.
duty-forgotten-yesterday = Im Dienst seit gestern, { $time } Uhr. Wurde das Ausstempeln vergessen? Von selbst wird nichts geändert.
duty-forgotten-today = Im Dienst seit heute, { $time } Uhr. Wurde das Ausstempeln vergessen? Von selbst wird nichts geändert.
duty-not-pressed-later = Versuchen Sie es erneut, sobald das Netzwerk wieder da ist. Nachträglich wird nie von selbst gestempelt.
branding-strange = Der Server dieses Hotels beschreibt das Hotel in einer Form, die dieses Programm nicht kennt. Es kann die Angaben deshalb nur anzeigen.
picture-small = Dieses Bild ist klein. Auf einem großen Bildschirm wirkt es unscharf.

## What the hotel's server does not have, or not for this person. $part is one of the parts, $noun what it is called.
capability-forbidden =
    { $part ->
        [part_gallery_changes] Sie dürfen die { $noun } dieses Hotels nicht ändern.
        [part_clock] Sie dürfen die { $noun } dieses Hotels nicht benutzen.
       *[other] Der Bereich „{ $noun }“ dieses Hotels ist für Sie nicht freigegeben.
    }
capability-absent =
    { $part ->
        [part_gallery_changes] Dieses Programm weiß nicht, wie der Server dieses Hotels die { $noun } verwaltet, und kann sie deshalb nur anzeigen.
        [part_clock] Der Server dieses Hotels hat keine { $noun } für dieses Programm.
       *[other] Der Server dieses Hotels hat den Bereich „{ $noun }“ nicht.
    }
capability-other-form = Der Server dieses Hotels verwaltet den Bereich „{ $noun }“ in einer Form, die dieses Programm noch nicht lesen kann.
capability-read-only = In diesem Programm nur zur Ansicht: { $many }.
capability-no-captions = Der Server dieses Hotels hat keine Bildunterschriften.
capability-no-removal = Auf dem Server dieses Hotels lässt sich ein einzelnes Bild nicht aus einer Galerie entfernen.

## What became of a press of the clock button. $clock is “in” or “out”.
duty-not-reported = Der Server dieses Hotels meldet nicht, wer im Dienst ist.
duty-unclear =
    { $clock ->
        [in] Es ist unklar, ob das Hotel Sie eingestempelt hat. Sehen Sie auf die Schaltfläche, und drücken Sie sie noch einmal, falls sie nicht stimmt.
       *[out] Es ist unklar, ob das Hotel Sie ausgestempelt hat. Sehen Sie auf die Schaltfläche, und drücken Sie sie noch einmal, falls sie nicht stimmt.
    }
duty-not-taken =
    { $clock ->
        [in] Sie wurden nicht eingestempelt: Der Server des Hotels meldet, dass er keine Stempeluhr hat. Versuchen Sie es in einer Minute erneut.
       *[out] Sie wurden nicht ausgestempelt: Der Server des Hotels meldet, dass er keine Stempeluhr hat. Versuchen Sie es in einer Minute erneut.
    }
duty-no-open-log = Sie wurden nicht ausgestempelt: Der Server des Hotels hat keine offene Stempelzeit von Ihnen. Fragen Sie die Leitung.
duty-needs-approval = Sie sind ohne geplante Schicht eingestempelt. Vielleicht muss die Leitung das genehmigen.
duty-lapsed =
    { $clock ->
        [in] Sie wurden nicht eingestempelt: Das Hotel war 10 Minuten lang nicht erreichbar.
       *[out] Sie wurden nicht ausgestempelt: Das Hotel war 10 Minuten lang nicht erreichbar.
    }
duty-refused =
    { $clock ->
        [in] Sie wurden nicht eingestempelt: { $cause }
       *[out] Sie wurden nicht ausgestempelt: { $cause }
    }

## The guest chat.
chat-kept-until-exit = Die Texte der Gäste bleiben auf diesem PC nur bis zum Ende des Programms, weil der Schlüsselspeicher ihren Schlüssel nicht aufbewahren kann: { $cause }.
chat-no-key-store = die Anmeldung kommt aus DESK_TOKEN, das den Schlüsselspeicher ersetzt
quick-replies-open = der Platzhalter, der mit „{ $text }“ beginnt, hat kein Ende
quick-replies-no-value = „{ $name }“ steht nicht in [values]
