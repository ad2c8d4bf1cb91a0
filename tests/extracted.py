"""Stages of the reading of text, one by one, for tests that rule on each."""

from __future__ import annotations

from functools import cache

from readson.documents import read_document_bytes
from readson.extraction import read_text
from readson.extraction.chunking import read_chunks
from readson.extraction.chunks import Chunk, Phrase
from readson.extraction.clauses import Clause
from readson.extraction.findings import Findings
from readson.extraction.folding import fold
from readson.extraction.language import Language
from readson.extraction.loading import load_language
from readson.extraction.names import Names, load_names
from readson.extraction.parsing import read_clauses
from readson.extraction.segments import Segment, read_segments
from readson.extraction.tokens import read_tokens, sentences
from readson.extraction.units import read_units
from readson.lexicon import Lexicon
from readson.ontology import load_ontology


@cache
def known() -> tuple[Lexicon, Language, Names]:
    """Load the ontology's labels and the language once."""
    lexicon = load_ontology().lexicon
    language = load_language(lexicon)
    return lexicon, language, load_names(lexicon, language)


def sentences_of(text: str) -> list[str]:
    """Give the words of each sentence."""
    found = sentences(fold(text), 0, 0, known()[1])
    return [" ".join(token.word for token in sentence.tokens) for sentence in found]


def chunks_of(text: str) -> tuple[Chunk, ...]:
    """Read the chunks of one sentence."""
    _, language, names = known()
    tokens = tuple(read_tokens(fold(text), 0, language))
    return read_chunks(read_units(tokens, text, names, language), language)


def phrase_of(text: str) -> Phrase:
    """Read a text that is one noun phrase."""
    (phrase,) = chunks_of(text)
    assert isinstance(phrase, Phrase)
    return phrase


def clauses_of(text: str) -> tuple[Clause, ...]:
    """Read the clauses of one sentence."""
    return read_clauses(chunks_of(text), known()[1])


def segments_of(text: str) -> list[Segment]:
    """Read the segments of a document."""
    document = read_document_bytes("x.md", text.encode())
    lexicon, language, _ = known()
    return list(read_segments(document, 0, document.blocks, lexicon, language))


def findings_of(text: str, product: str = "") -> Findings:
    """Read a document."""
    return read_text(read_document_bytes("x.md", text.encode()), 0, known()[0], product)


def facts_of(text: str, product: str = "") -> set[str]:
    """Say the findings of a document in words: "lid over die", "not lid over die", "no lid"."""
    lexicon = known()[0]
    found = findings_of(text, product)
    keys = {item.key for item in found.items}

    def said(value: str) -> str:
        return value if value in keys else lexicon.label(value)

    marks = {"is": "", "not": "not "}
    facts = (f for f in found.findings if f.mode != "none")
    return {f"{marks[f.mode]}{f.subject} {lexicon.label(f.property)} {said(f.value)}" for f in facts} | {
        f"no {said(f.value)}" for f in found.findings if f.mode == "none"
    }
