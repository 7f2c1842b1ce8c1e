import { eventually } from '../../prove/eventually.mjs';
import { memoryRow, watchingMemory } from '../memory.mjs';
import { startService } from '../start-service.mjs';
import { byTurns, compare, median } from '../statistics.mjs';
import { seconds, whole } from '../table.mjs';
import { BareInsert } from './bare-insert.mjs';
import { fillWithTutors } from './tutors.mjs';

const DAY = 86_400_000;
const FIVE_PAST_TWO = 7_500_000;
/** A night that takes longer is not measured. */
const PATIENCE_SECONDS = 1200;
const REST_MS = 100;
const WARM_TUTORS = 100;
/** Those tutors go, so that they are not due again; their slots stay: a night does not begin with an empty inventory. */
const FORGET = `
  truncate availability.schedules, availability.tutor_settings, availability.availability_blocks, availability.time_off_blocks`;
/** What the nightly cron of availability calls. */
const NIGHTLY = { file: 'openings/horizon.service.js', name: 'HorizonService', method: 'extend' };

/** The nightly run from rules to slots, in the processes of two services, beside one bare insert of the same rows. */
export async function night(context) {
  const { say, signal, isQuick } = context;
  const tutors = isQuick ? 500 : 10_000;
  const scene = await setScene(context);
  await fillWithTutors(scene.client, tutors);

  const { result: first, samples } = await watchingMemory(scene.services, () => oneNight(scene, nightAfter(1), signal));
  const made = await countSlots(scene, tutors);
  say(`a night: ${whole(first.published)} tutors published, ${whole(made)} slots in ${seconds(first.seconds)}`);
  const insert = await BareInsert.of(scene.client);
  const { twin } = await byTurns({ twin: () => insert.run() }, isQuick ? 3 : 2, signal);
  say(`a bare insert of them: ${seconds(median(twin))}`);
  const next = await oneNight(scene, nightAfter(2), signal);
  const more = (await countSlots(scene, tutors)) - made;
  say(`the next: ${whole(next.published)} tutors published, ${whole(more)} more slots in ${seconds(next.seconds)}`);

  const row = (what, { seconds: took }, atMost) =>
    compare({ what, ours: twin.map(() => took), twin, show: seconds, aim: { atMost } });
  return [
    row(`first night of ${whole(tutors)} tutors, ${whole(made)} slots`, first, 2.5),
    row('the next night, a day further', next, 0.3),
    // A short night is over before a process has reached its size.
    ...(isQuick
      ? []
      : Object.entries(samples).map(([name, had]) => memoryRow(`${name} in that night`, had, { atMost: 1.2 }))),
  ];
}

/** Two services that have run a small night before, as processes that live for weeks have. */
async function setScene(context) {
  const { house, everything, signal } = context;
  const database = await house.database('availability', 'booking');
  const client = await house.connect(database, 'availability', everything);
  const at = nightAfter(0);
  const availability = await startService(context, { app: 'availability', database, at });
  const booking = await startService(context, { app: 'booking', database, at });
  const scene = { client, availability, services: [availability, booking] };
  await fillWithTutors(client, WARM_TUTORS);
  await oneNight(scene, at, signal);
  await client.query(FORGET);
  return scene;
}

/** Lets it be night, has the horizon moved, and waits until every slot is there; how long it took, and how many tutors were published anew. */
async function oneNight({ client, availability, services }, at, signal) {
  for (const service of services) await service.ask('setClock', at.toISOString());
  const began = performance.now();
  const moved = await availability.ask('call', NIGHTLY, { seconds: PATIENCE_SECONDS, signal });
  const everySlot = await eventually(() => isQuiet(client), { seconds: PATIENCE_SECONDS, every: REST_MS, signal });
  if (!everySlot) throw new Error(`Booking has not taken over what was published after ${PATIENCE_SECONDS} s.`);
  const { published, failed } = moved;
  if (failed > 0) throw new Error(`Not all tutors were moved: ${JSON.stringify(moved)}`);
  return { seconds: (performance.now() - began) / 1000, published };
}

/** Two o'clock, and a little, of the night so many days from now. */
const nightAfter = (days) => new Date((Math.floor(Date.now() / DAY) + days) * DAY + FIVE_PAST_TWO);

/** Whether all that was published has become slots, and booking's own facts about them are in the log. */
async function isQuiet(client) {
  const { rows } = await client.query(`
    select not exists (select from availability.outbox) and not exists (select from booking.outbox)
       and not exists (select from bus.offsets o where grp like 'booking.%'
                          and exists (select from bus.log l where l.part = o.part and l.pos > o.pos)) as quiet`);
  return rows[0].quiet;
}

/** The slots that are offered; a fact that booking gave up would make the night a short one. */
async function countSlots({ client }, tutors) {
  const { rows } = await client.query(`
    select count(*)::int as slots, count(distinct tutor_id)::int as with_slots,
           (select count(*)::int from booking.dead_letters) as dead
      from booking.slots join availability.schedules using (tutor_id) where offered`);
  const [{ slots, with_slots: withSlots, dead }] = rows;
  if (dead > 0 || withSlots !== tutors)
    throw new Error(`${withSlots} of ${tutors} tutors have slots; ${dead} dead letters.`);
  return slots;
}
