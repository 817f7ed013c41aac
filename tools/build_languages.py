"""Make mediakit/data/languages.csv: ISO 639-1 codes, other codes for the same language, and its names.

    pip install babel
    python tools/build_languages.py > mediakit/data/languages.csv

The names are Unicode's CLDR (Unicode License v3), read through Babel: each language's name in the languages that
databases and feeds have their interfaces in, and in the language itself. A name that two languages share is left out.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict

from babel import Locale, UnknownLocaleError
from babel.core import get_global

from mediakit.languages import fold

INTERFACES = (
    "en de fr nl es it pt ca ro sv da nb nn fi et lv lt pl cs sk sl hr sr bg mk ru uk el tr hu ar he fa ja ko zh id vi"
).split()
# what databases write, and CLDR does not; "nb" and "no" are one language here, as in the model
OWN = {
    "de": ["german language"],
    "el": ["modern greek", "neugriechisch"],
    "es": ["castilian", "castellano", "castillan", "kastilisch"],
    "fa": ["farsi"],
    "id": ["bahasa indonesia", "bahasa"],
    "ms": ["bahasa melayu", "malaysian"],
    "nl": ["flemish", "vlaams", "flamand", "flämisch"],
    "no": ["norwegian bokmal", "bokmål", "bokmal"],
    "ro": ["moldavian", "moldovan"],
    "tl": ["tagalog"],
    "zh": ["mandarin", "mandarin chinese", "cantonese", "hochchinesisch"],
}
SAME = {"nb": "no", "sh": "sr", "fil": "tl"}
THREE_LETTER = {"fil": "tl", "cmn": "zh", "yue": "zh", "zho": "zh", "chi": "zh", "nob": "no", "nor": "no"}


def main() -> None:
    """Print the table."""
    english = {code: name for code, name in Locale.parse("en").languages.items() if len(code) == 2}
    names: dict[str, dict[str, None]] = {SAME.get(code, code): {} for code in english}
    for code in names:
        names[code][fold(english[code])] = None
    for own, extra in OWN.items():
        names[own].update(dict.fromkeys(map(fold, extra)))
    for alias, code in {**get_global("language_aliases"), **THREE_LETTER, **SAME}.items():
        if (code := SAME.get(code, code)) and code in names and alias.isalpha():
            names[code][alias] = None
    for code in english:
        for locale in [code, *INTERFACES]:
            try:
                name = Locale.parse(locale).languages.get(code)
            except UnknownLocaleError:
                continue
            if name:
                names[SAME.get(code, code)][fold(name)] = None
    owners = defaultdict(set)
    for code, known in names.items():
        for name in known:
            owners[name].add(code)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["code", "english", "also"])
    for code in sorted(names):
        first = fold(english[code])
        also = [name for name in names[code] if owners[name] == {code} and name != first and name not in names]
        writer.writerow([code, english[code], ";".join(also)])
    for name, codes in owners.items():
        if len(codes) > 1:
            print(f"left out: {name!r} is {sorted(codes)}", file=sys.stderr)


if __name__ == "__main__":
    main()
