// Builds the editor bundle. The result depends on the sources and the lock file only: no date, no path, no source map.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import * as esbuild from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))
const flag = process.argv.indexOf('--out')
const out = flag > 0 ? process.argv[flag + 1] : join(here, '../coedit/static/wagtail_cse/coedit')
const LIMIT = 130 * 1000

await mkdir(out, { recursive: true })
const { metafile } = await esbuild.build({
  absWorkingDir: here,
  entryPoints: { editor: 'src/main.js', signout: 'src/signout.js' },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2020',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning'
})

const report = { schema: 1, files: {} }
const sizes = {} // not in the report: they depend on the zlib of this Node
for (const name of ['editor.js', 'signout.js']) {
  const bytes = await readFile(join(out, name))
  report.files[name] = { sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length }
  sizes[name] = gzipSync(bytes, { level: 9 }).length
}
await writeFile(join(out, 'build.json'), JSON.stringify(report, null, 2) + '\n')
console.log('gzip', JSON.stringify(sizes))
if (process.argv.includes('--why')) console.log(await esbuild.analyzeMetafile(metafile))
if (sizes['editor.js'] > LIMIT) {
  console.error(`editor.js is larger than ${LIMIT} bytes (gzip)`)
  process.exit(1)
}
