import { AUDIT } from './checks-of-audit.mjs';
import { FACTS } from './checks-of-facts.mjs';
import { BOOKINGS } from './checks-of-bookings.mjs';
import { CALENDARS } from './checks-of-calendars.mjs';
import { MAILS } from './checks-of-mails.mjs';

const SHOWN = 3;

/** What every run must come to; each check is a query whose rows are what is wrong. */
const CHECKS = [...BOOKINGS, ...CALENDARS, ...MAILS, ...FACTS, ...AUDIT];

/**
 * Runs every check, and then once more over each of its tamperings, which are rolled back: a check that does not turn
 * red over one of these is worth nothing. Answers `{ name, ok, said }` for each check and for each tampering.
 */
export async function runChecks(database, logKeepsOne) {
  const results = [];
  for (const { name, wrong, tamperings } of CHECKS.map((check) => check(logKeepsOne))) {
    const { rows } = await database.query(wrong);
    results.push({ name, ok: rows.length === 0, said: said(rows) });
    const blind = [];
    for (const tampering of tamperings) if (!(await turnsRed(database, wrong, tampering))) blind.push(tampering);
    results.push({ name: `red once: ${name}`, ok: blind.length === 0, said: blind.join('\n'), isRed: true });
  }
  return results;
}

async function turnsRed(database, wrong, tampering) {
  await database.query('begin');
  try {
    const { rows: before } = await database.query(wrong);
    await database.query(tampering);
    const { rows } = await database.query(wrong);
    return JSON.stringify(rows) !== JSON.stringify(before) && rows.length > 0;
  } finally {
    await database.query('rollback');
  }
}

const said = (rows) =>
  [`${rows.length} rows`, ...rows.slice(0, SHOWN).map((row) => JSON.stringify(row).slice(0, 400))].join('\n');
