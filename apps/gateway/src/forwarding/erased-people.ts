import { Injectable } from '@nestjs/common';
import { metaOf, UserErased } from '@scheduling/contracts';
import { AccountErased } from '@scheduling/domain';
import { LRUCache } from 'lru-cache';
import { Facts } from '../facts/facts.ts';

const ERASED = metaOf(UserErased).type;
/** Tokens live for less. */
const REMEMBERED_MS = 86_400_000;
const MOST = 100_000;

/** Remembers who was erased while their token may still live. */
@Injectable()
export class ErasedPeople {
  private readonly gone = new LRUCache<string, true>({ max: MOST, ttl: REMEMBERED_MS });

  private readonly listeners: ((personId: string) => void)[] = [];

  constructor(facts: Facts) {
    facts.hear('accounts', ({ type, partitionkey }) => {
      if (type === ERASED) this.note(partitionkey);
    });
  }

  /** Notes that a person is gone. */
  note(personId: string): void {
    this.gone.set(personId, true);
    for (const tell of this.listeners) tell(personId);
  }

  /** Has somebody told of whoever goes, as long as this process lives. */
  onGone(tell: (personId: string) => void): void {
    this.listeners.push(tell);
  }

  /** Refuses whoever is gone. */
  refuse(personId: string): void {
    if (this.gone.has(personId)) throw new AccountErased();
  }
}
