# What waits to be sent to the hotel. $it is the entity in a sentence, $noun what kind of thing it is, $names what is changed.

outbox-it-branding = Erscheinungsbild des Hotels
outbox-it-untitled = Galerie
outbox-it-conversation = Zimmer { $title }
outbox-it-conversation-unknown = einen Gast
outbox-it = „{ $title }“

## What was wished, by its kind.
outbox-summary-create = { $noun } { $it } hinzufügen.
outbox-summary-edit = { $it } ändern: { $names }.
outbox-summary-set_picture =
    { $slot ->
        [photo] { $it }: Bild einsetzen.
       *[other] { $place } ändern.
    }
outbox-summary-remove_picture = { $it }: Bild entfernen.
outbox-summary-delete = { $noun } { $it } entfernen.
outbox-summary-add_image = { $it }: Bild hinzufügen.
outbox-summary-move_image = { $it }: Bild verschieben.
outbox-summary-remove_image = { $it }: Bild herausnehmen.
outbox-summary-say = Nachricht an { $it } senden.
outbox-summary-choose_picture = { $it }: Bild noch einmal auswählen.
outbox-summary-unreadable = Diese Version des Programms kann diese Änderung nicht lesen.

## What is lost with it when it is discarded.
outbox-loses-create = Der neue Eintrag ({ $noun } { $it }) und sein Bild gehen verloren.
outbox-loses-create_perhaps = Der neue Eintrag ({ $noun } { $it }) ist vielleicht schon beim Hotel. Dann bleibt er dort. Was mit ihm wartet, geht verloren.
outbox-loses-edit = Ihre Eingaben gehen verloren: { $names }. Der Text des Hotels bleibt erhalten.
outbox-loses-set_picture =
    { $slot ->
        [photo] Ihr Bild wird nicht eingesetzt ({ $noun }).
       *[other] Ihr Bild wird nicht verwendet ({ $place }).
    }
outbox-loses-remove_picture = Das Bild bleibt erhalten ({ $noun }).
outbox-loses-delete = { $it } bleibt beim Hotel.
outbox-loses-add_image = Ihr Bild wird der Galerie nicht hinzugefügt.
outbox-loses-move_image = Das Bild bleibt beim Hotel an seinem Platz.
outbox-loses-remove_image = Das Bild bleibt in der Galerie.
outbox-loses-say = Ihre Nachricht an { $it } geht verloren.
outbox-loses-choose_picture = Nichts geht verloren. Der Eintrag ({ $noun }) bleibt ohne Bild.
outbox-loses-removed_there = { $it } bleibt entfernt, und Ihre Änderungen gehen verloren: { $names }.
outbox-loses-unreadable = Die Änderung geht verloren. Was es war, lässt sich nicht feststellen.
outbox-everything = alles, was Sie daran geändert haben

## Places for a picture.
slot-photo = Bild
slot-hero_image = Hauptbild des Hotels
slot-landing_page_image = Bild der Startseite
slot-logo = Logo

