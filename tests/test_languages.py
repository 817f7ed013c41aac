"""Languages: names and codes, identification, and the refusal of other languages by helpers for English."""

import random

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import mediakit as mk
from mediakit.languages import LanguageError, identify, language_code, language_name, languages

# Written for these tests: the same short report in each language.
REPORTS = {
    "en": "The council decided on Tuesday to close the old bridge. Thousands of people cross it every day, and "
    "many of them are angry, because the new one will not be ready before next year.",
    "de": "Der Stadtrat hat am Dienstag beschlossen, die alte Brücke zu sperren. Jeden Tag fahren Tausende über "
    "sie, und viele sind verärgert, weil die neue erst im nächsten Jahr fertig wird.",
    "fr": "Le conseil municipal a décidé mardi de fermer le vieux pont. Des milliers de personnes le traversent "
    "chaque jour, et beaucoup sont en colère, car le nouveau ne sera pas prêt avant l'année prochaine.",
    "es": "El ayuntamiento decidió el martes cerrar el viejo puente. Miles de personas lo cruzan cada día y muchas "
    "están enfadadas, porque el nuevo no estará listo hasta el año que viene.",
    "it": "Il consiglio comunale ha deciso martedì di chiudere il vecchio ponte. Migliaia di persone lo "
    "attraversano ogni giorno e molte sono arrabbiate, perché quello nuovo non sarà pronto prima dell'anno "
    "prossimo.",
    "nl": "De gemeenteraad heeft dinsdag besloten de oude brug te sluiten. Duizenden mensen gaan er elke dag "
    "overheen, en velen zijn boos, omdat de nieuwe pas volgend jaar klaar is.",
    "pt": "A câmara municipal decidiu na terça-feira fechar a ponte velha. Milhares de pessoas atravessam-na todos "
    "os dias e muitas estão zangadas, porque a nova só ficará pronta no próximo ano.",
    "sv": "Kommunfullmäktige beslutade på tisdagen att stänga den gamla bron. Tusentals människor åker över den "
    "varje dag och många är arga, eftersom den nya inte blir färdig förrän nästa år.",
    "pl": "Rada miasta zdecydowała we wtorek o zamknięciu starego mostu. Codziennie przejeżdżają nim tysiące ludzi "
    "i wielu jest oburzonych, ponieważ nowy będzie gotowy dopiero w przyszłym roku.",
    "tr": "Belediye meclisi salı günü eski köprünün kapatılmasına karar verdi. Her gün binlerce kişi köprüden "
    "geçiyor ve çoğu kızgın, çünkü yenisi gelecek yıldan önce hazır olmayacak.",
    "ru": "Городской совет решил во вторник закрыть старый мост. Каждый день по нему ездят тысячи людей, и многие "
    "недовольны, потому что новый будет готов только в следующем году.",
    "uk": "Міська рада вирішила у вівторок закрити старий міст. Щодня ним їздять тисячі людей, і багато хто "
    "незадоволений, бо новий буде готовий лише наступного року.",
    "el": "Το δημοτικό συμβούλιο αποφάσισε την Τρίτη να κλείσει την παλιά γέφυρα. Χιλιάδες άνθρωποι τη διασχίζουν "
    "κάθε μέρα και πολλοί είναι θυμωμένοι, γιατί η νέα δεν θα είναι έτοιμη πριν από το επόμενο έτος.",
    "ar": "قرر مجلس المدينة يوم الثلاثاء إغلاق الجسر القديم. يعبره آلاف الناس كل يوم، وكثير منهم غاضبون لأن الجسر "
    "الجديد لن يكون جاهزا قبل العام المقبل.",
    "he": "מועצת העיר החליטה ביום שלישי לסגור את הגשר הישן. אלפי אנשים עוברים בו מדי יום, ורבים מהם כועסים, כי "
    "הגשר החדש לא יהיה מוכן לפני השנה הבאה.",
    "zh": "市议会星期二决定关闭旧桥。每天有成千上万的人经过这座桥,许多人很生气,因为新桥要到明年才能完工。",
    "ja": "市議会は火曜日、古い橋を閉鎖することを決めた。毎日何千人もの人がこの橋を渡っており、新しい橋が来年まで完"
    "成しないため、多くの人が怒っている。",
    "ko": "시의회는 화요일에 낡은 다리를 폐쇄하기로 결정했다. 매일 수천 명이 그 다리를 건너며, 새 다리가 내년에야 "
    "완공되기 때문에 많은 사람들이 화가 나 있다.",
    "th": "สภาเมืองมีมติเมื่อวันอังคารให้ปิดสะพานเก่า ผู้คนหลายพันคนข้ามสะพานนี้ทุกวัน และหลายคนโกรธเพราะสะพานใหม่จ"
    "ะไม่เสร็จก่อนปีหน้า",
    "hi": "नगर परिषद ने मंगलवार को पुराने पुल को बंद करने का फैसला किया। हर दिन हजारों लोग इस पुल से गुजरते हैं और "
    "कई लोग नाराज हैं, क्योंकि नया पुल अगले साल से पहले तैयार नहीं होगा।",
}  # fmt: skip

