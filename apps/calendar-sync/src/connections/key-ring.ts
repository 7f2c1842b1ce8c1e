import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** `id:base64`, once or more with commas between; 32 bytes are 43 letters of base64 and its closing mark. */
export const KEYS = /^[\w-]{1,32}:[A-Za-z0-9+/]{43}=(,[\w-]{1,32}:[A-Za-z0-9+/]{43}=)*$/;

const CIPHER = 'aes-256-gcm';
const IV_OCTETS = 12;
const TAG_OCTETS = 16;

/** What is sealed cannot be opened: its key is not in the ring, or it was changed, or it belongs elsewhere. */
export class CannotOpen extends Error {
  constructor(
    /** Which key it was sealed with. */
    readonly keyId: string,
    isKnown: boolean,
  ) {
    super(
      isKnown
        ? `CALENDAR_TOKEN_KEYS holds another key ${keyId} than the one that tokens were encrypted with.`
        : `CALENDAR_TOKEN_KEYS lacks the key ${keyId} that tokens were encrypted with.`,
    );
    this.name = 'CannotOpen';
  }
}

/** Encrypts secrets with AES-256-GCM under the first of its keys, and decrypts what was sealed under any of them (NIST SP 800-38D). */
export class KeyRing {
  private readonly keys: ReadonlyMap<string, Buffer>;
  /** What is sealed from now on names this key. */
  readonly current: string;

  /** Takes text that has been checked against `KEYS`. */
  constructor(text: string) {
    const pairs = text.split(',').map((pair) => pair.split(':') as [string, string]);
    this.current = pairs[0]![0];
    this.keys = new Map(pairs.map(([id, key]) => [id, Buffer.from(key, 'base64')]));
  }

  /** Seals a secret; `about` names its place, such as its column and whose it is: elsewhere it does not open. */
  seal(secret: string, about: string): string {
    const iv = randomBytes(IV_OCTETS);
    const cipher = createCipheriv(CIPHER, this.keys.get(this.current)!, iv).setAAD(Buffer.from(about));
    const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return [
      this.current,
      iv.toString('base64url'),
      Buffer.concat([cipher.getAuthTag(), body]).toString('base64url'),
    ].join('.');
  }

  /** Opens what was sealed about the same; throws `CannotOpen`. */
  open(sealed: string, about: string): string {
    const [id = '', iv = '', rest = ''] = sealed.split('.');
    const key = this.keys.get(id);
    if (!key) throw new CannotOpen(id, false);
    const octets = Buffer.from(rest, 'base64url');
    try {
      const decipher = createDecipheriv(CIPHER, key, Buffer.from(iv, 'base64url'), { authTagLength: TAG_OCTETS })
        .setAAD(Buffer.from(about))
        .setAuthTag(octets.subarray(0, TAG_OCTETS));
      return Buffer.concat([decipher.update(octets.subarray(TAG_OCTETS)), decipher.final()]).toString('utf8');
    } catch {
      // What the cipher says of it is of no use to anyone.
      throw new CannotOpen(id, true);
    }
  }

  /** Whether it is sealed under the first key. */
  isCurrent(sealed: string): boolean {
    return sealed.startsWith(`${this.current}.`);
  }
}
