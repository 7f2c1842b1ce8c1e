import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { loggable } from '@scheduling/domain';
import type { Caller } from '@scheduling/service-kit';
import { LRUCache } from 'lru-cache';
import { ErasedPeople } from './erased-people.ts';
import { Upstreams } from '../routing/upstreams.ts';

const PEOPLE_REMEMBERED = 50_000;
const AT_ONCE = 4;
const PATIENCE_MS = 5000;
const GONE = 410;

/** Shows people whom this process has not seen to accounts, which makes their row from their own token. */
@Injectable()
export class IntroductionService implements OnModuleDestroy {
  private readonly logger = new Logger(IntroductionService.name);
  private readonly known = new LRUCache<string, true>({ max: PEOPLE_REMEMBERED });
  private readonly under = new Map<string, Promise<void>>();
  private readonly closing = new AbortController();

  constructor(
    private readonly upstreams: Upstreams,
    private readonly erased: ErasedPeople,
  ) {}

  /** Begins an introduction where one is due; never waits, never throws: whoever was missed is met at their next request. */
  introduce({ issuer, personId }: Caller, authorization: string): void {
    const who = `${issuer} ${personId}`;
    if (this.known.get(who) || this.under.has(who) || this.under.size >= AT_ONCE || this.closing.signal.aborted) return;
    this.under.set(
      who,
      this.show(who, personId, authorization).finally(() => this.under.delete(who)),
    );
  }

  /** Lets no introduction outlive the server. */
  async onModuleDestroy(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.under.values());
  }

  private async show(who: string, personId: string, authorization: string): Promise<void> {
    try {
      const answer = await fetch(`${this.upstreams.originOf('accounts')}/api/v1/accounts/me`, {
        headers: { authorization },
        signal: AbortSignal.any([this.closing.signal, AbortSignal.timeout(PATIENCE_MS)]),
      });
      await answer.arrayBuffer();
      if (answer.status === GONE) this.erased.note(personId);
      else if (answer.ok) this.known.set(who, true);
      else this.logger.warn(`accounts answered ${answer.status} to an introduction`);
    } catch (error) {
      if (!this.closing.signal.aborted)
        this.logger.warn({ message: 'accounts did not answer an introduction', error: loggable(error) });
    }
  }
}