NAMES_ONLY = "Zelenskyy, Steinmeier, Macron und Scholz"


def corpus(*codes: str | None) -> pd.DataFrame:
    """Articles a0, a1 … that say they are in these languages; all of them are English."""
    texts = [REPORTS["en"]] * len(codes)
    columns = {"article_id": [f"a{number}" for number in range(len(codes))], "source": "Paper", "title": None}
    return pd.DataFrame({**columns, "text": texts, "published": pd.NaT, "language": pd.array(codes, dtype="str")})


# --- identification ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", REPORTS)
def test_a_report_is_identified(code: str) -> None:
    guess = languages([REPORTS[code]])[0]
    assert guess.code == code
    assert guess.confidence > 0.8


@pytest.mark.parametrize("code", REPORTS)
def test_a_long_article_is_identified_from_stretches(code: str) -> None:
    article = NAMES_ONLY + "\n" + "\n".join([REPORTS[code]] * 40)
    guess = languages([article])[0]
    assert guess.code == code
    assert guess.confidence > 0.9


@pytest.mark.parametrize(
    "text", ["", "   \n ", "OK.", "12.345 / 67 %", "Trump", "https://example.org/de/der-die-das", "🙂🙂", "—"]
)
def test_what_says_too_little_is_unknown(text: str) -> None:
    assert languages([text])[0].code is None


def test_addresses_and_hashtags_do_not_count() -> None:
    noise = " https://beispiel.de/die-neue-bruecke-wird-erst-im-naechsten-jahr-fertig #derStadtratHatBeschlossen"
    assert languages([REPORTS["en"] + noise * 3])[0].code == "en"


@pytest.mark.parametrize("quoted", ["de", "fr", "ru"])
def test_an_article_with_a_long_quotation_is_in_its_main_language(quoted: str) -> None:
    parts = [REPORTS["en"]] * 4 + [REPORTS[quoted]] * 2 + [REPORTS["en"]] * 4
    assert languages(["\n".join(parts)])[0].code == "en"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(), max_size=4), st.randoms())
def test_any_text_gets_a_code_or_none_whatever_the_order(texts: list[str], chance: random.Random) -> None:
    guesses = languages(texts)
    assert all(guess.code is None or len(guess.code) == 2 for guess in guesses)
    assert all(0 <= guess.confidence <= 1 for guess in guesses)
    order = list(range(len(texts)))
    chance.shuffle(order)
    assert languages([texts[at] for at in order]) == [guesses[at] for at in order]


@pytest.mark.parametrize("code", ["zh", "th"])
def test_a_rare_space_loses_nothing_where_words_have_none(code: str) -> None:
    article = " ".join([REPORTS[code]] * 30)
    assert languages([article])[0].code == code


def test_endless_values_are_no_obstacle() -> None:
    assert identify([REPORTS["fr"] * 20_000], ["french " * 200_000]) == (["fr"], ["given"], [None])


def test_lone_surrogates_and_nul_are_no_obstacle() -> None:
    assert languages(["\ud800" + REPORTS["de"] + "\x00"])[0].code == "de"


