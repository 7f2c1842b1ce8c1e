import { versionOf } from './feed-version.ts';
import { type Delta, difference, type Item, since, type State, type Step } from './feed.policy.ts';

/** What a listener is told of a feed. */
export type Told =
  | { readonly type: 'snapshot'; readonly version: string; readonly items: readonly Item[] }
  | ({ readonly type: 'delta'; readonly from: string; readonly version: string } & Delta)
  | { readonly type: 'resumed'; readonly version: string }
  /** What the listener has cannot be brought up to date: a snapshot follows. */
  | { readonly type: 'reset' };

/** Somebody who follows a feed, and by whose token it is read. */
export interface Listener {
  readonly token: () => string;
  readonly tell: (told: Told) => void;
}

/** Where the things of a feed stand, and how one asks for them. */
export interface Source {
  /** All there is now, read with the token of someone who may; throws where that fails. */
  readonly read: (token: string) => Promise<State>;
  readonly idOf: (item: Item) => string;
  /** How often it is read although nothing was heard, in ms: a fact may be missed, and some things change by the clock alone. */
  readonly healMs: number;
}

/** Steps that a feed remembers for those who come back. */
const REMEMBERED = 200;
/** Facts that come together are read once. */
const GATHER_MS = 25;
/** Another replica of the service may have answered from before the fact: it is asked once more. */
const SETTLE_MS = 1500;
const RETRY_MS = 1000;

/**
 * One list that many follow. It is read again when something is heard of it; who follows is told what differs. The last who leaves lets
 * it rest: whoever comes back is told what has changed meanwhile, if it is still remembered.
 */
export class Feed {
  private state: State | null = null;
  private version = '';
  private steps: Step[] = [];
  private readonly listeners = new Set<Listener>();
  private reading: Promise<void> | null = null;
  private isStale = true;
  /** How often in a row it could not be read. */
  private failures = 0;
  private readonly timers = new Map<'gather' | 'settle' | 'heal' | 'retry', NodeJS.Timeout>();

  constructor(private readonly source: Source) {}

  get isFollowed(): boolean {
    return this.listeners.size > 0;
  }

  /** Adds a listener who may have a version already; resolves when they have been told where things stand. Throws what the source throws. */
  async follow(listener: Listener, from: string | null): Promise<void> {
    while (!this.state || (this.isStale && !this.isFollowed)) await this.refresh(listener.token());
    this.listeners.add(listener);
    this.after('heal', this.source.healMs * (0.9 + Math.random() / 5), () => this.heal());
    for (const told of this.welcome(from)) listener.tell(told);
  }

  /** Takes a listener away; whoever is not there stays away. */
  leave(listener: Listener): void {
    if (!this.listeners.delete(listener) || this.isFollowed) return;
    this.close();
  }

  /** Something was heard of it. */
  touch(): void {
    this.isStale = true;
    if (!this.isFollowed) return;
    if (!this.timers.has('gather')) this.after('gather', GATHER_MS, () => this.readAgain());
    this.after('settle', SETTLE_MS, () => this.readAgain());
  }

  /** Lets it rest. */
  close(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    this.isStale = true;
  }

  private welcome(from: string | null): Told[] {
    const snapshot: Told = { type: 'snapshot', version: this.version, items: [...this.state!.values()] };
    if (from === null) return [snapshot];
    if (from === this.version) return [{ type: 'resumed', version: this.version }];
    const delta = since(from, this.steps, this.state!, this.source.idOf);
    return delta ? [{ type: 'delta', from, version: this.version, ...delta }] : [{ type: 'reset' }, snapshot];
  }

  private heal(): void {
    this.after('heal', this.source.healMs * (0.9 + Math.random() / 5), () => this.heal());
    this.readAgain();
  }

  private readAgain(): void {
    this.isStale = true;
    // The newest, whose token lives longest, and after a failure the one before: a token that is refused keeps nobody else from hearing.
    const listener = [...this.listeners].at(-1 - (this.failures % this.listeners.size));
    if (!listener) return;
    this.refresh(listener.token()).then(
      () => {
        this.failures = 0;
        if (this.isStale && this.isFollowed) this.readAgain();
      },
      () => {
        this.failures += 1;
        if (this.isFollowed) this.after('retry', RETRY_MS, () => this.readAgain());
      },
    );
  }

  /** One reading at a time: who asks while one is underway waits for it. */
  private refresh(token: string): Promise<void> {
    this.reading ??= this.read(token).finally(() => (this.reading = null));
    return this.reading;
  }

  private async read(token: string): Promise<void> {
    this.isStale = false;
    try {
      this.take(await this.source.read(token));
    } catch (error) {
      this.isStale = true;
      throw error;
    }
  }

  private take(state: State): void {
    const from = this.version;
    const delta = this.state && difference(this.state, state);
    if (this.state && !delta) return;
    this.state = state;
    this.version = versionOf(state);
    if (!delta) return;
    this.steps = [...this.steps.slice(1 - REMEMBERED), { from, delta }];
    for (const { tell } of this.listeners) tell({ type: 'delta', from, version: this.version, ...delta });
  }

  private after(what: 'gather' | 'settle' | 'heal' | 'retry', ms: number, work: () => void): void {
    clearTimeout(this.timers.get(what));
    const timer = setTimeout(() => {
      this.timers.delete(what);
      work();
    }, ms);
    timer.unref();
    this.timers.set(what, timer);
  }
}
