package effects

// sqlRow is how a function reaches a database: by a statement, or by what its name says.
type sqlRow struct {
	statement *argument
	// verb is what it does without a statement.
	verb string
	// table tells where the table stands: "member" before the function's name, "class" what
	// the function is called on, a name of a link of the chain (from, table), or arg0.
	table string
	// filter is the argument with the condition; links of the chain may have it, too.
	filter *argument
	// one reports that it touches one row, which is a condition by itself.
	one bool
	// tagged reports that slots of a template are bound as parameters.
	tagged bool
	// gate are arguments one of which must be there, where the name alone says too little.
	gate string
}

var (
	statementFirst = &argument{"sql statement operation query statements sql_script stmt clause command q cypher querystring", 0}
	statementArg   = &sqlRow{statement: statementFirst}
)

const pythonDB = "sqlite3.connect sqlite3..Connection sqlite3..Cursor psycopg2.connect psycopg2..connection psycopg2..cursor psycopg2..SimpleConnectionPool psycopg2..ThreadedConnectionPool psycopg.connect psycopg..Connection psycopg..AsyncConnection psycopg..Cursor psycopg..AsyncCursor " +
	"psycopg_pool..ConnectionPool psycopg_pool..AsyncConnectionPool pymysql.connect pymysql..Connection pymysql..connect MySQLdb.connect mysql.connector.connect mysql..connect mysql..MySQLConnectionPool mysql..MySQLConnection aiomysql.connect aiomysql.create_pool " +
	"duckdb duckdb.connect duckdb..DuckDBPyConnection snowflake..connect snowflake..SnowflakeConnection snowflake..Session asyncpg.connect asyncpg.create_pool asyncpg..Pool asyncpg..Connection aiosqlite.connect aiosqlite..Connection aiosqlite..Cursor " +
	"databases..Database aiopg.create_pool pyodbc.connect cx_Oracle.connect oracledb.connect pg8000.connect trino..connect clickhouse_connect.get_client clickhouse_driver..Client clickhouse_driver.connect databricks.sql.connect databricks..connect redshift_connector.connect pyhive..connect pyhive..Connection vertica_python.connect " +
	"sqlalchemy.create_engine sqlalchemy..create_engine sqlalchemy..create_async_engine sqlalchemy..Engine sqlalchemy..AsyncEngine sqlalchemy..Connection sqlalchemy..AsyncConnection sqlalchemy..Session sqlalchemy..AsyncSession sqlalchemy..sessionmaker sqlalchemy..async_sessionmaker sqlalchemy..scoped_session sqlalchemy.engine_from_config " +
	"sqlmodel..Session sqlmodel..AsyncSession sqlmodel..create_engine flask_sqlalchemy..SQLAlchemy django.db.connection django.db.connections peewee..SqliteDatabase peewee..PostgresqlDatabase peewee..MySQLDatabase playhouse..PostgresqlExtDatabase " +
	"neo4j..GraphDatabase langchain_community..SQLDatabase langchain..SQLDatabase langchain_sql..SQLDatabase langchain_community..Neo4jGraph langchain_neo4j..Neo4jGraph cassandra..Cluster records..Database sqlite_utils..Database libsql_experimental.connect libsql.connect turso.connect apsw..Connection kuzu..Connection prestodb..connect"

const pythonDBLinks = "cursor connect connection begin session acquire transaction get_connection getconn execution_options engine driver [] get_raw_connection raw_connection default database async_session AsyncSession Session execute connection_context begin_nested __enter__ enter_context enter_async_context"