# --- languages as inputs name them ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "names"),
    {
        "en": ["en", "EN-US", "en_GB.UTF-8", "eng", "English", "ENGLISH", " english ", "englisch", "ANGLAIS", "Engels"],
        "de": ["de", "de_DE", "de-AT-1996", "ger", "deu", "German", "Deutsch", "ALLEMAND", "Duits", "DEUTSCH; GERMAN"],
        "fr": ["fr-CA", "fre", "fra", "Français", "FRANCAIS", "Französisch", "Frans", "Français (Canada)"],
        "es": ["es-419", "spa", "Español", "Espanol", "Castilian", "SPANISCH"],
        "pt": ["pt-BR", "Portuguese (Brazil)", "Brazilian Portuguese", "português"],
        "nl": ["nl", "dut", "Dutch", "Flemish", "Néerlandais", "NEDERLANDS"],
        "no": ["no", "nb", "nb-NO", "nob", "Norwegian", "Bokmål", "norsk"],
        "zh": ["zh", "zh-Hant-TW", "chi", "zho", "Chinese", "中文", "Chinese (Simplified)"],
        "he": ["he", "iw", "heb", "עברית"],
        "ru": ["ru", "rus", "русский", "Russisch"],
        "tr": ["tr", "Türkçe", "turkish"],
    }.items(),
)  # fmt: skip
def test_usual_names_of_a_language(code: str, names: list[str]) -> None:
    assert {name: language_code(name) for name in names} == dict.fromkeys(names, code)


@pytest.mark.parametrize(
    "value",
    [None, float("nan"), pd.NA, "", " ", "und", "mul", "zxx", "unknown", "x-default", "US", "12", "English; German", 7,
     "OK.", "Die Zeit", "de la Plata", "In Brief"],
)  # fmt: skip
def test_what_names_no_one_language(value: object) -> None:
    assert language_code(value) is None


def test_lists_of_one_language_are_read() -> None:
    assert language_code(["en", "eng"]) == "en"
    assert language_code(["en", "de"]) is None


@settings(deadline=None)
@given(st.text() | st.none() | st.floats() | st.lists(st.text(), max_size=3))
def test_any_value_names_a_language_or_none(value: object) -> None:
    code = language_code(value)
    assert code is None or (len(code) == 2 and language_code(code) == code and language_name(code) != code)


# --- given against identified -----------------------------------------------------------------------------------------


def test_what_is_given_is_kept_and_what_is_missing_identified() -> None:
    found = identify([REPORTS["en"], REPORTS["de"], "OK.", "OK."], ["EN-US", None, "deutsch", float("nan")])
    assert found.codes == ["en", "de", "de", None]
    assert found.bases == ["given", "identified", "given", None]
    assert found.reasons == [None] * 4


def test_nothing_given_at_all() -> None:
    found = identify([REPORTS["sv"], ""])
    assert (found.codes, found.bases, found.reasons) == (["sv", None], ["identified", None], [None, None])


def test_a_text_that_clearly_reads_otherwise_overrules_and_says_so() -> None:
    found = identify([REPORTS["de"] * 3], ["en-us"])
    assert (found.codes, found.bases) == (["de"], ["identified"])
    assert found.reasons == ["language given as 'en-us', but the text reads as German, and is taken for it"]


def test_a_short_text_overrules_nothing() -> None:
    assert identify(["Der Stadtrat hat die Brücke am Dienstag gesperrt."], ["en"])[:2] == (["en"], ["given"])


def test_text_that_only_fills_space_keeps_what_is_given() -> None:
    filler = (
        "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore "
        "magna aliqua. Ut enim ad minim veniam, quis nostrud exercitation ullamco laboris nisi ut aliquip ex ea "
        "commodo consequat. Duis aute irure dolor in reprehenderit in voluptate velit esse cillum dolore eu fugiat. "
    )
    found = identify([filler * 3], ["ENGLISH"])
    assert (found.codes, found.bases) == (["en"], ["given"])
    assert "reads as Latin" in str(found.reasons[0])


def test_close_relatives_do_not_contradict() -> None:
    croatian = (
        "Gradsko vijeće odlučilo je u utorak zatvoriti stari most. Svakoga dana preko njega prelaze tisuće ljudi, a "
        "mnogi su ljuti jer novi neće biti gotov prije sljedeće godine. "
    )
    assert identify([croatian * 5], ["bs"]) == (["bs"], ["given"], [None])


def test_an_unknown_name_is_said() -> None:
    found = identify([REPORTS["fr"], "OK."], ["Klingon", "Klingon"])
    assert (found.codes, found.bases) == (["fr", None], ["identified", None])
    assert [reason and "'Klingon'" in reason for reason in found.reasons] == [True, True]
    assert "reads as French" in str(found.reasons[0])


def test_several_languages_given_are_settled_by_the_text() -> None:
    assert identify([REPORTS["fr"]], ["English; French"]) == (["fr"], ["identified"], [None])
    assert identify([REPORTS["fr"]], ["English; German"]).reasons != [None]


def test_lengths_must_agree() -> None:
    with pytest.raises(ValueError, match="shorter"):
        identify(["a", "b"], ["en"])


