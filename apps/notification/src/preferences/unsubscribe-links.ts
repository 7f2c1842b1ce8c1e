import { createHmac, timingSafeEqual } from 'node:crypto';
import type { PersonId } from '@scheduling/domain';
import { isKind, type Kind, KINDS } from '../messages/kinds.ts';

/** What a link takes somebody off: mail of one kind. */
export interface Subscription {
  readonly userId: PersonId;
  readonly kind: Kind;
}

// A segment of a path may have 100 characters: the person's 16 octets and the kind in base64url, then half of an HMAC (RFC 2104 §5).
const TOKEN = /^(?<what>[\w-]{24,76})\.(?<seal>[\w-]{22})$/;
const ID_OCTETS = 16;
const SEAL_OCTETS = 16;

/** Where anybody with a mail in hand can end mail of its kind: a sealed link, good for ever, that names no person outside this system. */
export class UnsubscribeLinks {
  constructor(
    private readonly publicUrl: string,
    /** Undefined where no links are to be given out. */
    private readonly secret: string | undefined,
  ) {}

  /** The link in a mail; null where its kind cannot be ended, or no secret is set. */
  linkFor({ userId, kind }: Subscription): string | null {
    if (this.secret === undefined || !KINDS[kind].isOptional) return null;
    const id = Buffer.from(userId.replaceAll('-', ''), 'hex');
    const what = Buffer.concat([id, Buffer.from(kind)]).toString('base64url');
    const token = `${what}.${this.seal(what, this.secret).toString('base64url')}`;
    return new URL(`/api/v1/scheduling/notifications/unsubscribe/${token}`, this.publicUrl).href;
  }

  /** The headers with which mail programs end it by one click (RFC 8058); none where there is no link. */
  headersFor(subscription: Subscription): Record<string, string> {
    const link = this.linkFor(subscription);
    if (link === null) return {};
    return { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };
  }

  /** What a link takes somebody off; null where it is not one of ours. */
  read(token: string): Subscription | null {
    const { what, seal } = TOKEN.exec(token)?.groups ?? {};
    if (this.secret === undefined || what === undefined || seal === undefined) return null;
    if (!timingSafeEqual(Buffer.from(seal, 'base64url'), this.seal(what, this.secret))) return null;
    const octets = Buffer.from(what, 'base64url');
    const kind = octets.subarray(ID_OCTETS).toString();
    if (!isKind(kind) || !KINDS[kind].isOptional) return null;
    return { userId: idOf(octets.subarray(0, ID_OCTETS)), kind };
  }

  private seal(what: string, secret: string): Buffer {
    return createHmac('sha256', secret).update(`unsubscribe email ${what}`).digest().subarray(0, SEAL_OCTETS);
  }
}

const idOf = (octets: Buffer): PersonId =>
  octets.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-') as PersonId;
