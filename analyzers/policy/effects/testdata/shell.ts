import { exec, spawn, execFile, execSync } from 'child_process'
import { promisify } from 'util'
import { execa, $ as x$ } from 'execa'
import { $ } from 'zx'
import vm from 'vm'

const run = promisify(exec)

export async function main(cmd: string, args: string[], re: RegExp, db: any) {
  exec('rm -rf /tmp/x') // => shell rm "rm -rf /tmp/x" full via-shell
  exec(`git clone ${cmd}`) // => shell git "git clone …" partial via-shell
  await run(cmd) // => shell  "…" none via-shell
  execSync('ls | wc -l', { encoding: 'utf8' }) // => shell ls "ls | wc -l" full via-shell
  spawn('git', ['push', cmd]) // => shell git "git push …" partial
  spawn('npm', args, { shell: true }) // => shell npm "npm …" partial via-shell
  execFile('/usr/bin/node', ['x.js']) // => shell node "/usr/bin/node x.js" full
  await execa('git', ['status']) // => shell git "git status" full
  await x$`git ${cmd}` // => shell git "git …" partial
  await $`rm -rf ${cmd}` // => shell rm "rm -rf …" partial via-shell
  Bun.spawn(['ls', '-l']) // => shell ls "ls -l" full
  new Deno.Command('git', { args: ['log'] }) // => shell git "git log" full
  eval(cmd) // => shell eval "…" none
  new Function('a', 'return a') // => shell Function "return a" full
  vm.runInNewContext(cmd) // => shell eval "…" none
  re.exec(cmd)
  db.exec(cmd)
  spawn(process.execPath, ['a.js']) // => shell node "node a.js" full
}
