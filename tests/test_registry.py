"""The registry that ships: whom it must know, checked by script."""

import pandas as pd
import pytest

import mediakit as mk
from mediakit.offices import read_offices

# Heads of state and government since 2000, written down from general knowledge for this check: not a copy of a list.
LEADERS = {
    "United States": "Bill Clinton;George W. Bush;Barack Obama;Donald Trump;Joe Biden",
    "United Kingdom": "Tony Blair;Gordon Brown;David Cameron;Theresa May;Boris Johnson;Liz Truss;"
    "Rishi Sunak;Keir Starmer",
    "France": "Jacques Chirac;Nicolas Sarkozy;François Hollande;Emmanuel Macron;Lionel Jospin;Jean-Pierre Raffarin;"
    "Dominique de Villepin;François Fillon;Jean-Marc Ayrault;Manuel Valls;Édouard Philippe;Jean Castex;Élisabeth Borne;"
    "Gabriel Attal;Michel Barnier;François Bayrou;Sébastien Lecornu",
    "Germany": "Gerhard Schröder;Angela Merkel;Olaf Scholz;Friedrich Merz;Johannes Rau;Horst Köhler;Christian Wulff;"
    "Joachim Gauck;Frank-Walter Steinmeier",
    "Italy": "Giuliano Amato;Silvio Berlusconi;Romano Prodi;Mario Monti;Enrico Letta;Matteo Renzi;Paolo Gentiloni;"
    "Giuseppe Conte;Mario Draghi;Giorgia Meloni;Carlo Azeglio Ciampi;Giorgio Napolitano;Sergio Mattarella",
    "Russia": "Vladimir Putin;Dmitry Medvedev;Mikhail Kasyanov;Mikhail Fradkov;Viktor Zubkov;Mikhail Mishustin",
    "China": "Jiang Zemin;Hu Jintao;Xi Jinping;Zhu Rongji;Wen Jiabao;Li Keqiang;Li Qiang",
    "Japan": "Yoshiro Mori;Junichiro Koizumi;Shinzo Abe;Yasuo Fukuda;Taro Aso;Yukio Hatoyama;Naoto Kan;Yoshihiko Noda;"
    "Yoshihide Suga;Fumio Kishida;Shigeru Ishiba;Sanae Takaichi",
    "India": "Atal Bihari Vajpayee;Manmohan Singh;Narendra Modi;Pratibha Patil;Pranab Mukherjee;Ram Nath Kovind",
    "Brazil": "Fernando Henrique Cardoso;Luiz Inácio Lula da Silva;Dilma Rousseff;Michel Temer;Jair Bolsonaro",
    "Canada": "Jean Chrétien;Paul Martin;Stephen Harper;Justin Trudeau;Mark Carney",
    "Australia": "John Howard;Kevin Rudd;Julia Gillard;Tony Abbott;Malcolm Turnbull;Scott Morrison;Anthony Albanese",
    "Mexico": "Ernesto Zedillo;Vicente Fox;Felipe Calderón;Enrique Peña Nieto;Claudia Sheinbaum",
    "Argentina": "Fernando de la Rúa;Eduardo Duhalde;Néstor Kirchner;Mauricio Macri;Alberto Fernández;Javier Milei",
    "South Korea": "Kim Dae-jung;Roh Moo-hyun;Lee Myung-bak;Park Geun-hye;Moon Jae-in;Yoon Suk Yeol;Lee Jae-myung",
    "Indonesia": "Abdurrahman Wahid;Megawati Sukarnoputri;Susilo Bambang Yudhoyono;Joko Widodo;Prabowo Subianto",
    "Saudi Arabia": "King Fahd;Abdullah bin Abdulaziz;King Salman;Mohammed bin Salman",
    "South Africa": "Thabo Mbeki;Kgalema Motlanthe;Jacob Zuma;Cyril Ramaphosa",
    "Turkey": "Bülent Ecevit;Abdullah Gül;Recep Tayyip Erdoğan;Ahmet Davutoğlu;Binali Yıldırım",
    "Ukraine": "Leonid Kuchma;Viktor Yushchenko;Viktor Yanukovych;Petro Poroshenko;Volodymyr Zelensky;Yulia Tymoshenko;"
    "Mykola Azarov;Arseniy Yatsenyuk;Volodymyr Groysman;Oleksiy Honcharuk;Denys Shmyhal;Yulia Svyrydenko",
    "Israel": "Ehud Barak;Ariel Sharon;Ehud Olmert;Benjamin Netanyahu;Naftali Bennett;Yair Lapid;"
    "Moshe Katsav;Shimon Peres;"
    "Reuven Rivlin;Isaac Herzog",
    "Iran": "Mohammad Khatami;Mahmoud Ahmadinejad;Hassan Rouhani;Ebrahim Raisi;Masoud Pezeshkian;Ali Khamenei",
    "Austria": "Wolfgang Schüssel;Werner Faymann;Christian Kern;Sebastian Kurz;Karl Nehammer;Christian Stocker",
    "Belgium": "Guy Verhofstadt;Yves Leterme;Elio Di Rupo;Charles Michel;Sophie Wilmès;Alexander De Croo;Bart De Wever",
    "Bulgaria": "Sergei Stanishev;Boyko Borisov;Kiril Petkov;Nikolai Denkov;Georgi Parvanov;Rumen Radev",
    "Croatia": "Ivica Račan;Ivo Sanader;Jadranka Kosor;Zoran Milanović;Andrej Plenković;Stjepan Mesić;Ivo Josipović",
    "Cyprus": "Glafcos Clerides;Tassos Papadopoulos;Dimitris Christofias;Nicos Anastasiades;Nikos Christodoulides",
    "Czech Republic": "Václav Havel;Václav Klaus;Miloš Zeman;Petr Pavel;Petr Nečas;Bohuslav Sobotka;"
    "Andrej Babiš;Petr Fiala",
    "Denmark": "Poul Nyrup Rasmussen;Anders Fogh Rasmussen;Lars Løkke Rasmussen;Helle Thorning-Schmidt;"
    "Mette Frederiksen",
    "Estonia": "Mart Laar;Siim Kallas;Andrus Ansip;Taavi Rõivas;Jüri Ratas;Kaja Kallas;Kristen Michal;Alar Karis",
    "Finland": "Paavo Lipponen;Matti Vanhanen;Jyrki Katainen;Alexander Stubb;Juha Sipilä;Sanna Marin;Petteri Orpo",
    "Greece": "Costas Simitis;Kostas Karamanlis;George Papandreou;Antonis Samaras;Alexis Tsipras;Kyriakos Mitsotakis",
    "Hungary": "Viktor Orbán;Péter Medgyessy;Ferenc Gyurcsány;Gordon Bajnai;Katalin Novák;János Áder;Tamás Sulyok",
    "Ireland": "Bertie Ahern;Brian Cowen;Enda Kenny;Leo Varadkar;Micheál Martin;Simon Harris;Michael D. Higgins",
    "Latvia": "Aigars Kalvītis;Valdis Dombrovskis;Krišjānis Kariņš;Evika Siliņa;Vaira Vīķe-Freiberga;Egils Levits",
    "Lithuania": "Rolandas Paksas;Algirdas Brazauskas;Ingrida Šimonytė;Valdas Adamkus;Dalia Grybauskaitė;"
    "Gitanas Nausėda",
    "Luxembourg": "Jean-Claude Juncker;Xavier Bettel;Luc Frieden",
    "Malta": "Eddie Fenech Adami;Lawrence Gonzi;Joseph Muscat;Robert Abela",
    "Netherlands": "Wim Kok;Jan Peter Balkenende;Mark Rutte;Dick Schoof",
    "Poland": "Leszek Miller;Marek Belka;Jarosław Kaczyński;Donald Tusk;Ewa Kopacz;Beata Szydło;Mateusz Morawiecki;"
    "Aleksander Kwaśniewski;Lech Kaczyński;Bronisław Komorowski;Andrzej Duda;Karol Nawrocki",
    "Portugal": "António Guterres;José Manuel Barroso;José Sócrates;Pedro Passos Coelho;António Costa;Luís Montenegro",
    "Romania": "Adrian Năstase;Emil Boc;Victor Ponta;Ludovic Orban;Marcel Ciolacu;Ion Iliescu;"
    "Klaus Iohannis;Nicușor Dan",
    "Slovakia": "Mikuláš Dzurinda;Robert Fico;Iveta Radičová;Peter Pellegrini;Igor Matovič;Eduard Heger;"
    "Zuzana Čaputová",
    "Slovenia": "Janez Drnovšek;Janez Janša;Borut Pahor;Alenka Bratušek;Marjan Šarec;Robert Golob;Nataša Pirc Musar",
    "Spain": "José María Aznar;José Luis Rodríguez Zapatero;Mariano Rajoy;Pedro Sánchez",
    "Sweden": "Göran Persson;Fredrik Reinfeldt;Stefan Löfven;Magdalena Andersson;Ulf Kristersson",
}


