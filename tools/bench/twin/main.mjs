// What a service is measured against: bare Fastify and pg that answer the rows of one statement as JSON, and nothing else.
import Fastify from 'fastify';
import pg from 'pg';
import { answering } from '../answering.mjs';

const { DATABASE_URL, SEARCH_PATH, POOL_SIZE, STATEMENT } = process.env;
const { text, values, name } = JSON.parse(STATEMENT);
const pool = new pg.Pool({
  connectionString: DATABASE_URL,
  options: `-c search_path=${SEARCH_PATH},public`,
  max: Number(POOL_SIZE),
});
const app = Fastify();
app.get('/', async ({ query }) => {
  const asked = { ...query, now: new Date() };
  const { rows } = await pool.query({
    name,
    text,
    values: values.map((value) => ('of' in value ? asked[value.of] : value.is)),
  });
  return rows;
});
const origin = await app.listen({ port: 0, host: '127.0.0.1' });
answering({ origin }, {});
