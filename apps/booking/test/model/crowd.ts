import {
  Refusal,
  type BookingId,
  type PersonId,
  type SeriesId,
  type SlotId,
  type WaitlistId,
} from '@scheduling/domain';
import type { PaymentsScenario } from '../payments.scenario.ts';
import { Random } from './random.ts';

const HOUR = 3_600_000;
const WEEK = 168 * HOUR;

/** What all clients know of: people, slots, and lessons that somebody booked. */
export interface Crowd {
  readonly s: PaymentsScenario;
  readonly tutors: readonly PersonId[];
  readonly students: readonly PersonId[];
  slots: readonly SlotId[];
  readonly booked: { id: BookingId; slotId: SlotId; studentId: PersonId; tutorId: PersonId }[];
  /** How often something ended how. */
  readonly ends: Map<string, number>;
  /** What nobody may ever be answered. */
  readonly broken: unknown[];
}

/** One of the many, who does one thing after the other. */
export interface Client {
  readonly crowd: Crowd;
  readonly random: Random;
  readonly student: PersonId;
  /** The slots that the client has asked for, the newest last. */
  readonly asked: SlotId[];
  /** What the client's card is to pay, the newest last. */
  readonly intents: { slot: SlotId; intentId: string }[];
  /** Where the client waits. */
  readonly places: WaitlistId[];
  readonly series: SeriesId[];
}

export interface Act {
  readonly name: string;
  /** How often it comes, beside the others. */
  readonly weight: number;
  readonly act: (client: Client) => Promise<unknown>;
}

/** Tutors who teach on the same days, and students with money. */
export async function gather(
  s: PaymentsScenario,
  { tutors, students }: { tutors: number; students: number },
): Promise<Crowd> {
  const crowd: Crowd = {
    s,
    tutors: Array.from({ length: tutors }, () => s.person()),
    students: Array.from({ length: students }, () => s.person()),
    slots: [],
    booked: [],
    ends: new Map(),
    broken: [],
  };
  for (const student of crowd.students) await s.grant(student, 60_000);
  for (const tutor of crowd.tutors) await openUp(crowd, tutor, new Random(crowd.tutors.indexOf(tutor)));
  return crowd;
}

/** Has a tutor offer lessons of some hours, this week and the two after; some overlap and some have several seats. */
export async function openUp(crowd: Crowd, tutor: PersonId, random: Random): Promise<void> {
  const { s } = crowd;
  const from = Math.ceil(s.clock.now().getTime() / HOUR) * HOUR;
  const halfHours = random.someOf(
    Array.from({ length: 24 }, (_, i) => from + HOUR + (i * HOUR) / 2),
    0.4,
  );
  const starts = [0, 1, 2].flatMap((week) => halfHours.map((at) => new Date(at + week * WEEK).toISOString()));
  const terms = {
    buffer_before_minutes: random.oneOf([0, 15]),
    buffer_after_minutes: random.oneOf([0, 15]),
    ...(random.chance(0.3) && { maximum_lessons_per_day: 6 }),
  };
  const published = s.publication(tutor, {
    starts,
    minutes: random.oneOf([30, 60, 90]),
    capacity: random.oneOf([1, 1, 3]),
    price: random.oneOf([0, 1500, 2500]),
    terms,
  });
  await s.offer({ ...published, horizon_at: new Date(from + 3 * WEEK).toISOString() });
  const all: { id: SlotId }[] = await s.source.query('select id from slots where tutor_id = any($1) and offered', [
    crowd.tutors,
  ]);
  crowd.slots = all.map(({ id }) => id);
}

/** Lets clients act at once, each so many times; what ended how is kept with the crowd. */
export async function rushOf(
  crowd: Crowd,
  acts: readonly Act[],
  wish: { clients: number; times: number; seed: number },
) {
  const bag = acts.flatMap((act) => Array.from({ length: act.weight }, () => act));
  const clients = Array.from({ length: wish.clients }, async (_, i) => {
    const random = new Random(wish.seed + i);
    const client = {
      crowd,
      random,
      student: crowd.students[i % crowd.students.length]!,
      asked: [],
      intents: [],
      places: [],
      series: [],
    };
    for (let time = 0; time < wish.times; time++) await once(client, random.oneOf(bag));
  });
  await Promise.all(clients);
}

async function once(client: Client, { name, act }: Act): Promise<void> {
  const { ends, broken } = client.crowd;
  const end = (how: string) => ends.set(`${name}: ${how}`, (ends.get(`${name}: ${how}`) ?? 0) + 1);
  try {
    await act(client);
    end('done');
  } catch (error) {
    // That Stripe is out of reach is what the double was told to be; nobody is ever told to try again for our database's sake.
    if (!(error instanceof Refusal) || error.code === 'try_again') broken.push(error);
    end(error instanceof Refusal ? error.code : 'broken');
  }
}
