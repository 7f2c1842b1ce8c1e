import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { lessonOf, SQL } from './population.mjs';

const run = promisify(execFile);

/** Whether PostgreSQL's own load generator is on this machine; embedded PostgreSQL comes without it. */
export async function hasPgbench() {
  try {
    await run('pgbench', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/**
 * Writes statements that our service sent for one lesson as a script of pgbench's, for any lesson: what is of that lesson is
 * worked out from its number, an instant is now, and the rest stays as it was.
 */
export function scriptOf(said, n, holdId) {
  const lesson = { ...lessonOf(n), holdId, n };
  const statements = said.map(({ text, values = [] }) => `${fill(text, values, lesson)};`);
  return ['\\set i :n * :clients + :client_id + :first', '\\set n :n + 1', ...statements].join('\n');
}

const fill = (text, values, lesson) =>
  text
    .replaceAll(/--.*$/gm, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\$(\d+)/g, (_, place) => literal(values[place - 1], lesson));

function literal(value, lesson) {
  if (value === null || value === undefined) return 'null';
  // What a Buffer has become on its way from the service's process.
  if (value.type === 'Buffer') return quoted(`\\x${Buffer.from(value).toString('hex')}`);
  if (Array.isArray(value)) return `array[${value.map((one) => literal(one, lesson)).join(', ')}]`;
  if (value instanceof Date || /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return instant(new Date(value), lesson);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  const own = Object.keys(lesson).find((name) => lesson[name] === value);
  return own ? SQL[own](':i') : text(value, lesson);
}

/** The start and the end of the lesson; every other instant is now, or as far from it as it was. */
function instant(value, { startAt }) {
  const hours = (value - startAt) / 3_600_000;
  if (hours === 0) return SQL.startAt(':i');
  if (hours === 1) return `(${SQL.startAt(':i')} + interval '1 hour')`;
  const seconds = Math.round((value - Date.now()) / 1000);
  return seconds > 60 ? `(now() + interval '10 minutes')` : "date_trunc('milliseconds', now())";
}

/** A text that names the lesson, such as an account or the key of a request, is put together again; JSON stays as it was. */
function text(value, lesson) {
  if (/^[{[]/.test(value)) return quoted(value);
  const { n, startAt: _, ...ids } = lesson;
  const named = new RegExp(`(${[...Object.values(ids), `(?<=-)${n}$`].join('|')})`);
  const parts = value.split(named).filter(Boolean);
  const written = parts.map((part) => {
    const own = Object.keys(lesson).find((name) => String(lesson[name]) === part);
    return own ? `(${SQL[own](':i')})::text` : quoted(part);
  });
  return written.length === 1 ? written[0] : `(${written.join(' || ')})`;
}

/** A colon before a letter is a variable to pgbench, inside quotes too. */
const quoted = (value) => `E'${value.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`;

/** Pairs a second that pgbench makes of a script with so many connections, from the lesson `first` on. */
export async function pgbench({ house, database, script, first, connections, seconds }) {
  const file = join(house.folder, 'pair.sql');
  writeFileSync(file, script);
  const url = new URL(database.urls.booking);
  const args = ['-n', '-M', 'prepared', '-c', connections, '-j', 2, '-T', seconds, '-f', file];
  const variables = { first, clients: connections, n: 0 };
  for (const [name, value] of Object.entries(variables)) args.push('-D', `${name}=${value}`);
  const env = {
    PATH: process.env.PATH,
    PGPASSWORD: url.password,
    PGOPTIONS: '-c search_path=booking,public -c enable_seqscan=off',
  };
  const sign = ['-h', url.hostname, '-p', url.port, '-U', url.username, url.pathname.slice(1)];
  const { stdout, stderr } = await run('pgbench', [...args, ...sign].map(String), {
    env,
    timeout: (seconds + 60) * 1000,
  });
  const [, perSecond] = /tps = ([\d.]+)/.exec(stdout) ?? [];
  if (!perSecond || /failed transactions: [1-9]/.test(stdout)) throw new Error(`pgbench: ${stdout}\n${stderr}`);
  return Number(perSecond);
}
