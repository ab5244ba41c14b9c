package effects

// The rows of what builds statements from calls: ORMs, query builders, document databases.

var filterFirst = &argument{"filter query selector where", 0}

// whereLinks are links of a chain that are a condition, where they have an argument.
var whereLinks = set("where filter filter_by whereclause get having exclude get_or_create andWhere orWhere eq neq gt gte lt lte like ilike in in_ is_ not not_ match or contains whereIn whereNot whereNull " +
	"whereNotNull whereBetween whereRaw whereNotIn whereExists findById findByPk get_or_404 first_or_404 filter_ textSearch whereRef whereLike whereId sortWhere get_by_id")

const mongoHeads = "pymongo..MongoClient pymongo..AsyncMongoClient motor..AsyncIOMotorClient motor..AsyncIOMotorCollection pymongo..Collection pymongo.collection.Collection pymongo..Database mongodb..MongoClient mongodb..Collection mongodb..Db mongoose mongoose.model mongoose..Model"

var ormPython = []row{
	{heads: "sqlalchemy..Session sqlalchemy..AsyncSession sqlalchemy..sessionmaker sqlalchemy..async_sessionmaker sqlalchemy..scoped_session sqlmodel..Session sqlmodel..AsyncSession flask_sqlalchemy..session", through: "session begin", names: "delete", sql: &sqlRow{verb: "delete", table: "instance", one: true}},
	{heads: "sqlalchemy..Session sqlalchemy..AsyncSession sqlalchemy..sessionmaker sqlalchemy..async_sessionmaker sqlalchemy..scoped_session sqlmodel..Session sqlmodel..AsyncSession flask_sqlalchemy..session", through: "session begin", names: "add merge add_all bulk_save_objects bulk_insert_mappings", sql: &sqlRow{verb: "insert", table: "instance"}},
	{heads: "sqlalchemy..Session sqlalchemy..sessionmaker sqlalchemy..scoped_session sqlmodel..Session flask_sqlalchemy..SQLAlchemy", any: true, names: "delete", sql: &sqlRow{verb: "delete", table: "query", gate: "query"}},
	{heads: "sqlalchemy..Session sqlalchemy..sessionmaker sqlalchemy..scoped_session sqlmodel..Session flask_sqlalchemy..SQLAlchemy", any: true, names: "update", sql: &sqlRow{verb: "update", table: "query", gate: "query"}},
	{heads: "sqlalchemy..Session sqlalchemy..sessionmaker sqlalchemy..scoped_session sqlalchemy..AsyncSession sqlmodel..Session", any: true, names: "all first one one_or_none count scalar", sql: &sqlRow{verb: "select", table: "query", gate: "query"}},
	{heads: "sqlalchemy..MetaData sqlalchemy..declarative_base sqlalchemy..DeclarativeBase sqlmodel..SQLModel flask_sqlalchemy..SQLAlchemy", any: true, names: "drop_all", sql: &sqlRow{verb: "drop"}},
	{heads: mongoHeads, any: true, names: "delete_many delete_one find_one_and_delete remove deleteMany", sql: &sqlRow{verb: "delete", table: "member", filter: filterFirst}},
	{heads: mongoHeads, any: true, names: "update_many update_one find_one_and_update replace_one find_one_and_replace", sql: &sqlRow{verb: "update", table: "member", filter: filterFirst}},
	{heads: mongoHeads, any: true, names: "insert_one insert_many", sql: &sqlRow{verb: "insert", table: "member"}},
	{heads: mongoHeads, any: true, names: "find find_one aggregate count_documents distinct", sql: &sqlRow{verb: "select", table: "member", filter: filterFirst}},
	{heads: mongoHeads, any: true, names: "drop_collection drop_database", sql: &sqlRow{verb: "drop", table: "arg0"}},
	{heads: mongoHeads, any: true, names: "drop", sql: &sqlRow{verb: "drop", table: "member"}},
	{heads: "peewee..Model playhouse..Model", any: true, names: "delete update insert insert_many replace select", sql: &sqlRow{verb: "name", table: "member"}},
	{heads: "peewee..Model playhouse..Model", any: true, names: "delete_by_id delete_instance", sql: &sqlRow{verb: "delete", table: "member", one: true}},
	{heads: "peewee..Model playhouse..Model", any: true, names: "create insert_one save", sql: &sqlRow{verb: "insert", table: "member"}},
	{heads: "peewee..Model playhouse..Model", any: true, names: "drop_table truncate_table", sql: &sqlRow{verb: "drop", table: "member"}},
	{heads: "boto3.resource aioboto3.resource", any: true, names: "delete_item", sql: &sqlRow{verb: "delete", table: "Table", one: true, gate: "Table"}},
	{heads: "boto3.resource aioboto3.resource", any: true, names: "update_item", sql: &sqlRow{verb: "update", table: "Table", one: true, gate: "Table"}},
	{heads: "boto3.resource aioboto3.resource", any: true, names: "put_item", sql: &sqlRow{verb: "insert", table: "Table", gate: "Table"}},
	{heads: "boto3.client", names: "delete_item", sql: &sqlRow{verb: "delete", table: "name", one: true}},
	{heads: "boto3.client", names: "delete_table", sql: &sqlRow{verb: "drop", table: "name"}},
	{heads: "mongoengine..Document mongoengine..DynamicDocument", any: true, names: "delete", sql: &sqlRow{verb: "delete", table: "member"}},
	{heads: "mongoengine..Document", any: true, names: "drop_collection", sql: &sqlRow{verb: "drop", table: "member"}},
	{heads: "supabase.create_client supabase..Client supabase..AsyncClient supabase.acreate_client supabase.create_async_client", through: "from_ table schema", names: "delete update insert upsert select", sql: &sqlRow{verb: "name", table: "table", gate: "table from_"}},
}

