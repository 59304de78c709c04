"""The words of the editor. The script has none of its own: it gets these, in the language of the page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

#: One number of each plural category that any language knows; the script picks the form by `Intl.PluralRules`.
PLURAL_SAMPLES = (0, 1, 2, 3, 5, 6, 11, 21, 100, 101, 1_000_000)

Forms = dict[str, str]


def editor_labels() -> dict[str, str | Forms]:
    """Key -> text with `%(name)s`, or -> {sample number: form} for counted things."""
    return {**_status(), **_notices(), **_presence(), **_comments(), **_editing(), **_counted()}


def _status() -> dict[str, str]:
    return {
        "status_saved": _("All changes saved"),
        "status_time": pgettext("after “All changes saved”", ", %(time)s"),
        "status_saving": _("Saving…"),
        "status_connecting": _("Connecting…"),
        "status_reconnecting": _("Connecting again…"),
        "status_reconnecting_kept": _("Connecting again… Your changes are kept on this device."),
        "status_offline": _("No connection. You can go on writing."),
        "status_offline_not_kept": _("No connection. Not saved: do not close this page."),
        "status_reading": _("You can read, not write"),
        "status_may_comment": _("You can read and comment, not write"),
        "status_signed-out": _("You are signed out. Your changes are kept on this device."),
        "status_no-right": _("You can no longer open this text."),
        "status_gone": _("This text is no longer here."),
        "status_schema": _("The editor was renewed. Please reload this page."),
        "status_refused": _("Not saved. Copy your text, then reload."),
        "ended_signed-out": _("Sign in again, and what you wrote is added to the text."),
        "ended_no-right": _("Your right to see it has ended. Ask a coordinator if you think that this is a mistake."),
        "ended_gone": _("It was removed, or you no longer have access to it."),
        "ended_schema": _("What you wrote is kept on this device and is added after the reload."),
        "ended_refused": _("The server did not accept your last change. Nothing else is lost."),
    }


def _notices() -> dict[str, str]:
    return {
        "reload": _("Reload"),
        "sign_in": _("Sign in"),
        "undo": _("Undo"),
        "cancel": _("Cancel"),
        "copy": _("Copy"),
        "copied": _("Copied."),
        "save_file": _("Save as a file"),
        "discard": _("Throw away"),
        "unsaved_title": _("Your words that were not saved"),
        "unsaved_help": _("Only you see them, on this device. Copy them or save them as a file."),
        "unsaved_file": pgettext("file name", "unsaved.txt"),
        "merged": _("What you wrote before and could not be sent has been added to the text."),
        "reader_now": _("You can no longer write in this text."),
        "reader_now_help": _("Your right to write has ended. You can go on reading."),
        "error_network": _("No connection. Your words are still here: try again in a moment."),
        "error_signed_out": _("You are signed out. Copy your words, then sign in again."),
        "error_no_right": _("You no longer have the right to do this."),
        "error_too_large": _("That is too large for the server."),
        "error_server": _("The server could not do this. Your words are still here: try again in a moment."),
    }


def _presence() -> dict[str, str]:
    return {
        "person_you": _("%(name)s, you"),
        "person_writing": _("%(name)s, writing"),
        "person_reading": _("%(name)s, reading"),
        "and_more": _("and %(count)s more"),
        "writing": pgettext("a person in the document", "writing"),
        "reading": pgettext("a person in the document", "reading"),
        "writing_in": _("writing in “%(section)s”"),
        "is_here": _("%(name)s is here"),
        "are_here": _("here: %(names)s"),
        "still_empty": _("still empty"),
        "no_headings": _("The outline appears when the text has headings."),
        "heading_without_text": _("Heading without text"),
        "today": _("today"),
        "day_and_time": pgettext("a day and the time of day", "%(day)s, %(time)s"),
        "somebody": _("Somebody who has left"),
    }


def _comments() -> dict[str, str]:
    return {
        "new_comment": _("New comment"),
        "comment_as": _("Comment as %(party)s"),
        "your_comment": _("Your comment"),
        "comment_send": _("Comment"),
        "comment_on": _("Comment on “%(quote)s”"),
        "comment_added": _("Comment added."),
        "comment_settled": _("Comment settled."),
        "answer_asked": _("Your answer is asked"),
        "answer": _("Answer"),
        "answer_as": _("Answer as %(party)s"),
        "your_answer": _("Your answer"),
        "answer_added": _("Answer added."),
        "settled": _("Settled"),
        "settled_by": _("Settled by %(who)s, %(when)s"),
        "reopen": _("Open again"),
        "orphaned": _("Their words are no longer in the text"),
        "no_quote": _("Without words"),
        "no_comments": _("No comments yet."),
        "no_comments_may": _("No comments yet. Select some words, then choose Comment."),
        "select_first": _("Select the words that you want to comment on first."),
    }


def _editing() -> dict[str, str]:
    return {
        "text_label": _("Text of the document"),
        "section_fixed": _("This heading belongs to the template and stays as it is."),
        "paste_images_dropped": _("Pictures of the pasted text were left out. Use Insert, Image to add them."),
        "paste_too_long": _("That is too much text at once. Paste it in parts."),
        "callout_note": pgettext("kind of callout", "Note"),
        "callout_warning": pgettext("kind of callout", "Warning"),
        "callout_example": pgettext("kind of callout", "Example"),
        "link_unsafe": _("This address cannot be used. Write one that begins with https://, or an e-mail address."),
        "image_edit": _("Describe the image"),
        "image_decorative": _("Decorative"),
        "image_alt_missing": _("Without a description"),
        "image_needs_alt": _("Describe the image in words, or mark it as decorative."),
        "image_needs_file": _("Choose a file first."),
        "image_type": _("Choose a JPEG, PNG, WebP or GIF file."),
        "image_too_large": _("The file is larger than 10 MB. Make it smaller and try again."),
        "image_gone": _("The image is no longer in the text."),
    }


def _counted() -> dict[str, Forms]:
    return {
        "status_offline_kept": {
            str(n): ngettext(
                "No connection. Kept on this device, %(count)s change.",
                "No connection. Kept on this device, %(count)s changes.",
                n,
            )
            for n in PLURAL_SAMPLES
        },
        "comments_count": {str(n): ngettext("%(count)s comment", "%(count)s comments", n) for n in PLURAL_SAMPLES},
        "people_count": {str(n): ngettext("%(count)s here", "%(count)s here", n) for n in PLURAL_SAMPLES},
        "settled_count": {
            str(n): ngettext("%(count)s settled comment", "%(count)s settled comments", n) for n in PLURAL_SAMPLES
        },
    }
