import { randomUUID } from 'node:crypto';

const ZONES = ['UTC', 'Europe/Kyiv', 'Europe/London', 'America/New_York', 'America/St_Johns', 'America/Sao_Paulo'];
ZONES.push('Africa/Casablanca', 'Asia/Kolkata', 'Asia/Tokyo', 'Australia/Lord_Howe');

/** Weeks of 40 lessons as tutors would enter them: `[rule, first hour, last hour]` each. */
const WEEKS = [
  [
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 9, 13],
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 16, 20],
  ],
  [
    ['FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=10,11,12,17,18,19', 10, 11],
    ['FREQ=WEEKLY;BYDAY=SU', 10, 14],
  ],
  [
    ['FREQ=WEEKLY;BYDAY=SA,SU', 8, 20],
    ['FREQ=WEEKLY;BYDAY=MO,WE', 17, 21],
    ['FREQ=WEEKLY;BYDAY=TU,TH', 17, 21],
  ],
  [
    ['FREQ=DAILY', 12, 17],
    ['FREQ=WEEKLY;BYDAY=SA', 18, 23],
  ],
];

/** Who was here long ago and has not been published since: everything is due in the first night. */
const SETTINGS = `
  insert into tutor_settings (tutor_id, timezone, lesson_minutes, price_cents, currency, minimum_notice_minutes,
                              buffer_before_minutes, buffer_after_minutes, updated_at)
  select id, zone, 60, 2500, 'USD', 120, 0, 0, now() from unnest($1::uuid[], $2::text[]) as tutor (id, zone)`;
const SCHEDULES = `
  insert into schedules (tutor_id, version, published_until) select id, 1, '2020-01-01' from unnest($1::uuid[]) as id`;
const BLOCKS = `
  insert into availability_blocks (id, tutor_id, start_at, end_at, start_wall, is_recurring, rrule, timezone,
                                   timezone_source, exdates, created_at)
  select gen_random_uuid(), tutor, make_timestamptz(2024, 1, 1, first, 0, 0, zone), make_timestamptz(2024, 1, 1, last, 0, 0, zone),
         make_timestamp(2024, 1, 1, first, 0, 0), true, rule, zone, 'settings', '{}', now()
    from unnest($1::uuid[], $2::text[], $3::text[], $4::int[], $5::int[]) as block (tutor, zone, rule, first, last)`;
const TIME_OFF = `
  insert into time_off_blocks (id, tutor_id, start_at, end_at, created_at)
  select gen_random_uuid(), id, now() + interval '20 days', now() + interval '27 days', now() from unnest($1::uuid[]) as id`;

/** Fills availability with tutors who teach 40 lessons a week by two or three rules; every tenth is away for a week. */
export async function fillWithTutors(client, many) {
  const tutors = Array.from({ length: many }, (_, n) => ({
    id: randomUUID(),
    zone: ZONES[n % ZONES.length],
    week: WEEKS[n % WEEKS.length],
  }));
  const ids = tutors.map(({ id }) => id);
  await client.query(SETTINGS, [ids, tutors.map(({ zone }) => zone)]);
  await client.query(SCHEDULES, [ids]);
  const blocks = tutors.flatMap(({ id, zone, week }) => week.map((block) => [id, zone, ...block]));
  const columns = [0, 1, 2, 3, 4].map((column) => blocks.map((block) => block[column]));
  await client.query(BLOCKS, columns);
  await client.query(TIME_OFF, [ids.filter((_, n) => n % 10 === 0)]);
  await client.query('analyze');
}
