# What waits to be sent to the hotel. $it is the entity in a sentence, $noun what kind of thing it is, $names what is changed.

outbox-it-branding = the hotel’s settings
outbox-it-untitled = the gallery
outbox-it-conversation = room { $title }
outbox-it-conversation-unknown = a guest
outbox-it = “{ $title }”

## What was wished, by its kind.
outbox-summary-create = Add the { $noun } { $it }.
outbox-summary-edit = Change { $names } of { $it }.
outbox-summary-set_picture =
    { $slot ->
        [photo] Put a picture on { $it }.
       *[other] Change { $place }.
    }
outbox-summary-remove_picture = Take the picture off { $it }.
outbox-summary-delete = Remove the { $noun } { $it }.
outbox-summary-add_image = Add a picture to { $it }.
outbox-summary-move_image = Move a picture in { $it }.
outbox-summary-remove_image = Take a picture out of { $it }.
outbox-summary-say = Send a message to { $it }.
outbox-summary-choose_picture = Choose the picture of { $it } again.
outbox-summary-unreadable = This version of the program cannot read this change.

## What is lost with it when it is discarded.
outbox-loses-create = The new { $noun } { $it } and its picture are lost.
outbox-loses-create_perhaps = The new { $noun } { $it } may be at the hotel already. Then it stays there. What waits with it is lost.
outbox-loses-edit = What you wrote in { $names } is lost. The hotel’s text stays.
outbox-loses-set_picture =
    { $slot ->
        [photo] Your picture is not put on the { $noun }.
       *[other] Your picture is not used for { $place }.
    }
outbox-loses-remove_picture = The picture stays on the { $noun }.
outbox-loses-delete = { $it } stays at the hotel.
outbox-loses-add_image = Your picture is not added to the gallery.
outbox-loses-move_image = The picture stays in its place at the hotel.
outbox-loses-remove_image = The picture stays in the gallery.
outbox-loses-say = Your message to { $it } is lost.
outbox-loses-choose_picture = Nothing is lost. The { $noun } stays without a picture.
outbox-loses-removed_there = { $it } stays removed, and your changes are lost: { $names }.
outbox-loses-unreadable = The change is lost. Nobody can tell what it was.
outbox-everything = everything that you changed in it

## Places for a picture.
slot-photo = the picture
slot-hero_image = the large picture of the hotel
slot-landing_page_image = the picture of the landing page
slot-logo = the logo

## A field inside of a sentence. $words is the server's name of it in words.
field-named =
    { $name ->
        [details_text] the plain details
        [details_html] the details
        [validity] the dates
        [book_now_url] the booking link
        [sort_order] the order
        [starting_price_from] the price
        [bed_setup] the beds
        [max_occupancy] the number of guests
        [is_active] whether it is shown
       *[other] the { $words }
    }

## Where it stands.
outbox-in_flight = It is on its way.
outbox-conflict = A colleague changed the same thing meanwhile. Choose which version stays.
outbox-unreadable = Another version of the program wrote this. It is kept as it is.
outbox-about-unknown = This version of the program does not know what this change is about. It is kept as it is.

## Why it does not go on. $told is the cause, or what it is about.
outbox-why-offline = The hotel cannot be reached.
outbox-why-busy = The hotel is busy. This is tried again by itself.
outbox-why-overwritten = A colleague wrote at the same moment. This is done again by itself.
outbox-why-sign_in_needed = The hotel asks for your password again. This is sent once you have signed in.
outbox-why-not_read = The hotel cannot be read now. This is tried again by itself.
outbox-why-list_moves = The hotel’s list of { $many } kept changing while it was read. This is tried again by itself.
outbox-why-field_gone = The hotel’s server does not have { $told } any more. You can export your change, or drop it.
outbox-why-other_row = The hotel’s server has a fault: it answered about another { $noun } than it was asked about. The hotel is read first, so that nothing is sent twice.
outbox-why-unclear = No answer came back. The hotel is read first, so that nothing is sent twice.
outbox-why-rejected = The hotel did not accept it.
outbox-why-forbidden = You are not allowed to do this.
outbox-why-deleted_there =
    { $kind ->
        [gallery] The hotel does not have this { $noun } any more. You can export your changes, or drop them.
        [branding] The hotel does not have this { $noun } any more. You can export your changes, or drop them.
       *[other] A colleague removed this { $noun } while you changed it. You can create it again as a new { $noun }, or drop your changes.
    }
outbox-why-removed_late = You took the removal of this { $noun } back, and the hotel’s server carried it out late all the same. You can create it again as a new { $noun }, or let it go.
outbox-why-server_trouble =
    { $asked ->
        [yes] The hotel’s server failed several times in the same way. You can try again, or drop it.
       *[no] The hotel’s server failed. This is tried again by itself.
    }
outbox-why-unexpected = This program does not understand the hotel’s answer.
outbox-why-picture_host =
    { $asked ->
        [yes] It is not known whether your picture arrived: { $told }. Try again to look for it once more. Nothing is sent twice.
       *[no] It is not known whether your picture arrived: { $told }. It is looked for again.
    }
outbox-why-unsettled = No answer came back, and the hotel’s list of { $many } cannot be read whole. So it is not known whether this { $noun } is there. It is looked for again.
outbox-why-not_again = No answer came back, and the hotel does not show this message. It may still arrive: then it is recognised. Send it again?
outbox-why-text_lost = The text or the file of this message cannot be read any more, because its key is not in the key store of this computer. You can only drop it, and write it again.
outbox-why-stopped = You stopped the file before it was at the hotel.
outbox-why-as_guest = The hotel’s server did not recognise you, and stored this message as if the guest had written it. No message is sent until you drop this one, or send it again. Sign in again first.
outbox-why-picture_lost = The prepared picture is not on this computer any more. Choose it again.
outbox-why-picture_too_large = The picture is too large for the hotel’s server. Choose a smaller one, or a smaller part of it.
outbox-why-no_such_part =
    { $asked ->
        [yes] { $told } This is sent by itself when that changes. Until then you can export it, or drop it.
       *[no] The hotel’s server does not give its { $many } now. This is tried again by itself.
    }
outbox-why-undone_by_upload = Your change was undone by an upload: a colleague put a picture on it at the same time. Make it again?
outbox-why-changed_since = A colleague changed it, and you had not seen that when you removed it: { $told }. Remove it all the same?
outbox-why-came_back = You removed it, and a colleague’s upload brought it back. Remove it again?
outbox-why-picture_not_kept = The { $noun } is created again without its picture. The picture is not on this computer, and its address does not give it any more. Choose it again.
outbox-why-looks_like = No answer came back. The hotel does not have exactly this { $noun }, but a similar one. Is this the one you made?
outbox-why-like_removed = No answer came back. The hotel had a similar { $noun }, which may have been yours, and it was removed since. Create yours again?
outbox-said = It said: { $message }
