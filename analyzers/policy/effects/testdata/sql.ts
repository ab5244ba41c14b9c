import { Pool } from 'pg'
import postgres from 'postgres'
import { PrismaClient } from '@prisma/client'
import knex from 'knex'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/node-postgres'
import { pgTable } from 'drizzle-orm/pg-core'
import { createClient } from '@supabase/supabase-js'
import { Kysely } from 'kysely'
import { MongoClient } from 'mongodb'
import { sql as vsql } from '@vercel/postgres'

const pool = new Pool()
const sql = postgres()
const prisma = new PrismaClient()
const k = knex({ client: 'pg' })
const lite = new Database('x.db')
const users = pgTable('app_users', {})
const db = drizzle(pool)
const supabase = createClient('u', 'k')
const ky = new Kysely<any>({} as any)
const mongo = new MongoClient('mongodb://localhost')

export async function main(id: string, table: string, cache: Map<string, string>, where: any) {
  await pool.query('DELETE FROM users WHERE id = $1', [id]) // => sql delete [users] full where
  await pool.query(`DELETE FROM users WHERE id = ${id}`) // => sql delete [users] partial where interpolated
  await pool.query({ text: 'DROP TABLE users' }) // => sql drop [users] full
  const client = await pool.connect()
  await client.query('BEGIN') // => sql other [] full
  await sql`DELETE FROM users WHERE id = ${id}` // => sql delete [users] full where
  await sql`DELETE FROM ${sql(table)}` // => sql delete [] partial
  await sql.unsafe('TRUNCATE users') // => sql truncate [users] full
  await vsql`DELETE FROM carts` // => sql delete [carts] full
  await prisma.user.deleteMany() // => sql delete [user] full
  await prisma.user.deleteMany({ where: { id } }) // => sql delete [user] full where
  await prisma.user.delete({ where: { id } }) // => sql delete [user] full where
  await prisma.$executeRaw`DELETE FROM "User" WHERE id = ${id}` // => sql delete [user] full where
  await prisma.$executeRawUnsafe('DELETE FROM "User"') // => sql delete [user] full
  await prisma.$transaction(async (tx) => {
    await tx.user.deleteMany({}) // => sql delete [user] full
  })
  await k('users').where('id', 1).del() // => sql delete [users] full where
  await k('users').del() // => sql delete [users] full
  await k.raw('DELETE FROM users') // => sql delete [users] full
  await k.schema.dropTable('users') // => sql drop [users] full
  lite.exec('DROP TABLE x') // => sql drop [x] full
  lite.prepare('DELETE FROM x WHERE id = ?').run(id) // => sql delete [x] full where
  await db.delete(users) // => sql delete [app_users] full
  await db.delete(users).where(id as any) // => sql delete [app_users] full where
  await db.insert(users).values({}) // => sql insert [app_users] full
  await supabase.from('users').delete().eq('id', 1) // => sql delete [users] full where
  await supabase.from('users').delete() // => sql delete [users] full
  await supabase.from('users').select('*') // => sql select [users] full
  await ky.deleteFrom('users').where('id', '=', id).execute() // => sql delete [users] full where
  await ky.deleteFrom('users').execute() // => sql delete [users] full
  const col = mongo.db('a').collection('users')
  await col.deleteMany({}) // => sql delete [users] full
  await col.deleteMany({ a: 1 }) // => sql delete [users] full where
  await col.deleteOne(where) // => sql delete [users] partial where
  cache.delete('users')
  cache.get('select')
}

export async function others(prisma: any, db: any, User: any, app: any, q: any) {
  await prisma.user.deleteMany({ where: { a: 1 } }) // => sql delete [user] full where
  await prisma.user.update({ where: { a: 1 }, data: {} }) // => sql update [user] full where
  await db.query('DELETE FROM users') // => sql delete [users] full
  await db.run('delete from users where id = 1') // => sql delete [users] full where
  await User.destroy({ where: { id: 1 } }) // => sql delete [user] full where
  await User.destroy({ where: {} }) // => sql delete [user] full
  await q.query('select the best')
  app.get('/users', () => 1)
  q.destroy()
}
