"""Turtle files become triples in file order; a broken file is named with its line."""

from pathlib import Path

import pytest

from readson.errors import OntologyError, ShapeError
from readson.resources import content_folder, turtle_files
from readson.turtle import Literal, Triples, load
from readson.vocabulary import RDF, XSD

TEXT = """@prefix : <http://a/> .
:x :p :b , :a , "one"@en , 2 ; :q [ :r :x ] ; :list ( :c :a :b ) .
:y :p :a .
"""


def read(folder: Path, text: str, name: str = "a.ttl") -> Triples:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load([path])


def test_objects_come_in_file_order(tmp_path: Path) -> None:
    triples = read(tmp_path, TEXT)
    one = Literal("one", RDF + "langString", "en")
    two = Literal("2", XSD + "integer")
    assert triples.objects("http://a/x", "http://a/p") == ("http://a/b", "http://a/a", one, two)
    assert triples.nodes("http://a/x", "http://a/p") == ("http://a/b", "http://a/a")
    assert triples.texts("http://a/x", "http://a/p") == ("one", "2")


def test_subjects_and_lists(tmp_path: Path) -> None:
    triples = read(tmp_path, TEXT)
    assert triples.subjects("http://a/p", "http://a/a") == ("http://a/x", "http://a/y")
    assert triples.subjects_of("http://a/p") == ("http://a/x", "http://a/y")
    head = triples.nodes("http://a/x", "http://a/list")[0]
    assert triples.list(head) == ("http://a/c", "http://a/a", "http://a/b")
    assert triples.object("http://a/y", "http://a/q") is None


def test_blank_nodes_have_the_same_names_on_every_run(tmp_path: Path) -> None:
    assert list(read(tmp_path, TEXT)) == list(read(tmp_path, TEXT))


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("@prefix : <http://a/> . :x :p [ :q 1 ] .", encoding="utf-8")
    assert len(load([tmp_path / "a.ttl", tmp_path / "b.ttl"]).nodes("http://a/x", "http://a/p")) == 2


def test_a_list_that_loops_ends() -> None:
    loop = [("_:l", RDF + "first", "http://a/x"), ("_:l", RDF + "rest", "_:l")]
    assert Triples(loop).list("_:l") == ("http://a/x",)


def test_numbers_and_truths() -> None:
    assert Literal("1.5").number == 1.5
    assert Literal("true").truth and not Literal("false").truth


@pytest.mark.parametrize("error", [OntologyError, ShapeError])
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, error: type[OntologyError]) -> None:
    for name in ("a.ttl", "b.ttl"):
        (tmp_path / name).write_text("@prefix : <http://a/> .\n\n:x :p no:y .\n", encoding="utf-8")
    with pytest.raises(error) as caught:
        load(turtle_files(tmp_path), error)
    assert [(Path(p.file).name, p.line) for p in caught.value.problems] == [("a.ttl", 3), ("b.ttl", 3)]
    assert "prefix no:" in str(caught.value)


def test_a_missing_file_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"none\.ttl"):
        load([tmp_path / "none.ttl"])


def test_every_file_of_the_content_folders_loads() -> None:
    for folder in ("ontology", "shapes"):
        assert len(load(turtle_files(content_folder(folder)))) > 100
