"""What senders call a wilaya, and which one they mean: found, doubtful or unknown, never guessed."""

import re
from dataclasses import dataclass

from django.utils.translation import get_language

from partstrack.folding import fold
from places.models import Wilaya, WilayaAlias

_QAF = str.maketrans("ڤڨگ", "ققق")
_TITLE = re.compile(r"^(?:wilaya(?: de la| de| du| d)?|w|ولايه) (?=\S)")
_CODE_FIRST = re.compile(r"^(\d{1,2})(?: (\D.*))?$")
_CODE_LAST = re.compile(r"^(\D.*) (\d{1,2})$")


def name_key(text):
    """Return a name without accents, case, spaces, punctuation and Arabic letter variants: "M’Sila" is "msila"."""
    return _folded(text).replace(" ", "")


def coded(wilaya):
    """Return the code and the name of a wilaya in the reader's language, as lists of choices show it."""
    return f"{wilaya.code} {wilaya.name_in(get_language())}"


@dataclass(frozen=True)
class Doubt:
    """A text that may mean one of some wilayas. `lost_zero`: a code written "1" for "01"."""

    candidates: tuple[Wilaya, ...]
    lost_zero: bool = False

    def __str__(self):
        return " / ".join(str(wilaya) for wilaya in self.candidates)


class Names:
    """Every spelling of every wilaya, read once for a whole file."""

    def __init__(self, wilayas, aliases):
        """Take Wilaya rows and (name, name_key, code) of their spellings."""
        self.by_code = {wilaya.code: wilaya for wilaya in wilayas}
        self.by_key = {key: code for _name, key, code in aliases}
        self.folded = [(f"{_folded(name)} ", code) for name, _key, code in aliases]

    @classmethod
    def load(cls):
        """Read wilayas and spellings from the database, in two queries."""
        aliases = WilayaAlias.objects.values_list("name", "name_key", "wilaya_id")
        return cls(Wilaya.objects.select_related("parent"), list(aliases))

    def find(self, text):
        """Return the Wilaya that a text names, a Doubt between some, or None.

        Takes a code ("16"), a name in any spelling, or both ("16 - Alger"), which must then agree.
        """
        words = _TITLE.sub("", _folded(text))
        code, name = _parts(words)
        if code and name:
            return self._agreed(code, name)
        return self._coded(code) if code else self._named(name)

    def _coded(self, code):
        wilaya = self.by_code.get(code.zfill(2))
        if wilaya is None or len(code) == 2:
            return wilaya
        return Doubt((wilaya,), lost_zero=True)

    def _named(self, name):
        if code := self.by_key.get(name.replace(" ", "")):
            return self.by_code[code]
        begun = sorted({code for folded, code in self.folded if name and folded.startswith(f"{name} ")})
        return Doubt(tuple(self.by_code[code] for code in begun)) if begun else None

    def _agreed(self, code, name):
        coded, named = self.by_code.get(code.zfill(2)), self._named(name)
        if coded is None or named is None:
            return None
        if coded == named:
            return coded
        others = named.candidates if isinstance(named, Doubt) else (named,)
        return Doubt((coded, *(wilaya for wilaya in others if wilaya != coded)))


def find(text):
    """Return the Wilaya that a text names, a Doubt or None; for a whole file load Names once."""
    return Names.load().find(text)


def _folded(text):
    return fold(str(text).translate(_QAF))


def _parts(words):
    """Split folded words into (code, name), each "" when it is not there."""
    if match := _CODE_FIRST.match(words):
        return match[1], match[2] or ""
    if match := _CODE_LAST.match(words):
        return match[2], match[1]
    return "", words
