import { Client } from 'pg';

/** Ends connections by chance, the same chance for the same seed: about one for every twelve times that it is asked. */
export function killAtRandom(adminUrl: string, applications: string[], seed: number) {
  const admin = new Client({ connectionString: adminUrl });
  const connected = admin.connect();
  let state = seed;
  let kills = 0;
  let last: Promise<unknown> = connected;
  const chance = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };

  return {
    perhaps: () => {
      if (chance() > 1 / 12) return;
      const [application, place] = [applications[Math.floor(chance() * applications.length)], chance()];
      last = last.then(() => kill(admin, application!, place)).then((killed) => (kills += killed));
    },
    count: () => kills,
    end: async () => {
      await last;
      await admin.end();
    },
  };
}

async function kill(admin: Client, application: string, place: number): Promise<number> {
  const { rows } = await admin.query(
    `select pid from pg_stat_activity where application_name = $1 and datname = current_database() order by pid`,
    [application],
  );
  const victim = rows[Math.floor(place * rows.length)];
  if (!victim) return 0;
  await admin.query('select pg_terminate_backend($1)', [victim.pid]);
  return 1;
}