## A field inside of a sentence. $words is the server's name of it in words.
field-named =
    { $name ->
        [details_text] Details (reiner Text)
        [details_html] Details
        [validity] Zeitraum
        [book_now_url] Buchungslink
        [sort_order] Reihenfolge
        [starting_price_from] Preis
        [bed_setup] Betten
        [max_occupancy] Gästezahl
        [is_active] Sichtbarkeit
        [title] Titel
        [name] Name
        [name_override] Hotelname
        [code] Kürzel
        [tag] Etikett
        [tags] Schlagwörter
        [short_description] Kurzbeschreibung
        [long_description] Ausführliche Beschreibung
        [currency] Währung
        [booking_code] Buchungscode
        [booking_url] Buchungslink
        [booking_url_override] Buchungsseite
        [availability_message] Verfügbarkeit
        [tagline] Leitspruch
        [tagline_override] Leitspruch
        [slogan] Slogan
        [welcome_message] Begrüßung
        [address_line_1] Adresse
        [address_line_1_override] Adresse
        [address_line_2] Adresszusatz
        [address_line_2_override] Adresszusatz
        [postal_code] Postleitzahl
        [postal_code_override] Postleitzahl
        [city] Ort
        [city_override] Ort
        [country] Land
        [country_override] Land
        [latitude] Breitengrad
        [latitude_override] Breitengrad
        [longitude] Längengrad
        [longitude_override] Längengrad
        [phone] Telefon
        [phone_override] Telefon
        [email] E-Mail
        [email_override] E-Mail
        [website_url] Website
        [website_url_override] Website
        [website] Website auf der Kontaktseite
        [contact_email] E-Mail für Gäste
        [contact_phone] Telefon für Gäste
        [contact_address] Adresse für Gäste
        [google_maps_link] Kartenlink
        [favicon] Favicon
        [amenities] Ausstattung
        [primary_color] Hauptfarbe
        [main_color] Hauptfarbe
        [secondary_color] Zweitfarbe
        [accent_color] Akzentfarbe
        [background_color] Hintergrundfarbe
        [text_color] Textfarbe
        [border_color] Rahmenfarbe
        [button_color] Farbe der Schaltflächen
        [button_text_color] Textfarbe der Schaltflächen
        [button_hover_color] Farbe der Schaltflächen unter dem Mauszeiger
        [link_color] Linkfarbe
        [link_hover_color] Linkfarbe unter dem Mauszeiger
        [theme_mode] Farbschema
       *[other] „{ $words }“
    }

## Where it stands.
outbox-in_flight = Wird gerade gesendet.
outbox-conflict = Jemand aus dem Team hat inzwischen dasselbe geändert. Wählen Sie, welche Fassung gilt.
outbox-unreadable = Dies stammt von einer anderen Version des Programms. Es bleibt unverändert aufbewahrt.
outbox-about-unknown = Diese Version des Programms weiß nicht, worum es bei dieser Änderung geht. Sie bleibt unverändert aufbewahrt.

## Why it does not go on. $told is the cause, or what it is about.
outbox-why-offline = Das Hotel ist nicht erreichbar.
outbox-why-busy = Der Server des Hotels ist ausgelastet. Es wird von selbst noch einmal versucht.
outbox-why-overwritten = Jemand aus dem Team hat im selben Moment gespeichert. Die Änderung wird von selbst wiederholt.
outbox-why-sign_in_needed = Das Hotel verlangt Ihr Passwort noch einmal. Gesendet wird, sobald Sie sich angemeldet haben.
outbox-why-not_read = Vom Hotel kann gerade nicht gelesen werden. Es wird von selbst noch einmal versucht.
outbox-why-list_moves = Die Liste des Hotels ({ $many }) hat sich während des Lesens immer wieder geändert. Es wird von selbst noch einmal versucht.
outbox-why-field_gone = Der Server des Hotels hat dieses Feld nicht mehr: { $told }. Sie können Ihre Änderung exportieren oder verwerfen.
outbox-why-other_row = Der Server des Hotels hat einen Fehler: Er antwortete zu einem anderen Eintrag ({ $noun }) als gefragt. Zuerst wird vom Hotel gelesen, damit nichts doppelt gesendet wird.
outbox-why-unclear = Es kam keine Antwort. Zuerst wird vom Hotel gelesen, damit nichts doppelt gesendet wird.
outbox-why-rejected = Das Hotel hat es nicht angenommen.
outbox-why-forbidden = Dazu fehlt Ihnen die Berechtigung.
outbox-why-deleted_there =
    { $kind ->
        [gallery] Das Hotel hat diese { $noun } nicht mehr. Sie können Ihre Änderungen exportieren oder verwerfen.
        [branding] Das Hotel hat dieses { $noun } nicht mehr. Sie können Ihre Änderungen exportieren oder verwerfen.
       *[other] Jemand aus dem Team hat diesen Eintrag ({ $noun }) entfernt, während Sie ihn geändert haben. Sie können ihn neu anlegen oder Ihre Änderungen verwerfen.
    }
