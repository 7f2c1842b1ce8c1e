import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Opened } from '../start/opened.mjs';
import { ROOT } from '../start/settings.mjs';
import { Api } from './api.mjs';
import { Random } from './random.mjs';
import { Life } from './year/life.mjs';
import { sow } from './year/sown.mjs';
import { flatness, measure, tell } from './year/tables.mjs';
import { BEGINNING, DAY, World } from './year/world.mjs';

const DAYS = 366;
const STEP = 6;
/** By 180 everything that passes has been there for as long as it may; by 270 what came has long taken the place of what went. */
const LOOKS = [60, 180, 270, 366];

/**
 * A year of small traffic in all services: what people do, what the world brings, and each night's housekeeping, by a clock that is
 * set. Prints what each table has on some days, and checks that none grows from which something is taken.
 */
export async function year(seed, signal) {
  const opened = new Opened();
  try {
    const world = await World.open(opened, signal);
    const random = new Random(seed);
    const life = new Life(world, new Api(world.gateway, random, signal), random);
    await life.begin();
    await world.settle();

    const looks = [];
    for (let day = 0; day < DAYS; day += STEP) {
      await oneStep(world, life, day);
      if (LOOKS.includes(day + STEP)) looks.push({ day: day + STEP, tables: await measure(world.database) });
      if ((day / STEP) % 10 === 9) console.log(`[year] day ${day + STEP}: ${JSON.stringify(life.done)}`);
    }
    tell(looks);
    const checks = [...flatness(looks.slice(1).map(({ tables }) => tables)), ...named(looks[0].tables), ...lived(life)];
    for (const { name, ok, said } of checks) if (!ok) console.log(`  FAILED ${name} ${said}`);
    return checks;
  } finally {
    await opened.close();
  }
}

async function oneStep(world, life, day) {
  const begin = BEGINNING.getTime() + day * DAY;
  world.at = new Date(begin);
  await life.step(STEP);
  await world.settle();
  await world.date();
  await sow(world.database, world.at);
  for (let night = 0; night < STEP; night += 1) {
    // Behind the jobs of three and of four o'clock.
    await world.tick(new Date(begin + night * DAY + 19.2 * 3_600_000));
  }
  await world.settle();
}

/** Whoever makes a table has to say in docs/housekeeping.md what becomes of its rows. */
function named(tables) {
  const text = readFileSync(join(ROOT, 'docs', 'housekeeping.md'), 'utf8');
  return Object.keys(tables).map((name) => {
    const table = name.replace(/^\w+\./, '');
    return {
      name: `year: docs/housekeeping.md says what becomes of ${name}`,
      ok: text.includes(`\`${table}\``),
      said: '',
    };
  });
}

function lived({ done }) {
  const { refusals, ...counts } = done;
  const refused = Object.values(refusals).reduce((sum, many) => sum + many, 0);
  const all = Object.values(counts).reduce((sum, many) => sum + many, 0);
  const said = JSON.stringify(done);
  return [
    { name: 'year: everything was done all the time', ok: Object.values(counts).every((many) => many > 30), said },
    { name: 'year: few wishes were refused', ok: refused < all / 10, said },
  ];
}