# --- English only -----------------------------------------------------------------------------------------------------

HELPERS = {
    "sentiment": lambda articles: mk.sentiment(mk.sentences(articles)),
    "mentions": mk.mentions,
    "term_counts": mk.term_counts,
}


@pytest.mark.parametrize("helper", HELPERS)
def test_helpers_refuse_other_languages_by_name(helper: str) -> None:
    articles = corpus("en", "de", None, "de", "fr")
    with pytest.raises(LanguageError) as caught:
        HELPERS[helper](articles)
    message = str(caught.value)
    assert message.startswith(f"{helper}: ")
    for part in ("3 of 5 articles are not", "2 in German (de), 1 in French (fr)", "'a1'", "english_articles("):
        assert part in message, message
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("helper", HELPERS)
def test_the_remedy_works_and_changes_nothing_for_english(helper: str) -> None:
    articles = corpus("en", "de", None, "EN-us")
    kept = HELPERS[helper](mk.english_articles(articles))
    plain = HELPERS[helper](articles.iloc[[0, 2, 3]].drop(columns="language"))
    pd.testing.assert_frame_equal(kept.drop(columns="language", errors="ignore"), plain)


def test_other_words_are_counted_in_any_language() -> None:
    articles = corpus("de", "fr")
    assert mk.term_counts(articles, stop_words=None)["n"].sum() == len(mk.tokens(articles))
    assert "the" not in set(mk.term_counts(articles, stop_words={"the"})["term"])
    assert len(mk.kwic(articles, "bridge")) == 2


def test_sentences_carry_the_language_of_their_article() -> None:
    articles = corpus("en", "de", None).assign(text=[REPORTS["en"], "", REPORTS["en"] + "\nMore."], index=[7, 7, 3])
    table = mk.sentences(articles.set_index("index"))
    counts = table.groupby("article_id").size()
    expected = articles.set_index("article_id")["language"].loc[table["article_id"]]
    assert list(counts.index) == ["a0", "a2"]
    assert table["language"].fillna("none").tolist() == expected.fillna("none").tolist()
    assert "language" not in mk.sentences(articles.drop(columns="language"))


def test_english_articles_keeps_rows_index_and_columns() -> None:
    articles = corpus("de", "en", "mul", "Klingon", "English", None).assign(mine=range(6))
    articles.index = [5, 5, 4, 3, 2, 1]
    kept = mk.english_articles(articles)
    assert kept["mine"].tolist() == [1, 2, 4, 5]
    assert kept.index.tolist() == [5, 4, 2, 1]
    pd.testing.assert_frame_equal(
        mk.english_articles(articles.drop(columns="language")), articles.drop(columns="language")
    )


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        (["en"] * 3, "All 3 articles are in English."),
        (
            ["en", "de", "de", "fr"],
            "1 of 4 articles is in English; 3 are left out: 2 in German (de), 1 in French (fr).",
        ),
        (["en", "en", "de"], "2 of 3 articles are in English; 1 is left out: 1 in German (de)."),
        ([None, None], "No language is known of 2 articles: English is assumed."),
        (
            ["en", None, "de"],
            "2 of 3 articles are in English; 1 is left out: 1 in German (de); English is assumed where the language is "
            "not known: 1 article.",
        ),
    ],
)
def test_languages_in_words(codes: list[str | None], text: str) -> None:
    assert mk.describe_languages(corpus(*codes)) == text


def test_many_languages_are_summed_up() -> None:
    text = mk.describe_languages(corpus("en", *["de", "fr", "es", "it", "nl", "pl", "sv"]))
    assert "7 are left out" in text
    assert text.count(" in ") == 1 + 5 + 1
    assert "2 in 2 others" in text


def test_missing_values_of_any_kind_are_english() -> None:
    articles = corpus("en", "en", "en")
    for missing in (np.nan, None, pd.NA):
        frame = articles.assign(language=pd.Series(["en", missing, "de"], dtype="object"))
        assert len(mk.english_articles(frame)) == 2


def test_a_corpus_without_english_articles_has_no_actors_and_no_terms() -> None:
    articles = mk.english_articles(corpus("de", "fr"))
    found = mk.mentions(articles)
    for by in (None, "source"):
        assert len(mk.mention_counts(found, articles, by=by)) == 0
        assert len(mk.term_counts(articles, by=by)) == 0
    assert len(mk.co_mentions(found)) == len(mk.sentiment(mk.sentences(articles))) == 0
