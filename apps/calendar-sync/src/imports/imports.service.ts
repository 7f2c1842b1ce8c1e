import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { audit, Database, lockLiving, lockPeople, once, type Repeatable } from '@scheduling/persistence';
import { OutsideDoor } from '@scheduling/service-kit';
import { BusyService } from '../busy/busy.service.ts';
import { replaceBusy } from '../busy/busy.store.ts';
import { KeyRing } from '../connections/key-ring.ts';
import { importAddressOf } from '../connections/secrets.ts';
import { CalendarAddressNotAllowed, ImportNotFound, TooManyImports } from './imports.errors.ts';
import { deleteImport, type Import, importsOf, insertImport } from './imports.store.ts';

const MOST_IMPORTS = 5;

@Injectable()
export class ImportsService {
  constructor(
    private readonly db: Database,
    private readonly door: OutsideDoor,
    private readonly keys: KeyRing,
    private readonly busy: BusyService,
  ) {}

  /** A person's imports, the oldest first. */
  list(userId: PersonId): Promise<Import[]> {
    return this.db.transaction((tx) => importsOf(tx, userId));
  }

  /** Has a calendar file read from now on; the address is a secret and never shown again. */
  add(userId: PersonId, wish: { address: string; name?: string }, request: Repeatable): Promise<Import> {
    const url = this.admitted(wish.address);
    return this.db.transaction(async (tx) => {
      await lockLiving(tx, userId);
      return once(tx, request, async () => {
        const known = await importsOf(tx, userId);
        if (known.length >= MOST_IMPORTS) throw new TooManyImports(MOST_IMPORTS);
        const id = randomUUID();
        const { host } = url;
        const address = this.keys.seal(url.href, importAddressOf(userId));
        await insertImport(tx, { id, userId, name: wish.name ?? host, host, address });
        audit(tx, { action: 'ImportAdded', subject: ['import', id] });
        return (await importsOf(tx, userId)).find((one) => one.id === id)!;
      });
    });
  }

  /** Stops reading a calendar file, and forgets what it said. */
  remove(userId: PersonId, id: string): Promise<void> {
    return this.db.transaction(async (tx) => {
      await lockPeople(tx, [userId]);
      if (!(await deleteImport(tx, userId, id))) throw new ImportNotFound(id);
      audit(tx, { action: 'ImportRemoved', subject: ['import', id] });
      await replaceBusy(tx, { id, userId }, []);
      await this.busy.restate(tx, userId);
    });
  }

  private admitted(address: string): URL {
    // What calendars offer to subscribe to is the same by https.
    const url = URL.parse(address.trim().replace(/^webcals?:/i, 'https:'));
    if (!url || !this.door.admits(url)) throw new CalendarAddressNotAllowed();
    url.hash = '';
    return url;
  }
}
