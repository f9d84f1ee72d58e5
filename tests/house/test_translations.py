"""Every word of the product is said in French and Arabic, and no template has words that nobody can translate."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import polib
import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
LANGUAGES = {"fr": 2, "ar": 6}  # plural forms
NOT_SOURCE = shutil.ignore_patterns(".*", "__pycache__", "var", "build", "tests", "*.mo")
PLACEHOLDER = re.compile(r"%\(\w+\)\w|%[sd]|\{\w*\}")
TAG = re.compile(r"<[^<>]+>")

# Names that are the same in every language: the product's (cut in two by its colours), formats, the sign of a version.
SAME_EVERYWHERE = {"– partstrack", "parts", "track", "CSV", "XLSX", "PDF", "v"}
SPOKEN_ATTRIBUTE = re.compile(r'\b(?:aria-label|aria-description|title|alt|placeholder)="([^"]*)"')
LETTER = re.compile(r"[^\W\d_]")


def catalogue(language, root=ROOT):
    """The entries of a language's catalogue that are in use."""
    entries = polib.pofile(str(root / "locale" / language / "LC_MESSAGES" / "django.po"))
    return [entry for entry in entries if not entry.obsolete]


def key(entry):
    """What makes a string one string."""
    return entry.msgctxt, entry.msgid, entry.msgid_plural


def forms(entry):
    """The texts of an entry as (what stands in the code, what a reader sees); the last form is the one for many."""
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid_plural, text) for _number, text in sorted(entry.msgstr_plural.items())]


def marks(pattern, text):
    """What a pattern finds in a text, in one order."""
    return sorted(pattern.findall(text))


# The catalogues -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_untranslated_or_doubtful(language):
    unfinished = [entry.msgid for entry in catalogue(language) if entry.fuzzy or not entry.translated()]
    assert unfinished == []


@pytest.mark.parametrize(("language", "number"), LANGUAGES.items())
def test_every_plural_has_all_the_forms_of_its_language(language, number):
    plurals = [entry for entry in catalogue(language) if entry.msgid_plural]
    assert plurals != []
    assert [entry.msgid for entry in plurals if len([*filter(None, entry.msgstr_plural.values())]) != number] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_placeholders_of_the_code(language):
    """A form for few may leave its number out, as in "one line"; none may have a name that the code does not give."""
    wrong = []
    for entry in catalogue(language):
        given = {*PLACEHOLDER.findall(entry.msgid + entry.msgid_plural)}
        texts = forms(entry)
        unknown = [text for _source, text in texts if not {*PLACEHOLDER.findall(text)} <= given]
        source, text = texts[-1]
        if unknown or marks(PLACEHOLDER, source) != marks(PLACEHOLDER, text):
            wrong.append(entry.msgid)
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_markup_of_the_code(language):
    wrong = [
        e.msgid for e in catalogue(language) for source, text in forms(e) if marks(TAG, source) != marks(TAG, text)
    ]
    assert wrong == []


def test_french_has_its_own_apostrophes_and_spaces():
    """’ and not '; a space that does not break before : ; ! ? » and after «."""
    typewriter = re.compile(r"[^\W\d_]'[^\W\d_]|[ ](?:[;!?»]|:(?:\s|$))|«(?![\u00a0\u202f])")
    texts = [TAG.sub("", text) for entry in catalogue("fr") for _source, text in forms(entry)]
    assert [text for text in texts if typewriter.search(text)] == []


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("xgettext") and shutil.which("msgmerge")), reason="gettext is not installed")
def test_the_catalogues_know_every_string_of_the_code(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=NOT_SOURCE)
    words = [word for language in LANGUAGES for word in ("-l", language)]
    command = [sys.executable, "-m", "django", "makemessages", *words, "--no-obsolete", "--no-location", "-v", "0"]
    plain = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=copy, env=plain, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    missing = {}
    for language in LANGUAGES:
        known = {key(entry) for entry in catalogue(language)}
        missing[language] = [entry.msgid for entry in catalogue(language, copy) if key(entry) not in known]
    assert missing == {"fr": [], "ar": []}


# The templates --------------------------------------------------------------------------------------


def bare_words(source):
    """Visible words of a template that stand outside translation: in its text, and in what is read aloud.

    Symbols of a formula, `<var>`, are the same in every language.
    """
    source = re.sub(r"{#.*?#}|{% comment.*?{% endcomment %}", "", source, flags=re.DOTALL)
    source = re.sub(r"{% blocktranslate.*?{% endblocktranslate %}", "", source, flags=re.DOTALL)
    source = re.sub(r"{%.*?%}|{{.*?}}", "\0", source, flags=re.DOTALL)
    spoken = SPOKEN_ATTRIBUTE.findall(source)
    visible = TAG.sub("\0", re.sub(r"<(script|style|svg|var)\b.*?</\1>", "", source, flags=re.DOTALL))
    texts = [text.strip() for piece in [visible, *spoken] for text in piece.split("\0")]
    return [text for text in texts if LETTER.search(text) and text not in SAME_EVERYWHERE]


def test_bare_words_are_found():
    source = '<p title="Hello">{% translate "One" %} and {{ two }}</p>{% blocktranslate %}Three{% endblocktranslate %}'
    assert bare_words(source) == ["and", "Hello"]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_a_template_has_no_words_outside_translation(template):
    assert bare_words(template.read_text(encoding="utf-8")) == []
