"""Words that are a name but do not name its bearer here: parts of longer names, languages, months, given names."""

from __future__ import annotations

from mediakit.matching import Entry, Page, context
from mediakit.naming_given import follows_given_name


def is_no_name(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether the words are likely not meant as a name: "TRUMP TELLS US TO WAIT", "in May 2020", "Over The Hill"."""
    lists = context()
    text = page.text
    written = text[start:end]
    if written.casefold() in lists.days:  # Theresa May
        before = next((word.text.casefold() for word in page.words_before(start, 1)), "")
        return before in lists.month_words or before[-1:].isdigit() or page.word_after(end)[:1].isdigit()
    if text[start - 1 : start] == "(" and text[end : end + 1] == ":":
        return entry.candidates[0].form == "demonym"  # the language: "Kyiv (Ukrainian: Київ)"
    if entry.candidates[0].form == "demonym" and _is_language(page, start, end):
        return True
    if page.style(start) == "plain":
        return False
    if written.startswith(("The ", "THE ")) and entry.candidates[0].type == "media":
        return True
    if page.style(start) != "caps" or written not in lists.caps_words:
        return False
    pronoun = written != "US" or any(word.text != "THE" for word in page.words_before(start, 1))
    return pronoun and "-" not in (text[start - 1 : start], text[end : end + 1])


def is_inside_longer_name(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether a person's or a place's name is part of another name: "Monroe Doctrine", "Bank of Israel"."""
    kinds = {candidate.type for candidate in entry.candidates}
    if kinds.isdisjoint({"person", "country", "group"}) and entry.candidates[0].form != "metonym":
        return False
    lists = context()
    style = page.style(start)
    after = page.word_after(end)
    head = after.capitalize() if style == "caps" and after not in lists.heads else after  # but II
    if head in lists.heads and not (style != "plain" and head in lists.doubtful_heads):
        return True
    if (
        style == "plain"
        and after[:1].isupper()
        and end + 1 not in page.starts
        and _is_before_head(page, end + 1 + len(after))
    ):
        return True
    return "country" in kinds and _is_other_place(page, start, end, entry)


def _is_before_head(page: Page, end: int) -> bool:
    """Whether such a word follows after one or two more with a capital: "Obama Presidential Center"."""
    lists = context()
    for _ in range(2):
        word = page.word_after(end)
        if word in lists.heads:
            return word[0].isupper()
        if not word[:1].isupper() or end + 1 in page.starts or word.casefold() in lists.titles:
            return False
        end += 1 + len(word)
    return False


def is_of_another_country(page: Page, start: int, entry: Entry) -> bool:
    """Whether a body that many states have is another state's than the registry's: "Peru's Congress"."""
    if entry.text not in context().common_bodies:
        return False
    gap = 3 if page.text[max(0, start - 3) : start] in ("'s ", "’s ") else 1
    before = page.name_before(start - gap)
    if before is None:
        return False
    owners = {candidate.country for candidate in before.candidates} - {""}
    return bool(owners) and owners.isdisjoint({candidate.country for candidate in entry.candidates})


def is_first_name(page: Page, end: int, entry: Entry) -> bool:
    """Whether "Jordan" or "Harris" is the given name of somebody: "Jordan Peterson", but not "Jordan King Abdullah"."""
    if not entry.given or page.style(end - 1) != "plain":
        return False
    after = page.word_after(end)
    known = end + 1 in page.starts or after.casefold() in context().titles or after in context().generic
    return after[:1].isupper() and not after.isupper() and not known


def is_capital_surname(page: Page, start: int, entry: Entry) -> bool:
    """Whether the capital is somebody's surname: "Valeska Paris", but not "Downtown Paris"."""
    if not entry.capital or entry.surname:
        return False
    words = list(page.words_before(start, 1))
    return follows_given_name(page, words, start) and words[0].text not in context().area_words


def _is_language(page: Page, start: int, end: int) -> bool:
    """Whether the demonym is a language: "spoke Russian", "Russian-speaking", "he said in Russian."."""
    if page.text.startswith(("-speaking", "-language", "-speaker", " language", " translation"), end):
        return True
    words = [word.text.casefold() for word in page.words_before(start, 2)]
    if words and words[0] in context().speaking:
        return True
    said = words[:1] == ["in"] and (len(words) < 2 or words[1] in context().spoken)
    return said and page.text[end : end + 1] in (".", ",", ";", ":", ")", "")


def _is_other_place(page: Page, start: int, end: int, entry: Entry) -> bool:
    """Whether the place is a surname, in an American state, a sum of money, or what a bank or a sea is named after."""
    lists = context()
    rest = page.text[end : end + 20]
    if rest.startswith(("$", " $")) or (rest.startswith(", ") and rest.startswith(lists.us_states, 2)):
        return True
    words = list(page.words_before(start, 3))
    if not words:
        return False
    named_after = words[0].text.casefold() in lists.given or words[0].text in lists.firm_words
    if named_after and words[0].text[0].isupper() and not page.name_before(start - 1) and " " not in entry.text:
        return True
    if words[0].text == "the":
        del words[0]
    if len(words) < 2 or words[0].text != "of":
        return False
    head = words[1]
    # "Bank of Israel"; in running text every capital before "of" makes a name, but for offices and states
    if head.first or page.style(start) != "plain":
        return head.text in lists.of_heads
    known = (
        head.text.casefold() in lists.titles
        or head.text in lists.states_of
        or page.name_before(words[0].start - 1) is not None
    )
    return head.text[0].isupper() and not known