var ormScript = []row{
	{heads: "@prisma/client.PrismaClient @prisma/client", any: true, names: "delete deleteMany", sql: &sqlRow{verb: "delete", table: "member", filter: &argument{"where", -1}}},
	{heads: "@prisma/client.PrismaClient", any: true, names: "update updateMany upsert updateManyAndReturn", sql: &sqlRow{verb: "update", table: "member", filter: &argument{"where", -1}}},
	{heads: "@prisma/client.PrismaClient", any: true, names: "create createMany createManyAndReturn", sql: &sqlRow{verb: "insert", table: "member"}},
	{heads: "@prisma/client.PrismaClient", any: true, names: "findMany findUnique findFirst findUniqueOrThrow findFirstOrThrow count aggregate groupBy", sql: &sqlRow{verb: "select", table: "member", filter: &argument{"where", -1}}},
	{heads: "@supabase/supabase-js.createClient @supabase/supabase-js..SupabaseClient @supabase/ssr.createServerClient @supabase/ssr.createBrowserClient @supabase/auth-helpers-nextjs.createClientComponentClient", through: "from schema table", names: "delete update insert upsert select", sql: &sqlRow{verb: "name", table: "from table", gate: "from table"}},
	{heads: "knex knex.knex", any: true, names: "del delete update insert truncate", sql: &sqlRow{verb: "name", table: "root from into table", gate: "root from into table"}},
	{heads: "knex knex.knex", through: "schema", names: "dropTable dropTableIfExists dropSchema", sql: &sqlRow{verb: "drop", table: "arg0"}},
	{heads: "knex knex.knex", through: "schema", names: "createTable alterTable renameTable", sql: &sqlRow{verb: "alter", table: "arg0"}},
	{heads: "drizzle-orm..drizzle", through: "transaction", names: "delete update insert", sql: &sqlRow{verb: "name", table: "arg0"}},
	{heads: "drizzle-orm..drizzle", through: "transaction select selectDistinct", names: "from", sql: &sqlRow{verb: "select", table: "arg0"}},
	{heads: "kysely..Kysely", any: true, names: "deleteFrom updateTable insertInto selectFrom replaceInto", sql: &sqlRow{verb: "name", table: "arg0"}},
	{heads: "kysely..Kysely", through: "schema", names: "dropTable dropSchema dropView", sql: &sqlRow{verb: "drop", table: "arg0"}},
	{heads: "typeorm..Repository typeorm.getRepository typeorm..DataSource typeorm..EntityManager", through: "getRepository manager getTreeRepository", names: "delete remove softDelete softRemove", sql: &sqlRow{verb: "delete", table: "repository", filter: filterFirst}},
	{heads: "typeorm..Repository typeorm.getRepository typeorm..DataSource", through: "getRepository manager", names: "clear", sql: &sqlRow{verb: "truncate", table: "repository"}},
	{heads: "typeorm..Repository typeorm.getRepository typeorm..DataSource typeorm..EntityManager", through: "getRepository manager", names: "update upsert", sql: &sqlRow{verb: "update", table: "repository", filter: filterFirst}},
	{heads: "typeorm..Repository typeorm.getRepository typeorm..DataSource", through: "createQueryBuilder getRepository manager where andWhere", names: "delete", sql: &sqlRow{verb: "delete", table: "from repository", gate: "createQueryBuilder"}},
	{heads: mongoHeads, any: true, names: "deleteMany deleteOne findOneAndDelete findByIdAndDelete remove", sql: &sqlRow{verb: "delete", table: "member", filter: filterFirst}},
	{heads: mongoHeads, any: true, names: "updateMany updateOne findOneAndUpdate findByIdAndUpdate replaceOne findOneAndReplace", sql: &sqlRow{verb: "update", table: "member", filter: filterFirst}},
	{heads: mongoHeads, any: true, names: "insertOne insertMany bulkWrite", sql: &sqlRow{verb: "insert", table: "member"}},
	{heads: mongoHeads, any: true, names: "find findOne aggregate countDocuments findById", sql: &sqlRow{verb: "select", table: "member", filter: filterFirst}},
	{heads: mongoHeads, any: true, names: "dropCollection", sql: &sqlRow{verb: "drop", table: "arg0"}},
	{heads: mongoHeads, any: true, names: "dropDatabase", sql: &sqlRow{verb: "drop"}},
	{heads: "mongodb..MongoClient", any: true, names: "drop", sql: &sqlRow{verb: "drop", table: "member"}},
	{heads: "sequelize..Sequelize sequelize..Model sequelize-typescript..Model", any: true, names: "destroy", sql: &sqlRow{verb: "delete", table: "member", filter: &argument{"where", -1}}},
	{heads: "sequelize..Sequelize sequelize..Model sequelize-typescript..Model", any: true, names: "truncate", sql: &sqlRow{verb: "truncate", table: "member"}},
	{heads: "sequelize..Sequelize sequelize..Model sequelize-typescript..Model", any: true, names: "update", sql: &sqlRow{verb: "update", table: "member", filter: &argument{"where", -1}}},
	{heads: "sequelize..Sequelize sequelize..Model sequelize-typescript..Model", any: true, names: "create bulkCreate upsert", sql: &sqlRow{verb: "insert", table: "member"}},
	{heads: "sequelize..Sequelize sequelize..Model sequelize-typescript..Model", any: true, names: "findAll findOne findByPk findAndCountAll", sql: &sqlRow{verb: "select", table: "member", filter: &argument{"where", -1}}},
	{heads: "typeorm..BaseEntity", any: true, names: "delete remove", sql: &sqlRow{verb: "delete", table: "member", filter: filterFirst}},
	{heads: "sequelize..Sequelize sequelize.Sequelize", any: true, names: "drop", sql: &sqlRow{verb: "drop"}},
}

