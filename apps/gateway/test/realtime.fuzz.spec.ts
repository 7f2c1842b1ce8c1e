import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { BookingDouble, Follower } from './realtime.scenario.ts';
import { scene, type Scene } from './scenario.ts';

const CLIENTS = 4;
const STEPS = 120;
const NAMES = Array.from({ length: 12 }, (_, n) => `slot ${n}`);
const PATH = '/api/v1/scheduling/realtime';

/** A small generator of numbers that a seed repeats (mulberry32). */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** A client that loses its connection, and comes back to either replica with the version that it has. */
class Traveller {
  private at!: Follower;
  private version: string | undefined;
  private list = new Map<string, Record<string, unknown>>();
  resumed = 0;

  constructor(
    private readonly topic: string,
    private readonly token: string,
  ) {}

  get has(): string[] {
    return [...this.at.state(this.topic).keys()].toSorted();
  }

  async arrive(url: string): Promise<void> {
    this.at = await Follower.open(`${url}${PATH}`, this.token);
    this.at.begin(this.topic, this.list);
    this.at.say({ type: 'subscribe', topic: this.topic, ...(this.version !== undefined && { from: this.version }) });
    const { type } = await this.at.heard('snapshot', 'resumed', 'delta');
    if (type !== 'snapshot') this.resumed += 1;
  }

  leave(): void {
    this.version = this.at.versions.get(this.topic) ?? this.version;
    this.list = this.at.state(this.topic);
    this.at.close();
  }

  /** Every change began where the one before ended: nothing was lost, nothing told twice. */
  isUnbroken(): boolean {
    const changes = this.at.all('delta');
    return changes.slice(1).every((delta, n) => delta['from'] === changes[n]!['version']);
  }
}

describe('whoever follows slots over two replicas', () => {
  let s: Scene;
  let urls: string[];
  let house: BookingDouble;
  beforeAll(async () => {
    s = await scene();
    urls = [s.url, (await s.another()).url];
    house = new BookingDouble(s);
  });
  afterAll(() => s.close());

  it.each([[1], [2], [3]])(
    'ends with what a fresh list shows, whatever was dropped, doubled or late (seed %i)',
    async (seed) => {
      const random = randomFrom(seed);
      const tutor = newId<PersonId>();
      const topic = `tutor:${tutor}:slots`;
      house.open(tutor, ...NAMES.slice(0, 6));
      house.isLate = true;
      const clients = await Promise.all(
        Array.from({ length: CLIENTS }, async () => new Traveller(topic, await s.issuer.token())),
      );
      await Promise.all(clients.map((client, n) => client.arrive(urls[n % 2]!)));

      for (let step = 0; step < STEPS; step += 1) {
        const name = NAMES[random(NAMES.length)]!;
        // A fact may come before its effect is seen, twice, or once for several changes.
        if (random(4) === 0) await house.tell(tutor);
        if (random(2) === 0) house.open(tutor, name);
        else house.close(tutor, name);
        for (let times = random(3); times > 0; times -= 1) await house.tell(tutor);
        if (random(6) > 0) continue;
        const client = clients[random(CLIENTS)]!;
        client.leave();
        await client.arrive(urls[random(2)]!);
      }
      house.isLate = false;
      await house.tell(tutor);

      for (const client of clients) {
        await until('every client to have the list', () => String(client.has) === String(house.listOf(tutor)));
        expect(client.isUnbroken()).toBe(true);
        client.leave();
      }
      expect(clients.reduce((sum, { resumed }) => sum + resumed, 0)).toBeGreaterThan(0);
    },
  );
});
