### Offers as files: the errors of an import and an export.

import-day-expected = A day is expected, for example 2027-01-31.
import-not-exportable = The offers cannot be put into a file: { $cause }.
    .way-out = This is a fault of the program; please report it.
import-file-of-no-form = The name of { $file } does not say which form it has.
    .way-out = Let the file’s name end in .csv or .json.
import-file-not-text = The file { $file } is not UTF-8 text.
    .way-out = Save it as UTF-8; a spreadsheet calls it “CSV UTF-8”.
import-file-not-understood = The file { $file } cannot be understood: { $cause }.
    .way-out = Correct it, or look at a file of `deskctl offers export`.
import-column-twice = the column “{ $column }” is there twice
import-no-such-field = Row { $row }: no offer has such a field.
import-row-wrong = Row { $row }: { $wrong }
import-row-no-value = It says that it changes something, and the value is missing.
import-row-of-other-hotel = This is of another hotel ({ $there }). Its offers can only be imported as new ones (--as-new).
import-row-title-taken = An offer here has this title and other content, so it cannot come in as a new one.
import-plan-outdated = What is here has changed while you were asked, and nothing was imported.
    .way-out = Import the file again, and look at the new plan.
import-row-twice = Row { $row } is about the same offer.
import-row-id-expected = A number is expected, or nothing.
import-row-id-unknown = There is no offer { $id } here. Leave the id empty for a new offer.
import-row-local-id-unknown = No offer here has this local id. Leave it empty for a new offer.
import-row-title-twice = { $count } offers here have this title. Name the offer by id or local_id.
import-whole-number-expected = A whole number is expected, 0 or more.
import-flag-expected = true or false is expected.
import-text-expected = Text is expected.
