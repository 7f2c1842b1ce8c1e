import { setTimeout as pause } from 'node:timers/promises';
import { eventually } from './eventually.mjs';
import { MORTAL } from './house.mjs';

/** More than any run needs. */
const MOST_KILLS = 400;

/** How long a kill waits for its victim to be at work, in seconds; a Kafka group misses a dead member for ten. */
const AIM = { first: 1.5, last: 25 };

/**
 * Kills one service after the other with kill -9, at random moments about `every` seconds apart, until `until` has come
 * and `least` are dead. Each round takes all of them in a random order, so that none is spared. Every other time
 * notification is met with mails in its hands, and so it is once more when all bookings are placed.
 */
export async function killAtRandom({ services, database, random, every, least, say, signal }, until) {
  const load = { isOver: false };
  until.finally(() => (load.isOver = true)).catch(() => undefined); // whoever waits for the load hears of it
  let round = [];
  for (let kills = 0; kills < MOST_KILLS && !(load.isOver && kills >= least); kills += 1) {
    await pause(every * 1000 * random.between(0.3, 1.7), undefined, { signal });
    if (round.length === 0) round = random.shuffled(MORTAL);
    const service = services[round.pop()];
    const isAimed = service.name === 'notification' && random.next() < 0.5;
    const met = isAimed && (await eventually(() => isSending(database), { seconds: AIM.first, every: 1, signal }));
    if (!service.isUp) continue;
    service.kill();
    say(`kill -9 ${service.name}${met ? ', with mails in its hands' : ''}`);
  }
  const met = await eventually(
    async () => (await isSending(database)) || ((await isAllTaken(database)) && 'too late'),
    {
      seconds: AIM.last,
      every: 1,
      signal,
    },
  );
  if (met !== true) return;
  services.notification.kill();
  say('kill -9 notification, with mails in its hands');
}

async function isSending(database) {
  const { rows } = await database.query(
    "select 1 from notification.messages where channel = 'email' and state = 'working' and lease_until > now() + interval '39 seconds' limit 1",
  );
  return rows.length > 0;
}

async function isAllTaken(database) {
  const { rows } = await database.query(
    `select count(*) = 2 * (select count(*) from booking.bookings) as taken from notification.messages
      where kind = 'booking_confirmed' and channel = 'email' and state <> 'planned'`,
  );
  return rows[0].taken;
}
