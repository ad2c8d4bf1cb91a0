// Measure rdf-validate-shacl.

import rdf from '@zazuko/env'
import SHACLValidator from 'rdf-validate-shacl'
import { run } from './adapter.mjs'

await run(
  'rdf-validate-shacl',
  shapes => new SHACLValidator(shapes, { factory: rdf }),
  (validator, dataset) => validator.validate(dataset)
)