// ormNames are methods so much an ORM's own that the receiver need not be known.
var ormNames = map[string]*sqlRow{
	"delete_many": {verb: "delete", table: "member", filter: filterFirst}, "delete_one": {verb: "delete", table: "member", filter: filterFirst},
	"find_one_and_delete": {verb: "delete", table: "member", filter: filterFirst}, "update_many": {verb: "update", table: "member", filter: filterFirst},
	"update_one": {verb: "update", table: "member", filter: filterFirst}, "replace_one": {verb: "update", table: "member", filter: filterFirst},
	"find_one_and_update": {verb: "update", table: "member", filter: filterFirst}, "insert_one": {verb: "insert", table: "member"},
	"insert_many": {verb: "insert", table: "member"}, "drop_collection": {verb: "drop", table: "arg0"}, "find_one": {verb: "select", table: "member", filter: filterFirst},
	"deleteMany": {verb: "delete", table: "member", filter: filterFirst}, "deleteOne": {verb: "delete", table: "member", filter: filterFirst},
	"findOneAndDelete": {verb: "delete", table: "member", filter: filterFirst}, "findByIdAndDelete": {verb: "delete", table: "member", filter: filterFirst},
	"updateMany": {verb: "update", table: "member", filter: filterFirst}, "updateOne": {verb: "update", table: "member", filter: filterFirst},
	"findOneAndUpdate": {verb: "update", table: "member", filter: filterFirst}, "findByIdAndUpdate": {verb: "update", table: "member", filter: filterFirst},
	"insertOne": {verb: "insert", table: "member"}, "insertMany": {verb: "insert", table: "member"}, "dropCollection": {verb: "drop", table: "arg0"},
	"deleteFrom": {verb: "delete", table: "arg0"}, "destroy": {verb: "delete", table: "member", filter: &argument{"where", -1}, gate: "where truncate"},
	"createMany": {verb: "insert", table: "member", gate: "data"}, "findMany": {verb: "select", table: "member", filter: &argument{"where", -1}, gate: "where select include take orderBy"},
	"findUnique": {verb: "select", table: "member", filter: &argument{"where", -1}, gate: "where"},
	"drop_all":   {verb: "drop", gate: "bind"},
	"to_sql":     {verb: "insert", table: "name"},
}
