import axios from 'axios'
import got from 'got'
import ky from 'ky'
import https from 'node:https'
import { request } from 'undici'
import OpenAI from 'openai'

const API = 'https://api.example.com'
const api = axios.create({ baseURL: 'https://api.example.com/v1' }) // => http  https://api.example.com/v1 host=api.example.com full

export async function main(id: string, url: string, path: string, opts: any) {
  await fetch('https://api.example.com/users') // => http GET https://api.example.com/users host=api.example.com full
  await fetch(`https://api.example.com/users/${id}`, { method: 'POST', body: '' }) // => http POST https://api.example.com/users/… host=api.example.com host
  await fetch(`https://api.example.com${path}`) // => http GET https://api.example.com… host= none
  await fetch(`${API}/users`, { method: 'delete' }) // => http DELETE https://api.example.com/users host=api.example.com full
  await fetch(url, opts) // => http  … host= none
  await fetch('/api/chat', { method: 'POST' })
  await fetch(new URL('/v2', API)) // => http GET https://api.example.com/v2 host=api.example.com full
  await fetch(`${process.env.API ?? 'https://default.example.com'}/x`) // => http GET …/x host= none & env read API default=https://default.example.com
  await axios.get('https://api.example.com/x') // => http GET https://api.example.com/x host=api.example.com full
  await axios({ url: 'https://api.example.com/y', method: 'put' }) // => http PUT https://api.example.com/y host=api.example.com full
  await axios.post(API + '/z', {}) // => http POST https://api.example.com/z host=api.example.com full
  await axios.request({ url: '/q', baseURL: API, method: 'patch' }) // => http PATCH https://api.example.com/q host=api.example.com full
  await api.get('/users') // => http GET https://api.example.com/v1/users host=api.example.com full
  await api.delete(`/users/${id}`) // => http DELETE https://api.example.com/v1/users/… host=api.example.com host
  await api({ url: '/users', method: 'post' }) // => http POST https://api.example.com/v1/users host=api.example.com full
  await got('https://got.example.com/x') // => http GET https://got.example.com/x host=got.example.com full
  await got.post('https://got.example.com/x') // => http POST https://got.example.com/x host=got.example.com full
  const k = ky.create({ prefixUrl: 'https://ky.example.com' }) // => http  https://ky.example.com host=ky.example.com full
  await k.get('users').json() // => http GET https://ky.example.com/users host=ky.example.com full
  await request('https://undici.example.com/x', { method: 'POST' }) // => http POST https://undici.example.com/x host=undici.example.com full
  https.request({ hostname: 'node.example.com', port: 8443, path: '/a', method: 'POST' }) // => http POST https://node.example.com:8443/a host=node.example.com full
  https.get('https://node.example.com/b') // => http GET https://node.example.com/b host=node.example.com full
  const ws = new WebSocket('wss://ws.example.com/socket') // => http GET wss://ws.example.com/socket host=ws.example.com full
  const openai = new OpenAI({ baseURL: 'https://proxy.example.com/v1' }) // => http  https://proxy.example.com/v1 host=proxy.example.com full
  const plain = new OpenAI()
}

class Client {
  private base = 'https://class.example.com'
  private http = axios.create({ baseURL: this.base }) // => http  https://class.example.com host=class.example.com full
  async load(id: string) {
    await fetch(`${this.base}/x/${id}`) // => http GET https://class.example.com/x/… host=class.example.com host
    await this.http.get('/y') // => http GET https://class.example.com/y host=class.example.com full
  }
}

export function server(app: any, req: any, cache: any, router: any, client: any) {
  app.get('/users', () => 1)
  router.delete('/users/:id', () => 1)
  req.get('Content-Type')
  cache.get('https://example.com/x')
  client.post('https://hooks.example.com/x') // => http POST https://hooks.example.com/x host=hooks.example.com full
  cache.delete('x')
}

export function page() {
  const protocol = window.location.protocol === 'https:' ? 'wss:' : 'ws:'
  const a = new WebSocket(`${protocol}//${window.location.host}/ws`)
  const b = new WebSocket(`ws://${location.host}/ws`)
  fetch(`${window.location.origin}/api`)
  fetch(`/api/${protocol}`)
  fetch('//cdn.example.com/x') // => http GET //cdn.example.com/x host=cdn.example.com host
}
