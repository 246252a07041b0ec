"""How a term is recognised in a text: its words with the endings that its language gives them.

Written for a text's first mention, where a miss costs a definition and a false hit misleads. So an
ending is taken only from the list of the language, and a word that goes on (kuntapaikka after
kunta) is another word. What the endings do not reach is written in the term's other forms.
"""

import re

SWEDISH = "(?:[aeo]?n|[aeo]?rn?a?|et|t|a|e|na)?s?"
ENGLISH = "(?:e?s)?"
CASES = (
    "(?:n|t|[sl][st][aä]|lt[aä]|ll[aä]|lle|n[aä]|ksi|t[aä]|tt[aä]|den|tten|j[aä]|jen|h[aeiouyäö]n"
    "|seen|siin|ten)?"
)
OWN, ALSO = "(?:ns[aä]|mme|nne|[aä]n)?", "(?:kin|k[aä]{2}n)?"
# What the last vowel of a Finnish word turns into before an ending of CASES.
VOWELS = {
    "a": "(?:aa?|oi|o(?=j)|i[eia]?)",
    "ä": "(?:ää?|öi|ö(?=j)|i[eiä]?)",
    "e": "e(?:e|i[eiaä]?)?",
    "i": "(?:i[eiaä]?|e[eiaä]?)",
    "o": "o[aio]?",
    "u": "u[aiu]?",
    "y": "y[äiy]?",
    "ö": "ö[äiö]?",
}
# What the consonants before that vowel turn into.
GRADES = [
    ("nt", "n[tn]"),
    ("lt", "l[tl]"),
    ("rt", "r[tr]"),
    ("nk", "n[kg]"),
    ("tt", "tt?"),
    ("kk", "kk?"),
    ("pp", "pp?"),
    ("(?<=[aeiouyäö])t", "[td]"),
]
# Words that do not end in such a vowel.
OTHERS = [
    ("nen", "(?:nen|s(?:e[ei]?|i[ei]?)?)"),
    ("kas", "k(?:as|kaa?|kai)"),
    ("(?<=[uyi])s", "(?:s|ks(?:e[ei]?|i[eia]?)?|de|t)"),
    ("eet", "e(?:et|i)"),
    ("[aä]t", "(?:[aä]t?|i[eiaä]?)"),
    ("[uy]t", "(?:[uy]t|e[ei]?)"),
]


def pattern(words: str, language: str) -> str:
    """The pattern of a term of one or more words, written as in a dictionary."""
    return r"\s+".join(of_word(word, language) for word in words.split())


def of_word(word: str, language: str) -> str:
    """The pattern of one word in its forms; an abbreviation (TEM) keeps its capitals."""
    if word[-1].isupper():
        return f"(?-i:{re.escape(word)})(?::[a-zåäö]{{1,5}})?"
    if len(word) < 3:
        return re.escape(word)
    if language == "fi":
        return of_finnish(word) + CASES + OWN + ALSO
    if language == "sv":
        return of_swedish(word) + SWEDISH
    if re.search("[^aeiou]y$", word):
        return re.escape(word[:-1]) + "(?:y|ies)"
    return re.escape(word) + ENGLISH


def of_swedish(word: str) -> str:
    if word.endswith("m"):
        return f"{re.escape(word)}m?"
    return re.escape(re.sub("(?<=[a-zåäö]{3})[ae]$", "", word)) + "[ae]?"


def of_finnish(word: str) -> str:
    for ending, turned in OTHERS:
        if found := re.search(f"{ending}$", word):
            return re.escape(word[: found.start()]) + turned
    stem, vowel = word[:-1], VOWELS.get(word[-1])
    if vowel is None:
        return re.escape(word)
    for consonants, turned in GRADES:
        if found := re.search(f"{consonants}$", stem):
            return re.escape(stem[: found.start()]) + turned + vowel
    return re.escape(stem) + vowel
