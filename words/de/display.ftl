### The reception display.

display-from = Ab { $day }
display-until = Bis { $day }
display-days = { $from } – { $to }
display-book = Scannen und buchen
display-price = ab { $price }
display-amenities = Für unsere Gäste
display-old = Stand: { $time }
display-waiting = Die Seite des Hotels wird gelesen …
display-empty = Willkommen
display-cannot = Die Anzeige kann nicht gestartet werden
display-leave = Anzeige beenden
display-leave-pin = PIN
display-leave-stay = Bleiben
display-leave-go = Beenden
display-leave-wrong = Diese PIN ist falsch.
display-open = Empfangsanzeige öffnen
