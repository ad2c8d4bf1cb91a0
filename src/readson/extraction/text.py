"""Read a document's running text into findings: every stage of the cascade, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from readson.documents.model import Block, Document
from readson.extraction.chunks import Chunk, Link, Phrase, Verb, read_chunks
from readson.extraction.clauses import Clause, read_clauses
from readson.extraction.findings import Finding, Findings, Ignored, Item, Quote, Unsettled
from readson.extraction.folding import fold
from readson.extraction.items import Thing, Things
from readson.extraction.language import Language, Rule, load_language
from readson.extraction.modality import alternatives, cue, segments, set_apart
from readson.extraction.sayings import Field, Filler, Saying, read_sayings
from readson.extraction.scope import find_scope
from readson.extraction.sizes import read_sizes
from readson.extraction.stating import Record, Stating, state_implied
from readson.extraction.steps import Steps
from readson.extraction.tokens import Token, read_tokens, sentences
from readson.extraction.units import Names, Unit, load_names, read_units
from readson.lexicon import Lexicon
from readson.statements import PRODUCT, TYPE

NONE = ("none", "no", "not used", "n/a", "na", "nil", "absent", "not present", "not applicable", "without")


@dataclass(frozen=True)
class Segment:
    """A part of a sentence that is read by itself, and what was found in it."""

    tokens: tuple[Token, ...]
    chunks: tuple[Chunk, ...]
    units: tuple[Unit, ...]
    reason: str
    cue: int
    apart: dict[int, str]
    at: int
    known: dict[int, list[Thing]] = field(default_factory=dict)

    def quote(self, document: int, start: int, end: int) -> Quote:
        """Give the words from one chunk to another."""
        first = self.units[self.chunks[start].start].start
        last = self.units[self.chunks[min(end, len(self.chunks)) - 1].end - 1].end - 1
        return Quote(document, self.tokens[first].start, self.tokens[last].end)

    def words_of(self, document: int, phrase: Phrase) -> Quote:
        """Give the words of a phrase."""
        if phrase.end > len(self.units):  # a phrase of an earlier sentence, for which a pronoun stands here
            return Quote(document, self.tokens[0].start, self.tokens[-1].end)
        first, last = self.units[phrase.start].start, self.units[phrase.end - 1].end - 1
        return Quote(document, self.tokens[first].start, self.tokens[last].end)

    def factual(self, phrase: Phrase) -> bool:
        """Tell whether a phrase speaks of something that is there."""
        if phrase.start in self.apart:
            return False
        before = phrase.start < len(self.units) and self.units[phrase.start].start < self.cue
        return not self.reason or (before and phrase.definite)


class Reader:
    """Read one document."""

    def __init__(self, document: Document, number: int, lexicon: Lexicon, product: str = "") -> None:
        self.product = product
        self.document, self.number, self.lexicon = document, number, lexicon
        self.language = load_language(lexicon)
        self.names = load_names(lexicon, self.language)
        self.anchor = self.language.anchors
        self.things = Things(lexicon, self.language.groups, self.anchor["die"])
        self.record = Record(lexicon, self.language, self.things)
        self.stating = Stating(self.record, self.anchor)
        self.ignored: list[Ignored] = []
        self.absent: list[Finding] = []
        self.product_kinds: list[tuple[str, Quote, str]] = []
        self.later: list[tuple[Rule, Quote, str]] = []
        self.steps = Steps(self)
        self.earlier: tuple[Phrase, ...] = ()
        self.at = 0

    # Segments.

    def segments(self, blocks: Sequence[Block]) -> Iterator[Segment]:
        """Read the segments of all sentences of some blocks."""
        folded = fold(self.document.text)
        lead = ""
        for place, block in enumerate(blocks):
            text = folded[block.span.start : block.span.end]
            lead = lead if block.kind == "item" else ""
            for number, sentence in enumerate(sentences(text, block.span.start, place, self.language)):
                for tokens in segments(sentence):
                    segment = self._segment(tokens, lead)
                    if number == 0 and segment.reason in self.language.wide_cues:
                        lead = segment.reason
                    yield segment
            if block.kind != "item" and text.rstrip().endswith(":"):
                lead = self._lead(text)

    def _lead(self, text: str) -> str:
        """Give what the lead-in of a list says of its items: "absent", a reason why they are no facts, or ""."""
        tokens = tuple(read_tokens(text.split("\n")[-1], 0, self.language))
        reason, _ = cue(tokens, self.language)
        words = self.language.words
        denies = any((t.word,) in words["negations"] | words["no"] | words["absent"] for t in tokens)
        return "absent" if denies else reason

    def _segment(self, tokens: tuple[Token, ...], lead: str = "") -> Segment:
        units = read_units(tokens, self.document.text, self.names, self.language)
        chunks = self._settled(read_chunks(units, self.language))
        compared = {u.end for u in units if u.sort == "compared"}
        reason, place = cue(tokens, self.language, compared)
        self.at += 1
        apart = set_apart(chunks)
        if lead == "absent":
            apart |= {c.start: "absent" for c in chunks[:1] if isinstance(c, Phrase)}
        elif lead and not reason:
            reason, place = lead, 0
        return Segment(tokens, chunks, units, reason, place, apart, self.at)

    def _settled(self, chunks: tuple[Chunk, ...]) -> tuple[Chunk, ...]:
        """Read "A or B" as one thing of the nearest kind above both; where there is none, neither is a fact."""
        found = list(chunks)
        for one, other in alternatives(chunks):
            kind = self._above(one, other)
            for phrase in (one, other):
                kinds = (kind,) if kind else phrase.kinds
                manners = frozenset[str]() if one.manners != other.manners else phrase.manners
                changed = replace(phrase, kinds=kinds, manners=manners, open=True, with_kinds=())
                found[next(i for i, c in enumerate(found) if c.start == phrase.start)] = changed
        return tuple(found)

    def _above(self, one: Phrase, other: Phrase) -> str:
        """Give the nearest kind of part above the kinds of two phrases, or ""."""
        kinds = [self._kind(phrase) for phrase in (one, other)]
        if not all(kinds):
            return ""
        uppers = [k for k in self.lexicon.above(kinds[0]) if self.lexicon.is_a(kinds[1], k)]
        near = [k for k in uppers if self.lexicon.is_a(k, self.anchor["parts"]) and k != self.anchor["parts"]]
        return near[0] if near else ""

    # Reading.

    def read(self, blocks: Sequence[Block]) -> Findings:
        """Read blocks of running text."""
        everything = list(self.segments(blocks))
        for segment in everything:
            self._introduce(segment)
        self.record.packaged = bool(self.product_kinds)
        for segment in everything:
            self._state(segment)
        for rule, quote, word in self._agreed():
            self._name(rule, quote, word)
        state_implied(self.stating)
        self.steps.close()
        return self._findings()

    def _agreed(self) -> list[tuple[Rule, Quote, str]]:
        """Give what names and manners say of the product, unless they say two things that cannot both be.

        Then the name that was asked for decides, and without one nothing does.
        """
        bonds = sorted({label for rule, _, _ in self.later for _, label, _ in rule.says[:1] if self._bond(label)})
        if len(bonds) < 2:
            return self.later
        wanted = {label for label in bonds if any(self._bond(label) == m for m in self._asked())}
        for rule, quote, _ in self.later:
            if rule.says[0][1] in bonds and rule.says[0][1] not in wanted:
                self.record.unsettled.append(Unsettled(quote, "the text also speaks of products made otherwise"))
        return [(r, q, w) for r, q, w in self.later if r.says[0][1] not in bonds or r.says[0][1] in wanted]

    def _bond(self, label: str) -> str:
        """Give the manner whose rule states a property, or ""."""
        return next((m for m, rule in self.language.implied.items() if rule.says[0][1] == label), "")

    def _asked(self) -> set[str]:
        """Give the manners in the name of the product that was asked for."""
        name = re.sub(r"\([^)]*\)", "", self.product)
        units = read_units(tuple(read_tokens(fold(name), 0, self.language)), name, self.names, self.language)
        chunks = read_chunks(units, self.language)
        said = {m for c in chunks if isinstance(c, Phrase) for m in c.manners}
        rules = [rule for c in chunks if isinstance(c, Phrase) for rule, _ in c.rules]
        return said | {self._bond(label) for rule in rules for _, label, _ in rule.says}

    def _introduce(self, segment: Segment) -> None:
        """Note what a segment says is there, and what is not."""
        if segment.reason:
            span = Quote(self.number, segment.tokens[0].start, segment.tokens[-1].end)
            self.ignored.append(Ignored(span, segment.reason))
        for phrase in self._phrases(segment):
            status = segment.apart.get(phrase.start)
            if status == "absent" and not segment.reason:
                self._deny(phrase, segment)
            elif status == "compared":
                self.ignored.append(Ignored(segment.words_of(self.number, phrase), "it is what others do, to compare with"))
            elif segment.factual(phrase):
                self._meet(phrase, segment)
        if not segment.reason:
            for clause in read_clauses(segment.chunks):
                self._lacking(clause, segment)
            for phrase in self._empty(segment):
                self._deny(phrase, segment)
            self._lessness(segment)

    def _phrases(self, segment: Segment) -> Iterator[Phrase]:
        denied = {p.start for c in read_clauses(segment.chunks) for p in self._denied(c)}
        denied |= {p.start for p in self._empty(segment)}
        for chunk in segment.chunks:
            if isinstance(chunk, Phrase) and chunk.start not in denied:
                yield chunk

    def _empty(self, segment: Segment) -> Iterator[Phrase]:
        """Give the heads of entries that say that there is none: "Underfill: none"."""
        chunks = segment.chunks
        place = next((i for i, c in enumerate(chunks) if isinstance(c, Verb) and c.verb == "be"), -1)
        colon = place > 0 and segment.tokens[segment.units[chunks[place].start].start].word in (":", "|")
        if len(chunks) > 1 and isinstance(last := chunks[-1], Phrase) and last.name == "none" and not colon:
            yield from (c for c in chunks[-3:-1] if isinstance(c, Phrase))
        rest = " ".join(t.word for t in segment.tokens[segment.units[chunks[place].end - 1].end :]) if colon else ""
        if colon and rest.strip(" .") in NONE:
            yield from (c for c in chunks[:place] if isinstance(c, Phrase))

    def _denied(self, clause: Clause) -> tuple[Phrase, ...]:
        """Give what a clause says is not there: "does not use X", "X is omitted", "eliminates X"."""
        passive = clause.voice in ("passive", "reduced")
        if clause.verb in self.language.lacking and not clause.negated and clause.sort == "verb":
            return clause.subjects[:1] if passive else clause.objects
        if clause.negated and clause.verb in self.language.unused and clause.sort == "verb":
            return clause.subjects[:1] if passive else clause.objects
        return ()

    def _lacking(self, clause: Clause, segment: Segment) -> None:
        for phrase in self._denied(clause):
            self._deny(phrase, segment)

    def _deny(self, phrase: Phrase, segment: Segment) -> None:
        kind = self._kind(phrase)
        if kind and not phrase.marks and not phrase.definite | bool(phrase.owner):
            quote = segment.words_of(self.number, phrase)
            if start := segment.tokens[max(segment.units[phrase.start].start - 2, 0)].start:
                quote = Quote(self.number, min(start, quote.start), quote.end)
            kind = self.language.denied.get(kind, kind)
            self.absent.append(Finding(PRODUCT, self.lexicon.role("part"), kind, quote, "none"))

    def _lessness(self, segment: Segment) -> None:
        """Note words such as "lidless", which say that there is none of a kind."""
        words = [token.word for token in segment.tokens]
        named = [(name, kind) for name, kind in self.language.none.items() if name[0] in words]
        for name, kind in named:
            for at in range(len(words) - len(name) + 1):
                apart = any(segment.chunks[0].start <= s <= at for s in segment.apart)
                if tuple(words[at : at + len(name)]) == name and not apart:
                    quote = Quote(self.number, segment.tokens[at].start, segment.tokens[at + len(name) - 1].end)
                    self.absent.append(Finding(PRODUCT, self.lexicon.role("part"), kind, quote, "none"))

    def _kind(self, phrase: Phrase) -> str:
        """Give the class of parts that a phrase names, or ""."""
        told = phrase.definite or phrase.indefinite or phrase.several or phrase.count
        if phrase.sort == "manner" and not told:
            return ""
        parts = [k for k in phrase.kinds if self.lexicon.is_a(k, self.anchor["parts"])]
        if phrase.sort not in ("kind", "manner") or not parts or any(self.lexicon.is_a(parts[0], k) for k in (self.anchor["product"],)):
            return ""
        return parts[0]

    def _meet(self, phrase: Phrase, segment: Segment) -> None:
        """Note a thing that a phrase names."""
        quote = segment.words_of(self.number, phrase)
        for rule, place in phrase.rules:
            unit = segment.units[place]
            word = Quote(self.number, segment.tokens[unit.start].start, segment.tokens[unit.end - 1].end)
            self.later.append((rule, word, self.document.text[word.start : word.end]))
        kind = self._kind(phrase)
        at = next((i for i, c in enumerate(segment.chunks) if c.start == phrase.start), 0)
        before = segment.chunks[at - 1] if at else None
        tool = phrase.name in self.language.tools and isinstance(before, Link) and before.word in ("in", "from", "at")
        if tool:
            self.ignored.append(Ignored(quote, "it is a tool"))
        elif phrase.open and len(phrase.kinds) != 1:
            self.record.unsettled.append(Unsettled(quote, "it is one of several alternatives"))
        elif any((word,) in self.language.words["outside"] for word in phrase.adjectives):
            self.ignored.append(Ignored(quote, "it is outside of the product"))
        elif kind:
            another = phrase.indefinite and any(
                self.lexicon.is_a(t.kind, self.anchor["die"]) for things in segment.known.values() for t in things
            )
            if another and self.lexicon.is_a(kind, self.anchor["die"]) and not phrase.marks:
                found = [self.things.add(phrase, kind, quote, segment.at)]  # "a chip is bonded to a larger chip"
            else:
                found = self.things.resolve(phrase, kind, quote, segment.at, create=True)
            segment.known[phrase.start] = found
            self._describe(phrase, found, quote)
        if phrase.sort in ("property", "part") or any(self.lexicon.is_a(k, self.anchor["feature"]) for k in phrase.kinds):
            for inner in self._inner(phrase):
                self.things.resolve(inner, self._kind(inner), quote, segment.at, create=True)
        packages = [k for k in phrase.kinds if self.lexicon.is_a(k, self.anchor["product"])]
        if packages and not phrase.rules:
            self.product_kinds.append((packages[0], quote, ""))

    def _inner(self, phrase: Phrase) -> Iterator[Phrase]:
        """Give the parts named inside a phrase of a feature: "die-to-substrate gap", "die backside"."""
        for kinds in phrase.with_kinds:
            inner = replace(phrase, kinds=kinds, with_kinds=(), sort="kind", property="", head=self.lexicon.label(kinds[0]), marks=frozenset(), plural=False, count=None, several=False)
            if self._kind(inner):
                yield inner

    def _describe(self, phrase: Phrase, found: Sequence[Thing], quote: Quote) -> None:
        """State what a phrase itself says of its thing: material, count, whether it is exposed."""
        if len(found) != 1:
            return
        thing = found[0]
        for kinds in phrase.with_kinds:
            materials = [k for k in kinds if self.lexicon.is_a(k, self.anchor["material"])]
            if materials and materials[0] != self.anchor["material"]:
                self._made_of(thing, materials[0], quote)
        for material in self._named_materials(phrase):
            self._made_of(thing, material, quote)
        if phrase.count and phrase.count.fit and _whole(phrase.count.text):
            self.record.state(thing, "count", phrase.count.text, quote, False, "")
        if phrase.bare and self.lexicon.is_a(thing.kind, self.anchor["heat sink"]):
            self.record.state(thing, "exposed", "yes" if phrase.bare == "bare" else "no", quote, False, "")

    def _named_materials(self, phrase: Phrase) -> Iterator[str]:
        """Give the materials in the name of a part: "epoxy molding compound", "EMC"."""
        words = phrase.head.split()
        if material := self.language.made.get(tuple(words)):
            yield material
        for word in words if len(words) > 1 else ():
            kinds = self.lexicon.kinds(word, self.anchor["material"])
            if len(kinds) == 1 and len(word) > 2 and kinds[0].iri != self.anchor["material"]:
                yield kinds[0].iri

    def _made_of(self, thing: Thing, material: str, quote: Quote) -> None:
        prop = self.lexicon.role("material")
        finding = Finding(thing.key, prop, material, quote)
        if not any((f.subject, f.property, f.value) == (finding.subject, prop, material) for f in self.record.findings):
            self.record.findings.append(finding)

    # Stating.

    def _state(self, segment: Segment) -> None:
        field = Field(self.lexicon, self.language, segment.chunks, self.anchor["surface"], self.anchor["gap"], self.anchor["parts"], self.anchor["material"], self.earlier)
        clauses = read_clauses(segment.chunks)
        if segment.reason:
            clauses = tuple(c for c in clauses if c.sort == "alone" and self._granted(c, segment))
        for saying in read_sayings(clauses, field):
            quote = segment.quote(self.number, saying.start, saying.end)
            quote = self._widened(quote, saying, segment)
            roles = {name: self._roles(fillers, segment) for name, fillers in saying.fillers.items()}
            if any(f.phrase.start in segment.apart for fillers in saying.fillers.values() for f in fillers):
                continue
            if not roles.get("agent", [1]):
                roles["agent"] = self._agent(saying, quote)
            self.stating.say(saying, roles, quote)
        if segment.reason:
            return
        self._narrow(segment)
        for clause in clauses:
            self._exposed(clause, segment, field)
            self._material(clause, segment)
        self._manners(segment, clauses, field)
        read_sizes(self, segment, clauses, field)
        self.steps.read(segment, clauses)
        own = [c for c in segment.chunks if isinstance(c, Phrase) and c.kinds and segment.factual(c)]
        self.earlier = tuple(dict.fromkeys((*own[:1], *reversed(own)))) or self.earlier

    def _granted(self, clause: Clause, segment: Segment) -> bool:
        """Tell whether a phrase is taken for granted before the word that makes the rest no fact."""
        last = segment.chunks[min(clause.end, len(segment.chunks)) - 1]
        return clause.subjects[0].definite and segment.units[last.end - 1].end <= segment.cue

    def _narrow(self, segment: Segment) -> None:
        """Make the kind of a part narrower by the words around it: "underfill ... by capillary action"."""
        words = {t.word for i, t in enumerate(segment.tokens)}
        for wide, narrow, cues in self.language.kinds_by_words:
            named = [p for p in segment.chunks if isinstance(p, Phrase) and wide in p.kinds and segment.factual(p)]
            implied = [t for t in self.things.of_kind(wide) if t.kind == wide]
            said = named or any(isinstance(c, Verb) and c.verb == self.lexicon.label(wide) for c in segment.chunks)
            if said and len(implied) == 1 and words & cues and not any(w in words for w in ("molded", "muf")):
                implied[0].kind = narrow

    def _widened(self, quote: Quote, saying: Saying, segment: Segment) -> Quote:
        """Quote from the first word that fills a role to the last."""
        phrases = [f.phrase for fillers in saying.fillers.values() for f in fillers if f.phrase in segment.chunks]
        starts = [segment.words_of(self.number, phrase) for phrase in phrases]
        return Quote(self.number, min([quote.start, *(q.start for q in starts)]), max([quote.end, *(q.end for q in starts)]))

    def _roles(self, fillers: Sequence[Filler], segment: Segment) -> list[Thing]:
        return [thing for filler in fillers for thing in self._means(filler, segment)]

    def _means(self, filler: Filler, segment: Segment) -> list[Thing]:
        """Give the thing that a filler means, unless it may mean several."""
        if filler.feature == "gap":
            return self._gap(filler, segment)
        phrase = filler.of[0] if filler.of else filler.phrase
        if phrase.sort == "elliptic":
            return [t for t in self.things.found if t.marks == phrase.marks and not t.feature][:1]
        kind = self._kind(phrase)
        if not kind or not segment.factual(phrase):
            return []
        quote = segment.words_of(self.number, phrase) if phrase in segment.chunks else Quote(self.number, 0, 0)
        inside = phrase in segment.chunks and phrase.start in segment.known
        found = segment.known[phrase.start] if inside else self.things.resolve(phrase, kind, quote, segment.at, create=False)
        if len(found) > 1 and not (phrase.plural or phrase.several):
            recent = max(t.last for t in found)
            found = [t for t in found if t.last == recent] if False else found
            self.record.unsettled.append(Unsettled(quote, "it may mean any of these", tuple(t.name for t in found)))
            return []
        return found

    def _gap(self, filler: Filler, segment: Segment) -> list[Thing]:
        quote = segment.words_of(self.number, filler.phrase)
        things = [t for phrase in filler.of for t in self._means(Filler(phrase, phrase.kinds), segment)]
        if len(things) == 2:
            return [self.stating.between(things[0], things[1], quote)]
        if len(things) == 1:
            ground = self.stating.default("carrier", quote, "")
            return [self.stating.between(things[0], ground, quote)] if ground and ground is not things[0] else []
        if filler.of:
            return []
        ones = [self.stating.default("flipped chip", quote, ""), self.stating.default("its carrier", quote, "")]
        return [self.stating.between(ones[0], ones[1], quote)] if ones[0] and ones[1] else []

    def _agent(self, saying: Saying, quote: Quote) -> list[Thing]:
        """Give the doer that a verb implies: what is overmolded has an overmold."""
        kind = saying.rule.default or saying.rule.roles["agent"][0]
        found = self.things.of_kind(kind)
        things = found or [self.things.imply(kind, quote, "the verb says that there is one", False)]
        for filler in saying.fillers.get("material", ()):
            material = next(k for k in filler.kinds if self.lexicon.is_a(k, self.anchor["material"]))
            for thing in things[:1] if len(things) == 1 else ():
                self._made_of(thing, material, quote)
        return things if len(things) == 1 else []

    def _exposed(self, clause: Clause, segment: Segment, field: Field) -> None:
        """State that a heat sink is bare or buried: "the top of the lid is exposed"."""
        bare = {"bare": "yes", "buried": "no"}.get(clause.sort)
        if bare is None:
            return
        for phrase in clause.subjects[:2]:
            filler = field.filler(phrase)
            if filler.feature == self.anchor["bottom"] or not any(self.lexicon.is_a(k, self.anchor["heat sink"]) for k in filler.kinds):
                continue
            quote = segment.quote(self.number, clause.start, clause.start + 1)
            words = segment.words_of(self.number, phrase)
            quote = Quote(self.number, min(quote.start, words.start), max(quote.end, words.end))
            for thing in self._means(filler, segment):
                value = bare if not clause.negated else ("no" if bare == "yes" else "yes")
                self.record.state(thing, "exposed", value, quote, False, "")
            return

    def _material(self, clause: Clause, segment: Segment) -> None:
        """State what something is made of: "the lid is made of copper", "the underfill is an epoxy"."""
        if clause.sort == "making":
            materials = clause.objects
        elif clause.verb == "be" and not clause.negated:
            materials = clause.objects if any(p.kinds for p in clause.objects) else clause.slots.get("of", ())
        elif clause.sort == "alone" and "of" in clause.slots:
            materials = clause.slots["of"]
        else:
            return
        for phrase in materials:
            kinds = [k for k in phrase.kinds if self.lexicon.is_a(k, self.anchor["material"])]
            if not kinds or clause.negated or self._kind(phrase) and clause.sort == "alone":
                continue
            subject = next((p for p in clause.subjects if self._kind(p)), None)
            if subject is None or not segment.factual(subject):
                continue
            one, two = segment.words_of(self.number, subject), segment.words_of(self.number, phrase)
            quote = Quote(self.number, min(one.start, two.start), max(one.end, two.end))
            for thing in self.things.resolve(subject, self._kind(subject), one, segment.at, create=False)[:1]:
                self._made_of(thing, kinds[0], quote)

    def _manners(self, segment: Segment, clauses: Sequence[Clause], field: Field) -> None:
        """State what "flip-chip assembly" or "a wire-bonded package" says by its words alone."""
        for place, chunk in enumerate(segment.chunks):
            if not isinstance(chunk, Phrase) or not segment.factual(chunk):
                continue
            for manner in sorted(chunk.manners & set(self.language.implied)):
                if not self._names_manner(chunk):
                    continue
                quote = segment.words_of(self.number, chunk)
                roles = self._manner_roles(chunk, place, clauses, segment, field)
                rule = self.language.implied[manner]
                self.later.append((rule, quote, "")) if not roles else self._say(rule, roles, quote)

    def _names_manner(self, phrase: Phrase) -> bool:
        about = (self.anchor["die"], self.anchor["product"], self.anchor["carrier"])
        return phrase.sort in ("doing", "manner", "name") or any(self.lexicon.is_a(k, a) for k in phrase.kinds for a in about) or (
            any(self.lexicon.is_a(k, self.anchor["step"]) for k in phrase.kinds)
        )

    def _manner_roles(
        self, phrase: Phrase, place: int, clauses: Sequence[Clause], segment: Segment, field: Field
    ) -> dict[str, list[Thing]]:
        """Find which die and which carrier a manner speaks of: itself, or those in "of", "on", "between"."""
        fillers = [field.filler(phrase)]
        for clause in clauses:
            if clause.sort == "alone" and clause.subjects[0].start == phrase.start:
                fillers += [field.filler(p) for name in ("of", "on", "for", "between", "to", "from") for p in clause.slots.get(name, ())]
        roles: dict[str, list[Thing]] = {}
        for name, anchor in (("die", "die"), ("carrier", "carrier")):
            for filler in fillers:
                elliptic = anchor == "die" and filler.phrase.sort == "elliptic"
                if (elliptic or any(self.lexicon.is_a(k, self.anchor[anchor]) for k in filler.kinds)) and name not in roles:
                    found = self._means(filler, segment)
                    if found:
                        roles[name] = found
        return roles

    def _say(self, rule: Rule, roles: dict[str, list[Thing]], quote: Quote) -> None:
        says = tuple((_role(s, roles), label, _role(v, roles)) for s, label, v in rule.says)
        self.stating.say(Saying(Rule(says, {}, because=rule.because), {}, False, 0, 0), roles, quote)

    def _name(self, rule: Rule, quote: Quote, word: str) -> None:
        because = rule.because.replace("{}", " ".join(word.split()))
        if not self.things.of_kind(self.anchor["die"]) and word:
            self.product_kinds += [(rule.kind, quote, "")] if rule.kind else []
            return  # the name alone, in a text that speaks of no die, says too little
        if rule.kind:
            self.product_kinds.append((rule.kind, quote, ""))
        self.stating.say(Saying(Rule(rule.says, {}, because=because), {}, False, 0, 0), {}, quote)

    # Findings.

    def _single(self) -> Iterator[Finding]:
        """Count one of what a text speaks of in the singular, so that two roles on it are on one thing."""
        for thing in self.things.of_kind(self.anchor["carrier"]):
            if not thing.plural and not thing.feature and not self.record.said(thing.key, "count"):
                count = self.lexicon.role("count")
                yield Finding(thing.key, count, "1", thing.quote, because=thing.implied or "the text speaks of one")

    def _findings(self) -> Findings:
        steps = self.steps.items()
        self._leave_boards()
        items = tuple(Item(t.key, t.name, t.kind, t.quote, t.plural, t.marks, of=t.of) for t in self.things.found)
        items = (*items, *steps)
        kinds = [Finding(t.key, TYPE, t.kind, t.quote, because=t.implied) for t in self.things.found if not t.feature]
        product = [Finding(PRODUCT, TYPE, kind, quote) for kind, quote, _ in self._kinds()]
        return Findings(items, (*product, *kinds, *self.record.findings, *self._single(), *self._absences()), tuple(self.record.unsettled), tuple(self.ignored))

    def _leave_boards(self) -> None:
        """Leave out a board that carries a package and no die, and what stands on it alone."""
        record, things = self.record, self.things
        dies = {d.key for d in things.of_kind(self.anchor["die"])}
        bearing = {f.value for f in record.findings if f.subject in dies}
        bearing |= {key for t in things.found if t.feature and dies & set(t.of) for key in t.of}
        boards = [t for t in things.of_kind(self.anchor["board"]) if t.key not in bearing and not t.feature]
        gone = {t.key for t in boards}
        gone |= {t.key for t in things.found if t.feature and gone & set(t.of)}
        relations = [f for f in record.findings if f.value in {t.key for t in things.found}]
        for thing in things.found:
            own = [f for f in relations if f.subject == thing.key and f.mode == "is"]
            said_of = [f for f in relations if f.value == thing.key]
            if own and not said_of and all(f.value in gone for f in own):
                gone.add(thing.key)
        for thing in things.found:
            if thing.key in gone and not thing.feature:
                self.ignored.append(Ignored(thing.quote, "it is on the board, outside of the package"))
        things.found = [t for t in things.found if t.key not in gone]
        record.findings = [f for f in record.findings if f.subject not in gone and f.value not in gone]

    def _kinds(self) -> list[tuple[str, Quote, str]]:
        seen: dict[str, tuple[str, Quote, str]] = {}
        for kind, quote, because in self.product_kinds:
            seen.setdefault(kind, (kind, quote, because))
        exact = [k for k in seen if not any(o != k and self.lexicon.is_a(o, k) for o in seen)]
        return [seen[k] for k in exact if not any(self.lexicon.apart(k, o) for o in exact)] or [seen[k] for k in exact[:1]]

    def _absences(self) -> Iterator[Finding]:
        """Give what is not there, unless the text names one of the kind."""
        seen: set[str] = set()
        for finding in self.absent:
            present = [t for t in self.things.of_kind(finding.value) if not t.implied]
            if finding.value not in seen and not present:
                seen.add(finding.value)
                yield finding


def _whole(count: str) -> bool:
    """Tell whether a count is a number of things."""
    digits = [word for word in count.replace(",", "").split() if word[:1].isdigit()]
    return bool(digits) and all(word.isdigit() and int(word) > 0 for word in digits)


def _role(text: str, roles: dict[str, list[Thing]]) -> str:
    """Use the thing in a role where it is known: "<chip>" is then "chip"."""
    name = text.strip("<>").split()[-1] if text.startswith("<") else ""
    name = "die" if name == "chip" else name
    return name if name in roles else text


def read_text(document: Document, number: int, lexicon: Lexicon, product: str = "") -> Findings:
    """Read the running text of a document; `number` is its place among the documents read together.

    `product` is the one to read of, where the text speaks of several.
    """
    scope = find_scope(document, document.blocks, product, load_language(lexicon))
    found = Reader(document, number, lexicon, product).read(scope.blocks)
    others = (
        Ignored(Quote(number, block.span.start, block.span.end), f"it speaks of another product, under `{head}`")
        for block, head in scope.others.items()
    )
    return replace(found, ignored=(*found.ignored, *others))
