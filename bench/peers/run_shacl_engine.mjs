// Measure shacl-engine. It fails on a shape with two sh:not (it reads one or none), so that these are given to it
// as one sh:not around an sh:or: the same demand, but one result where there should be two.

import rdf from '@zazuko/env'
import { DataFactory } from 'n3'
import { Validator } from 'shacl-engine'
import { run } from './adapter.mjs'

const { blankNode, namedNode, quad } = DataFactory
const SH = 'http://www.w3.org/ns/shacl#'
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#'

function list (members) {
  return members.reduceRight(([rest, quads], member) => {
    const node = blankNode()
    return [node, [
      ...quads, quad(node, namedNode(RDF + 'first'), member), quad(node, namedNode(RDF + 'rest'), rest)
    ]]
  }, [namedNode(RDF + 'nil'), []])
}

function combined (quads) {
  const denials = new Map()
  for (const q of quads.filter(q => q.predicate.value === SH + 'not')) {
    denials.set(q.subject.value, [...denials.get(q.subject.value) ?? [], q])
  }
  const several = [...denials.values()].filter(group => group.length > 1)
  const gone = new Set(several.flat())
  const added = several.flatMap(group => {
    const [{ subject, predicate }] = group
    const either = namedNode(subject.value + '.either')
    const [head, cells] = list(group.map(q => q.object))
    return [quad(subject, predicate, either), quad(either, namedNode(SH + 'or'), head), ...cells]
  })
  return [...quads.filter(q => !gone.has(q)), ...added]
}

await run(
  'shacl-engine',
  shapes => new Validator(shapes, { factory: rdf }),
  (validator, dataset) => validator.validate({ dataset }),
  combined
)
