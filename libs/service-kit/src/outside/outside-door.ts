import type { LookupOptions } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublic } from './public-address.ts';

/** Gives all addresses of a name. */
export type Resolve = (name: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;

const bySystem: Resolve = (name) => lookup(name, { all: true });

/** A name leads nowhere, or to where nobody may be sent from here. */
export class AddressRefused extends Error {
  constructor(readonly code: 'name_unknown' | 'address_not_allowed') {
    super(code);
    this.name = 'AddressRefused';
  }
}

/** Says which addresses that others gave us may be asked: https on the public internet, and one origin that is trusted by configuration. */
export class OutsideDoor {
  private readonly trusted: string | null;

  constructor(
    trustedOrigin?: string,
    private readonly resolve: Resolve = bySystem,
  ) {
    this.trusted = trustedOrigin === undefined ? null : new URL(trustedOrigin).origin;
  }

  /** Whether an address may be asked at all, as far as it says so itself; what its name means is seen when it is asked. */
  admits(url: URL): boolean {
    if (url.username || url.password) return false;
    if (url.origin === this.trusted) return true;
    // URL writes every form of an IPv4 address with dots: 2130706433, 0x7f.1 and 127.1 are 127.0.0.1.
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    return url.protocol === 'https:' && (isIP(host) === 0 || isPublic(host));
  }

  /**
   * How a connection to an address finds its way: a name is asked for once, and the connection goes to what was then seen to be
   * public, so that an answer which changes afterwards changes nothing.
   */
  lookupFor(url: URL): LookupFunction {
    return (name, options, done) => void this.look(name, url.origin === this.trusted, options, done);
  }

  private async look(
    name: string,
    isTrusted: boolean,
    { all }: LookupOptions,
    done: Parameters<LookupFunction>[2],
  ): Promise<void> {
    let found: Awaited<ReturnType<Resolve>>;
    try {
      found = await this.addressesOf(name, isTrusted);
    } catch (error) {
      return done(error as NodeJS.ErrnoException, '');
    }
    if (all) done(null, [...found]);
    else done(null, found[0]!.address, found[0]!.family);
  }

  private async addressesOf(name: string, isTrusted: boolean): ReturnType<Resolve> {
    const found = await this.resolve(name);
    // One private address among public ones is enough: which of them is taken is not ours to say.
    const isAllowed = isTrusted || found.every(({ address }) => isPublic(address));
    if (found.length === 0) throw new AddressRefused('name_unknown');
    if (!isAllowed) throw new AddressRefused('address_not_allowed');
    return found;
  }
}