outbox-why-removed_late = Sie haben das Entfernen dieses Eintrags ({ $noun }) zurückgenommen, aber der Server des Hotels hat es verspätet doch noch ausgeführt. Sie können ihn neu anlegen oder es dabei belassen.
outbox-why-server_trouble =
    { $asked ->
        [yes] Beim Server des Hotels trat mehrmals derselbe Fehler auf. Sie können es noch einmal versuchen oder die Änderung verwerfen.
       *[no] Beim Server des Hotels trat ein Fehler auf. Es wird von selbst noch einmal versucht.
    }
outbox-why-unexpected = Dieses Programm versteht die Antwort des Hotels nicht.
outbox-why-picture_host =
    { $asked ->
        [yes] Es ist nicht bekannt, ob Ihr Bild angekommen ist: { $told }. Versuchen Sie es erneut, dann wird noch einmal danach gesucht. Nichts wird doppelt gesendet.
       *[no] Es ist nicht bekannt, ob Ihr Bild angekommen ist: { $told }. Es wird noch einmal danach gesucht.
    }
outbox-why-unsettled = Es kam keine Antwort, und die Liste des Hotels ({ $many }) ist nicht vollständig lesbar. Deshalb ist nicht bekannt, ob dieser Eintrag ({ $noun }) dort ist. Es wird noch einmal danach gesucht.
outbox-why-not_again = Es kam keine Antwort, und das Hotel zeigt diese Nachricht nicht. Sie kann noch eintreffen und wird dann erkannt. Noch einmal senden?
outbox-why-text_lost = Der Text oder die Datei dieser Nachricht ist nicht mehr lesbar, weil der Schlüssel dazu nicht im Schlüsselspeicher dieses PCs ist. Sie können die Nachricht nur verwerfen und neu schreiben.
outbox-why-stopped = Sie haben das Senden der Datei angehalten, bevor sie beim Hotel war.
outbox-why-as_guest = Der Server des Hotels hat Sie nicht erkannt und diese Nachricht so gespeichert, als käme sie vom Gast. Keine Nachricht wird gesendet, bis Sie diese verwerfen oder noch einmal senden. Melden Sie sich zuerst neu an.
outbox-why-picture_lost = Das vorbereitete Bild ist nicht mehr auf diesem PC. Wählen Sie es noch einmal aus.
outbox-why-picture_too_large = Das Bild ist zu groß für den Server des Hotels. Wählen Sie ein kleineres oder einen kleineren Ausschnitt davon.
outbox-why-no_such_part =
    { $asked ->
        [yes] { $told } Sobald sich das ändert, wird von selbst gesendet. Bis dahin können Sie die Änderung exportieren oder verwerfen.
       *[no] Der Server des Hotels liefert diese Liste gerade nicht: { $many }. Es wird von selbst noch einmal versucht.
    }
outbox-why-undone_by_upload = Ihre Änderung wurde durch ein Hochladen überschrieben: Jemand aus dem Team hat zur selben Zeit ein Bild eingesetzt. Noch einmal ändern?
outbox-why-changed_since = Jemand aus dem Team hat etwas geändert, das Sie beim Entfernen noch nicht gesehen hatten: { $told }. Trotzdem entfernen?
outbox-why-came_back = Sie haben den Eintrag entfernt, und jemand aus dem Team hat ihn durch das Hochladen eines Bildes zurückgebracht. Noch einmal entfernen?
outbox-why-picture_not_kept = Der Eintrag ({ $noun }) ist ohne sein Bild neu angelegt. Das Bild ist nicht auf diesem PC, und unter seiner Adresse ist es nicht mehr zu finden. Wählen Sie es noch einmal aus.
outbox-why-looks_like = Es kam keine Antwort. Genau diesen Eintrag ({ $noun }) hat das Hotel nicht, aber einen ähnlichen. Ist das der, den Sie angelegt haben?
outbox-why-like_removed = Es kam keine Antwort. Das Hotel hatte einen ähnlichen Eintrag ({ $noun }), der vielleicht Ihrer war und inzwischen entfernt wurde. Ihren noch einmal anlegen?
outbox-said = Antwort des Hotels: { $message }
