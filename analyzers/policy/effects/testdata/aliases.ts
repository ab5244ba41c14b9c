import util from 'node:util'
import child, { exec as execCallback, execSync as sync } from 'child_process'
import { $ as bun } from 'bun'
import * as fsp from 'fs/promises'
import { chromium } from 'playwright'

const execAsync = util.promisify(execCallback)
const execOther = util.promisify(child.exec)
const { spawn: start } = require('node:child_process')
const { readFile, ...others } = fsp
const write = fsp.writeFile
const lazy = await import('node:child_process')

export async function main(cmd: string, url: string) {
  await execAsync('ls') // => shell ls "ls" full via-shell
  await execOther(cmd) // => shell  "…" none via-shell
  sync('pwd') // => shell pwd "pwd" full via-shell
  start('git', ['log']) // => shell git "git log" full
  await bun`ls ${cmd}` // => shell ls "ls …" partial via-shell
  await readFile('a') // => file read a full
  await write('b', '') // => file write b full
  lazy.exec('ls') // => shell ls "ls" full via-shell
  child['exec']('ls') // => shell ls "ls" full via-shell
  const page = await (await chromium.launch()).newPage()
  await page.goto(url) // => http GET … host= none
  await page.goto('https://page.example.com') // => http GET https://page.example.com host=page.example.com full
  const { default: got } = await import('got')
  await got('https://got.example.com') // => http GET https://got.example.com host=got.example.com full
}
