"""The one list of what must be found by what: every engine passes it, and snippets mark by it.

(what is written, what is typed, the language of the document, whether it is found)
"""

from __future__ import annotations

# Beside a French text: (what is written in English, what is typed, whether it is found).
BESIDE_FRENCH: list[tuple[str, str, bool]] = [
    ("this is not it", "notes", False),
    ("they are here", "area", False),
    ("to be or not", "bee", False),
    ("find them", "themes", False),
    ("go out", "outer", False),
    ("a new start", "news", False),
    ("part of it", "parties", False),
    ("car parking", "care", False),
    ("the estimation of costs", "sure", False),
    ("the meeting notes", "note", True),
    ("a nature area", "areas", True),
    ("an agile team", "agile", True),
    ("talks with AI", "AI", True),
    ("the EU rules", "eu", True),
]

CASES: list[tuple[str, str, str, bool]] = [
    # Case and accents.
    ("Café society", "cafe", "en", True),
    ("Cafe society", "CAFÉ", "en", True),
    ("a naïve approach", "naive", "en", True),
    ("Straße closed", "strasse", "en", True),
    ("Łódź twinning", "lodz", "en", True),
    ("cafe\u0301 in two code points", "café", "en", True),
    ("Encyclopædia", "encyclopaedia", "en", True),
    # Forms of a word.
    ("housing policies", "policy", "en", True),
    ("how we organise meetings", "organising meeting", "en", True),
    ("planning applications", "plan", "en", True),
    ("a general election", "elector", "en", False),
    ("wills and probate", "wills", "en", True),
    ("we will say so", "wills", "en", False),
    # Words whose stems would meet.
    ("the accessibility of forms", "access", "en", False),
    ("accessible documents", "accessibility", "en", True),
    ("local authorities", "author", "en", False),
    ("local authorities", "authority", "en", True),
    ("important dates", "import", "en", False),
    ("the importance of dates", "important", "en", True),
    ("the train departs", "departments", "en", False),
    ("a department of state", "departments", "en", True),
    # British and American spelling.
    ("the organisation", "organization", "en", True),
    ("we organized it", "organise", "en", True),
    ("colour contrast", "color", "en", True),
    ("anti-social behavior", "behaviour", "en", True),
    ("licence to operate", "license", "en", True),
    ("licensed premises", "licence", "en", True),
    ("best practise", "practice", "en", True),
    ("leisure center", "centre", "en", True),
    ("traveling expenses", "travelling", "en", True),
    ("the programme board", "program", "en", True),
    ("catalog of services", "catalogue", "en", True),
    ("enrollment form", "enrolment", "en", True),
    ("enquiry desk", "inquiries", "en", True),
    ("damp and mold", "mould", "en", True),
    ("data analyzed", "analysed", "en", True),
    ("our hours", "ours hour", "en", True),
    # Joined and hyphenated words.
    ("send an e-mail", "email", "en", True),
    ("send an email", "e-mail", "en", True),
    ("send an e-mail", "e-mail", "en", True),
    ("multi-agency working", "multiagency", "en", True),
    ("multiagency working", "multi-agency", "en", True),
    ("multi agency working", "multi-agency", "en", True),
    ("we re-use code", "reuse", "en", True),
    ("the letter e", "e-mail", "en", False),
    # Names with marks in them.
    ("GOV.UK pages", "gov uk", "en", True),
    ("GOV.UK pages", "gov.uk", "en", True),
    ("learning C++ today", "c++", "en", True),
    ("vitamin C today", "c++", "en", False),
    ("learning C# today", "C#", "en", True),
    ("learning C# today", "c++", "en", False),
    ("the .NET runtime", ".net", "en", True),
    ("the fishing net", ".net", "en", False),
    ("section_21_notice", "section 21", "en", True),
    ("see http://example.org/advice", "example.org", "en", True),
    # Apostrophes.
    ("the council's duty", "council", "en", True),
    ("the council\u2019s duty", "councils", "en", True),
    ("Mrs O'Brien", "obrien", "en", True),
    ("Mrs OBrien", "o\u2019brien", "en", True),
    # Other languages.
    ("les organisations publiques", "organisation", "fr", True),
    ("l'organisation du travail", "organisation", "fr", True),
    ("l\u2019école", "ecole", "fr", True),
    ("la gestion des données", "donnee", "fr", True),
    ("la gestion des données", "gestions", "fr", True),
    ("tŷ bach twt", "ty bach", "cy", True),
    ("un thème", "thèmes", "fr", True),
    ("une décision sûre", "sure", "fr", True),
    ("sur la table", "sure", "fr", False),
    ("gwasanaethau", "gwasanaeth", "cy", False),
    # Scripts we know nothing of are still found as they stand.
    ("Добро пожаловать", "пожаловать", "en", True),
    ("ΑΘΗΝΑ guide", "αθηνα", "en", True),
    # Frequent words alone ask titles, and this text is a body.
    ("for the who", "the who", "en", False),
]