var sqlPython = []row{
	{heads: pythonDB, through: pythonDBLinks, names: "execute executemany executescript exec execute_sql execute_query exec_driver_sql scalar scalars stream stream_scalars fetch fetchrow fetchval fetch_all fetch_one fetch_val iterate copy_expert run run_no_throw query execute_read_query execute_many execute_async execute_string raw sql query_df query_np fetchmany_sql execute_batch", sql: statementArg},
	{heads: "duckdb", names: "query sql execute from_query query_df", sql: statementArg},
	{heads: "psycopg2.extras", names: "execute_values execute_batch", sql: &sqlRow{statement: &argument{"sql", 1}}},
	{heads: "pandas", names: "read_sql read_sql_query", sql: &sqlRow{statement: &argument{"sql", 0}}},
	{heads: "polars", names: "read_database read_database_uri", sql: &sqlRow{statement: &argument{"query", 0}}},
	{heads: "awswrangler.athena awswrangler.redshift awswrangler.postgresql", names: "read_sql_query", sql: &sqlRow{statement: &argument{"sql", 0}}},
	{heads: "pandas", any: true, names: "to_sql", sql: &sqlRow{verb: "insert", table: "name"}},
	{heads: "pandas", names: "read_sql_table", sql: &sqlRow{verb: "select", table: "name"}},
	{heads: "google.cloud.bigquery..Client google.cloud.bigquery.Client", names: "query query_and_wait", sql: statementArg},
	{heads: "google.cloud.bigquery.Client", names: "delete_table delete_dataset", sql: &sqlRow{verb: "drop", table: "arg0"}},
	{heads: "google.cloud.bigquery.Client", names: "insert_rows insert_rows_json load_table_from_dataframe", sql: &sqlRow{verb: "insert", table: "arg0"}},
	{heads: "google.cloud.spanner google.cloud.spanner..Client", any: true, names: "execute_sql execute_update execute_partitioned_dml", sql: statementArg},
	{heads: "pyspark..SparkSession", any: true, names: "sql", sql: statementArg},
	{heads: "boto3.client", names: "start_query_execution", sql: &sqlRow{statement: &argument{"QueryString", -1}}},
	{heads: "boto3.client", names: "execute_statement", sql: &sqlRow{statement: &argument{"Sql sql Statement", -1}}},
	{heads: "neo4j..GraphDatabase", through: "driver session", names: "execute_query run", sql: &sqlRow{statement: &argument{"query_ query", 0}}},
	{heads: "langchain_community.utilities.SQLDatabase.from_uri langchain_community..SQLDatabase langchain_community..from_uri llama_index.core..SQLDatabase", through: "from_uri", names: "run run_no_throw run_sql", sql: statementArg},
}

const scriptDB = "pg..Pool pg..Client pg.Pool pg.Client pg-promise pg-pool pg-native postgres mysql2 mysql2/promise mysql mysql2.createConnection mysql2.createPool mysql2/promise.createConnection mysql2/promise.createPool mysql.createConnection mysql.createPool better-sqlite3 sqlite3..Database sqlite3.Database sqlite sqlite.open bun:sqlite.Database sqlite3 sqlite..DatabaseSync mssql..ConnectionPool mssql..Request mssql oracledb " +
	"knex sequelize..Sequelize sequelize-typescript..Sequelize typeorm..DataSource typeorm..Connection typeorm.getConnection typeorm.getManager typeorm..EntityManager typeorm..QueryRunner @libsql/client.createClient @libsql..createClient @neondatabase/serverless.neon @neondatabase/serverless.Pool @neondatabase/serverless.Client @vercel/postgres @vercel/postgres.db @vercel/postgres.createPool @planetscale/database.connect duckdb..Database @duckdb/node-api..DuckDBInstance @electric-sql/pglite.PGlite " +
	"@prisma/client.PrismaClient drizzle-orm/node-postgres.drizzle drizzle-orm/postgres-js.drizzle drizzle-orm/better-sqlite3.drizzle drizzle-orm/libsql.drizzle drizzle-orm/neon-http.drizzle drizzle-orm/mysql2.drizzle drizzle-orm/d1.drizzle drizzle-orm/vercel-postgres.drizzle drizzle-orm/bun-sqlite.drizzle " +
	"neo4j-driver.driver snowflake-sdk.createConnection @google-cloud/bigquery.BigQuery @clickhouse/client.createClient langchain/sql_db.SqlDatabase langchain/sql_db..fromDataSourceParams slonik.createPool kysely..Kysely cassandra-driver.Client node:sqlite.DatabaseSync @sqlite.org/sqlite-wasm"

const scriptDBLinks = "connect getConnection promise transaction $transaction begin session createQueryRunner manager default getClient acquire reserve client request fromDataSourceParams verbose createPool createConnection pool [] withTransaction tx task"

var sqlScript = []row{
	{heads: scriptDB, through: scriptDBLinks, names: "query execute run all get each exec prepare raw unsafe any none one many oneOrNone manyOrNone result $queryRawUnsafe $executeRawUnsafe batch queryRaw executeRaw func sql queryRawUnsafe executeQuery createQueryJob command", sql: &sqlRow{statement: &argument{"sql text query sqlText statement", 0}}},
	{heads: scriptDB, through: scriptDBLinks, names: "$queryRaw $executeRaw", sql: &sqlRow{statement: &argument{"", 0}, tagged: true}},
	{heads: "", names: "postgres", sql: &sqlRow{tagged: true, gate: "`"}},
	{heads: "postgres", through: "begin", names: "begin sql", sql: &sqlRow{tagged: true, gate: "`"}},
	{heads: "@neondatabase/serverless @vercel/postgres bun Bun", names: "neon sql SQL", sql: &sqlRow{tagged: true, gate: "`"}},
}
