"""APA DeFacto, Mediargus, and databases' exports that come as RTF documents."""

import pytest
from reader_samples import databases, factiva, regional
from test_databases import Found, read

from mediakit.readers import reader_for
from mediakit.readers.files import in_memory


@pytest.mark.parametrize("name", ["defacto.htm", "defacto.txt", "defacto.rtf"])
def test_defacto_in_every_format(name: str) -> None:
    found = read(name, regional.SAMPLES.get(name) or factiva.rtf(regional.DEFACTO_TXT))
    assert found.column("title") == ["Fähren bleiben im Hafen", "Kurz gemeldet"]
    assert found.column("source") == ["Hügelbote", "talkurier.at"]
    assert [str(value)[:10] for value in found.column("published")] == ["17.08.2025", "18.08.2025"]
    assert found.column("published")[1] == "18.08.2025 18:00"
    assert found.column("author") == ["Anna Eik", None]
    assert found.column("page") == ["14", None]
    assert found.column("section") == ["Chronik", None]
    assert found.column("text") == [
        'Die Häfen trennten sich ohne Ergebnis.\n"Wir machen weiter", sagte Ann Oak.',
        "Ein Absatz.",
    ]


def test_mediargus_joins_list_and_texts() -> None:
    found = read("x.txt", regional.MEDIARGUS)
    assert found.reader == "mediargus"
    assert found.column("title") == ["Veren blijven in de haven", "Kort nieuws"]
    assert found.column("source") == ["De Kade", "Het Dal"]
    assert found.column("published") == ["17-08-2025", "18 augustus 2025"]
    assert found.column("length") == [345, 20]
    assert found.column("section") == ["Binnenland", None]
    assert found.column("text")[0] == 'De havens gingen uiteen zonder akkoord.\n"We gaan door", zei Ann Oak.'
    assert found.reasons == []


def test_mediargus_says_when_texts_are_missing() -> None:
    found = read("x.txt", regional.MEDIARGUS[: regional.MEDIARGUS.rindex("2. Kort")])
    assert found.column("text")[1] is None
    assert "lists 2 articles, and 1 texts follow" in found.reasons[0]


@pytest.mark.parametrize("name", ["factiva.rtf", "factiva-coded.rtf"])
def test_factiva_as_rtf_gives_what_its_text_gives(name: str) -> None:
    found: Found = read(name, factiva.SAMPLES[name])
    assert found.reader == "database rtf"
    assert found.column("article_id") == [story.number for story in factiva.STORIES]
    assert found.column("text") == ["\n".join(story.paragraphs) for story in factiva.STORIES]


def test_proquest_as_rtf_gives_what_its_text_gives() -> None:
    whole, text = read("x.rtf", factiva.rtf(databases.PROQUEST)), read("x.txt", databases.PROQUEST)
    assert [record.fields for record in whole.records] == [record.fields for record in text.records]
    assert whole.reasons == text.reasons


def test_an_rtf_file_that_only_names_a_database_is_an_ordinary_document() -> None:
    found = read("x.rtf", factiva.rtf("Factiva sold\n\nFactiva was sold by Reuters on Saturday.\n"))
    assert len(found.records) == 1
    assert "Factiva was sold" in str(found.column("text")[0])


@pytest.mark.parametrize(
    "text",
    [
        "1. Wir fahren\n\nDie Fahrt, die am 17. August 2025 begann, war lang.\n",
        "Der Brief vom 17.08.2025\n\nEr kam an. Seite um Seite war gelesen.\n",
        "Das Protokoll vom 17.08.2025 ist da.\nRessort: keines.\n",
    ],
)
def test_german_prose_is_no_export(text: str) -> None:
    assert reader_for(in_memory("x.txt", text.encode())).name == "text"
