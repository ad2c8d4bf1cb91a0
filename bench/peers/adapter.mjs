// What adapters on Node.js share; it does what adapter.py does, on quads in an indexed store of n3.

import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { Parser, Store, Writer } from 'n3'

const REPEATS = 5

// Give the result of an action and the lesser of wall-clock and CPU seconds.
async function clocked (action) {
  const wall = performance.now()
  const cpu = process.cpuUsage()
  const result = await action()
  const { user, system } = process.cpuUsage(cpu)
  return [result, Math.min((performance.now() - wall) / 1e3, (user + system) / 1e6)]
}

const parse = file => new Parser({ format: 'N-Triples' }).parse(readFileSync(file, 'utf8'))

function write (dataset, file) {
  const writer = new Writer({ format: 'N-Triples' })
  for (const quad of dataset) writer.addQuad(quad)
  writer.end((_, text) => writeFileSync(file, text))
}

// Give the largest memory of this process in bytes, without that of its parent, which resourceUsage counts.
const peak = () => Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024

// Measure an engine. `prepare` makes a validator of a store of shapes, `validate` applies it to a store of data;
// `adapt` may change the quads of the shapes before.
export async function run (name, prepare, validate, adapt = quads => quads) {
  const options = { seconds: { type: 'string', default: '0' }, report: { type: 'string' } }
  const { values, positionals: [shapes, data] } = parseArgs({ options, allowPositionals: true })
  const load = () => [prepare(new Store(adapt(parse(shapes)))), new Store(parse(data))]
  const [[validator, store], loading] = await clocked(load)
  const until = performance.now() + Number(values.seconds) * 1e3
  let [report, first] = await clocked(() => validate(validator, store))
  const spent = [first]
  while (performance.now() < until && spent.length <= REPEATS) {
    const [again, seconds] = await clocked(() => validate(validator, store))
    report = again
    spent.push(seconds)
  }
  const manifest = new URL(`node_modules/${name}/package.json`, import.meta.url)
  console.log(JSON.stringify({
    version: JSON.parse(readFileSync(manifest, 'utf8')).version,
    load: loading,
    first,
    warm: Math.min(...spent),
    memory: peak(),
    results: report.results.length
  }))
  if (values.report) write(report.dataset, values.report)
}
