import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@scheduling/persistence';
import { KeyRing } from './key-ring.ts';
import { samples } from './sealed.store.ts';

/** Nobody works with keys that do not fit: what could not be opened would be taken for connections that people have to mend. */
@Injectable()
export class KeysCheck implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly ring: KeyRing,
  ) {}

  /** Opens one secret of each key that any was sealed with; the start fails with the sentence of the first that does not open. */
  async onModuleInit(): Promise<void> {
    for (const { sealed, about } of await this.db.transaction(samples)) this.ring.open(sealed, about);
  }
}
