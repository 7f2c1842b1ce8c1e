import { Injectable, Logger } from '@nestjs/common';
import { audit, Database, once, type Repeatable } from '@scheduling/persistence';
import { MessageNotFound, NotToBeResent } from './ledger.errors.ts';
import { entriesOf, type Entry, lockEntry, type Looked, planAgain } from './ledger.store.ts';

/** How a message has ended that an operator may send again. */
const ENDED: ReadonlySet<string> = new Set(['failed', 'dead', 'unknown', 'skipped']);

@Injectable()
export class LedgerService {
  private readonly logger = new Logger(LedgerService.name);

  constructor(private readonly db: Database) {}

  /** Messages, the newest first. */
  list(looked: Looked): Promise<Entry[]> {
    return this.db.transaction((tx) => entriesOf(tx, looked));
  }

  /** Has a message that did not go out sent again, for which an operator answers. */
  async resend(id: string, request: Repeatable): Promise<Entry> {
    const entry = await this.db.transaction((tx) =>
      once(tx, request, async () => {
        const ended = await lockEntry(tx, id);
        if (!ended) throw new MessageNotFound(id);
        if (!ENDED.has(ended.state)) throw new NotToBeResent(ended.state);
        audit(tx, { action: 'MessageResent', subject: ['message', id] });
        return planAgain(tx, id);
      }),
    );
    this.logger.log({ message: 'A message is sent again.', message_id: id });
    return entry;
  }
}
