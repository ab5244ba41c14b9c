import { env } from 'node:process'

const { A, B = 'x', C: c, ...rest } = process.env // => env read A & env read B default=x & env read C

export function main(name: string, config: any) {
  process.env.D // => env read D
  process.env['E'] || 'y' // => env read E default=y
  process.env.F ?? 'z' // => env read F default=z
  process.env[name] // => env read 
  process.env.G = '1' // => env write G
  delete process.env.H // => env write H
  Bun.env.I // => env read I
  Deno.env.get('J') // => env read J
  import.meta.env.K // => env read K
  env.L // => env read L
  config.env.M
  const e = process.env
  e.N // => env read N
  process.env.O! // => env read O
  fetch(`https://api.example.com/${process.env.P}`) // => http GET https://api.example.com/… host=api.example.com host & env read P
}
export const has = 'Q' in process.env // => env read Q
