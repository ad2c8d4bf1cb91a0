"""Read running text into findings: a cascade of small stages, each of which hands plain values to the next.

| stage | modules | does |
|---|---|---|
| language | `language` `inflection` `entries` `schema` `checks` `loading` | reads the language's files |
| words | `folding` `measures` `tokens` `names` `units` | finds quantities, sentences and phrases |
| grammar | `chunks` `verb_groups` `noun_phrases` `chunking` | puts words into phrases, verbs and links |
| clauses | `clauses` `complements` `subjects` `parsing` | says who does what to what, and where |
| things | `findings` `items` `record` | keeps what a document speaks of, and what it says |
| segments | `modality` `scope` `segments` | says what is no fact, and of which product a section speaks |
| roles | `fillers` `sayings` `defaults` `meaning` | says which rules hold, and what fills their roles |
| parts | `absences` `meeting` | says what is there, and what is not |
| facts | `stating` `predicating` `expanding` `sizes` `steps` `boards` | states what follows |

`text` runs them, and `explaining` shows what each has made of a text.
"""

from readson.extraction.text import read_text

__all__ = ["read_text"]
