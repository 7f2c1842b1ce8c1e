import { isCut, type RequestHook } from '../doubles/hooks.ts';
import type { Received, Reply } from '../doubles/http-server.ts';
import { type RequestFault, RequestFaults } from '../doubles/request-faults.ts';
import { hung, waited } from '../doubles/waiting.ts';

/** A request that was answered, or was not. */
export interface PushRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
}

/** How a double does its work, and how it says no. */
export interface Manner {
  readonly work: (received: Received) => Reply | Promise<Reply>;
  /** Answers what a fault wants. */
  readonly fault: (fault: RequestFault) => Reply;
}

/** How many requests are remembered. */
const MOST_REQUESTS = 20_000;

/** Answers requests to a double, or lets them go wrong as it was told. */
export class Answering {
  readonly faults = new RequestFaults();
  readonly end = new AbortController();
  private readonly hooks = new Set<RequestHook>();
  private asked: PushRequest[] = [];

  constructor(private readonly manner: Manner) {}

  /** Has a hook awaited before each request takes effect and before it is answered; the answer takes the hook away. */
  onRequest(hook: RequestHook): () => void {
    this.hooks.add(hook);
    return () => void this.hooks.delete(hook);
  }

  /** What was asked, in order. */
  requests(): PushRequest[] {
    return [...this.asked];
  }

  /** Answers, or nothing: then the connection is cut. */
  async answer(received: Received): Promise<Reply | undefined> {
    const { method, path } = received;
    this.asked = [...this.asked.slice(1 - MOST_REQUESTS), { method, path }];
    const fault = this.faults.meet(method, path);
    if (fault?.kind === 'hang') await hung(this.end.signal);
    if ((await waited(this.faults.latency, this.end.signal)) || fault?.kind === 'reset') return undefined;
    if (fault?.kind === 'status') return this.manner.fault(fault);
    if (await isCut(this.hooks, { method, path, phase: 'before' })) return undefined;
    const reply = await this.reply(received);
    const isLost = (await isCut(this.hooks, { method, path, phase: 'after' })) || fault?.kind === 'drop_reply';
    return isLost ? undefined : reply;
  }

  private async reply(received: Received): Promise<Reply> {
    try {
      return await this.manner.work(received);
    } catch (error) {
      if (error instanceof PushRefusal) return error.reply;
      // A bug of the double's says what it was: who reads it is a developer.
      return { status: 500, body: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
  }
}

/** What a push service refuses, as it answers. */
export class PushRefusal extends Error {
  constructor(readonly reply: Reply) {
    super(reply.body);
  }
}

/** How long an answer asks to be left in peace, where it does. */
export const restOf = ({ retry_after_s: rest }: RequestFault): Readonly<Record<string, string>> =>
  rest === undefined ? {} : { 'retry-after': String(rest) };
