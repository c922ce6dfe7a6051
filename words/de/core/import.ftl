### Angebote als Dateien: die Fehler beim Einlesen und Ausgeben.

import-day-expected = Erwartet wird ein Tag, zum Beispiel 2027-01-31.
import-not-exportable = Die Angebote können nicht in eine Datei geschrieben werden: { $cause }.
    .way-out = Das ist ein Fehler des Programms; bitte melden Sie ihn.
import-file-of-no-form = Am Namen von { $file } ist nicht zu erkennen, was für eine Datei es ist.
    .way-out = Geben Sie einen Dateinamen an, der auf .csv oder .json endet.
import-file-not-text = Die Datei { $file } ist kein UTF-8-Text.
    .way-out = Speichern Sie sie als UTF-8; in einer Tabellenkalkulation heißt das „CSV UTF-8“.
import-file-not-understood = Die Datei { $file } ist fehlerhaft: { $cause }.
    .way-out = Berichtigen Sie sie, oder vergleichen Sie mit einer Datei aus `deskctl offers export`.
import-column-twice = die Spalte „{ $column }“ kommt zweimal vor
import-no-such-field = Zeile { $row }: Angebote haben kein solches Feld.
import-row-wrong = Zeile { $row }: { $wrong }
import-row-no-value = Es soll etwas geändert werden, aber der Wert fehlt.
import-row-of-other-hotel = Das gehört zu einem anderen Hotel ({ $there }). Seine Angebote lassen sich nur als neue einlesen (--as-new).
import-row-title-taken = Ein Angebot hier hat diesen Titel und einen anderen Inhalt, deshalb kann dieses nicht als neues übernommen werden.
import-plan-outdated = Während der Rückfrage hat sich hier etwas geändert, und nichts wurde importiert.
    .way-out = Importieren Sie die Datei noch einmal, und sehen Sie sich den neuen Plan an.
import-row-twice = Zeile { $row } betrifft dasselbe Angebot.
import-row-id-expected = Erwartet wird eine Zahl oder nichts.
import-row-id-unknown = Ein Angebot { $id } gibt es hier nicht. Lassen Sie id für ein neues Angebot leer.
import-row-local-id-unknown = Kein Angebot hier hat diese lokale ID. Lassen Sie sie für ein neues Angebot leer.
import-row-title-twice = { $count } Angebote hier haben diesen Titel. Nennen Sie das Angebot mit id oder local_id.
import-whole-number-expected = Erwartet wird eine ganze Zahl, 0 oder mehr.
import-flag-expected = Erwartet wird true oder false.
import-text-expected = Erwartet wird Text.
