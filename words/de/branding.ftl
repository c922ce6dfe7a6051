### The branding.

branding-title = Erscheinungsbild
branding-loading = Erscheinungsbild wird vom Hotel gelesen …
branding-failed = Das Erscheinungsbild kann nicht angezeigt werden
branding-not-read = Das Erscheinungsbild wurde noch nicht gelesen
branding-not-read-lead = Das Hotel ist nicht erreichbar. Sobald es wieder erreichbar ist, wird gelesen.
branding-offline = Das Hotel ist gerade nicht erreichbar. Was Sie speichern, bleibt hier erhalten und wird gesendet, sobald es geht.
branding-sections = Teile des Erscheinungsbilds
branding-identity = Name und Texte
branding-pictures = Bilder
branding-contact = Kontakt und Adresse
branding-links = Links
branding-amenities = Ausstattung
branding-colours = Farben und Schema
branding-more = Weiteres
branding-pictures-hint = Diese Bilder lassen sich ersetzen, aber nicht entfernen.

branding-preview-title = Vorschau: So sehen es Gäste
branding-preview-lead = Zeigt alles so, wie es gerade eingegeben ist, auch vor dem Speichern.
branding-preview-no-name = Name des Hotels
branding-preview-no-tagline = Hier steht der Leitspruch
branding-preview-no-text = Hier steht ein Text des Hotels.
branding-preview-link = Ein Link im Text
branding-preview-button = Jetzt buchen
branding-preview-button-hover = Unter dem Mauszeiger
branding-preview-offer = Winterwochenende
branding-preview-offer-lead = Zwei Nächte mit Frühstück.

branding-contrast-title = Kontrast
branding-contrast-good = Alle Texte, Schaltflächen und Rahmen sind gut zu erkennen.
branding-contrast-faults =
    { $count ->
        [one] Ein Farbpaar ist schwer zu lesen.
       *[other] { $count } Farbpaare sind schwer zu lesen.
    }
branding-contrast-lead = Speichern können Sie trotzdem.
branding-contrast-pair = { $front } / { $back }
branding-contrast-measured = { $ratio }, nötig sind mindestens { $needs }
branding-contrast-hard = Vor „{ $back }“ schwer zu erkennen: { $ratio }, nötig sind mindestens { $needs }.
branding-contrast-enough = ausreichend
branding-contrast-too-little = zu gering
