import type { IncomingMessage, ServerResponse } from 'node:http';
import { newId, type PersonId } from '@scheduling/domain';
import { until } from '@scheduling/testing';
import { decodeJwt } from 'jose';
import { WebSocket } from 'ws';
import type { Scene } from './scenario.ts';

type Message = Record<string, unknown> & { type: string };
type Thing = Record<string, unknown>;

/** Booking and notification as far as feeds see them: lists that the test changes, and facts that it tells. */
export class BookingDouble {
  isDown = false;
  /** Whether some answers are from before the last change, as of a replica whose cache has not heard of it. */
  isLate = false;
  private before = new Map<string, Map<string, Thing>>();
  private readonly ids = new Map<string, string>();
  private readonly slots = new Map<string, Map<string, Thing>>();
  private readonly own = new Map<string, { bookings: Thing[]; notes: Thing[] }>();

  constructor(private readonly s: Pick<Scene, 'services' | 'log'>) {
    s.services.booking.answer = (request, response) => this.answer(request, response);
    s.services.notification.answer = (request, response) => this.answer(request, response);
  }

  clear(): void {
    this.slots.clear();
    this.own.clear();
    this.isDown = false;
  }

  /** The id of the slot that the test calls so. */
  idOf(name: string): string {
    if (!this.ids.has(name)) this.ids.set(name, newId());
    return this.ids.get(name)!;
  }

  open(tutor: PersonId, ...names: string[]): void {
    this.keepBefore();
    const list = this.slots.get(tutor) ?? new Map<string, Thing>();
    for (const name of names) list.set(name, this.slot(tutor, name));
    this.slots.set(tutor, list);
  }

  close(tutor: PersonId, name: string): void {
    this.keepBefore();
    this.slots.get(tutor)?.delete(name);
  }

  /** What a fresh list shows. */
  listOf(tutor: PersonId): string[] {
    return [...(this.slots.get(tutor)?.values() ?? [])].map((slot) => String(slot['slot_id'])).toSorted();
  }

  book(person: PersonId, name: string): void {
    this.ofPerson(person).bookings.push({ booking_id: this.idOf(name), status: 'confirmed' });
  }

  note(person: PersonId, kind: string): void {
    this.ofPerson(person).notes.push({ notification_id: this.idOf(kind), kind });
  }

  /** States a fact about a tutor's slots. */
  async tell(tutor: PersonId): Promise<void> {
    await this.s.log.state('scheduling.booking.SlotsChanged.v1', tutor, { tutor_id: tutor });
  }

  private keepBefore(): void {
    this.before = new Map([...this.slots].map(([tutor, list]) => [tutor, new Map(list)]));
  }

  private slot(tutor: PersonId, name: string): Thing {
    const start = '2026-12-01T16:00:00.000Z';
    return { slot_id: this.idOf(name), tutor_id: tutor, start_at: start, local_start_at: start, seats_left: 1 };
  }

  private ofPerson(person: PersonId) {
    const known = this.own.get(person) ?? { bookings: [], notes: [] };
    this.own.set(person, known);
    return known;
  }

  private answer({ url = '', headers }: IncomingMessage, response: ServerResponse): void {
    const { sub } = decodeJwt(String(headers.authorization).slice(7));
    const [, tutor] = /availability\/([^/]+)\/slots/.exec(url) ?? [];
    const { bookings, notes } = this.ofPerson(sub as PersonId);
    const lists = this.isLate && Math.random() < 0.3 ? this.before : this.slots;
    const items = tutor ? [...(lists.get(tutor)?.values() ?? [])] : url.includes('/bookings') ? bookings : notes;
    response
      .writeHead(this.isDown ? 503 : 200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ items, next_cursor: null }));
  }
}

/** A client over a WebSocket that remembers what it was told, and keeps what it follows. */
export class Follower {
  readonly closed: Promise<void>;
  private readonly told: Message[] = [];
  private readonly states = new Map<string, Map<string, Thing>>();
  readonly versions = new Map<string, string>();

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => this.take(JSON.parse(data.toString()) as Message));
    socket.on('error', () => undefined);
    this.closed = new Promise((done) => socket.on('close', () => done()));
  }

  /** Connects, with a token in the header unless none is wanted. */
  static async open(url: string, token: string | null): Promise<Follower> {
    const headers = token === null ? {} : { authorization: `Bearer ${token}` };
    const socket = new WebSocket(url.replace('http', 'ws'), { headers });
    const follower = new Follower(socket);
    await new Promise<void>((ready, fail) => socket.once('open', ready).once('error', fail));
    return follower;
  }

  /** Takes over what an earlier connection had of a topic. */
  begin(topic: string, state: Map<string, Thing>): void {
    this.states.set(topic, new Map(state));
  }

  say(message: object): void {
    this.sayText(JSON.stringify(message));
  }

  sayText(text: string): void {
    this.socket.send(text);
  }

  /** The first message of one of the types, once it has come. */
  async heard(...types: string[]): Promise<Message> {
    let found: Message | undefined;
    await until(`a message of ${types.join(' or ')}`, () => {
      found = this.told.find(({ type }) => types.includes(type));
      return found !== undefined;
    });
    return found!;
  }

  all(type: string): Message[] {
    return this.told.filter((message) => message.type === type);
  }

  /** What it makes of all that it was told of a topic. */
  state(topic: string): Map<string, Thing> {
    return this.states.get(topic) ?? new Map<string, Thing>();
  }

  close(): void {
    this.socket.terminate();
  }

  private take(message: Message): void {
    this.told.push(message);
    const topic = String(message['topic']);
    if (message.type === 'snapshot') this.states.set(topic, new Map());
    const state = this.state(topic);
    for (const item of [message['items'] ?? message['upsert'] ?? []].flat() as Thing[])
      state.set(String(item['slot_id']), item);
    for (const id of (message['remove'] ?? []) as string[]) state.delete(id);
    if (message['version'] !== undefined) this.versions.set(topic, String(message['version']));
  }
}