@pytest.fixture(scope="module")
def builtin() -> pd.DataFrame:
    return mk.read_actors()


@pytest.mark.parametrize("country", LEADERS)
def test_heads_of_state_and_government_since_2000(country: str, builtin: pd.DataFrame) -> None:
    people = builtin[(builtin["type"] == "person") & (builtin["form"] != "surname")]
    known = dict(zip(people["alias"], people["country"], strict=True))
    missing = [name for name in LEADERS[country].split(";") if name not in known]
    assert missing == []
    assert {known[name] for name in LEADERS[country].split(";")} == {country}


def test_it_is_as_large_as_it_must_be(builtin: pd.DataFrame) -> None:
    counts = builtin.groupby("type")["actor"].nunique()
    for kind, least in {"country": 250, "person": 1000, "organisation": 300, "media": 300}.items():
        assert counts[kind] >= least, kind


def test_every_holder_of_an_office_is_in_it(builtin: pd.DataFrame) -> None:
    terms = read_offices()
    known = set(builtin["actor"])
    assert sorted({*terms["actor"], *terms["of"]} - known) == []


@pytest.mark.parametrize(
    ("seat", "government"),
    [
        ("Kremlin", "Russian government"),
        ("White House", "US government"),
        ("Downing Street", "British government"),
        ("Élysée", "French government"),
        ("Bankova", "Ukrainian government"),
        ("Zhongnanhai", "Chinese government"),
        ("Blue House", "South Korean government"),
        ("Planalto Palace", "Brazilian government"),
        ("Casa Rosada", "Argentine government"),
        ("Moncloa", "Spanish government"),
        ("Palazzo Chigi", "Italian government"),
        ("German Chancellery", "German government"),
        ("Holyrood", "Scottish government"),
        ("Kantei", "Japanese government"),
        ("Quai d'Orsay", "French foreign ministry"),
        ("Foggy Bottom", "US Department of State"),
        ("Pentagon", "US Department of Defense"),
        ("Brussels", "European Union"),
    ],
)
def test_seats_stand_for_their_governments(seat: str, government: str, builtin: pd.DataFrame) -> None:
    rows = builtin[builtin["alias"] == seat]
    assert rows["actor"].tolist() == [government]
    assert rows["form"].tolist() == ["metonym"]
