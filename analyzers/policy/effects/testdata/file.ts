import fs, { promises as fsp } from 'fs'
import { readFile, writeFile, rm } from 'node:fs/promises'
import path from 'node:path'
import os from 'node:os'
import fse from 'fs-extra'
import { rimraf } from 'rimraf'

const DIR = path.join('data', 'cache')

export async function main(name: string, req: any, dialog: any) {
  fs.readFileSync('config.json', 'utf8') // => file read config.json full
  fs.writeFileSync(`data/${name}.json`, '') // => file write data/….json prefix param
  fs.unlinkSync('/etc/hosts') // => file delete /etc/hosts full absolute
  await fsp.appendFile('log.txt', 'x') // => file append log.txt full
  await readFile(name) // => file read … none param
  await writeFile(path.join(DIR, name), 'x') // => file write data/cache/… prefix param
  await writeFile(path.resolve('/srv', 'x'), 'x') // => file write /srv/x full absolute
  await rm('../up', { recursive: true }) // => file delete ../up full escapes
  await fs.promises.mkdir('out') // => file write out full
  fs.createWriteStream('out.bin') // => file write out.bin full
  fs.readdir('.', () => 1) // => file list . full
  fs.rename('a', 'b', () => 1) // => file write b full
  fs.chmodSync('x', 0o755) // => file chmod x full
  fs.open('x', 'w', () => 1) // => file write x full
  await fse.remove(path.join(os.homedir(), '.cache')) // => file delete ~/.cache full absolute
  await fse.outputJson(path.join(__dirname, 'x.json'), {}) // => file write …/x.json none
  await rimraf('dist') // => file delete dist full
  await Bun.write('out.txt', 'x') // => file write out.txt full
  await Deno.readTextFile('in.txt') // => file read in.txt full
  await Deno.remove('in.txt') // => file delete in.txt full
  fs.readFileSync(req.query.file) // => file read … none param
  fs.writeFileSync(path.join(os.tmpdir(), name), '') // => file write /tmp/… prefix absolute param
  fs.existsSync('x')
  dialog.open('x')
  window.open('https://example.com')
}
fs.writeFileSync(`${process.env.HOME}/.zshrc`, '') // => file write ~/.zshrc full absolute & env read HOME
fs.readFileSync(path.join(process.env.HOME || process.env.USERPROFILE || '/root', '.npmrc')) // => file read ~/.npmrc full absolute & env read HOME default= & env read USERPROFILE
