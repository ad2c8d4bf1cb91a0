"""Read running text into findings: a cascade of small stages, each of which hands plain values to the next.

| stage | modules | does |
|---|---|---|
| language | `language` `inflection` `entries` `schema` `checks` `loading` | reads the words of `data/language/` |
| words | `folding` `measures` `tokens` `names` `units` | finds quantities, sentences, and what phrases can be |
| grammar | `chunks` `verb_groups` `noun_phrases` `chunking` | puts words into phrases, verbs and links |
| clauses | `clauses` `complements` `subjects` `parsing` | says who does what to what, and where |
| segments | `modality` `scope` `segments` | says what is no fact, and of which product a section speaks |
| things | `findings` `items` `record` `absences` `meeting` | says which phrases speak of one thing |
| meaning | `fillers` `sayings` `defaults` `meaning` | says what rules hold, and what fills their roles |
| facts | `stating` `predicating` `expanding` `sizes` `steps` `boards` | states what follows |

`text` runs them, and `explaining` shows what each has made of a text.
"""

from readson.extraction.explaining import explain
from readson.extraction.text import read_text

__all__ = ["explain", "read_text"]
