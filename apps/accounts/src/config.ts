import { Count, OneOf } from '@scheduling/contracts';
import { DatabaseConfig } from '@scheduling/service-kit';
import { Type } from 'class-transformer';

/** Embedded people keep their rows when the address of the issuer changes with its port. */
const EMBEDDED_ISSUER = 'embedded';

export class AccountsConfig extends DatabaseConfig {
  /** `1` makes this service the issuer at AUTH_ISSUER, which gives a token to anyone who asks: development only. */
  @OneOf(['0', '1'])
  readonly EMBEDDED: '0' | '1' = '0';

  /** So many days a copy of one's own data can be fetched. */
  @Type(() => Number)
  @Count(1, 90)
  readonly EXPORT_DAYS: number = 7;

  /** What a person's row names as its issuer. */
  get issuerOfRows(): string {
    return this.EMBEDDED === '1' ? EMBEDDED_ISSUER : this.AUTH_ISSUER;
  }
}
