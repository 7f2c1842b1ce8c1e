import { Injectable } from '@nestjs/common';
import type { PersonId } from '@scheduling/domain';
import { Tokens } from '@scheduling/service-kit';
import { decodeJwt } from 'jose';
import { ErasedPeople } from '../forwarding/erased-people.ts';

/** Who follows, by which token, and until when that is good, in ms since 1970. */
export interface SignedIn {
  readonly personId: PersonId;
  readonly token: string;
  readonly expiresAt: number;
}

/** Lets people in to what stays open for longer than a request. */
@Injectable()
export class Door {
  constructor(
    private readonly tokens: Tokens,
    private readonly erased: ErasedPeople,
  ) {}

  /** Has somebody told of whoever goes, so that nothing stays open for them. */
  onGone(tell: (personId: string) => void): void {
    this.erased.onGone(tell);
  }

  /** Who a token names; refuses one that is not good, and whoever is gone. */
  async letIn(token: string): Promise<SignedIn> {
    const { personId } = await this.tokens.verify(token);
    this.erased.refuse(personId);
    return { personId, token, expiresAt: decodeJwt(token).exp! * 1000 };
  }
}
