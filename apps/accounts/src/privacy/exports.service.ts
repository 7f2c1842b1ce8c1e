import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ExportRequested } from '@scheduling/contracts';
import { AccountErased, type PersonId } from '@scheduling/domain';
import { announce } from '@scheduling/events';
import { Database, once, type Repeatable, type Tx } from '@scheduling/persistence';
import { unsealed } from '@scheduling/service-kit';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { AccountsConfig } from '../config.ts';
import { findUser } from '../users/users.store.ts';
import { ExportNotFound, ExportNotReady } from './privacy.errors.ts';
import { type Progress, progressOf } from './privacy.policy.ts';
import {
  type Export,
  findExport,
  forgetExpired,
  insertExport,
  keepPiece,
  latestExport,
  type Piece,
  piecesOf,
} from './privacy.store.ts';

const DAY_MS = 86_400_000;

/** A request, and how far it is. */
export interface Standing {
  readonly asked: Export;
  readonly progress: Progress;
}

/** What a copy is sealed with on its way, and opened with. */
interface Keys {
  readonly public: JWK;
  readonly private: JWK;
}

@Injectable()
export class ExportsService {
  constructor(
    private readonly db: Database,
    private readonly config: AccountsConfig,
  ) {}

  /** Asks every service for what it keeps of a person; while one request is collecting, it is answered again. */
  async request(request: Repeatable): Promise<Standing> {
    const { personId: person } = request;
    const { publicKey, privateKey } = await generateKeyPair('ECDH-ES', { extractable: true });
    const keys = { public: await exportJWK(publicKey), private: await exportJWK(privateKey) };
    return this.db.transaction(async (tx) => {
      if ((await findUser(tx, person))?.erasedAt) throw new AccountErased();
      // What is kept for a repeat is which it is: it holds a secret, and how far it is changes.
      const { id } = await once(tx, request, () => this.collecting(tx, person, keys));
      return this.standing(tx, await own(tx, person, id));
    });
  }

  /** How far a request of a person's is. */
  find(person: PersonId, id: string): Promise<Standing> {
    return this.db.transaction(async (tx) => this.standing(tx, await own(tx, person, id)));
  }

  /** All that is kept of a person, by the services that keep it; refuses while some have not answered. */
  async content(person: PersonId, id: string): Promise<Record<string, unknown>> {
    const { asked, pieces, user } = await this.db.transaction(async (tx) => {
      const found = await own(tx, person, id);
      const { progress } = await this.standing(tx, found);
      if (progress.status === 'collecting') throw new ExportNotReady(progress.missing);
      return { asked: found, pieces: await piecesOf(tx, id), user: await findUser(tx, person) };
    });
    const parts = await Promise.all(
      [...Map.groupBy(pieces, ({ service }) => service)].map(async ([service, all]) => [
        service,
        await unsealed(
          all.map(({ sealed }) => sealed),
          asked.privateJwk,
        ),
      ]),
    );
    return { requested_at: asked.requestedAt.toISOString(), accounts: user, ...Object.fromEntries(parts) };
  }

  /** Keeps a piece of a service's answer. */
  async keep(tx: Tx, exportId: string, piece: Piece): Promise<void> {
    await keepPiece(tx, exportId, piece);
  }

  /** Lets go of copies whose time is over; answers how many. */
  tidy(): Promise<number> {
    return this.db.transaction(forgetExpired);
  }

  private async collecting(tx: Tx, person: PersonId, keys: Keys): Promise<Pick<Export, 'id'>> {
    const earlier = await latestExport(tx, person);
    if (earlier && (await this.standing(tx, earlier)).progress.status === 'collecting') return { id: earlier.id };
    const expiresAt = new Date(tx.now.getTime() + this.config.EXPORT_DAYS * DAY_MS);
    const id = randomUUID();
    await insertExport(tx, { id, personId: person, privateJwk: keys.private, requestedAt: tx.now, expiresAt });
    const public_key = JSON.stringify(keys.public);
    announce(tx, ExportRequested.of({ user_id: person, export_id: id, public_key }));
    return { id };
  }

  private async standing(tx: Tx, asked: Export): Promise<Standing> {
    return { asked, progress: progressOf(await piecesOf(tx, asked.id), asked.requestedAt, tx.now) };
  }
}

async function own(tx: Tx, person: PersonId, id: string): Promise<Export> {
  const found = await findExport(tx, person, id);
  if (!found) throw new ExportNotFound(id);
  return found;
}
